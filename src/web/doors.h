/* SPDX-License-Identifier: Apache-2.0
 * web/doors.h: the pages that belong to no record: sign-in, first run, and every way of saying no
 * (src/web/pages/doors.html draws them). */
#pragma once

#include "web/forms.h"
#include "web/shell.h"

typedef struct {
    Str organisation; /* "Veldane Systems B.V." */
    Str theme;
    Str sign_on_label; /* "Continue with Veldane sign-on"; empty: local accounts only */
    Str sign_on_href;
    Str login;     /* as typed */
    Str return_to; /* where the reader wanted to go */
    Str refused;   /* "Name and password do not belong together."; empty: first view */
    bool keys;     /* security keys can be used */
    bool guests;   /* there are pages for people without an account */
} SignInView;

/* What a pasted list was understood as. */
typedef struct {
    Str title, count;
    Str note; /* what is left out; may be empty */
    TableView table;
} Preview;
typedef struct {
    Preview *at;
    size_t len, cap;
} Previews;

/* One control: does it apply, and if not, why. */
typedef struct {
    Str number, ref, title, reason, error;
    bool ticked;
} SoaLine;
typedef struct {
    SoaLine *at;
    size_t len, cap;
} SoaLines;

/* The set-up asks one thing at a time: a spine of its steps, one form, and what helps beside it. */
typedef struct {
    Spine steps;
    Str title; /* of the step; empty: the form says it */
    Str about; /* one or two sentences; may be empty */
    Form form;
    Previews previews;
    SoaLines soa;  /* inside the form */
    Str demo_href; /* loads the demonstration company; empty: not offered */
    int64_t event; /* the first event of the record; 0: not yet */
    Time event_time;
    Str checkpoint_href;
} FirstRun;

typedef enum { PROBLEM_NOT_FOUND, PROBLEM_NOT_ALLOWED, PROBLEM_OURS, PROBLEM_BUSY } ProblemKind;

/* 404, 403, 500 and 503. */
typedef struct {
    ProblemKind kind;
    Str title;     /* empty: the usual one of the kind */
    Str text;      /* what failed, that nothing was lost, or what may be seen instead and whom to ask */
    Str reference; /* number under which the log has it; may be empty */
    Buttons acts;
} Problem;

const char *problem_title(ProblemKind kind);
const char *problem_text(ProblemKind kind);
