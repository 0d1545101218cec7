/* SPDX-License-Identifier: Apache-2.0
 * Doing something: the form of a verb, and what came of sending it. Done: on to the record. Refused: the four answers,
 * and the form with what was typed. Invalid: the form with what to mend. Changed meanwhile: both texts. */
#include <stdalign.h>
#include <string.h>

#include "base/base64.h"
#include "pages/pages.h"
#include "record/answer.h"
#include "record/people.h"
#include "record/verb.h"
#include "web/pages.h"
#include "web/rules.h"
#include "web/shape_form.h"
#include "web/upload.h"

/* One verb of one record, or of a new one. */
typedef struct {
    Visit *visit;
    const Type *type;
    const Verb *verb;
    void *record; /* NULL: the verb makes one */
    ShapeForm shape;
    RefusalCards cards;
    Str refused;      /* above the form, for what belongs to no field */
    Str title;        /* of page and crumbs */
    int64_t revision; /* that the form is about */
} Act;

/* ---- which verb, of which record ---- */

static bool step_makes(const Type *type, const Step *step)
{
    return step->from == STATE_NEW && !(type_verb(type, str_from_c(step->verb))->flags & VERB_INSIDE);
}

/* The verb that the address asks for, else the first that makes a record of the type. */
static const Verb *verb_making(const Visit *visit)
{
    const Type *type = visit->plan->type;
    Str asked        = visit_field(visit, "verb");

    if (asked.len == 0) asked = visit_param(visit, "verb");
    for (size_t i = 0; i < type->steps_len; i++) {
        if (step_makes(type, &type->steps[i]) && (asked.len == 0 || str_eq_c(asked, type->steps[i].verb)))
            return type_verb(type, str_from_c(type->steps[i].verb));
    }
    return NULL;
}

static const Verb *verb_of_record(const Visit *visit)
{
    const Verb *verb = type_verb(visit->plan->type, visit->word);
    return verb != NULL && !(verb->flags & VERB_INSIDE) ? verb : NULL;
}

static bool act_names(Act *act, Err *err)
{
    act->shape.names = names_open(act->visit->call);
    if (act->record != NULL) {
        names_want_record(act->shape.names, act->visit->plan, act->record);
        names_know(act->shape.names, act->type, act->record);
    }
    return names_load(act->shape.names, err);
}

static void act_shape(Act *act)
{
    bool is_own = act->verb->input == NULL && (act->record == NULL || strcmp(act->verb->name, "edit") == 0);

    act->shape.visit  = act->visit;
    act->shape.type   = act->type;
    act->shape.verb   = act->verb;
    act->shape.record = act->record;
    act->shape.shape  = is_own ? &act->visit->plan->shape : act->verb->input;
    act->shape.use    = is_own ? (act->record == NULL ? SHAPE_CREATE : SHAPE_EDIT) : SHAPE_VERB;
}

/* *found is false when there is no such verb or record for this person. */
static bool act_open(Visit *visit, Act *act, bool *found, Err *err)
{
    *act   = (Act){ .visit = visit, .type = visit->plan->type };
    *found = false;
    if (!visit_read(visit, err)) return false;
    act->verb = visit->number.len > 0 ? verb_of_record(visit) : verb_making(visit);
    if (act->verb == NULL) return true;
    if (visit->number.len > 0) {
        act->record = arena_alloc(visit->arena, act->type->size, alignof(max_align_t));
        if (!view_find(visit->call, act->type, visit->number, act->record, found, err)) return false;
        if (!*found) return true;
        act->revision = ((RecordHead *)act->record)->revision;
    }
    *found = true;
    act_shape(act);
    return act_names(act, err);
}

/* ---- the page with the form ---- */

static Str act_address(const Act *act)
{
    return address_verb(act->visit->arena, act->type, act->visit->number, act->verb->name);
}

/* "Add person"; "Plan a review" where the verb's label names the thing itself, else "Register nonconformity". */
static Str act_title(const Act *act)
{
    Arena *arena = act->visit->arena;
    Str label    = visit_text(act->visit, act->verb->label);

    if (act->record != NULL) return label;
    Str noun = str_lower(arena, visit_text(act->visit, act->type->label));
    if (act->verb == &verb_create) label = visit_text(act->visit, N_("Add"));
    if (str_has(label, STR(" ")) || str_has(str_lower(arena, label), noun)) return label;
    return str_fmt(arena, "%.*s %.*s", STR_ARG(label), STR_ARG(noun));
}

static PageHead act_head(const Act *act)
{
    Visit *visit  = act->visit;
    PageHead head = { .title = act_title(act) };

    *list_push(visit->arena, &head.crumbs) =
        (Link){ visit_text(visit, act->type->label_plural), address_list(visit->arena, act->type) };
    if (act->record != NULL) {
        *list_push(visit->arena, &head.crumbs) = (Link){ record_words(visit, visit->plan, act->record),
                                                         address_record(visit->arena, act->type, visit->number) };
        head.number                            = visit->number;
    }
    const char *help = act->verb == &verb_create ? act->type->about : act->verb->help;
    if (help != NULL) head.sub = visit_text(visit, help);
    return head;
}

/* A key of its own for each form shown: sent twice, it is done once. */
static Str key_make(const Visit *visit)
{
    char bytes[16];

    world_random(visit->app->world, bytes, sizeof bytes);
    return base64url_encode(visit->arena, (Str){ bytes, sizeof bytes });
}

static void form_hide(const Act *act, Form *form, const char *name, Str value)
{
    if (value.len > 0)
        *list_push(act->visit->arena, &form->hidden) = (HiddenField){ .name = str_from_c(name), .value = value };
}

static void form_buttons(const Act *act, Form *form)
{
    Visit *visit  = act->visit;
    bool is_edit  = act->shape.use == SHAPE_EDIT;
    ButtonKind is = act->verb->flags & VERB_DANGER ? BUTTON_DANGER : BUTTON_PRIMARY;
    Str back      = act->record != NULL ? address_record(visit->arena, act->type, visit->number)
                                        : address_list(visit->arena, act->type);

    *list_push(visit->arena, &form->verbs) =
        (Button){ .label = is_edit ? visit_text(visit, N_("Save")) : act_title(act), .kind = is };
    *list_push(visit->arena, &form->verbs) = (Button){ .label = visit_text(visit, N_("Do nothing")),
                                                       .kind  = BUTTON_QUIET,
                                                       .href  = visit_return(visit, back) };
}

static bool act_page(Act *act, int status, Err *err)
{
    Visit *visit = act->visit;
    Form form    = { .action = act_address(act), .revision = act->revision, .refused = act->refused };
    Str marks    = visit_field(visit, "marks");

    if (act->shape.use == SHAPE_EDIT && marks.len == 0) marks = shape_marks(&act->shape, act->record);
    form_hide(act, &form, "marks", marks);
    form_hide(act, &form, "key", key_make(visit));
    form_hide(act, &form, "return", visit_return(visit, STR("")));
    if (act->record == NULL) form_hide(act, &form, "verb", str_from_c(act->verb->name));
    if (!shape_form_fill(&act->shape, &form, err)) return false;
    form_buttons(act, &form);
    Html page     = visit_html(visit);
    PageHead head = act_head(act);
    Shell shell   = visit_shell(visit, head.title, address_list(visit->arena, act->type));
    page_record_form(&page, &shell, &head, &act->cards, &form);
    return visit_send(visit, status, &page, err);
}

/* ---- looking at the form ---- */

/* What of the guards does not hold yet, above the form. */
static bool act_look(Act *act, Err *err)
{
    StepViewList views = { 0 };

    if (act->record == NULL) return true;
    if (!verb_check_all(act->visit->call, act->type, act->record, &views, err)) return false;
    for (size_t i = 0; i < views.len; i++) {
        if (views.at[i].verb != act->verb) continue;
        Str title  = str_fmt(act->visit->arena, "“%.*s” %.*s", STR_ARG(visit_text(act->visit, act->verb->label)),
                             STR_ARG(visit_text(act->visit, N_("is not possible yet"))));
        act->cards = refusal_cards(act->visit, &views.at[i].refusals, title);
    }
    return true;
}

/* Not a step of this state, or not this person's: no form, in the words that sending it would have. */
static bool act_barred_page(Act *act, const Outcome *outcome, Err *err)
{
    act->cards    = refusal_cards(act->visit, &outcome->refusals, outcome_title(act->visit->call, outcome));
    Html page     = visit_html(act->visit);
    PageHead head = act_head(act);
    Shell shell   = visit_shell(act->visit, head.title, address_list(act->visit->arena, act->type));
    page_refused(&page, &shell, &head, &act->cards);
    return visit_send(act->visit, outcome_status(outcome->kind), &page, err);
}

static bool verb_show(Visit *visit, Err *err)
{
    Outcome outcome;
    bool found;
    Act act;

    if (!act_open(visit, &act, &found, err)) return false;
    if (!found) return visit_not_found(visit, err);
    if (!verb_check(visit->call, act.type, act.verb, act.record, &outcome, err)) return false;
    if (outcome.kind != OUTCOME_DONE) return act_barred_page(&act, &outcome, err);
    if (!act_look(&act, err)) return false;
    act.shape.typed = act.record == NULL ? &visit->request->query : NULL;
    return act_page(&act, 200, err);
}

/* ---- two people changed the same record ---- */

static Str prefixed(Arena *arena, const char *prefix, Str name)
{
    return str_fmt(arena, "%s%.*s", prefix, STR_ARG(name));
}

static Str field_of_form(const Visit *visit, const char *prefix, Str name)
{
    return http_field(&visit->request->form, str_to_c(visit->arena, prefixed(visit->arena, prefix, name)));
}

/* The answers of the conflict page as a form of the verb: only what "mine" was kept of. */
static void conflict_read(const Act *act, HttpFields *typed)
{
    const HttpFields *form = &act->visit->request->form;
    Str mine               = STR("mine-");
    bool keeps_theirs      = str_eq_c(visit_field(act->visit, "conflict"), "theirs");

    for (size_t i = 0; i < form->len; i++) {
        if (str_eq_c(form->at[i].name, "why")) *list_push(act->visit->arena, typed) = form->at[i];
        if (!str_starts(form->at[i].name, mine)) continue;
        Str name    = str_slice(form->at[i].name, mine.len, form->at[i].name.len);
        Str keep    = field_of_form(act->visit, "keep-", name);
        bool merges = str_eq_c(keep, "merged") || (str_eq_c(keep, "mine") && !keeps_theirs);
        if (merges) *list_push(act->visit->arena, typed) = (HttpField){ name, form->at[i].value };
    }
}

static bool differs(const DifferenceList *differences, const char *field)
{
    for (size_t i = 0; i < differences->len; i++) {
        if (str_eq_c(differences->at[i].field, field)) return true;
    }
    return false;
}

static void conflict_hide(const Act *act, ConflictView *view, Str name, Str value)
{
    *list_push(act->visit->arena, &view->hidden) = (HiddenField){ name, value };
}

/* What I changed and they did not goes along. */
static void conflict_merge(const Act *act, const Outcome *outcome, const json_t *input, ConflictView *view)
{
    for (size_t i = 0; i < act->type->fields_len; i++) {
        const Field *field = &act->type->fields[i];
        Arena *arena       = act->visit->arena;
        if (json_object_get(input, field->name) == NULL || differs(&outcome->differences, field->name)) continue;
        conflict_hide(act, view, prefixed(arena, "mine-", str_from_c(field->name)), shape_typed(&act->shape, field));
        conflict_hide(act, view, prefixed(arena, "keep-", str_from_c(field->name)), STR("merged"));
        view->merged++;
    }
}

static void conflict_lines(const Act *act, const Outcome *outcome, ConflictView *view)
{
    for (size_t i = 0; i < outcome->differences.len; i++) {
        const Difference *difference        = &outcome->differences.at[i];
        const Field *field                  = type_field(act->type, difference->field);
        Str mine                            = shape_typed(&act->shape, field);
        *list_push(act->visit->arena, view) = (ConflictLine){ .name   = difference->field,
                                                              .label  = difference->label,
                                                              .theirs = difference->now,
                                                              .mine   = mine,
                                                              .value  = mine };
    }
}

static bool conflict_page(Act *act, const Outcome *outcome, const json_t *input, Err *err)
{
    const RecordHead *head = act->record;
    ConflictView view      = { .action   = act_address(act),
                               .record   = act->visit->number,
                               .who      = names_person(act->shape.names, head->updated_by),
                               .when     = head->updated_at,
                               .revision = head->revision };

    conflict_lines(act, outcome, &view);
    conflict_merge(act, outcome, input, &view);
    conflict_hide(act, &view, STR("why"), visit_field(act->visit, "why"));
    Html page          = visit_html(act->visit);
    PageHead page_head = act_head(act);
    Shell shell        = visit_shell(act->visit, page_head.title, address_list(act->visit->arena, act->type));
    page_conflict(&page, &shell, &page_head, &view);
    return visit_send(act->visit, 412, &page, err);
}

/* ---- what came of it ---- */

/* Where one goes on: where one came from, else the record. */
static bool go_on(Visit *visit, const Act *act, const Outcome *outcome, Err *err)
{
    Names *names;

    if (!visit_read(visit, err)) return false;
    names = names_open(visit->call);
    names_want(names, act->type, outcome->id);
    if (!names_load(names, err)) return false;
    Str number  = names_number(names, act->type, outcome->id);
    Str address = visit_return(visit, address_record(visit->arena, act->type, number));
    size_t hash = str_index(address, '#');
    Str path = str_slice(address, 0, hash), fragment = str_slice(address, hash, address.len);
    Str done = address_value(visit->arena,
                             str_fmt(visit->arena, "%s:%s:%.*s", act->type->name, act->verb->name, STR_ARG(number)));
    visit_go(visit, str_fmt(visit->arena, "%.*s%sdone=%.*s%.*s", STR_ARG(path), str_has(path, STR("?")) ? "&" : "?",
                            STR_ARG(done), STR_ARG(fragment)));
    return true;
}

/* A secret that is an address of ours stands with the place it leads to, to be sent to somebody. */
static Str secret_words(const Visit *visit, Str secret)
{
    if (!address_is_ours(secret)) return secret;
    return str_fmt(visit->arena, "%s://%.*s%.*s", visit->request->is_secure ? "https" : "http",
                   STR_ARG(visit->request->host), STR_ARG(secret));
}

/* A secret that is shown this once: no address leads to it again. */
static bool secret_page(Visit *visit, const Act *act, const Outcome *outcome, Err *err)
{
    if (!visit_read(visit, err)) return false;
    Html page     = visit_html(visit);
    PageHead head = { .number = outcome->number, .title = visit_text(visit, act->type->label) };
    Shell shell   = visit_shell(visit, head.title, address_list(visit->arena, act->type));

    page_secret(&page, &shell, &head, secret_words(visit, outcome->shown_once),
                address_record(visit->arena, act->type, outcome->number));
    return visit_send(visit, 200, &page, err);
}

/* Fresh: the record may have been changed by whoever was faster. */
static bool act_again(Act *act, const HttpFields *typed, bool *found, Err *err)
{
    RefusalCards cards = act->cards;
    Str refused        = act->refused;

    if (!act_open(act->visit, act, found, err)) return false;
    act->shape.typed = typed;
    act->cards       = cards;
    act->refused     = refused;
    return true;
}

static bool act_answer_no(Act *act, const Outcome *outcome, const json_t *input, Err *err)
{
    Visit *visit = act->visit;
    bool found;

    if (outcome->kind == OUTCOME_NOT_FOUND) return visit_not_found(visit, err);
    if (!act_again(act, act->shape.typed, &found, err)) return false;
    if (!found) return visit_not_found(visit, err);
    act->shape.invalids = &outcome->invalids;
    bool is_edit        = act->shape.use == SHAPE_EDIT && outcome->differences.len > 0;
    if (outcome->kind == OUTCOME_CONFLICT && is_edit) return conflict_page(act, outcome, input, err);
    if (outcome->kind == OUTCOME_CONFLICT)
        act->refused = visit_text(visit, N_("Somebody changed this record since you opened it. Look at it again; what "
                                            "you typed is still here, to be sent again."));
    if (outcome->kind == OUTCOME_REUSED)
        act->refused = visit_text(visit, N_("This form was sent already, with other words. Send it once more if you "
                                            "mean it again."));
    return act_page(act, outcome->kind == OUTCOME_REUSED ? 409 : outcome_status(outcome->kind), err);
}

static bool act_run(Act *act, const Request *request, Err *err)
{
    Visit *visit = act->visit;
    Outcome outcome;
    Call *call;

    visit_read_end(visit);
    if (!verb_run(&visit->caller, request, &call, &outcome, err)) return false;
    if (outcome.kind != OUTCOME_DONE)
        act->cards = refusal_cards(visit, &outcome.refusals, outcome_title(call, &outcome));
    call_end(call);
    if (outcome.kind != OUTCOME_DONE) {
        bool told           = act_answer_no(act, &outcome, request->input, err);
        act->shape.invalids = NULL;
        return told;
    }
    if (outcome.shown_once.len > 0) return secret_page(visit, act, &outcome, err);
    return go_on(visit, act, &outcome, err);
}

static bool answer_upload_failed(Visit *visit, const Err *failure, Err *err)
{
    if (failure->code == ERR_LIMIT)
        return visit_problem(visit, 413, visit_text(visit, N_("This file cannot be taken")),
                             str_from_c(failure->detail), err);
    *err = *failure;
    return false;
}

static bool verb_do(Visit *visit, Err *err)
{
    HttpFields typed = { 0 };
    json_t *input;
    bool found;
    Act act;

    const Err *failure = upload_failure(visit->request->upload);
    if (failure != NULL) return answer_upload_failed(visit, failure, err);
    if (!act_open(visit, &act, &found, err)) return false;
    if (!found) return visit_not_found(visit, err);
    bool is_answer = visit_field(visit, "conflict").len > 0;
    if (is_answer) conflict_read(&act, &typed);
    act.shape.typed = is_answer ? &typed : &visit->request->form;
    if (!shape_read(&act.shape, is_answer ? STR("") : visit_field(visit, "marks"), &input, err)) return false;
    Request request = { .type            = act.type,
                        .verb            = str_from_c(act.verb->name),
                        .number          = visit->number,
                        .input           = input,
                        .idempotency_key = visit_field(visit, "key") };
    if (!str_to_i64(visit_field(visit, "revision"), 1, INT64_MAX, &request.revision)) request.revision = 0;
    if (act.shape.use == SHAPE_EDIT && json_object_size(input) == 0) {
        visit_go(visit, visit_return(visit, address_record(visit->arena, act.type, visit->number)));
        return true;
    }
    return act_run(&act, &request, err);
}

/* clang-format off */
static const Route rows[] = {
    { HTTP_GET,  "/{plural}/new",             verb_show, 0 },
    { HTTP_POST, "/{plural}/new",             verb_do,   ROUTE_UPLOAD },
    { HTTP_GET,  "/{plural}/{record}/{word}", verb_show, 0 },
    { HTTP_POST, "/{plural}/{record}/{word}", verb_do,   ROUTE_UPLOAD },
};
/* clang-format on */
const Routes verb_routes = ROUTES_OF(rows);
