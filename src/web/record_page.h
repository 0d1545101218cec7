/* SPDX-License-Identifier: Apache-2.0
 * web/record_page.h: parts of a record's page that pages made by hand use too. */
#pragma once

#include "web/sheet.h"
#include "web/values.h"

/* The page itself, for types whose own page leaves something to it. */
MUST_USE bool record_page_show(Visit *visit, Err *err);
/* The record that the address asks for, today or as it stood at the end of the day ?as-of. */
typedef struct {
    void *record;  /* of the type of visit->plan; given by the caller */
    Names *names;  /* of its references */
    Date as_of;    /* none: today */
    bool is_there; /* else the visit was answered */
} Shown;
MUST_USE bool record_shown(Visit *visit, Shown *shown, Err *err);
/* All of the page but what only its own type knows, and sending it. */
MUST_USE bool record_sheet(Visit *visit, Shown *shown, Sheet *out, Err *err);
MUST_USE bool record_sheet_send(Visit *visit, const void *record, const Sheet *sheet, Err *err);
/* The proof line of a record, read from the last checkpoint. */
MUST_USE bool proof_line(Visit *visit, const Type *type, const void *record, Names *names, ProofLine *out, Err *err);
/* Where a record stands: its register, the record it is a part of, itself last when `is_below` (history, forms). */
typedef enum { CRUMBS_ABOVE, CRUMBS_WITH_RECORD } CrumbsEnd;
Links record_crumbs(const Visit *visit, const void *record, Names *names, CrumbsEnd end);
/* Tables of the records whose parent is this one. */
MUST_USE bool record_parts(Visit *visit, const void *record, PartTables *out, Err *err);
/* The last changes. */
MUST_USE bool record_timeline(Visit *visit, const Type *type, Id id, Timeline *out, Err *err);
/* Puts "Export" and "Print" into the head of a record's page. */
void export_ways(const Visit *visit, const Type *type, PageHead *head);
/* Verbs as buttons and as what stands in the way. */
MUST_USE bool record_acts(Visit *visit, const void *record, Sheet *sheet, Err *err);
