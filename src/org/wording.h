/* SPDX-License-Identifier: Apache-2.0
 * org/wording.h: what a careful colleague would say about a text before it is submitted (S-6). Warnings, never blocks;
 * one answer, wording_is_blame_only, is also a guard of "submit plan" (R-102-5). English only: other languages get the
 * checks that do not depend on words (likeness, numbers, names). Pure; texts are valid UTF-8. */
#pragma once

#include "base/str.h"

typedef enum {
    WORDING_NAMES_PERSON,        /* a person in the condition: a finding is about the system */
    WORDING_BLAMES,              /* a blame word in the condition */
    WORDING_SAYS_SHOULD,         /* the condition says what ought to be, not what is */
    WORDING_NO_NUMBERS,          /* neither condition nor extent says "n of N" */
    WORDING_OFI_BREAKS_RULE,     /* an opportunity for improvement that states a broken rule: that is a nonconformity */
    WORDING_CAUSE_IS_CONDITION,  /* the root cause says the condition again */
    WORDING_CAUSE_ONLY_BLAMES,   /* "human error" and the like, and nothing that allowed it */
    WORDING_ACTION_ONLY_REMINDS, /* "remind", "train", "be careful" against a cause in a tool or rule */
    WORDING_CODES
} WordingCode;

typedef struct {
    WordingCode code;
    const char *text; /* one sentence in English, marked for translation (base/text.h) */
    Str where;        /* the words meant, a slice of the checked text; empty when something is missing */
} WordingWarning;

typedef struct {
    WordingWarning *at;
    size_t len, cap;
} WordingWarnings;

typedef enum { FINDING_IS_NONCONFORMITY, FINDING_IS_OBSERVATION, FINDING_IS_OFI, FINDING_IS_OTHER } FindingWordingKind;

typedef struct {
    FindingWordingKind kind;
    Str condition;         /* what was found */
    Str extent;            /* how many, where, since when; may be empty */
    const StrList *people; /* full names of the people of the organisation; NULL when not known */
} FindingWording;

/* Adds what is to be said about a finding's condition, at most one warning of each code, in the order of the codes. */
void wording_check_finding(Arena *arena, const FindingWording *finding, WordingWarnings *out);

/* Adds what is to be said about a root cause of this condition. */
void wording_check_cause(Arena *arena, Str cause, Str condition, WordingWarnings *out);

typedef enum { CAUSE_IN_PEOPLE_OR_OTHER, CAUSE_IN_TOOL_OR_RULE } CausePlace;

/* Adds what is to be said about an action against a root cause in that place. */
void wording_check_action(Arena *arena, Str action, CausePlace place, WordingWarnings *out);

/* Is the cause only blame: "human error", "people forgot", "lack of awareness", "no time"? False when some clause of it
 * says what allowed the mistake ("human error, because the form has no field for the date"), and for an empty text. */
bool wording_is_blame_only(Arena *scratch, Str cause);
