/* SPDX-License-Identifier: Apache-2.0
 * Evidence is written once; requests and interviews know who was asked and what came. */
#include "../support/world_audit.h"
#include "audit/evidence_age.h"
#include "audit/evidence_use.h"
#include "audit/request_remind.h"
#include "base/json.h"
#include "record/row.h"
#include "record/view.h"

static Id an_item(Audits *a)
{
    return audits_must(
        a, a->noor, &evidence_type, "create", "",
        "{'number':'EV-001','title':'Export','kind':'data_extract','audit':'IA-26-05','fact_date':'2026-11-09'}");
}

static void evidence_is_written_once(void **state)
{
    Audits *a = *state;
    Evidence evidence;
    an_audit(a, AUDIT_FIELDWORK);

    Id id = an_item(a);

    assert_int_equal(audits_try(a, a->noor, &evidence_type, "edit", "EV-001", "{'title':'Other'}")->kind,
                     OUTCOME_NOT_FOUND);
    house_load(a->h, &evidence_type, id, &evidence);
    assert_true(id_eq(evidence.obtained_by, a->noor));
    assert_true(date_eq(evidence.obtained_on, day("2026-11-09")));
}

static void undated_evidence_says_why(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);

    const char *undated = "{'title':'Screen','kind':'screenshot','audit':'IA-26-05'}";
    assert_refusal(audits_try(a, a->noor, &evidence_type, "create", "", undated), "evidence-2", "day of the fact",
                   NULL);
    audits_must(a, a->noor, &evidence_type, "create", "",
                "{'title':'Screen','kind':'screenshot','audit':'IA-26-05','undated_reason':'The tool shows no day'}");
    assert_invalid(audits_try(a, a->noor, &evidence_type, "create", "",
                              "{'title':'Screen','kind':'screenshot','audit':'IA-26-05','fact_date':'2026-11-10'}"),
                   "fact_date");
}

static void evidence_belongs_to_what_its_giver_may_see(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);

    assert_refused(
        audits_try(a, a->noor, &evidence_type, "create", "", "{'title':'T','kind':'record','fact_date':'2026-11-09'}"),
        "evidence-1");
    assert_invalid(audits_try(a, a->chiara, &evidence_type, "create", "",
                              "{'title':'T','kind':'record','audit':'IA-26-05','fact_date':'2026-11-09'}"),
                   "audit");
    audits_must(a, a->jonas, &evidence_type, "create", "",
                "{'title':'Mine','kind':'record','audit':'IA-26-05','fact_date':'2026-11-09'}");
}

static void withdrawal_takes_two_people_and_leaves_the_row(void **state)
{
    Audits *a = *state;
    Evidence evidence;
    an_audit(a, AUDIT_FIELDWORK);
    Id id = an_item(a);
    audits_must(a, a->noor, &evidence_type, "ask-withdrawal", "EV-001", "{'reason':'Names of patients'}");

    assert_refusal(audits_try(a, a->noor, &evidence_type, "withdraw", "EV-001", "{'why':'Privacy'}"), "G-14",
                   "second person", "Elias Brandt");
    audits_must(a, a->elias, &evidence_type, "keep", "EV-001", "");
    audits_must(a, a->noor, &evidence_type, "ask-withdrawal", "EV-001", "{'reason':'Names of patients'}");
    audits_must(a, a->elias, &evidence_type, "withdraw", "EV-001", "{'why':'Privacy'}");

    house_load(a->h, &evidence_type, id, &evidence);
    assert_int_equal(evidence.head.state, EVIDENCE_WITHDRAWN);
    assert_true(id_eq(evidence.withdrawn_by, a->noor));
    assert_true(id_eq(evidence.withdrawn_with, a->elias));
    assert_true(str_eq_c(evidence.title, "Export"));
}

/* ---- seen, not copied ---- */

static void what_was_only_seen_says_where_when_who_and_what(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);

    Outcome *got = audits_try(a, a->noor, &evidence_type, "create", "",
                              "{'title':'Vault','kind':'seen_not_copied','audit':'IA-26-05','fact_date':'2026-11-09'}");
    assert_invalid(got, "place");
    assert_invalid(got, "seen_at");
    assert_invalid(got, "source");
    assert_invalid(got, "seen");
    audits_must(
        a, a->noor, &evidence_type, "create", "",
        "{'title':'Vault','kind':'seen_not_copied','audit':'IA-26-05','fact_date':'2026-11-09','place':'Room 3',"
        "'seen_at':'2026-11-09T09:30:00Z','shown_by':'Guard on duty','seen':'Two sealed envelopes'}");
}

/* ---- age and use elsewhere ---- */

static void age_is_counted_from_the_end_of_what_it_covers(void **state)
{
    Evidence evidence = { .fact_date = day("2025-10-01") };
    Audit audit       = { .period_from = day("2026-01-01"), .period_to = day("2026-10-31") };

    EvidenceAge old = evidence_age(&evidence, &audit, day("2026-11-09"));
    assert_int_equal(old.days, 404);
    assert_true(old.is_old && old.is_outside);
    evidence.period_to = day("2026-02-01");
    EvidenceAge fits   = evidence_age(&evidence, &audit, day("2026-11-09"));
    assert_int_equal(fits.days, 281);
    assert_false(fits.is_old || fits.is_outside);
    evidence = (Evidence){ .fact_date = day("2026-11-05") };
    assert_true(evidence_age(&evidence, &audit, day("2026-11-09")).is_outside);
    assert_int_equal(evidence_age(&evidence, NULL, day("2025-01-01")).days, 0);
    assert_true(date_is_none(evidence_age(&(Evidence){ 0 }, &audit, day("2026-11-09")).last));
    (void)state;
}

/* A second audit, led by Gareth, who sees nothing of the first. */
static void another_audit(Audits *a)
{
    audits_must(a, a->elias, &audit_type, "create", "",
                "{'number':'IA-26-06','kind':'internal','title':'Access again','lead':'p-au3','start':'2026-11-16',"
                "'last_day':'2026-11-20','period_from':'2026-11-10'}");
}

static bool sees(Audits *a, Id who, Id item)
{
    Caller caller = { .app = a->h->app, .arena = a->h->t->arena, .who = who, .door = "web" };
    TestStore *t  = a->h->t;
    Call *call;
    bool may;

    must(t, call_open(&caller, CALL_READ, &call, &t->err));
    must(t, view_may_see(call, &evidence_type, item, &may, &t->err));
    call_end(call);
    return may;
}

static void evidence_serves_another_audit_by_a_link(void **state)
{
    static const char use[] = "{'evidence':'EV-001','audit':'IA-26-06','reason':'The export of the quarter'}";
    Audits *a               = *state;
    EvidenceUse used;
    an_audit(a, AUDIT_FIELDWORK);
    Id item = an_item(a);
    another_audit(a);
    assert_false(sees(a, a->gareth, item));

    assert_invalid(audits_try(a, a->gareth, &evidence_use_type, "create", "", use), "evidence");
    Id id = audits_must(a, a->elias, &evidence_use_type, "create", "", use);

    house_load(a->h, &evidence_use_type, id, &used);
    assert_true(used.age_days.set);
    assert_true(id_eq(used.used_by, a->elias));
    assert_true(sees(a, a->gareth, item));
    assert_refused(audits_try(a, a->elias, &evidence_use_type, "create", "", use), "use-2");
    audits_must(a, a->gareth, &evidence_use_type, "void", "EV-001/U-1", "{'why':'Not needed'}");
    assert_false(sees(a, a->gareth, item));
}

static void evidence_of_another_time_says_why_it_counts(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    an_item(a);
    another_audit(a);

    assert_refusal(
        audits_try(a, a->elias, &evidence_use_type, "create", "", "{'evidence':'EV-001','audit':'IA-26-06'}"), "use-3",
        "9 Nov 2026", NULL);
    assert_invalid(audits_try(a, a->elias, &evidence_use_type, "create", "",
                              "{'evidence':'EV-001','audit':'IA-26-05','reason':'x'}"),
                   "audit");
}

static void a_request_is_answered_by_the_person_asked(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_PLAN_AGREED);
    audits_must(a, a->noor, &evidence_request_type, "create", "",
                "{'number':'ER-26-99','audit':'IA-26-05','text':'Log','asked_of':'p-it','due':'2026-11-06'}");

    assert_int_equal(audits_try(a, a->noor, &evidence_request_type, "submit", "ER-26-99", "{}")->kind,
                     OUTCOME_FORBIDDEN);
    assert_could(&a->h->got, "Jonas Reuter");
    audits_must(a, a->jonas, &evidence_request_type, "submit", "ER-26-99", "{'answer':'Here'}");
    audits_must(a, a->noor, &evidence_request_type, "return", "ER-26-99", "{'reason':'Wrong month'}");
    audits_must(a, a->jonas, &evidence_request_type, "submit", "ER-26-99", "{'answer':'Here'}");
    audits_must(a, a->noor, &evidence_request_type, "accept", "ER-26-99", "");
    assert_int_equal(a->h->got.state, REQUEST_ACCEPTED);
}

static void a_request_can_be_withdrawn_or_not_received(void **state)
{
    Audits *a = *state;
    EvidenceRequest request;
    an_audit(a, AUDIT_PLAN_AGREED);
    const char *ask = "{'audit':'IA-26-05','text':'Log','asked_of':'p-it','due':'2026-11-06'}";
    Id first        = audits_must(a, a->noor, &evidence_request_type, "create", "", ask);
    audits_must(a, a->noor, &evidence_request_type, "create", "", ask);

    audits_must(a, a->elias, &evidence_request_type, "withdraw", "ER-26-1", "{'reason':'Found elsewhere'}");
    audits_must(a, a->elias, &evidence_request_type, "not-received", "ER-26-2", "{'reason':'Not kept'}");
    house_load(a->h, &evidence_request_type, first, &request);
    assert_true(str_eq_c(request.reason, "Found elsewhere"));
}

/* ---- lists of requests ---- */

static Outcome *imports(Audits *a, const char *list)
{
    Arena *arena  = a->h->t->arena;
    json_t *input = json_own(arena, json_object());
    Buf text      = buf_open(arena, 1 << 20);

    json_object_set_new(input, "list", json_string(list));
    json_write(&text, input);
    return house_do(a->h, a->elias, &audit_type, "import-requests", "IA-26-05", str_to_c(arena, buf_str(&text)));
}

static int64_t requests_there(Audits *a)
{
    TestStore *t  = a->h->t;
    Caller caller = { .app = a->h->app, .arena = t->arena, .is_system = true, .door = "job" };
    int64_t count = 0;
    Call *call;

    must(t, call_open(&caller, CALL_READ, &call, &t->err));
    must(t, record_count(call, &evidence_request_type, STR("id > 0"), (Binds){ 0 }, &count, &t->err));
    call_end(call);
    return count;
}

static void a_list_of_requests_is_imported(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_PLAN_AGREED);

    Outcome *got = imports(a, "Due,text,asked_of,refs\n2026-11-12,\"Leavers, since June\",p-it,A.5.18; A.8.1\n"
                              "2026-11-13,Backup report,Jonas Reuter,\n");

    assert_done(got);
    assert_int_equal(requests_there(a), 2);
    assert_done(audits_try(a, a->jonas, &evidence_request_type, "submit", "ER-26-2", "{'answer':'Here'}"));
    assert_done(audits_try(a, a->elias, &evidence_request_type, "accept", "ER-26-2", ""));
}

static void assert_says(const Outcome *got, const char *part)
{
    for (size_t i = 0; i < got->invalids.len; i++) {
        if (str_has(got->invalids.at[i].message, str_from_c(part))) return;
    }
    fail_msg("no message says \"%s\"", part);
}

static void each_line_that_does_not_fit_is_named_and_none_is_taken(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_PLAN_AGREED);

    Outcome *got = imports(a, "text,asked_of,due,refs\nGood,p-it,2026-11-12,A.8.1\n,p-it,2026-11-12,\n"
                              "Log,Nobody Here,12.11.2026,A.99.1\nLog,p-it,2020-01-01,,extra\n");

    assert_int_equal(got->kind, OUTCOME_INVALID);
    assert_says(got, "Line 3, text: say what is asked for.");
    assert_says(got, "Line 4, asked_of: there is nobody called \"Nobody Here\".");
    assert_says(got, "Line 4, due: \"12.11.2026\" is no day");
    assert_says(got, "Line 4, refs: there is no clause or control \"A.99.1\".");
    assert_says(got, "Line 5: it has more cells");
    assert_int_equal(requests_there(a), 0);
    assert_says(imports(a, "text,who,due\nx,y,z\n"), "there is no column \"who\"");
    assert_says(imports(a, "text,text,asked_of,due\n"), "\"text\" is there twice");
    assert_says(imports(a, "text,asked_of,due\n"), "no request in the list");
    assert_says(imports(a, "text,asked_of,due\n\"x"), "quote");
    assert_int_equal(requests_there(a), 0);
}

static void reminders_follow_from_the_due_day(void **state)
{
    EvidenceRequest request = { .head     = { .state = REQUEST_OPEN },
                                .asked_on = day("2026-11-06"),
                                .due      = day("2026-11-10") };
    Reminder all[REMINDERS], next;

    assert_int_equal(request_reminders(&request, all), 4);
    assert_true(date_eq(all[0].day, day("2026-11-10")));
    assert_int_equal(all[0].to, REMIND_ASKED);
    assert_true(date_eq(all[3].day, day("2026-12-08")));
    assert_int_equal(all[3].to, REMIND_PROGRAMME);
    assert_true(request_next_reminder(&request, day("2026-11-12"), &next));
    assert_true(date_eq(next.day, day("2026-11-17")));
    assert_int_equal(next.to, REMIND_MANAGER);
    assert_false(request_next_reminder(&request, day("2026-12-09"), &next));
    request.head.state = REQUEST_ACCEPTED;
    assert_int_equal(request_reminders(&request, all), 0);
    (void)state;
}

static void an_interview_is_confirmed_by_the_person(void **state)
{
    Audits *a = *state;
    Interview interview;
    an_audit(a, AUDIT_FIELDWORK);

    assert_invalid(audits_try(a, a->elias, &interview_type, "create", "",
                              "{'audit':'IA-26-05','date':'2026-11-09','auditor':'p-apm','topics':'Ageing'}"),
                   "function");
    Id id = audits_must(a, a->elias, &interview_type, "create", "",
                        "{'audit':'IA-26-05','person':'p-it','date':'2026-11-09','auditor':'p-apm','topics':'Ageing'}");
    audits_must(a, a->jonas, &interview_type, "confirm", "IA-26-05/IV-01", "{}");
    house_load(a->h, &interview_type, id, &interview);
    assert_true(date_eq(interview.confirmed_on, day("2026-11-09")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_AUDITS(evidence_is_written_once),
        IN_AUDITS(undated_evidence_says_why),
        IN_AUDITS(evidence_belongs_to_what_its_giver_may_see),
        IN_AUDITS(withdrawal_takes_two_people_and_leaves_the_row),
        IN_AUDITS(what_was_only_seen_says_where_when_who_and_what),
        IN_AUDITS(age_is_counted_from_the_end_of_what_it_covers),
        IN_AUDITS(evidence_serves_another_audit_by_a_link),
        IN_AUDITS(evidence_of_another_time_says_why_it_counts),
        IN_AUDITS(a_request_is_answered_by_the_person_asked),
        IN_AUDITS(a_request_can_be_withdrawn_or_not_received),
        IN_AUDITS(a_list_of_requests_is_imported),
        IN_AUDITS(each_line_that_does_not_fit_is_named_and_none_is_taken),
        cmocka_unit_test(reminders_follow_from_the_due_day),
        IN_AUDITS(an_interview_is_confirmed_by_the_person),
    };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
