/* SPDX-License-Identifier: Apache-2.0
 * Indicators: the figures of each subject together, and their form for programs. */
#include "review/indicators.h"

#include <assert.h>
#include <string.h>

#include "org/due_policy.h"
#include "org/role.h"

static_assert(FINDING_PRESENTED == 4 && FINDING_VOID == 15 && FINDING_OBSERVATION == 3, "numbers in statements");

const char *const indicator_roles[] = { "top_management", "programme_manager", "isms_manager", "coordinator" };
const size_t indicator_roles_len    = countof(indicator_roles);

bool indicators_may_see(const Call *call)
{
    if (call->is_system) return true;
    for (size_t i = 0; i < indicator_roles_len; i++) {
        if (call_has_role(call, str_from_c(indicator_roles[i]))) return true;
    }
    return false;
}

/* ------------------------------------------------------------------------------------------------------- findings */

typedef struct {
    const Then *then;
    Indicators *out;
} Reading;

static void finding_add(Indicators *out, int kind, int state, int64_t count)
{
    assert(kind >= 0 && kind <= FINDING_CONFORMITY && state >= 0 && state <= FINDING_VOID);
    out->findings_by_kind[kind] += count;
    out->findings_by_state[state] += count;
}

/* Uses finding_tally. */
static bool findings_now(Reading *reading, Err *err)
{
    Query *q = query_open(reading->then->call->db, STR("SELECT kind, state, count(*)"
                                                       "  FROM finding"
                                                       " WHERE state >= 4 AND state < 15 AND kind >= 3"
                                                       " GROUP BY kind, state"));
    while (query_next(q))
        finding_add(reading->out, (int)query_int(q, 0), (int)query_int(q, 1), query_int(q, 2));
    return query_close(q, err);
}

static void finding_then(void *context, const void *record)
{
    Reading *reading       = context;
    const Finding *finding = record;
    int state              = finding->head.state;

    if (finding->kind >= FINDING_OBSERVATION && state >= FINDING_PRESENTED && state < FINDING_VOID)
        finding_add(reading->out, finding->kind, state, 1);
}

/* ------------------------------------------------------------------------------------------------------- all */

bool indicators_read(Call *call, Date as_of, Indicators *out, Err *err)
{
    if (date_before(call->today, as_of)) as_of = call->today;
    Then then       = then_of(call, as_of);
    Reading reading = { &then, out };

    *out       = (Indicators){ 0 };
    out->as_of = then.day;
    if (!case_figures_read(&then, &out->cases, err) || !action_figures_read(&then, &out->actions, err) ||
        !effect_figures_read(&then, &out->effects, err) || !coverage_read(&then, &out->coverage, err))
        return false;
    return then.is_now ? findings_now(&reading, err) : then_each(&then, &finding_type, finding_then, &reading, err);
}

int64_t indicators_nonconformities(const Indicators *indicators)
{
    return (int64_t)indicators->cases.open.len + indicators->cases.closed;
}

Figure indicators_late_ratio(const Indicators *indicators)
{
    const OpenCases *open = &indicators->cases.open;
    return figure_ratio((int64_t)open_cases_late(open), (int64_t)open->len);
}

Figure indicators_late_first_ratio(const Indicators *indicators)
{
    const OpenCases *open = &indicators->cases.open;
    return figure_ratio((int64_t)open_cases_late_first(open), (int64_t)open->len);
}

/* ------------------------------------------------------------------------------------------------------- JSON */

static json_t *figure_json(Figure figure)
{
    int64_t unit = 1;

    if (!figure.known) return json_null();
    for (int i = 0; i < figure.decimals; i++)
        unit *= 10;
    if (figure.scaled % unit == 0) return json_integer(figure.scaled / unit);
    return json_real((double)figure.scaled / (double)unit);
}

static void set(json_t *object, const char *key, json_t *value)
{
    json_object_set_new(object, key, value);
}

static void set_count(json_t *object, const char *key, int64_t count)
{
    set(object, key, json_integer(count));
}

/* "PLAN_REVIEW": states in the capitals of the exchange form; findings and cases share a name where they share a
 * state. */
static void add_states(Call *call, json_t *object, const Type *type, const int64_t *counts, size_t len)
{
    for (size_t state = 1; state < len; state++) {
        if (counts[state] == 0) continue;
        char key[40] = "";
        Str name     = str_from_c(state_name(type, (int)state));
        assert(name.len < sizeof key);
        for (size_t i = 0; i < name.len; i++)
            key[i] = (char)(name.ptr[i] >= 'a' && name.ptr[i] <= 'z' ? name.ptr[i] - 'a' + 'A' : name.ptr[i]);
        json_int_t before = json_integer_value(json_object_get(object, key));
        set_count(object, key, before + counts[state]);
    }
    (void)call;
}

static json_t *by_state_json(Call *call, const Indicators *indicators)
{
    json_t *object = json_object();
    int64_t cases[NC_VOID + 1];

    memcpy(cases, indicators->cases.by_state, sizeof cases);
    cases[NC_REJECTED] = cases[NC_VOID] = 0;
    add_states(call, object, &finding_type, indicators->findings_by_state, FINDING_VOID + 1);
    add_states(call, object, &finding_type, indicators->cases.presented, FINDING_VOID + 1);
    add_states(call, object, &nonconformity_type, cases, countof(cases));
    return object;
}

static json_t *by_type_json(const Indicators *indicators)
{
    json_t *object = json_object();

    for (int kind = FINDING_MAJOR_NC; kind <= FINDING_CONFORMITY; kind++) {
        int64_t count = kind <= FINDING_MINOR_NC ? indicators->cases.by_kind[kind] : indicators->findings_by_kind[kind];
        if (count > 0) set_count(object, choice_name(&finding_kinds, kind), count);
    }
    return object;
}

static json_t *majors_json(const OpenCases *open)
{
    json_t *array = json_array();

    for (size_t i = 0; i < open->len; i++) {
        if (open->at[i].kind == NC_MAJOR) json_array_append_new(array, json_from_str(open->at[i].number));
    }
    return array;
}

/* [["F-013", ["action"]], …] */
static json_t *late_cases_json(const OpenCases *open)
{
    json_t *array = json_array();

    for (size_t i = 0; i < open->len; i++) {
        if (open->at[i].late_step == 0) continue;
        json_array_append_new(array, json_pack("[o[s]]", json_from_str(open->at[i].number),
                                               choice_name(&policy_steps, open->at[i].late_step)));
    }
    return array;
}

static json_t *late_actions_json(const LateActions *late)
{
    json_t *array = json_array();

    for (size_t i = 0; i < late->len; i++)
        json_array_append_new(array, json_from_str(late->at[i].number));
    return array;
}

static json_t *first_reviews_json(const EffectFigures *effects)
{
    json_t *object = json_object();

    set_count(object, "performed", effects->first_reviews);
    set_count(object, "effective", effects->first_effective);
    set_count(object, "not_effective", effects->first_not);
    if (effects->first_partly > 0) set_count(object, "partly", effects->first_partly);
    return object;
}

json_t *indicators_to_json(Call *call, const Indicators *indicators)
{
    const CaseFigures *cases     = &indicators->cases;
    const ActionFigures *actions = &indicators->actions;
    const Coverage *coverage     = &indicators->coverage;
    json_t *json                 = json_own(call->arena, json_object());

    set(json, "as_of", json_from_str(date_to_iso(call->arena, indicators->as_of)));
    set(json, "findings_by_type", by_type_json(indicators));
    set(json, "findings_by_state", by_state_json(call, indicators));
    set_count(json, "nonconformities", indicators_nonconformities(indicators));
    set_count(json, "nonconformities_open", (int64_t)cases->open.len);
    set_count(json, "nonconformities_closed", cases->closed);
    set(json, "major_open", majors_json(&cases->open));
    set(json, "overdue_nonconformities", late_cases_json(&cases->open));
    set(json, "overdue_ratio_open", figure_json(indicators_late_ratio(indicators)));
    set(json, "overdue_actions", late_actions_json(&actions->late));
    set_count(json, "actions_total", actions->total);
    set_count(json, "actions_done", actions->done);
    set_count(json, "actions_done_on_time", actions->on_time);
    set(json, "mean_days_to_close", figure_json(figure_mean(&cases->days_to_close)));
    set(json, "median_days_to_close", figure_json(figure_median(&cases->days_to_close)));
    set(json, "recurrence_rate_closed",
        figure_json(figure_ratio(indicators->effects.recurred, indicators->effects.closed)));
    set(json, "effectiveness_reviews_first_pass", first_reviews_json(&indicators->effects));
    set_count(json, "controls_covered_in_cycle_to_date", coverage->controls_covered);
    set(json, "controls_covered_percent", figure_json(figure_percent(coverage->controls_covered, coverage->controls)));
    set_count(json, "controls_planned_in_cycle", coverage->controls_planned);
    return json;
}

bool indicators_json(Call *call, Date as_of, json_t **json, Err *err)
{
    Indicators *indicators = arena_new(call->arena, Indicators);

    if (!indicators_read(call, as_of, indicators, err)) return false;
    *json = indicators_to_json(call, indicators);
    return true;
}
