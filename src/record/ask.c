/* SPDX-License-Identifier: Apache-2.0
 * Questions and answers in JSON. Each kind has one function; all read in one snapshot, but for verbs, which write. */
#include "record/ask.h"

#include <assert.h>
#include <stdalign.h>
#include <string.h>

#include "record/export.h"
#include "record/value.h"

typedef struct {
    Call *call;
    const Ask *ask;
    const Plan *plan;
    Answer *answer;
} Asked;

/* ------------------------------------------------------------------------------------------------------- answers */

static void answer_outcome(Asked *asked, const Outcome *outcome)
{
    asked->answer->status   = outcome_status(outcome->kind);
    asked->answer->exit     = outcome_exit(outcome->kind);
    asked->answer->media    = outcome->kind == OUTCOME_DONE ? "application/json" : "application/problem+json";
    asked->answer->body     = outcome_json(asked->call, outcome);
    asked->answer->revision = outcome->kind == OUTCOME_DONE ? outcome->revision : 0;
}

static void answer_kind(Asked *asked, OutcomeKind kind)
{
    Outcome outcome = { .kind     = kind,
                        .type     = asked->plan != NULL ? asked->plan->type : NULL,
                        .number   = asked->ask->number,
                        .invalids = asked->call->invalids };
    answer_outcome(asked, &outcome);
}

static void answer_json(Asked *asked, json_t *body)
{
    asked->answer->status = 200;
    asked->answer->media  = "application/json";
    asked->answer->body   = body;
}

static json_t *object_new(Asked *asked)
{
    return json_own(asked->call->arena, json_object());
}

static void set_str(json_t *object, const char *name, Str value)
{
    json_object_set_new(object, name, json_from_str(value));
}

/* ------------------------------------------------------------------------------------------------------- one record */

/* The record asked for, now or as it stood; *found is false when the person may not see it. */
static bool asked_record(Asked *asked, void **record, bool *found, Err *err)
{
    Call *call = asked->call;
    Date day;

    *record = arena_alloc(call->arena, asked->plan->type->size, alignof(max_align_t));
    if (!view_find(call, asked->plan->type, asked->ask->number, *record, found, err)) return false;
    if (!*found || asked->ask->as_of.len == 0) return true;
    if (!date_from_iso(asked->ask->as_of, &day)) {
        invalid(call, STR("as-of"), call_text(call, "Give a day as YYYY-MM-DD."));
        return true;
    }
    Time end = zone_day_end(call->app->zone, day);
    return record_as_of(call, asked->plan->type, ((RecordHead *)*record)->id, end, *record, found, err);
}

static bool answer_show(Asked *asked, Err *err)
{
    Names *names = names_open(asked->call);
    void *record;
    bool found;

    if (!asked_record(asked, &record, &found, err)) return false;
    if (asked->call->invalids.len > 0)
        answer_kind(asked, OUTCOME_INVALID);
    else if (!found)
        answer_kind(asked, OUTCOME_NOT_FOUND);
    if (!found || asked->call->invalids.len > 0) return true;
    names_want_record(names, asked->plan, record);
    if (!names_load(names, err)) return false;
    answer_json(asked, json_own(asked->call->arena, record_to_json(names, asked->plan, record)));
    asked->answer->revision = ((RecordHead *)record)->revision;
    return true;
}

static json_t *step_json(Call *call, const StepView *view)
{
    Outcome outcome = { .kind = OUTCOME_REFUSED, .refusals = view->refusals };
    json_t *object  = json_object();

    set_str(object, "verb", str_from_c(view->verb->name));
    set_str(object, "label", call_text(call, view->verb->label));
    json_object_set_new(object, "possible", json_boolean(view->refusals.len == 0));
    json_t *refusals = json_object_get(outcome_json(call, &outcome), "refusals");
    if (refusals != NULL) json_object_set(object, "refusals", refusals);
    return object;
}

static bool answer_steps(Asked *asked, Err *err)
{
    StepViewList views = { 0 };
    json_t *body = object_new(asked), *steps = json_array();
    void *record;
    bool found;

    json_object_set_new(body, "steps", steps);
    if (!asked_record(asked, &record, &found, err)) return false;
    if (!found) {
        answer_kind(asked, OUTCOME_NOT_FOUND);
        return true;
    }
    if (!verb_check_all(asked->call, asked->plan->type, record, &views, err)) return false;
    for (size_t i = 0; i < views.len; i++)
        json_array_append_new(steps, step_json(asked->call, &views.at[i]));
    answer_json(asked, body);
    return true;
}

static bool answer_inquiry(Asked *asked, Err *err)
{
    const Inquiry *inquiry = registry_inquiry_find(asked->call->app->registry, asked->plan->type, asked->ask->verb);
    json_t *body           = NULL;
    void *record;
    bool found;

    if (!asked_record(asked, &record, &found, err)) return false;
    if (!found || inquiry == NULL) {
        answer_kind(asked, OUTCOME_NOT_FOUND);
        return true;
    }
    if (!inquiry->read(asked->call, record, &body, err)) return false;
    if (body != NULL) json_own(asked->call->arena, body);
    if (asked->call->refusals.len == 0) {
        answer_json(asked, body);
        return true;
    }
    Outcome outcome = { .kind     = OUTCOME_REFUSED,
                        .type     = asked->plan->type,
                        .verb     = inquiry->name,
                        .number   = asked->ask->number,
                        .refusals = asked->call->refusals };
    answer_outcome(asked, &outcome);
    return true;
}

/* "docx, html, json, pdf and xlsx" */
static Str forms_words(Asked *asked)
{
    const Rendering *rendering;
    StrList forms = { 0 };

    for (size_t at = 0; (rendering = registry_rendering(asked->call->app->registry, asked->plan->type, &at)) != NULL;)
        *list_push(asked->call->arena, &forms) = str_from_c(rendering->ending);
    return str_sentence(asked->call->arena, &forms);
}

static bool answer_file(Asked *asked, Err *err)
{
    const Rendering *rendering = registry_rendering_as(asked->call->app->registry, asked->plan->type, asked->ask->form);
    Str forms                  = forms_words(asked);
    void *record;
    bool found;

    if (!asked_record(asked, &record, &found, err)) return false;
    if (!found || forms.len == 0) {
        answer_kind(asked, OUTCOME_NOT_FOUND);
        return true;
    }
    if (rendering == NULL) {
        invalid(asked->call, STR("format"), str_fmt(asked->call->arena, "Choose among %.*s.", STR_ARG(forms)));
        answer_kind(asked, OUTCOME_INVALID);
        return true;
    }
    asked->answer->status = 200;
    asked->answer->media  = rendering->media;
    asked->answer->name =
        str_fmt(asked->call->arena, "%.*s.%s", STR_ARG(((RecordHead *)record)->number), rendering->ending);
    return rendering->make(asked->call, record, &asked->answer->text, err);
}

/* ------------------------------------------------------------------------------------------------------- history */

static json_t *history_line_json(Call *call, const HistoryLine *line)
{
    json_t *object = json_object(), *changes = json_array();

    json_object_set_new(object, "event", json_integer(line->event));
    set_str(object, "time", time_to_rfc3339(call->arena, line->time));
    set_str(object, "who", line->who);
    set_str(object, "verb", line->verb_name);
    set_str(object, "label", line->verb);
    set_str(object, "state", line->state);
    set_str(object, "why", line->why);
    json_object_set_new(object, "revision", json_integer(line->revision));
    json_object_set_new(object, "erased", json_boolean(line->is_erased));
    for (size_t i = 0; i < line->differences.len; i++) {
        const Difference *difference = &line->differences.at[i];
        json_t *change               = json_object();
        set_str(change, "field", difference->field);
        set_str(change, "label", difference->label);
        set_str(change, "before", difference->before);
        set_str(change, "after", difference->now);
        json_array_append_new(changes, change);
    }
    json_object_set_new(object, "changes", changes);
    return object;
}

/* A number among the parameters, `or_else` when it is not there. */
static int64_t param_number(Asked *asked, const char *name, int64_t most, int64_t or_else)
{
    const ParamList *params = &asked->ask->params;
    int64_t number          = or_else;

    for (size_t i = 0; i < params->len; i++) {
        if (!str_eq_c(params->at[i].name, name) || str_to_i64(params->at[i].value, 1, most, &number)) continue;
        invalid(asked->call, params->at[i].name,
                str_fmt(asked->call->arena, "Give a number from 1 to %lld.", (long long)most));
    }
    return number;
}

static bool answer_history(Asked *asked, Err *err)
{
    HistoryLines lines = { 0 };
    json_t *body = object_new(asked), *array = json_array();
    int64_t limit  = param_number(asked, "limit", LIST_LIMIT_MAX, LIST_LIMIT_DEFAULT);
    int64_t before = param_number(asked, "before", INT64_MAX, -1);
    void *record;
    bool found;

    json_object_set_new(body, "events", array);
    if (!asked_record(asked, &record, &found, err)) return false;
    if (!found || asked->call->invalids.len > 0) {
        answer_kind(asked, found ? OUTCOME_INVALID : OUTCOME_NOT_FOUND);
        return true;
    }
    if (!record_history(asked->call, asked->plan->type, ((RecordHead *)record)->id, before, (size_t)limit, &lines, err))
        return false;
    for (size_t i = 0; i < lines.len; i++)
        json_array_append_new(array, history_line_json(asked->call, &lines.at[i]));
    /* revision 1 is where a history begins: before it there is nothing */
    bool is_last = lines.len == 0 || lines.at[lines.len - 1].revision <= 1;
    json_object_set_new(body, "next", is_last ? json_null() : json_integer(lines.at[lines.len - 1].event));
    answer_json(asked, body);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- lists */

static bool asked_list(Asked *asked, ListQuery *query, ListPage *page, Err *err)
{
    if (!list_read(asked->call, asked->plan->type, &asked->ask->params, query, err)) return false;
    if (asked->call->invalids.len == 0 && !list_run(asked->call, query, page, err)) return false;
    if (asked->call->invalids.len > 0) answer_kind(asked, OUTCOME_INVALID);
    return true;
}

static bool answer_list(Asked *asked, Err *err)
{
    ListQuery query;
    ListPage page = { 0 };
    json_t *body = object_new(asked), *items = json_array();

    json_object_set_new(body, "items", items);
    if (!asked_list(asked, &query, &page, err)) return false;
    if (asked->call->invalids.len > 0) return true;
    for (size_t i = 0; i < page.len; i++)
        json_array_append_new(items, record_to_json(page.names, asked->plan, page.records[i]));
    json_object_set_new(body, "total", json_integer(page.total));
    json_object_set_new(body, "total_is_more", json_boolean(page.total_is_more));
    json_object_set_new(body, "next", page.next.len > 0 ? json_from_str(page.next) : json_null());
    answer_json(asked, body);
    return true;
}

static bool answer_export(Asked *asked, Err *err)
{
    ListQuery query;
    Str csv;

    if (!list_read(asked->call, asked->plan->type, &asked->ask->params, &query, err)) return false;
    if (asked->call->invalids.len == 0 && !list_to_csv(asked->call, &query, &csv, err)) return false;
    if (asked->call->invalids.len > 0)
        answer_kind(asked, OUTCOME_INVALID);
    else
        *asked->answer = (Answer){ .status = 200, .media = "text/csv; charset=utf-8", .text = csv };
    return true;
}

static bool answer_search(Asked *asked, Err *err)
{
    FoundList found = { 0 };
    json_t *body = object_new(asked), *items = json_array();
    Str words = { 0 };

    json_object_set_new(body, "items", items);
    for (size_t i = 0; i < asked->ask->params.len; i++) {
        if (str_eq_c(asked->ask->params.at[i].name, "q")) words = asked->ask->params.at[i].value;
    }
    if (!view_search(asked->call, words, LIST_LIMIT_DEFAULT, &found, err)) return false;
    for (size_t i = 0; i < found.len; i++) {
        json_t *item = json_object();
        set_str(item, "type", str_from_c(found.at[i].type->name));
        set_str(item, "number", found.at[i].number);
        set_str(item, "title", found.at[i].title);
        json_array_append_new(items, item);
    }
    answer_json(asked, body);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- asking */

static bool answer_verb(const Caller *caller, Asked *asked, Err *err)
{
    Request request = { .type            = asked->plan->type,
                        .verb            = asked->ask->verb,
                        .number          = asked->ask->number,
                        .revision        = asked->ask->revision,
                        .is_exact        = true,
                        .input           = asked->ask->input,
                        .idempotency_key = asked->ask->idempotency_key };
    Outcome outcome;

    if (!verb_run(caller, &request, &asked->call, &outcome, err)) return false;
    answer_outcome(asked, &outcome);
    call_end(asked->call);
    return true;
}

static bool answer_read(Asked *asked, Err *err)
{
    assert(asked->plan != NULL || asked->ask->kind == ASK_SEARCH);
    switch (asked->ask->kind) {
    case ASK_LIST: return answer_list(asked, err);
    case ASK_SHOW: return answer_show(asked, err);
    case ASK_STEPS: return answer_steps(asked, err);
    case ASK_INQUIRY: return answer_inquiry(asked, err);
    case ASK_HISTORY: return answer_history(asked, err);
    case ASK_SEARCH: return answer_search(asked, err);
    case ASK_EXPORT: return answer_export(asked, err);
    case ASK_FILE: return answer_file(asked, err);
    case ASK_VERB:
    case ASK_KINDS: break;
    }
    return true;
}

static const Plan *asked_plan(const Caller *caller, Str type)
{
    const Plan *plan = registry_find(caller->app->registry, type);
    return plan != NULL ? plan : registry_find_plural(caller->app->registry, type);
}

bool ask_answer(const Caller *caller, const Ask *ask, Answer *answer, Err *err)
{
    Asked asked = { .ask = ask, .plan = asked_plan(caller, ask->type), .answer = answer };

    *answer = (Answer){ 0 };
    if (ask->kind == ASK_VERB && asked.plan != NULL) return answer_verb(caller, &asked, err);
    if (!call_open(caller, CALL_READ, &asked.call, err)) return false;
    bool is_known = asked.plan != NULL || ask->kind == ASK_SEARCH;
    bool may_list = asked.plan == NULL || view_may_list(asked.call, asked.plan->type);
    bool done     = true;
    if (!is_known || !may_list)
        answer_kind(&asked, OUTCOME_NOT_FOUND);
    else
        done = answer_read(&asked, err);
    call_end(asked.call);
    return done;
}

/* ------------------------------------------------------------------------------------------------------- over the
 * socket */

static const char *const kind_names[ASK_KINDS] = {
    [ASK_LIST] = "list",       [ASK_SHOW] = "show",       [ASK_STEPS] = "steps",
    [ASK_HISTORY] = "history", [ASK_VERB] = "verb",       [ASK_SEARCH] = "search",
    [ASK_EXPORT] = "export",   [ASK_INQUIRY] = "inquiry", [ASK_FILE] = "file",
};

const char *ask_kind_name(AskKind kind)
{
    return kind_names[kind];
}

json_t *ask_to_json(Arena *arena, const Ask *ask)
{
    json_t *object = json_own(arena, json_object()), *params = json_array();

    set_str(object, "kind", str_from_c(kind_names[ask->kind]));
    set_str(object, "type", ask->type);
    set_str(object, "number", ask->number);
    set_str(object, "verb", ask->verb);
    for (size_t i = 0; i < ask->params.len; i++) {
        json_t *pair = json_array();
        json_array_append_new(pair, json_from_str(ask->params.at[i].name));
        json_array_append_new(pair, json_from_str(ask->params.at[i].value));
        json_array_append_new(params, pair);
    }
    json_object_set_new(object, "params", params);
    if (ask->input != NULL) json_object_set(object, "input", (json_t *)(uintptr_t)ask->input);
    json_object_set_new(object, "revision", json_integer(ask->revision));
    set_str(object, "idempotency_key", ask->idempotency_key);
    set_str(object, "as_of", ask->as_of);
    set_str(object, "form", ask->form);
    return object;
}

bool ask_from_json(Arena *arena, const json_t *json, Ask *out, Err *err)
{
    Str kind = json_text(json, "kind");
    size_t index;
    json_t *pair;

    *out = (Ask){ .kind = ASK_KINDS };
    for (size_t i = 0; i < ASK_KINDS; i++) {
        if (str_eq_c(kind, kind_names[i])) out->kind = (AskKind)i;
    }
    if (out->kind == ASK_KINDS) {
        return err_set(
            err, ERR_FORMAT, 0, .what = STR("cannot read the question"),
            .detail = STR("Its kind is not one of list, show, steps, history, inquiry, verb, search, export, file."),
            .hint   = STR("Use a command line of the same version as the server."));
    }
    out->type = json_text(json, "type"), out->number = json_text(json, "number"), out->verb = json_text(json, "verb");
    out->idempotency_key = json_text(json, "idempotency_key"), out->as_of = json_text(json, "as_of");
    out->form     = json_text(json, "form");
    out->revision = json_integer_value(json_object_get(json, "revision"));
    out->input    = json_object_get(json, "input");
    json_array_foreach(json_object_get(json, "params"), index, pair)
    {
        *list_push(arena, &out->params) =
            (Param){ json_str(json_array_get(pair, 0)), json_str(json_array_get(pair, 1)) };
    }
    return true;
}
