/* SPDX-License-Identifier: Apache-2.0
 * What the room of corrective actions declares, in the order of requirements 4.11 to 4.15. */
#include "action/types.h"

#include "action/action.h"
#include "action/advice.h"
#include "action/analysis.h"
#include "action/correction.h"
#include "action/effectiveness.h"
#include "action/extension.h"
#include "action/external_step.h"
#include "action/nonconformity.h"
#include "action/recurrence.h"
#include "action/steps.h"
#include "action/verification.h"
#include "audit/finding.h"
#include "record/row.h"

/* clang-format off */
const Type *const action_types[] = {
    &nonconformity_type, &correction_type, &analysis_type, &cause_type, &root_cause_type, &similar_search_type,
    &action_type, &extension_type, &verification_type, &effectiveness_type, &isms_change_type,
    &recurrence_type, &external_step_type, &advice_type,
};
const size_t action_types_len = countof(action_types);

const Follow action_follows[] = {
    { "finding", "issue", case_follows_finding },
};
const size_t action_follows_len = countof(action_follows);
/* clang-format on */

/* ------------------------------------------------------------------------------------------------------- casework */

static bool work_of(Call *call, Id person, Date since, WorkDoneList *out, Err *err)
{
    ActionList actions = { 0 };

    if (!record_list(
            call, &action_type, &actions,
            STR("state <> 6 AND (done_on = 0 OR done_on >= $2) AND (owner = $1 OR claimed_by = $1 OR id IN"
                " (SELECT source FROM record_link WHERE kind = 'action.helpers' AND target = $1)) ORDER BY number, id"),
            BINDS(BIND_ID(person), BIND_DATE(since)), err))
        return false;
    for (size_t i = 0; i < actions.len; i++) {
        Nonconformity nc;
        if (!nonconformity_of(call, actions.at[i].nonconformity, &nc, err)) return false;
        *list_push(call->arena, out) = (WorkDone){ actions.at[i].head.number, nc.refs, actions.at[i].done_on };
    }
    return true;
}

static bool is_in_hand(Call *call, Id finding, bool *is, Err *err)
{
    NonconformityList list = { 0 };

    *is = false;
    if (!record_list(call, &nonconformity_type, &list, STR("finding = $1 ORDER BY id LIMIT 1"), BINDS(BIND_ID(finding)),
                     err))
        return false;
    if (list.len == 1) *is = !id_is_none(list.at[0].owner) && list.at[0].head.state > NC_ACKNOWLEDGED;
    return true;
}

static bool finding_repeats(Call *call, Id id, bool *repeats, Err *err)
{
    Finding finding;
    bool found;

    if (!record_load(call, &finding_type, id, &finding, &found, err)) return false;
    *repeats = found && finding.repeat_of.len > 0;
    return true;
}

static Date case_found_on(const Call *call, const Nonconformity *nc)
{
    return date_is_none(nc->detected_on) ? zone_date(call->app->zone, nc->head.created_at) : nc->detected_on;
}

static bool cases_since(Call *call, Date since, CaseSeenList *out, Err *err)
{
    NonconformityList list = { 0 };

    if (!record_list(call, &nonconformity_type, &list, STR("state <> 11 AND state <> 12 ORDER BY number, id"), NO_BINDS,
                     err))
        return false;
    for (size_t i = 0; i < list.len; i++) {
        const Nonconformity *nc = &list.at[i];
        bool repeats            = !id_is_none(nc->recurrence_of);
        Date found_on           = case_found_on(call, nc);
        if (date_before(found_on, since)) continue;
        if (!repeats && !finding_repeats(call, nc->finding, &repeats, err)) return false;
        *list_push(call->arena, out) = (CaseSeen){ .number    = nc->head.number,
                                                   .refs      = nc->refs,
                                                   .process   = nc->process,
                                                   .found_on  = found_on,
                                                   .is_major  = nc->kind == NC_MAJOR,
                                                   .is_open   = nonconformity_is_open(nc),
                                                   .is_repeat = repeats };
    }
    return true;
}

const Casework action_casework = { .work_of = work_of, .is_in_hand = is_in_hand, .cases_since = cases_since };
