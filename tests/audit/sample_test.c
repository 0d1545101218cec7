/* SPDX-License-Identifier: Apache-2.0
 * Samples on record: drawn from a stored population or a range, tested, evaluated; what cannot be repeated or claimed
 * is refused with what to do. */
#include "../support/world_audit.h"
#include "audit/draw.h"
#include "audit/evaluation.h"
#include "audit/evidence.h"
#include "audit/sample.h"
#include "audit/sample_draw.h"
#include "record/row.h"
#include "store/files.h"

#define S "IA-26-05/S-03"

/* A plan with further members, "'method':'systematic','n':5". */
static Id plan(Audits *a, const char *members)
{
    Str json = str_fmt(a->h->t->arena,
                       "{'number':'S-03','audit':'IA-26-05','paper':'IA-26-05/A.8.1-1','objective':'Fixed in time',"
                       "'population':'Findings','completeness':'Equals the counter',%s}",
                       members);
    return audits_must(a, a->elias, &sample_type, "create", "", str_to_c(a->h->t->arena, json));
}

static Sample drawn(Audits *a, Id id)
{
    Sample sample;

    audits_must(a, a->elias, &sample_type, "draw", S, "{}");
    house_load(a->h, &sample_type, id, &sample);
    return sample;
}

static void assert_draw_refused(Audits *a, const char *json, const char *rule, const char *missing)
{
    assert_refusal(audits_try(a, a->elias, &sample_type, "draw", S, json), rule, missing, NULL);
}

static Call *reading(Audits *a)
{
    Caller caller = { .app = a->h->app, .arena = a->h->t->arena, .is_system = true, .door = "cli" };
    Err err       = { 0 };
    Call *call;

    check_done(call_open(&caller, CALL_READ, &call, &err), &err);
    return call;
}

/* "INV-1902@1902 INV-2151@2151": items in use with their lines, in the order of drawing. */
static void assert_items(Audits *a, Id sample, const char *expected)
{
    Call *call           = reading(a);
    SampleItemList items = { 0 };
    StrList words        = { 0 };
    Err err              = { 0 };

    check_done(record_list(call, &sample_item_type, &items, STR("sample = $1 AND state = 1 ORDER BY id"),
                           BINDS(BIND_ID(sample)), &err),
               &err);
    for (size_t i = 0; i < items.len; i++)
        *list_push(call->arena, &words) =
            str_fmt(call->arena, "%.*s@%lld", STR_ARG(items.at[i].item), (long long)items.at[i].line.value);
    Str got = str_join(call->arena, &words, STR(" "));
    call_end(call);
    check_str(got, expected);
}

/* The population of docs/formats/sample-draw.md, stored; its hash. */
static const char *findings_stored(Audits *a)
{
    Buf csv = buf_open(a->h->t->arena, 1 << 16);
    Err err = { 0 };
    Hash hash;

    buf_add_c(&csv, "id,severity\n");
    for (int n = 1; n <= 100; n++)
        buf_fmt(&csv, "VF-%d,%s\n", n, n % 25 == 0 ? "critical" : n % 4 == 1 ? "high" : "medium");
    check_done(file_put(a->h->app->store, a->h->t->arena, buf_str(&csv), &hash, &err), &err);
    return str_to_c(a->h->t->arena, hash_to_hex(a->h->t->arena, &hash));
}

static Id plan_of_file(Audits *a, const char *members)
{
    return plan(a, str_to_c(a->h->t->arena, str_fmt(a->h->t->arena, "'file':'%s',%s", findings_stored(a), members)));
}

static void results(Audits *a, const char *const *items, size_t count, size_t deviations)
{
    for (size_t i = 0; i < count; i++)
        audits_must(a, a->elias, &sample_item_type, "edit",
                    str_to_c(a->h->t->arena, str_fmt(a->h->t->arena, S "/%s", items[i])),
                    i < deviations ? "{'result':'deviation'}" : "{'result':'pass'}");
}

/* ---- drawing ---- */

static void a_range_is_drawn_as_the_document_says(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    Id id = plan(a, "'method':'simple_random','range':'INV-0001..INV-2400','n':5,'seed':'4711'");

    Sample sample = drawn(a, id);

    assert_items(a, id, "INV-1902@1902 INV-2151@2151 INV-1796@1796 INV-0560@560 INV-0696@696");
    assert_int_equal(sample.head.state, SAMPLE_DRAWN);
    assert_int_equal(sample.size.value, 2400);
    check_str(sample.population_hash, "db28bde836f8d09abe954f48f9127721e473d8fa428083ec0f3c0e444dd636ca");
    check_str(sample_draw_command(a->h->t->arena, &sample),
              "plumbline sample draw --range INV-0001..INV-2400 --method simple_random --n 5 --seed 4711");
}

static void a_stored_file_is_drawn_as_the_document_says(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    Id id = plan_of_file(a, "'method':'stratified_random','stratum_column':'severity','seed':'20261110',"
                            "'strata':'critical: 4/2\\nhigh: 24/2\\nmedium: 72/2'");

    Sample sample = drawn(a, id);

    assert_items(a, id, "VF-25@26 VF-75@76 VF-33@34 VF-49@50 VF-52@53 VF-51@52");
    assert_int_equal(sample.n.value, 6);
    check_str(sample_draw_command(a->h->t->arena, &sample),
              "plumbline sample draw --file population --method stratified_random --n 6 --seed 20261110 "
              "--strata severity --sizes 'critical: 4/2, high: 24/2, medium: 72/2'");
}

static void the_size_follows_from_the_confidence(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    Id id = plan(a, "'method':'discovery','range':'1..500','confidence':950,'tolerable':50,'seed':'1'");

    Sample sample = drawn(a, id);

    assert_int_equal(sample.computed_size.value, 56);
    assert_int_equal(sample.n.value, 56);
}

static void a_seed_left_empty_is_made_and_recorded(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    Id id = plan(a, "'method':'systematic','range':'1..500','n':3");

    assert_true(drawn(a, id).seed.len > 0);
}

static void all_items_are_drawn_in_their_order(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    Id id = plan(a, "'method':'all','range':'A-8..A-11'");

    Sample sample = drawn(a, id);

    assert_items(a, id, "A-8@1 A-9@2 A-10@3 A-11@4");
    assert_int_equal(sample.seed.len, 0);
}

static void evidence_may_be_the_population(void **state)
{
    Audits *a       = *state;
    Arena *arena    = a->h->t->arena;
    const char *hex = findings_stored(a);
    an_audit(a, AUDIT_FIELDWORK);
    audits_must(a, a->noor, &evidence_type, "create", "",
                str_to_c(arena, str_fmt(arena,
                                        "{'number':'EV-001','title':'Export','kind':'data_extract','audit':'IA-26-05',"
                                        "'fact_date':'2026-11-09','file':'%s'}",
                                        hex)));
    Id id = plan(a, "'method':'simple_random','evidence':'EV-001','n':3,'seed':'4711'");

    (void)drawn(a, id);

    assert_items(a, id, "VF-40@41 VF-6@7 VF-87@88");
}

static void chosen_items_stand_in_the_population(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    Id id = plan_of_file(a, "'method':'judgement','n_reason':'The oldest'");

    assert_draw_refused(a, "{}", "draw-2", "no items are named");
    assert_draw_refused(a, "{'items':'VF-1\\nVF-200'}", "draw-2", "\"VF-200\" is not in the population");
    assert_draw_refused(a, "{'items':'VF-1\\nVF-2\\nVF-1'}", "draw-2", "\"VF-1\" is named twice");
    audits_must(a, a->elias, &sample_type, "draw", S, "{'items':'VF-7\\n VF-3 \\n'}");

    assert_items(a, id, "VF-7@8 VF-3@4");
}

static void a_workbook_is_drawn_from(void **state)
{
    Audits *a    = *state;
    Arena *arena = a->h->t->arena;
    Err err      = { 0 };
    Hash hash;
    an_audit(a, AUDIT_FIELDWORK);
    check_done(file_put(a->h->app->store, arena, data_file(arena, "hostile/xlsx/valid.xlsx"), &hash, &err), &err);
    Str hex = hash_to_hex(arena, &hash);
    Id id   = plan(
          a, str_to_c(arena, str_fmt(arena, "'method':'stratified_random','n':1,'stratum_column':'Status','file':'%.*s'",
                                     STR_ARG(hex))));

    Sample sample = drawn(a, id);

    assert_items(a, id, "X-1@2");
    check_str(sample.population_hash, str_to_c(arena, hex));
}

static void all_named_by_hand_are_as_many_as_there_are(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    Id id = plan(a, "'method':'all','size':3");

    assert_draw_refused(a, "{'items':'A\\nB'}", "draw-2", "2 items are named, but the population has 3");
    audits_must(a, a->elias, &sample_type, "draw", S, "{'items':'A\\nB\\nC'}");
    assert_items(a, id, "A@0 B@0 C@0");
}

static void items_that_no_address_can_hold_get_a_number(void **state)
{
    Audits *a = *state;
    Err err   = { 0 };
    Hash hash;
    an_audit(a, AUDIT_FIELDWORK);
    check_done(file_put(a->h->app->store, a->h->t->arena, STR("id\nA/B\n..\nitem-1\n"), &hash, &err), &err);
    Str hex = hash_to_hex(a->h->t->arena, &hash);
    plan(a, str_to_c(a->h->t->arena, str_fmt(a->h->t->arena, "'method':'all','file':'%.*s'", STR_ARG(hex))));

    audits_must(a, a->elias, &sample_type, "draw", S, "{}");

    audits_must(a, a->elias, &sample_item_type, "edit", S "/item-1-", "{'result':'pass'}");
    audits_must(a, a->elias, &sample_item_type, "edit", S "/item-2", "{'result':'pass'}");
    audits_must(a, a->elias, &sample_item_type, "edit", S "/item-1", "{'result':'pass'}");
}

static json_t *redrawn(Audits *a, Id id)
{
    Call *call  = reading(a);
    json_t *out = NULL;
    Err err     = { 0 };
    Sample sample;

    house_load(a->h, &sample_type, id, &sample);
    check_done(sample_redraw.read(call, &sample, &out, &err), &err);
    call_end(call);
    return out != NULL ? json_own(a->h->t->arena, out) : NULL;
}

static void a_draw_on_record_is_repeated_and_compared(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    Id id = plan_of_file(a, "'method':'stratified_random','stratum_column':'severity','n':8");
    assert_null(redrawn(a, id));
    (void)drawn(a, id);

    json_t *again = redrawn(a, id);

    assert_true(json_is_true(json_object_get(again, "population_same")));
    assert_true(json_is_true(json_object_get(again, "items_same")));
    assert_int_equal(json_array_size(json_object_get(again, "items")), 8);
    Str first = json_str(json_array_get(json_object_get(again, "items"), 0));
    audits_must(a, a->elias, &sample_item_type, "replace",
                str_to_c(a->h->t->arena, str_fmt(a->h->t->arena, S "/%.*s", STR_ARG(first))), "{'reason':'Lost'}");
    assert_true(json_is_true(json_object_get(redrawn(a, id), "items_same")));
}

/* ---- what is refused ---- */

static void a_draw_that_nobody_can_repeat_is_refused(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    audits_must(a, a->elias, &sample_type, "create", "",
                "{'number':'S-03','audit':'IA-26-05','objective':'o','population':'p','method':'simple_random'}");

    assert_draw_refused(a, "{'items':'X'}", "draw-1",
                        "the population, as a file or a range of identifiers and how completeness was checked");
    audits_must(a, a->elias, &sample_type, "edit", S, "{'completeness':'Counted','range':'1..9','file':null,'n':2}");
    assert_draw_refused(a, "{'items':'1'}", "draw-2", "those of this sample follow from its population");
}

static void plans_that_the_population_does_not_fit_are_refused(void **state)
{
    static const struct {
        const char *members, *missing;
    } rows[] = {
        { "'method':'simple_random','range':'1..10','n':11", "only 10" },
        { "'method':'simple_random','range':'1..10','size':12,'n':2", "has 10 items, but 12 are on record" },
        { "'method':'simple_random','range':'1..x','n':2", "end in a number" },
        { "'method':'simple_random','range':'1..10'", "how many items are drawn" },
        { "'method':'simple_random','range':'1..900','n':501", "has at most 500" },
        { "'method':'all','range':'1..501'", "has at most 500" },
        { "'method':'discovery','range':'1..10','n':3", "a confidence and a tolerable rate" },
        { "'method':'discovery','range':'1..500','n':3,'confidence':950,'tolerable':50", "needs 56" },
        { "'method':'simple_random','range':'1..500','n':3,'confidence':950,'tolerable':50", "needs 56" },
        { "'method':'simple_random','range':'1..500','confidence':950", "only one is said" },
        { "'method':'simple_random','range':'1..500','n':3,'seed':'a b'", "The seed is" },
        { "'method':'stratified_random','range':'1..500','n':3", "which column" },
    };
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);

    for (size_t i = 0; i < countof(rows); i++) {
        Str number = str_fmt(a->h->t->arena, "T-%zu", i);
        Str json =
            str_fmt(a->h->t->arena,
                    "{'number':'%.*s','audit':'IA-26-05','objective':'o','population':'p','completeness':'c',%s}",
                    STR_ARG(number), rows[i].members);
        audits_must(a, a->elias, &sample_type, "create", "", str_to_c(a->h->t->arena, json));
        number = str_fmt(a->h->t->arena, "IA-26-05/%.*s", STR_ARG(number));
        assert_refusal(audits_try(a, a->elias, &sample_type, "draw", str_to_c(a->h->t->arena, number), "{}"), "draw-2",
                       rows[i].missing, NULL);
    }
}

static void fewer_than_the_confidence_needs_takes_a_reason(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    Id id = plan(a, "'method':'simple_random','range':'1..500','n':3,'confidence':950,'tolerable':50,"
                    "'n_reason':'A first look'");

    Sample sample = drawn(a, id);

    assert_int_equal(sample.computed_size.value, 56);
    assert_int_equal(sample.n.value, 3);
}

static void files_that_are_no_population_are_refused_with_their_line(void **state)
{
    static const struct {
        Str bytes;
        const char *members, *missing;
    } rows[] = {
        { STR_INIT("id\nA\nB\nA\n"), "'n':1", "Line 4: the identifier \"A\" stands on line 2 too" },
        { STR_INIT("ticket\nA\n"), "'n':1", "no column is called \"id\"; it has: ticket" },
        { STR_INIT("id\nA\xFF\n"), "'n':1", "Line 2: it is not UTF-8" },
        { STR_INIT("id\n"), "'n':1", "only 0" },
        { STR_INIT("PK\3\4 no archive"), "'n':1", "the archive is damaged" },
        { STR_INIT("id,s\nA,x\n"), "'n':1,'method':'stratified_random','stratum_column':'t'", "called \"t\"" },
        { STR_INIT("id,s\nA,x\n"), "'method':'stratified_random','stratum_column':'s','strata':'x: 2/1'",
          "the population has 1" },
    };
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);

    for (size_t i = 0; i < countof(rows); i++) {
        Arena *arena = a->h->t->arena;
        Err err      = { 0 };
        Hash hash;
        check_done(file_put(a->h->app->store, arena, rows[i].bytes, &hash, &err), &err);
        Str hex  = hash_to_hex(arena, &hash);
        Str json = str_fmt(arena,
                           "{'number':'T-%zu','audit':'IA-26-05','objective':'o','population':'p','completeness':'c',"
                           "'file':'%.*s',%s%s}",
                           i, STR_ARG(hex), rows[i].members,
                           strstr(rows[i].members, "method") ? "" : ",'method':'simple_random'");
        audits_must(a, a->elias, &sample_type, "create", "", str_to_c(arena, json));
        Str number = str_fmt(arena, "IA-26-05/T-%zu", i);
        assert_refusal(audits_try(a, a->elias, &sample_type, "draw", str_to_c(arena, number), "{}"), "draw-2",
                       rows[i].missing, NULL);
    }
}

static void one_sample_has_one_population(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    plan_of_file(a, "'method':'simple_random','range':'1..10','n':1");

    assert_draw_refused(a, "{}", "draw-3", "a file and a range at once");
}

static void a_judgement_sample_states_no_confidence(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);

    assert_refusal(
        audits_try(a, a->elias, &sample_type, "create", "",
                   "{'audit':'IA-26-05','objective':'o','population':'p','method':'judgement','confidence':950}"),
        "sample-1", "judgement", NULL);
}

static void population_and_seed_are_fixed_by_the_draw(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    (void)drawn(a, plan(a, "'method':'simple_random','range':'1..10','n':2"));

    assert_invalid(audits_try(a, a->elias, &sample_type, "edit", S, "{'seed':'4711'}"), "seed");
    assert_invalid(audits_try(a, a->elias, &sample_type, "edit", S, "{'range':'1..11'}"), "range");
    assert_invalid(audits_try(a, a->elias, &sample_type, "edit", S, "{'population':'Others'}"), "population");
    assert_refused(audits_try(a, a->elias, &sample_type, "draw", S, "{}"), "state");
}

static void who_may_not_draw_is_told_so_without_a_draw(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    plan(a, "'method':'simple_random','range':'1..10','n':2");

    assert_int_equal(audits_try(a, a->ingrid, &sample_type, "draw", S, "{}")->kind == OUTCOME_DONE, 0);
}

static void only_an_audit_held_before_has_samples_without_items(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    plan(a, "'method':'simple_random','range':'1..10','n':2");

    Outcome *got = audits_try(a, a->elias, &sample_type, "record-result", S, "{'deviations':0}");

    assert_refusal(got, "record-result-1", "its samples have items", NULL);
}

/* ---- testing ---- */

static void a_sample_goes_from_plan_to_decision(void **state)
{
    Audits *a = *state;
    Sample sample;
    an_audit(a, AUDIT_FIELDWORK);
    Id id = plan(a, "'method':'simple_random','range':'INV-0001..INV-2400','n':2,'seed':'4711'");
    (void)drawn(a, id);

    assert_refusal(audits_try(a, a->elias, &sample_type, "test", S, "{}"), "test-1", "2 of 2", NULL);
    audits_must(a, a->elias, &sample_item_type, "edit", S "/INV-1902",
                "{'result':'deviation','results':'fixed: deviation'}");
    audits_must(a, a->elias, &sample_item_type, "edit", S "/INV-2151", "{'result':'missing'}");
    audits_must(a, a->elias, &sample_type, "test", S, "{'explained':1}");
    audits_must(a, a->elias, &sample_type, "decide", S, "{'decision':'Not operating'}");

    house_load(a->h, &sample_type, id, &sample);
    assert_int_equal(sample.head.state, SAMPLE_DECIDED);
    assert_int_equal(sample.n.value, 2);
    assert_int_equal(sample.deviations.value, 2);
    assert_int_equal(sample.upper_bound.value, 10000);
}

static void chance_allows_a_bound(void **state)
{
    static const char *const items[] = { "INV-1902", "INV-2151", "INV-1796", "INV-0560", "INV-0696" };
    Audits *a                        = *state;
    Sample sample;
    an_audit(a, AUDIT_FIELDWORK);
    Id id = plan(a, "'method':'simple_random','range':'INV-0001..INV-2400','n':5,'seed':'4711'");
    (void)drawn(a, id);
    results(a, items, countof(items), 1);

    audits_must(a, a->elias, &sample_type, "test", S, "{}");

    house_load(a->h, &sample_type, id, &sample);
    check_str(sample.evaluation,
              "1 of 5 deviates; with 95 % confidence at most 65.7 % of the population do. Of the 2400 "
              "items that were there at most 1576 do.");
    assert_int_equal(sample.upper_bound.value, 6574);
}

static void judgement_and_all_allow_none(void **state)
{
    static const char *const items[] = { "2", "1" };
    Audits *a                        = *state;
    Sample sample;
    an_audit(a, AUDIT_FIELDWORK);
    Id id = plan(a, "'method':'judgement','range':'1..10','n_reason':'The first'");
    audits_must(a, a->elias, &sample_type, "draw", S, "{'items':'2\\n1'}");
    results(a, items, countof(items), 1);

    audits_must(a, a->elias, &sample_type, "test", S, "{}");

    house_load(a->h, &sample_type, id, &sample);
    check_str(sample.evaluation,
              "1 of 2 deviates. Chosen by judgement: it says nothing about items that were not looked at.");
    assert_false(sample.upper_bound.set);
    assert_false(str_has(sample.evaluation, STR("confidence")));
    sample.method = SAMPLE_ALL;
    check_str(sample_evaluation(a->h->t->arena, &sample, &(SampleItemList){ 0 }),
              "1 of 2 deviates. Every item was looked at.");
}

static void each_stratum_has_its_own_bound(void **state)
{
    static const char *const items[] = { "VF-25", "VF-75", "VF-33", "VF-49", "VF-52", "VF-51" };
    Audits *a                        = *state;
    Sample sample;
    an_audit(a, AUDIT_FIELDWORK);
    Id id = plan_of_file(a, "'method':'stratified_random','stratum_column':'severity','seed':'20261110',"
                            "'strata':'critical: 4/2\\nhigh: 24/2\\nmedium: 72/2','confidence':900,'tolerable':300,"
                            "'n_reason':'few'");
    (void)drawn(a, id);
    results(a, items, countof(items), 1);

    audits_must(a, a->elias, &sample_type, "test", S, "{}");

    house_load(a->h, &sample_type, id, &sample);
    check_str(sample.evaluation,
              "1 of 6 deviates. Drawn within strata: the rates hold for each of them, not for the whole.\n"
              "critical: 1 of 2 deviates; with 90 % confidence at most 94.9 % of the stratum do.\n"
              "high: 0 of 2 deviate; with 90 % confidence at most 68.4 % of the stratum do.\n"
              "medium: 0 of 2 deviate; with 90 % confidence at most 68.4 % of the stratum do.");
    assert_false(sample.upper_bound.set);
}

static void the_results_of_attributes_agree_with_the_item(void **state)
{
    Audits *a = *state;
    SampleItem item;
    an_audit(a, AUDIT_FIELDWORK);
    Id id = plan(a, "'method':'simple_random','range':'INV-0001..INV-2400','n':1,'seed':'4711',"
                    "'attributes':'paid: Paid once?\\nsigned: By two people?'");
    (void)drawn(a, id);

    assert_invalid(audits_try(a, a->elias, &sample_item_type, "edit", S "/INV-1902", "{'results':'paid: perhaps'}"),
                   "results");
    assert_invalid(audits_try(a, a->elias, &sample_item_type, "edit", S "/INV-1902", "{'results':'owner: pass'}"),
                   "results");
    assert_invalid(audits_try(a, a->elias, &sample_item_type, "edit", S "/INV-1902",
                              "{'results':'paid: pass\\nsigned: missing','result':'pass'}"),
                   "result");
    Id made = audits_must(a, a->elias, &sample_item_type, "edit", S "/INV-1902", "{'result':'pass'}");
    house_load(a->h, &sample_item_type, made, &item);
    check_str(item.results, "paid: \nsigned: ");
    audits_must(a, a->elias, &sample_item_type, "edit", S "/INV-1902",
                "{'results':'paid: pass\\nsigned: deviation','result':'deviation'}");
}

/* ---- replacing ---- */

static void the_next_of_the_draw_takes_the_place_of_an_item(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    Id id = plan(a, "'method':'simple_random','range':'INV-0001..INV-2400','n':3,'seed':'4711'");
    (void)drawn(a, id);

    Outcome *got = audits_try(a, a->noor, &sample_item_type, "replace", S "/INV-2151", "{'reason':'Lost'}");
    assert_int_equal(got->kind, OUTCOME_FORBIDDEN);
    assert_could(got, "Elias Brandt");
    assert_invalid(audits_try(a, a->elias, &sample_item_type, "replace", S "/INV-2151", "{}"), "reason");
    assert_refusal(audits_try(a, a->elias, &sample_item_type, "replace", S "/INV-2151",
                              "{'reason':'Lost','replaced_by':'INV-0001'}"),
                   "replace-1", "the next item of the draw is \"INV-0560\"", NULL);
    audits_must(a, a->elias, &sample_item_type, "replace", S "/INV-2151", "{'reason':'Lost'}");
    audits_must(a, a->elias, &sample_item_type, "replace", S "/INV-1902", "{'reason':'Lost too'}");

    assert_items(a, id, "INV-1796@1796 INV-0560@560 INV-0696@696");
    audits_must(a, a->noor, &sample_item_type, "edit", S "/INV-0560", "{'result':'pass'}");
    assert_refused(audits_try(a, a->elias, &sample_item_type, "replace", S "/INV-2151", "{'reason':'Again'}"), "state");
}

static void a_stratum_gives_its_own_replacement(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    Id id = plan_of_file(a, "'method':'stratified_random','stratum_column':'severity','seed':'20261110',"
                            "'strata':'critical: 4/3\\nhigh: 24/0\\nmedium: 72/1'");
    (void)drawn(a, id);

    audits_must(a, a->elias, &sample_item_type, "replace", S "/VF-25", "{'reason':'Lost'}");
    assert_refusal(audits_try(a, a->elias, &sample_item_type, "replace", S "/VF-75", "{'reason':'Lost'}"), "replace-1",
                   "no item is left", NULL);
}

static void a_systematic_sample_takes_the_next_of_the_file(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    Id id = plan_of_file(a, "'method':'systematic','n':7,'seed':'4711'");
    (void)drawn(a, id);

    audits_must(a, a->elias, &sample_item_type, "replace", S "/VF-20", "{'reason':'Lost'}");

    assert_items(a, id, "VF-6@7 VF-35@36 VF-49@50 VF-63@64 VF-78@79 VF-92@93 VF-21@22");
}

static void a_chosen_item_is_replaced_by_one_that_is_named(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    Id id = plan(a, "'method':'judgement','size':9,'n_reason':'The oldest'");
    audits_must(a, a->elias, &sample_type, "draw", S, "{'items':'VF-2357 high\\nVF-2360'}");

    assert_invalid(audits_try(a, a->elias, &sample_item_type, "replace", S "/VF-2357", "{'reason':'Duplicate'}"),
                   "replaced_by");
    assert_invalid(audits_try(a, a->elias, &sample_item_type, "replace", S "/VF-2357",
                              "{'reason':'Duplicate','replaced_by':'VF-2360'}"),
                   "replaced_by");
    audits_must(a, a->elias, &sample_item_type, "replace", S "/VF-2357",
                "{'replaced_by':'VF-2358','reason':'Duplicate'}");
    assert_items(a, id, "VF-2360@0 VF-2358@0");
    audits_must(a, a->noor, &sample_item_type, "edit", S "/VF-2358", "{'result':'pass'}");
    audits_must(a, a->noor, &sample_item_type, "edit", S "/VF-2360", "{'result':'pass'}");
    audits_must(a, a->elias, &sample_type, "test", S, "{}");
    assert_refused(audits_try(a, a->noor, &sample_item_type, "edit", S "/VF-2358", "{'result':'deviation'}"), "item-1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_AUDITS(a_range_is_drawn_as_the_document_says),
        IN_AUDITS(a_stored_file_is_drawn_as_the_document_says),
        IN_AUDITS(the_size_follows_from_the_confidence),
        IN_AUDITS(a_seed_left_empty_is_made_and_recorded),
        IN_AUDITS(all_items_are_drawn_in_their_order),
        IN_AUDITS(evidence_may_be_the_population),
        IN_AUDITS(chosen_items_stand_in_the_population),
        IN_AUDITS_ON(sqlite, a_workbook_is_drawn_from),
        IN_AUDITS(all_named_by_hand_are_as_many_as_there_are),
        IN_AUDITS(items_that_no_address_can_hold_get_a_number),
        IN_AUDITS(a_draw_on_record_is_repeated_and_compared),
        IN_AUDITS(a_draw_that_nobody_can_repeat_is_refused),
        IN_AUDITS(plans_that_the_population_does_not_fit_are_refused),
        IN_AUDITS(fewer_than_the_confidence_needs_takes_a_reason),
        IN_AUDITS(files_that_are_no_population_are_refused_with_their_line),
        IN_AUDITS(one_sample_has_one_population),
        IN_AUDITS(a_judgement_sample_states_no_confidence),
        IN_AUDITS(population_and_seed_are_fixed_by_the_draw),
        IN_AUDITS(who_may_not_draw_is_told_so_without_a_draw),
        IN_AUDITS(only_an_audit_held_before_has_samples_without_items),
        IN_AUDITS(a_sample_goes_from_plan_to_decision),
        IN_AUDITS(chance_allows_a_bound),
        IN_AUDITS(judgement_and_all_allow_none),
        IN_AUDITS(each_stratum_has_its_own_bound),
        IN_AUDITS(the_results_of_attributes_agree_with_the_item),
        IN_AUDITS(the_next_of_the_draw_takes_the_place_of_an_item),
        IN_AUDITS(a_stratum_gives_its_own_replacement),
        IN_AUDITS(a_systematic_sample_takes_the_next_of_the_file),
        IN_AUDITS(a_chosen_item_is_replaced_by_one_that_is_named),
    };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
