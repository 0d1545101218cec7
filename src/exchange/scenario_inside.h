/* SPDX-License-Identifier: Apache-2.0
 * exchange/scenario_inside.h: what the files scenario_*.c share: the load in hand, the queue of dated steps, and the
 * call of a verb as somebody on a day. */
#pragma once

#include "exchange/form.h"
#include "exchange/scenario.h"
#include "record/outcome.h"

/* Steps of one day run in this order; inside one record in the order of the file. */
typedef enum { RANK_MASTER, RANK_PROGRAMME, RANK_AUDIT, RANK_FIELDWORK, RANK_FINDING, RANK_REVIEW } StepRank;

typedef struct Scenario Scenario;
typedef struct ScenarioStep ScenarioStep;
typedef bool ScenarioRun(Scenario *scenario, const ScenarioStep *step, Err *err);

struct ScenarioStep {
    Date date;
    int minute; /* of the local day; 0: not given, before those that are */
    StepRank rank;
    size_t order; /* of entry: the last word */
    ScenarioRun *run;
    const json_t *owner; /* the audit, finding … that the entry belongs to; NULL: itself */
    const json_t *entry;
    Str place; /* of the entry in the file */
};

typedef struct {
    ScenarioStep *at;
    size_t len, cap;
} ScenarioSteps;

typedef struct {
    Str id;
    Zone *zone;
    Id record;    /* none: not made yet */
    Str password; /* hash; empty: no account */
} ScenarioPerson;

typedef struct {
    ScenarioPerson *at;
    size_t len, cap;
} ScenarioPeople;

struct Scenario {
    const ScenarioSettings *settings;
    Arena *arena;
    Call *base; /* the writing call: all is in its transaction */
    const json_t *file;
    ScenarioPeople people;
    ScenarioSteps steps;
    Date begins;              /* the first day with a step; what stands before it is made the day before */
    const ScenarioStep *step; /* in hand */
    Time clock;               /* of the last call: times only grow */
    ScenarioResult *result;
};

/* ---- the queue (scenario_queue.c) */

/* Enters a step for `date`; without a date nothing happens. */
typedef struct {
    const json_t *date, *at; /* texts of the file; NULL: none */
    StepRank rank;
    ScenarioRun *run;
    const json_t *owner, *entry;
    Str place;
} ScenarioEntry;
void scenario_enter(Scenario *scenario, const ScenarioEntry *entry);
/* The time of the index-th step of a history: its own, else that of the step before it on the same day, as a record
 * keeps the order of its list. NULL: none. */
const json_t *scenario_time_of(const json_t *history, size_t index);
/* Sorts the queue: date, then time where given, then rank, then order of entry. */
void scenario_sort(Scenario *scenario);
/* Each with its own sections of the file. */
void scenario_enter_organisation(Scenario *scenario);
MUST_USE bool scenario_enter_auditors(Scenario *scenario, Err *err); /* after the others: scenario->begins is known */
void scenario_enter_programme(Scenario *scenario);
void scenario_enter_audits(Scenario *scenario);
void scenario_enter_fieldwork(Scenario *scenario);
void scenario_enter_findings(Scenario *scenario);
void scenario_enter_reviews(Scenario *scenario);
/* Sites, units, people, roles, processes, the outline of the standard: what stands before the first step. */
MUST_USE bool scenario_found(Scenario *scenario, Err *err);
MUST_USE bool scenario_found_auditors(Scenario *scenario, Err *err);
/* Hashes the passwords of accounts; slow, so before the write turn. */
MUST_USE bool scenario_accounts_prepare(Scenario *scenario, Err *err);
/* Compares what the file stores with the records. */
MUST_USE bool scenario_compare(Scenario *scenario, Err *err);

/* Of programme, audits and fieldwork for each other. */
json_t *scenario_lines_of(Scenario *scenario, Str audit,
                          Date day); /* numbers of the lines in force that name the audit */
const json_t *scenario_planned_on(Scenario *scenario, const json_t *audit);
const json_t *scenario_last_version_on(const Scenario *scenario);
const json_t *scenario_fieldwork_of(const Scenario *scenario, Str audit); /* NULL: none is told */
MUST_USE bool scenario_plan_fieldwork(Scenario *scenario, const ScenarioStep *step, Err *err);

Str scenario_in_fieldwork(Scenario *scenario, Str number);      /* "IA-26-05/A.8.8-1" */
Str scenario_population_file(Scenario *scenario, Str evidence); /* bytes; empty: the evidence is no population */
ScenarioRun scenario_draw, scenario_test;

/* Of findings and their cases for each other. */
bool scenario_is_nonconformity(const json_t *finding);
json_t *scenario_finding_input(Scenario *scenario, const json_t *finding);
MUST_USE bool scenario_case_do(Scenario *scenario, const ScenarioStep *step, const char *verb, json_t *input, Err *err);
/* Makes a part of the case as the person of the step; `made`: its number, NULL: not asked. */
MUST_USE bool scenario_case_part(Scenario *scenario, const ScenarioStep *step, const char *type, json_t *input,
                                 Str *made, Err *err);
ScenarioRun scenario_register_case, scenario_case_step, scenario_ask_extension, scenario_analyse,
    scenario_similar_check;

/* ---- one call (scenario_deed.c) */

typedef struct {
    Str by;           /* id of the person; empty: the program itself */
    const char *type; /* of the record */
    const char *verb;
    Str number;    /* empty: the verb makes the record */
    json_t *input; /* NULL: none */
    Str made;      /* out: number of the record */
    Id id;         /* out */
    int state;     /* out */
} Deed;

/* The verbs of a history: those that take more than one call, and those that are one call with members of the entry
 * (scenario_input.c; NULL: without). */
typedef struct {
    const char *verb;
    ScenarioRun *run;
} SpecialVerb;
typedef struct {
    const char *verb, *ours, *members;
} PlainVerb;
typedef struct {
    const SpecialVerb *specials;
    size_t specials_len;
    const PlainVerb *plains;
    size_t plains_len;
    bool (*call)(Scenario *scenario, const ScenarioStep *step, const char *verb, json_t *input, Err *err);
} StepVerbs;
/* Takes the step of the entry's "verb"; *known is false, and nothing done, when the tables have no such verb. */
MUST_USE bool scenario_take(Scenario *scenario, const ScenarioStep *step, const StepVerbs *verbs, bool *known,
                            Err *err);
/* Calls the verb on the day of the step in hand. What is refused is an error with the place of the step. */
MUST_USE bool scenario_do(Scenario *scenario, Deed *deed, Err *err);
/* The verb must be refused by `rule`. */
MUST_USE bool scenario_must_refuse(Scenario *scenario, Deed *deed, Str rule, Err *err);
/* The step in hand cannot be taken; always false. */
bool scenario_fail(Scenario *scenario, Str detail, Err *err);
Id scenario_person(const Scenario *scenario, Str id); /* none: not made yet */
bool scenario_exists(Scenario *scenario, const char *type, Str number, bool *exists, Err *err);

/* ---- inputs (scenario_input.c) */

json_t *input_new(Scenario *scenario);
/* Copies members that are there: "lead contact due_on>due objectives:lines refs"; a>b renames, :lines joins a list of
 * texts, one per line. NULL gives an empty input. */
json_t *input_of(Scenario *scenario, const json_t *from, const char *members);
void input_add(Scenario *scenario, json_t *input, const json_t *from, const char *members);
/* Empty texts are left out. */
void input_text(json_t *input, const char *name, Str text);
void input_flag(json_t *input, const char *name, bool value);
/* Members of `date_pair` ([from, to]) as two fields. */
void input_period(json_t *input, const json_t *pair, const char *from, const char *to);
Str lines_of(Scenario *scenario, const json_t *list);
/* The list's texts, each put into `format` ("%.*s/%.*s": prefix, text). */
json_t *list_below(Scenario *scenario, Str prefix, const json_t *list);
bool is_given(const json_t *object, const char *name);
/* The first person with the role, by the file; empty: nobody. */
Str role_holder(const Scenario *scenario, const char *role);
Str place_at(Scenario *scenario, const char *list, size_t index);
Str place_in(Scenario *scenario, Str place, const char *list, size_t index);
/* The member of `list` whose `key` is `value`; NULL when there is none. */
const json_t *find_in(const json_t *list, const char *key, Str value);
bool list_has(const json_t *list, Str value);
/* A small file of evidence: the title and what is known of it (FORM 6). */
MUST_USE bool evidence_file(Scenario *scenario, json_t *input, Str name, Str bytes, Err *err);
Str evidence_text(Scenario *scenario, const json_t *evidence);
