/* SPDX-License-Identifier: Apache-2.0
 * Making a large organisation: many verbs in one transaction, as an import would. */
#include "large.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "action/nonconformity.h"
#include "catalogue.h"
#include "org/directory.h"
#include "org/framework.h"
#include "org/organisation.h"
#include "org/person.h"
#include "org/process.h"
#include "org/requirement.h"
#include "org/role.h"
#include "record/row.h"

enum { PEOPLE = 60, PROCESSES = 40, PER_TRANSACTION = 200 };

double seconds_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

NORETURN static void give_up(const char *doing, const Err *err)
{
    fprintf(stderr, "bench: %s: %s: %s\n", doing, err->what, err->detail);
    exit(1);
}

/* Applies one verb in the open call; what stands against it ends the program: the generator is wrong then. */
static void apply(Call *base, Id who, const Type *type, const char *verb, Str number, Str json)
{
    Err err       = { 0 };
    json_t *input = NULL;
    Outcome outcome;
    Call *call;

    if (json.len > 0 && !json_read(base->arena, json, &input, &err)) give_up("reading its own JSON", &err);
    if (!call_as(base, who, base->now, &call, &err)) give_up("changing person", &err);
    Request request = { .type = type, .verb = str_from_c(verb), .number = number, .input = input };
    if (!verb_apply(call, &request, &outcome, &err)) give_up(verb, &err);
    if (outcome.kind == OUTCOME_DONE) return;
    for (size_t i = 0; i < outcome.refusals.len; i++)
        fprintf(stderr, "bench: %s refused: %.*s\n", verb, STR_ARG(outcome.refusals.at[i].missing));
    for (size_t i = 0; i < outcome.invalids.len; i++)
        fprintf(stderr, "bench: %s: %.*s %.*s\n", verb, STR_ARG(outcome.invalids.at[i].field),
                STR_ARG(outcome.invalids.at[i].message));
    exit(1);
}

static Call *begin(Large *large, Arena *arena)
{
    Caller caller = { .app = large->app, .arena = arena, .is_system = true, .door = "job" };
    Err err       = { 0 };
    Call *call;

    if (!call_open(&caller, CALL_WRITE, &call, &err)) give_up("beginning", &err);
    return call;
}

static void commit(Call *call)
{
    Err err = { 0 };
    if (!db_commit(call->db, &err)) give_up("committing", &err);
}

static void make_people(Large *large, Arena *arena)
{
    static const char *const held[] = { "programme_manager", "coordinator", "isms_manager", "administrator" };
    Call *call                       = begin(large, arena);
    Id nobody                        = { 0 };

    apply(call, nobody, &organisation_type, "create", (Str){ 0 },
          STR("{\"name\":\"Large Ltd\",\"zone\":\"Europe/Amsterdam\"}"));
    for (int i = 0; i < PEOPLE; i++)
        apply(call, nobody, &person_type, "create", (Str){ 0 },
              str_fmt(arena, "{\"number\":\"p-%03d\",\"name\":\"Person Number %d\"}", i, i));
    for (size_t i = 0; i < countof(held); i++)
        apply(call, nobody, &role_type, "create", (Str){ 0 },
              str_fmt(arena, "{\"person\":\"p-000\",\"role\":\"%s\",\"since\":\"2020-01-01\"}", held[i]));
    apply(call, nobody, &framework_type, "create", (Str){ 0 },
          STR("{\"number\":\"ISO\",\"name\":\"ISO/IEC 27001\",\"edition\":\"2022\"}"));
    for (int i = 0; i < PROCESSES; i++) {
        apply(call, nobody, &requirement_type, "create", (Str){ 0 },
              str_fmt(arena,
                      "{\"number\":\"A.8.%d\",\"framework\":\"ISO\",\"ref\":\"A.8.%d\",\"title\":\"Control "
                      "%d\",\"kind\":\"control\"}",
                      i, i, i));
        apply(call, nobody, &process_type, "create", (Str){ 0 },
              str_fmt(arena,
                      "{\"number\":\"PR-%02d\",\"name\":\"Process %d\",\"owner\":\"p-%03d\",\"criticality\":\"high\"}",
                      i + 1, i, i + 1));
    }
    commit(call);
}

static void make_case(Call *call, Id manager, int64_t nth)
{
    Arena *arena = call->arena;
    Str number   = str_fmt(arena, "F-%03lld", (long long)nth);
    int process  = (int)(nth % PROCESSES);

    apply(call, manager, &nonconformity_type, "register", (Str){ 0 },
          str_fmt(
              arena,
              "{\"source\":\"monitoring\",\"source_ref\":\"check %lld\",\"title\":\"Restore test %lld is missing\","
              "\"condition\":\"%lld of 40 sets had no restore test in the last quarter; the scheduler shows no run.\","
              "\"criteria\":\"Backup standard 5: each set is restored once a "
              "quarter.\",\"process\":\"PR-%02d\",\"refs\":[\"A.8.%d\"]}",
              (long long)nth, (long long)nth, (long long)(nth % 40), process + 1, process));
    apply(call, manager, &nonconformity_type, "confirm", number,
          str_fmt(arena, "{\"kind\":\"%s\",\"significance\":\"medium\"}", nth % 20 == 0 ? "major_nc" : "minor_nc"));
}

static int64_t count_cases(Large *large, Arena *arena)
{
    Caller caller = { .app = large->app, .arena = arena, .is_system = true, .door = "job" };
    Err err       = { 0 };
    int64_t count;
    Call *call;

    if (!call_open(&caller, CALL_READ, &call, &err)) give_up("reading", &err);
    if (!record_count(call, &nonconformity_type, STR("1 = 1"), NO_BINDS, &count, &err)) give_up("counting", &err);
    call_end(call);
    return count;
}

static Id find_manager(Large *large, Arena *arena)
{
    Caller caller = { .app = large->app, .arena = arena, .is_system = true, .door = "job" };
    Err err       = { 0 };
    Person person;
    bool found;
    Call *call;

    if (!call_open(&caller, CALL_READ, &call, &err)) give_up("reading", &err);
    if (!record_find(call, &person_type, STR("p-000"), &person, &found, &err)) give_up("finding the manager", &err);
    call_end(call);
    return person.head.id;
}

static void make_cases(Large *large, int64_t from, int64_t to)
{
    Arena *arena = arena_open((size_t)1 << 30);
    double start = seconds_now();

    for (int64_t nth = from; nth <= to;) {
        Call *call = begin(large, arena);
        for (int i = 0; i < PER_TRANSACTION && nth <= to; i++)
            make_case(call, large->manager, nth++);
        commit(call);
        arena_reset(arena);
    }
    double took = seconds_now() - start;
    printf("made %lld nonconformities (%lld events) in %.1f s: %.0f verbs/s, %d verbs a transaction\n",
           (long long)(to - from + 1), (long long)(to - from + 1) * 2, took, (double)(to - from + 1) * 2 / took,
           PER_TRANSACTION * 2);
    arena_close(arena);
}

void large_open(Large *large, Str address, int64_t nonconformities)
{
    Err err = { 0 };

    *large               = (Large){ .arena = arena_open((size_t)1 << 28), .world = world_real() };
    AppSettings settings = { .address = address,
                             .folder  = str_starts(address, STR("postgresql")) ? STR("build/bench/files") : (Str){ 0 },
                             .catalogue = catalogue_open(large->arena),
                             .directory = &directory,
                             .world     = &large->world };
    if (!app_open(large->arena, &settings, &large->app, &err)) give_up("opening the store", &err);
    Arena *arena  = arena_open((size_t)1 << 28);
    int64_t there = count_cases(large, arena);
    if (there == 0) make_people(large, arena);
    large->manager = find_manager(large, arena);
    arena_close(arena);
    if (there < nonconformities) make_cases(large, there + 1, nonconformities);
}

void large_close(Large *large)
{
    app_close(large->app);
    arena_close(large->arena);
}
