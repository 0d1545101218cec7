/* SPDX-License-Identifier: Apache-2.0
 * web/paper_sheet.h: what the page of a working paper shows (src/web/pages/paper.html draws it). */
#pragma once

#include "web/audit_sheet.h"
#include "web/forms.h"
#include "web/sample_section.h"

/* Some fields of a record, edited where they stand: the others go along unseen, so that the form is whole. */
typedef struct {
    Str action; /* empty: the reader may not edit */
    int64_t revision;
    HiddenFields hidden;
    FormFields fields;
    Button save;
} InPlaceForm;

typedef struct {
    Str id;
    Str number, text;
    InPlaceForm form;
    Cell result; /* where it is only read */
    StrList seen;
    Button finding; /* label empty: the step did not fail */
} StepCard;

typedef struct {
    PageHead head;
    Facts block;
    Ruler ruler;
    StepCard *at;
    size_t len, cap;
    SampleSections samples;
    Button plan_sample; /* label empty: the reader may not */
    InPlaceForm judgement;
    Facts judged; /* where it is only read */
    AsideList evidence, known;
    Facts expected;
    Buttons verbs; /* at the foot; the first leads */
    ProofLine proof;
} PaperSheet;
