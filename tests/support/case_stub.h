/* SPDX-License-Identifier: Apache-2.0
 * tests/support/case_stub.h: stands in for the room action where a test does not need it: the two types that evidence
 * refers to, and the service that audits ask. */
#pragma once

#include "audit/casework.h"
#include "record/type.h"

extern const Type nonconformity_stub_type, action_stub_type;
extern const Casework casework_stub;
/* Whose corrective action the stub knows: CA-9 on `ref`, done on `done_on`. */
void casework_stub_did(Id person, Id ref, Date done_on);
/* The nonconformity that the stub knows, and no other; its number none: there is none. */
void casework_stub_case(CaseSeen seen);
/* What the stub answers to "is it in hand?". */
void casework_stub_in_hand(bool is);
