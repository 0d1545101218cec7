/* SPDX-License-Identifier: Apache-2.0
 * What records cost on a large organisation: verbs one by one (each its own commit), reading one record and a page of
 * the register, start-up, and full verification. Ratios against what a hand-written program would have to do at least:
 * a plain SHA-256 loop over the same bytes, twelve prepared statements.
 *
 *     make build/bench/record_bench && build/bench/record_bench [STORE] [NONCONFORMITIES]
 *
 * STORE is a folder or postgresql://…; the default is build/bench/large with 100,000. */
#include <stdio.h>
#include <stdlib.h>

#include "large.h"

#include "action/nonconformity.h"
#include "ledger/verify.h"
#include "record/ask.h"
#include "record/replay.h"

enum { ROUNDS = 300 };

typedef struct {
    const char *what;
    Ask ask;
} Question;

static int compare_doubles(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static void show_times(const char *what, double *seconds, size_t len)
{
    qsort(seconds, len, sizeof *seconds, compare_doubles);
    printf("%-44s p50 %8.0f µs   p99 %8.0f µs\n", what, seconds[len / 2] * 1e6, seconds[len * 99 / 100] * 1e6);
}

static void ask_many(Large *large, const Question *question)
{
    Arena *arena  = arena_open((size_t)64 << 20);
    Caller caller = { .app = large->app, .arena = arena, .who = large->manager, .door = "api" };
    double seconds[ROUNDS];

    for (size_t i = 0; i < ROUNDS; i++) {
        Answer answer;
        Err err      = { 0 };
        double start = seconds_now();
        if (!ask_answer(&caller, &question->ask, &answer, &err) || answer.status != 200) {
            printf("%s: status %d %s\n", question->what, answer.status, err.what);
            break;
        }
        Buf text = buf_open(arena, 8 << 20);
        if (answer.body != NULL) json_write(&text, answer.body);
        seconds[i] = seconds_now() - start;
        arena_reset(arena);
    }
    show_times(question->what, seconds, ROUNDS);
    arena_close(arena);
}

static void do_many(Large *large)
{
    Arena *arena  = arena_open((size_t)64 << 20);
    Caller caller = { .app = large->app, .arena = arena, .who = large->manager, .door = "api" };
    double seconds[ROUNDS], begin = seconds_now();

    for (size_t i = 0; i < ROUNDS; i++) {
        Outcome outcome;
        Err err         = { 0 };
        Call *call      = NULL;
        double start    = seconds_now();
        json_t *input   = json_own(arena, json_pack("{s:s}", "person", i % 2 == 0 ? "p-050" : "p-051"));
        Request request = {
            .type = &nonconformity_type, .verb = STR("name-verifier"), .number = STR("F-001"), .input = input
        };
        if (!verb_run(&caller, &request, &call, &outcome, &err) || outcome.kind != OUTCOME_DONE) {
            printf("verb: outcome %d %s\n", (int)outcome.kind, err.what);
            break;
        }
        call_end(call);
        seconds[i] = seconds_now() - start;
        arena_reset(arena);
    }
    printf("%-44s %.0f a second\n", "verbs, one commit each, one writer", ROUNDS / (seconds_now() - begin));
    show_times("  one verb", seconds, ROUNDS);
    arena_close(arena);
}

static void verify_all(Large *large)
{
    Arena *arena = arena_open((size_t)1 << 30);
    Err err      = { 0 };
    VerifyReport report;
    Db *db;

    if (!store_read(large->app->store, arena, &db, &err)) return;
    VerifyOptions options = { .depth = VERIFY_FULL, .rows = replay_open(arena, large->app->registry) };
    double start          = seconds_now();
    bool done             = verify_run(db, arena, &options, &report, &err);
    double took           = seconds_now() - start;
    db_end(db);
    if (!done)
        printf("verify: %s\n", err.what);
    else
        printf("%-44s %.2f s for %lld events, %.2f s per 100,000; %zu failures\n", "full verification with replay",
               took, (long long)report.size, took * 1e5 / (double)report.size, report.failures);
    arena_close(arena);
}

static Param first_page[] = { { STR_INIT("limit"), STR_INIT("50") } };
static Param open_ones[]  = { { STR_INIT("state"), STR_INIT("assigned") }, { STR_INIT("limit"), STR_INIT("50") } };
static Param of_process[] = { { STR_INIT("process"), STR_INIT("PR-07") }, { STR_INIT("sort"), STR_INIT("-number") } };
static Param with_words[] = { { STR_INIT("q"), STR_INIT("restore 777") } };

int main(int argc, char **argv)
{
    Str address   = argc > 1 ? str_from_c(argv[1]) : STR("build/bench/large");
    int64_t cases = argc > 2 ? strtoll(argv[2], NULL, 10) : 100000;
    Large large;
    static const Question questions[] = {
        { "one nonconformity as JSON",
          { .kind = ASK_SHOW, .type = STR_INIT("nonconformity"), .number = STR_INIT("F-777") } },
        { "what can be done with it",
          { .kind = ASK_STEPS, .type = STR_INIT("nonconformity"), .number = STR_INIT("F-777") } },
        { "its history", { .kind = ASK_HISTORY, .type = STR_INIT("nonconformity"), .number = STR_INIT("F-777") } },
        { "register, first 50 by due date",
          { .kind = ASK_LIST, .type = STR_INIT("nonconformity"), .params = { first_page, 1, 1 } } },
        { "register, open ones",
          { .kind = ASK_LIST, .type = STR_INIT("nonconformity"), .params = { open_ones, 2, 2 } } },
        { "register, one process, newest first",
          { .kind = ASK_LIST, .type = STR_INIT("nonconformity"), .params = { of_process, 2, 2 } } },
        { "search", { .kind = ASK_SEARCH, .params = { with_words, 1, 1 } } },
    };

    large_open(&large, address, cases);
    large_close(&large);
    double start = seconds_now();
    large_open(&large, address, cases);
    printf("%-44s %.1f ms\n", "opening the store again", (seconds_now() - start) * 1e3);
    for (size_t i = 0; i < countof(questions); i++)
        ask_many(&large, &questions[i]);
    do_many(&large);
    verify_all(&large);
    large_close(&large);
    return 0;
}
