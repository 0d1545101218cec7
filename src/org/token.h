/* SPDX-License-Identifier: Apache-2.0
 * org/token.h: tokens of the API (RFC 6750): "plb_" and 43 characters; shown once, stored as SHA-256. */
#pragma once

#define RECORD_TYPE   Token
#define RECORD_FIELDS "org/token.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum { TOKEN_ACTIVE = 1, TOKEN_REVOKED };

extern const Type token_type;

/* TOKEN_ENDED: it was revoked; TOKEN_LEFT: its person is not here any more; TOKEN_LOCKED: its person's account is
 * locked. */
typedef enum { TOKEN_GOOD, TOKEN_UNKNOWN, TOKEN_EXPIRED, TOKEN_ENDED, TOKEN_LEFT, TOKEN_LOCKED } TokenState;
/* Who a token acts as, and its scopes. */
MUST_USE bool token_find(App *app, Arena *arena, Str secret, TokenState *state, Id *person, StrList *scopes, Err *err);
