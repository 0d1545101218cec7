/* SPDX-License-Identifier: Apache-2.0
 * tests/support/house.h: an organisation to test in: an App over the store of engines.h, four people, and short ways to
 * call verbs as one of them.
 *
 *     const struct CMUnitTest tests[] = { IN_HOUSE(approving_own_errand_is_refused) };
 *     return cmocka_run_group_tests(tests, engines_start, engines_stop); */
#pragma once

#include "../support/engines.h"
#include "record/app.h"
#include "record/ask.h"
#include "record/verb.h"

typedef struct {
    TestStore *t;
    Arena *arena; /* of the App */
    App *app;
    Id ada, ben, cleo, dan; /* Ada administers, Ben and Dan are colleagues, Cleo is top management */
    Call *call;             /* of the last verb */
    Outcome got;            /* of the last verb */
} House;

/* The types a house is built of; a test program sets it before its tests run. NULL: errands and the first types of org.
 */
extern const Catalogue *house_catalogue;
/* A scenario file that is loaded before the four people come, and with whose end the clock begins; NULL: none. */
extern const char *house_scenario;

// clang-format off
#define IN_HOUSE_ON(engine, test) { #test " (" #engine ")", test, house_setup, house_teardown, &on_##engine }
// clang-format on
#define IN_HOUSE(test) IN_HOUSE_ON(sqlite, test), IN_HOUSE_ON(postgres, test)
int house_setup(void **state);
int house_teardown(void **state);

/* Calls a verb with input as JSON text ("" for none) and keeps the outcome. Fails the test when the world fails. */
Outcome *house_do(House *h, Id who, const Type *type, const char *verb, const char *number, const char *json);
/* As house_do, with the revision seen and an idempotency key. */
Outcome *house_request(House *h, Id who, Request request, const char *json);
/* Does it and fails the test unless it was done; the new record's id. */
Id house_must(House *h, Id who, const Type *type, const char *verb, const char *number, const char *json);

void assert_done(const Outcome *got);
void assert_refused(const Outcome *got, const char *rule);
void assert_could(const Outcome *got, const char *name);
void assert_invalid(const Outcome *got, const char *field);
/* The record as it is stored. */
void house_load(House *h, const Type *type, Id id, void *record);
/* A question through record/ask.h. */
Answer house_ask(House *h, Id who, Ask ask);
