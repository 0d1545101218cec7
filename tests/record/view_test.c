/* SPDX-License-Identifier: Apache-2.0
 * Reading for doors: what one may not see is not counted, pages follow each other without gap or repeat, and a list
 * costs the same number of queries whatever its length. */
#include "../support/errand.h"
#include "../support/house.h"

static void an_errand(House *h, Id who, const char *owner, const char *title, const char *due)
{
    const char *json =
        str_to_c(h->t->arena, str_fmt(h->t->arena, "{\"title\":\"%s\",\"owner\":\"%s\"%s%s%s}", title, owner,
                                      due[0] != '\0' ? ",\"due\":\"" : "", due, due[0] != '\0' ? "\"" : ""));
    house_must(h, who, &errand_type, "create", "", json);
}

static Answer list(House *h, Id who, const char *query)
{
    ParamList params = { 0 };
    Str rest         = str_from_c(query), pair;

    while (rest.len > 0 && str_cut(&rest, '&', &pair)) {
        size_t equals                    = str_index(pair, '=');
        *list_push(h->t->arena, &params) = (Param){ str_slice(pair, 0, equals), str_slice(pair, equals + 1, pair.len) };
    }
    return house_ask(h, who, (Ask){ .kind = ASK_LIST, .type = STR("errands"), .params = params });
}

static int64_t total(const Answer *answer)
{
    assert_int_equal(answer->status, 200);
    return json_integer_value(json_object_get(answer->body, "total"));
}

static Str title_at(const Answer *answer, size_t index)
{
    return json_text(json_array_get(json_object_get(answer->body, "items"), index), "title");
}

static void a_list_counts_only_what_one_may_see(void **state)
{
    House *h = *state;
    an_errand(h, h->ben, "p-ben", "mine", "");
    an_errand(h, h->dan, "p-dan", "his", "");

    Answer bens = list(h, h->ben, ""), chiefs = list(h, h->cleo, "");

    assert_int_equal(total(&bens), 1);
    assert_int_equal(total(&chiefs), 2);
}

static void a_helper_sees_what_he_helps_with(void **state)
{
    House *h = *state;
    house_must(h, h->ben, &errand_type, "create", "", "{\"title\":\"x\",\"owner\":\"p-ben\",\"helpers\":[\"p-dan\"]}");

    Answer dans = list(h, h->dan, "");
    assert_int_equal(total(&dans), 1);

    house_must(h, h->ben, &errand_type, "edit", "E-001", "{\"helpers\":[]}");
    dans = list(h, h->dan, "");
    assert_int_equal(total(&dans), 0);
}

static void what_has_no_date_comes_after_what_has_one(void **state)
{
    House *h = *state;
    an_errand(h, h->ben, "p-ben", "some day", "");
    an_errand(h, h->ben, "p-ben", "later", "2027-01-01");
    an_errand(h, h->ben, "p-ben", "soon", "2026-12-01");

    Answer sorted = list(h, h->ben, "sort=due");

    assert_true(str_eq_c(title_at(&sorted, 0), "soon"));
    assert_true(str_eq_c(title_at(&sorted, 1), "later"));
    assert_true(str_eq_c(title_at(&sorted, 2), "some day"));
}

static void walk_pages(House *h, const char *sort, size_t expected)
{
    Str after    = { 0 };
    StrList seen = { 0 };

    for (size_t page = 0; page < 20; page++) {
        Str query = str_fmt(h->t->arena, "limit=3&sort=%s%s%.*s", sort, after.len > 0 ? "&after=" : "", STR_ARG(after));
        Answer answer = list(h, h->ben, str_to_c(h->t->arena, query));
        assert_int_equal(total(&answer), (int64_t)expected);
        for (size_t i = 0; i < json_array_size(json_object_get(answer.body, "items")); i++) {
            Str title = title_at(&answer, i);
            for (size_t k = 0; k < seen.len; k++)
                assert_false(str_eq(seen.at[k], title));
            *list_push(h->t->arena, &seen) = title;
        }
        after = json_text(answer.body, "next");
        if (after.len == 0) break;
    }
    assert_int_equal(seen.len, expected);
}

static void pages_follow_without_gap_or_repeat_in_every_order(void **state)
{
    House *h                          = *state;
    static const char *const orders[] = { "number", "-number", "due",     "-due", "title",
                                          "-title", "weight",  "-weight", "grade" };
    for (int i = 0; i < 11; i++) {
        Str title = str_fmt(h->t->arena, "errand %d", i);
        an_errand(h, h->ben, "p-ben", str_to_c(h->t->arena, title),
                  i % 3 == 0   ? ""
                  : i % 2 == 0 ? "2026-12-01"
                               : "2027-02-03");
    }

    for (size_t i = 0; i < countof(orders); i++)
        walk_pages(h, orders[i], 11);
}

static void pages_of_several_states_follow_too(void **state)
{
    House *h = *state;
    for (int i = 0; i < 9; i++) {
        Str title  = str_fmt(h->t->arena, "errand %d", i);
        Str number = str_fmt(h->t->arena, "E-%03d", i + 1);
        an_errand(h, h->ben, "p-ben", str_to_c(h->t->arena, title), i % 2 == 0 ? "2026-12-01" : "2027-02-03");
        house_must(h, h->ben, &errand_type, "edit", str_to_c(h->t->arena, number), "{\"story\":\"s\"}");
        if (i % 3 == 0) house_must(h, h->ben, &errand_type, "ask", str_to_c(h->t->arena, number), "");
        if (i == 8) house_must(h, h->ada, &errand_type, "void", "E-009", "{\"why\":\"no\"}");
    }

    walk_pages(h, "due&state=asked,open", 8);
    walk_pages(h, "-title&state=open,asked,done", 8);
    walk_pages(h, "number&state=open,asked,void", 9);
}

static void filters_limit_a_list(void **state)
{
    House *h = *state;
    house_must(h, h->ben, &errand_type, "create", "",
               "{\"title\":\"a\",\"owner\":\"p-ben\",\"grade\":\"small\",\"means\":[\"foot\"],\"due\":\"2026-12-01\"}");
    house_must(h, h->ben, &errand_type, "create", "",
               "{\"title\":\"b\",\"owner\":\"p-ben\",\"grade\":\"large\",\"means\":[\"foot\",\"train\"],\"helpers\":["
               "\"p-dan\"]}");
    static const struct {
        const char *query;
        int64_t expected;
    } cases[] = { { "grade=small", 1 },
                  { "grade=small,large", 2 },
                  { "grade.not=small", 1 },
                  { "means=train", 1 },
                  { "means=foot", 2 },
                  { "helpers=p-dan", 1 },
                  { "owner=me", 2 },
                  { "owner=p-dan", 0 },
                  { "due.before=2027-01-01", 1 },
                  { "due.from=2027-01-01", 0 },
                  { "due=none", 1 },
                  { "state=open", 2 },
                  { "state=done", 0 },
                  { "state.not=open", 0 },
                  { "title=a", 1 } };

    for (size_t i = 0; i < countof(cases); i++) {
        Answer answer = list(h, h->ben, cases[i].query);
        if (total(&answer) != cases[i].expected)
            print_error("%s gives %lld\n", cases[i].query, (long long)total(&answer));
        assert_int_equal(total(&answer), cases[i].expected);
    }
}

static void unknown_conditions_are_named(void **state)
{
    House *h                           = *state;
    static const char *const queries[] = { "colour=red", "sort=colour", "limit=0",  "limit=9999", "after=zzz",
                                           "grade=huge", "state=gone",  "secret=x", "sort=secret" };

    for (size_t i = 0; i < countof(queries); i++) {
        Answer answer = list(h, h->ben, queries[i]);
        assert_int_equal(answer.status, 422);
        assert_true(json_array_size(json_object_get(answer.body, "errors")) > 0);
    }
}

static void words_find_what_one_may_see(void **state)
{
    House *h         = *state;
    ParamList params = { 0 };
    an_errand(h, h->ben, "p-ben", "Fetch the plumb line", "");
    an_errand(h, h->dan, "p-dan", "Hang the plumb line", "");
    *list_push(h->t->arena, &params) = (Param){ STR("q"), STR("plumb") };

    Answer bens   = house_ask(h, h->ben, (Ask){ .kind = ASK_SEARCH, .params = params });
    Answer chiefs = house_ask(h, h->cleo, (Ask){ .kind = ASK_SEARCH, .params = params });

    assert_int_equal(json_array_size(json_object_get(bens.body, "items")), 1);
    assert_int_equal(json_array_size(json_object_get(chiefs.body, "items")), 2);
}

static size_t statements_of_list(House *h, Id who, size_t limit)
{
    Caller caller   = { .app = h->app, .arena = h->t->arena, .who = who, .door = "api" };
    ListQuery query = { .type = &errand_type, .limit = limit };
    ListPage page;
    Call *call;

    must(h->t, call_open(&caller, CALL_READ, &call, &h->t->err));
    size_t before = db_statements(call->db);
    must(h->t, list_run(call, &query, &page, &h->t->err));
    size_t used = db_statements(call->db) - before;
    call_end(call);
    return used;
}

static void a_longer_list_costs_no_more_queries(void **state)
{
    House *h = *state;
    an_errand(h, h->ben, "p-ben", "one", "");
    size_t with_one = statements_of_list(h, h->ben, 200);
    for (int i = 0; i < 30; i++)
        house_must(h, h->ben, &errand_type, "create", "",
                   "{\"title\":\"x\",\"owner\":\"p-ben\",\"helpers\":[\"p-dan\",\"p-ada\"]}");

    assert_int_equal(statements_of_list(h, h->ben, 200), with_one);
}

static void an_export_holds_every_row_and_guards_formulas(void **state)
{
    House *h = *state;
    an_errand(h, h->ben, "p-ben", "=1+1", "");

    Answer csv = house_ask(h, h->ben, (Ask){ .kind = ASK_EXPORT, .type = STR("errand") });

    assert_int_equal(csv.status, 200);
    assert_true(str_starts(csv.text, STR("number,state,title,story,grade")));
    assert_true(str_has(csv.text, STR("'=1+1")));
    assert_false(str_has(csv.text, STR("secret")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_HOUSE(a_list_counts_only_what_one_may_see),
        IN_HOUSE(a_helper_sees_what_he_helps_with),
        IN_HOUSE(what_has_no_date_comes_after_what_has_one),
        IN_HOUSE(pages_follow_without_gap_or_repeat_in_every_order),
        IN_HOUSE(pages_of_several_states_follow_too),
        IN_HOUSE(filters_limit_a_list),
        IN_HOUSE(unknown_conditions_are_named),
        IN_HOUSE(words_find_what_one_may_see),
        IN_HOUSE(a_longer_list_costs_no_more_queries),
        IN_HOUSE(an_export_holds_every_row_and_guards_formulas),
    };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
