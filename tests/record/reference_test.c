/* SPDX-License-Identifier: Apache-2.0
 * References: to name a record one must be allowed to see it; one that is hidden answers as one that is not there. */
#include "../support/errand.h"
#include "../support/house.h"

static void an_errand(House *h, Id who, const char *owner)
{
    house_must(h, who, &errand_type, "create", "",
               str_to_c(h->t->arena, str_fmt(h->t->arena, "{\"title\":\"Carry\",\"owner\":\"%s\"}", owner)));
}

static Str message(const House *h)
{
    assert_int_equal(h->got.kind, OUTCOME_INVALID);
    assert_int_equal(h->got.invalids.len, 1);
    return h->got.invalids.at[0].message;
}

/* E-001 is Dan's and hidden from Ben, E-002 is Ben's, E-003 is not there. */
static void errands_of_two(House *h)
{
    an_errand(h, h->dan, "p-dan");
    an_errand(h, h->ben, "p-ben");
}

static void a_hidden_record_is_named_like_one_that_is_not_there(void **state)
{
    House *h = *state;
    errands_of_two(h);

    house_do(h, h->ben, &errand_type, "edit", "E-002", "{\"follows\":\"E-001\"}");
    check_str(message(h), "There is no errand \"E-001\".");
    house_do(h, h->ben, &errand_type, "edit", "E-002", "{\"follows\":\"E-003\"}");
    check_str(message(h), "There is no errand \"E-003\".");
    house_do(h, h->ben, &errand_type, "edit", "E-002", "{\"together\":[\"E-002\",\"E-001\"]}");
    check_str(message(h), "There is no errand \"E-001\".");
}

static void a_hidden_record_is_not_named_by_its_id_either(void **state)
{
    House *h = *state;
    Errand dans;
    errands_of_two(h);
    house_must(h, h->dan, &errand_type, "edit", "E-001", "{\"title\":\"Hide\"}");
    house_load(h, &errand_type, h->got.id, &dans);

    house_do(h, h->ben, &errand_type, "edit", "E-002",
             str_to_c(h->t->arena, str_fmt(h->t->arena, "{\"follows\":%lld}", (long long)dans.head.id.n)));
    Str hidden = message(h);
    house_do(h, h->ben, &errand_type, "edit", "E-002", "{\"follows\":999999}");

    check_str(hidden, str_to_c(h->t->arena, message(h)));
}

static void whoever_sees_it_may_name_it(void **state)
{
    House *h = *state;
    errands_of_two(h);

    house_must(h, h->ada, &errand_type, "edit", "E-002", "{\"follows\":\"E-001\",\"together\":[\"E-001\"]}");
}

/* An administrator set it: what Ben sends back with his own change is no naming. */
static void what_stood_there_may_stay(void **state)
{
    House *h = *state;
    Errand errand;
    errands_of_two(h);
    Id id = house_must(h, h->ada, &errand_type, "edit", "E-002", "{\"follows\":\"E-001\",\"together\":[\"E-001\"]}");

    house_must(h, h->ben, &errand_type, "edit", "E-002",
               "{\"title\":\"Later\",\"follows\":\"E-001\",\"together\":[\"E-002\",\"E-001\"]}");

    house_load(h, &errand_type, id, &errand);
    check_str(errand.title, "Later");
    assert_false(id_is_none(errand.follows));
    assert_int_equal(errand.together.len, 2);
}

static void a_list_is_not_limited_by_a_hidden_record(void **state)
{
    House *h      = *state;
    Param params  = { STR("follows"), STR("E-001") };
    Ask ask       = { .kind = ASK_LIST, .type = STR("errand"), .params = { .at = &params, .len = 1 } };
    Ask nothing   = ask;
    Param another = { STR("follows"), STR("E-003") };
    errands_of_two(h);
    nothing.params.at = &another;

    Answer bens = house_ask(h, h->ben, ask), none = house_ask(h, h->ben, nothing), adas = house_ask(h, h->ada, ask);

    assert_int_equal(bens.status, 422);
    assert_int_equal(none.status, 422);
    assert_int_equal(adas.status, 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_HOUSE(a_hidden_record_is_named_like_one_that_is_not_there),
        IN_HOUSE(a_hidden_record_is_not_named_by_its_id_either),
        IN_HOUSE(whoever_sees_it_may_name_it),
        IN_HOUSE(what_stood_there_may_stay),
        IN_HOUSE(a_list_is_not_limited_by_a_hidden_record),
    };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
