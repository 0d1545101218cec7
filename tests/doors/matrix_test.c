/* SPDX-License-Identifier: Apache-2.0
 * Who may do what, through every door: for each type, each of its verbs and each kind of person, the doors give one
 * answer, and it is the one that the declarations promise. All of it is generated from the declarations; a new type,
 * verb or role is asked about without a line here.
 *
 * A record of each type is made by the program itself, where its guards let it, with Ben in every place for a person:
 * so Ben is whoever is related to it. Nothing is changed by asking: verbs come with a revision that is none, or with a
 * reason that is too long. */
#include <stdalign.h>
#include <stdlib.h>

#include "../api/api_house.h"
#include "doors.h"
#include "exchange/local.h"
#include "org/account.h"
#include "org/person.h"
#include "org/role.h"
#include "record/names.h"

enum { KINDS_OF_PEOPLE = 12, NO_REVISION = 999999 };

typedef struct {
    const char *name;
    Id id;
    Str number, token;
} Asker;

typedef struct {
    ApiHouse *a;
    Asker askers[KINDS_OF_PEOPLE];
    size_t askers_len;
    Visitor browser;
    Console console;
    Id account;  /* behind the sessions of the browser */
    Id *records; /* one of each type, by its place in the registry; none where the program could not make one */
    Str *addresses;
    size_t asked, made, states;
} Matrix;

/* ---- the doors ---- */

typedef struct {
    const char *name;
    Said (*ask)(Matrix *m, const Asker *who, const Ask *ask);
    Str (*differs)(Matrix *m, const Said *first, const Said *said); /* in words; empty: one answer */
} Door;

/* What stands behind commands and the local socket. */
static Said ask_engine(Matrix *m, const Asker *who, const Ask *ask)
{
    LocalQuestion question = { .kind = LOCAL_ASK, .as = who->number, .ask = *ask };
    LocalAnswer answer;
    Err err = { 0 };

    check_done(local_answer(m->a->h->app, m->a->http.arena, &question, &answer, &err), &err);
    return (Said){ .status = answer.status, .body = answer.body };
}

static Str path_of(Matrix *m, const Ask *ask)
{
    const Plan *plan  = registry_find(m->a->h->app->registry, ask->type);
    const char *below = ask->kind == ASK_STEPS ? "/steps" : ask->kind == ASK_HISTORY ? "/history" : "";
    Buf path          = buf_open(m->a->http.arena, 1 << 12);

    buf_fmt(&path, "/api/v1/%s", plan->type->plural);
    if (ask->number.len > 0) buf_fmt(&path, "/%.*s", STR_ARG(ask->number));
    if (ask->kind == ASK_VERB)
        buf_fmt(&path, "/%.*s", STR_ARG(ask->verb));
    else
        buf_add_c(&path, below);
    return buf_str(&path);
}

static Said ask_api(Matrix *m, const Asker *who, const Ask *ask)
{
    Buf input = buf_open(m->a->http.arena, 1 << 12);
    Sent sent = { .token = who->token };

    if (ask->kind == ASK_VERB) {
        json_write(&input, ask->input);
        sent.body   = buf_str(&input);
        Str headers = STR("Content-Type: application/json\r\n");
        if (ask->revision > 0)
            headers =
                str_fmt(m->a->http.arena, "%.*sIf-Match: \"%lld\"\r\n", STR_ARG(headers), (long long)ask->revision);
        sent.headers = str_to_c(m->a->http.arena, headers);
    }
    Heard heard = api_send(m->a, str_to_c(m->a->http.arena, path_of(m, ask)), sent);
    return (Said){ .status = heard.status, .body = heard.body };
}

static Said ask_browser(Matrix *m, const Asker *who, const Ask *ask)
{
    return browser_ask(&m->browser, who->id, ask);
}

static Said ask_form(Matrix *m, const Asker *who, const Ask *ask)
{
    return browser_ask_form(&m->browser, who->id, ask);
}

static Said ask_console(Matrix *m, const Asker *who, const Ask *ask)
{
    return console_ask(&m->console, who->number, ask);
}

/* ---- one answer ---- */

static Str differs_in_bytes(Matrix *m, const Said *first, const Said *said)
{
    (void)m;
    return said->status == first->status && str_eq(said->body, first->body) ? (Str){ 0 } : STR("other bytes");
}

/* People get the kind of the answer, and all of the four parts of a refusal and of what is to be mended. */
static Str differs_in_page(Matrix *m, const Said *first, const Said *said)
{
    StrList parts = problem_parts(m->a->http.arena, first->body, TOLD_BY_PAGE);

    return said->status != first->status ? STR("another status") : part_lacking(&parts, said->body);
}

/* Whoever may, in this state, gets the form, as its input is still to come; whoever may not is told what sending it
 * would tell. */
static Str differs_in_form(Matrix *m, const Said *first, const Said *said)
{
    bool is_barred = first->status == 403 || first->status == 404 || first->status == 409;

    if (said->status == NOT_ASKED) return (Str){ 0 };
    if (is_barred) return differs_in_page(m, first, said);
    return said->status == 200 ? (Str){ 0 } : STR("no form");
}

/* The exit codes of docs/operate.md. */
static int exit_of_status(int status)
{
    switch (status) {
    case 200: return 0;
    case 403:
    case 409: return 3;
    case 422: return 4;
    case 412: return 5;
    case 404: return 6;
    default: return -2;
    }
}

/* A program that runs commands gets the same bytes as from the API, a person at a terminal all parts. */
static Str differs_in_command(Matrix *m, const Said *first, const Said *said)
{
    StrList parts = problem_parts(m->a->http.arena, first->body, TOLD_BY_COMMAND);

    if (said->status == NOT_ASKED) return (Str){ 0 };
    if (said->status != exit_of_status(first->status)) return STR("another exit code");
    if (!str_eq(said->body, str_trim(first->body))) return STR("other bytes");
    return said->words.len == 0 ? (Str){ 0 } : part_lacking(&parts, said->words);
}

static const Door doors[] = { { "the engine", ask_engine, differs_in_bytes },
                              { "the API", ask_api, differs_in_bytes },
                              { "the browser", ask_browser, differs_in_page },
                              { "a form in the browser", ask_form, differs_in_form },
                              { "a command", ask_console, differs_in_command } };

static void show_difference(const Asker *who, const Ask *ask, const Said *first, const Door *door, const Said *said)
{
    print_error("%s, %.*s of %.*s %.*s:\n%s: %d %.*s\n", who->name, STR_ARG(ask->verb), STR_ARG(ask->type),
                STR_ARG(ask->number), doors[0].name, first->status, STR_ARG(first->body));
    print_error("%s: %d %.*s\n%.*s\n", door->name, said->status, STR_ARG(said->body), STR_ARG(said->words));
}

/* Asks at all doors; they must agree. */
static int ask_all(Matrix *m, const Asker *who, const Ask *ask)
{
    ArenaMark mark = arena_mark(m->a->http.arena);
    Said first     = doors[0].ask(m, who, ask);

    for (size_t i = 1; i < countof(doors); i++) {
        Said said = doors[i].ask(m, who, ask);
        Str how   = doors[i].differs(m, &first, &said);
        if (how.len == 0) continue;
        show_difference(who, ask, &first, &doors[i], &said);
        fail_msg("%s differs: %.*s", doors[i].name, STR_ARG(how));
    }
    arena_rewind(m->a->http.arena, mark);
    m->asked++;
    return first.status;
}

/* ---- people ---- */

static void an_asker(Matrix *m, const char *name, const char *number, const char *json)
{
    House *h     = m->a->h;
    Asker *asker = &m->askers[m->askers_len++];
    Str input    = str_fmt(h->t->arena, "{\"number\":\"%s\",\"name\":\"%s\"%s}", number, name, json);

    asker->name   = name;
    asker->number = str_from_c(number);
    asker->id     = house_must(h, (Id){ 0 }, &person_type, "create", "", str_to_c(h->t->arena, input));
    asker->token  = a_token(m->a, asker->id, "read,write");
}

/* A holder of every role and of nothing else, a colleague, somebody from outside, and Ben. */
static void people_come(Matrix *m)
{
    House *h = m->a->h;

    for (size_t i = 0; i < roles.len; i++) {
        const char *role = roles.at[i].name;
        Str number       = str_fmt(m->a->http.arena, "q-%zu", i);
        an_asker(m, roles.at[i].label, str_to_c(m->a->http.arena, number), "");
        Str input = str_fmt(h->t->arena, "{\"person\":\"%.*s\",\"role\":\"%s\",\"since\":\"2020-01-01\"}",
                            STR_ARG(number), role);
        house_must(h, (Id){ 0 }, &role_type, "create", "", str_to_c(h->t->arena, input));
    }
    an_asker(m, "a colleague", "q-colleague", "");
    an_asker(m, "somebody from outside", "q-outside", ",\"is_external\":true");
    m->askers[m->askers_len++] = (Asker){ "whom it names", h->ben, STR("p-ben"), a_token(m->a, h->ben, "read,write") };
    m->account = house_must(h, (Id){ 0 }, &account_type, "create", "", "{\"number\":\"dan\",\"person\":\"p-dan\"}");
}

static void people_sign_in(Matrix *m)
{
    Id people[KINDS_OF_PEOPLE];

    for (size_t i = 0; i < m->askers_len; i++)
        people[i] = m->askers[i].id;
    browser_signs_in(&m->browser, m->account, people, m->askers_len);
}

/* ---- records ---- */

static size_t place_of(Matrix *m, const Type *type)
{
    const Registry *registry = m->a->h->app->registry;
    size_t place             = 0;

    while (registry_at(registry, place)->type != type)
        place++;
    return place;
}

static Id a_record(Matrix *m, const Type *type, int depth);

static json_t *a_reference(Matrix *m, const Field *field, int depth)
{
    const Type *type = registry_find(m->a->h->app->registry, str_from_c(field->to))->type;
    Id id            = type == &person_type ? m->a->h->ben : a_record(m, type, depth + 1);

    return id_is_none(id) ? json_null() : json_integer(id.n);
}

/* Something that the field takes; NULL: better left out. */
static json_t *a_value(Matrix *m, const Field *field, bool is_needed, int depth)
{
    bool is_person = field->kind == KIND_REF && strcmp(field->to, "person") == 0;

    if (!is_needed && !is_person) return NULL;
    switch (field->kind) {
    case KIND_TEXT: return json_string(strcmp(field->name, "scopes") == 0 ? "read" : "x");
    case KIND_LONG: return json_string("Something that is long enough to be read.");
    case KIND_CHOICE: return json_string(field->choices->at[0].name);
    case KIND_CHOICES: return json_pack("[s]", field->choices->at[0].name);
    case KIND_REF: return a_reference(m, field, depth);
    case KIND_REFS: return json_pack("[o]", a_reference(m, field, depth));
    case KIND_DATE: return json_string("2026-12-01");
    case KIND_TIME: return json_string("2026-11-16T09:00:00Z");
    case KIND_INT: return json_integer(field->min > 1 ? field->min : 1);
    case KIND_BOOL: return json_true();
    case KIND_FILE: return json_string("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    case KINDS: break;
    }
    return NULL;
}

static const Verb *first_verb(const Type *type)
{
    for (size_t i = 0; i < type->steps_len; i++) {
        const Verb *verb = type_verb(type, str_from_c(type->steps[i].verb));
        if (type->steps[i].from == STATE_NEW && !(verb->flags & VERB_INSIDE)) return verb;
    }
    return NULL;
}

static json_t *an_input(Matrix *m, const Type *type, const Verb *verb, int depth)
{
    json_t *input      = json_own(m->a->http.arena, json_object());
    const Shape own    = { .fields = type->fields, .len = type->fields_len };
    const Shape *shape = verb->input != NULL ? verb->input : &own;

    for (size_t i = 0; i < shape->len; i++) {
        const Field *field = &shape->fields[i];
        if (field->set_by == SET_BY_VERB || (field->flags & SECRET)) continue;
        json_t *value = a_value(m, field, field->needed || field->needed_from == 1, depth);
        if (value != NULL) json_object_set_new(input, field->name, value);
    }
    if (type->number_format == NULL)
        json_object_set_new(input, "number", json_from_str(str_fmt(m->a->http.arena, "N%zu", place_of(m, type))));
    return input;
}

static Str address_of(Matrix *m, const Type *type, Id id)
{
    House *h      = m->a->h;
    Caller caller = { .app = h->app, .arena = m->a->http.arena, .is_system = true, .door = "job" };
    Call *call;

    must(h->t, call_open(&caller, CALL_READ, &call, &h->t->err));
    Names *names = names_open(call);
    names_want(names, type, id);
    must(h->t, names_load(names, &h->t->err));
    Str address = str_dup(m->a->http.arena, names_number(names, type, id));
    call_end(call);
    return address;
}

/* The record of the type, made now if it is not there; none where guards forbid, as they may. */
static Id a_record(Matrix *m, const Type *type, int depth)
{
    House *h         = m->a->h;
    size_t place     = place_of(m, type);
    const Verb *verb = first_verb(type);
    Buf input        = buf_open(m->a->http.arena, 1 << 14);

    if (!id_is_none(m->records[place]) || verb == NULL || depth > 6) return m->records[place];
    json_write(&input, an_input(m, type, verb, depth));
    Outcome *got = house_do(h, (Id){ 0 }, type, verb->name, "", str_to_c(m->a->http.arena, buf_str(&input)));
    if (got->kind != OUTCOME_DONE) return (Id){ 0 };
    m->records[place]   = got->id;
    m->addresses[place] = address_of(m, type, got->id);
    m->made++;
    return m->records[place];
}

/* Takes the record to a state it has not been `seen` in (a bit each), by the first step that its guards let the program
 * take; false when none does. */
static bool record_moves(Matrix *m, const Type *type, uint64_t *seen)
{
    House *h     = m->a->h;
    size_t place = place_of(m, type);
    void *record = arena_alloc(m->a->http.arena, type->size, alignof(max_align_t));

    if (id_is_none(m->records[place])) return false;
    house_load(h, type, m->records[place], record);
    int state = ((RecordHead *)record)->state;
    *seen |= (uint64_t)1 << state;
    for (size_t i = 0; i < type->steps_len; i++) {
        const Step *step = &type->steps[i];
        const Verb *verb = type_verb(type, str_from_c(step->verb));
        bool leads_on    = step->from == state && step->to >= 1 && !(*seen >> step->to & 1);
        Buf input        = buf_open(m->a->http.arena, 1 << 14);
        if (!leads_on || (verb->flags & (VERB_INSIDE | VERB_DANGER))) continue;
        json_write(&input,
                   verb->input != NULL ? an_input(m, type, verb, 0) : json_own(m->a->http.arena, json_object()));
        const char *number = str_to_c(m->a->http.arena, m->addresses[place]);
        if (house_do(h, (Id){ 0 }, type, verb->name, number, str_to_c(m->a->http.arena, buf_str(&input)))->kind !=
            OUTCOME_DONE)
            continue;
        m->addresses[place] =
            address_of(m, type, m->records[place]); /* a provisional number may have become a final one */
        return true;
    }
    return false;
}

/* ---- what the declarations promise ---- */

typedef struct {
    bool sees, is_of_state, may;
    int64_t revision; /* that the record has */
} Promise;

static bool may_by_words(Call *call, const Type *type, const char *who, const void *record)
{
    bool is = false;
    Err err = { 0 };

    check_done(call_is_among(call, type, who, record, &is, &err), &err);
    return is;
}

static Promise promise_look(Matrix *m, const Asker *who, const Type *type, const char *verb, Id id)
{
    House *h        = m->a->h;
    Caller caller   = { .app = h->app, .arena = m->a->http.arena, .who = who->id, .door = "api" };
    void *record    = arena_alloc(m->a->http.arena, type->size, alignof(max_align_t));
    Promise promise = { 0 };
    Call *call;

    house_load(h, type, id, record);
    promise.revision = ((RecordHead *)record)->revision;
    must(h->t, call_open(&caller, CALL_READ, &call, &h->t->err));
    must(h->t, view_may_see(call, type, id, &promise.sees, &h->t->err));
    for (size_t i = 0; i < type->steps_len; i++) {
        const Step *step = &type->steps[i];
        bool leaves      = step->from == ((RecordHead *)record)->state || step->from == STATE_ANY;
        if (!leaves || strcmp(step->verb, verb) != 0) continue;
        promise.is_of_state = true;
        promise.may         = promise.may || may_by_words(call, type, step->who, record);
    }
    call_end(call);
    return promise;
}

static Promise promise_of(Matrix *m, const Asker *who, const Type *type, const char *verb, Id id)
{
    Arena *scratch = m->a->h->t->arena;
    ArenaMark mark = arena_mark(scratch), also = arena_mark(m->a->http.arena);
    Promise promise = promise_look(m, who, type, verb, id);

    arena_rewind(m->a->http.arena, also);
    arena_rewind(scratch, mark);
    return promise;
}

/* To be seen, then its state, then who may; whoever may is stopped by what was asked with: `otherwise`. */
static int status_promised(Promise promise, int otherwise)
{
    if (!promise.sees) return 404;
    if (!promise.is_of_state) return 409;
    return promise.may ? otherwise : 403;
}

/* ---- asking ---- */

static bool is_asked_before(const Type *type, size_t step)
{
    for (size_t i = 0; i < step; i++) {
        bool same_way = (type->steps[i].from == STATE_NEW) == (type->steps[step].from == STATE_NEW);
        if (same_way && strcmp(type->steps[i].verb, type->steps[step].verb) == 0) return true;
    }
    return (type_verb(type, str_from_c(type->steps[step].verb))->flags & VERB_INSIDE) != 0;
}

/* More than any reason may have. */
static json_t *endless_reason(Matrix *m)
{
    Buf why = buf_open(m->a->http.arena, 1 << 12);

    for (int i = 0; i < 250; i++)
        buf_add_c(&why, "because ");
    buf_add_c(&why, "of it");
    return json_own(m->a->http.arena, json_pack("{s:s%}", "why", why.ptr, why.len));
}

/* An edit at the browser's door goes through beside a change of other fields, so no wrong revision stops it: it is
 * asked with a reason that is too long. */
static void ask_verb(Matrix *m, const Asker *who, const Type *type, const char *verb)
{
    size_t place    = place_of(m, type);
    bool is_edit    = strcmp(verb, "edit") == 0;
    Promise promise = promise_of(m, who, type, verb, m->records[place]);
    Ask ask         = { .kind     = ASK_VERB,
                        .type     = str_from_c(type->name),
                        .number   = m->addresses[place],
                        .verb     = str_from_c(verb),
                        .input    = is_edit ? endless_reason(m) : json_own(m->a->http.arena, json_object()),
                        .revision = is_edit ? promise.revision : NO_REVISION };
    int promised = status_promised(promise, is_edit ? 422 : 412), status = ask_all(m, who, &ask);

    if (status != promised)
        fail_msg("%s, %s of a %s: promised %d, got %d", who->name, verb, type->name, promised, status);
}

/* Whether a new record may be made is asked with a reason that is too long, so none is made. */
static void ask_making(Matrix *m, const Asker *who, const Type *type, const char *verb)
{
    Ask ask = {
        .kind = ASK_VERB, .type = str_from_c(type->name), .verb = str_from_c(verb), .input = endless_reason(m)
    };

    int status = ask_all(m, who, &ask);
    if (status != 422 && status != 403) fail_msg("%s, %s a %s: %d", who->name, verb, type->name, status);
}

static void ask_about(Matrix *m, const Asker *who, const Type *type)
{
    Ask list  = { .kind = ASK_LIST, .type = str_from_c(type->name) };
    Ask show  = { .kind = ASK_SHOW, .type = list.type, .number = m->addresses[place_of(m, type)] };
    Ask steps = show, history = show;

    steps.kind = ASK_STEPS, history.kind = ASK_HISTORY;
    (void)ask_all(m, who, &list);
    if (show.number.len > 0) {
        (void)ask_all(m, who, &show);
        (void)ask_all(m, who, &steps);
        (void)ask_all(m, who, &history);
    }
    for (size_t i = 0; i < type->steps_len; i++) {
        const Step *step = &type->steps[i];
        if (is_asked_before(type, i)) continue;
        if (step->from == STATE_NEW)
            ask_making(m, who, type, step->verb);
        else if (show.number.len > 0)
            ask_verb(m, who, type, step->verb);
    }
}

static void ask_everybody(Matrix *m, const Type *type)
{
    people_sign_in(m); /* again: what was done meanwhile may have ended sessions */
    for (size_t i = 0; i < m->askers_len; i++)
        ask_about(m, &m->askers[i], type);
}

static void all_doors_keep_what_the_declarations_promise(void **state)
{
    ApiHouse *a              = *state;
    Matrix m                 = { .a = a, .browser = visitor_at(a->h), .console = console_at(a->h) };
    const Registry *registry = m.a->h->app->registry;
    m.records                = arena_array(m.a->http.arena, Id, registry_len(registry));
    m.addresses              = arena_array(m.a->http.arena, Str, registry_len(registry));
    people_come(&m);
    for (size_t i = 0; i < registry_len(registry); i++)
        (void)a_record(&m, registry_at(registry, i)->type, 0);

    for (size_t i = 0; i < registry_len(registry); i++) {
        uint64_t seen = 0;
        do {
            ask_everybody(&m, registry_at(registry, i)->type);
            m.states++;
        } while (record_moves(&m, registry_at(registry, i)->type, &seen));
    }

    print_message("%zu questions at %zu doors, by %zu people, about %zu types, %zu of them with a record, %zu states\n",
                  m.asked, countof(doors), m.askers_len, registry_len(registry), m.made, m.states);
    assert_true(m.made > registry_len(registry) / 3);
    console_leaves(&m.console);
    visitor_leaves(&m.browser);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_API_ON(sqlite, all_doors_keep_what_the_declarations_promise),
        cmocka_unit_test(every_answer_fits_the_document),
    };
    return cmocka_run_group_tests(tests, api_start, api_stop);
}
