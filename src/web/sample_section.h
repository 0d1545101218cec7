/* SPDX-License-Identifier: Apache-2.0
 * web/sample_section.h: a sample where it is used: what it was drawn from and how, what it allows to say, how anybody
 * draws it again, its items, and what can be done with it now. */
#pragma once

#include "audit/sample.h"
#include "record/names.h"
#include "web/audit_sheet.h"
#include "web/visit.h"

typedef struct {
    AuditTable table;
    Facts facts;
    StrList says; /* what the result allows to say, a line each */
    Str command;  /* that draws the same items again; empty: nothing was drawn by the program */
} SampleSection;

typedef struct {
    SampleSection *at;
    size_t len, cap;
} SampleSections;

/* `items` may hold those of other samples too; `names` knows the sample. Forms lead on to `back`. */
MUST_USE bool sample_section_fill(Visit *visit, Names *names, const Sample *sample, const SampleItemList *items,
                                  Str back, SampleSection *out, Err *err);
