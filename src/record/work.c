/* SPDX-License-Identifier: Apache-2.0
 * The general rule: for each field that holds a person and is a relation of its type by the same name ("owner",
 * "lead"), the steps that this relation may take from a state make records in that state this person's work; for each
 * role he holds, so do records that were put before the role. Records of his own in a state that others lead on from
 * are what he waits for. */
#include "record/work.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "record/answer.h"
#include "record/view.h"

/* ---- what a step asks of whom ---- */

static bool who_has(const char *who, const char *word)
{
    Str rest = str_from_c(who), part;

    while (str_cut(&rest, '|', &part)) {
        if (str_eq_c(part, word)) return true;
    }
    return false;
}

/* The first primary step from `state` that `word` may take, else the first one. */
static const Step *step_for(const Type *type, int state, const char *word)
{
    const Step *first = NULL;

    for (size_t i = 0; i < type->steps_len; i++) {
        const Step *step = &type->steps[i];
        if (step->from != state || !step_leads_on(type, step) || !who_has(step->who, word)) continue;
        if (type_verb(type, str_from_c(step->verb))->flags & VERB_PRIMARY) return step;
        if (first == NULL) first = step;
    }
    return first;
}

static const Step *step_of_others(const Type *type, int state, const char *word)
{
    const Step *first = NULL;

    if (step_for(type, state, word) != NULL) return NULL;
    for (size_t i = 0; i < type->steps_len && first == NULL; i++) {
        const Step *step = &type->steps[i];
        assert(type->steps != NULL);
        if (step->from == state && step_leads_on(type, step)) first = step;
    }
    return first;
}

/* ---- one rule: records with this person in `field`, or of a role, in states that its word leads on from ---- */

typedef struct {
    Call *call;
    const Plan *plan;
    const Field *field; /* NULL: a role */
    const char *word;
    Works *out;
} Rule;

typedef const Step *StepChoice(const Type *type, int state, const char *word);

static Str states_where(const Rule *rule, StepChoice *choose)
{
    StrList names    = { 0 };
    const Type *type = rule->plan->type;

    for (int state = 1; state <= (int)type->states->len; state++) {
        if (choose(type, state, rule->word) != NULL)
            *list_push(rule->call->arena, &names) = str_from_c(state_name(type, state));
    }
    return str_join(rule->call->arena, &names, STR(","));
}

static const Field *due_field(const Type *type)
{
    static const char *const names[] = { "step_due", "due", "expires", "until", "ends_on", "period_to" };

    for (size_t i = 0; i < countof(names); i++) {
        const Field *field = type_field(type, str_from_c(names[i]));
        if (field != NULL && field->kind == KIND_DATE) return field;
    }
    return NULL;
}

static void work_add(const Rule *rule, Names *names, const void *record, const Step *step, WorkKind kind)
{
    const RecordHead *head = record;
    const Type *type       = rule->plan->type;
    const Field *due       = due_field(type);
    Work *work             = list_push(rule->call->arena, rule->out);

    *work = (Work){ .kind   = kind,
                    .type   = type,
                    .number = names_number(names, type, head->id),
                    .title  = names_title(names, type, head->id),
                    .verb   = type_verb(type, str_from_c(step->verb)),
                    .state  = head->state,
                    .since  = zone_date(rule->call->app->zone, head->updated_at) };
    if (due != NULL) work->due = *(const Date *)(const void *)((const char *)record + due->offset);
    if (kind == WORK_WAIT) work->who = who_words(rule->call, type, step->who);
}

static bool rule_run(const Rule *rule, StepChoice *choose, WorkKind kind, Err *err)
{
    Param params[2]  = { { STR("state"), states_where(rule, choose) }, { STR(""), STR("me") } };
    ParamList list   = { .at = params, .len = rule->field != NULL ? 2 : 1 };
    const Type *type = rule->plan->type;
    ListPage page    = { 0 };
    ListQuery query;

    if (params[0].value.len == 0) return true;
    if (rule->field != NULL) params[1].name = str_from_c(rule->field->name);
    if (!list_read(rule->call, type, &list, &query, err)) return false;
    query.limit = WORK_PER_RULE_MAX;
    if (!list_run(rule->call, &query, &page, err)) return false;
    for (size_t i = 0; i < page.len; i++) {
        const Step *step = choose(type, ((const RecordHead *)page.records[i])->state, rule->word);
        work_add(rule, page.names, page.records[i], step, kind);
    }
    return true;
}

/* ---- all rules of a type ---- */

static bool is_relation(const Type *type, const char *name)
{
    for (size_t i = 0; i < type->relations_len; i++) {
        if (strcmp(type->relations[i].name, name) == 0) return true;
    }
    return false;
}

static bool fields_gather(Call *call, const Plan *plan, Works *out, Err *err)
{
    for (size_t i = 0; i < plan->type->fields_len; i++) {
        const Field *field = &plan->type->fields[i];
        if (field->kind != KIND_REF || strcmp(field->to, "person") != 0 || !is_relation(plan->type, field->name))
            continue;
        Rule rule = { .call = call, .plan = plan, .field = field, .word = field->name, .out = out };
        if (!rule_run(&rule, step_for, WORK_DO, err)) return false;
        bool is_owner = strcmp(field->name, "owner") == 0;
        if (is_owner && !rule_run(&rule, step_of_others, WORK_WAIT, err)) return false;
    }
    return true;
}

/* States in which a record was put before somebody by a step of another. */
static const Step *step_put_before(const Type *type, int state, const char *word)
{
    const Step *step = step_for(type, state, word);

    if (step == NULL) return NULL;
    for (size_t i = 0; i < type->steps_len; i++) {
        const Step *to = &type->steps[i];
        if (to->to == state && to->from != STATE_SAME && !who_has(to->who, word)) return step;
    }
    return NULL;
}

static bool roles_gather(Call *call, const Plan *plan, Works *out, Err *err)
{
    for (size_t i = 0; i < call->roles.len; i++) {
        const char *role = str_to_c(call->arena, call->roles.at[i]);
        if (strcmp(role, "everyone") == 0 || strcmp(role, "colleague") == 0) continue;
        Rule rule = { .call = call, .plan = plan, .word = role, .out = out };
        if (!rule_run(&rule, step_put_before, WORK_DECIDE, err)) return false;
    }
    return true;
}

/* ---- order ---- */

static int days_order(Date a, Date b)
{
    if (date_is_none(a) || date_is_none(b)) return (int)date_is_none(a) - (int)date_is_none(b);
    return a.number < b.number ? -1 : a.number > b.number;
}

static int work_order(const void *left, const void *right)
{
    const Work *a = left, *b = right;
    int by_due = days_order(a->due, b->due);

    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    if (by_due != 0) return by_due;
    int by_since = days_order(a->since, b->since);
    return by_since != 0 ? by_since : str_compare(a->number, b->number);
}

/* What the general rule asks of one record stays once, the decision before the rest; a room that says in words what is
 * asked may ask several things. */
static bool work_same(const Work *a, const Work *b)
{
    return a->type == b->type && str_eq(a->number, b->number) && str_eq(a->what, b->what) &&
           (a->what.len == 0 || str_eq(a->who, b->who));
}

static void work_once(Works *works)
{
    size_t kept = 0;

    for (size_t i = 0; i < works->len; i++) {
        bool known = false;
        for (size_t k = 0; k < kept && !known; k++)
            known = work_same(&works->at[k], &works->at[i]);
        if (!known) works->at[kept++] = works->at[i];
    }
    works->len = kept;
}

bool work_gather(Call *call, Works *out, Err *err)
{
    const Registry *registry = call->app->registry;
    size_t at                = 0;

    for (const WorkSource *source; (source = registry_work(registry, &at)) != NULL;) {
        if (!source->gather(call, out, err)) return false;
    }
    for (size_t i = 0; i < registry_len(registry); i++) {
        const Plan *plan = registry_at(registry, i);
        if (!plan->asks_for_work || !view_may_list(call, plan->type)) continue;
        if (!roles_gather(call, plan, out, err) || !fields_gather(call, plan, out, err)) return false;
    }
    if (out->len > 1) qsort(out->at, out->len, sizeof out->at[0], work_order);
    work_once(out);
    return true;
}
