/* SPDX-License-Identifier: Apache-2.0
 * web/case_sheet.h: what the page of a nonconformity shows, in the order in which it stands (src/web/pages/case.html
 * draws it; case_page.c and case_sections.c fill it). */
#pragma once

#include "web/forms.h"
#include "web/shell.h"

/* "Criterion": what is said about it. */
typedef struct {
    Str label;
    StrList paragraphs;
    Links links; /* behind them, ',' between */
    Str note;    /* small, behind all: a hash, a date */
} Said;

typedef struct {
    Said *at;
    size_t len, cap;
} SaidList;

/* A box in colour: what was done now, what was advised. */
typedef struct {
    Str title, aside;
    StrList paragraphs;
    Str foot; /* muted */
} Slip;

typedef struct {
    Slip *at;
    size_t len, cap;
} Slips;

typedef enum { NODE_PLAIN, NODE_TOP, NODE_ROOT, NODE_GATE } NodeLook;

/* A box of the drawing of causes. Depth 0 is the top; a box is drawn under the last one that is less deep. */
typedef struct {
    int depth;
    NodeLook look;
    Str number; /* of a root cause */
    Str text;
    Str note;
    Str href; /* to edit it; empty: it cannot be now */
} TreeNode;

typedef struct {
    Str label; /* "Fault tree" */
    TreeNode *at;
    size_t len, cap;
} Tree;

typedef struct {
    Str number, text, href;
    Str against; /* second line */
    Str returned;
    Cell owner, due, done, state;
    Links proof;
    Str expected; /* what counts as done, where there is no proof yet */
    Buttons acts;
    bool is_cut;
} ActionRow;

typedef struct {
    ActionRow *at;
    size_t len, cap;
} ActionRows;

/* One verification or review. */
typedef struct {
    Cell result;
    Str who; /* "25 Sep 2026 by Ruben Pires with …" */
    StrList paragraphs;
    Str rule;
} Check;

typedef struct {
    Check *at;
    size_t len, cap;
} Checks;

enum { CASE_SECTIONS = 5 };

typedef struct {
    PageHead head;
    Spine spine;
    Facts block;
    Gate gate;       /* of the next step; title empty: none */
    Callout waiting; /* what is waited for; title empty: nothing */

    Str titles[CASE_SECTIONS];
    Str counts[CASE_SECTIONS]; /* beside the title; may be empty */
    Links ends[CASE_SECTIONS]; /* at the end of its line, ", " between */
    Buttons acts[CASE_SECTIONS];

    SaidList found;
    Slips corrections;
    Str consequences;

    Tree tree;
    TableView barriers; /* of a barrier analysis; no rows: none */
    SaidList why;
    TableView searches;
    Slips advice;

    ActionRows actions;
    SaidList plan;
    TableView extensions;

    Checks verifications, reviews;
    SaidList effect; /* how it is judged, fixed before */

    TableView changes; /* of the ISMS */
    Str lessons;

    Timeline timeline;
    Link timeline_all;
    Facts people;
    Facts body; /* the certification body's side; empty: not its case */
    Links links;
    ProofLine proof;
} CaseSheet;
