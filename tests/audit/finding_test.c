/* SPDX-License-Identifier: Apache-2.0
 * Findings: each step of 4.10 once, each guard met once. */
#include "../support/world_audit.h"
#include "audit/finding.h"
#include "audit/request.h"
#include "audit/team.h"
#include "org/risk.h"
#include "org/role.h"

#define NO_TO_ALL "{'element_missing':false,'serious_doubt':false,'several_minors':false,'earlier_not_effective':false}"

static Outcome *finding(Audits *a, Id who, const char *verb, const char *json)
{
    return audits_try(a, who, &finding_type, verb, "F-100", json);
}

static Finding stored(Audits *a, Id id)
{
    Finding record;
    house_load(a->h, &finding_type, id, &record);
    return record;
}

/* A finding of Noor's in fieldwork, as far as `state` of the way to its issue. */
static Id a_finding(Audits *a, const char *kind, const char *significance, int state)
{
    an_audit(a, AUDIT_FIELDWORK);
    Id id = audits_must(
        a, a->noor, &finding_type, "draft", "",
        str_to_c(a->h->t->arena,
                 str_fmt(a->h->t->arena,
                         "{'number':'F-100','audit':'IA-26-05','kind':'%s','significance':'%s','title':'Keys',"
                         "'criteria':'Every laptop','condition':'11 of 140 laptops show no key','process':'PR-11',"
                         "'evidence_text':'Export of 9 November','refs':['A.8.1']}",
                         kind, significance)));
    if (state >= FINDING_IN_REVIEW) assert_done(finding(a, a->noor, "submit", ""));
    if (state >= FINDING_REVIEWED) assert_done(finding(a, a->elias, "accept", NO_TO_ALL));
    if (state >= FINDING_PRESENTED) assert_done(finding(a, a->elias, "present", "{'to':'p-it'}"));
    if (state >= FINDING_AGREED) assert_done(finding(a, a->jonas, "agree", "{}"));
    if (state >= FINDING_ISSUED) assert_done(finding(a, a->elias, "issue", "{'issued':'early'}"));
    return id;
}

static void a_nonconformity_goes_from_draft_to_issue(void **state)
{
    Audits *a   = *state;
    Finding now = stored(a, a_finding(a, "minor_nc", "medium", FINDING_ISSUED));

    assert_int_equal(now.head.state, FINDING_ISSUED);
    assert_true(id_eq(now.owner, a->jonas));
    assert_true(id_eq(now.written_by, a->noor));
    assert_true(date_eq(now.comment_until, day("2026-11-11")));
    assert_true(date_eq(now.issued_on, day("2026-11-09")));
    assert_int_equal(now.element_missing, NO);
}

static void a_number_is_given_when_the_auditee_sees_it(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    Id id         = audits_must(a, a->noor, &finding_type, "draft", "",
                                "{'audit':'IA-26-05','kind':'ofi','significance':'low','title':'T','condition':'c','process':'"
                                        "PR-11','refs':['A.8.1']}");
    Finding draft = stored(a, id);
    assert_true(str_starts(draft.head.number, STR("D-")));
    const char *number = str_to_c(a->h->t->arena, draft.head.number);

    audits_must(a, a->noor, &finding_type, "submit", number, "");
    audits_must(a, a->elias, &finding_type, "accept", number, "{}");
    audits_must(a, a->elias, &finding_type, "present", number, "{}");

    assert_true(str_eq_c(stored(a, id).head.number, "F-001"));
}

static void a_finding_without_requirement_or_evidence_is_not_submitted(void **state)
{
    Audits *a = *state;
    a_finding(a, "minor_nc", "medium", FINDING_DRAFT);
    assert_done(finding(a, a->noor, "edit", "{'refs':[],'evidence_text':'','condition':'','criteria':''}"));

    Outcome *got = finding(a, a->noor, "submit", "");

    assert_refusal(got, "submit-1", "what is required and what was found", NULL);
    assert_refusal(got, "submit-2", "requirement", NULL);
    assert_refusal(got, "submit-2", "evidence", NULL);
}

static void wording_warns_and_does_not_stand_in_the_way(void **state)
{
    Audits *a = *state;
    Id id     = a_finding(a, "minor_nc", "medium", FINDING_DRAFT);
    assert_done(finding(a, a->noor, "edit", "{'condition':'Jonas Reuter should have stored 11 of 140 keys'}"));

    assert_done(finding(a, a->noor, "submit", ""));

    Finding now = stored(a, id);
    assert_true(str_has(now.warnings, STR("Jonas Reuter")));
    assert_true(str_has(now.warnings, STR("should")));
}

static void the_cause_of_a_nonconformity_is_not_the_auditors(void **state)
{
    Audits *a = *state;
    a_finding(a, "minor_nc", "medium", FINDING_DRAFT);

    assert_refusal(finding(a, a->noor, "edit", "{'cause_hint':'No rule'}"), "G-15", "without its cause", NULL);
    assert_done(finding(a, a->noor, "edit", "{'kind':'observation','cause_hint':'No rule'}"));
}

static void somebody_in_training_drafts_only(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    audits_must(a, a->elias, &team_member_type, "create", "",
                "{'audit':'IA-26-05','person':'p-au4','part':'in_training','supervisor':'p-au1'}");
    audits_must(a, a->chiara, &finding_type, "draft", "",
                "{'number':'F-100','audit':'IA-26-05','kind':'ofi','significance':'low','title':'T','condition':'c','"
                "refs':['A.8.1']}");

    assert_refusal(finding(a, a->chiara, "submit", ""), "submit-3", "stands behind", "Noor Haddad");
    assert_done(finding(a, a->elias, "submit", ""));
    /* the lead submitted: Noor reads as second reader */
    assert_refusal(finding(a, a->elias, "accept", "{}"), "accept-1", "did not write", "Noor Haddad");
    assert_done(finding(a, a->noor, "accept", "{'second_reader':true}"));
    assert_true(id_eq(stored(a, a->h->got.id).second_reader, a->noor));
}

static void nobody_but_the_lead_accepts_what_others_wrote(void **state)
{
    Audits *a = *state;
    a_finding(a, "ofi", "low", FINDING_IN_REVIEW);

    assert_refusal(finding(a, a->noor, "accept", "{}"), "accept-1", "did not write", "Elias Brandt");
    audits_must(a, a->elias, &team_member_type, "create", "", "{'audit':'IA-26-05','person':'p-au2','part':'auditor'}");
    assert_refusal(finding(a, a->ruben, "accept", "{}"), "accept-2", "lead auditor", "Elias Brandt");
    assert_done(finding(a, a->elias, "return", "{'comment':'Say where'}"));
}

static void a_grade_follows_the_four_answers_or_says_why_not(void **state)
{
    Audits *a = *state;
    a_finding(a, "minor_nc", "medium", FINDING_IN_REVIEW);

    assert_refusal(finding(a, a->elias, "accept", "{'element_missing':true}"), "accept-3", "four questions", NULL);
    const char *one_yes =
        "{'element_missing':true,'serious_doubt':false,'several_minors':false,'earlier_not_effective':false}";
    assert_refusal(finding(a, a->elias, "accept", one_yes), "accept-4", "suggests a major", NULL);
    assert_done(
        finding(a, a->elias, "accept",
                "{'element_missing':true,'serious_doubt':false,'several_minors':false,'earlier_not_effective':false,"
                "'grading_reason':'One old machine'}"));
}

static void a_finding_is_presented_to_the_owner_of_a_process(void **state)
{
    Audits *a = *state;
    a_finding(a, "minor_nc", "medium", FINDING_REVIEWED);
    assert_done(finding(a, a->elias, "edit", "{'process':null}"));

    assert_refusal(finding(a, a->elias, "present", "{}"), "present-1", "process", NULL);
}

static void the_auditee_has_two_working_days_to_comment(void **state)
{
    Audits *a = *state;
    Id id     = a_finding(a, "minor_nc", "medium", FINDING_REVIEWED);
    audits_on(a, "2026-11-13");

    assert_refusal(finding(a, a->elias, "present", "{'comment_until':'2026-11-16'}"), "G-18", "17 Nov 2026", NULL);
    assert_done(finding(a, a->elias, "present", "{'comment_until':'2026-11-17'}"));
    audits_on(a, "2026-11-17");
    assert_refusal(finding(a, a->elias, "issue", "{}"), "G-18", "17 Nov 2026", "Jonas Reuter");
    audits_on(a, "2026-11-18");
    assert_done(finding(a, a->elias, "issue", "{}"));
    assert_int_equal(stored(a, id).issued_with, ISSUED_EARLY);
}

static void a_dispute_is_answered_and_decided(void **state)
{
    Audits *a = *state;
    Id id     = a_finding(a, "minor_nc", "medium", FINDING_PRESENTED);
    audits_must(
        a, a->elias, &evidence_request_type, "create", "",
        "{'number':'ER-26-114','audit':'IA-26-05','text':'Retirement records','asked_of':'p-it','due':'2026-11-18'}");

    assert_done(finding(a, a->jonas, "dispute", "{'reason':'8 are retired'}"));
    assert_true(date_eq(stored(a, id).dispute_due, day("2026-11-16")));
    assert_done(finding(a, a->elias, "answer-dispute", "{'text':'Send the records','request':'ER-26-114'}"));
    assert_int_equal(stored(a, id).head.state, FINDING_DISPUTED);
    assert_done(finding(a, a->elias, "change", "{'reason':'3 of 132 remain'}"));
    assert_done(finding(a, a->elias, "edit", "{'condition':'3 of 132 laptops show no key'}"));
    assert_done(finding(a, a->elias, "present", "{}"));
    assert_done(finding(a, a->jonas, "dispute", "{'reason':'Still wrong'}"));
    assert_done(finding(a, a->elias, "uphold", "{'reason':'The criterion is not met'}"));
    assert_int_equal(stored(a, id).head.state, FINDING_AGREED);
}

static void a_withdrawn_finding_keeps_its_number(void **state)
{
    Audits *a = *state;
    Id id     = a_finding(a, "minor_nc", "medium", FINDING_PRESENTED);
    assert_done(finding(a, a->jonas, "dispute", "{'reason':'All are retired'}"));

    assert_done(finding(a, a->elias, "withdraw", "{'reason':'He is right'}"));

    Finding now = stored(a, id);
    assert_int_equal(now.head.state, FINDING_VOID);
    assert_true(str_eq_c(now.head.number, "F-100"));
}

static void what_was_presented_is_not_edited(void **state)
{
    Audits *a = *state;
    a_finding(a, "minor_nc", "medium", FINDING_PRESENTED);

    assert_refused(finding(a, a->elias, "edit", "{'title':'Other'}"), "state");
}

static void an_observation_is_accepted_done_and_closed(void **state)
{
    Audits *a = *state;
    Id id     = a_finding(a, "observation", "medium", FINDING_ISSUED);

    assert_done(finding(a, a->jonas, "hand-on", "{'to':'p-eng','accepted':'2026-11-09'}"));
    assert_done(finding(a, a->priya, "consider", ""));
    assert_refusal(finding(a, a->priya, "dispose", "{'decision':'accepted','reason':'Good'}"), "dispose-3", "done",
                   NULL);
    assert_done(finding(a, a->priya, "dispose", "{'decision':'accepted','reason':'Good','due':'2027-01-31'}"));
    assert_done(finding(a, a->priya, "implement", "{'text':'Alert added'}"));
    assert_done(finding(a, a->elias, "close", ""));
    assert_int_equal(stored(a, id).disposition, DISPOSED_IMPLEMENTED);
}

static void watching_names_the_day_to_look_again(void **state)
{
    Audits *a = *state;
    a_finding(a, "ofi", "low", FINDING_ISSUED);

    assert_refusal(finding(a, a->jonas, "dispose", "{'decision':'watch','reason':'Wait'}"), "dispose-3", "looks again",
                   NULL);
    assert_done(finding(a, a->jonas, "dispose", "{'decision':'watch','reason':'Wait','review_on':'2027-02-01'}"));
    assert_done(finding(a, a->jonas, "dispose", "{'decision':'corrected','reason':'Done at once'}"));
    assert_int_equal(a->h->got.state, FINDING_CLOSED);
}

static void declining_something_significant_is_the_isms_managers(void **state)
{
    Audits *a = *state;
    a_finding(a, "observation", "high", FINDING_ISSUED);

    assert_refusal(finding(a, a->jonas, "dispose", "{'decision':'declined','reason':'No money'}"), "dispose-2", "High",
                   "Hannah Okoro");
    assert_done(finding(a, a->hannah, "dispose", "{'decision':'declined','reason':'Another way'}"));
    assert_done(finding(a, a->elias, "close", ""));
}

static void a_nonconformity_is_not_disposed_of(void **state)
{
    Audits *a = *state;
    a_finding(a, "minor_nc", "medium", FINDING_ISSUED);

    assert_refused(finding(a, a->jonas, "dispose", "{'decision':'declined','reason':'No'}"), "dispose-1");
    assert_refused(finding(a, a->elias, "share", "{'to':['p-eng']}"), "share-1");
}

static void a_good_practice_is_shared(void **state)
{
    Audits *a = *state;
    Id id     = a_finding(a, "good_practice", "low", FINDING_ISSUED);

    assert_done(finding(a, a->elias, "share", "{'to':['p-eng'],'text':'Told Engineering'}"));
    assert_int_equal(stored(a, id).head.state, FINDING_CLOSED);
}

static void a_conformity_ends_with_its_issue(void **state)
{
    Audits *a = *state;
    assert_int_equal(stored(a, a_finding(a, "conformity", "low", FINDING_ISSUED)).head.state, FINDING_CLOSED);
}

static void a_risk_is_accepted_within_authority_and_for_a_time(void **state)
{
    Audits *a = *state;
    Id id     = a_finding(a, "observation", "high", FINDING_ISSUED);
    audits_must(a, (Id){ 0 }, &risk_type, "create", "", "{'number':'R-041','title':'Old libraries'}");
    audits_must(a, (Id){ 0 }, &role_type, "create", "",
                "{'person':'p-eng','role':'risk_owner','up_to':'medium','scope':['PR-11'],'since':'2020-01-01'}");
    const char *year = "{'risk':'R-041','reason':'r','measure':'m','until':'2027-11-09','endorsed_by':'p-ciso'}";

    assert_refusal(finding(a, a->priya, "accept-risk", year), "G-12", "High", "Ingrid Solbakken");
    assert_refusal(finding(a, a->ingrid, "accept-risk", "{'reason':'r','measure':'m','until':'2027-11-10'}"), "G-12",
                   "9 Nov 2027", NULL);
    assert_done(finding(a, a->ingrid, "accept-risk", year));
    Finding now = stored(a, id);
    assert_int_equal(now.head.state, FINDING_RISK_ACCEPTED);
    assert_false(finding_acceptance_is_over(&now, day("2027-11-09")));
    assert_true(finding_acceptance_is_over(&now, day("2027-11-10")));

    assert_refused(finding(a, a->hannah, "consider", ""), "consider-1");
    audits_on(a, "2027-11-10");
    assert_done(finding(a, a->hannah, "consider", ""));
}

static void type_is_changed_by_two(void **state)
{
    Audits *a = *state;
    Id id     = a_finding(a, "major_nc", "high", FINDING_DRAFT);
    assert_done(finding(a, a->noor, "submit", ""));
    assert_done(
        finding(a, a->elias, "accept",
                "{'element_missing':true,'serious_doubt':false,'several_minors':false,'earlier_not_effective':false}"));
    assert_done(finding(a, a->elias, "present", "{}"));
    assert_done(finding(a, a->jonas, "agree", "{}"));
    assert_done(finding(a, a->elias, "issue", "{}"));

    assert_refusal(finding(a, a->elias, "change-type", "{'kind':'minor_nc','reason':'r','second':'p-it'}"), "G-10",
                   "together", "Ruben Pires");
    assert_done(finding(a, a->elias, "change-type", "{'kind':'minor_nc','reason':'r','second':'p-au2'}"));
    assert_int_equal(stored(a, id).kind, FINDING_MINOR_NC);
}

static void voiding_takes_two_unless_it_is_a_draft(void **state)
{
    Audits *a = *state;
    a_finding(a, "ofi", "low", FINDING_ISSUED);

    assert_refused(finding(a, a->elias, "void", "{'reason':'Twice'}"), "void-1");
    assert_done(finding(a, a->elias, "void", "{'reason':'Twice','second':'p-au2'}"));
    assert_refused(finding(a, a->elias, "void", "{'reason':'Twice','second':'p-au2'}"), "void-1");
}

static void other_sources_register_what_is_no_nonconformity(void **state)
{
    Audits *a    = *state;
    Outcome *got = audits_try(a, a->hannah, &finding_type, "register", "",
                              "{'kind':'minor_nc','significance':'low','title':'T','condition':'c','process':'PR-11'}");
    assert_refusal(got, "register-1", "source", NULL);
    assert_refusal(got, "register-2", "nonconformity", NULL);

    Id id       = audits_must(a, a->hannah, &finding_type, "register", "",
                              "{'kind':'observation','significance':'low','title':'T','condition':'c','process':'PR-11','"
                                    "source':'monitoring'}");
    Finding now = stored(a, id);
    assert_int_equal(now.head.state, FINDING_ISSUED);
    assert_true(str_eq_c(now.head.number, "F-001"));
    assert_true(id_eq(now.owner, a->jonas));
}

static void drafts_stay_with_the_team(void **state)
{
    Audits *a = *state;
    a_finding(a, "minor_nc", "medium", FINDING_REVIEWED);

    assert_int_equal(finding(a, a->jonas, "agree", "{}")->kind, OUTCOME_NOT_FOUND);
    assert_int_equal(finding(a, a->hannah, "agree", "{}")->kind, OUTCOME_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_AUDITS(a_nonconformity_goes_from_draft_to_issue),
        IN_AUDITS(a_number_is_given_when_the_auditee_sees_it),
        IN_AUDITS(a_finding_without_requirement_or_evidence_is_not_submitted),
        IN_AUDITS(wording_warns_and_does_not_stand_in_the_way),
        IN_AUDITS(the_cause_of_a_nonconformity_is_not_the_auditors),
        IN_AUDITS(somebody_in_training_drafts_only),
        IN_AUDITS(nobody_but_the_lead_accepts_what_others_wrote),
        IN_AUDITS(a_grade_follows_the_four_answers_or_says_why_not),
        IN_AUDITS(a_finding_is_presented_to_the_owner_of_a_process),
        IN_AUDITS(the_auditee_has_two_working_days_to_comment),
        IN_AUDITS(a_dispute_is_answered_and_decided),
        IN_AUDITS(a_withdrawn_finding_keeps_its_number),
        IN_AUDITS(what_was_presented_is_not_edited),
        IN_AUDITS(an_observation_is_accepted_done_and_closed),
        IN_AUDITS(watching_names_the_day_to_look_again),
        IN_AUDITS(declining_something_significant_is_the_isms_managers),
        IN_AUDITS(a_nonconformity_is_not_disposed_of),
        IN_AUDITS(a_good_practice_is_shared),
        IN_AUDITS(a_conformity_ends_with_its_issue),
        IN_AUDITS(a_risk_is_accepted_within_authority_and_for_a_time),
        IN_AUDITS(type_is_changed_by_two),
        IN_AUDITS(voiding_takes_two_unless_it_is_a_draft),
        IN_AUDITS(other_sources_register_what_is_no_nonconformity),
        IN_AUDITS(drafts_stay_with_the_team),
    };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
