/* SPDX-License-Identifier: Apache-2.0
 * Guards at the end of an audit: issuing the report (4.16), handing over, closing, and cancelling what the programme
 * needs. */
#include "audit/audit.h"
#include "audit/audit_guards.h"
#include "audit/casework.h"
#include "audit/finding.h"
#include "audit/part.h"
#include "audit/programme.h"
#include "audit/report.h"
#include "audit/say.h"
#include "audit/team.h"
#include "org/calendar.h"
#include "org/evaluation.h"
#include "org/requirement.h"
#include "record/registry.h"
#include "record/row.h"

#include "audit/audit_input.h"

/* ------------------------------------------------------------------------------------------------------- the report */

/* issue-report-1 (4.16): all parts that must be there are. */
bool guard_report_is_complete(Call *call, const void *record, Err *err)
{
    const Audit *audit = record;
    Report report;
    StrList missing = { 0 };
    bool found;

    if (audit->held_before == YES) return true;
    if (!report_of(call, audit->head.id, &report, &found, err)) return false;
    if (!found) {
        refuse_with(call, "issue-report-1", STR("there is no report yet"), "Write the report first.");
        return true;
    }
    if (!report_missing_parts(call, &report, &missing, err)) return false;
    if (missing.len > 0) {
        refuse_with(
            call, "issue-report-1",
            str_fmt(call->arena, "parts of the report are empty: %.*s", STR_ARG(str_sentence(call->arena, &missing))),
            "Write them; where there is nothing to say, say that.");
    }
    return true;
}

/* issue-report-2: no finding waits to be read. */
bool guard_findings_are_read(Call *call, const void *record, Err *err)
{
    const Audit *audit   = record;
    FindingList findings = { 0 };
    StrList open         = { 0 };

    if (!finding_list_of(call, audit->head.id, &findings, err)) return false;
    for (size_t i = 0; i < findings.len; i++) {
        if (findings.at[i].head.state <= FINDING_IN_REVIEW) *list_push(call->arena, &open) = findings.at[i].head.number;
    }
    if (open.len > 0)
        refuse_with(call, "issue-report-2",
                    str_fmt(call->arena, "findings not read yet: %.*s", STR_ARG(str_sentence(call->arena, &open))),
                    "Accept them and present them to the auditee, or void them.");
    return true;
}

/* G-08: whoever approves a report is not its only author; a single auditor is named as such in the report. */
bool guard_report_approver_is_apart(Call *call, const void *record, Err *err)
{
    const Audit *audit         = record;
    const IssueReportInput *in = call->input;
    Report report;
    bool found, lifts;

    if (audit->single_auditor == YES || in == NULL) return true;
    if (!report_of(call, audit->head.id, &report, &found, err)) return false;
    Id author = !id_is_none(in->author) ? in->author : found ? report.author : audit->lead;
    if (!id_eq(author, call->who)) return true;
    if (!override_lifts(call, audit->head.id, "G-08", call->who, &audit->refs, &lifts, err)) return false;
    if (lifts) return true;
    refuse(call,
           (Refusal){ .rule    = STR("G-08"),
                      .missing = STR("an approver who is not the only author of the report"),
                      .could   = people_who_could(call, guard_report_approver_is_apart, record),
                      .next    = call_text(call, "Name another approver in the audit, ask for an override (G-20), or "
                                                    "mark that a single auditor worked alone: the report then says so.") });
    return true;
}

/* R-922-6: a report later than the programme allows says why. Counted in the lead's working days from the closing
 * meeting. */
bool guard_report_is_in_time(Call *call, const void *record, Err *err)
{
    const Audit *audit         = record;
    const IssueReportInput *in = call->input;
    Workdays workdays;
    Programme programme;
    Report report;
    bool found, written;

    if (in == NULL || str_trim(in->late_reason).len > 0) return true;
    if (!record_load(call, &programme_type, audit->programme, &programme, &found, err)) return false;
    if (!report_of(call, audit->head.id, &report, &written, err)) return false;
    if (!found || !programme.report_days.set || str_trim(report.late_reason).len > 0) return true;
    if (!calendar_of_person(call, audit->lead, &workdays, err)) return false;
    Date due = workday_add(&workdays, audit->real_end, (int32_t)programme.report_days.value);
    if (!date_before(due, call->today)) return true;
    refuse_with(call, "R-922-6",
                str_fmt(call->arena, "the report was due on %.*s, and it is not said why it is late",
                        STR_ARG(date_to_human(call->arena, due))),
                "Give the reason; auditee and programme manager see it.");
    return true;
}

/* ------------------------------------------------------------------------------------------------------- follow-up and
 * close */

/* start-follow-up-1: every finding is handed over. */
bool guard_findings_are_issued(Call *call, const void *record, Err *err)
{
    const Audit *audit   = record;
    FindingList findings = { 0 };
    StrList open         = { 0 };

    if (!finding_list_of(call, audit->head.id, &findings, err)) return false;
    for (size_t i = 0; i < findings.len; i++) {
        if (findings.at[i].head.state < FINDING_ISSUED) *list_push(call->arena, &open) = findings.at[i].head.number;
    }
    if (open.len > 0)
        refuse_with(call, "start-follow-up-1",
                    str_fmt(call->arena, "findings not issued yet: %.*s", STR_ARG(str_sentence(call->arena, &open))),
                    "Issue them first.");
    return true;
}

/* R-922-10: whoever answers for an audited process has got the report. */
bool guard_report_is_distributed(Call *call, const void *record, Err *err)
{
    const Audit *audit = record;
    IdList owners = { 0 }, missing = { 0 };

    if (!audit_is_ours(audit)) return true;
    if (!audit_process_owners(call, audit, &owners, err)) return false;
    for (size_t i = 0; i < owners.len; i++) {
        int64_t count;
        if (!record_count(call, &distribution_type, STR("audit = $1 AND receiver = $2 AND sent_on > 0 AND state <> 4"),
                          BINDS(BIND_ID(audit->head.id), BIND_ID(owners.at[i])), &count, err))
            return false;
        if (count == 0) id_list_add(call->arena, &missing, owners.at[i]);
    }
    if (missing.len == 0) return true;
    StrList names = people_names(call, &missing);
    refuse_with(call, "R-922-10",
                str_fmt(call->arena, "the report was not sent to %.*s, who answers for an audited process",
                        STR_ARG(str_sentence(call->arena, &names))),
                "Send the report to them.");
    return true;
}

/* Auditors to be evaluated after the audit: lead and team, but not the programme manager, who is evaluated yearly. */
static bool auditors_to_evaluate(Call *call, const Audit *audit, IdList *people, Err *err)
{
    IdList team = { 0 };
    Programme programme;
    bool found;

    if (!record_load(call, &programme_type, audit->programme, &programme, &found, err)) return false;
    if (!audit_team(call, audit, &team, err)) return false;
    for (size_t i = 0; i < team.len; i++) {
        if (!found || !id_eq(team.at[i], programme.manager)) id_list_add(call->arena, people, team.at[i]);
    }
    return true;
}

/* close-1: every auditor is evaluated after the audit (ISO 19011 7.4). */
bool guard_auditors_are_evaluated(Call *call, const void *record, Err *err)
{
    const Audit *audit   = record;
    const CloseInput *in = call->input;
    IdList people = { 0 }, missing = { 0 };

    if (!audit_is_ours(audit)) return true;
    if (audit->held_before == YES && (in == NULL || str_trim(in->no_evaluations).len > 0)) return true;
    if (!auditors_to_evaluate(call, audit, &people, err)) return false;
    for (size_t i = 0; i < people.len; i++) {
        int64_t count;
        if (!record_count(
                call, &evaluation_type,
                STR("audit = $1 AND state = 1 AND qualification IN (SELECT id FROM qualification WHERE person = $2)"),
                BINDS(BIND_ID(audit->head.id), BIND_ID(people.at[i])), &count, err))
            return false;
        if (count == 0) id_list_add(call->arena, &missing, people.at[i]);
    }
    if (missing.len == 0) return true;
    StrList names = people_names(call, &missing);
    refuse_with(
        call, "close-1",
        str_fmt(call->arena, "no evaluation after this audit of %.*s", STR_ARG(str_sentence(call->arena, &names))),
        "Evaluate them first.");
    return true;
}

/* close-2: lessons are written down. */
bool guard_lessons_are_written(Call *call, const void *record, Err *err)
{
    const CloseInput *in = call->input;

    (void)err;
    if (in == NULL || !audit_is_ours(record) || str_trim(in->lessons).len > 0) return true;
    refuse_with(call, "close-2", STR("lessons of this audit"), "Write what the next audit shall do better, or keep.");
    return true;
}

static bool finding_is_in_hand(Call *call, const Finding *finding, bool *is, Err *err)
{
    const Casework *casework = registry_service(call->app->registry, CASEWORK_SERVICE);

    *is = !id_is_none(finding->owner) && finding->head.state > FINDING_ISSUED;
    if (!finding_is_nonconformity(finding) || finding->head.state > FINDING_ISSUED) return true;
    *is = false;
    return casework == NULL || casework->is_in_hand(call, finding->head.id, is, err);
}

/* close-3: every finding has an owner and is beyond the first answer. Open corrective actions do not stand in the way.
 */
bool guard_findings_are_in_hand(Call *call, const void *record, Err *err)
{
    const Audit *audit   = record;
    FindingList findings = { 0 };
    StrList open         = { 0 };

    if (!finding_list_of(call, audit->head.id, &findings, err)) return false;
    for (size_t i = 0; i < findings.len; i++) {
        bool is_in_hand;
        if (!finding_is_in_hand(call, &findings.at[i], &is_in_hand, err)) return false;
        if (!is_in_hand) *list_push(call->arena, &open) = findings.at[i].head.number;
    }
    if (open.len > 0)
        refuse_with(call, "close-3",
                    str_fmt(call->arena, "nobody has taken up %.*s", STR_ARG(str_sentence(call->arena, &open))),
                    "Ask the owners to go on: analysis for a nonconformity, a disposition for the rest.");
    return true;
}

/* cancel-1: what only this audit covers in the programme is given up by the approver of the programme alone. */
bool guard_coverage_is_kept(Call *call, const void *record, Err *err)
{
    const Audit *audit = record;
    IdList needed = audit->refs, approver = { 0 };
    AuditList others = { 0 };
    Programme programme;
    Str numbers;
    bool found;

    if (!audit_is_ours(audit)) return true;
    if (!record_load(call, &programme_type, audit->programme, &programme, &found, err)) return false;
    if (!found || id_eq(call->who, programme.approver)) return true;
    if (!record_list(call, &audit_type, &others,
                     STR("programme = $1 AND id <> $2 AND state <> 11 AND kind <= 3 ORDER BY id"),
                     BINDS(BIND_ID(audit->programme), BIND_ID(audit->head.id)), err))
        return false;
    for (size_t i = 0; i < others.len; i++)
        needed = ids_without(call->arena, &needed, &others.at[i].refs);
    if (needed.len == 0) return true;
    if (!say_numbers(call, &requirement_type, &needed, &numbers, err)) return false;
    id_list_add(call->arena, &approver, programme.approver);
    refuse(call,
           (Refusal){ .rule    = STR("cancel-1"),
                      .missing = str_fmt(call->arena, "no other audit of the programme covers %.*s", STR_ARG(numbers)),
                      .could   = people_names(call, &approver),
                      .next    = call_text(call, "Postpone the audit, plan another, or ask the approver of the "
                                                    "programme to cancel it.") });
    return true;
}
