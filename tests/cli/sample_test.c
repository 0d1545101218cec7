/* SPDX-License-Identifier: Apache-2.0
 * What is computed at the command line without a store: sizes and bounds over every row of the oracles, draws that
 * anybody repeats, and what cannot be taken. The door is called in this process, as thousands of programs would take
 * minutes. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../base/oracle.h"
#include "../support/check.h"
#include "base/buf.h"
#include "base/json.h"
#include "catalogue.h"
#include "cli/cli.h"
#include "org/directory.h"

enum { WORDS_MOST = 24, PRINTED_MAX = 64 << 10 };

typedef struct {
    int exit;
    Str out, err;
} Said;

/* Takes over a standard stream until it is given back. */
typedef struct {
    FILE *file;
    int stream, kept;
} Caught;

static Caught catch_stream(FILE *stream)
{
    Caught caught = { tmpfile(), fileno(stream), -1 };

    assert_non_null(caught.file);
    fflush(stream);
    caught.kept = dup(caught.stream);
    assert_true(caught.kept >= 0 && dup2(fileno(caught.file), caught.stream) >= 0);
    return caught;
}

static Str catch_end(Arena *arena, FILE *stream, Caught *caught)
{
    char *bytes = arena_array(arena, char, PRINTED_MAX);

    fflush(stream);
    assert_true(dup2(caught->kept, caught->stream) >= 0);
    close(caught->kept);
    rewind(caught->file);
    size_t len = fread(bytes, 1, PRINTED_MAX, caught->file);
    fclose(caught->file);
    return (Str){ bytes, len };
}

/* Words separated by blanks; '_' in them stands for a blank. */
static Said sample(Arena *arena, const char *format, ...) PRINTF(2, 3);
static Said sample(Arena *arena, const char *format, ...)
{
    static const char *const first[] = { "plumbline", "sample" };
    char *argv[WORDS_MOST]           = { (char *)(uintptr_t)first[0], (char *)(uintptr_t)first[1] };
    World world                      = world_steered(instant("2026-11-10T09:00:00Z"), 1);
    Program program                  = { .catalogue = catalogue_open(arena), .directory = &directory, .world = &world };
    int argc                         = 2;
    Said said;
    va_list args;

    va_start(args, format);
    Str rest = str_vfmt(arena, format, args), word;
    va_end(args);
    while (rest.len > 0 && str_cut(&rest, ' ', &word)) {
        char *copy = (char *)(uintptr_t)str_to_c(arena, word);
        for (size_t i = 0; copy[i] != '\0'; i++)
            if (copy[i] == '_') copy[i] = ' ';
        assert_true(argc < WORDS_MOST);
        argv[argc++] = copy;
    }
    Caught out = catch_stream(stdout), err = catch_stream(stderr);
    said.exit = cli_run(&program, argc, argv);
    said.out  = catch_end(arena, stdout, &out);
    said.err  = catch_end(arena, stderr, &err);
    return said;
}

static json_t *json_of(Arena *arena, Said said)
{
    json_t *json;
    Err err = { 0 };

    if (said.exit != 0) fail_msg("%.*s%.*s", STR_ARG(said.out), STR_ARG(said.err));
    check_done(json_read(arena, said.out, &json, &err), &err);
    return json;
}

static void assert_has(Str text, const char *part)
{
    if (!str_has(text, str_from_c(part))) fail_msg("\"%s\" is not in: %.*s", part, STR_ARG(text));
}

/* ---- the oracles ---- */

static int64_t size_said(Arena *arena, Said said)
{
    json_t *json = json_of(arena, said);

    assert_int_equal(json_object_size(json), 1);
    return json_integer_value(json_object_get(json, "n"));
}

static void sizes_meet_every_row(void **state)
{
    Oracle endless = oracle_open("tests/data/statistics/discovery-infinite.csv", 3);
    Oracle finite  = oracle_open("tests/data/statistics/discovery-finite.csv", 5);
    (void)state;

    for (size_t i = 0; i < endless.rows.len; i++) {
        const Str *row = endless.rows.at[i].at;
        Arena *arena   = arena_open(64 << 20);
        Said said = sample(arena, "size --confidence %.*s --tolerable %.*s --json", STR_ARG(row[0]), STR_ARG(row[1]));
        assert_int_equal(size_said(arena, said), oracle_int(row[2]));
        arena_close(arena);
    }
    for (size_t i = 0; i < finite.rows.len; i++) {
        const Str *row = finite.rows.at[i].at;
        Arena *arena   = arena_open(64 << 20);
        Said said = sample(arena, "size --confidence %.*s --tolerable %.*s --population %.*s --json", STR_ARG(row[0]),
                           STR_ARG(row[1]), STR_ARG(row[2]));
        assert_int_equal(size_said(arena, said), oracle_int(row[4]));
        arena_close(arena);
    }
    oracle_close(&endless), oracle_close(&finite);
}

static void assert_upper(json_t *json, Str expected)
{
    char digits[32] = { 0 };

    assert_true(expected.len < sizeof digits);
    memcpy(digits, expected.ptr, expected.len);
    double upper = json_number_value(json_object_get(json, "upper"));
    if (fabs(upper - strtod(digits, NULL)) > 1e-9) fail_msg("%.12f, expected %s", upper, digits);
}

static void bounds_meet_every_row(void **state)
{
    Oracle endless = oracle_open("tests/data/statistics/upper-bound-binomial.csv", 4);
    Oracle finite  = oracle_open("tests/data/statistics/upper-bound-hypergeometric.csv", 6);
    (void)state;

    for (size_t i = 0; i < endless.rows.len; i++) {
        const Str *row = endless.rows.at[i].at;
        Arena *arena   = arena_open(64 << 20);
        Said said      = sample(arena, "bound --n %.*s --deviations %.*s --confidence %.*s --json", STR_ARG(row[0]),
                                STR_ARG(row[1]), STR_ARG(row[2]));
        assert_upper(json_of(arena, said), row[3]);
        arena_close(arena);
    }
    for (size_t i = 0; i < finite.rows.len; i++) {
        const Str *row = finite.rows.at[i].at;
        Arena *arena   = arena_open(64 << 20);
        Said said      = sample(arena, "bound --population %.*s --n %.*s --deviations %.*s --confidence %.*s --json",
                                STR_ARG(row[0]), STR_ARG(row[1]), STR_ARG(row[2]), STR_ARG(row[3]));
        json_t *json   = json_of(arena, said);
        assert_upper(json, row[5]);
        assert_int_equal(json_integer_value(json_object_get(json, "count")), oracle_int(row[4]));
        arena_close(arena);
    }
    oracle_close(&endless), oracle_close(&finite);
}

static void people_read_sentences(void **state)
{
    Arena *arena = *state;
    Said bound   = sample(arena, "bound --n 25 --deviations 1 --confidence 95");
    Said size    = sample(arena, "size --confidence 97.5 --tolerable 5");

    check_str(bound.out, "1 of 25 deviates; with 95 % confidence at most 17.6 % of the population do.\n");
    check_str(size.out, "72\n");
    assert_has(size.err,
               "If none of 72 items drawn at random deviates, fewer than 5 % of the population do, with 97.5 %");
}

/* ---- drawing ---- */

/* The population of docs/formats/sample-draw.md, in a file. */
static Str findings_file(Arena *arena, Str folder)
{
    Str path   = str_fmt(arena, "%.*s/pop.csv", STR_ARG(folder));
    FILE *file = fopen(str_to_c(arena, path), "w");

    assert_non_null(file);
    fputs("id,severity\n", file);
    for (int n = 1; n <= 100; n++)
        fprintf(file, "VF-%d,%s\n", n, n % 25 == 0 ? "critical" : n % 4 == 1 ? "high" : "medium");
    assert_int_equal(fclose(file), 0);
    return path;
}

static Str items_said(Arena *arena, const json_t *json)
{
    StrList ids         = { 0 };
    const json_t *items = json_object_get(json, "items");

    for (size_t i = 0; i < json_array_size(items); i++)
        *list_push(arena, &ids) = json_text(json_array_get(items, i), "id");
    return str_join(arena, &ids, STR(" "));
}

static void draws_are_those_of_the_document(void **state)
{
    Arena *arena = *state;
    Str path     = findings_file(arena, temporary_folder(arena));
    Said said    = sample(arena, "draw --file %.*s --n 8 --seed 4711 --json", STR_ARG(path));
    json_t *json = json_of(arena, said);

    check_str(items_said(arena, json), "VF-40 VF-6 VF-87 VF-67 VF-61 VF-84 VF-98 VF-99");
    check_str(json_text(json_object_get(json, "population"), "sha256"),
              "d700f7486029f69803fb4eb1d96ff648e0bf34d9b1907e5fc460822e22199388");
    check_str(json_text(json, "seed"), "4711");
    check_str(json_text(json, "method"), "simple_random");
    assert_int_equal(json_integer_value(json_object_get(json_array_get(json_object_get(json, "items"), 0), "line")),
                     41);
    said = sample(arena, "draw --file %.*s --n 7 --seed 4711 --method systematic --json", STR_ARG(path));
    check_str(items_said(arena, json_of(arena, said)), "VF-6 VF-20 VF-35 VF-49 VF-63 VF-78 VF-92");
    said =
        sample(arena, "draw --file %.*s --seed 20261110 --strata severity --sizes critical:2,high:_2,medium:2 --json",
               STR_ARG(path));
    check_str(items_said(arena, json_of(arena, said)), "VF-25 VF-75 VF-33 VF-49 VF-52 VF-51");
    said = sample(arena, "draw --range INV-0001..INV-2400 --seed 4711 --n 5 --json");
    check_str(items_said(arena, json_of(arena, said)), "INV-1902 INV-2151 INV-1796 INV-0560 INV-0696");
}

static void a_draw_without_a_seed_says_the_one_it_took(void **state)
{
    Arena *arena = *state;
    json_t *one  = json_of(arena, sample(arena, "draw --range 1..1000 --n 4 --json"));
    Said again   = sample(arena, "draw --range 1..1000 --n 4 --json --seed %.*s", STR_ARG(json_text(one, "seed")));

    assert_true(json_text(one, "seed").len > 0);
    check_str(items_said(arena, json_of(arena, again)), str_to_c(arena, items_said(arena, one)));
}

static void the_size_follows_from_the_confidence(void **state)
{
    Arena *arena = *state;
    json_t *json = json_of(
        arena, sample(arena, "draw --range 1..500 --method discovery --confidence 95 --tolerable 5 --seed 1 --json"));

    assert_int_equal(json_integer_value(json_object_get(json, "n")), 56);
    assert_int_equal(json_integer_value(json_object_get(json, "computed")), 56);
    assert_int_equal(json_array_size(json_object_get(json, "items")), 56);
}

static void strata_without_sizes_get_their_shares(void **state)
{
    Arena *arena = *state;
    Str path     = findings_file(arena, temporary_folder(arena));
    Said said    = sample(arena, "draw --file %.*s --n 8 --seed 1 --strata severity", STR_ARG(path));

    assert_int_equal(said.exit, 0);
    assert_has(said.out, "Stratum");
    assert_has(said.out, "critical");
    assert_has(said.err, "8 of 100 items, stratified_random, seed 1.");
}

/* ---- what cannot be taken ---- */

static void what_cannot_be_drawn_says_why_and_what_would_do(void **state)
{
    static const struct {
        const char *words;
        int exit;
        const char *says;
    } rows[] = {
        { "size --confidence 95", 4, "--tolerable: Fill in" },
        { "size --confidence 40 --tolerable 5", 4, "between 51 and 99.9" },
        { "size --confidence 95.55 --tolerable 5", 4, "at most one decimal" },
        { "size --confidence 95 --tolerable 0", 4, "--tolerable: Give a percentage" },
        { "size --confidence 95 --tolerable 5 --population 0", 4, "--population" },
        { "size 12 --confidence 95 --tolerable 5", 2, "one word too many" },
        { "size --confidence 95 --tolerabel 5", 2, "Did you mean \"tolerable\"" },
        { "bound --n 5 --deviations 6 --confidence 95", 4, "--deviations: Give at most as many as were tested" },
        { "bound --n 5 --deviations 0 --confidence 95 --population 4", 4, "--n: Give at most" },
        { "draw --range 1..10 --n 11", 4, "the population has only 10. Take all of them" },
        { "draw --range 1..10 --n 4 --method judgement", 4, "chosen by the auditor" },
        { "draw --range 1..10", 4, "not said how many" },
        { "draw --range 1..10 --method discovery --n 4", 4, "needs a confidence and a tolerable rate" },
        { "draw --range 1..500 --method discovery --n 4 --confidence 95 --tolerable 5", 4, "needs 56" },
        { "draw --range 1..10 --n 4 --tolerable 5", 4, "only one is said" },
        { "draw --range 10..1 --n 4", 4, "--range: \"10..1\": the second comes before the first" },
        { "draw --n 4", 4, "Give a file or a range" },
        { "draw --range 1..10 --n 4 --sizes a:1", 4, "--strata: Name the column" },
        { "draw --range 1..10 --n 4 --seed a_b", 4, "The seed is" },
        { "draw --file /nonexistent/pop.csv --n 4", 7, "could not open the population" },
        { "draw --file tests/data/hostile/csv/duplicate-ids.csv --n 1", 4, "--file: Line 3: the identifier" },
        { "draw --file tests/data/hostile/csv/numbers.csv --n 1 --strata owner", 4, "no column is called \"owner\"" },
        { "draw --file tests/data/hostile/xlsx/entity-expansion.xlsx --n 1", 4, "DOCTYPE" },
        { "draw --file tests/data/hostile/csv --n 1", 7, "could not read" },
    };

    for (size_t i = 0; i < countof(rows); i++) {
        Arena *arena = arena_open(64 << 20);
        Said said    = sample(arena, "%s", rows[i].words);
        if (said.exit != rows[i].exit) fail_msg("%s: %d %.*s", rows[i].words, said.exit, STR_ARG(said.err));
        assert_has(said.err, rows[i].says);
        assert_int_equal(said.out.len, 0);
        arena_close(arena);
    }
    (void)state;
}

static void programs_get_a_problem(void **state)
{
    Arena *arena = *state;
    Said said    = sample(arena, "draw --range 1..10 --n 11 --json");
    json_t *json;
    Err err = { 0 };

    assert_int_equal(said.exit, 4);
    check_done(json_read(arena, said.out, &json, &err), &err);
    check_str(json_text(json, "type"), "urn:plumbline:problem:invalid");
    assert_int_equal(json_array_size(json_object_get(json, "errors")), 1);
}

static void nothing_of_a_file_steers_the_terminal(void **state)
{
    Arena *arena = *state;
    Said said    = sample(arena, "draw --file tests/data/hostile/csv/bidi-override.csv --id title --n 1 --seed 1");

    assert_int_equal(said.exit, 0);
    assert_false(str_has(said.out, STR("\xE2\x80\xAE")));
}

/* ---- help ---- */

static void help_is_that_of_the_declarations(void **state)
{
    Arena *arena = *state;
    Said draw = sample(arena, "draw --help"), size = sample(arena, "size --help"), type = sample(arena, "--help");

    assert_has(size.out, "usage: plumbline sample size --confidence 95 --tolerable 5 [--population N]");
    assert_has(size.out, "--population");
    assert_has(draw.out, "--sizes");
    assert_has(draw.out, "usage: plumbline sample draw NUMBER");
    assert_has(type.out, "usage: plumbline sample [list]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(sizes_meet_every_row),
        arena_test(bounds_meet_every_row),
        arena_test(people_read_sentences),
        arena_test(draws_are_those_of_the_document),
        arena_test(a_draw_without_a_seed_says_the_one_it_took),
        arena_test(the_size_follows_from_the_confidence),
        arena_test(strata_without_sizes_get_their_shares),
        arena_test(what_cannot_be_drawn_says_why_and_what_would_do),
        arena_test(programs_get_a_problem),
        arena_test(nothing_of_a_file_steers_the_terminal),
        arena_test(help_is_that_of_the_declarations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
