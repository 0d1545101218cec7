/* SPDX-License-Identifier: Apache-2.0
 * Verbs: the order in which a change is judged and written. The first question that is not answered ends it, except
 * guards: all of them are asked, so that people see everything that is missing at once.
 *
 *     known? → done before? → to be seen? → state → who → revision → input → guards → body → rows and events */
#include "record/verb.h"

#include <stdalign.h>
#include <string.h>

#include "base/log.h"
#include "record/answer.h"
#include "record/change.h"
#include "record/changewrite.h"
#include "record/history.h"
#include "record/number.h"
#include "record/people.h"
#include "record/value.h"
#include "record/view.h"

/* One verb on its way. `outcome` is decided as soon as anything stands against it. */
typedef struct {
    Call *call;
    const Request *request;
    const Plan *plan;
    const Verb *verb;
    void *record;  /* as it will be */
    void *before;  /* as it is stored; NULL for a new one */
    void *input;   /* structure of the verb's own input; NULL: none */
    json_t *given; /* input without the members that every verb takes */
    Str why;
    bool makes;
    bool is_known; /* the record's fields are there: relations to it can be asked */
    Outcome *outcome;
} Run;

static bool run_ends(Run *run, OutcomeKind kind)
{
    run->outcome->kind     = kind;
    run->outcome->refusals = run->call->refusals;
    run->outcome->invalids = run->call->invalids;
    return true;
}

static bool run_goes_on(const Run *run)
{
    return run->outcome->kind == OUTCOME_DONE;
}

static void *record_new(Call *call, const Type *type)
{
    return arena_alloc(call->arena, type->size, alignof(max_align_t));
}

/* ------------------------------------------------------------------------------------------------------- the record */

static bool step_leaves(const Step *step, int state)
{
    if (step->from == STATE_ANY) return state != STATE_NEW;
    return step->from == state;
}

static bool verb_makes(const Type *type, const Verb *verb)
{
    for (size_t i = 0; i < type->steps_len; i++) {
        if (type->steps[i].from == STATE_NEW && strcmp(type->steps[i].verb, verb->name) == 0) return true;
    }
    return false;
}

static bool run_load(Run *run, Err *err)
{
    const Type *type = run->plan->type;
    bool found;

    run->record   = record_new(run->call, type);
    run->makes    = run->request->number.len == 0 && verb_makes(type, run->verb);
    run->is_known = !run->makes;
    if (run->makes) return true;
    if (!view_find(run->call, type, run->request->number, run->record, &found, err)) return false;
    if (!found) return run_ends(run, OUTCOME_NOT_FOUND);
    run->before = record_new(run->call, type);
    memcpy(run->before, run->record, type->size);
    run->call->before = run->before;
    RecordHead *head  = run->record;
    run->outcome->id = head->id, run->outcome->number = head->number;
    run->outcome->state = head->state, run->outcome->revision = head->revision;
    return true;
}

/* ------------------------------------------------------------------------------------------------------- state and who
 */

static const Step *step_from(const Type *type, const Verb *verb, int state)
{
    for (size_t i = 0; i < type->steps_len; i++) {
        const Step *step = &type->steps[i];
        if (step_leaves(step, state) && strcmp(step->verb, verb->name) == 0) return step;
    }
    return NULL;
}

static Str states_before(Call *call, const Type *type, const Verb *verb)
{
    StrList names = { 0 };
    for (size_t i = 0; i < type->steps_len; i++) {
        const Step *step = &type->steps[i];
        if (step->from < 1 || strcmp(step->verb, verb->name) != 0) continue;
        Str name   = call_text(call, state_label(type, step->from));
        bool known = false;
        for (size_t k = 0; k < names.len; k++)
            known = known || str_eq(names.at[k], name);
        if (!known) *list_push(call->arena, &names) = name;
    }
    return str_join(call->arena, &names, STR(" or "));
}

static bool run_check_state(Run *run)
{
    Call *call             = run->call;
    const Type *type       = run->plan->type;
    const RecordHead *head = run->record;

    call->step = step_from(type, run->verb, run->makes ? STATE_NEW : head->state);
    if (call->step != NULL && (call->is_system || !(run->verb->flags & VERB_INSIDE))) return true;
    Str needs = states_before(call, type, run->verb);
    refuse(call,
           (Refusal){ .rule    = STR("state"),
                      .missing = str_fmt(call->arena, "%.*s is in state \"%s\"; this needs \"%.*s\"",
                                         STR_ARG(head->number), state_label(type, head->state), STR_ARG(needs)),
                      .next = call_text(call, "Look at the record again: somebody may have taken the step already.") });
    return run_ends(run, OUTCOME_REFUSED);
}

static bool scopes_allow(const Call *call, const Type *type)
{
    if (call->scopes.len == 0) return true;
    for (size_t i = 0; i < call->scopes.len; i++) {
        Str scope = call->scopes.at[i];
        if (str_eq_c(scope, "write")) return true;
        bool is_of_type = str_eq_c(str_slice(scope, 0, str_index(scope, ':')), type->name);
        if (is_of_type && str_ends(scope, STR(":write"))) return true;
    }
    return false;
}

static StrList who_could(Call *call, const Type *type, const Step *step, const void *record)
{
    IdList people = { 0 };
    Err err       = { 0 };

    if (!people_among(call, type, step->who, record, &people, &err)) return (StrList){ 0 };
    if (people.len > 8) people.len = 8;
    return people_names(call, &people);
}

static void refuse_who(Call *call, const Type *type, const Step *step, const void *record)
{
    StrList could    = who_could(call, type, step, record);
    const char *next = could.len > 0 ? N_("Ask one of them.") : N_("Ask an administrator to give somebody this role.");

    refuse(call,
           (Refusal){ .rule    = STR("who"),
                      .missing = str_fmt(call->arena, "this is for: %.*s", STR_ARG(who_words(call, type, step->who))),
                      .could   = could,
                      .next    = call_text(call, next) });
}

static bool step_names_relation(const Type *type, const Step *step)
{
    Str rest = str_from_c(step->who), word;

    while (str_cut(&rest, '|', &word)) {
        for (size_t i = 0; i < type->relations_len; i++) {
            if (str_eq_c(word, type->relations[i].name)) return true;
        }
    }
    return false;
}

/* Any row of the verb from this state may let the person in; the first such row is the step in hand. Who is related to
 * a new record ("the lead of its audit") shows only when its fields are there: then the question is asked again. */
static bool run_check_who(Run *run, Err *err)
{
    Call *call       = run->call;
    const Type *type = run->plan->type;
    int state        = run->makes ? STATE_NEW : ((RecordHead *)run->record)->state;
    bool may_later   = false;

    if (!scopes_allow(call, type)) {
        refuse_with(call, "scope", STR("the token used here may not change this"),
                    "Use a token with the scope \"write\".");
        return run_ends(run, OUTCOME_FORBIDDEN);
    }
    for (size_t i = 0; i < type->steps_len; i++) {
        const Step *step = &type->steps[i];
        bool is;
        if (!step_leaves(step, state) || strcmp(step->verb, run->verb->name) != 0) continue;
        if (!call_is_among(call, type, step->who, run->is_known ? run->record : NULL, &is, err)) return false;
        may_later = may_later || (!run->is_known && step_names_relation(type, step));
        if (!is) continue;
        call->step = step, run->is_known = true;
        return true;
    }
    if (may_later) return true;
    refuse_who(call, type, call->step, run->is_known ? run->record : NULL);
    return run_ends(run, OUTCOME_FORBIDDEN);
}

static bool run_check_who_of_new(Run *run, Err *err)
{
    if (run->is_known) return true;
    run->is_known = true;
    return run_check_who(run, err);
}

/* ------------------------------------------------------------------------------------------------------- revision */

static bool run_edits(const Run *run)
{
    return strcmp(run->verb->name, "edit") == 0;
}

/* Somebody changed the record since it was read. An edit of fields that the other did not touch goes through; the rest
 * is told field by field. Where the caller wants it exact, any change since is a conflict. */
static bool run_check_revision(Run *run, Err *err)
{
    Call *call       = run->call;
    RecordHead *head = run->record;

    if (run->makes || run->request->revision == 0 || run->request->revision == head->revision) return true;
    if (!record_differences(call, run->plan->type, head->id, run->request->revision, run->record, run->given,
                            &run->outcome->differences, err))
        return false;
    if (run_edits(run) && run->outcome->differences.len == 0) {
        if (!run->request->is_exact) return true;
        if (!record_differences(call, run->plan->type, head->id, run->request->revision, run->record, NULL,
                                &run->outcome->differences, err))
            return false;
    }
    return run_ends(run, OUTCOME_CONFLICT);
}

/* ------------------------------------------------------------------------------------------------------- input */

static const Field why_field    = { .name = "why", .kind = KIND_LONG, .label = "Why", .max_bytes = 2000 };
static const Field number_field = { .name = "number", .kind = KIND_TEXT, .label = "Number", .max_bytes = 60 };

/* Every verb takes "why"; verbs that make a record take "number". Both go to the engine, not to the verb. */
static bool run_take_common(Run *run, Err *err)
{
    Call *call = run->call;

    run->given = json_own(call->arena, json_object());
    if (run->request->input != NULL && !json_is_object(run->request->input)) {
        invalid(call, (Str){ 0 }, call_text(call, "Give a JSON object with the fields."));
        return true;
    }
    if (run->request->input != NULL) json_object_update(run->given, (json_t *)(uintptr_t)run->request->input);
    const json_t *why = json_object_get(run->given, "why");
    if (why != NULL && !value_from_json(call, &why_field, why, &run->why, STR("why"), err)) return false;
    json_object_del(run->given, "why");
    const json_t *number = run->makes ? json_object_get(run->given, "number") : NULL;
    RecordHead *head     = run->record;
    if (number == NULL || type_field(run->plan->type, STR("number")) != NULL) return true;
    if (!value_from_json(call, &number_field, number, &head->number, STR("number"), err)) return false;
    if (str_has(head->number, STR("/")))
        invalid(call, STR("number"), call_text(call, "Choose a number without \"/\"."));
    if (run->plan->type->number_later && number_is_provisional(head->number))
        invalid(call, STR("number"), call_text(call, "Choose a number that does not begin with \"D-\"."));
    json_object_del(run->given, "number");
    return true;
}

static void input_check_fields(Run *run)
{
    const char *name;
    json_t *value;
    int state = ((RecordHead *)run->record)->state;

    json_object_foreach(run->given, name, value)
    {
        const Field *field = type_field(run->plan->type, str_from_c(name));
        if (field == NULL) continue;
        if (field->set_by == SET_BY_VERB || (!run->makes && field->set_by == SET_ONCE))
            invalid(run->call, str_from_c(field->name),
                    str_fmt(run->call->arena, "\"%s\" is not changed here.", field->label));
        else if (!run->makes && field->fixed_from > 0 && state >= field->fixed_from)
            invalid(run->call, str_from_c(field->name),
                    str_fmt(run->call->arena, "\"%s\" is fixed in state \"%s\".", field->label,
                            state_label(run->plan->type, state)));
    }
}

static bool run_take_input(Run *run, Err *err)
{
    Call *call         = run->call;
    const Shape *shape = run->verb->input;
    bool is_own        = shape == NULL && (run->makes || run_edits(run));

    if (is_own) input_check_fields(run);
    if (is_own) shape = &run->plan->shape;
    if (shape == NULL) {
        const char *name;
        json_t *value;
        json_object_foreach(run->given, name, value)
            invalid(call, str_dup(call->arena, str_from_c(name)), call_text(call, "This verb takes no such field."));
    } else {
        void *into = is_own ? run->record : arena_alloc(call->arena, shape->size, alignof(max_align_t));
        if (!shape_from_json(call, shape, run->given, into, err)) return false;
        shape_check_needed(call, shape, into, is_own && run->makes ? 1 : 0);
        run->input = into;
    }
    if ((run->verb->flags & VERB_DANGER) && run->why.len == 0)
        invalid(call, STR("why"), call_text(call, "Say why: it is kept in the history."));
    call->input = run->input != NULL ? run->input : run->record;
    call->given = run->given;
    return call->invalids.len == 0 || run_ends(run, OUTCOME_INVALID);
}

/* A number that somebody gave. That it has gone is for the person to mend, not a failure of the store. */
static bool run_check_number(Run *run, Err *err)
{
    Call *call             = run->call;
    const RecordHead *head = run->record;
    bool is_free;

    if (!run->makes || head->number.len == 0) return true;
    if (!number_is_free(call, run->plan, head, &is_free, err)) return false;
    if (is_free) return true;
    invalid(call, STR("number"),
            str_fmt(call->arena, "%.*s is there already: choose another number.", STR_ARG(head->number)));
    return run_ends(run, OUTCOME_INVALID);
}

/* ------------------------------------------------------------------------------------------------------- guards and
 * body */

static bool guards_ask(Call *call, const Step *step, const void *record, Err *err)
{
    for (size_t i = 0; i < STEP_GUARDS_MAX && step->guards[i] != NULL; i++) {
        if (!step->guards[i](call, record, err)) return false;
    }
    return true;
}

static bool run_ask_guards(Run *run, Err *err)
{
    if (!guards_ask(run->call, run->call->step, run->record, err)) return false;
    if (run->call->invalids.len > 0) return run_ends(run, OUTCOME_INVALID);
    return run->call->refusals.len == 0 || run_ends(run, OUTCOME_REFUSED);
}

static const Step *step_to(const Type *type, const Verb *verb, int from, int target)
{
    for (size_t i = 0; i < type->steps_len; i++) {
        const Step *step = &type->steps[i];
        if (step_leaves(step, from) && strcmp(step->verb, verb->name) == 0 && step->to == target) return step;
    }
    return NULL;
}

static int run_target(Run *run, const Changes *changes, int from)
{
    const Step *step = run->call->step;

    if (changes->target != 0 && step_to(run->plan->type, run->verb, from, changes->target) != NULL)
        return changes->target;
    return step->to == STATE_SAME ? from : step->to;
}

/* "needed_from": a state is not entered without the field. */
static bool run_check_complete(Run *run, int target)
{
    Call *call       = run->call;
    StrList missing  = { 0 };
    const Plan *plan = run->plan;

    if (run->verb->flags & VERB_DANGER) return true; /* what is withdrawn need not be complete */
    for (size_t i = 0; i < plan->type->fields_len; i++) {
        const Field *field = &plan->type->fields[i];
        if (field->needed_from > 0 && target >= field->needed_from && field_is_empty(field, run->record))
            *list_push(call->arena, &missing) = str_fmt(call->arena, "\"%s\"", field->label);
    }
    if (missing.len == 0) return true;
    refuse(call, (Refusal){ .rule    = str_fmt(call->arena, "%s-fields", run->verb->name),
                            .missing = str_fmt(call->arena, "not filled in: %.*s",
                                               STR_ARG(str_sentence(call->arena, &missing))),
                            .next    = call_text(call, "Fill it in, then try again.") });
    return false;
}

static bool run_follows(Run *run, Changes *changes, Err *err)
{
    size_t at = 0;
    for (VerbBody *body;
         (body = registry_follow(run->call->app->registry, run->plan->type, run->verb->name, &at)) != NULL;) {
        if (!body(run->call, run->record, changes, err)) return false;
    }
    return true;
}

static bool run_body(Run *run, Changes *changes, Err *err)
{
    Call *call       = run->call;
    RecordHead *head = run->record;
    int from         = run->makes ? STATE_NEW : head->state;
    Change *own      = list_push(call->arena, changes);

    own->kind    = run->makes ? CHANGE_MAKE : CHANGE_EDIT;
    own->type    = run->plan->type;
    own->record  = run->record;
    own->verb    = run->verb->name;
    changes->why = run->why;
    if (run->makes && !id_next(call, &head->id, err)) return false;
    if (run->verb->body != NULL && !run->verb->body(call, run->record, changes, err)) return false;
    if (!run_follows(run, changes, err)) return false;
    changes->at[0].to  = run_target(run, changes, from);
    changes->at[0].why = changes->why;
    if (call->invalids.len > 0) return run_ends(run, OUTCOME_INVALID);
    if (call->refusals.len > 0 || !run_check_complete(run, changes->at[0].to)) return run_ends(run, OUTCOME_REFUSED);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- writing */

static bool run_write(Run *run, Changes *changes, Err *err)
{
    Call *call       = run->call;
    RecordHead *head = run->record;
    Ledger *ledger   = ledger_begin(call->db, call->arena, call->app->world, call->now, err);

    if (ledger == NULL || !changes_write(changes, ledger, run->request->idempotency_key, err)) return false;
    Outcome *outcome     = run->outcome;
    outcome->id          = head->id;
    outcome->number      = head->number;
    outcome->revision    = head->revision;
    outcome->state       = head->state;
    outcome->shown_once  = call->shown_once;
    outcome->first_event = head->last_event;
    outcome->last_event  = ((RecordHead *)changes->at[changes->len - 1].record)->last_event;
    if (outcome->last_event < outcome->first_event) outcome->last_event = outcome->first_event;
    return answer_keep(call, run->request, outcome, err) && ledger_seal(ledger, err);
}

static bool run_steps(Run *run, Err *err)
{
    Changes changes = { .call = run->call };

    if (!run_load(run, err)) return false;
    if (run_goes_on(run) && !run_check_state(run)) return false;
    if (run_goes_on(run) && !run_check_who(run, err)) return false;
    if (run_goes_on(run) && !run_take_common(run, err)) return false;
    if (run_goes_on(run) && !run_check_revision(run, err)) return false;
    if (run_goes_on(run) && !run_take_input(run, err)) return false;
    if (run_goes_on(run) && !run_check_who_of_new(run, err)) return false;
    if (run_goes_on(run) && !run_check_number(run, err)) return false;
    if (run_goes_on(run) && !run_ask_guards(run, err)) return false;
    if (run_goes_on(run) && !run_body(run, &changes, err)) return false;
    return !run_goes_on(run) || run_write(run, &changes, err);
}

static void call_clear(Call *call)
{
    call->step = NULL, call->input = NULL, call->given = NULL, call->before = NULL;
    call->refusals   = (RefusalList){ 0 };
    call->invalids   = (InvalidList){ 0 };
    call->shown_once = (Str){ 0 };
}

bool verb_apply(Call *call, const Request *request, Outcome *outcome, Err *err)
{
    Run run = { .call = call, .request = request, .outcome = outcome };

    call_clear(call);
    *outcome = (Outcome){ .kind = OUTCOME_DONE, .type = request->type };
    run.plan = registry_plan(call->app->registry, request->type);
    run.verb = type_verb(request->type, request->verb);
    if (run.verb == NULL) return run_ends(&run, OUTCOME_NOT_FOUND);
    outcome->verb = run.verb->name;
    call->type = request->type, call->verb = run.verb;
    if (!answer_find(call, request, outcome, err)) return false;
    if (outcome->is_repeat || outcome->kind != OUTCOME_DONE) return true;
    return run_steps(&run, err);
}

static bool refuse_read_only(Call *call, Outcome *outcome)
{
    *outcome = (Outcome){ .kind = OUTCOME_REFUSED };
    refuse_with(call, "read-only", STR("the record did not pass its last verification, so nothing is written"),
                "Tell the administrator; \"verify\" names what differs.");
    outcome->refusals = call->refusals;
    return true;
}

/* Slow work, outside the write turn; the caller's own input stays as it was. */
static bool request_prepare(const Caller *caller, const Request *request, Request *prepared, void **found, Err *err)
{
    const Verb *verb = type_verb(request->type, request->verb);

    *prepared = *request;
    *found    = NULL;
    if (verb == NULL || verb->prepare == NULL || !json_is_object(request->input)) return true;
    json_t *input   = json_own(caller->arena, json_deep_copy(request->input));
    prepared->input = input;
    return verb->prepare(caller, request->number, input, found, err);
}

/* What one hook may use; a report of some hundred pages needs about a tenth. */
enum { AFTER_ARENA_MAX = 256 << 20 };

/* One hook in an arena of its own: when it runs out of memory, the verb is done all the same. */
static void after_run(const After *after, const Caller *caller, const Outcome *outcome, Arena *arena)
{
    Caller own = *caller;
    Err err    = { 0 };

    own.arena = arena;
    if (!ARENA_TRY(arena)) {
        log_line(LOG_ERROR, after->type, "what follows \"%s\" of %.*s did not fit into memory", after->verb,
                 STR_ARG(outcome->number));
    } else if (!after->run(&own, outcome, &err)) {
        (void)err_context(&err, "after \"%s\" of %s %.*s", after->verb, after->type, STR_ARG(outcome->number));
        log_err(after->type, &err);
    }
    arena_forget_recovery(arena);
    arena_reset(arena);
}

static void run_afters(const Caller *caller, const Outcome *outcome)
{
    const Registry *registry = caller->app->registry;
    const After *after;
    Arena *arena = NULL;
    size_t at    = 0;

    while ((after = registry_after(registry, outcome->type, outcome->verb, &at)) != NULL) {
        if (arena == NULL) arena = arena_open(AFTER_ARENA_MAX);
        if (arena == NULL) {
            log_line(LOG_ERROR, after->type, "no memory for what follows \"%s\" of %.*s", after->verb,
                     STR_ARG(outcome->number));
            return;
        }
        after_run(after, caller, outcome, arena);
    }
    arena_close(arena);
}

bool verb_run(const Caller *caller, const Request *asked, Call **call, Outcome *outcome, Err *err)
{
    Request prepared, *request = &prepared;
    void *found;

    if (!request_prepare(caller, asked, &prepared, &found, err)) return false;
    if (!call_open(caller, caller->app->read_only ? CALL_READ : CALL_WRITE, call, err)) return false;
    if (caller->app->read_only) return refuse_read_only(*call, outcome);
    (*call)->found = found;
    if (!verb_apply(*call, request, outcome, err)) {
        call_end(*call);
        return false;
    }
    /* an answer other than "done" may still be put into words: the transaction stays open for reading names */
    if (outcome->kind != OUTCOME_DONE || outcome->is_repeat) return true;
    if (!db_commit((*call)->db, err)) return false;
    run_afters(caller, outcome);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- asking */

bool verb_check(Call *call, const Type *type, const Verb *verb, const void *record, Outcome *outcome, Err *err)
{
    Request request = { .type = type, .verb = str_from_c(verb->name) };
    Run run         = { .call     = call,
                        .request  = &request,
                        .plan     = registry_plan(call->app->registry, type),
                        .verb     = verb,
                        .record   = record_new(call, type),
                        .makes    = record == NULL,
                        .is_known = record != NULL,
                        .outcome  = outcome };

    call_clear(call);
    *outcome   = (Outcome){ .kind = OUTCOME_DONE, .type = type, .verb = verb->name };
    call->type = type, call->verb = verb;
    if (record != NULL) {
        memcpy(run.record, record, type->size);
        outcome->number = ((const RecordHead *)record)->number;
    }
    return run_check_state(&run) && (!run_goes_on(&run) || run_check_who(&run, err));
}

static bool view_step(Call *call, const Type *type, const Step *step, const void *record, StepView *view, Err *err)
{
    call_clear(call);
    call->type = type, call->step = step, call->verb = type_verb(type, str_from_c(step->verb));
    if (!guards_ask(call, step, record, err)) return false;
    *view = (StepView){ .verb = call->verb, .step = step, .is_allowed = true, .refusals = call->refusals };
    call_clear(call);
    return true;
}

static bool views_have(const StepViewList *views, const char *verb)
{
    for (size_t i = 0; i < views->len; i++) {
        if (strcmp(views->at[i].verb->name, verb) == 0) return true;
    }
    return false;
}

bool verb_check_all(Call *call, const Type *type, const void *record, StepViewList *out, Err *err)
{
    const RecordHead *head = record;

    for (size_t i = 0; i < type->steps_len; i++) {
        const Step *step = &type->steps[i];
        const Verb *verb = type_verb(type, str_from_c(step->verb));
        StepView view;
        bool is;
        if (!step_leaves(step, head->state) || (verb->flags & VERB_INSIDE) || views_have(out, step->verb)) continue;
        if (!call_is_among(call, type, step->who, record, &is, err)) return false;
        if (!is || call->is_system) continue;
        if (!view_step(call, type, step, record, &view, err)) return false;
        *list_push(call->arena, out) = view;
    }
    return true;
}

bool verb_may_create(Call *call, const Type *type, bool *may, Err *err)
{
    return verb_may_make(call, type, NULL, may, err);
}

bool verb_may_make(Call *call, const Type *type, const void *record, bool *may, Err *err)
{
    *may = false;
    for (size_t i = 0; i < type->steps_len && !*may; i++) {
        const Step *step = &type->steps[i];
        const Verb *verb = type_verb(type, str_from_c(step->verb));
        if (step->from != STATE_NEW || (verb->flags & VERB_INSIDE)) continue;
        if (!call_is_among(call, type, step->who, record, may, err)) return false;
    }
    return true;
}
