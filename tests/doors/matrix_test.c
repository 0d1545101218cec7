/* SPDX-License-Identifier: Apache-2.0
 * Who may do what, through every door: for each type, each of its verbs and each kind of person, the doors give one
 * answer, and it is the one that the declarations promise. All of it is generated from the declarations; a new type,
 * verb or role is asked about without a line here.
 *
 * A record of each type is made by the program itself, where its guards let it, with Ben in every place for a person:
 * so Ben is whoever is related to it. Nothing is changed by asking: verbs come with a revision that is none, or with a
 * reason that is too long. What comes of doing is in deeds_test.c. What is read is held against what a program is told
 * (shown.h). */
#include <stdlib.h>

#include "doors.h"
#include "exchange/local.h"
#include "shown.h"

enum { NO_REVISION = 999999 };

typedef struct {
    ApiHouse *a;
    Stock stock;
    Visitor browser;
    Console console;
    size_t asked, states, shown, hidden;
} Matrix;

/* ---- the doors ---- */

typedef struct {
    const char *name;
    Said (*ask)(Matrix *m, const Asker *who, const Ask *ask);
    Str (*differs)(Matrix *m, const Asker *who, const Ask *ask, const Said *first, const Said *said); /* in words */
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

static Said ask_api(Matrix *m, const Asker *who, const Ask *ask)
{
    return api_ask(m->a, who->token, ask);
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

static Str differs_in_bytes(Matrix *m, const Asker *who, const Ask *ask, const Said *first, const Said *said)
{
    (void)m, (void)who, (void)ask;
    return said->status == first->status && str_eq(said->body, first->body) ? (Str){ 0 } : STR("other bytes");
}

static Str differs_in_page(Matrix *m, const Asker *who, const Ask *ask, const Said *first, const Said *said)
{
    Str how = page_differs(m->a->http.arena, first, said);

    if (how.len > 0) return how;
    m->shown += first->status == 200, m->hidden += first->status == 404;
    if (first->status == 200) return shown_differs(&m->stock, &m->browser, ask, first, said);
    return first->status == 404 ? hidden_differs(&m->stock, &m->browser, who->id, ask, said) : (Str){ 0 };
}

/* Whoever may, in this state, gets the form, as its input is still to come; whoever may not is told what sending it
 * would tell. */
static Str differs_in_form(Matrix *m, const Asker *who, const Ask *ask, const Said *first, const Said *said)
{
    bool is_barred = first->status == 403 || first->status == 404 || first->status == 409;

    if (said->status == NOT_ASKED) return (Str){ 0 };
    if (is_barred) return differs_in_page(m, who, ask, first, said);
    return said->status == 200 ? (Str){ 0 } : STR("no form");
}

static Str differs_in_command(Matrix *m, const Asker *who, const Ask *ask, const Said *first, const Said *said)
{
    (void)who, (void)ask;
    return command_differs(m->a->http.arena, first, said);
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
        Str how   = doors[i].differs(m, who, ask, &first, &said);
        if (how.len == 0) continue;
        show_difference(who, ask, &first, &doors[i], &said);
        fail_msg("%s differs: %.*s", doors[i].name, STR_ARG(how));
    }
    arena_rewind(m->a->http.arena, mark);
    m->asked++;
    return first.status;
}

/* ---- records ---- */

/* Takes the record to a state it has not been `seen` in (a bit each), by the first step that its guards let the program
 * take; false when none does. */
static bool record_moves(Matrix *m, const Type *type, uint64_t *seen)
{
    House *h     = m->a->h;
    Arena *arena = m->a->http.arena;
    size_t place = stock_place(&m->stock, type);
    Id id        = m->stock.records[place];

    if (id_is_none(id)) return false;
    const RecordHead *head = stock_load(&m->stock, arena, type, id);
    *seen |= (uint64_t)1 << head->state;
    for (size_t i = 0; i < type->steps_len; i++) {
        const Step *step = &type->steps[i];
        const Verb *verb = type_verb(type, str_from_c(step->verb));
        bool leads_on    = step->from == head->state && step->to >= 1 && !(*seen >> step->to & 1);
        Buf input        = buf_open(arena, 1 << 14);
        if (!leads_on || (verb->flags & (VERB_INSIDE | VERB_DANGER))) continue;
        json_write(&input, input_for(&m->stock, arena, type, verb, head, INPUT_LEAN));
        const char *number = str_to_c(arena, m->stock.addresses[place]);
        if (house_do(h, (Id){ 0 }, type, verb->name, number, str_to_c(arena, buf_str(&input)))->kind != OUTCOME_DONE)
            continue;
        m->stock.addresses[place] =
            stock_address(&m->stock, type, id); /* a provisional number may have become a final one */
        return true;
    }
    return false;
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
    size_t place    = stock_place(&m->stock, type);
    bool is_edit    = strcmp(verb, "edit") == 0;
    Promise promise = promise_of(&m->stock, who, type, verb, m->stock.records[place]);
    Ask ask         = { .kind     = ASK_VERB,
                        .type     = str_from_c(type->name),
                        .number   = m->stock.addresses[place],
                        .verb     = str_from_c(verb),
                        .input    = is_edit ? endless_reason(m) : json_own(m->a->http.arena, json_object()),
                        .revision = is_edit ? promise.revision : NO_REVISION };
    int promised = promise_status(promise, is_edit ? 422 : 412), status = ask_all(m, who, &ask);

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
    Ask show  = { .kind = ASK_SHOW, .type = list.type, .number = m->stock.addresses[stock_place(&m->stock, type)] };
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
    stock_signs_in(&m->stock, &m->browser); /* again: what was done meanwhile may have ended sessions */
    for (size_t i = 0; i < m->stock.askers_len; i++)
        ask_about(m, &m->stock.askers[i], type);
}

static void all_doors_keep_what_the_declarations_promise(void **state)
{
    ApiHouse *a              = *state;
    Matrix m                 = { .a = a, .browser = visitor_at(a->h), .console = console_at(a->h) };
    m.stock                  = stock_open(&a, 1);
    const Registry *registry = stock_registry(&m.stock);
    stock_fill(&m.stock);

    for (size_t i = 0; i < registry_len(registry); i++) {
        uint64_t seen = 0;
        do {
            ask_everybody(&m, registry_at(registry, i)->type);
            m.states++;
        } while (record_moves(&m, registry_at(registry, i)->type, &seen));
    }

    print_message("%zu questions at %zu doors, by %zu people, about %zu types, %zu of them with a record, %zu states; "
                  "%zu answers shown, %zu hidden\n",
                  m.asked, countof(doors), m.stock.askers_len, registry_len(registry), m.stock.made, m.states, m.shown,
                  m.hidden);
    assert_true(m.stock.made > registry_len(registry) / 2);
    assert_true(m.shown > 1500 && m.hidden > 2500); /* a little less than was seen: fewer, and it has stopped to look */
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
