/* SPDX-License-Identifier: Apache-2.0
 * review/work_rule.h: one rule of My work; private to the files work*.c. */
#pragma once

#include "record/work.h"

typedef enum {
    DUE_AS_IT_IS,   /* the day in the row */
    DUE_WORKDAYS_5, /* five working days of the person after the day in the row */
    DUE_DAYS_45     /* 45 days after it, moved to a working day */
} DueRuleOf;

typedef struct {
    WorkKind kind;
    DueRuleOf due;
    const Type *type;
    const char *verb;  /* that settles it; NULL: to look at it */
    const char *roles; /* "coordinator|isms_manager": one of them is needed; NULL: the query says who */
    const char *what;  /* "Acknowledge it" */
    const char *who;   /* whom one waits for, where no person is named yet; NULL: the person in the row */
    /* Rows of WORK_COLUMNS; $1 is the person, $2 the day. Ends in ORDER BY and a LIMIT of 50. */
    const char *sql;
} WorkRule;

/* Number (as an address has it), title, state, day of the due rule, when it changed, whom one waits for, a sentence. */
enum { WORK_NUMBER, WORK_TITLE, WORK_STATE, WORK_DAY, WORK_CHANGED, WORK_PERSON, WORK_REASON };
#define WORK_ORDER " ORDER BY 4, 1 LIMIT 50"

typedef struct {
    const WorkRule *at;
    size_t len;
} WorkRules;
extern const WorkRules case_work, audit_work, review_work;
