/* SPDX-License-Identifier: Apache-2.0
 * tests/web/visitor.h: somebody with a browser, without a browser: requests are made by hand and handed to the door,
 * answers are read as text. A visitor remembers her cookie and takes the form token from the page she saw last.
 *
 *     Visitor v = visitor_at(house);
 *     visitor_signs_in(&v, "ben");
 *     visitor_opens(&v, "/errands");
 *     assert_page_has(&v, "Carry"); */
#pragma once

#include "../support/house.h"
#include "web/site.h"

typedef struct {
    House *house;
    Arena *arena;
    Web web;
    Str cookie;  /* of the session; empty: signed out */
    Str address; /* of the page seen last */
    int status;
    Str page; /* body of the last answer */
    Str location;
    HttpResponse response;
    bool is_foreign; /* the next form comes from another site */
    bool without_token;
} Visitor;

/* Everything that the program consists of, and errands. Lives in `arena`. */
const Catalogue *visitor_catalogue(Arena *arena);
Visitor visitor_at(House *house);
void visitor_leaves(Visitor *v);
/* Makes an account "ben" of "p-ben" with the password "a-good-long-password" and signs in with it. */
void visitor_signs_in(Visitor *v, const char *name);
void visitor_gets_account(Visitor *v, const char *name);
/* GET, without following a redirect. */
void visitor_opens(Visitor *v, const char *address);
/* How many statements the page costs; it must answer. */
size_t visitor_costs(Visitor *v, const char *address);
/* POST of an urlencoded form, with the session's token in front. */
void visitor_sends(Visitor *v, const char *address, const char *form);
/* POST of a form with files, through the door's intake. */
void visitor_uploads(Visitor *v, const char *address, const char *form, const HttpFile *files, size_t len);
/* The line breaks when these bytes of a file have come. */
void visitor_is_cut(Visitor *v, const char *address, const HttpFile *file);
/* Follows the redirect of the last answer. */
void visitor_follows(Visitor *v);
/* The value of the first field of that name on the page: value="…" behind name="…". */
Str page_value(const Visitor *v, const char *name);

#define assert_page_has(v, text)     assert_page_has_at((v), (text), __FILE__, __LINE__)
#define assert_page_lacks(v, text)   assert_page_lacks_at((v), (text), __FILE__, __LINE__)
#define assert_answered(v, expected) assert_answered_at((v), (expected), __FILE__, __LINE__)
void assert_page_has_at(const Visitor *v, const char *text, const char *file, int line);
void assert_page_lacks_at(const Visitor *v, const char *text, const char *file, int line);
void assert_answered_at(const Visitor *v, int expected, const char *file, int line);
