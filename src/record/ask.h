/* SPDX-License-Identifier: Apache-2.0
 * record/ask.h: what a program may ask, in one form for the API, the command line and its local socket: the same
 * question has the same answer through each, down to the byte. The browser's pages call the same engine below this
 * (verb.h, view.h). */
#pragma once

#include "record/history.h"
#include "record/verb.h"
#include "record/view.h"

typedef enum {
    ASK_LIST,    /* records of a type, one page */
    ASK_SHOW,    /* one record; with as_of: as it stood then */
    ASK_STEPS,   /* what the person can do with it now, and why not */
    ASK_HISTORY, /* what happened to it */
    ASK_VERB,    /* do it */
    ASK_SEARCH,  /* words over all types */
    ASK_INQUIRY, /* what a room works out about one record; `verb` is the inquiry's name */
    ASK_EXPORT,  /* all records of a type as CSV, as filtered */
    ASK_FILE,    /* a file made of one record (registry.h, Rendering) */
    ASK_KINDS
} AskKind;

typedef struct {
    AskKind kind;
    Str type; /* name or plural; empty for search */
    Str number;
    Str verb;            /* or the inquiry */
    ParamList params;    /* of lists: filters, sort, after, limit, q; of history: before, limit */
    const json_t *input; /* of verbs */
    int64_t revision;    /* seen: any change since is a conflict (RFC 9110 13.1.1); 0: not said */
    Str idempotency_key;
    Str as_of; /* a day, "2026-10-15": its end in the organisation's zone */
    Str form;  /* of a file: "docx" */
} Ask;

typedef struct {
    int status; /* of HTTP; outcome_exit's code of the command line is `exit` */
    int exit;
    const char *media; /* "application/json", "application/problem+json", "text/csv; charset=utf-8", that of a file */
    json_t *body;      /* NULL when text holds the answer */
    Str text;
    Str name;         /* to save the text under: "IA-26-04.docx" */
    int64_t revision; /* of the record shown or changed: its entity tag; 0: none */
} Answer;

/* Everything in the answer lives in the caller's arena. False only when the world failed. */
MUST_USE bool ask_answer(const Caller *caller, const Ask *ask, Answer *answer, Err *err);

/* The question as JSON and back, for the local socket. */
json_t *ask_to_json(Arena *arena, const Ask *ask);
MUST_USE bool ask_from_json(Arena *arena, const json_t *json, Ask *out, Err *err);
const char *ask_kind_name(AskKind kind);
