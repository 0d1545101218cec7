/* SPDX-License-Identifier: Apache-2.0
 * Outcomes in words: one JSON form (RFC 9457 problem details where something stands against it) for all doors. */
#include "record/outcome.h"
#include "record/registry.h"

typedef struct {
    const char *problem; /* last part of the problem's type address; NULL: done */
    int status, exit;
} OutcomeForm;

static const OutcomeForm forms[OUTCOMES] = {
    [OUTCOME_DONE]      = { NULL, 200, 0 },
    [OUTCOME_REFUSED]   = { "refused", 409, 3 },
    [OUTCOME_FORBIDDEN] = { "forbidden", 403, 3 },
    [OUTCOME_INVALID]   = { "invalid", 422, 4 },
    [OUTCOME_CONFLICT]  = { "changed-meanwhile", 412, 5 },
    [OUTCOME_NOT_FOUND] = { "not-found", 404, 6 },
    [OUTCOME_REUSED]    = { "idempotency-key-reused", 422, 4 },
};

int outcome_status(OutcomeKind kind)
{
    return forms[kind].status;
}

int outcome_exit(OutcomeKind kind)
{
    return forms[kind].exit;
}

static Str record_words(Call *call, const Outcome *outcome)
{
    if (outcome->number.len > 0) return outcome->number;
    return str_lower(call->arena, call_text(call, outcome->type != NULL ? outcome->type->label : "Record"));
}

static Str verb_words(Call *call, const Outcome *outcome)
{
    Str name         = str_from_c(outcome->verb);
    const Verb *verb = outcome->verb != NULL ? type_verb(outcome->type, name) : NULL;
    const Inquiry *inquiry =
        outcome->type != NULL ? registry_inquiry_find(call->app->registry, outcome->type, name) : NULL;

    if (inquiry != NULL) return call_text(call, inquiry->label);
    return call_text(call, verb != NULL ? verb->label : "Verb");
}

Str outcome_title(Call *call, const Outcome *outcome)
{
    Str what = record_words(call, outcome), verb = verb_words(call, outcome);

    switch (outcome->kind) {
    case OUTCOME_DONE: return str_fmt(call->arena, "%.*s: %.*s", STR_ARG(what), STR_ARG(verb));
    case OUTCOME_REFUSED:
        return str_fmt(call->arena, "\"%.*s\" is not possible yet for %.*s", STR_ARG(verb), STR_ARG(what));
    case OUTCOME_FORBIDDEN: return str_fmt(call->arena, "\"%.*s\" of %.*s is for others", STR_ARG(verb), STR_ARG(what));
    case OUTCOME_INVALID: return call_text(call, "Some fields need another look");
    case OUTCOME_CONFLICT:
        return str_fmt(call->arena, "%.*s was changed by somebody else since you read it", STR_ARG(what));
    case OUTCOME_NOT_FOUND: return call_text(call, "There is no such record, or it is not shared with you");
    case OUTCOME_REUSED: return call_text(call, "This idempotency key was used for another request");
    case OUTCOMES: break;
    }
    return what;
}

static json_t *names_json(const StrList *names)
{
    json_t *array = json_array();
    for (size_t i = 0; i < names->len; i++)
        json_array_append_new(array, json_from_str(names->at[i]));
    return array;
}

static void set_str(json_t *object, const char *name, Str value)
{
    json_object_set_new(object, name, json_from_str(value));
}

static json_t *refusals_json(const RefusalList *refusals)
{
    json_t *array = json_array();

    for (size_t i = 0; i < refusals->len; i++) {
        const Refusal *refusal = &refusals->at[i];
        json_t *object         = json_object();
        set_str(object, "rule", refusal->rule);
        set_str(object, "missing", refusal->missing);
        json_object_set_new(object, "who", names_json(&refusal->could));
        set_str(object, "next", refusal->next);
        json_array_append_new(array, object);
    }
    return array;
}

json_t *outcome_errors(Call *call, const InvalidList *invalids)
{
    json_t *array = json_array();

    for (size_t i = 0; i < invalids->len; i++) {
        const Invalid *wrong = &invalids->at[i];
        json_t *object       = json_object();
        set_str(object, "pointer",
                wrong->field.len > 0 ? str_fmt(call->arena, "/%.*s", STR_ARG(wrong->field)) : STR(""));
        set_str(object, "field", wrong->field);
        set_str(object, "detail", wrong->message);
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *differences_json(const DifferenceList *differences)
{
    json_t *array = json_array();

    for (size_t i = 0; i < differences->len; i++) {
        const Difference *difference = &differences->at[i];
        json_t *object               = json_object();
        set_str(object, "field", difference->field);
        set_str(object, "label", difference->label);
        set_str(object, "before", difference->before);
        set_str(object, "now", difference->now);
        set_str(object, "wanted", difference->wanted);
        json_array_append_new(array, object);
    }
    return array;
}

static void done_json(Call *call, const Outcome *outcome, json_t *object)
{
    json_t *record = json_object();

    (void)call;
    set_str(record, "type", str_from_c(outcome->type->name));
    json_object_set_new(record, "id", json_integer(outcome->id.n));
    set_str(record, "number", outcome->number);
    json_object_set_new(record, "revision", json_integer(outcome->revision));
    set_str(record, "state", str_from_c(state_name(outcome->type, outcome->state)));
    json_object_set_new(object, "record", record);
    json_object_set_new(object, "verb", json_string(outcome->verb));
    json_object_set_new(object, "events",
                        json_pack("[I,I]", (json_int_t)outcome->first_event, (json_int_t)outcome->last_event));
    if (outcome->shown_once.len > 0) set_str(object, "shown_once", outcome->shown_once);
    json_object_set_new(object, "repeated", json_boolean(outcome->is_repeat));
}

json_t *outcome_json(Call *call, const Outcome *outcome)
{
    json_t *object = json_own(call->arena, json_object());

    if (outcome->kind == OUTCOME_DONE) {
        done_json(call, outcome, object);
        return object;
    }
    set_str(object, "type", str_fmt(call->arena, "urn:plumbline:problem:%s", forms[outcome->kind].problem));
    set_str(object, "title", outcome_title(call, outcome));
    json_object_set_new(object, "status", json_integer(forms[outcome->kind].status));
    if (outcome->number.len > 0) set_str(object, "record", outcome->number);
    if (outcome->verb != NULL) json_object_set_new(object, "verb", json_string(outcome->verb));
    if (outcome->refusals.len > 0) json_object_set_new(object, "refusals", refusals_json(&outcome->refusals));
    if (outcome->invalids.len > 0) json_object_set_new(object, "errors", outcome_errors(call, &outcome->invalids));
    if (outcome->differences.len > 0)
        json_object_set_new(object, "differences", differences_json(&outcome->differences));
    return object;
}
