/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"

#include "base/csv.h"
#include "support/check.h"

/* What json_read says of each file of tests/data/hostile/json. Those that are well formed are for the doors to refuse.
 */
static const struct {
    const char *name;
    ErrCode expected;
} hostile[] = {
    { "array-root", ERR_NONE },
    { "beyond-2-53", ERR_NONE },
    { "bom", ERR_FORMAT },
    { "comment", ERR_FORMAT },
    { "depth-10000-arrays", ERR_LIMIT },
    { "depth-10000-objects", ERR_LIMIT },
    { "depth-10000-open", ERR_LIMIT },
    { "duplicate-keys", ERR_FORMAT },
    { "duplicate-keys-escaped", ERR_FORMAT },
    { "empty", ERR_FORMAT },
    { "hex", ERR_FORMAT },
    { "huge-exponent", ERR_FORMAT },
    { "huge-integer", ERR_FORMAT },
    { "leading-zero", ERR_FORMAT },
    { "lone-surrogate-high", ERR_FORMAT },
    { "lone-surrogate-low", ERR_FORMAT },
    { "minus-zero", ERR_NONE },
    { "nan", ERR_FORMAT },
    { "noncharacter", ERR_NONE },
    { "nul-byte", ERR_FORMAT },
    { "nul-escape", ERR_FORMAT },
    { "overlong", ERR_FORMAT },
    { "plus", ERR_FORMAT },
    { "proto", ERR_NONE },
    { "raw-control", ERR_FORMAT },
    { "raw-surrogate", ERR_FORMAT },
    { "scalar", ERR_FORMAT },
    { "single-quotes", ERR_FORMAT },
    { "swapped-surrogates", ERR_FORMAT },
    { "trailing-comma", ERR_FORMAT },
    { "trailing-garbage", ERR_FORMAT },
    { "two-documents", ERR_FORMAT },
    { "unknown-fields", ERR_NONE },
    { "unquoted-key", ERR_FORMAT },
    { "utf16", ERR_FORMAT },
    { "whitespace", ERR_FORMAT },
    { "wrong-types", ERR_NONE },
};

static void hostile_texts_are_refused_or_read_as_the_manifest_says(void **state)
{
    for (size_t i = 0; i < countof(hostile); i++) {
        Err err       = { 0 };
        json_t *value = NULL;
        Str text      = data_file(*state, str_fmt(*state, "hostile/json/%s.json", hostile[i].name).ptr);
        bool done     = json_read(*state, text, &value, &err);
        if (err.code != hostile[i].expected) print_error("%s\n", hostile[i].name);
        if (hostile[i].expected == ERR_NONE)
            check_done(done, &err);
        else
            check_failed(done, &err, hostile[i].expected);
    }
}

static size_t hostile_index(Str name)
{
    size_t i = 0;
    while (i < countof(hostile) && !str_eq_c(name, hostile[i].name))
        i++;
    return i;
}

static void every_text_of_the_manifest_is_tried(void **state)
{
    CsvReader reader;
    StrList row;
    bool more;
    size_t found = 0;
    Err err      = { 0 };
    check_done(csv_open(data_file(*state, "hostile/MANIFEST.csv"), &reader, &err), &err);
    for (;;) {
        check_done(csv_next(&reader, *state, &row, &more, &err), &err);
        if (!more) break;
        Str file = row.at[0];
        if (!str_starts(file, STR("json/"))) continue;
        found++;
        assert_true(hostile_index(str_slice(file, 5, file.len - 10)) < countof(hostile));
    }
    assert_int_equal(found, countof(hostile));
}

static json_t *parsed(Arena *arena, Str text)
{
    Err err       = { 0 };
    json_t *value = NULL;
    bool done     = json_read(arena, text, &value, &err);
    check_done(done, &err);
    return value;
}

static void an_error_names_line_and_column(void **state)
{
    Err err = { 0 };
    json_t *value;
    check_failed(json_read(*state, STR("{\n \"a\": 1,\n \"a\": 2}"), &value, &err), &err, ERR_FORMAT);
    assert_true(str_has(str_from_c(err.detail), STR("Line 3")));
}

static void depth_is_counted_outside_of_strings_only(void **state)
{
    Err err = { 0 };
    json_t *value;
    Buf text = buf_open(*state, 1000);
    for (int i = 0; i < JSON_DEPTH_MAX; i++)
        buf_add_byte(&text, '[');
    buf_add_c(&text, "\"[[[[\\\"{{{{\"");
    for (int i = 0; i < JSON_DEPTH_MAX; i++)
        buf_add_byte(&text, ']');
    check_done(json_read(*state, buf_str(&text), &value, &err), &err);
    Str deeper = str_fmt(*state, "[%.*s]", STR_ARG(buf_str(&text)));
    check_failed(json_read(*state, deeper, &value, &err), &err, ERR_LIMIT);
}

static Str object_of(Arena *arena, size_t members)
{
    Buf text = buf_open(arena, 1 << 20);
    for (size_t i = 0; i < members; i++)
        buf_fmt(&text, "%c\"k%zu\":[1,2]", i ? ',' : '{', i);
    buf_add_byte(&text, '}');
    return buf_str(&text);
}

static void members_of_an_object_are_limited_and_elements_of_an_array_are_not(void **state)
{
    Err err = { 0 };
    json_t *value;
    check_done(json_read(*state, object_of(*state, JSON_MEMBERS_MAX), &value, &err), &err);
    assert_int_equal(json_object_size(value), JSON_MEMBERS_MAX);
    check_failed(json_read(*state, object_of(*state, JSON_MEMBERS_MAX + 1), &value, &err), &err, ERR_LIMIT);

    Buf array = buf_open(*state, 1 << 20);
    buf_add_byte(&array, '[');
    for (int i = 0; i < 3 * JSON_MEMBERS_MAX; i++)
        buf_add_c(&array, "1,");
    buf_add_c(&array, "1]");
    err_clear(&err);
    check_done(json_read(*state, buf_str(&array), &value, &err), &err);
}

/* Keys that collide under a simple 31-based hash: 2^13 combinations of "Aa" and "BB". */
static void colliding_keys_cost_no_more_than_others(void **state)
{
    Buf text = buf_open(*state, 1 << 20);
    for (unsigned key = 0; key < 8192; key++) {
        buf_add_c(&text, key ? ",\"" : "{\"");
        for (unsigned bit = 0; bit < 13; bit++)
            buf_add_c(&text, key >> bit & 1 ? "Aa" : "BB");
        buf_add_c(&text, "\":1");
    }
    buf_add_byte(&text, '}');
    assert_int_equal(json_object_size(parsed(*state, buf_str(&text))), 8192);
}

static void text_of_a_member_is_empty_unless_it_is_a_string(void **state)
{
    const json_t *value = parsed(*state, STR("{\"a\":\"x\",\"b\":1,\"c\":null}"));
    check_str(json_text(value, "a"), "x");
    check_str(json_text(value, "b"), "");
    check_str(json_text(value, "c"), "");
    check_str(json_text(value, "d"), "");
    check_str(json_text(NULL, "a"), "");
    check_str(json_str(json_own(*state, json_from_str((Str){ 0 }))), "");
}

static Str canonical(Arena *arena, const char *text)
{
    Buf out = buf_open(arena, 1 << 16);
    assert_true(json_canonical(&out, parsed(arena, str_from_c(text))));
    return buf_str(&out);
}

static void canonical_form_is_that_of_rfc_8785(void **state)
{
    check_str(canonical(*state, " { \"b\" : [ 1 , true , null ] , \"a\" : { } , \"\" : false } "),
              "{\"\":false,\"a\":{},\"b\":[1,true,null]}");
    /* The example of RFC 8785 3.2.3: sorted by UTF-16 units, so the smiley (D83D) comes before U+FB33. */
    check_str(
        canonical(*state,
                  "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}"),
        "{\"\\r\":2,\"1\":4,\"\xC2\x80\":6,\"ö\":7,\"€\":1,\"\xF0\x9F\x98\x80\":5,\"\xEF\xAC\xB3\":3}");
    check_str(canonical(*state, "[\"\\u0007\\b\\t\\n\\f\\r\\\"\\\\\\/\\u001f\\u007f\"]"),
              "[\"\\u0007\\b\\t\\n\\f\\r\\\"\\\\/\\u001f\x7F\"]");
    check_str(canonical(*state, "[-0,9007199254740991,-9007199254740991]"), "[0,9007199254740991,-9007199254740991]");
}

static void what_has_no_canonical_form_is_refused(void **state)
{
    static const char *const wrong[] = { "[1.5]", "[9007199254740992]", "{\"a\":[{\"b\":-9007199254740992}]}",
                                         "[1e3]" };
    for (size_t i = 0; i < countof(wrong); i++) {
        Buf out = buf_open(*state, 1000);
        assert_false(json_canonical(&out, parsed(*state, str_from_c(wrong[i]))));
    }
}

static void answers_keep_the_order_of_their_members(void **state)
{
    Buf out = buf_open(*state, 1000);
    json_write(&out, parsed(*state, STR("{\"z\":1.5,\"a\":[0.1,1e300,9007199254740993],\"m\":\"\xE6\xBC\xA2\"}")));
    check_str(buf_str(&out), "{\"z\":1.5,\"a\":[0.1,1e+300,9007199254740993],\"m\":\"漢\"}");
}

static void written_strings_read_back_as_themselves(void **state)
{
    char bytes[128];
    for (size_t i = 0; i < sizeof bytes - 1; i++)
        bytes[i] = (char)(i + 1);
    Str text = { bytes, sizeof bytes - 1 };
    Buf out  = buf_open(*state, 1000);
    buf_add_byte(&out, '[');
    json_add_string(&out, text);
    buf_add_byte(&out, ']');
    assert_true(str_eq(json_str(json_array_get(parsed(*state, buf_str(&out)), 0)), text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(hostile_texts_are_refused_or_read_as_the_manifest_says),
        arena_test(every_text_of_the_manifest_is_tried),
        arena_test(an_error_names_line_and_column),
        arena_test(depth_is_counted_outside_of_strings_only),
        arena_test(members_of_an_object_are_limited_and_elements_of_an_array_are_not),
        arena_test(colliding_keys_cost_no_more_than_others),
        arena_test(text_of_a_member_is_empty_unless_it_is_a_string),
        arena_test(canonical_form_is_that_of_rfc_8785),
        arena_test(what_has_no_canonical_form_is_refused),
        arena_test(answers_keep_the_order_of_their_members),
        arena_test(written_strings_read_back_as_themselves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
