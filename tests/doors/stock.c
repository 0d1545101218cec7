/* SPDX-License-Identifier: Apache-2.0
 * People, inputs and records out of the declarations. */
#include "stock.h"

#include <stdalign.h>
#include <string.h>

#include "org/account.h"
#include "org/person.h"
#include "org/role.h"
#include "org/token.h"
#include "record/names.h"
#include "record/view.h"
#include "store/files.h"

/* ---- the same in all houses ---- */

static House *first_house(const Stock *stock)
{
    return stock->houses[0]->h;
}

const Registry *stock_registry(const Stock *stock)
{
    return first_house(stock)->app->registry;
}

/* Done by `who`, or by the program; the outcome in the first house, which is the one in all. */
static const Outcome *stock_do(Stock *stock, Id who, const Type *type, const char *verb, Str number, const char *json)
{
    const Outcome *first = NULL;

    for (size_t i = 0; i < stock->houses_len; i++) {
        House *h           = stock->houses[i]->h;
        const Outcome *got = house_do(h, who, type, verb, str_to_c(h->t->arena, number), json);
        h->call            = NULL; /* it has ended, and what it lives in may be rewound */
        if (i == 0) first = got;
        assert_int_equal(got->kind, first->kind);
        assert_int_equal(got->id.n, first->id.n);
        assert_int_equal(got->last_event, first->last_event);
    }
    return first;
}

static const Outcome *stock_must(Stock *stock, Id who, const Type *type, const char *verb, Str json)
{
    const Outcome *got = stock_do(stock, who, type, verb, (Str){ 0 }, str_to_c(stock->arena, json));

    assert_done(got);
    return got;
}

size_t stock_place(const Stock *stock, const Type *type)
{
    size_t place = 0;

    while (registry_at(stock_registry(stock), place)->type != type)
        place++;
    return place;
}

Str stock_address(const Stock *stock, const Type *type, Id id)
{
    House *h      = first_house(stock);
    Arena *arena  = stock->houses[0]->http.arena;
    Caller caller = { .app = h->app, .arena = arena, .is_system = true, .door = "job" };
    Call *call;

    must(h->t, call_open(&caller, CALL_READ, &call, &h->t->err));
    Names *names = names_open(call);
    names_want(names, type, id);
    must(h->t, names_load(names, &h->t->err));
    Str address = str_dup(stock->arena, names_number(names, type, id));
    call_end(call);
    return address;
}

void *stock_load(const Stock *stock, Arena *arena, const Type *type, Id id)
{
    void *record = arena_alloc(arena, type->size, alignof(max_align_t));

    house_load(first_house(stock), type, id, record);
    return record;
}

/* ---- people ---- */

static Str token_of(Stock *stock, Id who)
{
    Str json = str_fmt(stock->arena,
                       "{\"person\":%lld,\"name\":\"test\",\"scopes\":\"read,write\",\"expires\":\"2027-06-30\"}",
                       (long long)who.n);

    return str_dup(stock->arena, stock_must(stock, who, &token_type, "create", json)->shown_once);
}

static void an_asker(Stock *stock, const char *name, Str number, const char *json)
{
    Asker *asker = &stock->askers[stock->askers_len++];
    Str input    = str_fmt(stock->arena, "{\"number\":\"%.*s\",\"name\":\"%s\"%s}", STR_ARG(number), name, json);

    asker->name   = name;
    asker->number = number;
    asker->id     = stock_must(stock, (Id){ 0 }, &person_type, "create", input)->id;
    asker->token  = token_of(stock, asker->id);
}

static void people_come(Stock *stock)
{
    Id ben = first_house(stock)->ben;

    for (size_t i = 0; i < roles.len; i++) {
        Str number = str_fmt(stock->arena, "q-%zu", i);
        an_asker(stock, roles.at[i].label, number, "");
        stock_must(stock, (Id){ 0 }, &role_type, "create",
                   str_fmt(stock->arena, "{\"person\":\"%.*s\",\"role\":\"%s\",\"since\":\"2020-01-01\"}",
                           STR_ARG(number), roles.at[i].name));
    }
    an_asker(stock, "a colleague", STR("q-colleague"), "");
    an_asker(stock, "somebody from outside", STR("q-outside"), ",\"is_external\":true");
    stock->askers[stock->askers_len++] = (Asker){ "whom it names", ben, STR("p-ben"), token_of(stock, ben) };
    stock->account =
        stock_must(stock, (Id){ 0 }, &account_type, "create", STR("{\"number\":\"dan\",\"person\":\"p-dan\"}"))->id;
}

static bool is_asker(const Stock *stock, Id person)
{
    for (size_t i = 0; i < stock->askers_len; i++) {
        if (id_eq(stock->askers[i].id, person)) return true;
    }
    return false;
}

void stock_invites(Stock *stock)
{
    Param limit   = { STR("limit"), STR("200") };
    Ask ask       = { .kind = ASK_LIST, .type = STR("person"), .params = { .at = &limit, .len = 1 } };
    Answer answer = house_ask(first_house(stock), (Id){ 0 }, ask);
    json_t *items = json_object_get(answer.body, "items");

    for (size_t i = 0; i < json_array_size(items) && stock->askers_len < ASKERS_MAX; i++) {
        const json_t *item = json_array_get(items, i);
        Asker asker        = { .id = { json_integer_value(json_object_get(item, "id")) } };
        if (is_asker(stock, asker.id) || !str_eq_c(json_text(item, "state"), "in_use")) continue;
        asker.number                       = str_dup(stock->arena, json_text(item, "number"));
        asker.name                         = str_to_c(stock->arena, asker.number);
        asker.token                        = token_of(stock, asker.id);
        stock->askers[stock->askers_len++] = asker;
    }
}

void stock_signs_in(const Stock *stock, Visitor *browser)
{
    Id people[ASKERS_MAX];

    for (size_t i = 0; i < stock->askers_len; i++)
        people[i] = stock->askers[i].id;
    browser_signs_in(browser, stock->account, people, stock->askers_len);
}

static void file_comes(Stock *stock)
{
    for (size_t i = 0; i < stock->houses_len; i++) {
        House *h = stock->houses[i]->h;
        Hash hash;
        must(h->t, file_put(h->app->store, h->t->arena, STR("hello"), &hash, &h->t->err));
    }
}

Stock stock_open(ApiHouse *const *houses, size_t len)
{
    Stock stock = { .houses_len = len, .arena = houses[0]->h->arena };

    assert_true(len <= STOCK_HOUSES_MAX);
    for (size_t i = 0; i < len; i++)
        stock.houses[i] = houses[i];
    stock.records   = arena_array(stock.arena, Id, registry_len(stock_registry(&stock)));
    stock.addresses = arena_array(stock.arena, Str, registry_len(stock_registry(&stock)));
    people_come(&stock);
    file_comes(&stock);
    return stock;
}

/* ---- values and inputs ---- */

typedef struct {
    Stock *stock;
    Arena *arena;
    const Type *type;
    const Verb *verb;
    const void *record;
    InputKind kind;
    int depth; /* of records made for others to refer to */
} Making;

static Id a_record(Stock *stock, const Type *type, int depth);

/* By its number, as people name it at every door; empty where there is none of the type. */
static Str a_reference(const Making *making, const Field *field)
{
    Stock *stock     = making->stock;
    const Type *type = registry_find(stock_registry(stock), str_from_c(field->to))->type;

    if (strcmp(type->name, "person") == 0) return STR("p-ben");
    if (id_is_none(a_record(stock, type, making->depth + 1))) return (Str){ 0 };
    return stock->addresses[stock_place(stock, type)];
}

static json_t *reference_json(const Making *making, const Field *field)
{
    Str number = a_reference(making, field);

    if (number.len == 0) return NULL;
    return field->kind == KIND_REFS ? json_pack("[s%]", number.ptr, number.len) : json_from_str(number);
}

static const char *a_choice(const Making *making, const Field *field)
{
    return field->choices->at[making->kind == INPUT_OTHERS ? field->choices->len - 1 : 0].name;
}

/* Lines of text that are more than text: their form stands in a guard, not in the declaration. */
static const char *line_with_form(const Field *field)
{
    static const struct {
        const char *field, *text;
    } forms[] = { { "scopes", "read" }, { "zone", "UTC" }, { "start_at", "09:00" }, { "end_at", "17:00" } };

    for (size_t i = 0; i < countof(forms); i++) {
        if (strcmp(field->name, forms[i].field) == 0) return forms[i].text;
    }
    return NULL;
}

/* No two are alike, so that a page that shows one shows this one. */
static json_t *a_text(const Making *making, const Field *field)
{
    const char *form  = line_with_form(field);
    const char *words = field->kind == KIND_LONG ? "Something that is long enough to be read, " : "";

    if (form != NULL) return json_string(form);
    return json_from_str(str_fmt(making->arena, "%sT%zu", words, making->stock->numbers++));
}

static int64_t an_int(const Field *field)
{
    bool is_wide = field->max == 0 || field->max >= 90;

    return is_wide && field->min <= 83 ? 83 : field->min > 1 ? field->min : 1;
}

/* Today, to come, or past. */
static Str a_day(const Making *making)
{
    static const int days_on[INPUTS] = { 0, 15, -14 };
    House *h                         = first_house(making->stock);
    Date today                       = zone_date(h->app->zone, world_now(h->app->world));

    return date_to_iso(making->arena, date_add_days(today, days_on[making->kind]));
}

/* Something that the field takes; NULL: nothing. */
static json_t *a_value(const Making *making, const Field *field)
{

    switch (field->kind) {
    case KIND_TEXT:
    case KIND_LONG: return a_text(making, field);
    case KIND_CHOICE: return json_string(a_choice(making, field));
    case KIND_CHOICES: return json_pack("[s]", a_choice(making, field));
    case KIND_REF:
    case KIND_REFS: return reference_json(making, field);
    case KIND_DATE: return json_from_str(a_day(making));
    case KIND_TIME: return json_from_str(str_fmt(making->arena, "%.*sT09:00:00Z", STR_ARG(a_day(making))));
    case KIND_INT: return json_integer(an_int(field));
    case KIND_BOOL: return json_boolean(making->kind != INPUT_OTHERS);
    case KIND_FILE: return json_string("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    case KINDS: break;
    }
    return NULL;
}

static bool is_wanted(const Making *making, const Field *field)
{
    bool is_person = field->kind == KIND_REF && strcmp(field->to, "person") == 0;

    if (field->set_by == SET_BY_VERB || (field->flags & SECRET)) return false;
    return making->kind != INPUT_LEAN || field->needed || field->needed_from == 1 || is_person;
}

static bool is_reached(const Making *making, const Field *field)
{
    int state = ((const RecordHead *)making->record)->state;

    return field->set_by == SET_BY_PEOPLE && !(field->flags & SECRET) &&
           !(field->fixed_from > 0 && state >= field->fixed_from);
}

/* All that an edit reaches, so that what later steps need is there; INPUT_OTHERS: one line. One text is always new:
 * an edit without a change is none. */
static void edit_write(const Making *making, json_t *input)
{
    const Type *type = making->type;
    bool is_changed  = false;

    for (size_t i = 0; i < type->fields_len; i++) {
        const Field *field = &type->fields[i];
        bool is_text       = field->kind == KIND_LONG || (field->kind == KIND_TEXT && line_with_form(field) == NULL);
        if (!is_reached(making, field) || (making->kind == INPUT_OTHERS && (is_changed || !is_text))) continue;
        json_t *value = a_value(making, field);
        is_changed    = is_changed || is_text;
        if (value != NULL) json_object_set_new(input, field->name, value);
    }
}

static json_t *input_make(const Making *making)
{
    const Type *type   = making->type;
    json_t *input      = json_own(making->arena, json_object());
    const Shape own    = { .fields = type->fields, .len = type->fields_len };
    const Shape *shape = making->verb->input != NULL ? making->verb->input : making->record == NULL ? &own : NULL;

    for (size_t i = 0; shape != NULL && i < shape->len; i++) {
        json_t *value = is_wanted(making, &shape->fields[i]) ? a_value(making, &shape->fields[i]) : NULL;
        if (value != NULL) json_object_set_new(input, shape->fields[i].name, value);
    }
    if (making->record == NULL && shape == &own && type->number_format == NULL)
        json_object_set_new(input, "number", json_from_str(str_fmt(making->arena, "n%zu", making->stock->numbers++)));
    if (making->record != NULL && strcmp(making->verb->name, "edit") == 0 && shape == NULL) edit_write(making, input);
    if (making->verb->flags & VERB_DANGER) json_object_set_new(input, "why", json_string("It has to be so."));
    return input;
}

json_t *input_for(Stock *stock, Arena *arena, const Type *type, const Verb *verb, const void *record, InputKind kind)
{
    return input_make(&(Making){ stock, arena, type, verb, record, kind, 0 });
}

/* ---- records ---- */

static const Verb *first_verb(const Type *type)
{
    for (size_t i = 0; i < type->steps_len; i++) {
        const Verb *verb = type_verb(type, str_from_c(type->steps[i].verb));
        if (type->steps[i].from == STATE_NEW && !(verb->flags & VERB_INSIDE)) return verb;
    }
    return NULL;
}

static bool stock_make(Stock *stock, const Type *type, const Verb *verb, InputKind kind, int depth)
{
    Making making = { stock, stock->arena, type, verb, NULL, kind, depth };
    Buf text      = buf_open(stock->arena, 1 << 14);
    size_t place  = stock_place(stock, type);

    json_write(&text, input_make(&making));
    const Outcome *got =
        stock_do(stock, (Id){ 0 }, type, verb->name, (Str){ 0 }, str_to_c(stock->arena, buf_str(&text)));
    if (got->kind != OUTCOME_DONE) return false;
    stock->records[place]   = got->id;
    stock->addresses[place] = stock_address(stock, type, got->id);
    stock->made++;
    return true;
}

/* The record of the type, made now if it is not there; none where guards forbid, as they may. */
static Id a_record(Stock *stock, const Type *type, int depth)
{
    size_t place     = stock_place(stock, type);
    const Verb *verb = first_verb(type);

    if (!id_is_none(stock->records[place]) || verb == NULL || depth > 6) return stock->records[place];
    for (InputKind kind = INPUT_LEAN; kind < INPUTS; kind++) {
        if (kind > INPUT_LEAN && depth > 0) break; /* all fields of all that is referred to: too far */
        if (stock_make(stock, type, verb, kind, depth)) break;
    }
    return stock->records[place];
}

void stock_fill(Stock *stock)
{
    for (size_t i = 0; i < registry_len(stock_registry(stock)); i++)
        (void)a_record(stock, registry_at(stock_registry(stock), i)->type, 0);
}

/* ---- what the declarations promise ---- */

static Promise promise_look(const Stock *stock, Arena *arena, const Asker *who, const Type *type, const char *verb,
                            Id id)
{
    House *h        = first_house(stock);
    Caller caller   = { .app = h->app, .arena = arena, .who = who->id, .door = "api" };
    void *record    = stock_load(stock, arena, type, id);
    int state       = ((RecordHead *)record)->state;
    Promise promise = { .revision = ((RecordHead *)record)->revision };
    Call *call;

    must(h->t, call_open(&caller, CALL_READ, &call, &h->t->err));
    must(h->t, view_may_see(call, type, id, &promise.sees, &h->t->err));
    for (size_t i = 0; i < type->steps_len; i++) {
        const Step *step = &type->steps[i];
        bool leaves = step->from == state || step->from == STATE_ANY, is = false;
        if (!leaves || strcmp(step->verb, verb) != 0) continue;
        promise.is_of_state = true;
        must(h->t, call_is_among(call, type, step->who, record, &is, &h->t->err));
        promise.may = promise.may || is;
    }
    call_end(call);
    return promise;
}

Promise promise_of(const Stock *stock, const Asker *who, const Type *type, const char *verb, Id id)
{
    Arena *arena = stock->houses[0]->http.arena, *scratch = first_house(stock)->t->arena;
    ArenaMark mark = arena_mark(arena), also = arena_mark(scratch);
    Promise promise = promise_look(stock, arena, who, type, verb, id);

    arena_rewind(arena, mark);
    arena_rewind(scratch, also);
    return promise;
}

int promise_status(Promise promise, int otherwise)
{
    if (!promise.sees) return 404;
    if (!promise.is_of_state) return 409;
    return promise.may ? otherwise : 403;
}
