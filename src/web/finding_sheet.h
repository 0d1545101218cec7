/* SPDX-License-Identifier: Apache-2.0
 * web/finding_sheet.h: what the page of a finding shows, in the order in which it stands (src/web/pages/finding.html
 * draws it, finding_page.c fills it). */
#pragma once

#include "web/case_sheet.h"

/* Parts of the page that carry verbs. */
enum { FINDING_STATEMENT, FINDING_GRADING, FINDING_VIEWS, FINDING_AFTER, FINDING_PARTS };

typedef struct {
    PageHead head;
    Spine spine;
    Facts block;
    Gate gate;
    Callout waiting;

    SaidList statement;
    Callout checks; /* of the wording, while it is written; title empty: none */
    TableView grading;
    Str graded;         /* who accepted it, and why the grade differs */
    Slip auditee, team; /* two views; title empty: nobody has spoken */
    SaidList after;     /* what was decided about an observation */
    Buttons acts[FINDING_PARTS];

    Facts asked; /* evidence that is waited for */
    Str next;    /* what happens with the issue; may be empty */
    bool rights; /* of the auditee are told, while he may use them */
    Timeline timeline;
    Links links;
    ProofLine proof;
} FindingSheet;
