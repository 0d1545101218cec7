/* SPDX-License-Identifier: Apache-2.0
 * Checkpoints, envelopes and proofs through the API: enough for a stranger to check, and nothing of what he may not
 * see. */
#include "../support/errand.h"
#include "api_house.h"
#include "ledger/ledger_checkpoint.h"
#include "record/proof.h"

static int64_t an_errand(ApiHouse *a)
{
    Heard made = api_post(a, a->h->ben, "/api/v1/errands", "{\"title\":\"Fetch\",\"owner\":\"p-ben\"}");

    assert_status(&made, 200);
    return json_integer_value(json_array_get(json_object_get(heard_json(a, &made), "events"), 0));
}

static const char *event_path(ApiHouse *a, int64_t event, const char *below)
{
    return str_to_c(a->http.arena, str_fmt(a->http.arena, "/api/v1/events/%lld%s", (long long)event, below));
}

static void sign(ApiHouse *a)
{
    House *h = a->h;
    must(h->t, ledger_checkpoint_make(h->app->store, h->t->arena, h->app->signer, &h->t->err));
}

static void a_stranger_checks_an_event_with_what_the_api_gives(void **state)
{
    ApiHouse *a   = *state;
    House *h      = a->h;
    Err err       = { 0 };
    NoteKeys keys = { 0 };
    TlogProof proof;
    must(h->t, proof_key_make(h->app, h->arena, &h->t->err));
    int64_t event = an_errand(a);
    sign(a);

    Heard index      = api_get(a, h->ben, "/api/v1");
    Heard checkpoint = api_get(a, h->ben, "/api/v1/checkpoint");
    Heard envelope   = api_get(a, h->ben, event_path(a, event, ""));
    Heard proven     = api_get(a, h->ben, event_path(a, event, "/proof"));
    Str key = json_str(json_array_get(json_object_get(json_object_get(heard_json(a, &index), "ledger"), "keys"), 0));

    check_done(note_verifier_read(key, a->http.arena, list_push(a->http.arena, &keys), &err), &err);
    check_done(tlog_proof_read(proven.body, a->http.arena, &proof, &err), &err);
    check_done(tlog_proof_check(&proof, envelope.body, &keys, a->http.arena, &err), &err);
    assert_int_equal(proof.index, event);
    assert_true(str_eq(proof.checkpoint, checkpoint.body));
    check_str(heard_header(&checkpoint, "Content-Type"), "text/plain; charset=utf-8");
}

static void what_is_not_signed_yet_is_not_proven(void **state)
{
    ApiHouse *a = *state;
    House *h    = a->h;
    Heard none  = api_get(a, h->ben, "/api/v1/checkpoint");
    must(h->t, proof_key_make(h->app, h->arena, &h->t->err));
    sign(a);

    Heard early = api_get(a, h->ben, event_path(a, an_errand(a), "/proof"));

    assert_problem(a, &none, 404, "not-found");
    assert_problem(a, &early, 404, "not-found");
}

static void an_event_of_what_one_may_not_see_is_not_there(void **state)
{
    ApiHouse *a   = *state;
    int64_t event = an_errand(a);

    Heard seen     = api_get(a, a->h->cleo, event_path(a, event, ""));
    Heard hidden   = api_get(a, a->h->dan, event_path(a, event, ""));
    Heard unproven = api_get(a, a->h->dan, event_path(a, event, "/proof"));
    Heard scoped   = api_send(a, event_path(a, event, ""), (Sent){ .token = a_token(a, a->h->cleo, "site:read") });

    assert_status(&seen, 200);
    assert_problem(a, &hidden, 404, "not-found");
    assert_problem(a, &unproven, 404, "not-found");
    assert_problem(a, &scoped, 404, "not-found");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_API(a_stranger_checks_an_event_with_what_the_api_gives),
        IN_API(what_is_not_signed_yet_is_not_proven),
        IN_API(an_event_of_what_one_may_not_see_is_not_there),
        cmocka_unit_test(every_answer_fits_the_document),
    };
    return cmocka_run_group_tests(tests, api_start, api_stop);
}
