/* SPDX-License-Identifier: Apache-2.0
 * exchange/local.h: what a command asks of an organisation on this machine, and the answer. The command line answers
 * itself when nobody owns the store, else the owner answers over its local socket: both through local_answer, so the
 * bytes are the same. docs/formats/local-socket.md has the form on the socket.
 *
 * Whoever may ask at all owns the store's files (or is root), so he may speak as anybody: that is the operating
 * system's word, taken from the folder's owner or from SO_PEERCRED, never from the question. */
#pragma once

#include "record/ask.h"
#include "record/proof.h"

enum {
    LOCAL_QUESTION_MAX = 8 << 20,  /* bytes of a question's line */
    LOCAL_HEAD_MAX     = 64 << 10, /* bytes of the line before an answer's body */
    LOCAL_BODY_MAX     = 64 << 20
};

typedef enum {
    LOCAL_ASK,        /* record/ask.h, as a person */
    LOCAL_VERIFY,     /* ledger/verify.h */
    LOCAL_PROVE,      /* that an event is in the record */
    LOCAL_INDICATORS, /* review/indicators.h, as a person or, unnamed, as the owner of the store */
    LOCAL_KINDS
} LocalKind;

typedef struct {
    LocalKind kind;
    Str as;  /* of LOCAL_ASK and LOCAL_INDICATORS: name to sign in with, or number of a person */
    Ask ask; /* of LOCAL_ASK */
    VerifyDepth depth;
    Str against;   /* of LOCAL_VERIFY: a signed note with a checkpoint from elsewhere; empty: none */
    int64_t event; /* of LOCAL_PROVE */
    Str as_of;     /* of LOCAL_INDICATORS: "2026-11-16"; empty: today */
} LocalQuestion;

typedef struct {
    int status;       /* of HTTP */
    int exit;         /* of the command line */
    Str media;        /* of the body */
    Str body;         /* bytes as they are shown */
    int64_t revision; /* 0: none */
    Str zone;         /* the organisation's: in it times are shown to people */
} LocalAnswer;

/* False when the world failed, and with ERR_USAGE when nobody is called question->as. Everything lives in `arena`. */
MUST_USE bool local_answer(App *app, Arena *arena, const LocalQuestion *question, LocalAnswer *answer, Err *err);

/* The person who signs in as `name`, or has that number; ERR_USAGE when there is nobody. */
MUST_USE bool local_asker(App *app, Arena *arena, Str name, Id *person, Err *err);

/* Exit codes of the command line that are not those of an outcome (record/outcome.h). */
enum { EXIT_TAMPERED = 1, EXIT_USAGE = 2, EXIT_WORLD = 7 };
int local_exit(const Err *err);

/* The question as one line of JSON without its line feed, and back. ERR_FORMAT, ERR_LIMIT: it is none. */
Str local_question_write(Arena *arena, const LocalQuestion *question);
MUST_USE bool local_question_read(Arena *arena, Str line, LocalQuestion *question, Err *err);
/* The line before an answer's body: the answer without its body, or the failure when `failed` is not NULL. */
Str local_head_write(Arena *arena, const LocalAnswer *answer, const Err *failed);
/* Back: *body_bytes says how much follows. A failure that it tells becomes `err` and the result false. */
MUST_USE bool local_head_read(Arena *arena, Str line, LocalAnswer *answer, int64_t *body_bytes, Err *err);
