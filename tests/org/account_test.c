/* SPDX-License-Identifier: Apache-2.0
 * Signing in: who gets in, who does not, and what is never stored or shown. */
#include "../support/errand.h"
#include "../support/house.h"
#include "../support/process_stub.h"
#include "org/account.h"
#include "org/directory.h"
#include "org/organisation.h"
#include "org/person.h"
#include "org/role.h"
#include "org/session.h"
#include "org/site.h"
#include "org/token.h"
#include "org/unit.h"

static const Type *const account_types[] = { &errand_type, &organisation_type, &site_type,    &unit_type, &person_type,
                                             &role_type,   &process_stub_type, &account_type, &token_type };
static const Catalogue catalogue         = {
            .types = account_types, .types_len = countof(account_types), .tables = session_tables, .tables_len = 2
};

static const char good[] = "{\"password\":\"eleven geese went by\"}";

static void an_account(House *h)
{
    house_must(h, h->ada, &account_type, "create", "", "{\"number\":\"ben\",\"person\":\"p-ben\"}");
    house_must(h, h->ada, &account_type, "set-password", "ben", good);
}

static SignIn sign_in(House *h, const char *login, const char *password, Str *secret)
{
    SignInAttempt attempt = { str_from_c(login), str_from_c(password), STR("127.0.0.1") };
    SignIn result;

    must(h->t, session_sign_in(h->app, h->t->arena, &attempt, &result, secret, &h->t->err));
    return result;
}

static void the_right_password_opens_a_session(void **state)
{
    House *h = *state;
    Str secret;
    Session session;
    bool found;
    an_account(h);

    assert_int_equal(sign_in(h, "ben", "eleven geese went by", &secret), SIGN_IN_DONE);

    must(h->t, session_find(h->app, h->t->arena, secret, &session, &found, &h->t->err));
    assert_true(found);
    assert_true(id_eq(session.person, h->ben));
    assert_true(session.must_change);
    assert_int_equal(session.csrf.len, 43);
}

static void an_unknown_name_and_a_wrong_password_are_one_answer(void **state)
{
    House *h = *state;
    Str secret;
    an_account(h);

    assert_int_equal(sign_in(h, "ben", "wrong", &secret), SIGN_IN_WRONG);
    assert_int_equal(sign_in(h, "nobody", "eleven geese went by", &secret), SIGN_IN_WRONG);
}

static void guessing_is_stopped_even_when_the_guess_is_right(void **state)
{
    House *h = *state;
    Str secret;
    an_account(h);
    for (int i = 0; i < SIGN_IN_TRIES; i++)
        sign_in(h, "ben", "wrong", &secret);

    assert_int_equal(sign_in(h, "ben", "eleven geese went by", &secret), SIGN_IN_TOO_OFTEN);
    h->t->world.fixed_now = time_add_seconds(h->t->world.fixed_now, 16 * 60);
    assert_int_equal(sign_in(h, "ben", "eleven geese went by", &secret), SIGN_IN_DONE);
}

static void a_session_ends_by_signing_out_by_idling_and_by_locking(void **state)
{
    House *h = *state;
    Str first, second, third;
    Session session;
    bool found;
    an_account(h);
    sign_in(h, "ben", "eleven geese went by", &first);
    sign_in(h, "ben", "eleven geese went by", &second);
    sign_in(h, "ben", "eleven geese went by", &third);

    must(h->t, session_end(h->app, h->t->arena, first, &h->t->err));
    must(h->t, session_find(h->app, h->t->arena, first, &session, &found, &h->t->err));
    assert_false(found);
    h->t->world.fixed_now = time_add_seconds(h->t->world.fixed_now, 60 * (SESSION_IDLE_MINUTES + 1));
    must(h->t, session_find(h->app, h->t->arena, second, &session, &found, &h->t->err));
    assert_false(found);
    h->t->world.fixed_now = time_add_seconds(h->t->world.fixed_now, -60 * SESSION_IDLE_MINUTES);
    house_must(h, h->ada, &account_type, "lock", "ben", "{\"why\":\"left his desk\"}");
    must(h->t, session_find(h->app, h->t->arena, third, &session, &found, &h->t->err));
    assert_false(found);
}

static void a_common_or_short_password_is_not_taken(void **state)
{
    House *h = *state;
    an_account(h);

    assert_invalid(house_do(h, h->ada, &account_type, "set-password", "ben", "{\"password\":\"short\"}"), "password");
    assert_invalid(house_do(h, h->ada, &account_type, "set-password", "ben", "{\"password\":\"1234567890\"}"),
                   "password");
}

static void no_password_at_all_is_a_wrong_one(void **state)
{
    House *h = *state;
    an_account(h);

    assert_invalid(house_do(h, h->ben, &account_type, "change-password", "ben", good), "current");
}

static void a_person_changes_the_own_password_with_the_one_until_now(void **state)
{
    House *h = *state;
    Str secret;
    an_account(h);

    assert_invalid(house_do(h, h->ben, &account_type, "change-password", "ben",
                            "{\"current\":\"wrong\",\"password\":\"a new sentence it is\"}"),
                   "current");
    assert_done(house_do(h, h->ben, &account_type, "change-password", "ben",
                         "{\"current\":\"eleven geese went by\",\"password\":\"a new sentence it is\"}"));
    assert_int_equal(sign_in(h, "ben", "a new sentence it is", &secret), SIGN_IN_DONE);
}

static void the_password_is_in_no_answer_and_no_history(void **state)
{
    House *h = *state;
    an_account(h);
    static const AskKind kinds[] = { ASK_SHOW, ASK_HISTORY, ASK_LIST, ASK_EXPORT };

    for (size_t i = 0; i < countof(kinds); i++) {
        Answer answer = house_ask(h, h->ada, (Ask){ .kind = kinds[i], .type = STR("account"), .number = STR("ben") });
        Buf text      = buf_open(h->t->arena, 1 << 20);
        if (answer.body != NULL) json_write(&text, answer.body);
        buf_add(&text, answer.text);
        assert_int_equal(answer.status, 200);
        assert_false(str_has(buf_str(&text), STR("argon2")));
    }
}

static void a_token_is_shown_once_and_acts_as_its_person(void **state)
{
    House *h = *state;
    TokenState token_state;
    Id person;
    StrList scopes = { 0 };

    house_must(
        h, h->ben, &token_type, "create", "",
        "{\"person\":\"p-ben\",\"name\":\"nightly\",\"scopes\":\"read, errand:write\",\"expires\":\"2027-01-31\"}");

    Str secret = h->got.shown_once;
    assert_int_equal(secret.len, 47);
    must(h->t, token_find(h->app, h->t->arena, secret, &token_state, &person, &scopes, &h->t->err));
    assert_int_equal(token_state, TOKEN_GOOD);
    assert_true(id_eq(person, h->ben));
    assert_int_equal(scopes.len, 2);
    h->t->world.fixed_now = time_add_seconds(h->t->world.fixed_now, (int64_t)86400 * 100);
    must(h->t, token_find(h->app, h->t->arena, secret, &token_state, &person, &scopes, &h->t->err));
    assert_int_equal(token_state, TOKEN_EXPIRED);
}

static void a_token_for_somebody_else_is_refused(void **state)
{
    House *h = *state;

    assert_refused(house_do(h, h->ben, &token_type, "create", "",
                            "{\"person\":\"p-cleo\",\"name\":\"x\",\"scopes\":\"read\",\"expires\":\"2027-01-31\"}"),
                   "token-1");
}

static void a_token_without_end_or_with_unknown_scopes_is_not_taken(void **state)
{
    House *h = *state;

    Outcome *got =
        house_do(h, h->ben, &token_type, "create", "",
                 "{\"person\":\"p-ben\",\"name\":\"x\",\"scopes\":\"everything\",\"expires\":\"2037-01-31\"}");

    assert_invalid(got, "expires");
    assert_invalid(got, "scopes");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_HOUSE(the_right_password_opens_a_session),
        IN_HOUSE(an_unknown_name_and_a_wrong_password_are_one_answer),
        IN_HOUSE(guessing_is_stopped_even_when_the_guess_is_right),
        IN_HOUSE(a_session_ends_by_signing_out_by_idling_and_by_locking),
        IN_HOUSE(a_common_or_short_password_is_not_taken),
        IN_HOUSE(no_password_at_all_is_a_wrong_one),
        IN_HOUSE(a_person_changes_the_own_password_with_the_one_until_now),
        IN_HOUSE(the_password_is_in_no_answer_and_no_history),
        IN_HOUSE(a_token_is_shown_once_and_acts_as_its_person),
        IN_HOUSE(a_token_for_somebody_else_is_refused),
        IN_HOUSE(a_token_without_end_or_with_unknown_scopes_is_not_taken),
    };

    house_catalogue = &catalogue;
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
