/* SPDX-License-Identifier: Apache-2.0
 * org/found.h: the beginning of an organisation: its own record, and the first person, who administers it. Whoever may
 * call this stands outside of the roles, as there are none yet: the owner of the store at the command line, or the
 * first visitor of a server that nobody has set up. */
#pragma once

#include "record/outcome.h"

typedef struct {
    Str name, zone;            /* of the organisation; empty name: it has its record */
    Str person;                /* name of the first administrator; empty: nobody yet */
    Str mail, login, password; /* of the person; the password as typed */
} Founding;

/* Does all of it in one transaction, or nothing. When something stands against it, `outcome` says what and its type
 * says of which record (organisation, person, role, account); a weak password is invalid in the field "password".
 * "found-1": a person administers the organisation already. `*call` is for putting the outcome into words; end it. */
MUST_USE bool organisation_found(const Caller *caller, const Founding *founding, Call **call, Outcome *outcome,
                                 Err *err);
/* Whether anybody administers the organisation. */
MUST_USE bool organisation_is_founded(const Caller *caller, bool *is, Err *err);
