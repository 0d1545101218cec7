/* SPDX-License-Identifier: Apache-2.0
 * tests/doors/doors.h: the three doors, for the matrix of who may do what. Two of them answer people instead of
 * programs: pages, and commands as they are typed. They have words of their own around an answer, so what they say is
 * held against the problem that a program gets: its kind, and every part of it that people need. */
#pragma once

#include "../api/api_house.h"
#include "../web/visitor.h"
#include "base/hash.h"
#include "job/socket.h"
#include "record/ask.h"

typedef struct {
    int status; /* of HTTP; of a command its exit code; NOT_ASKED: the door has no way to ask this */
    Str body;   /* JSON, or the text of a page as it is read, tags and all space but single blanks taken out */
    Str words;  /* of a command what it says to a person where `body` is what it says to a program */
} Said;

enum { NOT_ASKED = -1 };

/* What people must be told of the problem `json`, as one text each: of a refusal its rule, what is missing, who could
 * and what next; of an input each thing to mend. Empty when it is no problem. */
typedef enum { TOLD_BY_PAGE, TOLD_BY_COMMAND } ToldBy;
StrList problem_parts(Arena *arena, Str json, ToldBy by);
/* The first of `parts` that `text` does not hold; empty: it holds them all. */
Str part_lacking(const StrList *parts, Str text);
/* How an answer to people differs from `first`, which a program got, in words; empty: it is the same one. Of a page the
 * kind and all parts must be there; of a command the exit code, with --json the same bytes, and without it all parts.
 */
Str page_differs(Arena *arena, const Said *first, const Said *said);
Str command_differs(Arena *arena, const Said *first, const Said *said);
/* Every run of blanks and line ends as one blank. */
Str text_flat(Arena *arena, Str text);

/* ---- the API ---- */

Said api_ask(ApiHouse *house, Str token, const Ask *ask);

/* ---- pages ---- */

/* Signs these people in, whoever was signed in before: each by a session of his own behind an account made for it.
 * That passwords open sessions is proved in tests/web/site_test.c; here they would cost more than all questions. */
void browser_signs_in(Visitor *v, Id account, const Id *people, size_t len);
/* Opens the page, or sends the form of the verb as the page would. What it said lives until the next question; the page
 * itself, with its tags, is in `v`. */
Said browser_ask(Visitor *v, Id who, const Ask *ask);
/* What else the browser has of a record whose page is made by hand, for the same person as the question before, whose
 * answer stays: the sheet as it stands today, and its history. Such a page leaves out what its reader has no use for.
 */
Str browser_reads_on(Visitor *v, const Ask *ask);
/* Opens the form of the verb, which is not shown to whom it is not for. NOT_ASKED of all else. */
Said browser_ask_form(Visitor *v, Id who, const Ask *ask);

/* ---- commands ---- */

typedef struct {
    Hash *at;
    size_t len, cap;
} Hashes;

typedef struct {
    House *house;
    Arena *arena, *told_arena;
    Hashes told; /* answers that were looked at as a person reads them */
    Socket *socket;
    int out, err; /* files that take the place of standard output and error */
} Console;

/* Commands run in this process, which also serves the store: they reach it over its local socket. A process each, as in
 * tests/cli, would be thousands of starts. */
Console console_at(House *house);
void console_leaves(Console *console);
/* Whether the verb asks for a password, which is typed at a terminal or read from a file, never an option. */
bool console_wants_password(const Console *console, const Ask *ask);
/* Types the command that asks this, with --json and, where the answer is a problem not met before, without. NOT_ASKED
 * where it would ask for a password at a terminal. */
Said console_ask(Console *console, Str as, const Ask *ask);
