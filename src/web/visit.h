/* SPDX-License-Identifier: Apache-2.0
 * web/visit.h: one request on its way to its page: who asks, what was asked for, the snapshot that is read, and the
 * short ways to answer. And the table of addresses: a page file exports its rows, site.c lists the files. */
#pragma once

#include "action/case_register.h"
#include "org/session.h"
#include "record/names.h"
#include "record/view.h"
#include "web/doors.h"
#include "web/shell.h"
#include "web/site.h"

/* The numbers beside the entries of the side column, and on the tabs of the register of nonconformities; of what the
 * reader may see, LIST_COUNT_MAX + 1 for more than that. */
typedef struct {
    int64_t work;   /* asked of the reader: decisions and own steps */
    int64_t audits; /* under way */
    int64_t cases[CASE_TABS];
} SideCounts;

typedef struct Visit Visit;
/* Answers the request; false when the world failed (then err says how, and the reader gets the page for it). */
typedef bool PageHandler(Visit *visit, Err *err);

typedef enum {
    ROUTE_PUBLIC = 1, /* for people who are not signed in, too */
    ROUTE_SLOW   = 2, /* hashes a password, sets a report: runs on a worker */
    ROUTE_FIRST  = 4, /* stays open while a new password must be chosen */
    ROUTE_UPLOAD = 8, /* takes files: a multipart body is streamed into the store */
    ROUTE_PIECES = 32, /* takes a file in pieces (web/pieces.h) */
    ROUTE_LINK   = 16 /* {word} is the secret of a link (audit/request_link.h), and with a good one also takes files */
} RouteFlags;

/* A pattern is a path whose parts may be: {plural}, a record type by its plural; {plural.csv}, the same with ".csv"
 * behind; {record}, the number of a record, which takes as many parts of the path as the type's numbers have; {word},
 * anything. A literal part that is the plural of a type chooses that type as {plural} does, so a page made by hand for
 * one type is a row above the general one. Below a record it never has the name of a verb of that type: there stands
 * the verb's form. */
typedef struct { /* NOLINT(clang-analyzer-optin.performance.Padding): a row reads from left to right */
    HttpMethod method;
    const char *pattern;
    PageHandler *handle;
    int flags;
} Route;

typedef struct {
    const Route *at;
    size_t len;
} Routes;
#define ROUTES_OF(rows)                                                                                                \
    {                                                                                                                  \
        .at = (rows), .len = countof(rows)                                                                             \
    }

struct Visit {
    Web *web;
    App *app;
    Arena *arena;
    HttpRequest *request;
    HttpResponse *response;
    const Route *route;
    const Plan *plan; /* of {plural}; NULL: the address names no type */
    Str number;       /* of {record}, as record_find takes it */
    Str word;         /* of {word} */
    Str secret;       /* of the cookie */
    Id asked; /* the request for evidence that a good link of a ROUTE_LINK leads to */
    Session session;
    bool is_signed_in;
    Caller caller;
    Call *call;           /* the snapshot read; NULL until visit_read */
    Str user_name;        /* with call */
    Str user_note;        /* likewise */
    SideCounts counts;    /* likewise */
    bool is_method_wrong; /* the address is known for another method */
};

/* Finds the row for the request and fills plan, number and word; false when there is none. */
bool visit_route(Visit *visit);

/* Opens the snapshot of this request, once. */
MUST_USE bool visit_read(Visit *visit, Err *err);
/* A writing call of this person is about to be opened: gives the snapshot back. */
void visit_read_end(Visit *visit);

/* ---- what came ---- */

Str visit_param(const Visit *visit, const char *name); /* of the query */
Str visit_field(const Visit *visit, const char *name); /* of the form */
/* The address of this request, to come back to; "/" when it is longer than 2,000 bytes. */
Str visit_here(const Visit *visit);
/* The form's or query's "return", if it is an address of this site; else `or_else`. */
Str visit_return(const Visit *visit, Str or_else);

/* ---- what goes out ---- */

/* Text of ours in the reader's language. */
Str visit_text(const Visit *visit, const char *english);
Html visit_html(const Visit *visit);
/* What stands around a page; needs visit_read. `here` is the path of the entry of the side column it belongs to. */
Shell visit_shell(const Visit *visit, Str title, Str here);
/* Sends the page; a page that did not fit is an error. */
MUST_USE bool visit_send(Visit *visit, int status, const Html *page, Err *err);
/* 303 to an address of this site. */
void visit_go(Visit *visit, Str address);
/* A page that says no: 403, 404, 405 …; title and text may be empty for the usual words of the kind. */
MUST_USE bool visit_problem(Visit *visit, int status, Str title, Str text, Err *err);
MUST_USE bool visit_not_found(Visit *visit, Err *err);
/* The page for a failure of ours: logs it under a number that the page shows. */
void visit_failed(Visit *visit, const Err *failure);

/* ---- addresses ---- */

/* "/audits", "/audits/IA-26-05", "/papers/IA-26-05/A.8.8-1": each part percent-encoded. */
Str address_list(Arena *arena, const Type *type);
Str address_record(Arena *arena, const Type *type, Str number);
Str address_verb(Arena *arena, const Type *type, Str number, const char *verb);
/* Percent-encoded as a value of a query. */
Str address_value(Arena *arena, Str value);
/* An address of this site: begins with '/', not "//", and url_is_safe. */
bool address_is_ours(Str address);
/* How many parts of a path the numbers of a type take: 1, and one more for each parent they count within. */
size_t number_depth(const Registry *registry, const Type *type);

/* Counts what is beside the entries of the side column for call->who, or takes it from `cache` (NULL: counts always).
 */
MUST_USE bool side_counts_load(Call *call, SideCache *cache, SideCounts *out, Err *err);
/* Fills the groups of the side column with what this reader may see. */
void nav_fill(const Visit *visit, Nav *nav);
