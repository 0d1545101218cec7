/* SPDX-License-Identifier: Apache-2.0
 * Guards of "agree plan" (ISO 19011 6.3.2; requirements 4.4): criteria and scope, timetable, the auditee's consent,
 * notice, live tests. Those of the team stand in team.c. */
#include "audit/agenda.h"
#include "audit/audit_guards.h"
#include "audit/choices.h"
#include "audit/paper.h"
#include "audit/part.h"
#include "audit/programme.h"
#include "audit/say.h"
#include "audit/team.h"
#include "org/process.h"
#include "org/requirement.h"
#include "record/row.h"

#include "audit/audit_input.h"

/* R-922-8: criteria and scope are defined for each audit; so are its objectives. */
bool guard_scope_is_defined(Call *call, const void *record, Err *err)
{
    const Audit *audit = record;
    StrList missing    = { 0 };

    (void)err;
    if (str_trim(audit->criteria).len == 0) *list_push(call->arena, &missing) = STR("criteria");
    if (audit->refs.len == 0) *list_push(call->arena, &missing) = STR("scope: clauses and controls");
    if (audit->processes.len == 0) *list_push(call->arena, &missing) = STR("scope: processes");
    if (str_trim(audit->objectives).len == 0) *list_push(call->arena, &missing) = STR("objectives");
    if (missing.len > 0)
        refuse_with(call, "R-922-8",
                    str_fmt(call->arena, "not defined: %.*s", STR_ARG(str_sentence(call->arena, &missing))),
                    "Define it in the audit.");
    return true;
}

/* agree-plan-1: every reference of the scope stands in the timetable or is taken by somebody. */
bool guard_agenda_covers_scope(Call *call, const void *record, Err *err)
{
    const Audit *audit   = record;
    AgendaItemList items = { 0 };
    TeamMemberList team  = { 0 };
    IdList missing       = audit->refs;
    Str numbers;

    if (!record_list(call, &agenda_item_type, &items, STR("audit = $1 AND state = 1 ORDER BY id"),
                     BINDS(BIND_ID(audit->head.id)), err))
        return false;
    if (!team_members(call, audit->head.id, &team, err)) return false;
    for (size_t i = 0; i < items.len; i++)
        missing = ids_without(call->arena, &missing, &items.at[i].refs);
    for (size_t i = 0; i < team.len; i++)
        missing = ids_without(call->arena, &missing, &team.at[i].refs);
    if (missing.len == 0) return true;
    if (!say_numbers(call, &requirement_type, &missing, &numbers, err)) return false;
    refuse_with(call, "agree-plan-1", str_fmt(call->arena, "in nobody's hands: %.*s", STR_ARG(numbers)),
                "Assign these references, or put them into the timetable.");
    return true;
}

/* Owners of audited processes for whom neither they nor their deputies are among `people`. */
static bool owners_missing_in(Call *call, const Audit *audit, const IdList *people, IdList *missing, Err *err)
{
    for (size_t i = 0; i < audit->processes.len; i++) {
        Process process;
        if (!record_must(call, &process_type, audit->processes.at[i], &process, err)) return false;
        if (!id_list_has(people, process.owner) && !id_list_has(people, process.deputy))
            id_list_add(call->arena, missing, process.owner);
    }
    return true;
}

/* agree-plan-2: whoever answers for an audited process accepts the plan. */
bool guard_auditees_accept(Call *call, const void *record, Err *err)
{
    const AgreeInput *in = call->input;
    IdList missing       = { 0 };

    if (in == NULL) return true;
    if (!owners_missing_in(call, record, &in->accepted_by, &missing, err)) return false;
    if (missing.len == 0) return true;
    StrList names = people_names(call, &missing);
    refuse(call, (Refusal){ .rule    = STR("agree-plan-2"),
                            .missing = str_fmt(call->arena, "the plan is not accepted by %.*s",
                                               STR_ARG(str_sentence(call->arena, &names))),
                            .could   = names,
                            .next = call_text(call, "Ask them; what they object to is settled with lead and programme "
                                                    "manager first.") });
    return true;
}

/* R-922-5: the notice of the programme is kept, or waived by every auditee. */
bool guard_notice_is_kept(Call *call, const void *record, Err *err)
{
    const Audit *audit   = record;
    const AgreeInput *in = call->input;
    int32_t days         = date_days_between(call->today, audit->start);
    IdList missing       = { 0 };
    Programme programme;
    bool found;

    if (in == NULL) return true;
    if (!record_load(call, &programme_type, audit->programme, &programme, &found, err)) return false;
    if (!found || days >= programme.notice_days.value) return true;
    if (!owners_missing_in(call, audit, &in->notice_waived_by, &missing, err)) return false;
    if (missing.len == 0) return true;
    StrList names = people_names(call, &missing);
    refuse(call, (Refusal){ .rule    = STR("R-922-5"),
                            .missing = str_fmt(call->arena, "%d days of notice instead of %lld, not waived by %.*s",
                                               days, (long long)programme.notice_days.value,
                                               STR_ARG(str_sentence(call->arena, &names))),
                            .could   = names,
                            .next    = call_text(call, "Ask them to waive the notice, or choose a later first day.") });
    return true;
}

/* agree-plan-3 (A.8.34): tests on live systems are agreed with whoever runs them. */
bool guard_live_tests_are_agreed(Call *call, const void *record, Err *err)
{
    const Audit *audit   = record;
    const AgreeInput *in = call->input;
    PaperList papers     = { 0 };
    size_t tests         = 0;

    if (!id_is_none(audit->live_tests_by) || (in != NULL && !id_is_none(in->live_tests_by))) return true;
    if (!paper_list_of(call, audit->head.id, &papers, err)) return false;
    for (size_t i = 0; i < papers.len; i++)
        tests += (papers.at[i].methods & METHOD_BIT(TEST_TEST)) != 0;
    if (tests == 0 || in == NULL) return true;
    refuse_with(
        call, "agree-plan-3",
        str_fmt(call->arena, "%zu working papers test live systems, and nobody has agreed to that (A.8.34)", tests),
        "Name who agreed to the tests and when.");
    return true;
}
