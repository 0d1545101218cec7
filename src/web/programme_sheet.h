/* SPDX-License-Identifier: Apache-2.0
 * web/programme_sheet.h: what the page of the audit programme shows (src/web/pages/programme.html draws it). */
#pragma once

#include "web/audit_sheet.h"

/* The timeline, in units of its drawing. */
typedef struct {
    int x;
    Str label;
    bool is_year;
} ChartTick;

typedef enum { MARK_DONE, MARK_FOLLOW_UP, MARK_NOW, MARK_PLANNED } ChartLook;

typedef struct {
    int x, y;
    Str number, href;
    Str whole; /* "IA-26-05 Endpoint, …: Fieldwork, 9 Nov 2026" */
    ChartLook look;
} ChartMark;

typedef struct {
    Str label;
    int y;
} ChartRow;

typedef struct {
    Str label; /* a sentence for screen readers */
    int width, height;
    int today; /* x; 0: not within the cycle */
    struct {
        ChartTick *at;
        size_t len, cap;
    } ticks;
    struct {
        ChartMark *at;
        size_t len, cap;
    } marks;
    struct {
        ChartRow *at;
        size_t len, cap;
    } rows;
} TimelineChart;

/* One control. */
typedef struct {
    const char *look; /* value of data-c */
    Icon icon;
    Str ref, when, href;
    Str whole; /* all of it as a sentence */
} CoverageCell;

typedef struct {
    Str title, count;
    CoverageCell *at;
    size_t len, cap;
} CoverageTheme;

typedef struct {
    PageHead head;
    Facts block;
    Gate gate;
    Tabs tabs;
    TimelineChart chart;
    Str coverage_title; /* empty: not for this reader */
    Link coverage_table;
    struct {
        CoverageTheme *at;
        size_t len, cap;
    } themes;
    AuditTable clauses;
    AsideList why, gaps, objectives;
    ProofLine proof;
} ProgrammeSheet;
