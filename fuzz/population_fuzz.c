/* SPDX-License-Identifier: Apache-2.0
 * Any bytes as a population, from memory and from a file: both ways give the same items or both refuse; every item is
 * found by its identifier, stands on a line, and a draw takes it. A file that begins as an archive is read as a
 * workbook. The first byte says which columns are asked for. */
#include <assert.h>
#include <unistd.h>

#include <sys/mman.h>

#include "audit/draw.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static int file_of(Str text)
{
    int file = memfd_create("population", MFD_CLOEXEC);

    assert(file >= 0);
    assert(write(file, text.ptr, text.len) == (ssize_t)text.len);
    return file;
}

static void check_items(Arena *arena, const Population *population)
{
    DrawPlan plan = { .method = DRAW_SIMPLE_RANDOM, .seed = STR("1"), .size = population->items.len };
    Err err       = { 0 };
    size_t index, sum = 0;
    DrawnItems drawn;

    for (size_t i = 0; i < population->items.len; i++) {
        Str id = population_id(population, i);
        assert(id.len > 0 && id.len <= POPULATION_ID_MAX && str_is_utf8(id));
        assert(population_find(population, id, &index) && index == i);
        assert(population->items.at[i].line > 0);
        assert(population->strata.len == 0 || population_stratum(population, i).len > 0);
    }
    for (size_t i = 0; i < population->strata.len; i++)
        sum += population->strata.at[i].size;
    assert(population->strata.len == 0 || sum == population->items.len);
    assert(draw_sample(arena, population, &plan, &drawn, &err));
    assert(drawn.len == population->items.len);
}

static void read_both_ways(Arena *arena, Str text, PopulationColumns columns)
{
    Population whole, file;
    Err err = { 0 }, other = { 0 };
    int descriptor = file_of(text);
    bool read      = population_read_file(arena, descriptor, columns, &file, &other);

    if (read) check_items(arena, &file);
    if (!str_starts(text, STR("PK\3\4"))) {
        assert(population_read(arena, text, columns, &whole, &err) == read);
        assert(!read || (whole.items.len == file.items.len && hash_eq(&whole.file, &file.file)));
        for (size_t i = 0; read && i < whole.items.len; i++) {
            assert(str_eq(population_id(&whole, i), population_id(&file, i)));
            assert(whole.items.at[i].line == file.items.at[i].line);
        }
    }
    close(descriptor);
}

static void read_range(Arena *arena, Str text)
{
    Population range;
    Err err = { 0 };

    /* as large as a file of this size could be */
    if (text.len > 24 || !population_range(arena, text, &range, &err)) return;
    check_items(arena, &range);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const PopulationColumns columns[] = { { STR_INIT(""), STR_INIT("") },
                                                 { STR_INIT("id"), STR_INIT("s") },
                                                 { STR_INIT("Status"), STR_INIT("") } };
    Arena *arena                             = arena_open((size_t)256 << 20);
    Str text                                 = { (const char *)bytes + 1, len > 0 ? len - 1 : 0 };

    assert(arena != NULL);
    if (len == 0) text = (Str){ 0 };
    if (len > 0 && bytes[0] == '.') read_range(arena, text);
    if (len > 0) read_both_ways(arena, text, columns[bytes[0] % countof(columns)]);
    arena_close(arena);
    return 0;
}
