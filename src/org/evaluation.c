/* SPDX-License-Identifier: Apache-2.0
 * Evaluations of auditors. */
#include "org/evaluation.h"

#include "org/auditwork.h"
#include "org/qualification.h"
#include "record/row.h"

static const Choice evaluation_methods_rows[] = {
    { "records_review", N_("Review of records") },
    { "feedback", N_("Feedback") },
    { "interview", N_("Interview") },
    { "observation", N_("Observation") },
    { "test", N_("Test") },
    { "review_after_audit", N_("Review after an audit") },
};
static const ChoiceList evaluation_methods = CHOICES_OF("evaluation_method", evaluation_methods_rows);

static const Choice evaluation_results_rows[] = {
    { "qualified", N_("Qualified") },
    { "with_conditions", N_("With conditions") },
    { "not_qualified", N_("Not qualified") },
};
static const ChoiceList evaluation_results = CHOICES_OF("evaluation_result", evaluation_results_rows);

#define RECORD_TYPE   Evaluation
#define RECORD_FIELDS "org/evaluation.fields.h"
#include "record/define.h"

/* evaluation-1: nobody evaluates himself. */
static bool guard_evaluates_another(Call *call, const void *record, Err *err)
{
    const Evaluation *evaluation = record;
    Qualification qualification;

    if (call->input == NULL || id_is_none(evaluation->qualification)) return true;
    if (!record_must(call, &qualification_type, evaluation->qualification, &qualification, err)) return false;
    if (id_eq(qualification.person, call->who)) {
        refuse(call, (Refusal){ .rule    = STR("evaluation-1"),
                                .missing = STR("another person who evaluates"),
                                .could   = people_who_could(call, guard_evaluates_another, record),
                                .next    = call_text(call, "Ask one of them.") });
    }
    return true;
}

/* Whether the caller is a lead auditor who led the audit that he names, with whom he evaluates in the team. */
static bool evaluator_led(Call *call, const Evaluation *evaluation, bool *did, Err *err)
{
    const AuditWork *auditwork = registry_service(call->app->registry, AUDITWORK_SERVICE);
    Qualification own, judged;
    bool found;

    *did = false;
    if (auditwork == NULL || id_is_none(evaluation->audit) || id_is_none(evaluation->qualification)) return true;
    if (!qualification_of(call, call->who, call->today, &own, &found, err)) return false;
    if (!found || own.level != LEVEL_LEAD) return true;
    return record_must(call, &qualification_type, evaluation->qualification, &judged, err) &&
           auditwork->led(call, evaluation->audit, call->who, judged.person, did, err);
}

/* evaluation-2 (ISO 19011 7.5): beside programme manager and top management a lead auditor evaluates those who worked
 * under him, after the audit that he names. */
static bool guard_evaluator_is_competent(Call *call, const void *record, Err *err)
{
    IdList managers = { 0 };
    bool led;

    if (call_has_role(call, STR("programme_manager")) || call_has_role(call, STR("top_management"))) return true;
    if (!evaluator_led(call, record, &led, err)) return false;
    if (led) return true;
    if (!call->app->directory->people_with(call, STR("programme_manager"), &managers, err)) return false;
    refuse(call, (Refusal){ .rule    = STR("evaluation-2"),
                            .missing = STR("the programme manager, top management, or the lead of the audit named, for "
                                           "those who were in its team"),
                            .could   = people_names(call, &managers),
                            .next    = call_text(call, "Ask one of them.") });
    return true;
}

/* clang-format off */
static const Step evaluation_steps[] = {
    { STATE_NEW,    "create", PLAIN_IN_USE, "everyone",                         { guard_evaluates_another, guard_evaluator_is_competent } },
    { PLAIN_IN_USE, "void",   PLAIN_VOID,   "programme_manager",                { NULL } },
};
static const See evaluation_see[] = {
    { "everyone", NULL },
};

const Type evaluation_type = {
    .name = "evaluation", .plural = "evaluations", .label = "Evaluation of an auditor", .label_plural = "Evaluations of auditors",
    .about = "How an auditor was judged, by which methods, with what result.",
    .number_format = "EVAL-%d", .parent = "qualification", .states = &plain_states, .sort = "-dated",
    TYPE_FIELDS(Evaluation), TYPE_STEPS(evaluation_steps), TYPE_SEE(evaluation_see),
};
/* clang-format on */
