/* SPDX-License-Identifier: Apache-2.0
 * audit/candidates.h: who could audit: everybody with a qualification that counts on the audit's first day, best first,
 * with what the records say for and against (ISO 19011 5.5.4, 7.2; G-01, G-02, G-04, G-16). It proposes; guards judge.
 */
#pragma once

#include "audit/audit.h"
#include "record/registry.h"

typedef struct {
    Id person;
    Str number, name;
    int level;     /* LEVEL_…, of his qualification on that day */
    Date valid_to; /* none: without end */
    IdList takes;  /* references of the scope that nothing of G-01 and G-04 touches */
    int64_t days;  /* of work in other audits of ours that begin in the same year */
    bool is_in_team, clashes;
    int64_t knows; /* subjects of his that the scope speaks of */
    StrList reasons_for, reasons_against;
} Candidate;

typedef struct {
    Candidate *at;
    size_t len, cap;
} CandidateList;

/* Best first: who can take anything at all, without a clash of dates, not under somebody else, the larger part of the
 * scope, the higher level, more subjects, fewer days, then by name. */
MUST_USE bool candidates_read(Call *call, const Audit *audit, CandidateList *out, Err *err);

/* The same for programs, for whoever may put the team together; refuses others. */
extern const Inquiry candidates_inquiry;
