/* SPDX-License-Identifier: Apache-2.0
 * The ledger's parsers on bytes from anybody. What a parser takes, its writer must give back byte for byte: there is
 * one form of each thing. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "ledger/canonical.h"
#include "ledger/event.h"
#include "ledger/tlog_proof.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_event(Arena *arena, Str bytes)
{
    Envelope envelope;
    Str again;
    Err err = { 0 };
    if (!event_read(bytes, arena, &envelope, &err)) return;
    bool written = event_write(&envelope, arena, &again, &err);
    assert(written && str_eq(again, bytes));
}

static void fuzz_payload(Str bytes)
{
    Err err = { 0 };
    Str element;
    size_t at = 0;
    if (!canonical_check(bytes, &err)) return;
    Str list = canonical_member(bytes, STR("erased"));
    while (canonical_next(list, &at, &element))
        assert(element.len > 0);
}

static void fuzz_proof(Arena *arena, Str bytes)
{
    TlogProof proof;
    Checkpoint head;
    Note note;
    Err err = { 0 };
    if (tlog_proof_read(bytes, arena, &proof, &err)) {
        Str again = tlog_proof_write(arena, &proof);
        assert(str_eq(again, bytes));
        bytes = proof.checkpoint;
    }
    err_clear(&err);
    if (!note_read(bytes, arena, &note, &err) || !checkpoint_read(note.text, arena, &head, &err)) return;
    Str text = checkpoint_text(arena, &head);
    assert(str_starts(note.text, text));
}

static void fuzz_key(Arena *arena, Str bytes)
{
    NoteVerifier key;
    Err err = { 0 };
    if (!note_verifier_read(bytes, arena, &key, &err)) return;
    Str again = note_verifier_write(arena, &key);
    assert(str_eq(again, bytes));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_open(64 << 20);
    Str bytes    = { (const char *)data, size };
    fuzz_event(arena, bytes);
    fuzz_payload(bytes);
    fuzz_proof(arena, bytes);
    fuzz_key(arena, bytes);
    arena_close(arena);
    return 0;
}
