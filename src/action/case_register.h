/* SPDX-License-Identifier: Apache-2.0
 * action/case_register.h: the register of nonconformities: its standing views, how many each holds, and what comes next
 * for a row. */
#pragma once

#include "action/action.h"
#include "audit/finding.h"
#include "record/view.h"

typedef enum { CASES_OPEN, CASES_LATE, CASES_MINE, CASES_OUTSIDE, CASES_CLOSED, CASES_ALL, CASE_TABS } CaseTab;

const char *case_tab_name(CaseTab tab);  /* "late": value in an address */
const char *case_tab_label(CaseTab tab); /* "Late" */
/* The tab of that name; CASES_OPEN for an empty one; false when there is none. */
MUST_USE bool case_tab_find(Str name, CaseTab *out);
/* Its condition, for ListQuery.where. What waits for the reader depends on his roles. */
Str case_tab_where(const Call *call, CaseTab tab);
/* How many cases the reader sees in each; one query. */
MUST_USE bool case_tab_counts(Call *call, int64_t counts[CASE_TABS], Err *err);

/* The earliest open action of each case in progress; one query, at most 500 cases. */
MUST_USE bool case_next_actions(Call *call, ActionList *out, Err *err);
/* What comes next, in a few words: "analysis and plan", "action CA-013-1"; empty: nothing. */
Str case_next_words(const Call *call, const Nonconformity *nc, const ActionList *next_actions);

/* Where each case of a page came from, in its order: "IA-26-02", "incident INC-2026-031". One query. */
MUST_USE bool case_origins(Call *call, const ListPage *page, StrList *out, Err *err);

/* Nonconformities that were presented to the auditee and are not issued: they count as open (K population), and become
 * cases with the issue. What the reader may see of them. */
MUST_USE bool case_presented(Call *call, FindingList *out, Err *err);
