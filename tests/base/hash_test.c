/* SPDX-License-Identifier: Apache-2.0 */
#include "base/hash.h"

#include <pthread.h>
#include <string.h>

#include "base/base64.h"
#include "base/buf.h"
#include "support/check.h"

static void sha256_gives_the_published_digests(void **state)
{
    /* FIPS 180-4 examples, published by NIST with the standard. */
    static const struct {
        const char *text, *hex;
    } cases[] = {
        { "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
        { "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
        { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
    };
    for (size_t i = 0; i < countof(cases); i++) {
        Hash hash = hash_of(str_from_c(cases[i].text));
        check_str(hash_to_hex(*state, &hash), cases[i].hex);
    }
}

static void a_million_letters_in_pieces_give_the_published_digest(void **state)
{
    HashState *hashing = hash_open(*state);
    char piece[1000];
    memset(piece, 'a', sizeof piece);
    for (int i = 0; i < 1000; i++)
        hash_add(hashing, (Str){ piece, sizeof piece });
    Hash hash = hash_finish(hashing);
    check_str(hash_to_hex(*state, &hash), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void parts_hash_as_their_sum_also_while_another_hash_is_open(void **state)
{
    const Str parts[]  = { STR_INIT("a"), STR_INIT(""), STR_INIT("bc") };
    Hash whole         = hash_of(STR("abc"));
    HashState *hashing = hash_open(*state);
    hash_add(hashing, STR("ab"));
    Hash of_parts = hash_of_parts(parts, countof(parts));
    hash_add(hashing, STR("c"));
    Hash in_pieces = hash_finish(hashing);
    assert_true(hash_eq(&whole, &of_parts));
    assert_true(hash_eq(&whole, &in_pieces));
    Hash none      = hash_of_parts(NULL, 0);
    Hash void_text = hash_of((Str){ 0 });
    assert_true(hash_eq(&none, &void_text));
    assert_false(hash_eq(&none, &whole));
}

static void *hash_many(void *out)
{
    Hash hash = hash_of(STR("start"));
    for (int i = 0; i < 2000; i++)
        hash = hash_of((Str){ (const char *)hash.bytes, HASH_BYTES });
    *(Hash *)out = hash;
    return NULL;
}

static void threads_hash_without_disturbing_each_other(void **state)
{
    (void)state;
    pthread_t threads[4];
    Hash got[4];
    Hash expected;
    hash_many(&expected);
    for (size_t i = 0; i < countof(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, hash_many, &got[i]), 0);
    for (size_t i = 0; i < countof(threads); i++) {
        pthread_join(threads[i], NULL);
        assert_true(hash_eq(&got[i], &expected));
    }
}

static void hex_is_read_whole_in_either_case_or_not_at_all(void **state)
{
    Hash hash = hash_of(STR("abc"));
    Hash back;
    Str hex = hash_to_hex(*state, &hash);
    assert_true(hash_from_hex(hex, &back));
    assert_true(hash_eq(&hash, &back));
    assert_true(hash_from_hex(STR("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"), &back));
    assert_true(hash_eq(&hash, &back));
    assert_false(hash_from_hex(str_slice(hex, 1, 64), &back));
    assert_false(hash_from_hex(str_fmt(*state, "%.*s0", STR_ARG(hex)), &back));
    assert_false(hash_from_hex(STR("ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"), &back));
    assert_false(hash_from_hex((Str){ 0 }, &back));
}

static void secrets_are_equal_only_when_whole(void **state)
{
    (void)state;
    char key[4] = "key";
    assert_true(secret_equal(STR("token"), STR("token")));
    assert_false(secret_equal(STR("token"), STR("tokeN")));
    assert_false(secret_equal(STR("token"), STR("toke")));
    assert_true(secret_equal((Str){ 0 }, STR("")));
    secret_wipe(key, sizeof key);
    assert_memory_equal(key, "\0\0\0\0", 4);
}

static void base64_gives_the_vectors_of_rfc_4648(void **state)
{
    static const struct {
        const char *plain, *text, *url;
    } cases[] = {
        { "", "", "" },
        { "f", "Zg==", "Zg" },
        { "fo", "Zm8=", "Zm8" },
        { "foo", "Zm9v", "Zm9v" },
        { "foobar", "Zm9vYmFy", "Zm9vYmFy" },
        { "\xFB\xFF\xBF", "+/+/", "-_-_" },
    };
    for (size_t i = 0; i < countof(cases); i++) {
        Str back = { 0 };
        check_str(base64_encode(*state, str_from_c(cases[i].plain)), cases[i].text);
        check_str(base64url_encode(*state, str_from_c(cases[i].plain)), cases[i].url);
        assert_true(base64_decode(*state, str_from_c(cases[i].text), &back));
        check_str(back, cases[i].plain);
        assert_true(base64url_decode(*state, str_from_c(cases[i].url), &back));
        check_str(back, cases[i].plain);
    }
}

static void base64_that_is_not_canonical_is_refused(void **state)
{
    static const char *const wrong[]     = { "Zg",     "Zg=", "Zg===", "Zh==",     "Zm9=", "Z",    "Zm 9v",
                                             "Zm9v\n", "=",   "====",  "Zg==Zg==", "-_-_", "Zm9v=" };
    static const char *const wrong_url[] = { "Zg==", "Zh", "Z", "+/+/", "Zm9v ", "Zm9é" };
    Str out;
    for (size_t i = 0; i < countof(wrong); i++)
        if (base64_decode(*state, str_from_c(wrong[i]), &out)) fail_msg("\"%s\" was accepted", wrong[i]);
    for (size_t i = 0; i < countof(wrong_url); i++)
        if (base64url_decode(*state, str_from_c(wrong_url[i]), &out)) fail_msg("\"%s\" was accepted", wrong_url[i]);
}

static void bytes_of_any_length_come_back_from_base64(void **state)
{
    char bytes[100];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 37);
    for (size_t len = 0; len <= sizeof bytes; len++) {
        Str back = { 0 };
        assert_true(base64_decode(*state, base64_encode(*state, (Str){ bytes, len }), &back));
        assert_true(str_eq(back, (Str){ bytes, len }));
        assert_true(base64url_decode(*state, base64url_encode(*state, (Str){ bytes, len }), &back));
        assert_true(str_eq(back, (Str){ bytes, len }));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(sha256_gives_the_published_digests),
        arena_test(a_million_letters_in_pieces_give_the_published_digest),
        arena_test(parts_hash_as_their_sum_also_while_another_hash_is_open),
        arena_test(threads_hash_without_disturbing_each_other),
        arena_test(hex_is_read_whole_in_either_case_or_not_at_all),
        arena_test(secrets_are_equal_only_when_whole),
        arena_test(base64_gives_the_vectors_of_rfc_4648),
        arena_test(base64_that_is_not_canonical_is_refused),
        arena_test(bytes_of_any_length_come_back_from_base64),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
