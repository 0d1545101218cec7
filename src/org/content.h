/* SPDX-License-Identifier: Apache-2.0
 * org/content.h: the built-in outline of a standard (4.2, 4.7, sections 6 and 7): references, short titles and test
 * procedures in own words, read from CSV. Pure parsing: no store, no files. Texts are slices of the given CSV where
 * they can be, so it must live as long as the content. */
#pragma once

#include "base/err.h"

enum { CONTENT_ROWS_MAX = 10000, CONTENT_STEPS_MAX = 20 };

typedef struct {
    Str name;         /* "ISO/IEC 27001" */
    Str edition;      /* "2022" */
    Str amendment;    /* "Amd 1:2024" */
    Str owner;        /* who publishes the standard */
    Str licence_note; /* what may be kept here and what not (R-LEGAL-1) */
} ContentFramework;

typedef enum { CLAUSE_GROUP, CLAUSE_REQUIREMENT, CLAUSE_KINDS } ClauseKind;

/* A clause of the management system, 4 to 10. Only requirements are audited; groups hold them. */
typedef struct {
    Str ref, title, parent; /* parent: empty at level 1 */
    int level;
    ClauseKind kind;
    Str documented_information; /* the record that must exist, or empty (R-75-1) */
    Str note;
} ContentClause;

typedef struct {
    Str ref, title; /* ref with its "A." */
    Str theme;
} ContentControl;

typedef enum {
    RELATION_CARRIED_OVER,
    RELATION_RENAMED,
    RELATION_MERGED,
    RELATION_SPLIT,
    RELATION_NEW,
    RELATIONS
} ContentRelation;

/* One pair of an old and a new reference. RELATION_NEW has no old one. */
typedef struct {
    Str ref_from, title_from, ref_to, title_to;
    ContentRelation relation;
} ContentMapping;

/* How a step finds its answer; bits, as one procedure often needs several. */
enum { METHOD_REVIEW = 1, METHOD_INTERVIEW = 2, METHOD_OBSERVE = 4, METHOD_TEST = 8 };

typedef struct {
    Str id;           /* "TP-A.8.13-2": reference and running number within it */
    Str ref;          /* of a requirement clause or a control */
    size_t number;    /* the running number, from 1 */
    bool for_control; /* its reference is a control */
    Str objective;
    StrList steps;    /* without their numbers */
    unsigned methods; /* METHOD_… bits, at least one */
    Str population;   /* a hint */
    Str typical_evidence;
} ContentProcedure;

/* The CSV texts of one framework. */
typedef struct {
    Str framework, clauses, controls, mapping, procedures;
} ContentFiles;

typedef struct {
    ContentFramework framework;
    struct {
        ContentClause *at;
        size_t len, cap;
    } clauses;
    struct {
        ContentControl *at;
        size_t len, cap;
    } controls;
    struct {
        ContentMapping *at;
        size_t len, cap;
    } mappings;
    struct {
        ContentProcedure *at;
        size_t len, cap;
    } procedures;
} Content;

/* Reads all of it, in the order of the files, and checks that it holds together: references unique, parents before
 * their parts, groups without procedures, the new side of each pair and the reference of each procedure known.
 * ERR_FORMAT names file, line and what is wrong there. */
MUST_USE bool content_read(Arena *arena, const ContentFiles *files, Content *out, Err *err);

/* NULL when there is none. */
const ContentClause *content_clause(const Content *content, Str ref);
const ContentControl *content_control(const Content *content, Str ref);

/* "1) Read … 2) Ask …" as a list of its steps. A number counts as one only in its turn and at the start of a word, so
 * that
 * "(see 2)" is text. False when the text does not begin with "1) " or has more than CONTENT_STEPS_MAX steps. */
MUST_USE bool content_split_steps(Arena *arena, Str text, StrList *steps);

/* Words of the files and the API: "review", "carried_over", "requirement". Methods take a single bit. */
Str content_method_name(unsigned method);
Str content_relation_name(ContentRelation relation);
Str content_clause_kind_name(ClauseKind kind);
/* "review;test" as bits; false on an unknown or repeated word. */
MUST_USE bool content_methods_from_text(Str text, unsigned *methods);
