/* SPDX-License-Identifier: Apache-2.0
 * web/case_fill.h: a case on its way to its page, shared by case_page.c (head, what comes next),
 * case_sections.c (the five parts) and case_aside.c. */
#pragma once

#include "action/case_view.h"
#include "record/verb.h"
#include "web/case_sheet.h"
#include "web/record_page.h"

typedef enum { SECTION_FOUND, SECTION_WHY, SECTION_ACTIONS, SECTION_EFFECT, SECTION_ISMS, SECTION_MORE } CaseSection;

typedef struct {
    Visit *visit;
    CaseView view;
    CaseNext next;
    Date as_of; /* none: today */
    Html words; /* for the wording of numbers and days */
    CaseSheet sheet;
} CaseFill;

/* The five parts of the page. */
void case_sections_fill(CaseFill *fill);
/* What stands beside them. */
void case_aside_fill(CaseFill *fill);

/* The value of a field for people; `index` is the number of the field ("Action_kind"). */
Str case_said(const CaseFill *fill, const Type *type, int index, const void *record);
/* The address of a form: of a verb of the case, or of a new part of it; both lead back to the part of the page. */
Str case_verb_href(const CaseFill *fill, const char *verb, CaseSection back);
Str case_new_href(const CaseFill *fill, const Type *type, Str more, CaseSection back);
/* "part-2": the fragment of a section. */
Str case_section_id(const CaseFill *fill, CaseSection section);
/* The day up to which everything is told. */
Date case_today(const CaseFill *fill);
/* Paragraphs of a long text. */
StrList paragraphs_of(Arena *arena, Str text);
/* The reader works on the case as its owner. */
bool case_is_owner(const CaseFill *fill);
