/* SPDX-License-Identifier: Apache-2.0
 * audit/request_link.h: the link by which somebody without an account answers one request for evidence
 * (requirements 4.9). It is unguessable (256 bits, only its hash is stored), ends on a day, and leads to nothing but
 * that request. */
#pragma once

#include "audit/request.h"

enum { LINK_DAYS = 14, LINK_DAYS_MAX = 60, LINK_SECRET_LETTERS = 43 };

/* The address that a new link is shown as: LINK_ADDRESS and the secret. */
#define LINK_ADDRESS "/answer/"

/* The request of a link that works today: its audit is there, its day has not passed, and it was neither ended nor
 * replaced. Submitted and accepted ones are found too, so that whoever answered learns that it came. Every other secret
 * finds nothing, whatever the reason. */
MUST_USE bool request_find_by_link(App *app, Arena *arena, Str secret, EvidenceRequest *out, bool *found, Err *err);
/* An answer is waited for. */
bool request_takes_answer(const EvidenceRequest *request);
/* Gives a request a new secret, *address of it, until `until`. */
void request_link_make(Call *call, EvidenceRequest *request, Date until, Str *address);
