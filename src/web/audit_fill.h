/* SPDX-License-Identifier: Apache-2.0
 * web/audit_fill.h: the page of an audit in the making, shared by audit_page.c (head, line, gate, tabs), audit_tables.c
 * (papers, plan) and audit_aside.c (people, requests, findings). */
#pragma once

#include <stdalign.h>

#include "audit/audit_view.h"
#include "audit/part.h"
#include "org/requirement.h"
#include "web/audit_sheet.h"
#include "web/values.h"

typedef struct {
    Visit *visit;
    AuditView view;
    AuditNext next;
    AuditSheet sheet;
    Html words; /* for sentences */
} AuditFill;

Str audit_text(const AuditFill *fill, const char *english);
/* "21", empty for none. */
Str audit_count(const AuditFill *fill, size_t count);
/* All records of the type that belong to the audit, as a register. */
Str audit_list_href(const AuditFill *fill, const Type *type);
/* "A.8.1, A.8.6–8.12" */
Str audit_refs(const AuditFill *fill, const IdList *refs);
/* Adds the button that makes a part of the audit, if the reader may; one comes back to `back` on this page. */
MUST_USE bool audit_may_add(AuditFill *fill, const Type *type, Buttons *out, const char *label, Str back, Err *err);

MUST_USE bool audit_tables_fill(AuditFill *fill, Err *err);
MUST_USE bool audit_aside_fill(AuditFill *fill, Err *err);

/* The papers of an audit as marks; the bob hangs at `open` (none: at no paper). */
void paper_ruler_fill(const Visit *visit, Names *names, const PaperList *papers, Id open, Ruler *out);
