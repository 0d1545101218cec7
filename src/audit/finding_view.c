/* SPDX-License-Identifier: Apache-2.0
 * A finding for its reader. */
#include "audit/finding_view.h"

#include "record/row.h"
#include "record/view.h"

/* Evidence is written once, so what there was at an instant is what was made before it. */
static bool evidence_load(Call *call, FindingView *view, Time as_of, Err *err)
{
    return view_list(call, &evidence_type, &view->evidence,
                     STR("state <> 3 AND created_at <= $2 AND id IN (SELECT record_link.target FROM record_link"
                         " WHERE record_link.kind = 'finding.evidence' AND record_link.source = $1)"),
                     BINDS(BIND_ID(view->finding.head.id), BIND_NUMBER(time_is_none(as_of) ? INT64_MAX : as_of.us)),
                     err);
}

static bool belongings_load(Call *call, FindingView *view, Err *err)
{
    const Finding *finding = &view->finding;
    bool found;

    if (!id_is_none(finding->audit) && !record_load(call, &audit_type, finding->audit, &view->audit, &found, err))
        return false;
    return id_is_none(finding->dispute_request) ||
           record_load(call, &evidence_request_type, finding->dispute_request, &view->asked, &found, err);
}

static bool names_fill(Call *call, FindingView *view, Err *err)
{
    const Registry *registry = call->app->registry;

    view->names = names_open(call);
    names_want(view->names, &finding_type, view->finding.head.id);
    names_want_record(view->names, registry_plan(registry, &finding_type), &view->finding);
    names_want_record(view->names, registry_plan(registry, &evidence_request_type), &view->asked);
    for (size_t i = 0; i < view->evidence.len; i++)
        names_want_record(view->names, registry_plan(registry, &evidence_type), &view->evidence.at[i]);
    return names_load(view->names, err);
}

bool finding_view_load(Call *call, const Finding *finding, Time as_of, FindingView *out, Err *err)
{
    *out = (FindingView){ .finding = *finding };
    if (!evidence_load(call, out, as_of, err) || !belongings_load(call, out, err)) return false;
    if (time_is_none(as_of) &&
        !record_history(call, &finding_type, finding->head.id, -1, FINDING_HISTORY, &out->history, err))
        return false;
    return names_fill(call, out, err);
}

const HistoryLine *finding_last(const FindingView *view, const char *verb)
{
    for (size_t i = 0; i < view->history.len; i++) {
        if (str_eq_c(view->history.at[i].verb_name, verb)) return &view->history.at[i];
    }
    return NULL;
}
