/* SPDX-License-Identifier: Apache-2.0
 * The page of a nonconformity and the register: what they say, to whom, and at what cost. With CASE_PAGES=FOLDER in the
 * environment the pages are kept there, to be looked at in a browser. */
#include <stdio.h>
#include <stdlib.h>

#include "../support/world_case.h"
#include "action/action.h"
#include "action/analysis.h"
#include "action/nonconformity.h"
#include "org/person.h"
#include "visitor.h"

/* ---- keeping pages ---- */

static void keep(Visitor *v, const char *name)
{
    const char *folder = getenv("CASE_PAGES");

    if (folder == NULL) return;
    FILE *file = fopen(str_to_c(v->arena, str_fmt(v->arena, "%s/%s.html", folder, name)), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(v->page.ptr, 1, v->page.len, file), v->page.len);
    fclose(file);
}

/* ---- the page of a case ---- */

static void a_case_shows_its_five_parts(void **state)
{
    House *h = *state;
    action_begin(h);
    the_restore_case_waiting(h);
    Visitor v = visitor_at(h);
    visitor_signs_in(&v, "dan");

    visitor_opens(&v, "/nonconformities/F-001");

    assert_answered(&v, 200);
    keep(&v, "waiting");
    assert_page_has(&v, "1 What was found");
    assert_page_has(&v, "Backup standard 5");
    assert_page_has(&v, "all together (AND)");
    assert_page_has(&v, "against: R3");
    assert_page_has(&v, "Catalogue export");
    assert_page_has(&v, "Re-performed: Restore in 3 h 05 min");
    assert_page_has(&v, "two quarterly tests in a row");
    assert_page_has(&v, "version 4, restore times measured");
    assert_page_has(&v, "not answered yet");
    assert_page_has(&v, "first 12 Feb 2027");
    visitor_leaves(&v);
}

static void a_case_says_who_is_waited_for_and_why(void **state)
{
    House *h = *state;
    action_begin(h);
    the_restore_case_waiting(h);
    Visitor v = visitor_at(h);
    visitor_signs_in(&v, "ben");

    visitor_opens(&v, "/nonconformities/F-001");

    assert_page_has(&v, "“Review effectiveness” waits for Cleo Chief");
    assert_page_has(&v, "waiting period lasts until");
    assert_page_has(&v, "/rules/");
    visitor_leaves(&v);
}

static void what_is_missing_stands_in_a_gate_for_whoever_is_asked(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_in_analysis(h, "minor_nc");
    Visitor v = visitor_at(h);
    visitor_signs_in(&v, "ben");

    visitor_opens(&v, "/nonconformities/F-001");

    keep(&v, "analysis");
    assert_page_has(&v, "Before “Submit plan”");
    assert_page_has(&v, "R-102-5");
    assert_page_has(&v, "#part-2");
    assert_page_has(&v, "/root-causes/new?nonconformity=F-001");
    assert_page_has(&v, "/actions/new?nonconformity=F-001");
    assert_page_has(&v, "aria-disabled=\"true\"");
    visitor_leaves(&v);
}

static void whoever_may_act_has_one_button_for_it(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_assigned(h, "minor_nc");
    Visitor v = visitor_at(h);
    visitor_signs_in(&v, "ben");
    visitor_opens(&v, "/nonconformities/F-001");
    keep(&v, "assigned");
    assert_page_has(&v, "It is your turn: acknowledge");

    visitor_sends(&v, "/nonconformities/F-001/acknowledge", "");
    visitor_follows(&v);

    assert_page_has(&v, "Acknowledged");
    visitor_leaves(&v);
}

static void an_owner_claims_from_the_row_of_his_action(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_in_progress(h, "minor_nc");
    Visitor v = visitor_at(h);
    visitor_signs_in(&v, "ben");

    visitor_opens(&v, "/nonconformities/F-001");

    assert_page_has(&v, "0 of 1 actions are done");
    assert_page_has(&v, "/actions/CA-001-1/claim-done");
    assert_page_has(&v, "/evidence/upload?action=CA-001-1");
    visitor_leaves(&v);
}

static void a_case_as_of_a_day_has_nothing_to_do(void **state)
{
    House *h = *state;
    action_begin(h);
    the_restore_case_under_way(h);
    Visitor v = visitor_at(h);
    visitor_signs_in(&v, "ben");

    visitor_opens(&v, "/nonconformities/F-001?as-of=2026-11-17");

    assert_answered(&v, 200);
    keep(&v, "as-of");
    assert_page_has(&v, "As it stood on 17 Nov 2026");
    assert_page_has(&v, "Back to today");
    assert_page_has(&v, "Analysis");
    assert_page_lacks(&v, "plan approved by");
    assert_page_lacks(&v, "Claim done");
    assert_page_lacks(&v, "/root-causes/new");
    visitor_leaves(&v);
}

static void a_case_of_others_is_not_there(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_assigned(h, "minor_nc");
    house_must(h, (Id){ 0 }, &person_type, "create", "", "{\"number\":\"p-eve\",\"name\":\"Eve Ende\"}");
    Visitor v = visitor_at(h);
    visitor_signs_in(&v, "eve");

    visitor_opens(&v, "/nonconformities/F-001");

    assert_answered(&v, 404);
    assert_page_lacks(&v, "Backups are not restored");
    visitor_leaves(&v);
}

static void the_short_address_leads_to_the_case(void **state)
{
    House *h = *state;
    action_begin(h);
    Visitor v = visitor_at(h);
    visitor_signs_in(&v, "ben");

    visitor_opens(&v, "/nc/F-001");

    assert_answered(&v, 303);
    check_str(v.location, "/nonconformities/F-001");
    visitor_leaves(&v);
}

/* ---- the register ---- */

static void several_cases(House *h)
{
    action_begin(h);
    the_restore_case_under_way(h);
    house_must(
        h, h->dan, &nonconformity_type, "register", "",
        "{\"source\":\"complaint\",\"source_ref\":\"CMP-118\",\"title\":\"Customer told late of a new "
        "sub-processor\",\"condition\":\"Told 9 days after the change.\",\"process\":\"PR-01\",\"refs\":[\"A.8.13\"]}");
    house_must(h, h->ada, &nonconformity_type, "confirm", "F-002",
               "{\"kind\":\"minor_nc\",\"significance\":\"medium\"}");
    house_must(h, h->dan, &nonconformity_type, "register", "",
               "{\"source\":\"incident\",\"source_ref\":\"INC-2026-031\",\"title\":\"Tenant list copied to a private "
               "drive\",\"condition\":\"One file of 2,114 lines.\",\"process\":\"PR-01\",\"refs\":[\"A.8.13\"]}");
    days_pass(h, 12);
}

static void the_register_counts_its_views_and_says_what_comes_next(void **state)
{
    House *h = *state;
    several_cases(h);
    Visitor v = visitor_at(h);
    visitor_signs_in(&v, "ada");

    visitor_opens(&v, "/nonconformities");

    assert_answered(&v, 200);
    keep(&v, "register");
    assert_page_has(&v, "Waits for me");
    assert_page_has(&v, "/nonconformities?view=late");
    assert_page_has(&v, "complaint <span class=\"nobr\">CMP-118");
    assert_page_has(&v, "confirm or reject");
    assert_page_has(&v, "days late");
    assert_page_has(&v, "open nonconformities");
    assert_page_has(&v, "Nonconformities\n<span class=\"n n-late\">");
    visitor_leaves(&v);
}

static void a_view_and_its_filters_live_in_the_address(void **state)
{
    House *h = *state;
    several_cases(h);
    Visitor v = visitor_at(h);
    visitor_signs_in(&v, "ada");

    visitor_opens(&v, "/nonconformities?view=outside&kind=minor_nc");
    assert_page_has(&v, "Customer told late");
    assert_page_lacks(&v, "Tenant list copied");
    assert_page_has(&v, "view=outside&amp;kind=minor_nc&amp;show=board");

    visitor_opens(&v, "/nonconformities?view=late&kind=major_nc&source=incident");
    keep(&v, "register-nothing");
    assert_page_has(&v, "Nothing matches these conditions");
    visitor_opens(&v, "/nonconformities?view=closed");
    assert_page_has(&v, "No nonconformity is closed yet");
    visitor_opens(&v, "/nonconformities?view=never");
    assert_answered(&v, 404);
    visitor_leaves(&v);
}

static void a_view_is_a_file_too(void **state)
{
    House *h = *state;
    several_cases(h);
    Visitor v = visitor_at(h);
    visitor_signs_in(&v, "ada");

    visitor_opens(&v, "/nonconformities?view=outside&kind=minor_nc");
    assert_page_has(&v, "/nonconformities.csv?view=outside&amp;kind=minor_nc");
    visitor_opens(&v, "/nonconformities.csv?view=outside&kind=minor_nc");

    assert_answered(&v, 200);
    check_str(v.response.type, "text/csv; charset=utf-8");
    assert_page_has(&v, "Customer told late");
    assert_page_lacks(&v, "Tenant list copied");
    visitor_opens(&v, "/nonconformities.csv?view=never");
    assert_answered(&v, 404);
    visitor_opens(&v, "/nonconformities.csv?colour=blue");
    assert_answered(&v, 422);
    visitor_leaves(&v);
}

static void the_board_has_a_column_for_each_state(void **state)
{
    House *h = *state;
    several_cases(h);
    Visitor v = visitor_at(h);
    visitor_signs_in(&v, "ada");

    visitor_opens(&v, "/nonconformities?show=board");

    keep(&v, "register-board");
    assert_page_has(&v, "Board by state");
    assert_page_has(&v, "In progress<span>1</span>");
    assert_page_lacks(&v, "Closed<span>");
    visitor_leaves(&v);
}

static void an_empty_register_says_where_cases_come_from(void **state)
{
    House *h = *state;
    action_begin(h);
    Visitor v = visitor_at(h);
    visitor_signs_in(&v, "ada");

    visitor_opens(&v, "/nonconformities");

    keep(&v, "register-empty");
    assert_page_has(&v, "No nonconformity yet");
    assert_page_has(&v, "Register the first");
    visitor_leaves(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_HOUSE(a_case_shows_its_five_parts),
        IN_HOUSE(a_case_says_who_is_waited_for_and_why),
        IN_HOUSE(what_is_missing_stands_in_a_gate_for_whoever_is_asked),
        IN_HOUSE(whoever_may_act_has_one_button_for_it),
        IN_HOUSE(an_owner_claims_from_the_row_of_his_action),
        IN_HOUSE(a_case_as_of_a_day_has_nothing_to_do),
        IN_HOUSE(a_case_of_others_is_not_there),
        IN_HOUSE(the_short_address_leads_to_the_case),
        IN_HOUSE(the_register_counts_its_views_and_says_what_comes_next),
        IN_HOUSE(a_view_and_its_filters_live_in_the_address),
        IN_HOUSE_ON(sqlite, a_view_is_a_file_too),
        IN_HOUSE(the_board_has_a_column_for_each_state),
        IN_HOUSE(an_empty_register_says_where_cases_come_from),
    };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
