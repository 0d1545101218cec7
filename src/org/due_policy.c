/* SPDX-License-Identifier: Apache-2.0
 * How many days a step may take. */
#include "org/due_policy.h"

#include "record/row.h"

static const Choice policy_grades_rows[] = {
    { "major", N_("Major") },
    { "minor", N_("Minor") },
    { "observation", N_("Observation") },
};
static const ChoiceList policy_grades = CHOICES_OF("policy_grade", policy_grades_rows);

static const Choice policy_steps_rows[] = {
    { "acknowledge", N_("Acknowledge") },    { "correction", N_("Correction") },
    { "analysis", N_("Analysis and plan") }, { "action", N_("Actions done") },
    { "verification", N_("Verification") },  { "effectiveness", N_("Effectiveness waiting") },
};
const ChoiceList policy_steps = CHOICES_OF("policy_step", policy_steps_rows);

static const Choice policy_units_rows[] = {
    { "working", N_("Working days") },
    { "calendar", N_("Calendar days") },
};
static const ChoiceList policy_units = CHOICES_OF("policy_unit", policy_units_rows);

#define RECORD_TYPE   DuePolicy
#define RECORD_FIELDS "org/due_policy.fields.h"
#include "record/define.h"

/* clang-format off */
static const Step due_policy_steps[] = {
    PLAIN_STEPS("programme_manager|isms_manager"),
};
static const See due_policy_see[] = {
    { "everyone", NULL },
};

const Type due_policy_type = {
    .name = "due_policy", .plural = "due-policies", .label = "Due date rule", .label_plural = "Due date rules",
    .about = "How many days a step may take, by grade. Where none is written, the built-in days count.",
    .number_format = "DUE-%d", .states = &plain_states,
    TYPE_FIELDS(DuePolicy), TYPE_STEPS(due_policy_steps), TYPE_SEE(due_policy_see),
};
/* clang-format on */

static const DueRule default_rules[][7] = {
    [GRADE_MAJOR]       = { [POLICY_ACKNOWLEDGE]   = { 2, DAYS_WORKING },
                            [POLICY_CORRECTION]    = { 5, DAYS_WORKING },
                            [POLICY_ANALYSIS]      = { 20, DAYS_CALENDAR },
                            [POLICY_ACTION]        = { 90, DAYS_CALENDAR },
                            [POLICY_VERIFICATION]  = { 10, DAYS_WORKING },
                            [POLICY_EFFECTIVENESS] = { 90, DAYS_CALENDAR } },
    [GRADE_MINOR]       = { [POLICY_ACKNOWLEDGE]   = { 5, DAYS_WORKING },
                            [POLICY_CORRECTION]    = { 15, DAYS_WORKING },
                            [POLICY_ANALYSIS]      = { 30, DAYS_CALENDAR },
                            [POLICY_ACTION]        = { 180, DAYS_CALENDAR },
                            [POLICY_VERIFICATION]  = { 20, DAYS_WORKING },
                            [POLICY_EFFECTIVENESS] = { 90, DAYS_CALENDAR } },
    [GRADE_OBSERVATION] = { [POLICY_ACKNOWLEDGE] = { 10, DAYS_WORKING }, [POLICY_ANALYSIS] = { 45, DAYS_CALENDAR } },
};

bool due_rule(Call *call, int grade, int step, DueRule *out, Err *err)
{
    DuePolicyList own = { 0 };

    *out = default_rules[grade][step];
    if (!record_list(call, &due_policy_type, &own,
                     STR("grade = $1 AND step = $2 AND state = 1 ORDER BY id DESC LIMIT 1"),
                     BINDS(BIND_NUMBER(grade), BIND_NUMBER(step)), err))
        return false;
    if (own.len == 1) *out = (DueRule){ own.at[0].days.value, own.at[0].unit };
    return true;
}
