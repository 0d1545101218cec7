/* SPDX-License-Identifier: Apache-2.0
 * Who could audit. Each reason is one function that looks at one person; the order is one comparison. */
#include "audit/candidates.h"

#include <stdlib.h>
#include <string.h>

#include "audit/part.h"
#include "audit/say.h"
#include "audit/team.h"
#include "org/person.h"
#include "org/process.h"
#include "org/qualification.h"
#include "org/requirement.h"
#include "record/names.h"
#include "record/row.h"
#include "record/value.h"
#include "record/verb.h"

enum { SUBJECT_MIN = 3 };

/* What is the same for all of them. */
typedef struct {
    Call *call;
    const Audit *audit;
    TeamMemberList team;
    StrList topics; /* titles of the scope's references and processes, folded: what subjects are looked for in */
} Choosing;

static void say_for(const Choosing *choosing, Candidate *candidate, Str reason)
{
    *list_push(choosing->call->arena, &candidate->reasons_for) = reason;
}

static void say_against(const Choosing *choosing, Candidate *candidate, Str reason)
{
    *list_push(choosing->call->arena, &candidate->reasons_against) = reason;
}

/* ---- what the audit is about ---- */

static void topic_add(Choosing *choosing, Str words)
{
    if (words.len > 0) *list_push(choosing->call->arena, &choosing->topics) = str_lower(choosing->call->arena, words);
}

static bool topics_read(Choosing *choosing, Err *err)
{
    const Audit *audit = choosing->audit;

    for (size_t i = 0; i < audit->refs.len; i++) {
        Requirement requirement;
        if (!record_must(choosing->call, &requirement_type, audit->refs.at[i], &requirement, err)) return false;
        topic_add(choosing, requirement.title);
    }
    for (size_t i = 0; i < audit->processes.len; i++) {
        Process process;
        if (!record_must(choosing->call, &process_type, audit->processes.at[i], &process, err)) return false;
        topic_add(choosing, process.name);
    }
    return true;
}

static bool topics_have(const Choosing *choosing, Str subject)
{
    Str folded = str_lower(choosing->call->arena, subject);

    for (size_t i = 0; i < choosing->topics.len; i++) {
        if (str_has(choosing->topics.at[i], folded)) return true;
    }
    return false;
}

/* ---- one person ---- */

static void judge_level(const Choosing *choosing, Candidate *candidate)
{
    Call *call = choosing->call;
    Str level = call_text(call, choice_label(type_field(&qualification_type, STR("level"))->choices, candidate->level));
    Date end  = choosing->audit->last_day;
    bool lapses = !date_is_none(candidate->valid_to) && date_before(candidate->valid_to, end);

    if (date_is_none(candidate->valid_to) || lapses)
        say_for(choosing, candidate, level);
    else
        say_for(choosing, candidate,
                str_fmt(call->arena, "%.*s until %.*s", STR_ARG(level),
                        STR_ARG(date_to_human(call->arena, candidate->valid_to))));
    if (lapses)
        say_against(choosing, candidate,
                    str_fmt(call->arena, "the qualification ends on %.*s, before the audit does",
                            STR_ARG(date_to_human(call->arena, candidate->valid_to))));
    if (candidate->level == LEVEL_IN_TRAINING) say_against(choosing, candidate, STR("works under another auditor"));
    if (candidate->level == LEVEL_EXPERT) say_against(choosing, candidate, STR("an expert never works alone"));
}

static void judge_subjects(const Choosing *choosing, Candidate *candidate, Str subjects)
{
    StrList known = { 0 };
    Str subject;

    while (str_cut(&subjects, ',', &subject)) {
        subject = str_trim(subject);
        if (subject.len >= SUBJECT_MIN && topics_have(choosing, subject))
            *list_push(choosing->call->arena, &known) = subject;
    }
    candidate->knows = (int64_t)known.len;
    if (known.len == 0) return;
    Str words = str_join(choosing->call->arena, &known, STR(", "));
    say_for(choosing, candidate, str_fmt(choosing->call->arena, "knows %.*s", STR_ARG(words)));
}

static void refs_add(Arena *arena, IdList *to, const IdList *from)
{
    for (size_t i = 0; i < from->len; i++)
        id_list_add(arena, to, from->at[i]);
}

/* What is left to him of the scope, and the facts that take the rest away. */
static bool judge_independence(const Choosing *choosing, Candidate *candidate, Err *err)
{
    Call *call         = choosing->call;
    const Audit *audit = choosing->audit;
    FactList facts     = { 0 };
    IdList barred      = { 0 };
    Str text;

    if (!independence_facts(call, audit, candidate->person, &audit->refs, &facts, err) ||
        !facts_without_overrides(call, audit->head.id, candidate->person, &facts, err))
        return false;
    for (size_t i = 0; i < facts.len; i++)
        refs_add(call->arena, &barred, &facts.at[i].refs);
    candidate->takes = ids_without(call->arena, &audit->refs, &barred);
    for (size_t i = 0; i < facts.len; i++) {
        const FactList one = { .at = &facts.at[i], .len = 1 };
        if (!facts_text(call, &one, &text, err)) return false;
        say_against(choosing, candidate, text);
    }
    if (facts.len == 0) say_for(choosing, candidate, STR("no tie to the scope"));
    return true;
}

static void judge_takes(const Choosing *choosing, Candidate *candidate)
{
    size_t scope = choosing->audit->refs.len, left = candidate->takes.len;

    if (scope == 0) return;
    if (left == scope)
        say_for(choosing, candidate, STR("can take the whole scope"));
    else if (left > 0)
        say_for(choosing, candidate, str_fmt(choosing->call->arena, "can take %zu of %zu references", left, scope));
    else
        say_against(choosing, candidate, STR("can take nothing of the scope"));
}

/* Other audits of ours on the same days; cancelled ones (states 10 and 11) do not count. */
static bool judge_dates(const Choosing *choosing, Candidate *candidate, Err *err)
{
    Call *call         = choosing->call;
    const Audit *audit = choosing->audit;
    AuditList others   = { 0 };

    if (date_is_none(audit->start) || date_is_none(audit->last_day)) return true;
    if (!record_list(call, &audit_type, &others,
                     STR("state <> 10 AND state <> 11 AND id <> $2 AND start > 0 AND start <= $4 AND last_day >= $3"
                         " AND (lead = $1 OR id IN (SELECT audit FROM team_member"
                         " WHERE person = $1 AND state = 1 AND part <= 4)) ORDER BY start, id"),
                     BINDS(BIND_ID(candidate->person), BIND_ID(audit->head.id), BIND_DATE(audit->start),
                           BIND_DATE(audit->last_day)),
                     err))
        return false;
    candidate->clashes = others.len > 0;
    for (size_t i = 0; i < others.len; i++)
        say_against(choosing, candidate,
                    str_fmt(call->arena, "works in %.*s on the same days", STR_ARG(others.at[i].head.number)));
    return true;
}

/* "in 2 other audits of 2027, 9 days" */
static Str load_words(Call *call, size_t audits, int64_t days, int year)
{
    Str words = str_fmt(call->arena, "in %zu other audit%s of %d", audits, audits == 1 ? "" : "s", year);

    if (days == 0) return words;
    return str_fmt(call->arena, "%.*s, %lld day%s", STR_ARG(words), (long long)days, days == 1 ? "" : "s");
}

static bool judge_load(const Choosing *choosing, Candidate *candidate, Err *err)
{
    Call *call       = choosing->call;
    int year         = date_to_ymd(choosing->audit->start).year;
    TeamMemberList l = { 0 };

    if (date_is_none(choosing->audit->start)) return true;
    if (!record_list(call, &team_member_type, &l,
                     STR("person = $1 AND state = 1 AND part <= 4 AND audit IN"
                         " (SELECT audit.id FROM audit WHERE audit.start >= $2 AND audit.start <= $3"
                         " AND audit.id <> $4 AND audit.state <> 10 AND audit.state <> 11) ORDER BY id"),
                     BINDS(BIND_ID(candidate->person), BIND_DATE(date_from_ymd(year, 1, 1)),
                           BIND_DATE(date_from_ymd(year, 12, 31)), BIND_ID(choosing->audit->head.id)),
                     err))
        return false;
    for (size_t i = 0; i < l.len; i++)
        candidate->days += l.at[i].days.value;
    if (l.len == 0)
        say_for(choosing, candidate, str_fmt(call->arena, "in no other audit of %d", year));
    else
        say_against(choosing, candidate, load_words(call, l.len, candidate->days, year));
    return true;
}

static bool judge(const Choosing *choosing, const Qualification *qualification, const Person *person,
                  CandidateList *out, Err *err)
{
    Candidate *candidate = list_push(choosing->call->arena, out);

    candidate->person   = person->head.id;
    candidate->number   = person->head.number;
    candidate->name     = person->name;
    candidate->level    = qualification->level;
    candidate->valid_to = qualification->valid_to;
    for (size_t i = 0; i < choosing->team.len; i++)
        candidate->is_in_team = candidate->is_in_team || id_eq(choosing->team.at[i].person, person->head.id);
    judge_level(choosing, candidate);
    if (!judge_independence(choosing, candidate, err)) return false;
    judge_takes(choosing, candidate);
    judge_subjects(choosing, candidate, qualification->subjects);
    return judge_dates(choosing, candidate, err) && judge_load(choosing, candidate, err);
}

/* ---- all of them ---- */

static bool works_alone(const Candidate *candidate)
{
    return candidate->level >= LEVEL_AUDITOR;
}

/* Above 0 when `a` stands behind `b`. */
static int compare(const void *first, const void *second)
{
    const Candidate *a = first, *b = second;

    if ((a->takes.len == 0) != (b->takes.len == 0)) return a->takes.len == 0 ? 1 : -1;
    if (a->clashes != b->clashes) return a->clashes ? 1 : -1;
    if (works_alone(a) != works_alone(b)) return works_alone(a) ? -1 : 1;
    if (a->takes.len != b->takes.len) return a->takes.len < b->takes.len ? 1 : -1;
    if (a->level != b->level) return a->level < b->level ? 1 : -1;
    if (a->knows != b->knows) return a->knows < b->knows ? 1 : -1;
    if (a->days != b->days) return a->days > b->days ? 1 : -1;
    return str_compare(a->name, b->name);
}

static bool is_listed(const CandidateList *list, Id person)
{
    for (size_t i = 0; i < list->len; i++) {
        if (id_eq(list->at[i].person, person)) return true;
    }
    return false;
}

bool candidates_read(Call *call, const Audit *audit, CandidateList *out, Err *err)
{
    Choosing choosing           = { .call = call, .audit = audit };
    QualificationList qualified = { 0 };
    Date day                    = date_is_none(audit->start) ? call->today : audit->start;

    if (!team_members(call, audit->head.id, &choosing.team, err) || !topics_read(&choosing, err)) return false;
    if (!record_list(call, &qualification_type, &qualified, STR("id > 0 ORDER BY level DESC, id"), NO_BINDS, err))
        return false;
    for (size_t i = 0; i < qualified.len; i++) {
        const Qualification *qualification = &qualified.at[i];
        Person person;
        if (!qualification_is_valid(qualification, day) || is_listed(out, qualification->person)) continue;
        if (!record_must(call, &person_type, qualification->person, &person, err)) return false;
        if (person_is_here(&person, day) && !judge(&choosing, qualification, &person, out, err)) return false;
    }
    if (out->len > 1) qsort(out->at, out->len, sizeof *out->at, compare);
    return true;
}

/* ---- for programs ---- */

static json_t *texts_json(const StrList *texts)
{
    json_t *array = json_array();

    for (size_t i = 0; i < texts->len; i++)
        json_array_append_new(array, json_from_str(texts->at[i]));
    return array;
}

static json_t *candidate_json(const Candidate *candidate, Names *names)
{
    json_t *object = json_object(), *takes = json_array(), *person = json_object();

    for (size_t i = 0; i < candidate->takes.len; i++)
        json_array_append_new(takes, json_from_str(names_number(names, &requirement_type, candidate->takes.at[i])));
    json_object_set_new(person, "number", json_from_str(candidate->number));
    json_object_set_new(person, "title", json_from_str(candidate->name));
    json_object_set_new(object, "person", person);
    json_object_set_new(object, "level",
                        json_from_str(str_from_c(
                            choice_name(type_field(&qualification_type, STR("level"))->choices, candidate->level))));
    json_object_set_new(object, "takes", takes);
    json_object_set_new(object, "in_team", json_boolean(candidate->is_in_team));
    json_object_set_new(object, "days", json_integer(candidate->days));
    json_object_set_new(object, "for", texts_json(&candidate->reasons_for));
    json_object_set_new(object, "against", texts_json(&candidate->reasons_against));
    return object;
}

/* candidates-1: what is known of people's ties is for those who put the team together. */
static bool may_choose(Call *call, const Audit *audit, bool *may, Err *err)
{
    TeamMember made = { .audit = audit->head.id };

    if (!verb_may_make(call, &team_member_type, &made, may, err)) return false;
    if (!*may)
        refuse_with(call, "candidates-1", STR("the part of lead auditor or programme manager"),
                    "Ask one of them for the team.");
    return true;
}

static bool candidates_answer(Call *call, const void *record, json_t **out, Err *err)
{
    CandidateList candidates = { 0 };
    Names *names             = names_open(call);
    json_t *array;
    bool may;

    if (!may_choose(call, record, &may, err)) return false;
    if (!may) return true;
    if (!candidates_read(call, record, &candidates, err)) return false;
    for (size_t i = 0; i < candidates.len; i++) {
        for (size_t k = 0; k < candidates.at[i].takes.len; k++)
            names_want(names, &requirement_type, candidates.at[i].takes.at[k]);
    }
    if (!names_load(names, err)) return false;
    *out = json_pack("{s:o}", "candidates", array = json_array());
    for (size_t i = 0; i < candidates.len; i++)
        json_array_append_new(array, candidate_json(&candidates.at[i], names));
    return true;
}

const Inquiry candidates_inquiry = {
    .type  = "audit",
    .name  = "candidates",
    .label = N_("Who could audit"),
    .about = "Qualified people, best first, with what the records say for and against each: independence, subjects, "
             "dates, work in other audits.",
    .schema =
        "{'type': 'object', 'required': ['candidates'], 'additionalProperties': false, 'properties': {'candidates': {"
        "'type': 'array', 'items': {'type': 'object', 'additionalProperties': false,"
        " 'required': ['person', 'level', 'takes', 'in_team', 'days', 'for', 'against'], 'properties': {"
        "'person': {'$ref': '#/components/schemas/Reference'}, 'level': {'type': 'string'},"
        "'takes': {'type': 'array', 'items': {'type': 'string'}, 'description': 'References of the scope without a "
        "tie.'},"
        "'in_team': {'type': 'boolean'}, 'days': {'type': 'integer', 'description': 'In other audits of the year.'},"
        "'for': {'type': 'array', 'items': {'type': 'string'}},"
        "'against': {'type': 'array', 'items': {'type': 'string'}}}}}}}",
    .read = candidates_answer,
};
