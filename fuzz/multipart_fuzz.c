/* SPDX-License-Identifier: Apache-2.0
 * Any bytes as a multipart form with the boundary "B", and as a Content-Type: what comes out does not depend on how the
 * bytes were cut, and the sink's calls are in order. The first byte says how they are cut. */
#include <assert.h>
#include <string.h>

#include "base/buf.h"
#include "http/multipart.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

typedef struct {
    Buf seen;
    bool is_in_part;
} Record;

static bool note_begin(void *to, const HttpPart *part)
{
    Record *record = to;

    assert(!record->is_in_part);
    assert(str_is_utf8(part->name) && str_is_utf8(part->filename) && str_is_utf8(part->type));
    record->is_in_part = true;
    buf_fmt(&record->seen, "%.*s|%.*s|%.*s|%d:", STR_ARG(part->name), STR_ARG(part->filename), STR_ARG(part->type),
            part->is_file);
    return true;
}

static bool note_add(void *to, Str bytes)
{
    Record *record = to;

    assert(record->is_in_part && bytes.len > 0);
    buf_add(&record->seen, bytes);
    return true;
}

static bool note_end(void *to)
{
    Record *record = to;

    assert(record->is_in_part);
    record->is_in_part = false;
    buf_add_byte(&record->seen, ';');
    return true;
}

static MultipartState read_cut(Arena *arena, Str body, size_t piece, Record *record)
{
    Multipart *multipart =
        multipart_open(arena, STR("B"), 50, (MultipartSink){ record, note_begin, note_add, note_end });
    MultipartState state = MULTIPART_MORE;

    for (size_t at = 0; at < body.len; at += piece)
        state = multipart_feed(multipart, str_slice(body, at, piece));
    assert(state != MULTIPART_DONE || !record->is_in_part);
    assert(multipart_why(multipart) != NULL);
    return state;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    Arena *arena = arena_open((size_t)64 << 20);
    Str body     = { (const char *)bytes, len };
    size_t piece = len > 0 ? (size_t)bytes[0] % 64 + 1 : 1;

    assert(arena != NULL);
    Record whole = { .seen = buf_open(arena, 4 << 20) };
    Record cut   = { .seen = buf_open(arena, 4 << 20) };
    assert(read_cut(arena, body, len + 1, &whole) == read_cut(arena, body, piece, &cut));
    assert(str_eq(buf_str(&whole.seen), buf_str(&cut.seen)));
    assert(multipart_boundary(body).len <= 70);
    arena_close(arena);
    return 0;
}
