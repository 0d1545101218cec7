/* SPDX-License-Identifier: Apache-2.0
 * Running the rules of My work for one person. */
#include "review/work.h"

#include "org/calendar.h"
#include "org/person.h"
#include "record/names.h"
#include "review/work_rule.h"

/* A thing that waits, before the names of people are known. */
typedef struct {
    Work work;
    Id person;
} Waiting;

typedef struct {
    Call *call;
    Workdays workdays; /* of the person */
    struct {
        Waiting *at;
        size_t len, cap;
    } found;
} Gathering;

static bool rule_is_for(const Call *call, const WorkRule *rule)
{
    Str rest, role;

    if (rule->roles == NULL) return true;
    rest = str_from_c(rule->roles);
    while (str_cut(&rest, '|', &role)) {
        if (call_has_role(call, role)) return true;
    }
    return false;
}

static Date due_of_rule(const Gathering *gathering, DueRuleOf rule, Date day)
{
    switch (rule) {
    case DUE_AS_IT_IS: return day;
    case DUE_WORKDAYS_5: return workday_add(&gathering->workdays, day, 5);
    case DUE_DAYS_45: return workday_due_in_days(&gathering->workdays, day, 45);
    }
    return day;
}

static Str words_of(Call *call, const WorkRule *rule, Str number)
{
    return str_fmt(call->arena, "%.*s: %.*s", STR_ARG(number), STR_ARG(call_text(call, rule->what)));
}

static void row_take(Gathering *gathering, Query *q, const WorkRule *rule)
{
    Call *call   = gathering->call;
    Str number   = query_str(q, WORK_NUMBER, call->arena);
    Date day     = { (int32_t)query_int(q, WORK_DAY) };
    Time changed = { query_int(q, WORK_CHANGED) };

    *list_push(call->arena, &gathering->found) = (Waiting){
        .work   = { .kind   = rule->kind,
                    .type   = rule->type,
                    .number = number,
                    .title  = query_str(q, WORK_TITLE, call->arena),
                    .verb   = rule->verb != NULL ? type_verb(rule->type, str_from_c(rule->verb)) : NULL,
                    .state  = (int)query_int(q, WORK_STATE),
                    .what   = words_of(call, rule, number),
                    .reason = query_str(q, WORK_REASON, call->arena),
                    .due    = due_of_rule(gathering, rule->due, day),
                    .since  = zone_date(call->app->zone, changed),
                    .who    = rule->who != NULL ? call_text(call, rule->who) : (Str){ 0 } },
        .person = { query_int(q, WORK_PERSON) },
    };
}

static bool rule_run(Gathering *gathering, const WorkRule *rule, Err *err)
{
    Query *q = query_open(gathering->call->db, str_from_c(rule->sql));

    query_bind_int(q, 1, gathering->call->who.n);
    query_bind_int(q, 2, gathering->call->today.number);
    while (query_next(q))
        row_take(gathering, q, rule);
    return query_close(q, err);
}

static bool rules_run(Gathering *gathering, const WorkRules *rules, Err *err)
{
    for (size_t i = 0; i < rules->len; i++) {
        if (rule_is_for(gathering->call, &rules->at[i]) && !rule_run(gathering, &rules->at[i], err)) return false;
    }
    return true;
}

/* Whom one waits for, by name: one query for all of them. */
static bool people_name(Gathering *gathering, Works *out, Err *err)
{
    Call *call   = gathering->call;
    Names *names = names_open(call);

    for (size_t i = 0; i < gathering->found.len; i++)
        names_want(names, &person_type, gathering->found.at[i].person);
    if (!names_load(names, err)) return false;
    for (size_t i = 0; i < gathering->found.len; i++) {
        Waiting *waiting = &gathering->found.at[i];
        if (!id_is_none(waiting->person)) waiting->work.who = names_person(names, waiting->person);
        *list_push(call->arena, out) = waiting->work;
    }
    return true;
}

static bool gather(Call *call, Works *out, Err *err)
{
    Gathering gathering = { .call = call };

    if (id_is_none(call->who)) return true;
    return calendar_of_person(call, call->who, &gathering.workdays, err) && rules_run(&gathering, &case_work, err) &&
           rules_run(&gathering, &audit_work, err) && rules_run(&gathering, &review_work, err) &&
           people_name(&gathering, out, err);
}

const WorkSource review_works[] = {
    { "nonconformity|action|extension|correction|analysis|cause|root_cause|similar_search|verification|effectiveness|"
      "isms_change|recurrence|external_step|advice|programme|programme_version|programme_line|objective|programme_risk|"
      "audit|team_member|declaration|override|agenda_item|meeting|paper|paper_step|sample|sample_item|evidence|"
      "evidence_request|interview|finding|report|distribution|review|review_input|decision",
      gather },
};
const size_t review_works_len = countof(review_works);
