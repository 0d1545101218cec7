/* SPDX-License-Identifier: Apache-2.0
 * The search for recurrence (S-5): points, the line at five, the order, and what is not looked at. */
#include "action/similar.h"

#include "../support/house.h"
#include "../support/world_action.h"
#include "action/analysis.h"
#include "org/process.h"
#include "org/requirement.h"
#include "org/site.h"

/* A case that is registered and confirmed; `more` are further members of its JSON. */
static Id a_case(House *h, const char *number, const char *title, const char *more)
{
    Arena *arena = h->t->arena;
    Id id        = house_must(h, h->dan, &nonconformity_type, "register", "",
                              str_to_c(arena, str_fmt(arena,
                                                      "{\"source\":\"staff_report\",\"source_ref\":\"mail\",\"title\":\"%s\","
                                                             "\"condition\":\"%s\"%s}",
                                                      title, title, more)));
    house_must(h, h->ada, &nonconformity_type, "confirm", number, "{\"kind\":\"minor_nc\",\"significance\":\"low\"}");
    return id;
}

#define REF      ",\"refs\":[\"A.8.13\"]"
#define OTHER    ",\"refs\":[\"A.5.1\"]"
#define PROCESS  ",\"process\":\"PR-01\""
#define PROCESS2 ",\"process\":\"PR-02\""
#define SITE     ",\"site\":\"porto\""

static void similar_begin(House *h)
{
    action_begin(h);
    house_must(h, h->ada, &requirement_type, "create", "",
               "{\"number\":\"A.5.1\",\"framework\":\"ISO27001-2022\",\"ref\":\"A.5.1\",\"title\":\"Policies\","
               "\"kind\":\"control\"}");
    house_must(h, h->ada, &process_type, "create", "",
               "{\"number\":\"PR-02\",\"name\":\"Buy\",\"owner\":\"p-ben\",\"criticality\":\"high\"}");
    house_must(h, h->ada, &site_type, "create", "",
               "{\"number\":\"porto\",\"name\":\"Porto\",\"kind\":\"office\",\"zone\":\"Europe/Lisbon\"}");
}

static SimilarCases similar_to(House *h, Id id)
{
    Caller caller    = { .app = h->app, .arena = h->t->arena, .is_system = true, .door = "job" };
    SimilarCases out = { 0 };
    Nonconformity nc;
    Call *call;

    must(h->t, call_open(&caller, CALL_READ, &call, &h->t->err));
    must(h->t, nonconformity_of(call, id, &nc, &h->t->err));
    must(h->t, similar_cases(call, &nc, &out, &h->t->err));
    call_end(call);
    return out;
}

static void what_is_shared_gives_points(void **state)
{
    House *h = *state;
    similar_begin(h);
    a_case(h, "F-001", "Restores are not tested", REF PROCESS SITE);
    Id nc = a_case(h, "F-002", "xyz", REF PROCESS SITE);

    SimilarCases got = similar_to(h, nc);

    assert_int_equal(got.len, 1);
    check_str(got.at[0].number, "F-001");
    assert_int_equal(got.at[0].points, POINTS_REF + POINTS_PROCESS + POINTS_SITE);
    check_str(got.at[0].why, "same clause or control, same process, same site, words 0 % alike");
}

static void less_than_five_points_are_not_shown(void **state)
{
    House *h = *state;
    similar_begin(h);
    a_case(h, "F-001", "Restores are not tested", REF PROCESS2); /* 3 */
    a_case(h, "F-002", "Purchases by card", OTHER PROCESS SITE); /* 3 */
    Id nc = a_case(h, "F-003", "qqq", REF PROCESS SITE);

    assert_int_equal(similar_to(h, nc).len, 0);
}

static void the_same_words_lift_a_shared_process_to_five(void **state)
{
    House *h = *state;
    similar_begin(h);
    a_case(h, "F-001", "Restores are not tested", OTHER PROCESS);
    Id nc = a_case(h, "F-002", "RESTORES ARE NOT TESTED!", REF PROCESS);

    SimilarCases got = similar_to(h, nc);

    assert_int_equal(got.len, 1);
    assert_int_equal(got.at[0].points, POINTS_PROCESS + POINTS_WORDS);
}

static void the_same_category_of_cause_counts(void **state)
{
    House *h = *state;
    similar_begin(h);
    for (int i = 0; i < 2; i++) {
        Arena *arena       = h->t->arena;
        const char *number = i == 0 ? "F-001" : "F-002";
        a_case(h, number, i == 0 ? "Restores" : "qqq", i == 0 ? REF PROCESS2 : REF PROCESS);
        house_must(h, h->ben, &nonconformity_type, "acknowledge", number, "");
        house_must(h, h->ben, &nonconformity_type, "correct", number,
                   "{\"kind\":\"redo\",\"text\":\"Done\",\"done_on\":\"2026-11-16\"}");
        house_must(h, h->ben, &nonconformity_type, "start-analysis", number, "{\"extent\":\"one\"}");
        house_must(
            h, h->ben, &root_cause_type, "create", "",
            str_to_c(arena,
                     str_fmt(arena,
                             "{\"nonconformity\":\"%s\",\"text\":\"No alarm\",\"category\":\"monitoring_missing\","
                             "\"level\":\"root\"}",
                             number)));
    }

    RootCause cause;
    house_load(h, &root_cause_type, h->got.id, &cause);
    SimilarCases got = similar_to(h, cause.nonconformity);

    assert_int_equal(got.len, 1);
    assert_int_equal(got.at[0].points, POINTS_REF + POINTS_CATEGORY);
}

static void most_points_come_first_then_the_newest(void **state)
{
    House *h = *state;
    similar_begin(h);
    a_case(h, "F-001", "aaa", REF PROCESS);
    a_case(h, "F-002", "aaa", REF PROCESS SITE);
    a_case(h, "F-003", "bbb", REF PROCESS);
    Id nc = a_case(h, "F-004", "qqq", REF PROCESS SITE);

    SimilarCases got = similar_to(h, nc);

    assert_int_equal(got.len, 3);
    check_str(got.at[0].number, "F-002");
    check_str(got.at[1].number, "F-003");
    check_str(got.at[2].number, "F-001");
}

static void rejected_void_old_and_later_ones_are_not_looked_at(void **state)
{
    House *h = *state;
    similar_begin(h);
    a_case(h, "F-001", "aaa", REF PROCESS);
    days_pass(h, 36 * 31);
    a_case(h, "F-002", "aaa", REF PROCESS);
    house_must(h, h->ada, &nonconformity_type, "void", "F-002", "{\"second\":\"p-dan\",\"why\":\"entered twice\"}");
    Id nc = a_case(h, "F-003", "aaa", REF PROCESS);
    a_case(h, "F-004", "aaa", REF PROCESS);

    assert_int_equal(similar_to(h, nc).len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_HOUSE(what_is_shared_gives_points),
        IN_HOUSE(less_than_five_points_are_not_shown),
        IN_HOUSE(the_same_words_lift_a_shared_process_to_five),
        IN_HOUSE(the_same_category_of_cause_counts),
        IN_HOUSE(most_points_come_first_then_the_newest),
        IN_HOUSE(rejected_void_old_and_later_ones_are_not_looked_at),
    };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
