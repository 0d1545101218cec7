/* SPDX-License-Identifier: Apache-2.0
 * Any bytes as a request target: refused, or a path that leads nowhere but down, in valid UTF-8. */
#include <assert.h>

#include "http/target.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    Arena *arena = arena_open((size_t)64 << 20);
    HttpTarget target;
    const char *why = NULL;
    Str segment;

    assert(arena != NULL);
    if (!http_target_parse(arena, (Str){ (const char *)bytes, len }, &target, &why)) {
        assert(why != NULL);
    } else {
        Str rest = str_slice(target.path, 1, target.path.len);
        assert(str_starts(target.path, STR("/")) && str_is_utf8(target.path));
        assert(str_index(target.path, '\0') == target.path.len && str_index(target.path, '\\') == target.path.len);
        while (str_cut(&rest, '/', &segment)) {
            assert(!str_eq_c(segment, ".") && !str_eq_c(segment, ".."));
            assert(segment.len > 0 || rest.len == 0);
        }
    }
    arena_close(arena);
    return 0;
}
