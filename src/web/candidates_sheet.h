/* SPDX-License-Identifier: Apache-2.0
 * web/candidates_sheet.h: what the page of those who could audit is made of. */
#pragma once

#include "web/parts.h"
#include "web/shell.h"

typedef struct {
    Str name, level; /* "Elias Brandt", "Lead auditor" */
    Str takes;       /* "A.5.1–5.7"; empty: nothing */
    StrList reasons_for, reasons_against;
    Cell in_team; /* set when he is */
    Button add;   /* without a label: nothing to add */
} CandidateCard;

typedef struct {
    CandidateCard *at;
    size_t len, cap;
    EmptyState empty; /* shown when there is none */
} CandidateSheet;
