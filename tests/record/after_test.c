/* SPDX-License-Identifier: Apache-2.0
 * What follows a verb after its commit: hooks see what was done, may do more, and can never take it back. */
#include "../support/errand.h"
#include "../support/house.h"
#include "../support/process_stub.h"
#include "org/organisation.h"
#include "org/person.h"
#include "org/role.h"
#include "org/site.h"
#include "org/unit.h"
#include "record/row.h"

typedef enum { HOOK_SUCCEEDS, HOOK_FAILS, HOOK_NEEDS_TOO_MUCH } HookWay;

/* What the hook of this program did; set anew by each test. */
static struct {
    HookWay way;
    int runs;
    int64_t event;
    int state; /* of the errand, as the hook read it */
    Arena *arena;
} hook;

static bool read_errand(const Caller *caller, const Outcome *outcome, Errand *errand, Err *err)
{
    Call *call;
    if (!call_open(caller, CALL_READ, &call, err)) return false;
    bool read = record_must(call, &errand_type, outcome->id, errand, err);
    call_end(call);
    return read;
}

static bool after_ask(const Caller *caller, const Outcome *outcome, Err *err)
{
    Errand errand;

    hook.runs++;
    hook.event = outcome->first_event;
    hook.arena = caller->arena;
    if (hook.way == HOOK_FAILS)
        return err_set(err, ERR_DISK, 0, .what = STR("could not set the report"), .detail = STR("No space is left."));
    if (!read_errand(caller, outcome, &errand, err)) return false;
    hook.state = errand.head.state;
    while (hook.way == HOOK_NEEDS_TOO_MUCH)
        arena_alloc(caller->arena, (size_t)1 << 20, 1);
    return true;
}

/* A hook may call a verb: the write turn is free again. */
static bool after_approve(const Caller *caller, const Outcome *outcome, Err *err)
{
    Caller system   = { .app = caller->app, .arena = caller->arena, .is_system = true, .door = "job" };
    Request request = { .type = &errand_type, .verb = STR("create") };
    Outcome made;
    Call *call;
    json_t *input;

    (void)outcome;
    if (!json_read(caller->arena, STR("{\"title\":\"thank them\",\"owner\":\"p-ben\"}"), &input, err)) return false;
    request.input = input;
    return verb_run(&system, &request, &call, &made, err) && made.kind == OUTCOME_DONE;
}

static const After hooks[]       = { { "errand", "ask", after_ask }, { "errand", "approve", after_approve } };
static const Type *const types[] = { &errand_type, &organisation_type, &site_type,        &unit_type,
                                     &person_type, &role_type,         &process_stub_type };
static const Catalogue catalogue = {
    .types = types, .types_len = countof(types), .afters = hooks, .afters_len = countof(hooks)
};

static Id an_errand(House *h, HookWay way)
{
    hook.way  = way;
    hook.runs = 0, hook.event = -1, hook.state = 0;
    return house_must(h, h->ben, &errand_type, "create", "",
                      "{\"title\":\"Fetch\",\"owner\":\"p-ben\",\"story\":\"It hangs in the hall.\"}");
}

static void a_hook_sees_what_was_committed(void **state)
{
    House *h = *state;
    an_errand(h, HOOK_SUCCEEDS);
    assert_int_equal(hook.runs, 0);

    house_must(h, h->ben, &errand_type, "ask", "E-001", "");

    assert_int_equal(hook.runs, 1);
    assert_int_equal(hook.state, ERRAND_ASKED);
    assert_int_equal(hook.event, h->got.first_event);
    assert_true(hook.arena != h->t->arena);
}

static void a_hook_that_fails_undoes_nothing(void **state)
{
    House *h = *state;
    Errand errand;
    Id id = an_errand(h, HOOK_FAILS);

    house_must(h, h->ben, &errand_type, "ask", "E-001", "");

    house_load(h, &errand_type, id, &errand);
    assert_int_equal(hook.runs, 1);
    assert_int_equal(errand.head.state, ERRAND_ASKED);
}

static void a_hook_without_memory_undoes_nothing(void **state)
{
    House *h = *state;
    Errand errand;
    Id id = an_errand(h, HOOK_NEEDS_TOO_MUCH);

    house_must(h, h->ben, &errand_type, "ask", "E-001", "");

    house_load(h, &errand_type, id, &errand);
    assert_int_equal(hook.runs, 1);
    assert_int_equal(errand.head.state, ERRAND_ASKED);
}

static void what_was_refused_is_followed_by_nothing(void **state)
{
    House *h = *state;
    an_errand(h, HOOK_SUCCEEDS);

    assert_int_equal(house_do(h, h->cleo, &errand_type, "ask", "E-001", "")->kind, OUTCOME_FORBIDDEN);

    assert_int_equal(hook.runs, 0);
}

static void a_repeated_request_is_followed_once(void **state)
{
    House *h = *state;
    an_errand(h, HOOK_SUCCEEDS);
    Request request = {
        .type = &errand_type, .verb = STR("ask"), .number = STR("E-001"), .idempotency_key = STR("ask-1")
    };

    assert_done(house_request(h, h->ben, request, ""));
    assert_done(house_request(h, h->ben, request, ""));

    assert_true(h->got.is_repeat);
    assert_int_equal(hook.runs, 1);
}

static void a_hook_may_call_a_verb(void **state)
{
    House *h = *state;
    an_errand(h, HOOK_SUCCEEDS);
    house_must(h, h->ben, &errand_type, "ask", "E-001", "");

    house_must(h, h->cleo, &errand_type, "approve", "E-001", "{\"verdict\":\"fine\"}");

    Answer answer = house_ask(h, h->ben, (Ask){ .kind = ASK_LIST, .type = STR("errands") });
    assert_int_equal(json_integer_value(json_object_get(answer.body, "total")), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_HOUSE(a_hook_sees_what_was_committed),       IN_HOUSE(a_hook_that_fails_undoes_nothing),
        IN_HOUSE(a_hook_without_memory_undoes_nothing), IN_HOUSE(what_was_refused_is_followed_by_nothing),
        IN_HOUSE(a_repeated_request_is_followed_once),  IN_HOUSE(a_hook_may_call_a_verb),
    };

    house_catalogue = &catalogue;
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
