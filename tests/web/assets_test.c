/* SPDX-License-Identifier: Apache-2.0 */
#include "web/assets.h"

#include <string.h>
#include <zlib.h>

#include "base/hash.h"
#include "support/check.h"
#include "web/html.h"

static Str inflated(Arena *arena, Str gzip, size_t max)
{
    z_stream z = { 0 };
    Bytef *in = arena_array(arena, Bytef, gzip.len), *out = arena_array(arena, Bytef, max + 1);
    memcpy(in, gzip.ptr, gzip.len);
    z.next_in   = in;
    z.avail_in  = (uInt)gzip.len;
    z.next_out  = out;
    z.avail_out = (uInt)max + 1;
    assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    size_t len = z.total_out;
    inflateEnd(&z);
    return (Str){ (char *)out, len };
}

static void an_asset_is_found_by_its_hashed_and_its_plain_path(void **state)
{
    (void)state;
    Str path           = asset_path(STR("plumbline.css"));
    const Asset *fixed = asset_find(path);
    const Asset *plain = asset_find(STR("/static/plumbline.css"));

    assert_non_null(fixed);
    assert_ptr_equal(fixed, plain);
    assert_true(asset_is_fixed(fixed, path));
    assert_false(asset_is_fixed(fixed, STR("/static/plumbline.css")));
    check_str(fixed->mime, "text/css; charset=utf-8");
    assert_null(asset_find(STR("/static/")));
    assert_null(asset_find(STR("/static/../Makefile")));
    assert_null(asset_find(STR("plumbline.css")));
    assert_null(asset_find(STR("/static/plumbline-00000000.css")));
}

static void each_asset_is_what_its_name_and_tag_say(void **state)
{
    assert_true(assets_len > 5);
    for (size_t i = 0; i < assets_len; i++) {
        const Asset *asset = &assets_all[i];
        Hash hash          = hash_of(asset->bytes);
        Str hex            = hash_to_hex(*state, &hash);
        assert_true(str_has(asset->path, str_slice(hex, 0, 8)));
        assert_true(str_has(asset->etag, str_slice(hex, 0, 32)));
        assert_true(str_starts(asset->etag, STR("\"")) && str_ends(asset->etag, STR("\"")));
        if (asset->gzip.len > 0) assert_true(str_eq(inflated(*state, asset->gzip, asset->bytes.len), asset->bytes));
    }
}

static void assets_name_each_other_by_their_hashed_paths(void **state)
{
    (void)state;
    Str css = asset_find(STR("/static/plumbline.css"))->bytes;
    assert_true(str_has(css, asset_path(STR("inter.woff2"))));
    assert_false(str_has(css, STR("/static/inter.woff2")));
    assert_true(str_has(asset_find(STR("/static/plumbline.js"))->bytes, asset_path(STR("pl-keys.js"))));
}

static void nothing_is_loaded_from_elsewhere(void **state)
{
    (void)state;
    static const char *const ours[] = { "plumbline.css", "plumbline.js",   "pl-keys.js", "pl-menu.js",
                                        "pl-theme.js",   "pl-autosave.js", "pl-print.js" };
    for (size_t i = 0; i < countof(ours); i++) {
        Str bytes = asset_find(asset_path(str_from_c(ours[i])))->bytes;
        assert_false(str_has(bytes, STR("https://")));
        assert_false(str_has(bytes, STR("innerHTML")));
        assert_false(str_has(bytes, STR("!important")));
        assert_false(str_has(bytes, STR("@import")));
    }
}

static void every_icon_is_drawn_in_the_sprite(void **state)
{
    Str sprite = asset_find(STR("/static/icons.svg"))->bytes;
    for (int i = ICON_NONE + 1; i < ICONS; i++)
        assert_true(str_has(sprite, str_fmt(*state, "<symbol id=\"%.*s\"", STR_ARG(icon_name((Icon)i)))));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(an_asset_is_found_by_its_hashed_and_its_plain_path),
        arena_test(each_asset_is_what_its_name_and_tag_say),
        arena_test(assets_name_each_other_by_their_hashed_paths),
        arena_test(nothing_is_loaded_from_elsewhere),
        arena_test(every_icon_is_drawn_in_the_sprite),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
