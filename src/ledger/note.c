/* SPDX-License-Identifier: Apache-2.0
 * Signed notes. The text is everything up to the last blank line; each line behind it is
 * "— NAME base64(key id ‖ signature)". OpenSSL does Ed25519, because the people who check our records without us use it
 * too: both then say the same about every signature, odd ones included. */
#include "ledger/note.h"

#include <assert.h>
#include <openssl/evp.h>
#include <string.h>

#include "base/base64.h"

#define DASH "\xe2\x80\x94" /* U+2014 */

enum { KEY_ID_BYTES = 4, TIMESTAMP_BYTES = 8, KEY_ID_HEX = 8 };

static bool note_fails(Err *err, const char *what, const char *why)
{
    return err_set(err, ERR_FORMAT, 0, .what = str_from_c(what), .detail = str_from_c(why));
}

/* Keys */

/* Unicode White_Space beyond ASCII. */
static bool is_wide_space(uint32_t rune)
{
    return rune == 0x85 || rune == 0xA0 || rune == 0x1680 || (rune >= 0x2000 && rune <= 0x200A) || rune == 0x2028 ||
           rune == 0x2029 || rune == 0x202F || rune == 0x205F || rune == 0x3000;
}

static bool name_is_valid(Str name)
{
    if (name.len == 0 || name.len > NOTE_NAME_MAX || !str_is_utf8(name)) return false;
    for (size_t at = 0; at < name.len;) {
        uint32_t rune = str_next_rune(name, &at);
        if (rune <= ' ' || rune == '+' || rune == 0x7F || is_wide_space(rune)) return false;
    }
    return true;
}

static uint32_t id_from_bytes(const char *bytes)
{
    uint32_t id = 0;
    for (int i = 0; i < KEY_ID_BYTES; i++)
        id = id << 8 | (uint8_t)bytes[i];
    return id;
}

static uint32_t id_of(Str name, NoteKeyType type, const uint8_t key[NOTE_KEY_BYTES])
{
    const char middle[] = { '\n', (char)type };
    const Str parts[]   = { name, { middle, sizeof(middle) }, { (const char *)key, NOTE_KEY_BYTES } };
    Hash hash           = hash_of_parts(parts, countof(parts));
    return id_from_bytes((const char *)hash.bytes);
}

/* "name+hash+base64(type ‖ 32 bytes)", the form of both kinds of key, in its parts. */
typedef struct {
    Str name, id;
    uint8_t type;
    uint8_t key[NOTE_KEY_BYTES];
} KeyText;

static bool key_text_read(Str text, Arena *arena, KeyText *out, Err *err)
{
    static const char what[] = "cannot read the key";
    Str rest                 = text, bytes;
    if (!str_cut(&rest, '+', &out->name) || !name_is_valid(out->name))
        return note_fails(err, what, "Its name is empty, too long or has a blank in it.");
    if (!str_cut(&rest, '+', &out->id) || out->id.len != KEY_ID_HEX)
        return note_fails(err, what, "Its key id is not 8 hexadecimal digits.");
    if (!base64_decode(arena, rest, &bytes) || bytes.len != 1 + NOTE_KEY_BYTES)
        return note_fails(err, what, "Its last part is not the canonical base64 of 33 bytes.");
    out->type = (uint8_t)bytes.ptr[0];
    memcpy(out->key, bytes.ptr + 1, NOTE_KEY_BYTES);
    return true;
}

bool note_verifier_read(Str vkey, Arena *arena, NoteVerifier *out, Err *err)
{
    KeyText text;
    if (!key_text_read(vkey, arena, &text, err)) return false;
    if (text.type != NOTE_ED25519 && text.type != NOTE_COSIGNATURE)
        return note_fails(err, "cannot read the key", "Its signature type is not supported.");
    *out = (NoteVerifier){ .name = text.name, .type = (NoteKeyType)text.type };
    memcpy(out->key, text.key, NOTE_KEY_BYTES);
    out->id = id_of(out->name, out->type, out->key);
    if (!str_eq(text.id, str_fmt(arena, "%08x", out->id)))
        return note_fails(err, "cannot read the key", "Its key id does not belong to its name and key.");
    return true;
}

static Str key_text_write(Arena *arena, Str prefix, const NoteVerifier *verifier, const uint8_t key[NOTE_KEY_BYTES])
{
    char bytes[1 + NOTE_KEY_BYTES] = { (char)verifier->type };
    memcpy(bytes + 1, key, NOTE_KEY_BYTES);
    Str base64 = base64_encode(arena, (Str){ bytes, sizeof(bytes) });
    secret_wipe(bytes, sizeof(bytes));
    return str_fmt(arena, "%.*s%.*s+%08x+%.*s", STR_ARG(prefix), STR_ARG(verifier->name), verifier->id,
                   STR_ARG(base64));
}

Str note_verifier_write(Arena *arena, const NoteVerifier *verifier)
{
    return key_text_write(arena, STR(""), verifier, verifier->key);
}

/* Public key and id from the seed. */
static bool signer_complete(NoteSigner *signer, Err *err)
{
    size_t size   = NOTE_KEY_BYTES;
    EVP_PKEY *key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, signer->seed, NOTE_KEY_BYTES);
    bool done     = key && EVP_PKEY_get_raw_public_key(key, signer->verifier.key, &size) == 1;
    EVP_PKEY_free(key);
    if (!done) return err_set(err, ERR_CORRUPT, 0, .what = STR("could not use the signing key"));
    signer->verifier.type = NOTE_ED25519;
    signer->verifier.id   = id_of(signer->verifier.name, NOTE_ED25519, signer->verifier.key);
    return true;
}

bool note_signer_make(World *world, Str name, NoteSigner *out, Err *err)
{
    if (!name_is_valid(name))
        return note_fails(err, "cannot make a key", "Its name is empty, too long or has a blank.");
    *out = (NoteSigner){ .verifier.name = name };
    world_random(world, out->seed, sizeof(out->seed));
    return signer_complete(out, err);
}

static const Str private_prefix = STR_INIT("PRIVATE+KEY+");

bool note_signer_read(Str skey, Arena *arena, NoteSigner *out, Err *err)
{
    KeyText text;
    if (!str_starts(skey, private_prefix)) return note_fails(err, "cannot read the key", "It is no private key.");
    if (!key_text_read(str_slice(skey, private_prefix.len, skey.len), arena, &text, err)) return false;
    *out = (NoteSigner){ .verifier.name = text.name };
    memcpy(out->seed, text.key, NOTE_KEY_BYTES);
    secret_wipe(text.key, sizeof(text.key));
    if (text.type != NOTE_ED25519)
        return note_fails(err, "cannot read the key", "Its signature type cannot sign here.");
    if (!signer_complete(out, err)) return false;
    if (!str_eq(text.id, str_fmt(arena, "%08x", out->verifier.id)))
        return note_fails(err, "cannot read the key", "Its key id does not belong to its name and key.");
    return true;
}

Str note_signer_write(Arena *arena, const NoteSigner *signer)
{
    return key_text_write(arena, private_prefix, &signer->verifier, signer->seed);
}

/* Reading */

static bool has_control_byte(Str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] < 0x20 && text.ptr[i] != '\n') return true;
    return false;
}

/* `line` without its line feed. */
static bool signature_read(Str line, Arena *arena, NoteSignature *out)
{
    Str bytes, rest = str_slice(line, sizeof(DASH " ") - 1, line.len);
    if (!str_starts(line, STR(DASH " "))) return false;
    if (!str_cut(&rest, ' ', &out->name) || !name_is_valid(out->name)) return false;
    if (!base64_decode(arena, rest, &bytes) || bytes.len <= KEY_ID_BYTES) return false;
    out->id    = id_from_bytes(bytes.ptr);
    out->bytes = str_slice(bytes, KEY_ID_BYTES, bytes.len);
    return true;
}

/* Where the last blank line starts behind a non-empty text, as the length of the text; 0: nowhere. */
static size_t text_length(Str bytes)
{
    for (size_t i = bytes.len; i > 2; i--)
        if (bytes.ptr[i - 1] == '\n' && bytes.ptr[i - 2] == '\n') return i - 1;
    return 0;
}

bool note_read(Str bytes, Arena *arena, Note *out, Err *err)
{
    static const char what[] = "cannot read the signed note";
    *out                     = (Note){ 0 };
    if (bytes.len > NOTE_BYTES_MAX) return err_set(err, ERR_LIMIT, 0, .what = STR("signed note is too large"));
    if (!str_is_utf8(bytes) || has_control_byte(bytes))
        return note_fails(err, what, "It is not UTF-8 or has control characters.");
    size_t length = text_length(bytes);
    if (length == 0) return note_fails(err, what, "It has no blank line between text and signatures.");
    out->text = str_slice(bytes, 0, length);
    Str rest  = str_slice(bytes, length + 1, bytes.len), line;
    if (!str_ends(rest, STR("\n"))) return note_fails(err, what, "Its last line has no end, or nobody signed it.");
    rest.len--;
    while (str_cut(&rest, '\n', &line)) {
        if (out->len == NOTE_SIGNATURES_MAX) return note_fails(err, what, "It has more than 64 signatures.");
        NoteSignature *signature = list_push(arena, out);
        if (!signature_read(line, arena, signature))
            return note_fails(err, what, "A line behind the text is no signature line.");
    }
    return true;
}

/* Signing and checking */

bool ed25519_verify(const uint8_t key[NOTE_KEY_BYTES], Str message, Str signature)
{
    EVP_PKEY *public  = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, key, NOTE_KEY_BYTES);
    EVP_MD_CTX *check = EVP_MD_CTX_new();
    bool holds        = public && check && signature.len == NOTE_SIGNATURE &&
                 EVP_DigestVerifyInit(check, NULL, NULL, NULL, public) == 1 &&
                 EVP_DigestVerify(check, (const unsigned char *)signature.ptr, signature.len,
                                  (const unsigned char *)message.ptr, message.len) == 1;
    EVP_MD_CTX_free(check);
    EVP_PKEY_free(public);
    return holds;
}

static bool ed25519_sign(const uint8_t seed[NOTE_KEY_BYTES], Str message, uint8_t out[NOTE_SIGNATURE])
{
    size_t size      = NOTE_SIGNATURE;
    EVP_PKEY *secret = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, NOTE_KEY_BYTES);
    EVP_MD_CTX *sign = EVP_MD_CTX_new();
    bool done        = secret && sign && EVP_DigestSignInit(sign, NULL, NULL, NULL, secret) == 1 &&
                EVP_DigestSign(sign, out, &size, (const unsigned char *)message.ptr, message.len) == 1;
    EVP_MD_CTX_free(sign);
    EVP_PKEY_free(secret);
    return done && size == NOTE_SIGNATURE;
}

bool note_sign(Str text, const NoteSigner *signer, Arena *arena, Str *note, Err *err)
{
    uint8_t bytes[KEY_ID_BYTES + NOTE_SIGNATURE];
    uint32_t id = signer->verifier.id;
    assert(str_ends(text, STR("\n")));
    for (int i = 0; i < KEY_ID_BYTES; i++)
        bytes[i] = (uint8_t)(id >> (24 - 8 * i));
    if (!ed25519_sign(signer->seed, text, bytes + KEY_ID_BYTES))
        return err_set(err, ERR_CORRUPT, 0, .what = STR("could not sign with the ledger's key"));
    Str base64 = base64_encode(arena, (Str){ (const char *)bytes, sizeof(bytes) });
    *note =
        str_fmt(arena, "%.*s\n" DASH " %.*s %.*s\n", STR_ARG(text), STR_ARG(signer->verifier.name), STR_ARG(base64));
    return true;
}

/* A cosignature is 8 bytes of time, big-endian seconds, and a signature over the time and the text. */
static bool cosignature_holds(const NoteVerifier *key, Str text, Str bytes, Arena *arena)
{
    uint64_t seconds = 0;
    if (bytes.len != TIMESTAMP_BYTES + NOTE_SIGNATURE) return false;
    for (int i = 0; i < TIMESTAMP_BYTES; i++)
        seconds = seconds << 8 | (uint8_t)bytes.ptr[i];
    Str message = str_fmt(arena, "cosignature/v1\ntime %llu\n%.*s", (unsigned long long)seconds, STR_ARG(text));
    return ed25519_verify(key->key, message, str_slice(bytes, TIMESTAMP_BYTES, NOTE_SIGNATURE));
}

static bool signature_holds(const NoteVerifier *key, Str text, Str bytes, Arena *arena)
{
    switch (key->type) {
    case NOTE_ED25519: return ed25519_verify(key->key, text, bytes);
    case NOTE_COSIGNATURE: return cosignature_holds(key, text, bytes, arena);
    }
    return false;
}

static const NoteVerifier *key_claimed(const NoteKeys *keys, const NoteSignature *signature)
{
    for (size_t i = 0; i < keys->len; i++)
        if (keys->at[i].id == signature->id && str_eq(keys->at[i].name, signature->name)) return &keys->at[i];
    return NULL;
}

bool note_verify(const Note *note, const NoteKeys *keys, Arena *arena, NoteSigned *out, Err *err)
{
    assert(keys->len <= NOTE_KEYS_MAX);
    *out = 0;
    for (size_t i = 0; i < note->len; i++) {
        const NoteVerifier *key = key_claimed(keys, &note->at[i]);
        if (!key) continue;
        if (!signature_holds(key, note->text, note->at[i].bytes, arena))
            return err_set(err, ERR_TAMPERED, 0, .what = STR("signature of the note is false"),
                           .detail = STR("A line under the name and key id of a trusted key does not fit the text."));
        *out |= UINT64_C(1) << (key - keys->at);
    }
    if (*out != 0) return true;
    return err_set(err, ERR_TAMPERED, 0, .what = STR("note is not signed by a trusted key"));
}
