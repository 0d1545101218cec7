/* SPDX-License-Identifier: Apache-2.0
 * web/report_view.h: what the page of an audit's report shows around its sheets (src/web/pages/report.html draws it).
 */
#pragma once

#include "web/sheet.h"
#include "web/visit.h"

typedef struct {
    PageHead head;
    Facts block;
    Gate missing; /* parts that are empty; title empty: none */
    Gate gate;    /* of the first verb that is not possible yet; title empty: none */
    Buttons waiting;
    Buttons forms; /* to save it as a file */
    Links others;  /* further reports of the audit */
    ProofLine proof;
} ReportView;

/* Adds a button for each form in which the report can be saved (src/web/report_page.c). */
void report_forms_fill(Visit *visit, Str number, Buttons *forms);
