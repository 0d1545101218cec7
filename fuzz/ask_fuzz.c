/* SPDX-License-Identifier: Apache-2.0
 * Any bytes as the line of a question over the local socket: refused with a reason, or a question that has one form. */
#include <assert.h>

#include "exchange/local.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    Arena *arena = arena_open((size_t)64 << 20);
    LocalQuestion question, again;
    LocalAnswer answer;
    int64_t size;
    Err err = { 0 };

    assert(arena != NULL);
    Str line = { (const char *)bytes, len };
    if (local_question_read(arena, line, &question, &err)) {
        Str form = local_question_write(arena, &question);
        assert(str_index(form, '\n') == form.len);
        assert(local_question_read(arena, form, &again, &err));
        assert(str_eq(local_question_write(arena, &again), form));
    } else {
        assert(err.what[0] != '\0');
    }
    err_clear(&err);
    if (local_head_read(arena, line, &answer, &size, &err)) assert(size >= 0 && size <= LOCAL_BODY_MAX);
    arena_close(arena);
    return 0;
}
