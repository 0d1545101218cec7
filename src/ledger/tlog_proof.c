/* SPDX-License-Identifier: Apache-2.0
 * Proofs to give away: a header line, lines of the path, a blank line, the checkpoint as the ledger signed it. */
#include "ledger/tlog_proof.h"

#include <string.h>

#include "base/base64.h"
#include "base/buf.h"

static const Str header     = STR_INIT("c2sp.org/tlog-proof@v1");
static const Str extra_word = STR_INIT("extra ");
static const Str index_word = STR_INIT("index ");

enum { PROOF_TEXT_MAX = NOTE_BYTES_MAX + (1 << 20) };

static bool proof_fails(Err *err, const char *why)
{
    return err_set(err, ERR_FORMAT, 0, .what = STR("cannot read the proof"), .detail = str_from_c(why));
}

static bool index_read(Str line, int64_t *out)
{
    Str digits = str_slice(line, index_word.len, line.len);
    if (!str_starts(line, index_word) || digits.len == 0) return false;
    if (digits.ptr[0] < '0' || digits.ptr[0] > '9' || (digits.ptr[0] == '0' && digits.len > 1)) return false;
    return str_to_i64(digits, 0, INT64_MAX, out);
}

static bool extra_read(Str line, Arena *arena, Str *out)
{
    return base64_decode(arena, str_slice(line, extra_word.len, line.len), out) && out->len > 0;
}

/* Lines up to the blank one, which is taken too. */
static bool path_read(Str *rest, Arena *arena, Proof *out)
{
    Str line, bytes;
    while (!str_starts(*rest, STR("\n"))) {
        if (!str_cut(rest, '\n', &line)) return false;
        if (out->len == TREE_HEIGHT_MAX || !base64_decode(arena, line, &bytes) || bytes.len != HASH_BYTES) return false;
        memcpy(out->at[out->len++].bytes, bytes.ptr, HASH_BYTES);
    }
    *rest = str_slice(*rest, 1, rest->len);
    return true;
}

bool tlog_proof_read(Str bytes, Arena *arena, TlogProof *out, Err *err)
{
    Str rest = bytes, line;
    *out     = (TlogProof){ 0 };
    if (bytes.len > PROOF_TEXT_MAX) return err_set(err, ERR_LIMIT, 0, .what = STR("proof is too large"));
    if (!str_cut(&rest, '\n', &line) || !str_eq(line, header)) return proof_fails(err, "It does not start as one.");
    if (!str_cut(&rest, '\n', &line)) return proof_fails(err, "It ends behind its first line.");
    if (str_starts(line, extra_word)) {
        if (!extra_read(line, arena, &out->extra)) return proof_fails(err, "Its extra line is not canonical base64.");
        if (!str_cut(&rest, '\n', &line)) return proof_fails(err, "It ends behind its extra line.");
    }
    if (!index_read(line, &out->index)) return proof_fails(err, "It has no plain index line.");
    if (!path_read(&rest, arena, &out->path)) return proof_fails(err, "A line of its path is not a hash of 32 bytes.");
    out->checkpoint = rest;
    return true;
}

Str tlog_proof_write(Arena *arena, const TlogProof *proof)
{
    Buf out = buf_open(arena, PROOF_TEXT_MAX);
    buf_fmt(&out, "%.*s\n", STR_ARG(header));
    if (proof->extra.len > 0) buf_fmt(&out, "extra %.*s\n", STR_ARG(base64_encode(arena, proof->extra)));
    buf_fmt(&out, "index %lld\n", (long long)proof->index);
    for (size_t i = 0; i < proof->path.len; i++) {
        buf_add(&out, base64_encode(arena, (Str){ (const char *)proof->path.at[i].bytes, HASH_BYTES }));
        buf_add_byte(&out, '\n');
    }
    buf_add_byte(&out, '\n');
    buf_add(&out, proof->checkpoint);
    return buf_str(&out);
}

bool tlog_proof_check(TlogProof *proof, Str entry, const NoteKeys *keys, Arena *arena, Err *err)
{
    const Hash leaf = tree_leaf(entry);
    if (!checkpoint_open(proof->checkpoint, keys, arena, &proof->head, err)) return false;
    if (proof_includes(&proof->path, (uint64_t)proof->index, (uint64_t)proof->head.size, &leaf, &proof->head.root))
        return true;
    return err_set(err, ERR_TAMPERED, 0, .what = STR("proof is false"),
                   .detail = STR("The path does not lead from the entry to the signed root."));
}
