/* SPDX-License-Identifier: Apache-2.0
 * org/password.h: passwords as Argon2id (RFC 9106) strings of libsodium, 2 passes over 19 MiB: about 65 ms here. Slow on
 * purpose: never called inside the write turn or on a thread that serves others. */
#pragma once

#include "base/err.h"

enum { PASSWORD_MIN = 10, PASSWORD_MAX = 200 };

/* ERR_LIMIT when the system has no memory for it. */
MUST_USE bool password_hash(Arena *arena, Str password, Str *hash, Err *err);
/* False for a wrong password and for a string that is no hash. Takes as long for an empty `hash` as for a real one, so
 * that nobody learns by time which accounts exist. */
bool password_fits(Arena *arena, Str hash, Str password);
/* What is wrong with a new password, in a sentence; NULL: nothing. Length and the commonest ones, no rules of composition. */
const char *password_weakness(Str password);
