/* SPDX-License-Identifier: Apache-2.0
 * org/session.h: signing in and staying signed in. Sessions live in the store, so that every node knows them and ending one
 * ends it everywhere; only the hash of the secret is stored. They are no part of the record. */
#pragma once

#include "record/call.h"
#include "store/schema.h"

extern const Table *const session_tables[];
extern const size_t session_tables_len;

enum { SESSION_HOURS = 12, SESSION_IDLE_MINUTES = 120, SIGN_IN_WINDOW_MINUTES = 15, SIGN_IN_TRIES = 5, SIGN_IN_TRIES_ADDRESS = 40 };

typedef struct {
    Id person, account;
    Str csrf;        /* to be put into every form of this session */
    Str theme;       /* "", "light", "dark" */
    bool must_change; /* the password was set by somebody else */
    Time started;
} Session;

typedef enum { SIGN_IN_DONE, SIGN_IN_WRONG, SIGN_IN_TOO_OFTEN } SignIn;

/* Checks the password (slow: not on a thread that serves others) and opens a session; *secret is what the cookie holds,
 * 43 characters. Wrong name and wrong password are one answer. After SIGN_IN_TRIES failures for one name from one address,
 * or SIGN_IN_TRIES_ADDRESS from one address, within SIGN_IN_WINDOW_MINUTES the answer is SIGN_IN_TOO_OFTEN whatever the
 * password. */
typedef struct {
    Str login, password, address;
} SignInAttempt;
MUST_USE bool session_sign_in(App *app, Arena *arena, const SignInAttempt *attempt, SignIn *result, Str *secret, Err *err);
/* Guessing other secrets (a link) is held up by the same count: whether `address` used up SIGN_IN_TRIES_ADDRESS, and one
 * more failure of it; `what` names the kind of secret. */
MUST_USE bool tries_are_spent(App *app, Arena *arena, Str address, bool *spent, Err *err);
MUST_USE bool tries_note(App *app, Arena *arena, Str what, Str address, Err *err);
/* The session of a cookie, if it is open; touches it at most once a minute. */
MUST_USE bool session_find(App *app, Arena *arena, Str secret, Session *out, bool *found, Err *err);
MUST_USE bool session_end(App *app, Arena *arena, Str secret, Err *err);
/* Ends all sessions of a person, but the one with `secret` (may be empty). */
MUST_USE bool session_end_all(App *app, Arena *arena, Id person, Str secret, Err *err);
MUST_USE bool session_set_theme(App *app, Arena *arena, Str secret, Str theme, Err *err);
/* Removes what is over; a job calls it once an hour. */
MUST_USE bool sessions_sweep(App *app, Arena *arena, Err *err);
