/* SPDX-License-Identifier: Apache-2.0
 * The house of tests. */
#include "house.h"

#include <stdlib.h>

#include "base/file.h"
#include "errand.h"
#include "exchange/scenario.h"
#include "org/directory.h"
#include "org/organisation.h"
#include "org/person.h"
#include "org/role.h"
#include "org/site.h"
#include "org/unit.h"
#include "process_stub.h"
#include "record/row.h"

static const Type *const house_types[] = { &errand_type, &organisation_type, &site_type,        &unit_type,
                                           &person_type, &role_type,         &process_stub_type };
static const Catalogue small_catalogue = { .types = house_types, .types_len = countof(house_types) };
const Catalogue *house_catalogue       = &small_catalogue;
const char *house_scenario             = NULL;

static Id system_make(House *h, const Type *type, const char *json)
{
    return house_must(h, (Id){ 0 }, type, "create", "", json);
}

static Id a_person(House *h, const char *number, const char *name)
{
    return system_make(
        h, &person_type,
        str_to_c(h->t->arena, str_fmt(h->t->arena, "{\"number\":\"%s\",\"name\":\"%s\"}", number, name)));
}

static void a_role(House *h, const char *person, const char *role)
{
    system_make(
        h, &role_type,
        str_to_c(h->t->arena,
                 str_fmt(h->t->arena, "{\"person\":\"%s\",\"role\":\"%s\",\"since\":\"2020-01-01\"}", person, role)));
}

static void scenario_comes(House *h)
{
    TestStore *t              = h->t;
    ScenarioSettings settings = { 0 };
    ScenarioResult result;

    must(t, file_read(h->arena, str_from_c(house_scenario), SCENARIO_BYTES_MAX, &settings.text, &t->err));
    must(t, scenario_load(h->app, h->arena, &settings, &result, &t->err));
    t->world.fixed_now = result.ends;
}

int house_setup(void **state)
{
    if (engines_setup(state) != 0) return -1;
    TestStore *t = *state;
    House *h     = calloc(1, sizeof *h);

    if (h == NULL) return -1;
    *state   = h;
    h->t     = t;
    h->arena = arena_open((size_t)256 << 20);
    store_close(t->store);
    t->store             = NULL;
    AppSettings settings = { .address   = t->address,
                             .folder    = t->folder,
                             .catalogue = house_catalogue,
                             .directory = &directory,
                             .world     = &t->world };
    must(t, app_open(h->arena, &settings, &h->app, &t->err));
    if (house_scenario != NULL) scenario_comes(h);
    h->ada  = a_person(h, "p-ada", "Ada Admin");
    h->ben  = a_person(h, "p-ben", "Ben Bold");
    h->cleo = a_person(h, "p-cleo", "Cleo Chief");
    h->dan  = a_person(h, "p-dan", "Dan Deft");
    a_role(h, "p-ada", "administrator");
    a_role(h, "p-cleo", "top_management");
    return 0;
}

int house_teardown(void **state)
{
    House *h     = *state;
    TestStore *t = h->t;

    call_end(h->call);
    app_close(h->app);
    arena_close(h->arena);
    free(h);
    *state = t;
    return engines_teardown(state);
}

Outcome *house_request(House *h, Id who, Request request, const char *json)
{
    Caller caller = { .app = h->app, .arena = h->t->arena, .who = who, .is_system = id_is_none(who), .door = "api" };
    json_t *input = NULL;

    call_end(h->call);
    if (json[0] != '\0') must(h->t, json_read(h->t->arena, str_from_c(json), &input, &h->t->err));
    request.input = input;
    must(h->t, verb_run(&caller, &request, &h->call, &h->got, &h->t->err));
    call_end(h->call);
    return &h->got;
}

Outcome *house_do(House *h, Id who, const Type *type, const char *verb, const char *number, const char *json)
{
    return house_request(h, who, (Request){ .type = type, .verb = str_from_c(verb), .number = str_from_c(number) },
                         json);
}

static void show_outcome(const Outcome *got)
{
    print_error("outcome %d of %s\n", (int)got->kind, got->verb != NULL ? got->verb : "?");
    for (size_t i = 0; i < got->refusals.len; i++)
        print_error("  refused by %.*s: %.*s\n", STR_ARG(got->refusals.at[i].rule),
                    STR_ARG(got->refusals.at[i].missing));
    for (size_t i = 0; i < got->invalids.len; i++)
        print_error("  invalid %.*s: %.*s\n", STR_ARG(got->invalids.at[i].field), STR_ARG(got->invalids.at[i].message));
}

void assert_done(const Outcome *got)
{
    if (got->kind != OUTCOME_DONE) show_outcome(got);
    assert_int_equal(got->kind, OUTCOME_DONE);
}

Id house_must(House *h, Id who, const Type *type, const char *verb, const char *number, const char *json)
{
    assert_done(house_do(h, who, type, verb, number, json));
    return h->got.id;
}

void assert_refused(const Outcome *got, const char *rule)
{
    for (size_t i = 0; i < got->refusals.len; i++) {
        if (str_eq_c(got->refusals.at[i].rule, rule)) return;
    }
    show_outcome(got);
    fail_msg("not refused by %s", rule);
}

void assert_could(const Outcome *got, const char *name)
{
    for (size_t i = 0; i < got->refusals.len; i++) {
        const StrList *could = &got->refusals.at[i].could;
        for (size_t k = 0; k < could->len; k++) {
            if (str_eq_c(could->at[k], name)) return;
        }
    }
    fail_msg("%s is not named as one who could", name);
}

void assert_invalid(const Outcome *got, const char *field)
{
    assert_int_equal(got->kind, OUTCOME_INVALID);
    for (size_t i = 0; i < got->invalids.len; i++) {
        if (str_eq_c(got->invalids.at[i].field, field)) return;
    }
    show_outcome(got);
    fail_msg("nothing is said of %s", field);
}

void house_load(House *h, const Type *type, Id id, void *record)
{
    Caller caller = { .app = h->app, .arena = h->t->arena, .is_system = true, .door = "job" };
    Call *call;

    must(h->t, call_open(&caller, CALL_READ, &call, &h->t->err));
    must(h->t, record_must(call, type, id, record, &h->t->err));
    call_end(call);
}

Answer house_ask(House *h, Id who, Ask ask)
{
    Caller caller = { .app = h->app, .arena = h->t->arena, .who = who, .is_system = id_is_none(who), .door = "api" };
    Answer answer;

    must(h->t, ask_answer(&caller, &ask, &answer, &h->t->err));
    return answer;
}
