/* SPDX-License-Identifier: Apache-2.0
 * web/case_fill.h: a case on its way to its page, shared by case_page.c (head, what comes next),
 * case_sections.c (the five parts) and case_aside.c. */
#pragma once

#include "action/case_view.h"
#include "record/verb.h"
#include "web/case_sheet.h"
#include "web/record_page.h"
#include "web/step_page.h"

typedef enum {
    SECTION_FOUND,
    SECTION_WHY,
    SECTION_ACTIONS,
    SECTION_EFFECT,
    SECTION_ISMS,
    SECTION_MORE = PART_MORE
} CaseSection;

typedef struct {
    Visit *visit;
    CaseView view;
    StepPage steps;
    bool may_answer; /* the questions about the ISMS */
    Date as_of;      /* none: today */
    Html words;      /* for the wording of numbers and days */
    CaseSheet sheet;
} CaseFill;

/* The five parts of the page. */
void case_sections_fill(CaseFill *fill);
/* What stands beside them. */
void case_aside_fill(CaseFill *fill);

/* The value of a field for people; `index` is the number of the field ("Action_kind"). */
Str case_said(const CaseFill *fill, const Type *type, int index, const void *record);
/* The address of the form of a new part of the case, which leads back to a section. `more`: "&name=value". */
Str case_new_href(const CaseFill *fill, const Type *type, Str more, CaseSection back);
/* The day up to which everything is told. */
Date case_today(const CaseFill *fill);
/* The reader works on the case as its owner. */
bool case_is_owner(const CaseFill *fill);
