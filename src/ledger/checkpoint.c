/* SPDX-License-Identifier: Apache-2.0
 * Checkpoints: three lines in a signed note. One head has one text, so two different texts of the same origin and size
 * under a good signature prove that the ledger told two stories. */
#include "ledger/checkpoint.h"

#include <string.h>

#include "base/base64.h"
#include "ledger/tree.h"

Str checkpoint_text(Arena *arena, const Checkpoint *checkpoint)
{
    Str root = base64_encode(arena, (Str){ (const char *)checkpoint->root.bytes, HASH_BYTES });
    return str_fmt(arena, "%.*s\n%lld\n%.*s\n", STR_ARG(checkpoint->origin), (long long)checkpoint->size,
                   STR_ARG(root));
}

static bool checkpoint_fails(Err *err, const char *why)
{
    return err_set(err, ERR_FORMAT, 0, .what = STR("cannot read the checkpoint"), .detail = str_from_c(why));
}

static bool size_read(Str line, int64_t *out)
{
    bool is_plain = line.len > 0 && line.ptr[0] >= '0' && line.ptr[0] <= '9' && (line.len == 1 || line.ptr[0] != '0');
    return is_plain && str_to_i64(line, 0, INT64_MAX, out);
}

/* Behind the three lines: extension lines, none of them empty. */
static bool extensions_are_fine(Str rest)
{
    Str line;
    while (rest.len > 0)
        if (!str_cut(&rest, '\n', &line) || line.len == 0) return false;
    return true;
}

bool checkpoint_read(Str text, Arena *arena, Checkpoint *out, Err *err)
{
    Str rest = text, size, base64, root;
    if (!str_ends(text, STR("\n"))) return checkpoint_fails(err, "Its last line has no end.");
    if (!str_cut(&rest, '\n', &out->origin) || out->origin.len == 0)
        return checkpoint_fails(err, "Its origin is empty.");
    if (!str_cut(&rest, '\n', &size) || !size_read(size, &out->size))
        return checkpoint_fails(err, "Its size is not a plain decimal number.");
    if (!str_cut(&rest, '\n', &base64) || !base64_decode(arena, base64, &root) || root.len != HASH_BYTES)
        return checkpoint_fails(err, "Its root is not the canonical base64 of 32 bytes.");
    if (!extensions_are_fine(rest)) return checkpoint_fails(err, "It has an empty line.");
    memcpy(out->root.bytes, root.ptr, HASH_BYTES);
    const Hash empty = tree_empty();
    if (out->size == 0 && !hash_eq(&out->root, &empty)) return checkpoint_fails(err, "An empty tree has another root.");
    return true;
}

static bool ledger_signed(NoteSigned who, const NoteKeys *keys, Str origin)
{
    for (size_t i = 0; i < keys->len; i++) {
        const NoteVerifier *key = &keys->at[i];
        if ((who >> i & 1) && key->type == NOTE_ED25519 && str_eq(key->name, origin)) return true;
    }
    return false;
}

bool checkpoint_open(Str note, const NoteKeys *keys, Arena *arena, Checkpoint *out, Err *err)
{
    Note parsed;
    NoteSigned who;
    if (!note_read(note, arena, &parsed, err)) return false;
    if (!note_verify(&parsed, keys, arena, &who, err)) return false;
    if (!checkpoint_read(parsed.text, arena, out, err)) return false;
    if (ledger_signed(who, keys, out->origin)) return true;
    return err_set(err, ERR_TAMPERED, 0, .what = STR("checkpoint is not signed by its ledger"),
                   .detail = STR("No trusted key with the name of its origin signed it."));
}
