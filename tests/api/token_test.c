/* SPDX-License-Identifier: Apache-2.0
 * Who asks: a token, a good one, and nothing else. */
#include "api_house.h"
#include "org/account.h"
#include "org/person.h"
#include "org/token.h"

static void expect_unauthorized(ApiHouse *a, Str token, const char *type, const char *challenge)
{
    Heard heard = api_send(a, "/api/v1", (Sent){ .token = token });

    assert_problem(a, &heard, 401, type);
    assert_true(str_has(heard_header(&heard, "WWW-Authenticate"), str_from_c(challenge)));
}

static void nothing_is_told_without_a_token(void **state)
{
    ApiHouse *a = *state;

    expect_unauthorized(a, (Str){ 0 }, "token-missing", "Bearer realm=\"plumbline\"");
    Heard nowhere = api_send(a, "/api/v1/nowhere", (Sent){ 0 });
    Heard written = api_send(a, "/api/v1/errands", (Sent){ .method = "POST" });

    assert_problem(a, &nowhere, 401, "token-missing");
    assert_problem(a, &written, 401, "token-missing");
}

static void a_session_of_the_browser_counts_for_nothing(void **state)
{
    ApiHouse *a = *state;
    Heard heard =
        api_send(a, "/api/v1", (Sent){ .headers = "Cookie: session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n" });

    assert_problem(a, &heard, 401, "token-missing");
}

static void an_unknown_token_is_told_from_an_expired_and_a_revoked_one(void **state)
{
    ApiHouse *a = *state;
    House *h    = a->h;
    Str expired = a_token(a, h->ben, "read"), revoked = a_token(a, h->ben, "read");
    Str number = str_dup(h->t->arena, h->got.number);

    house_must(h, h->ben, &token_type, "revoke", str_to_c(h->t->arena, number), "{\"why\":\"lost\"}");
    expect_unauthorized(a, STR("plb_nobody"), "token-unknown", "error=\"invalid_token\"");
    expect_unauthorized(a, revoked, "token-revoked", "error=\"invalid_token\"");
    h->t->world.fixed_now = time_add_seconds(h->t->world.fixed_now, (int64_t)86400 * 300);
    expect_unauthorized(a, expired, "token-expired", "error=\"invalid_token\"");
}

static void whoever_has_left_is_not_let_in(void **state)
{
    ApiHouse *a = *state;
    House *h    = a->h;
    Str token   = a_token(a, h->dan, "read");

    house_must(h, (Id){ 0 }, &person_type, "edit", "p-dan", "{\"last_day\":\"2026-11-15\"}");

    expect_unauthorized(a, token, "token-person-left", "error=\"invalid_token\"");
}

static void whoever_is_locked_out_is_not_let_in_by_a_token(void **state)
{
    ApiHouse *a = *state;
    House *h    = a->h;
    Str token   = a_token(a, h->dan, "read");

    house_must(h, (Id){ 0 }, &account_type, "create", "", "{\"number\":\"dan\",\"person\":\"p-dan\"}");
    house_must(h, (Id){ 0 }, &account_type, "lock", "dan", "{\"why\":\"lost laptop\"}");
    expect_unauthorized(a, token, "token-account-locked", "error=\"invalid_token\"");
    house_must(h, (Id){ 0 }, &account_type, "unlock", "dan", "");

    Heard heard = api_send(a, "/api/v1/errands", (Sent){ .token = token });

    assert_int_equal(heard.status, 200);
}

static void a_token_that_reads_changes_nothing(void **state)
{
    ApiHouse *a = *state;
    Str token   = a_token(a, a->h->ben, "read");
    Sent create = { .token   = token,
                    .headers = "Content-Type: application/json\r\n",
                    .body    = STR("{\"title\":\"x\",\"owner\":\"p-ben\"}") };

    Heard listed = api_send(a, "/api/v1/errands", (Sent){ .token = token });
    Heard made   = api_send(a, "/api/v1/errands", create);

    assert_status(&listed, 200);
    assert_problem(a, &made, 403, "forbidden");
    check_str(json_text(json_array_get(json_object_get(heard_json(a, &made), "refusals"), 0), "rule"), "scope");
}

static void a_scope_of_one_type_reaches_no_other(void **state)
{
    ApiHouse *a = *state;
    Str token   = a_token(a, a->h->ben, "errand:write");
    Sent create = { .token   = token,
                    .headers = "Content-Type: application/json\r\n",
                    .body    = STR("{\"title\":\"x\",\"owner\":\"p-ben\"}") };

    Heard made    = api_send(a, "/api/v1/errands", create);
    Heard people  = api_send(a, "/api/v1/people", (Sent){ .token = token });
    Heard errands = api_send(a, "/api/v1/errands", (Sent){ .token = token });

    assert_status(&made, 200);
    assert_status(&errands, 200);
    assert_problem(a, &people, 404, "not-found");
}

static void a_token_is_shown_once(void **state)
{
    ApiHouse *a = *state;
    Heard made  = api_post(a, a->h->ben, "/api/v1/tokens",
                           "{\"person\":\"p-ben\",\"name\":\"nightly\",\"scopes\":\"read\",\"expires\":\"2027-01-31\"}");
    Str secret  = json_text(heard_json(a, &made), "shown_once");
    Str number  = json_text(json_object_get(heard_json(a, &made), "record"), "number");

    Heard shown =
        api_get(a, a->h->ben, str_to_c(a->http.arena, str_fmt(a->http.arena, "/api/v1/tokens/%.*s", STR_ARG(number))));
    Heard history = api_get(
        a, a->h->ben, str_to_c(a->http.arena, str_fmt(a->http.arena, "/api/v1/tokens/%.*s/history", STR_ARG(number))));

    assert_status(&made, 200);
    assert_int_equal(secret.len, 47);
    assert_status(&shown, 200);
    assert_false(str_has(shown.body, STR("hash")));
    assert_false(str_has(history.body, STR("hash")));
}

static void the_index_says_who_is_asking(void **state)
{
    ApiHouse *a       = *state;
    Heard heard       = api_get(a, a->h->cleo, "/api/v1");
    const json_t *who = json_object_get(heard_json(a, &heard), "who");

    check_str(json_text(who, "name"), "Cleo Chief");
    check_str(json_text(who, "number"), "p-cleo");
    assert_int_equal(json_array_size(json_object_get(who, "scopes")), 2);
}

static void whether_it_lives_is_open_to_everybody(void **state)
{
    ApiHouse *a = *state;
    Heard live = api_send(a, "/livez", (Sent){ 0 }), ready = api_send(a, "/readyz", (Sent){ 0 });

    assert_status(&live, 200);
    assert_status(&ready, 200);
    a->h->app->read_only = true;
    Heard unready        = api_send(a, "/readyz", (Sent){ 0 });
    assert_problem(a, &unready, 503, "not-ready");
    a->h->app->read_only = false;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_API(nothing_is_told_without_a_token),
        IN_API_ON(sqlite, a_session_of_the_browser_counts_for_nothing),
        IN_API(an_unknown_token_is_told_from_an_expired_and_a_revoked_one),
        IN_API(whoever_has_left_is_not_let_in),
        IN_API(whoever_is_locked_out_is_not_let_in_by_a_token),
        IN_API(a_token_that_reads_changes_nothing),
        IN_API(a_scope_of_one_type_reaches_no_other),
        IN_API(a_token_is_shown_once),
        IN_API(the_index_says_who_is_asking),
        IN_API(whether_it_lives_is_open_to_everybody),
        cmocka_unit_test(every_answer_fits_the_document),
    };
    return cmocka_run_group_tests(tests, api_start, api_stop);
}
