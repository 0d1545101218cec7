/* SPDX-License-Identifier: Apache-2.0
 * Management reviews: ten inputs, top management, three conclusions, a decision or a reason, and minutes that stay. */
#include "review/review.h"

#include "../support/house.h"
#include "../support/process_stub.h"
#include "org/organisation.h"
#include "org/person.h"
#include "org/role.h"
#include "org/site.h"
#include "org/unit.h"
#include "review/types.h"

#define PLANNED                                                                                                        \
    "{\"date\":\"2026-11-16\",\"start_at\":\"10:00\",\"period_from\":\"2026-06-10\",\"period_to\":\"2026-11-15\","     \
    "\"chair\":\"p-cleo\",\"invited\":[\"p-cleo\",\"p-ben\"]}"
#define HELD                                                                                                           \
    "{\"attendance\":[\"p-cleo\",\"p-dan\"],\"inputs_missing\":[\"9.3.2 e\",\"9.3.2 d objectives\"],"                  \
    "\"suitable\":\"yes\",\"adequate\":\"yes\",\"effective\":\"partly\"}"
#define PROPOSED                                                                                                       \
    "{\"review\":\"MR-26-1\",\"text\":\"Objectives are measured each half-year\",\"kind\":\"isms_change\","            \
    "\"owner\":\"p-ben\",\"due\":\"2027-01-31\"}"

/* Dan manages the ISMS; Cleo is top management. */
static Id a_review(House *h)
{
    house_must(h, (Id){ 0 }, &role_type, "create", "",
               "{\"person\":\"p-dan\",\"role\":\"isms_manager\",\"since\":\"2020-01-01\"}");
    return house_must(h, h->dan, &review_type, "create", "", PLANNED);
}

static void a_planned_review_has_its_ten_inputs(void **state)
{
    House *h = *state;
    ReviewInput input;
    a_review(h);

    house_must(h, h->dan, &review_input_type, "ask", "MR-26-1/e", "{\"asked\":\"p-ben\",\"due\":\"2026-12-02\"}");
    house_must(h, h->ben, &review_input_type, "give", "MR-26-1/e", "{\"text\":\"Three letters, all content\"}");

    house_load(h, &review_input_type, h->got.id, &input);
    assert_int_equal(input.clause, INPUT_FEEDBACK);
    assert_int_equal(input.head.state, INPUT_GIVEN);
    assert_true(id_eq(input.given_by, h->ben));
    house_must(h, h->dan, &review_input_type, "give", "MR-26-1/d4", "{\"text\":\"2 of 3\"}");
}

static void holding_it_settles_every_input(void **state)
{
    House *h = *state;
    ReviewInput given, missing;
    Id review     = a_review(h);
    Caller caller = { .app = h->app, .arena = h->t->arena, .is_system = true, .door = "job" };
    Call *call;
    ReviewInputList inputs = { 0 };

    house_must(h, h->cleo, &review_type, "hold", "MR-26-1", HELD);

    must(h->t, call_open(&caller, CALL_READ, &call, &h->t->err));
    must(h->t, review_inputs_of(call, review, &inputs, &h->t->err));
    call_end(call);
    assert_int_equal(inputs.len, INPUTS);
    for (size_t i = 0; i < inputs.len; i++)
        assert_int_not_equal(inputs.at[i].head.state, INPUT_WAITING);
    given = inputs.at[INPUT_ACTIONS - 1], missing = inputs.at[INPUT_FEEDBACK - 1];
    assert_int_equal(given.head.state, INPUT_GIVEN);
    assert_int_equal(missing.head.state, INPUT_MISSING);
    assert_int_equal(missing.is_missing, YES);
}

static void it_is_not_held_before_its_day(void **state)
{
    House *h = *state;
    a_review(h);
    house_must(h, h->dan, &review_type, "edit", "MR-26-1", "{\"date\":\"2026-12-09\"}");

    assert_refused(house_do(h, h->cleo, &review_type, "hold", "MR-26-1", HELD), "hold-1");
}

static void a_period_that_ends_after_the_meeting_is_invalid(void **state)
{
    House *h = *state;
    a_review(h);

    assert_invalid(house_do(h, h->dan, &review_type, "edit", "MR-26-1", "{\"period_to\":\"2027-01-01\"}"), "date");
    assert_invalid(house_do(h, h->dan, &review_type, "edit", "MR-26-1", "{\"period_to\":\"2025-01-01\"}"), "period_to");
}

static void without_top_management_it_is_not_approved(void **state)
{
    House *h = *state;
    a_review(h);
    house_must(h, h->dan, &review_type, "hold", "MR-26-1",
               "{\"attendance\":[\"p-dan\"],\"suitable\":\"yes\",\"adequate\":\"yes\",\"effective\":\"yes\"}");

    Outcome *got = house_do(h, h->cleo, &review_type, "approve", "MR-26-1", "{\"no_decision_reason\":\"None needed\"}");

    assert_int_equal(got->kind, OUTCOME_REFUSED);
    assert_refused(got, "R-931-1");
    assert_true(got->refusals.at[0].next.len > 0);
}

static void without_three_conclusions_it_is_not_approved(void **state)
{
    House *h = *state;
    a_review(h);
    house_must(h, h->dan, &review_type, "hold", "MR-26-1", "{\"attendance\":[\"p-cleo\"],\"suitable\":\"yes\"}");

    Outcome *got = house_do(h, h->cleo, &review_type, "approve", "MR-26-1", "{\"no_decision_reason\":\"None needed\"}");

    assert_refused(got, "R-931-2");
    check_str(got->refusals.at[0].missing, "a conclusion whether the ISMS is adequate and effective");
    house_must(h, h->dan, &review_type, "edit", "MR-26-1", "{\"adequate\":\"yes\",\"effective\":\"no\"}");
    house_must(h, h->cleo, &review_type, "approve", "MR-26-1", "{\"no_decision_reason\":\"None needed\"}");
}

static void it_decides_or_says_why_not(void **state)
{
    House *h = *state;
    Review review;
    Id id = a_review(h);
    house_must(h, h->cleo, &review_type, "hold", "MR-26-1", HELD);

    assert_refused(house_do(h, h->cleo, &review_type, "approve", "MR-26-1", "{}"), "R-933-1");

    house_must(h, h->cleo, &decision_type, "create", "", PROPOSED);
    check_str(h->got.number, "D-26-1-1");
    Outcome *got = house_do(h, h->cleo, &review_type, "approve", "MR-26-1", "{}");
    assert_refused(got, "approve-1");
    house_must(h, h->cleo, &decision_type, "decide", "D-26-1-1", "");
    house_must(h, h->cleo, &review_type, "approve", "MR-26-1", "{}");
    house_load(h, &review_type, id, &review);
    assert_int_equal(review.head.state, REVIEW_APPROVED);
    assert_true(id_eq(review.approved_by, h->cleo));
}

static void a_proposal_is_decided_only_in_the_meeting(void **state)
{
    House *h = *state;
    a_review(h);
    house_must(h, h->dan, &decision_type, "create", "", PROPOSED);

    assert_refused(house_do(h, h->dan, &decision_type, "decide", "D-26-1-1", ""), "decide-1");

    house_must(h, h->dan, &decision_type, "edit", "D-26-1-1", "{\"due\":\"2027-02-28\"}");
    house_must(h, h->dan, &decision_type, "drop", "D-26-1-1", "{\"why\":\"The board decides\"}");
}

static void what_was_approved_stays_and_an_addendum_stands_beside_it(void **state)
{
    House *h = *state;
    Review review;
    Id id = a_review(h);
    house_must(h, h->cleo, &review_type, "hold", "MR-26-1", HELD);
    house_must(h, h->cleo, &decision_type, "create", "", PROPOSED);
    house_must(h, h->cleo, &decision_type, "decide", "D-26-1-1", "");
    house_must(h, h->cleo, &review_type, "approve", "MR-26-1", "{}");

    assert_refused(house_do(h, h->dan, &review_type, "edit", "MR-26-1", "{\"minutes\":\"other\"}"), "state");
    assert_refused(house_do(h, h->dan, &review_input_type, "give", "MR-26-1/e", "{\"text\":\"late\"}"), "R-933-2");
    assert_refused(house_do(h, h->dan, &decision_type, "create", "", PROPOSED), "R-933-2");
    house_must(h, h->dan, &review_type, "add-addendum", "MR-26-1", "{\"text\":\"Feedback was missing\"}");
    house_must(h, h->dan, &review_type, "add-addendum", "MR-26-1", "{\"text\":\"It came\"}");

    house_load(h, &review_type, id, &review);
    check_str(review.addendum, "Feedback was missing\n\nIt came");
    assert_int_equal(review.head.state, REVIEW_APPROVED);
}

static void an_open_decision_appears_until_it_is_done(void **state)
{
    House *h             = *state;
    Caller caller        = { .app = h->app, .arena = h->t->arena, .is_system = true, .door = "job" };
    DecisionList pending = { 0 }, none = { 0 };
    Call *call;
    a_review(h);
    house_must(h, h->cleo, &review_type, "hold", "MR-26-1", HELD);
    house_must(h, h->cleo, &decision_type, "create", "", PROPOSED);
    house_must(h, h->cleo, &decision_type, "decide", "D-26-1-1", "");

    must(h->t, call_open(&caller, CALL_READ, &call, &h->t->err));
    must(h->t, decisions_open(call, day("2026-12-01"), &pending, &h->t->err));
    call_end(call);
    assert_int_equal(pending.len, 1);

    assert_invalid(house_do(h, h->ben, &decision_type, "done", "D-26-1-1", "{\"done_on\":\"2027-01-01\"}"), "done_on");
    house_must(h, h->ben, &decision_type, "done", "D-26-1-1", "{\"done_on\":\"2026-11-16\"}");
    must(h->t, call_open(&caller, CALL_READ, &call, &h->t->err));
    must(h->t, decisions_open(call, day("2026-12-01"), &none, &h->t->err));
    call_end(call);
    assert_int_equal(none.len, 0);
}

static void who_takes_no_part_does_not_see_it(void **state)
{
    House *h = *state;
    a_review(h);

    assert_int_equal(house_do(h, h->ada, &review_type, "edit", "MR-26-1", "{\"minutes\":\"x\"}")->kind,
                     OUTCOME_NOT_FOUND);
    assert_int_equal(house_do(h, h->ben, &review_type, "edit", "MR-26-1", "{\"minutes\":\"x\"}")->kind,
                     OUTCOME_FORBIDDEN);
}

static const Type *const types[] = { &organisation_type, &site_type,   &unit_type,         &person_type,  &role_type,
                                     &process_stub_type, &review_type, &review_input_type, &decision_type };

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_HOUSE(a_planned_review_has_its_ten_inputs),
        IN_HOUSE(holding_it_settles_every_input),
        IN_HOUSE(it_is_not_held_before_its_day),
        IN_HOUSE(a_period_that_ends_after_the_meeting_is_invalid),
        IN_HOUSE(without_top_management_it_is_not_approved),
        IN_HOUSE(without_three_conclusions_it_is_not_approved),
        IN_HOUSE(it_decides_or_says_why_not),
        IN_HOUSE(a_proposal_is_decided_only_in_the_meeting),
        IN_HOUSE(what_was_approved_stays_and_an_addendum_stands_beside_it),
        IN_HOUSE(an_open_decision_appears_until_it_is_done),
        IN_HOUSE(who_takes_no_part_does_not_see_it),
    };
    static const Catalogue catalogue = { .types = types, .types_len = countof(types) };

    house_catalogue = &catalogue;
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
