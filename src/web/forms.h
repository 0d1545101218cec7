/* SPDX-License-Identifier: Apache-2.0
 * web/forms.h: what a form shows: controls by kind, their help, errors and warnings, and the answers to a form that
 * could not be saved (src/web/pages/forms.html draws them). */
#pragma once

#include "web/parts.h"

typedef enum {
    FORM_TEXT,
    FORM_LONG_TEXT,
    FORM_DATE,
    FORM_TIME,
    FORM_DATE_TIME, /* a day and a time of the organisation's zone */
    FORM_NUMBER,
    FORM_MAIL,
    FORM_PASSWORD,
    FORM_NEW_PASSWORD,
    FORM_CHOICE,    /* select: 5 to 15 values */
    FORM_SEGMENTED, /* 2 to 4 short answers, all visible */
    FORM_RADIO,     /* few answers with an explanation each */
    FORM_CHOICES,   /* any number of tick boxes */
    FORM_BOOL,      /* one tick box; `label` is its sentence */
    FORM_PICKER,    /* a few persons, each with "may" or "may not" and the fact behind it */
    FORM_PERSON,    /* text with the names offered */
    FORM_REFERENCE, /* text with record numbers offered */
    FORM_FILE,
} FormKind;

typedef enum { WIDTH_FULL, WIDTH_MIDDLE, WIDTH_SHORT } FormWidth;

typedef struct {
    Str value;
    Str text;
    Str note;    /* second line; of a person the fact behind the verdict */
    Str verdict; /* FORM_PICKER: "may verify", "may not" */
    bool chosen;
    bool barred; /* shown, cannot be taken: `note` says why */
} FormChoice;

typedef struct {
    FormKind kind;
    Str id; /* unique on the page; `name` when empty */
    Str name;
    Str label;
    Str help;
    Str value;        /* as typed, so that a refused form gives it back */
    Str error;        /* how to mend it */
    Str warning;      /* never stops a save */
    Str unit;         /* behind a number: "days" */
    Str autocomplete; /* token of HTML; may be empty */
    bool optional;    /* required is the rule */
    bool read_only;   /* `help` says why */
    bool many;        /* FORM_FILE: any number of files */
    bool camera;      /* FORM_FILE: a photo, where there is a camera at hand */
    bool beside;      /* stands beside the field before it */
    FormWidth width;
    int rows;           /* of a long text; 0: 3 */
    int64_t length_max; /* code points; 0: none */
    Date first, last;   /* bounds of a date; none: open */
    FormChoice *at;
    size_t len, cap;
} FormField;

typedef struct {
    FormField *at;
    size_t len, cap;
} FormFields;

Str form_field_id(const FormField *field);
/* ids of help, error and warning for aria-describedby; "" when there is none of them. */
Str form_field_described_by(const Html *out, const FormField *field);
const char *form_input_type(FormKind kind);
Str form_input_class(const FormField *field);
/* Controls that are a group of controls and so stand in a fieldset. */
bool form_is_group(FormKind kind);

/* Chosen by its own mark or by the value of the field. */
bool form_chosen(const FormField *field, const FormChoice *choice);

/* Number of fields with an error. */
size_t form_errors_count(const FormFields *fields);

/* Sent along, not shown. */
typedef struct {
    Str name, value;
} HiddenField;

typedef struct {
    HiddenField *at;
    size_t len, cap;
} HiddenFields;

/* A whole form. */
typedef struct {
    Str action;
    Str title;        /* of the section; may be empty */
    Str refused;      /* message that belongs to no field; may be empty */
    int64_t revision; /* seen by the writer; sent along when > 0 */
    bool uploads;     /* it holds a file */
    Str pieces;       /* address that takes files in pieces (web/pieces.h); empty: files go with the form */
    HiddenFields hidden;
    FormFields fields;
    Buttons verbs; /* primary first */
} Form;

/* Two people changed the same record: for each field that differs both texts, mine chosen. */
typedef struct {
    Str name; /* of the field */
    Str label;
    Str theirs, mine;
    Str value; /* of mine, as a form sends it */
} ConflictLine;

typedef struct {
    Str action;
    Str record; /* "F-019" */
    Str who;    /* "Tomasz Wilk" */
    Time when;
    int64_t merged;   /* fields of mine that were merged already */
    int64_t revision; /* theirs: the next save carries it */
    Str edit_href;    /* a form with both texts */
    HiddenFields hidden;
    ConflictLine *at;
    size_t len, cap;
} ConflictView;
