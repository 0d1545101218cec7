/* SPDX-License-Identifier: Apache-2.0
 * web/plan_sheet.h: what the page of a proposed plan shows (src/web/pages/programme_plan.html draws it). */
#pragma once

#include "web/audit_sheet.h"
#include "web/forms.h"

typedef struct {
    PageHead head;
    Facts block;
    struct {
        Callout *at;
        size_t len, cap;
    } conflicts;
    Callout standing; /* what is to be said about taking it over; title empty: nothing */
    Form form;        /* takes it over; action empty: not now, or not this reader */
    struct {
        AuditTable *at; /* one for each quarter */
        size_t len, cap;
    } quarters;
    Callout notes; /* no text: none */
    AsideList missed, importance;
} PlanSheet;
