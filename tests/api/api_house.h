/* SPDX-License-Identifier: Apache-2.0
 * tests/api/api_house.h: the house of tests (support/house.h) behind a real server on the loopback, a token for each of
 * its people, and a client. Every answer is written down, and the last test of a program holds all of them against the
 * OpenAPI document:
 *
 *     const struct CMUnitTest tests[] = { IN_API(a_record_has_a_tag), cmocka_unit_test(every_answer_fits_the_document)
 * }; return cmocka_run_group_tests(tests, api_start, api_stop); */
#pragma once

#include "../http/client.h"
#include "../support/house.h"
#include "api/api.h"

typedef struct {
    House *h;
    Api *api;
    Fixture http; /* server and arena only */
} ApiHouse;

// clang-format off
#define IN_API_ON(engine, test) { #test " (" #engine ")", test, api_house_setup, api_house_teardown, &on_##engine }
// clang-format on
#define IN_API(test) IN_API_ON(sqlite, test), IN_API_ON(postgres, test)
int api_house_setup(void **state);
int api_house_teardown(void **state);
int api_start(void **state);
int api_stop(void **state);

/* A new token of `who`, for example with scopes "read,write". */
Str a_token(ApiHouse *a, Id who, const char *scopes);

typedef struct {
    const char *method;  /* NULL: GET, or POST where there is a body */
    const char *headers; /* whole lines, each with \r\n; NULL: none */
    Str body;
    Str token; /* empty: none is sent */
} Sent;
Heard api_send(ApiHouse *a, const char *path, Sent sent);
/* As `who`, with a token for all. */
Heard api_get(ApiHouse *a, Id who, const char *path);
Heard api_post(ApiHouse *a, Id who, const char *path, const char *json);
/* As api_post, with the revision seen. */
Heard api_edit(ApiHouse *a, Id who, const char *path, const char *revision, const char *json);

/* The answer as JSON; fails the test when it is none. */
json_t *heard_json(ApiHouse *a, const Heard *heard);
/* Fails the test, showing the answer, unless it has this status. */
#define assert_status(heard, status) assert_status_at((heard), (status), __FILE__, __LINE__)
void assert_status_at(const Heard *heard, int status, const char *file, int line);
/* Fails the test unless it is the problem with the last part `type` of its URN. */
void assert_problem(ApiHouse *a, const Heard *heard, int status, const char *type);

/* Runs `node SCRIPT ARGUMENT…` and fails the test, showing what it printed, unless it ends with 0. */
void run_node(const char *const *arguments);
/* A test: every answer heard so far is one that the document describes. */
void every_answer_fits_the_document(void **state);
