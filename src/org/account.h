/* SPDX-License-Identifier: Apache-2.0
 * org/account.h: accounts: how people sign in. */
#pragma once

#define RECORD_TYPE   Account
#define RECORD_FIELDS "org/account.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum { ACCOUNT_ACTIVE = 1, ACCOUNT_LOCKED };

extern const Type account_type;

/* The active account with the name `login`; *found is false when there is none. */
MUST_USE bool account_find(Call *call, Str login, Account *out, bool *found, Err *err);
