/* SPDX-License-Identifier: Apache-2.0
 * Text checks: what they catch, and what good texts they leave alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "org/wording.h"

static int arena_setup(void **state)
{
    *state = arena_open(16 << 20);
    return *state == NULL;
}

static int arena_teardown(void **state)
{
    arena_close(*state);
    return 0;
}

static StrList people(Arena *arena)
{
    StrList names = { 0 };

    *list_push(arena, &names) = STR("Noor Haddad");
    *list_push(arena, &names) = STR("Femke de Boer");
    *list_push(arena, &names) = STR("J\xC3\xBCrgen M\xC3\xBCller");
    return names;
}

static WordingWarnings check(Arena *arena, FindingWordingKind kind, const char *condition)
{
    WordingWarnings warnings = { 0 };
    StrList names            = people(arena);
    FindingWording finding   = { .kind = kind, .condition = str_from_c(condition), .people = &names };

    wording_check_finding(arena, &finding, &warnings);
    return warnings;
}

static void assert_warns(WordingWarnings warnings, WordingCode code, const char *where)
{
    for (size_t i = 0; i < warnings.len; i++) {
        if (warnings.at[i].code != code) continue;
        assert_non_null(warnings.at[i].text);
        if (!str_eq_c(warnings.at[i].where, where))
            fail_msg("\"%.*s\", expected \"%s\"", STR_ARG(warnings.at[i].where), where);
        return;
    }
    fail_msg("no warning %d for \"%s\"", (int)code, where);
}

static void assert_silent(WordingWarnings warnings, const char *text)
{
    if (warnings.len != 0)
        fail_msg("warning %d at \"%.*s\" for \"%s\"", (int)warnings.at[0].code, STR_ARG(warnings.at[0].where), text);
}

static void should_and_a_name_give_two_warnings(void **state)
{
    WordingWarnings warnings =
        check(*state, FINDING_IS_NONCONFORMITY, "3 of 20 accounts were open; Noor Haddad should have removed them.");

    assert_int_equal(warnings.len, 2);
    assert_warns(warnings, WORDING_NAMES_PERSON, "Noor Haddad");
    assert_warns(warnings, WORDING_SAYS_SHOULD, "should");
}

static void people_are_found_by_surname_given_name_title_and_without_accents(void **state)
{
    FindingWordingKind kind = FINDING_IS_OBSERVATION;

    assert_warns(check(*state, kind, "Haddad approved it."), WORDING_NAMES_PERSON, "Haddad");
    assert_warns(check(*state, kind, "It was approved by Noor."), WORDING_NAMES_PERSON, "Noor");
    assert_warns(check(*state, kind, "de Boer's review is missing"), WORDING_NAMES_PERSON, "Boer");
    assert_warns(check(*state, kind, "the list of Mr Smith"), WORDING_NAMES_PERSON, "Mr Smith");
    assert_warns(check(*state, kind, "signed by Jurgen Muller"), WORDING_NAMES_PERSON, "Jurgen Muller");
    assert_silent(check(*state, kind, "The boer goat and the noor river"), "lower case");
}

static void blame_words_are_found_in_any_form(void **state)
{
    FindingWordingKind kind = FINDING_IS_OBSERVATION;

    assert_warns(check(*state, kind, "The logs were kept CARELESSLY."), WORDING_BLAMES, "CARELESSLY");
    assert_warns(check(*state, kind, "The team didn\xE2\x80\x99t bother to check."), WORDING_BLAMES,
                 "didn\xE2\x80\x99t bother");
    assert_silent(check(*state, kind, "The default setting has a technical fault."), "fault");
}

static void numbers_are_asked_of_nonconformities_only(void **state)
{
    assert_warns(check(*state, FINDING_IS_NONCONFORMITY, "Some leavers had accounts."), WORDING_NO_NUMBERS, "");
    assert_warns(check(*state, FINDING_IS_NONCONFORMITY, "Not tested since 03/2025."), WORDING_NO_NUMBERS, "");
    assert_silent(check(*state, FINDING_IS_OFI, "Use of emergency accounts is logged but nobody is told at once."),
                  "OFI");
}

static void numbers_have_many_forms(void **state)
{
    static const char *const good[] = { "3 of 20 leavers had accounts.",    "7 of the 20 sampled leavers had accounts.",
                                        "Two out of five tests failed.",    "None of the 12 sets was tested.",
                                        "All 8 switches had the old time.", "3/25 records were empty.",
                                        "Both sites had no register.",      "3 of the last 12 reviews were late." };

    for (size_t i = 0; i < countof(good); i++)
        assert_silent(check(*state, FINDING_IS_NONCONFORMITY, good[i]), good[i]);
}

static void numbers_may_stand_in_the_extent(void **state)
{
    WordingWarnings warnings = { 0 };
    FindingWording finding   = { FINDING_IS_NONCONFORMITY, STR("Leavers had accounts."), STR("7 of 20 sampled"), NULL };

    wording_check_finding(*state, &finding, &warnings);

    assert_silent(warnings, "extent");
}

static void an_improvement_that_breaks_a_rule_is_a_nonconformity(void **state)
{
    const char *text = "The review does not comply with standard 5.";

    assert_warns(check(*state, FINDING_IS_OFI, text), WORDING_OFI_BREAKS_RULE, "does not comply");
    assert_silent(check(*state, FINDING_IS_OBSERVATION, text), text);
}

static void causes_that_only_blame_are_known(void **state)
{
    static const char *const blame[] = {
        "People forgot",
        "Human error.",
        "human error by the administrator",
        "The engineer forgot to remove the account",
        "Lack of awareness among staff",
        "There was no time for it",
        "7 accounts of leavers were not disabled due to human error",
        "The reviews were late because the team was too busy",
        "Staff weren't aware of the rule; it was simply overlooked",
        "Forgotten, again",
        "Mistake by the operator",
        "Carelessness",
        "Forgotten, as always", /* one word with a meaning explains nothing */
    };

    for (size_t i = 0; i < countof(blame); i++)
        if (!wording_is_blame_only(*state, str_from_c(blame[i]))) fail_msg("not seen as blame: %s", blame[i]);
}

static void causes_that_say_what_allowed_it_pass(void **state)
{
    static const char *const good[] = {
        "",
        "A ticket can be closed without review",
        "The incident lead rotates weekly; nobody owns the review after rotation",
        "Human error, because the form has no field for the end date",
        "People forgot and the tool sends no reminder before the due day",
        "Rule is not part of support onboarding",
        "The only barrier is the receptionist, who leaves at 16:00, while the door stays on day mode until 18:30",
        "Owner left without handover; backup sets are not in the catalogue",
        "Contractors have no end-date event in the HR system, so nothing starts the removal",
        "Auditor competence sits in the HR training list, without criteria and without owner",
    };

    for (size_t i = 0; i < countof(good); i++)
        if (wording_is_blame_only(*state, str_from_c(good[i]))) fail_msg("seen as blame: %s", good[i]);
}

static void a_cause_that_repeats_the_condition_is_asked_why(void **state)
{
    WordingWarnings warnings = { 0 }, other = { 0 };
    Str condition = STR("3 of 10 incidents had no review; 2 more were late by 20 and 34 days.");

    wording_check_cause(*state, STR("Incidents had no review"), condition, &warnings);
    wording_check_cause(*state, STR("A ticket can be closed without review"), condition, &other);

    assert_warns(warnings, WORDING_CAUSE_IS_CONDITION, "Incidents had no review");
    assert_silent(other, "ticket");
}

static void a_blaming_cause_is_asked_what_allowed_it(void **state)
{
    WordingWarnings warnings = { 0 };

    wording_check_cause(*state, STR("People forgot"), STR("3 of 10 incidents had no review"), &warnings);

    assert_int_equal(warnings.len, 1);
    assert_warns(warnings, WORDING_CAUSE_ONLY_BLAMES, "People forgot");
}

static void reminding_does_not_mend_a_tool(void **state)
{
    WordingWarnings warnings = { 0 }, fine = { 0 };

    wording_check_action(*state, STR("Reminder to the incident leads"), CAUSE_IN_TOOL_OR_RULE, &warnings);
    wording_check_action(*state, STR("Be more careful"), CAUSE_IN_TOOL_OR_RULE, &warnings);
    wording_check_action(*state, STR("Reminder to the incident leads"), CAUSE_IN_PEOPLE_OR_OTHER, &fine);
    wording_check_action(*state, STR("Configure the tool to remind the owner"), CAUSE_IN_TOOL_OR_RULE, &fine);
    wording_check_action(*state, STR("Ticket cannot be closed without linked review"), CAUSE_IN_TOOL_OR_RULE, &fine);

    assert_int_equal(warnings.len, 2);
    assert_warns(warnings, WORDING_ACTION_ONLY_REMINDS, "Reminder");
    assert_silent(fine, "fine");
}

static void empty_and_odd_texts_are_harmless(void **state)
{
    WordingWarnings warnings = { 0 };
    FindingWording finding   = { 0 };

    finding.kind = FINDING_IS_OTHER;
    wording_check_finding(*state, &finding, &warnings);
    wording_check_cause(*state, STR(""), STR(""), &warnings);
    wording_check_action(*state, STR("'' ... 3/ /3 \xE2\x80\xA8"), CAUSE_IN_TOOL_OR_RULE, &warnings);

    assert_silent(warnings, "empty");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(should_and_a_name_give_two_warnings),
        cmocka_unit_test(people_are_found_by_surname_given_name_title_and_without_accents),
        cmocka_unit_test(blame_words_are_found_in_any_form),
        cmocka_unit_test(numbers_are_asked_of_nonconformities_only),
        cmocka_unit_test(numbers_have_many_forms),
        cmocka_unit_test(numbers_may_stand_in_the_extent),
        cmocka_unit_test(an_improvement_that_breaks_a_rule_is_a_nonconformity),
        cmocka_unit_test(causes_that_only_blame_are_known),
        cmocka_unit_test(causes_that_say_what_allowed_it_pass),
        cmocka_unit_test(a_cause_that_repeats_the_condition_is_asked_why),
        cmocka_unit_test(a_blaming_cause_is_asked_what_allowed_it),
        cmocka_unit_test(reminding_does_not_mend_a_tool),
        cmocka_unit_test(empty_and_odd_texts_are_harmless),
    };

    return cmocka_run_group_tests_name("wording", tests, arena_setup, arena_teardown);
}
