/* SPDX-License-Identifier: Apache-2.0
 * Passwords. */
#include "org/password.h"

#include <sodium.h>

enum { PASSES = 2, MEMORY_BYTES = 19 << 20 };

/* What somebody who wants in tries first; all of these are long enough to pass the rule of length. */
static const char *const common_passwords[] = {
    "1234567890",   "0123456789",   "12345678910",  "password123",   "passwordpassword", "qwertyuiop",  "qwerty123456",
    "iloveyou123",  "welcome123",   "letmein123",   "administrator", "admin12345",       "changeme123", "plumbline1",
    "plumbline123", "123123123123", "1q2w3e4r5t6y", "abcdefghij",    "football123",      "1111111111",  "0000000000",
};

bool password_hash(Arena *arena, Str password, Str *hash, Err *err)
{
    char text[crypto_pwhash_STRBYTES];

    if (sodium_init() < 0 || crypto_pwhash_str_alg(text, password.ptr, password.len, PASSES, MEMORY_BYTES,
                                                   crypto_pwhash_ALG_ARGON2ID13) != 0)
        return err_set(err, ERR_LIMIT, 0, .what = STR("could not hash the password"),
                       .detail = STR("The system has no memory for it (19 MiB are needed)."),
                       .hint   = STR("Try again in a moment."));
    *hash = str_dup(arena, str_from_c(text));
    return true;
}

/* A hash nobody's password fits, of the same cost. */
static const char *const no_hash =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

bool password_fits(Arena *arena, Str hash, Str password)
{
    const char *text = hash.len > 0 ? str_to_c(arena, hash) : no_hash;

    if (sodium_init() < 0 || text == NULL || password.len > PASSWORD_MAX) return false;
    return crypto_pwhash_str_verify(text, password.len > 0 ? password.ptr : "", password.len) == 0;
}

const char *password_weakness(Str password)
{
    if (str_count_runes(password) < PASSWORD_MIN)
        return N_("Use at least 10 characters; a sentence is easy to keep in mind.");
    if (password.len > PASSWORD_MAX) return N_("Use at most 200 bytes.");
    for (size_t i = 0; i < countof(common_passwords); i++) {
        if (str_eq_c(password, common_passwords[i])) return N_("This one is tried first by everybody: choose another.");
    }
    return NULL;
}
