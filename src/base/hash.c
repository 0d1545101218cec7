/* SPDX-License-Identifier: Apache-2.0
 * SHA-256 by OpenSSL, which uses the processor's instructions for it. Making a context costs more than hashing a ledger
 * entry, so each thread keeps one for the short hashes; it is wiped by the next use and freed with its thread. */
#include "base/hash.h"

#include <assert.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <sodium.h>

struct HashState {
    EVP_MD_CTX *context;
};

static pthread_once_t prepared = PTHREAD_ONCE_INIT;
static pthread_key_t context_key; /* written once, under `prepared` */
static EVP_MD *sha256;            /* written once, under `prepared`; lives as long as the process */

static void context_free(void *context)
{
    EVP_MD_CTX_free(context);
}

static void prepare(void)
{
    int failed = pthread_key_create(&context_key, context_free);
    sha256     = EVP_MD_fetch(NULL, "SHA256", NULL);
    assert(!failed && sha256);
}

static EVP_MD_CTX *context_open(void)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    assert(context); /* OpenSSL has no memory for 100 bytes */
    return context;
}

static EVP_MD_CTX *context_of_thread(void)
{
    pthread_once(&prepared, prepare);
    EVP_MD_CTX *context = pthread_getspecific(context_key);
    if (context) return context;
    context    = context_open();
    int failed = pthread_setspecific(context_key, context);
    assert(!failed);
    return context;
}

static void context_start(EVP_MD_CTX *context)
{
    int done = EVP_DigestInit_ex2(context, sha256, NULL);
    assert(done == 1);
}

static void context_add(EVP_MD_CTX *context, Str bytes)
{
    int done = EVP_DigestUpdate(context, bytes.ptr, bytes.len);
    assert(done == 1);
}

static Hash context_finish(EVP_MD_CTX *context)
{
    Hash hash;
    int done = EVP_DigestFinal_ex(context, hash.bytes, NULL);
    assert(done == 1);
    return hash;
}

Hash hash_of(Str bytes)
{
    return hash_of_parts(&bytes, 1);
}

Hash hash_of_parts(const Str *parts, size_t count)
{
    EVP_MD_CTX *context = context_of_thread();
    context_start(context);
    for (size_t i = 0; i < count; i++)
        context_add(context, parts[i]);
    return context_finish(context);
}

static void state_release(void *thing)
{
    HashState *state = thing;
    EVP_MD_CTX_free(state->context);
    state->context = NULL;
}

HashState *hash_open(Arena *arena)
{
    HashState *state = arena_new(arena, HashState);
    pthread_once(&prepared, prepare);
    state->context = context_open();
    arena_defer(arena, state_release, state);
    context_start(state->context);
    return state;
}

void hash_add(HashState *state, Str bytes)
{
    assert(state->context); /* not after hash_finish */
    context_add(state->context, bytes);
}

Hash hash_finish(HashState *state)
{
    assert(state->context);
    Hash hash = context_finish(state->context);
    state_release(state);
    return hash;
}

bool hash_eq(const Hash *a, const Hash *b)
{
    return sodium_memcmp(a->bytes, b->bytes, HASH_BYTES) == 0;
}

Str hash_to_hex(Arena *arena, const Hash *hash)
{
    static const char digits[] = "0123456789abcdef";
    char *hex                  = arena_array(arena, char, HASH_HEX);
    for (size_t i = 0; i < HASH_BYTES; i++) {
        hex[2 * i]     = digits[hash->bytes[i] >> 4];
        hex[2 * i + 1] = digits[hash->bytes[i] & 15];
    }
    return (Str){ hex, HASH_HEX };
}

static int hex_value(char digit)
{
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

bool hash_from_hex(Str hex, Hash *out)
{
    Hash hash;
    if (hex.len != HASH_HEX) return false;
    for (size_t i = 0; i < HASH_BYTES; i++) {
        int high = hex_value(hex.ptr[2 * i]);
        int low  = hex_value(hex.ptr[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        hash.bytes[i] = (uint8_t)(high << 4 | low);
    }
    *out = hash;
    return true;
}

bool secret_equal(Str a, Str b)
{
    return a.len == b.len && (a.len == 0 || sodium_memcmp(a.ptr, b.ptr, a.len) == 0);
}

void secret_wipe(void *memory, size_t size)
{
    sodium_memzero(memory, size);
}
