/* SPDX-License-Identifier: Apache-2.0
 * web/parts.h: what the components of a page show (src/web/pages/parts*.html draws them). Plain data: a page fills a
 * struct and hands it to a part; the zeroed struct is a valid, empty component. All Str are text as typed, never HTML;
 * all addresses are checked when printed. */
#pragma once

#include "web/change.h"
#include "web/html.h"
#include "web/nav.h"

/* ---- links and buttons ---- */

typedef struct {
    Str text;
    Str href; /* empty: plain text */
} Link;

typedef struct {
    Link *at;
    size_t len, cap;
} Links;

typedef enum { BUTTON_PLAIN, BUTTON_PRIMARY, BUTTON_QUIET, BUTTON_DANGER } ButtonKind;
typedef enum { BUTTON_NORMAL, BUTTON_SMALL } ButtonSize;

/* A verb: a link when `href` is set, a form of its own when `post` is set, else a submit button of the form around it.
 * With `why_not` it cannot be used now: the reason stands beside it and pressing it goes to `fix`. */
typedef struct {
    Str label;
    Icon icon;
    ButtonKind kind;
    ButtonSize size;
    Str href;
    Str post;
    Str name, value; /* sent with the form when pressed */
    Str label_whole; /* for screen readers where `label` is short; empty: `label` */
    Str id;          /* of the reason; needed with why_not */
    Str why_not;
    Str rule; /* that stands behind why_not; may be empty */
    Link fix; /* "Write it" → "#part-6" */
} Button;

typedef struct {
    Button *at;
    size_t len, cap;
} Buttons;

/* "btn primary small": the classes of a button. */
Str button_class(ButtonKind kind, ButtonSize size);

/* ---- values ---- */

typedef enum {
    GRADE_GLYPH_NONE,
    GRADE_GLYPH_MAJOR,
    GRADE_GLYPH_MINOR,
    GRADE_GLYPH_OBSERVATION,
    GRADE_GLYPH_OFI,
    GRADE_GLYPH_GOOD,
    GRADE_GLYPHS
} GradeGlyph;
typedef enum {
    STATE_GLYPH_NONE,
    STATE_GLYPH_TODO,
    STATE_GLYPH_GO,
    STATE_GLYPH_WAIT,
    STATE_GLYPH_TURN,
    STATE_GLYPH_DONE,
    STATE_GLYPH_STOP,
    STATE_GLYPH_VOID,
    STATE_GLYPHS
} StateGlyph;

const char *grade_glyph_name(GradeGlyph glyph); /* "major" */
Icon grade_glyph_icon(GradeGlyph glyph);
Str grade_words(const Html *out, GradeGlyph glyph); /* "Major" */
const char *state_glyph_name(StateGlyph glyph);     /* "go": value of data-s */
Icon state_glyph_icon(StateGlyph glyph);

typedef enum {
    CELL_TEXT,   /* text */
    CELL_DATE,   /* date */
    CELL_TIME,   /* time, in the reader's zone */
    CELL_DUE,    /* date, with flag when late and clock within two days; text, when set, instead of the words */
    CELL_GRADE,  /* grade; text, when set, instead of its word */
    CELL_STATE,  /* state and text */
    CELL_NUMBER, /* number, in groups of three */
    CELL_CODE,   /* text in the fixed face: references, hashes, event numbers */
    CELL_OKAY,   /* tick and text */
    CELL_LATE,   /* flag and text */
    CELL_SOON,   /* clock and text */
    CELL_PASS,   /* tick: result of a test */
    CELL_FAIL,   /* cross */
    CELL_NONE,   /* faint text: "not tested" */
} CellKind;

/* One value with its shape, colour and word; used in title blocks, facts and tables alike. */
typedef struct {
    CellKind kind;
    Str text;
    Date date;
    Time time;
    int64_t number;
    GradeGlyph grade;
    StateGlyph state;
    Str href; /* the value is a link */
    Str note; /* second line, or small words beside */
    Str rule; /* chip behind it: "G-07" */
} Cell;

typedef enum { DUE_NONE, DUE_FAR, DUE_SOON, DUE_LATE } DueGlyph;
/* Late: before the reader's day; soon: within two days. */
DueGlyph due_glyph(const Html *out, Date due);

typedef struct {
    Str label;
    Cell cell;
} Fact;

typedef struct {
    Fact *at;
    size_t len, cap;
} Facts;

/* ---- head of a page ---- */

typedef struct {
    Links crumbs; /* without the page itself when it is the first */
    Str number;   /* "F-012"; may be empty */
    Str title;
    Str sub;   /* one or two sentences; may be empty */
    Str saved; /* "Saved 09:41:07"; may be empty */
    Buttons acts;
    Links more;      /* verbs used once a year, behind "More" */
    Str export_href; /* the record as a file; empty: not offered */
    bool prints;     /* "Print" is offered where scripts run */
    Str as_of;       /* "As it stood on 15 October 2026" with a link back to today at `now_href`; empty: today */
    Str now_href;
} PageHead;

typedef enum { SPINE_AHEAD, SPINE_DONE, SPINE_HERE } SpinePlace;

typedef struct {
    Str name; /* "2 Cause found" */
    Str href; /* part of the page; may be empty */
    Str note;
    SpinePlace place;
} SpineStep;

typedef struct {
    Str label; /* what the steps are steps of */
    SpineStep *at;
    size_t len, cap;
} Spine;

typedef struct {
    Str text;  /* "8.8-1" */
    Str whole; /* "A.8.8-1" */
    Str href;
    SpinePlace place; /* DONE solid, HERE open, AHEAD not started */
    bool open;        /* the one on this page: the bob hangs here */
} RulerMark;

typedef struct {
    Str label;
    RulerMark *at;
    size_t len, cap;
} Ruler;

const char *ruler_place_name(SpinePlace place);    /* value of data-s */
Str ruler_word(const Html *out, SpinePlace place); /* "open" */

typedef struct {
    Str text;
    Str href;
    Str count; /* "21"; may be empty */
    bool here;
} Tab;

typedef struct {
    Str label; /* "Parts of F-012" */
    Tab *at;
    size_t len, cap;
} Tabs;

/* ---- what stands in the way ---- */

typedef struct {
    Str text;  /* the guard as a sentence */
    Str rule;  /* "G-12" or "issue-4" */
    Str who;   /* who could meet it, until when */
    Link verb; /* where it is met */
    bool met;
} GateLine;

typedef struct {
    Str id;       /* of the heading */
    Str title;    /* "Before fieldwork can finish: 4 of 7 open" */
    Str aside;    /* "Closing meeting in 2 days" */
    Button verb;  /* label empty: not the reader's */
    GateLine *at; /* open ones first */
    size_t len, cap;
} Gate;

typedef enum { CALLOUT_NOTE, CALLOUT_WARN, CALLOUT_OK, CALLOUT_STOP } CalloutKind;

typedef struct {
    CalloutKind kind;
    Icon icon; /* ICON_NONE: the one of the kind */
    Str title;
    StrList text; /* paragraphs */
    Str rule;     /* behind the last paragraph */
    Buttons acts;
} Callout;

Str callout_class(CalloutKind kind);
Icon callout_icon(CalloutKind kind);

/* The four answers to a refused verb, one card for each guard that does not hold. */
typedef struct {
    Str id;        /* of the card; unique on the page */
    Str title;     /* "Elias Brandt cannot verify CA-010-1" */
    Str rule;      /* "G-06" */
    Str rule_text; /* the rule in one sentence; may be empty */
    StrList missing;
    StrList could; /* names */
    Str next;
    Buttons acts;
} RefusalCard;

typedef struct {
    RefusalCard *at;
    size_t len, cap;
} RefusalCards;

/* ---- lists ---- */

typedef struct {
    Icon icon;
    Link what;
    Str reason;
    Cell until;    /* with its note beside */
    Buttons verbs; /* the first one leads */
} WorkItem;

typedef struct {
    Str id; /* of the heading */
    Str title;
    Str aside;
    WorkItem *at;
    size_t len, cap;
} WorkList;

typedef enum { TIMELINE_DONE, TIMELINE_NEXT, TIMELINE_NOTE, TIMELINE_BAD } TimelineKind;

typedef struct {
    TimelineKind kind;
    Date day;
    Link what;
    int64_t event; /* number in the record; 0: none */
} TimelineMark;

typedef struct {
    TimelineMark *at; /* newest first */
    size_t len, cap;
} Timeline;

const char *timeline_kind_name(TimelineKind kind); /* value of data-s; "" for done */

/* ---- tables ---- */

typedef enum {
    COLUMN_PLAIN,
    COLUMN_FIRST, /* the number: leads a folded row */
    COLUMN_TITLE, /* the link and its second line */
    COLUMN_NOWRAP,
    COLUMN_NUMBER, /* right */
    COLUMN_ENDCAP, /* result: stays beside the title when folded */
} ColumnLook;

typedef enum { SORTED_NOT, SORTED_UP, SORTED_DOWN } Sorted;

typedef struct {
    Str label;
    ColumnLook kind;
    Str sort_href; /* the same list sorted by this column; empty: cannot be sorted */
    Sorted sorted;
} TableColumn;

typedef enum { ROW_NORMAL, ROW_SELECTED, ROW_CUT } RowLook; /* ROW_CUT: muted, void */

typedef struct {
    Cell *cells; /* as many as there are columns */
    Str key;     /* sent as "sel" when ticked; only if the table ticks */
    RowLook look;
} TableRow;

typedef struct {
    Str label; /* names the region */
    const TableColumn *columns;
    size_t columns_len;
    bool ticks;
    TableRow *at;
    size_t len, cap;
} TableView;

Str column_class(ColumnLook kind);
const char *sorted_word(Sorted sorted); /* value of aria-sort; "" for SORTED_NOT */
Icon sorted_icon(Sorted sorted);
/* Nothing would be shown: the cell of the table stays empty. */
bool cell_is_empty(const Cell *cell);
/* What stands before the value when the row is folded on a phone; "" where the value says it itself. */
Str cell_fold_label(const TableColumn *column, const Cell *cell);

typedef struct {
    Str word;        /* before it: "of" */
    Str text;        /* "any grade" */
    Links choices;   /* what it can be set to, each an address of the whole list */
    Str remove_href; /* empty: cannot be removed */
    bool on;         /* restricts the list */
} FilterToken;

/* Filters that read as a sentence. */
typedef struct {
    Str word;   /* "Show" */
    Links more; /* conditions that can be added */
    FilterToken *at;
    size_t len, cap;
} FilterSentence;

typedef struct {
    Str words; /* "1 to 50 of 1,184 · sorted by due date" */
    Str previous_href, next_href;
} Pager;

typedef struct {
    Str field;
    Str before, after;
} DiffLine;

typedef struct {
    Str label;
    Str before, after; /* heads: "15 October 2026", "Today" */
    DiffLine *at;
    size_t len, cap;
} Diff;

/* ---- the record shows itself ---- */

typedef enum { PROOF_NONE, PROOF_VERIFIED, PROOF_FAILED } ProofState;

typedef struct {
    ProofState state;
    int64_t event; /* of the last change */
    Time when;
    Str who;
    int64_t checkpoint; /* size of the newest checkpoint that holds it; 0: not yet in one */
    bool anchored;      /* that checkpoint is kept outside this server */
    Str failure;        /* for PROOF_FAILED: what was found and who was told */
    Str href;           /* history and proof */
} ProofLine;

typedef struct {
    Str title;
    Str text;
    Buttons acts;
} EmptyState;

/* Work that takes longer than a page. */
typedef struct {
    Str what;
    int64_t done, all;
    Str aside;
} Meter;
int meter_percent(const Meter *meter); /* 0 to 100 */
