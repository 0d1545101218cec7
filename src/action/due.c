/* SPDX-License-Identifier: Apache-2.0
 * Due dates of a case. The policy only sets a date when a step begins; later dates are extensions (action/extension.c),
 * earlier ones anybody may set. */
#include "action/due.h"

#include <assert.h>

#include "action/action.h"
#include "org/calendar.h"

typedef struct {
    Date *current, *first;
} DuePair;

static DuePair due_pair(Nonconformity *nc, int step)
{
    switch (step) {
    case POLICY_ACKNOWLEDGE: return (DuePair){ &nc->acknowledge_due, &nc->acknowledge_due_first };
    case POLICY_CORRECTION: return (DuePair){ &nc->correction_due, &nc->correction_due_first };
    case POLICY_ANALYSIS: return (DuePair){ &nc->analysis_due, &nc->analysis_due_first };
    case POLICY_VERIFICATION: return (DuePair){ &nc->verification_due, &nc->verification_due_first };
    case POLICY_EFFECTIVENESS: return (DuePair){ &nc->effectiveness_due, &nc->effectiveness_due_first };
    default: return (DuePair){ NULL, NULL };
    }
}

Date *due_of(Nonconformity *nc, int step)
{
    return due_pair(nc, step).current;
}

static Date due_after(const Workdays *workdays, DueRule rule, Date from)
{
    if (rule.days == 0) return (Date){ 0 };
    if (rule.unit == DAYS_WORKING) return workday_add(workdays, from, (int32_t)rule.days);
    return workday_due_in_days(workdays, from, (int32_t)rule.days);
}

bool due_begin(Call *call, Nonconformity *nc, int step, Date from, Id whose, Err *err)
{
    DuePair pair = due_pair(nc, step);
    Workdays workdays;
    DueRule rule;

    assert(pair.current != NULL);
    if (!due_rule(call, nonconformity_grade(nc), step, &rule, err)) return false;
    if (!calendar_of_person(call, whose, &workdays, err)) return false;
    *pair.current = due_after(&workdays, rule, from);
    *pair.first   = *pair.current;
    return true;
}

bool due_policy_of_action(Call *call, const Nonconformity *nc, Id owner, Date *out, Err *err)
{
    Workdays workdays;
    DueRule rule;

    if (!due_rule(call, nonconformity_grade(nc), POLICY_ACTION, &rule, err)) return false;
    if (!calendar_of_person(call, owner, &workdays, err)) return false;
    *out = due_after(&workdays, rule, nc->assigned_on);
    return true;
}

/* The body's date is a wall: where it comes first, it counts until what it asks for was sent. */
static Date analysis_wall(const Nonconformity *nc)
{
    if (nc->external_plan_sent == YES) return nc->analysis_due;
    return date_min(nc->analysis_due, nc->external_plan_due);
}

static Date correction_wall(const Nonconformity *nc)
{
    return date_is_none(nc->corrected_on) && nc->correction_impossible.len == 0 ? nc->correction_due : (Date){ 0 };
}

void due_settle(Nonconformity *nc, int state, Date next_action)
{
    nc->action_due = next_action;
    switch (state) {
    case NC_ASSIGNED: nc->step_due = nc->acknowledge_due; break;
    case NC_ACKNOWLEDGED: nc->step_due = date_min(correction_wall(nc), analysis_wall(nc)); break;
    case NC_ANALYSIS: nc->step_due = analysis_wall(nc); break;
    case NC_IN_PROGRESS: nc->step_due = next_action; break;
    case NC_IMPLEMENTED: nc->step_due = nc->verification_due; break;
    case NC_MONITORING: nc->step_due = nc->wait_until; break;
    default: nc->step_due = (Date){ 0 }; break;
    }
}

static bool is_past(Date due, Date day)
{
    return !date_is_none(due) && date_before(due, day);
}

int due_late_step(const Nonconformity *nc, Date day)
{
    switch (nc->head.state) {
    case NC_ASSIGNED: return is_past(nc->acknowledge_due, day) ? POLICY_ACKNOWLEDGE : 0;
    case NC_ACKNOWLEDGED:
        if (is_past(correction_wall(nc), day)) return POLICY_CORRECTION;
        return is_past(analysis_wall(nc), day) ? POLICY_ANALYSIS : 0;
    case NC_ANALYSIS: return is_past(analysis_wall(nc), day) ? POLICY_ANALYSIS : 0;
    case NC_IN_PROGRESS: return is_past(nc->action_due, day) ? POLICY_ACTION : 0;
    case NC_IMPLEMENTED: return is_past(nc->verification_due, day) ? POLICY_VERIFICATION : 0;
    case NC_MONITORING: return is_past(nc->effectiveness_due, day) ? POLICY_EFFECTIVENESS : 0;
    default: return 0;
    }
}

bool due_is_late(const Nonconformity *nc, Date day)
{
    switch (nc->head.state) {
    case NC_ASSIGNED:
    case NC_ACKNOWLEDGED:
    case NC_ANALYSIS:
    case NC_IN_PROGRESS:
    case NC_IMPLEMENTED: return is_past(nc->step_due, day);
    case NC_MONITORING: return is_past(nc->effectiveness_due, day);
    default: return false;
    }
}

Date due_shown(const Nonconformity *nc, Date day)
{
    bool waited = nc->head.state == NC_MONITORING && date_before(nc->wait_until, day);
    return waited ? date_max(nc->effectiveness_due, nc->wait_until) : nc->step_due;
}

bool due_next_action(Call *call, const Nonconformity *nc, Date *out, Err *err)
{
    ActionList actions = { 0 };

    *out = (Date){ 0 };
    if (!actions_of_cycle(call, nc, &actions, err)) return false;
    for (size_t i = 0; i < actions.len; i++) {
        if (action_is_open(&actions.at[i])) *out = date_min(*out, actions.at[i].due);
    }
    return true;
}
