/* SPDX-License-Identifier: Apache-2.0
 * ledger/erasure.h: taking payloads out of the record when the law asks (GDPR Art. 17), in the open: an event
 * "privacy.erased" names what is gone, why and who agreed. The tree and every proof stay as they are; what remains of
 * an erased payload is its commitment, 32 bytes that say nothing without the salt. */
#pragma once

#include "ledger/event.h"

enum { ERASURE_MAX = 500 }; /* slots one event may erase */

typedef struct {
    int64_t number; /* of the event */
    int64_t slot;   /* Slot */
} ErasedSlot;

typedef struct {
    Str actor;
    Str why; /* legal basis and who agreed; it stays for ever, so without personal data */
    const ErasedSlot *slots;
    size_t slots_len;
} Erasure;

/* Writes the event and takes salt and data of each slot away, inside the transaction of `ledger`. ERR_MISSING when a
 * slot is not there or erased already; then roll back. */
MUST_USE bool ledger_erase(Ledger *ledger, const Erasure *erasure, int64_t *number, Err *err);
/* True if the payload of an event "privacy.erased" names the slot. */
bool erasure_names(Str payload, ErasedSlot slot);

extern const Str erasure_kind;
