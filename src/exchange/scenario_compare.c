/* SPDX-License-Identifier: Apache-2.0
 * The check at the end: the states and dates that the file stores, against the records that its steps made. The file's
 * values are never an input. */
#include <stdalign.h>

#include "action/action.h"
#include "action/nonconformity.h"
#include "audit/audit.h"
#include "audit/finding.h"
#include "audit/paper.h"
#include "audit/request.h"
#include "audit/sample.h"
#include "exchange/scenario_inside.h"
#include "record/row.h"
#include "review/review.h"

typedef struct {
    Scenario *scenario;
    Buf differences;
    size_t count;
    Str first; /* place of the first */
} Compare;

static void differ(Compare *compare, Str place, const char *key, Str expected, Str got)
{
    if (compare->count++ == 0) compare->first = str_fmt(compare->scenario->arena, "%.*s.%s", STR_ARG(place), key);
    buf_fmt(&compare->differences, "%.*s.%s: expected \"%.*s\", got \"%.*s\". ", STR_ARG(place), key, STR_ARG(expected),
            STR_ARG(got));
}

static void compare_text(Compare *compare, Str place, const json_t *object, const char *key, Str got)
{
    Str expected = json_text(object, key);
    if (!str_eq(expected, got)) differ(compare, place, key, expected, got);
}

static void compare_date(Compare *compare, Str place, const json_t *object, const char *key, Date got)
{
    compare_text(compare, place, object, key, date_to_iso(compare->scenario->arena, got));
}

/* States are written in capitals in the file. */
static void compare_state(Compare *compare, Str place, const json_t *object, const char *key, const char *got)
{
    Str expected = str_lower(compare->scenario->arena, json_text(object, key));
    if (!str_eq_c(expected, got)) differ(compare, place, key, expected, str_from_c(got));
}

/* The record by number; a missing one is a difference. */
static bool load(Compare *compare, const Type *type, Str number, Str place, void *record, bool *found, Err *err)
{
    if (!record_find(compare->scenario->base, type, number, record, found, err)) return false;
    if (!*found) differ(compare, place, "id", number, STR("nothing"));
    return true;
}

/* ------------------------------------------------------------------------------------------------------- findings */

static bool compare_action(Compare *compare, const json_t *stored, Str place, Date *last, Err *err)
{
    Action action;
    bool found;

    if (!load(compare, &action_type, json_text(stored, "id"), place, &action, &found, err)) return false;
    if (!found) return true;
    compare_date(compare, place, stored, "due", action.due);
    if (is_given(stored, "original_due"))
        compare_date(compare, place, stored, "original_due",
                     date_is_none(action.due_first) ? action.due : action.due_first);
    compare_date(compare, place, stored, "done", action.done_on);
    *last = date_max(*last, action.due);
    return true;
}

static bool compare_actions(Compare *compare, const json_t *finding, Str place, Err *err)
{
    const json_t *list = json_object_get(finding, "actions");
    Date last          = { 0 };

    for (size_t i = 0; i < json_array_size(list); i++) {
        if (!compare_action(compare, json_array_get(list, i), place_in(compare->scenario, place, "actions", i), &last,
                            err))
            return false;
    }
    if (json_array_size(list) > 0) compare_date(compare, place, finding, "due", last);
    return true;
}

static bool compare_case(Compare *compare, const json_t *finding, Str place, Err *err)
{
    Nonconformity nc;
    bool found;

    if (!load(compare, &nonconformity_type, json_text(finding, "id"), place, &nc, &found, err)) return false;
    if (!found) return true;
    compare_state(compare, place, finding, "state", state_name(&nonconformity_type, nc.head.state));
    compare_date(compare, place, finding, "closed", nc.closed_on);
    if (is_given(finding, "rca_due")) compare_date(compare, place, finding, "rca_due", nc.analysis_due);
    if (is_given(finding, "plan_due")) compare_date(compare, place, finding, "plan_due", nc.analysis_due);
    if (is_given(finding, "verification_due"))
        compare_date(compare, place, finding, "verification_due", nc.verification_due);
    return compare_actions(compare, finding, place, err);
}

static bool compare_finding(Compare *compare, const json_t *finding, Str place, Err *err)
{
    Finding record;
    bool found, has_case;

    if (!scenario_exists(compare->scenario, "nonconformity", json_text(finding, "id"), &has_case, err)) return false;
    if (has_case) return compare_case(compare, finding, place, err);
    if (!load(compare, &finding_type, json_text(finding, "id"), place, &record, &found, err)) return false;
    if (!found) return true;
    compare_state(compare, place, finding, "state", state_name(&finding_type, record.head.state));
    if (record.head.state == FINDING_CLOSED) compare_date(compare, place, finding, "closed", record.closed_on);
    if (is_given(finding, "due")) compare_date(compare, place, finding, "due", record.due);
    if (is_given(finding, "accept_until")) compare_date(compare, place, finding, "accept_until", record.risk_until);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- the other
 * lists */

/* Lists whose items have a state and nothing more to compare. */
static const struct {
    const char *section, *list; /* NULL: the file itself */
    const char *state;          /* key */
    const Type *type;
    bool in_fieldwork; /* numbers count within the audit of fieldwork */
} states[] = {
    { NULL, "audits", "status", &audit_type, false },
    { NULL, "management_reviews", "state", &review_type, false },
    { "fieldwork", "papers", "state", &paper_type, true },
    { "fieldwork", "samples", "state", &sample_type, true },
    { "fieldwork", "requests", "state", &evidence_request_type, false },
};

static bool compare_states(Compare *compare, size_t row, Err *err)
{
    Scenario *scenario = compare->scenario;
    const json_t *section =
        states[row].section == NULL ? scenario->file : json_object_get(scenario->file, states[row].section);
    const json_t *list = json_object_get(section, states[row].list);

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        Str number         = json_text(item, "id");
        Str place          = place_at(scenario, states[row].list, i);
        RecordHead *head   = arena_alloc(scenario->arena, states[row].type->size, alignof(max_align_t));
        bool found;
        if (states[row].section != NULL)
            place = place_in(scenario, str_from_c(states[row].section), states[row].list, i);
        if (states[row].in_fieldwork) number = scenario_in_fieldwork(scenario, number);
        if (!load(compare, states[row].type, number, place, head, &found, err)) return false;
        if (found) compare_state(compare, place, item, states[row].state, state_name(states[row].type, head->state));
    }
    return true;
}

static bool compare_decisions(Compare *compare, const json_t *review, Str place, Err *err)
{
    const json_t *list = json_object_get(review, "decisions");

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *stored = json_array_get(list, i);
        Str at               = place_in(compare->scenario, place, "decisions", i);
        Decision decision;
        bool found;
        if (!load(compare, &decision_type, json_text(stored, "id"), at, &decision, &found, err)) return false;
        if (!found) continue;
        compare_date(compare, at, stored, "due", decision.due);
        compare_date(compare, at, stored, "done", decision.done_on);
    }
    return true;
}

bool scenario_compare(Scenario *scenario, Err *err)
{
    Compare compare        = { .scenario = scenario, .differences = buf_open(scenario->arena, 1 << 16) };
    const json_t *findings = json_object_get(scenario->file, "findings"),
                 *reviews  = json_object_get(scenario->file, "management_reviews");

    for (size_t i = 0; i < json_array_size(findings); i++) {
        if (!compare_finding(&compare, json_array_get(findings, i), place_at(scenario, "findings", i), err))
            return false;
    }
    for (size_t i = 0; i < json_array_size(reviews); i++) {
        if (!compare_decisions(&compare, json_array_get(reviews, i), place_at(scenario, "management_reviews", i), err))
            return false;
    }
    for (size_t i = 0; i < countof(states); i++) {
        if (!compare_states(&compare, i, err)) return false;
    }
    if (compare.count == 0) return true;
    return err_set(
        err, ERR_FORMAT, 0, .what = compare.first, .detail = str_trim(buf_str(&compare.differences)),
        .hint = STR("The history does not lead to what the file stores; mend one of them. Nothing was recorded."));
}
