/* SPDX-License-Identifier: Apache-2.0
 * What is done, through every door: three houses that are equal, one behind each door. The same people ask for the same
 * in all of them, round after round, as far as their guards let them; each house must give one answer and write the
 * same events, byte for byte: verb, revision, the record as it is after it, and whatever else came of it. So what is
 * done at one door is what is done at the others. Verbs, people and input are generated from the declarations.
 *
 * Left out: verbs that ask for a password, which no command takes as an option. */
#include "ledger/event.h"
#include "record/people.h"
#include "stock.h"

enum { AT_API, AT_BROWSER, AT_CONSOLE, DOORS };
static const char *const door_names[DOORS] = { "the API", "the browser", "a command" };

enum {
    TRIES_MAX  = 6,  /* of one person with one step in one state */
    AT_ONCE    = 3,  /* people who may, asked for one step of one record */
    BARRED_MAX = 3,  /* people who may not, asked for one step in one state: all of them are in matrix_test.c */
    MAKERS_MAX = 11, /* people who try to make records */
    KNOWN_MAX  = 6   /* records of one type that are followed */
};

/* One person with one step in one state. */
typedef struct {
    unsigned char tries;
    bool is_done;
    InputKind kind; /* that was done with, or is tried next */
} Attempt;

typedef struct {
    Id id;
    Str address;
} Known;

typedef struct {
    Known at[KNOWN_MAX];
    size_t len;
    Attempt *attempts; /* by state, step and asker */
    int *barred;       /* how many were asked who may not, by state and step */
    bool *is_done;     /* at least once, by step */
} TypeDeeds;

typedef struct {
    ApiHouse *houses[DOORS];
    Stock stock;
    Visitor browser;
    Console console;
    TypeDeeds *types;  /* by their place in the registry */
    bool is_staged;    /* the houses are full: the demonstration was loaded into each */
    int64_t event;     /* the first one of the deed in hand, in each house */
    int round, rounds; /* records are withdrawn in the last one */
    size_t asked, done, refused, forbidden, invalid, hidden, out;
} Deeds;

/* ---- what was recorded ---- */

static Str events_from(ApiHouse *house, int64_t first)
{
    Arena *arena = house->http.arena;
    Buf text     = buf_open(arena, (size_t)4 << 20);
    Err err      = { 0 };
    Db *db;

    check_done(store_read(house->h->app->store, arena, &db, &err), &err);
    Query *query = query_open(db, STR("SELECT ledger_event.number, slot, body, data FROM ledger_event"
                                      "  LEFT JOIN ledger_payload ON ledger_payload.number = ledger_event.number"
                                      " WHERE ledger_event.number >= $1 ORDER BY ledger_event.number, slot"));
    query_bind_int(query, 1, first);
    while (query_next(query)) {
        Envelope e;
        check_done(event_read(query_bytes(query, 2, arena), arena, &e, &err), &err);
        buf_fmt(&text, "%lld.%lld %.*s %.*s %lld by %.*s in %.*s: ", (long long)e.number,
                (long long)query_int(query, 1), STR_ARG(e.kind), STR_ARG(e.entity), (long long)e.revision,
                STR_ARG(e.actor), STR_ARG(e.dossier));
        buf_add(&text, query_bytes(query, 3, arena));
        buf_add_byte(&text, '\n');
    }
    check_done(query_close(query, &err), &err);
    db_end(db);
    assert_false(buf_overflowed(&text));
    return buf_str(&text);
}

static int64_t event_next(ApiHouse *house)
{
    int64_t next = 0;
    Err err      = { 0 };
    Db *db;

    check_done(store_read(house->h->app->store, house->http.arena, &db, &err), &err);
    Query *query = query_open(db, STR("SELECT size FROM ledger_state"));
    if (query_next(query)) next = query_int(query, 0);
    check_done(query_close(query, &err), &err);
    db_end(db);
    return next;
}

/* ---- asking at all doors ---- */

static Said ask_at(Deeds *d, int door, const Asker *who, const Ask *ask)
{
    d->houses[door]->h->t->world.seed = 1000 + d->asked; /* what is random is the same at each door */
    if (door == AT_API) return api_ask(d->houses[door], who->token, ask);
    if (door == AT_BROWSER) return browser_ask(&d->browser, who->id, ask);
    return console_ask(&d->console, who->number, ask);
}

/* Done: on to another page, which tells of it, or the one page with a secret. */
static Str deed_differs(Deeds *d, int door, const Said *first, const Said *said)
{
    Arena *arena = d->houses[AT_API]->http.arena;

    if (door == AT_CONSOLE) return command_differs(arena, first, said);
    if (first->status != 200) return page_differs(arena, first, said);
    bool goes_on = said->status == 303 && str_has(d->browser.location, STR("done="));
    return goes_on || said->status == 200 ? (Str){ 0 } : STR("not done");
}

static void show_lines(const char *door, Str text)
{
    Str line;

    print_error("%s:\n", door);
    while (str_cut(&text, '\n', &line)) /* one by one: cmocka cuts long messages */
        if (line.len > 0) print_error("  %.*s\n", STR_ARG(str_slice(line, 0, 900)));
}

static void fail_deed(Deeds *d, const Asker *who, const Ask *ask, int door, Str first, Str other, Str how)
{
    Buf input = buf_open(d->stock.arena, 1 << 16);

    json_write(&input, ask->input);
    print_error("%s, %.*s of %.*s %.*s with %.*s\n", who->name, STR_ARG(ask->verb), STR_ARG(ask->type),
                STR_ARG(ask->number), STR_ARG(buf_str(&input)));
    show_lines(door_names[AT_API], first);
    show_lines(door_names[door], other);
    fail_msg("%s differs: %.*s", door_names[door], STR_ARG(how));
}

static void check_events(Deeds *d, const Asker *who, const Ask *ask, int status)
{
    Str first = events_from(d->houses[AT_API], d->event);

    if ((status == 200) != (first.len > 0)) fail_deed(d, who, ask, AT_API, first, first, STR("answer and events"));
    for (int door = AT_API + 1; door < DOORS; door++) {
        Str events = events_from(d->houses[door], d->event);
        if (!str_eq(first, events)) fail_deed(d, who, ask, door, first, events, STR("other events"));
    }
}

static void count_answer(Deeds *d, int status)
{
    d->asked++;
    switch (status) {
    case 200: d->done++; break;
    case 409: d->refused++; break;
    case 403: d->forbidden++; break;
    case 422: d->invalid++; break;
    case 404: d->hidden++; break;
    case 401: d->out++; break;
    default: fail_msg("status %d", status);
    }
}

/* The status; *body is what the API said. A token whose account was locked meanwhile comes in nowhere. */
static int ask_all(Deeds *d, const Asker *who, const Ask *ask, json_t **body)
{
    Said first = ask_at(d, AT_API, who, ask);
    Err err    = { 0 };

    for (int door = AT_API + 1; door < DOORS && first.status != 401; door++) {
        Said said = ask_at(d, door, who, ask);
        Str how   = deed_differs(d, door, &first, &said);
        if (how.len > 0) fail_deed(d, who, ask, door, first.body, said.body, how);
    }
    check_events(d, who, ask, first.status);
    count_answer(d, first.status);
    check_done(json_read(d->houses[AT_API]->http.arena, first.body, body, &err), &err);
    return first.status;
}

/* ---- one deed ---- */

static TypeDeeds *deeds_of(Deeds *d, const Type *type)
{
    return &d->types[stock_place(&d->stock, type)];
}

static void known_add(Deeds *d, const Type *type, Id id)
{
    TypeDeeds *deeds = deeds_of(d, type);

    if (deeds->len < KNOWN_MAX) deeds->at[deeds->len++] = (Known){ id, stock_address(&d->stock, type, id) };
}

/* The state that the record is said to have is one to which the verb leads, by its declaration. */
static void check_state(const Type *type, const char *verb, int before, Str after)
{
    for (size_t i = 0; i < type->steps_len; i++) {
        const Step *step = &type->steps[i];
        int to           = step->to == STATE_SAME ? before : step->to;
        bool leaves      = step->from == before || (step->from == STATE_ANY && before != STATE_NEW);
        if (leaves && strcmp(step->verb, verb) == 0 && str_eq_c(after, state_name(type, to))) return;
    }
    fail_msg("%s of a %s in \"%s\" led to \"%.*s\"", verb, type->name,
             before == STATE_NEW ? "new" : state_name(type, before), STR_ARG(after));
}

static void done_look(Deeds *d, const Type *type, const char *verb, Known *known, int before, const json_t *body)
{
    const json_t *record = json_object_get(body, "record");

    check_state(type, verb, before, json_text(record, "state"));
    if (known == NULL)
        known_add(d, type, (Id){ json_integer_value(json_object_get(record, "id")) });
    else
        known->address = stock_address(&d->stock, type, known->id); /* a provisional number may be a final one now */
}

/* Tries it once, at all doors; true when it was done. */
static bool deed_try(Deeds *d, const Asker *who, const Type *type, const Verb *verb, Known *known, Attempt *attempt)
{
    Arena *arena           = d->houses[AT_API]->http.arena;
    const RecordHead *head = known != NULL ? stock_load(&d->stock, arena, type, known->id) : NULL;
    Ask ask                = { .kind     = ASK_VERB,
                               .type     = str_from_c(type->name),
                               .number   = known != NULL ? known->address : (Str){ 0 },
                               .verb     = str_from_c(verb->name),
                               .input    = input_for(&d->stock, arena, type, verb, head, attempt->kind),
                               .revision = head != NULL ? head->revision : 0 };
    json_t *body;

    d->event = event_next(d->houses[AT_API]); /* input may name records that were made for it */
    attempt->tries++;
    bool is_empty_edit = strcmp(verb->name, "edit") == 0 && json_object_size(ask.input) == 0;
    if (is_empty_edit || console_wants_password(&d->console, &ask)) {
        attempt->tries = TRIES_MAX;
        return false;
    }
    Promise promise = { .sees = true, .is_of_state = true, .may = true };
    if (known != NULL) promise = promise_of(&d->stock, who, type, verb->name, known->id);
    int status = ask_all(d, who, &ask, &body);
    if (status != 401 && promise_status(promise, status) != status)
        fail_msg("%s, %s of a %s: promised %d, got %d", who->name, verb->name, type->name,
                 promise_status(promise, status), status);
    if (status == 403 || status == 404) attempt->tries = TRIES_MAX;
    if (status == 200) done_look(d, type, verb->name, known, head != NULL ? head->state : STATE_NEW, body);
    attempt->is_done = attempt->is_done || status == 200;
    if (status != 200) attempt->kind = (attempt->kind + 1) % INPUTS;
    return status == 200;
}

static bool deed(Deeds *d, size_t asker, const Type *type, size_t step, Known *known, Attempt *attempt)
{
    ArenaMark marks[DOORS], also[DOORS];

    for (int i = 0; i < DOORS; i++)
        marks[i] = arena_mark(d->houses[i]->http.arena), also[i] = arena_mark(d->houses[i]->h->t->arena);
    const Verb *verb = type_verb(type, str_from_c(type->steps[step].verb));
    bool is_done     = deed_try(d, &d->stock.askers[asker], type, verb, known, attempt);
    if (is_done) deeds_of(d, type)->is_done[step] = true;
    if (is_done) stock_signs_in(&d->stock, &d->browser); /* again: what was done may have ended sessions */
    for (int i = 0; i < DOORS; i++)
        arena_rewind(d->houses[i]->http.arena, marks[i]), arena_rewind(d->houses[i]->h->t->arena, also[i]);
    return is_done;
}

/* ---- one round ---- */

static Attempt *attempt_of(Deeds *d, const Type *type, int state, size_t step, size_t asker)
{
    return &deeds_of(d, type)->attempts[((size_t)state * type->steps_len + step) * ASKERS_MAX + asker];
}

static int state_now(Deeds *d, const Type *type, const Known *known)
{
    Arena *arena = d->houses[AT_API]->http.arena, *scratch = d->houses[AT_API]->h->t->arena;
    ArenaMark mark = arena_mark(arena), also = arena_mark(scratch);
    const RecordHead *head = stock_load(&d->stock, arena, type, known->id);
    int state              = head->state;

    arena_rewind(arena, mark);
    arena_rewind(scratch, also);
    return state;
}

static bool is_offered(const Deeds *d, const Type *type, const Step *step, int state)
{
    const Verb *verb = type_verb(type, str_from_c(step->verb));
    bool leaves      = step->from == state || (step->from == STATE_ANY && state != STATE_NEW);
    bool is_gentle   = !(verb->flags & VERB_DANGER) || d->round == d->rounds - 1;

    return leaves && !(verb->flags & VERB_INSIDE) && is_gentle;
}

/* Which of the askers the step is for. */
static void step_people(Deeds *d, const Type *type, const Step *step, const Known *known, bool *may)
{
    House *h       = d->houses[AT_API]->h;
    Arena *arena   = d->houses[AT_API]->http.arena;
    ArenaMark mark = arena_mark(arena), also = arena_mark(h->t->arena);
    Caller caller   = { .app = h->app, .arena = arena, .is_system = true, .door = "job" };
    bool is_for_all = str_has(str_from_c(step->who), STR("everyone"));
    IdList people   = { 0 };
    Call *call;

    must(h->t, call_open(&caller, CALL_READ, &call, &h->t->err));
    void *record = known != NULL ? stock_load(&d->stock, arena, type, known->id) : NULL;
    must(h->t, people_among(call, type, step->who, record, &people, &h->t->err));
    call_end(call);
    for (size_t i = 0; i < d->stock.askers_len; i++)
        may[i] = is_for_all || id_list_has(&people, d->stock.askers[i].id);
    arena_rewind(arena, mark);
    arena_rewind(h->t->arena, also);
}

static bool is_worth_trying(const Deeds *d, const Attempt *attempt)
{
    return !attempt->is_done && attempt->tries < TRIES_MAX && attempt->tries <= d->round;
}

/* Some who may and have not done it yet, and some who may not; true when the record went on to another state. */
static bool step_tries(Deeds *d, const Type *type, size_t step, Known *known, int state)
{
    int *barred          = &deeds_of(d, type)->barred[(size_t)state * type->steps_len + step];
    bool may[ASKERS_MAX] = { false };
    int asked            = 0;

    step_people(d, type, &type->steps[step], known, may);
    for (size_t asker = 0; asker < d->stock.askers_len; asker++) {
        Attempt *attempt = attempt_of(d, type, state, step, asker);
        if (!is_worth_trying(d, attempt) || (may[asker] ? asked : *barred) >= (may[asker] ? AT_ONCE : BARRED_MAX))
            continue;
        ++*(may[asker] ? &asked : barred);
        if (deed(d, asker, type, step, known, attempt) && state_now(d, type, known) != state) return true;
    }
    return false;
}

static bool record_tries(Deeds *d, const Type *type, Known *known, int state)
{
    for (size_t step = 0; step < type->steps_len; step++) {
        if (is_offered(d, type, &type->steps[step], state) && step_tries(d, type, step, known, state)) return true;
    }
    return false;
}

/* Along a step that was done before with another record. */
static void record_goes_on(Deeds *d, const Type *type, Known *known, int state)
{
    for (size_t step = 0; step < type->steps_len; step++) {
        bool leads_on = type->steps[step].to >= 1 && type->steps[step].to != state;
        if (!leads_on || !is_offered(d, type, &type->steps[step], state)) continue;
        for (size_t asker = 0; asker < d->stock.askers_len; asker++) {
            Attempt *attempt = attempt_of(d, type, state, step, asker);
            if (attempt->is_done && deed(d, asker, type, step, known, attempt)) return;
        }
    }
}

static void type_makes(Deeds *d, const Type *type)
{
    for (size_t step = 0; step < type->steps_len; step++) {
        if (!is_offered(d, type, &type->steps[step], STATE_NEW)) continue;
        for (size_t asker = 0; asker < d->stock.askers_len && asker < MAKERS_MAX; asker++) {
            Attempt *attempt = attempt_of(d, type, STATE_NEW, step, asker);
            if (is_worth_trying(d, attempt)) (void)deed(d, asker, type, step, NULL, attempt);
        }
    }
}

static void type_round(Deeds *d, const Type *type)
{
    TypeDeeds *deeds = deeds_of(d, type);

    type_makes(d, type);
    for (size_t i = 0; i < deeds->len; i++) {
        int state = state_now(d, type, &deeds->at[i]);
        if (!record_tries(d, type, &deeds->at[i], state)) record_goes_on(d, type, &deeds->at[i], state);
    }
}

/* ---- all of it ---- */

static int houses_come(void **state, const char *scenario)
{
    Deeds *d = calloc(1, sizeof *d);

    if (d == NULL) return -1;
    house_scenario = scenario;
    for (int i = 0; i < DOORS; i++) {
        void *house = &on_sqlite;
        if (api_house_setup(&house) != 0) return -1;
        d->houses[i] = house;
    }
    d->is_staged   = scenario != NULL;
    house_scenario = NULL;
    *state         = d;
    return 0;
}

static int empty_houses(void **state)
{
    return houses_come(state, NULL);
}

static int staged_houses(void **state)
{
    return houses_come(state, "demo/demo-scenario.json");
}

static int houses_left(void **state)
{
    Deeds *d = *state;
    int left = 0;

    for (int i = 0; i < DOORS; i++) {
        void *house = d->houses[i];
        left |= api_house_teardown(&house);
    }
    free(d);
    return left;
}

/* Of each state one, of what the scenario left. */
static void known_find(Deeds *d, const Type *type)
{
    Param limit          = { STR("limit"), STR("200") };
    Ask ask              = { .kind = ASK_LIST, .type = str_from_c(type->name), .params = { .at = &limit, .len = 1 } };
    Answer answer        = house_ask(d->houses[AT_API]->h, (Id){ 0 }, ask);
    const json_t *items  = json_object_get(answer.body, "items");
    uint64_t states_seen = 0;

    for (size_t i = 0; i < json_array_size(items); i++) {
        const json_t *item = json_array_get(items, i);
        int state          = choice_from_name(type->states, json_text(item, "state"));
        Id id              = { json_integer_value(json_object_get(item, "id")) };
        if (states_seen >> state & 1 || id_eq(id, d->stock.account)) continue; /* that one opens the browser */
        states_seen |= (uint64_t)1 << state;
        known_add(d, type, id);
    }
}

static void deeds_begin(Deeds *d)
{
    d->browser               = visitor_at(d->houses[AT_BROWSER]->h);
    d->console               = console_at(d->houses[AT_CONSOLE]->h);
    d->stock                 = stock_open(d->houses, DOORS);
    const Registry *registry = stock_registry(&d->stock);
    stock_fill(&d->stock);
    if (d->is_staged) stock_invites(&d->stock);
    stock_signs_in(&d->stock, &d->browser);
    d->types = arena_array(d->stock.arena, TypeDeeds, registry_len(registry));
    for (size_t i = 0; i < registry_len(registry); i++) {
        const Type *type     = registry_at(registry, i)->type;
        size_t size          = (type->states->len + 1) * type->steps_len * ASKERS_MAX;
        d->types[i].attempts = arena_array(d->stock.arena, Attempt, size);
        d->types[i].is_done  = arena_array(d->stock.arena, bool, type->steps_len);
        d->types[i].barred   = arena_array(d->stock.arena, int, (type->states->len + 1) * type->steps_len);
        if (d->is_staged) known_find(d, type);
        if (!d->is_staged && !id_is_none(d->stock.records[i])) known_add(d, type, d->stock.records[i]);
    }
}

/* How many steps were done at least once, and how many there are. */
static size_t steps_done(Deeds *d, size_t *all)
{
    const Registry *registry = stock_registry(&d->stock);
    size_t done              = 0;

    *all = 0;
    for (size_t i = 0; i < registry_len(registry); i++) {
        const Type *type = registry_at(registry, i)->type;
        for (size_t k = 0; k < type->steps_len; k++) {
            *all += (type_verb(type, str_from_c(type->steps[k].verb))->flags & VERB_INSIDE) == 0;
            done += d->types[i].is_done[k];
        }
    }
    return done;
}

/* The least that must come of it: a little below what was seen when this was written. Fewer mean that the test has
 * stopped to look. */
typedef struct {
    int rounds;
    size_t done, steps, refused, forbidden, invalid, hidden;
} Least;

static void deeds_are_equal(Deeds *d, const Least *least)
{
    size_t all;

    d->rounds = least->rounds;
    deeds_begin(d);
    const Registry *registry = stock_registry(&d->stock);
    for (d->round = 0; d->round < d->rounds; d->round++) {
        for (size_t i = 0; i < registry_len(registry); i++)
            type_round(d, registry_at(registry, i)->type);
    }

    size_t steps = steps_done(d, &all);
    print_message("%zu deeds asked for at %d doors by %zu people: %zu done, %zu refused, %zu forbidden, %zu invalid, "
                  "%zu hidden, %zu without a way in; %zu of %zu steps done\n",
                  d->asked, DOORS, d->stock.askers_len, d->done, d->refused, d->forbidden, d->invalid, d->hidden,
                  d->out, steps, all);
    assert_true(d->done >= least->done && steps >= least->steps);
    assert_true(d->refused >= least->refused && d->forbidden >= least->forbidden);
    assert_true(d->invalid >= least->invalid && d->hidden >= least->hidden);
    console_leaves(&d->console);
    visitor_leaves(&d->browser);
}

static void what_is_done_is_the_same_at_every_door(void **state)
{
    deeds_are_equal(
        *state,
        &(Least){
            .rounds = 7, .done = 350, .steps = 160, .refused = 400, .forbidden = 500, .invalid = 500, .hidden = 100 });
}

static void what_is_done_in_an_organisation_at_work_is_the_same_at_every_door(void **state)
{
    deeds_are_equal(
        *state,
        &(Least){
            .rounds = 3, .done = 450, .steps = 185, .refused = 400, .forbidden = 600, .invalid = 400, .hidden = 130 });
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_done_is_the_same_at_every_door, empty_houses, houses_left),
        cmocka_unit_test_setup_teardown(what_is_done_in_an_organisation_at_work_is_the_same_at_every_door,
                                        staged_houses, houses_left),
        cmocka_unit_test(every_answer_fits_the_document),
    };
    return cmocka_run_group_tests(tests, api_start, api_stop);
}
