/* SPDX-License-Identifier: Apache-2.0
 * Canonical JSON: what base/json writes against RFC 8785, and what the ledger accepts as stored bytes. */
#include "ledger/canonical.h"

#include "base/json.h"
#include "vectors.h"

static int arena_setup(void **state)
{
    *state = arena_open(1 << 26);
    return 0;
}

static int arena_teardown(void **state)
{
    arena_close(*state);
    return 0;
}

static Str canonical_of(Arena *arena, const char *path)
{
    Str text = vector_bytes(arena, path);
    json_t *json;
    Err err = { 0 };
    Buf out = buf_open(arena, 1 << 20);
    if (!json_read(arena, text, &json, &err)) fail_msg("%s: %s %s", path, err.what, err.detail);
    return json_canonical(&out, json) ? buf_str(&out) : (Str){ 0 };
}

static void files_without_real_numbers_are_written_as_rfc_8785_wants(void **state)
{
    static const char *const names[] = { "arrays", "french", "unicode", "weird" };
    for (size_t i = 0; i < countof(names); i++) {
        char in[128], out[128];
        snprintf(in, sizeof(in), VECTORS "jcs/%s.input.json", names[i]);
        snprintf(out, sizeof(out), VECTORS "jcs/%s.output.json", names[i]);
        Str got = canonical_of(*state, in), expected = vector_bytes(*state, out);
        if (!str_eq(got, expected)) fail_msg("%s: %.*s", names[i], STR_ARG(got));
    }
}

static void real_numbers_are_refused(void **state)
{
    assert_true(str_is_empty(canonical_of(*state, VECTORS "jcs/values.input.json")));
}

static void files_outside_the_ledgers_subset_are_refused_with_a_reason(void **state)
{
    static const struct {
        const char *name, *reason;
    } cases[] = {
        { "values", "not an integer" }, { "weird", "a key outside" },      { "french", "a key outside" },
        { "unicode", "a key outside" }, { "structures", "a key outside" }, { "arrays", "no object" },
    };
    for (size_t i = 0; i < countof(cases); i++) {
        char path[128];
        Err err = { 0 };
        snprintf(path, sizeof(path), VECTORS "jcs/%s.output.json", cases[i].name);
        assert_false(canonical_check(vector_bytes(*state, path), &err));
        assert_int_equal(err.code, ERR_FORMAT);
        if (!strstr(err.detail, cases[i].reason)) fail_msg("%s: %s", cases[i].name, err.detail);
    }
}

static void whatever_the_writer_writes_is_accepted(void **state)
{
    static const Str text =
        STR_INIT("{\"why\":\"tab\\t quote\\\" slash/ \\u001f \\u007f \xe2\x82\xac\",\"after\":{\"z\":-5,\"a\":[1,2,{"
                 "\"x\":null}],\"b_2\":true,\"big\":9007199254740991},\"n\":0}");
    json_t *json;
    Err err = { 0 };
    Buf out = buf_open(*state, 4096);
    assert_true(json_read(*state, text, &json, &err));
    assert_true(json_canonical(&out, json));
    if (!canonical_check(buf_str(&out), &err)) fail_msg("%s %s", err.detail, out.ptr);
    assert_true(str_eq(canonical_member(buf_str(&out), STR("n")), STR("0")));
    assert_true(str_eq(canonical_member(buf_str(&out), STR("after")),
                       STR("{\"a\":[1,2,{\"x\":null}],\"b_2\":true,\"big\":9007199254740991,\"z\":-5}")));
    assert_true(str_is_empty(canonical_member(buf_str(&out), STR("a"))));
}

static void other_forms_of_the_same_value_are_refused(void **state)
{
    (void)state;
    static const Str cases[] = {
        STR_INIT(""),
        STR_INIT("{"),
        STR_INIT("{} "),
        STR_INIT(" {}"),
        STR_INIT("[]"),
        STR_INIT("{\"b\":1,\"a\":1}"),
        STR_INIT("{\"a\":1,\"a\":1}"),
        STR_INIT("{\"a\": 1}"),
        STR_INIT("{\"a\":1,}"),
        STR_INIT("{\"a\":01}"),
        STR_INIT("{\"a\":-0}"),
        STR_INIT("{\"a\":+1}"),
        STR_INIT("{\"a\":1.0}"),
        STR_INIT("{\"a\":1e2}"),
        STR_INIT("{\"a\":9007199254740992}"),
        STR_INIT("{\"a\":-9007199254740992}"),
        STR_INIT("{\"a\":\"\\/\"}"),
        STR_INIT("{\"a\":\"\\u0041\"}"),
        STR_INIT("{\"a\":\"\\u000a\"}"),
        STR_INIT("{\"a\":\"\\u001F\"}"),
        STR_INIT("{\"a\":\"\\u00"),
        STR_INIT("{\"a\":\"\\"),
        STR_INIT("{\"a\":\"\\u00\0001\"}"),
        STR_INIT("{\"a\":\"\n\"}"),
        STR_INIT("{\"a\":\"\xff\"}"),
        STR_INIT("{\"a\":\"\xed\xa0\x80\"}"),
        STR_INIT("{\"A\":1}"),
        STR_INIT("{\"\":1}"),
        STR_INIT("{\"a\\u0062\":1}"),
        STR_INIT("{\"a\":nul}"),
        STR_INIT("{\"a\":tru"),
        STR_INIT("{\"a\":[1 ,2]}"),
        STR_INIT("{\"a\":[[[[[[[[1]]]]]]]]}"),
        STR_INIT("{\"a\":{\"b\":1]}"),
    };
    for (size_t i = 0; i < countof(cases); i++) {
        Err err = { 0 };
        if (canonical_check(cases[i], &err)) fail_msg("accepted: %.*s", STR_ARG(cases[i]));
        assert_int_equal(err.code, ERR_FORMAT);
    }
}

static void elements_of_an_array_come_one_by_one(void **state)
{
    (void)state;
    Str array = STR("[{\"a\":[1,2]},\"x,y\",3]"), element;
    size_t at = 0;
    assert_true(canonical_next(array, &at, &element));
    assert_true(str_eq(element, STR("{\"a\":[1,2]}")));
    assert_true(canonical_next(array, &at, &element));
    assert_true(str_eq(element, STR("\"x,y\"")));
    assert_true(canonical_next(array, &at, &element));
    assert_true(str_eq(element, STR("3")));
    assert_false(canonical_next(array, &at, &element));
    at = 0;
    assert_false(canonical_next(STR("[]"), &at, &element));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_without_real_numbers_are_written_as_rfc_8785_wants),
        cmocka_unit_test(real_numbers_are_refused),
        cmocka_unit_test(files_outside_the_ledgers_subset_are_refused_with_a_reason),
        cmocka_unit_test(whatever_the_writer_writes_is_accepted),
        cmocka_unit_test(other_forms_of_the_same_value_are_refused),
        cmocka_unit_test(elements_of_an_array_come_one_by_one),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
