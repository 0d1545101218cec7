/* SPDX-License-Identifier: Apache-2.0
 * Reading a population. Where the rows come from (text, CSV file, workbook) ends in rows_next; from there on all are
 * judged alike. Identifiers are copied out, the row's memory is used again for the next. */
#include "audit/population.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include <sodium.h>

#include "base/csv.h"
#include "base/xlsx.h"

typedef enum { ROWS_OF_TEXT, ROWS_OF_FILE, ROWS_OF_WORKBOOK } RowsKind;

/* A population on its way from where its rows are. */
typedef struct {
    Arena *arena;
    RowsKind kind;
    CsvReader text;
    CsvFile file;
    Xlsx *workbook;
    size_t columns, id_column, stratum_column; /* stratum_column == columns: none */
    Population *population;
} Reading;

enum { ROWS_FIRST = 1024, HASH_PIECE = 64 << 10, TEXTS_PIECE = 16 << 10, ROWS_HELD_MIN = 8 };

/* ---- rows ---- */

static bool rows_next(Reading *reading, StrList *row, bool *more, Err *err)
{
    switch (reading->kind) {
    case ROWS_OF_TEXT: return csv_next(&reading->text, reading->arena, row, more, err);
    case ROWS_OF_FILE: return csv_file_next(&reading->file, reading->arena, row, more, err);
    case ROWS_OF_WORKBOOK: return xlsx_next(reading->workbook, reading->arena, row, more, err);
    }
    return false;
}

static size_t rows_line(const Reading *reading)
{
    switch (reading->kind) {
    case ROWS_OF_TEXT: return reading->text.line;
    case ROWS_OF_FILE: return reading->file.reader.line;
    case ROWS_OF_WORKBOOK: return xlsx_row(reading->workbook);
    }
    return 0;
}

static bool refuse_line(const Reading *reading, ErrCode code, Str detail, Err *err)
{
    return err_set(
        err, code, 0, .what = STR("cannot read the population"),
        .detail = str_fmt(reading->arena, "Line %zu: %.*s", rows_line(reading), STR_ARG(detail)),
        .hint =
            STR("Correct the file where it comes from and extract it again: a sample is drawn from all rows or none."));
}

/* ---- the header ---- */

/* Index of the only header called `name` (ASCII case does not count). */
static bool column_find(const Reading *reading, const StrList *header, Str name, size_t *column, Err *err)
{
    Str wanted   = str_lower(reading->arena, str_trim(name));
    size_t found = 0;
    StrList seen = { 0 };

    for (size_t i = 0; i < header->len; i++) {
        Str title = str_trim(header->at[i]);
        if (seen.len < ROWS_HELD_MIN) *list_push(reading->arena, &seen) = str_slice(title, 0, 40);
        if (!str_eq(str_lower(reading->arena, title), wanted)) continue;
        *column = i;
        found++;
    }
    if (found == 1) return true;
    Str shown = str_visible(reading->arena, str_slice(str_trim(name), 0, 80));
    if (found > 1)
        return refuse_line(reading, ERR_FORMAT,
                           str_fmt(reading->arena, "more than one column is called \"%.*s\".", STR_ARG(shown)), err);
    Str titles = str_visible(reading->arena, str_join(reading->arena, &seen, STR(", ")));
    return refuse_line(reading, ERR_FORMAT,
                       str_fmt(reading->arena, "no column is called \"%.*s\"; it has: %.*s%s.", STR_ARG(shown),
                               STR_ARG(titles), header->len > seen.len ? ", …" : ""),
                       err);
}

static bool read_header(Reading *reading, PopulationColumns columns, Err *err)
{
    StrList header;
    bool more;

    if (!rows_next(reading, &header, &more, err)) return false;
    if (!more) return refuse_line(reading, ERR_FORMAT, STR("the file is empty."), err);
    reading->columns        = header.len;
    reading->stratum_column = header.len;
    Str id                  = str_is_empty(str_trim(columns.id)) ? STR("id") : columns.id;
    if (!column_find(reading, &header, id, &reading->id_column, err)) return false;
    if (str_is_empty(str_trim(columns.stratum))) return true;
    return column_find(reading, &header, columns.stratum, &reading->stratum_column, err);
}

/* ---- items ---- */

/* The slot that holds the item called `id` (index plus one), or the empty one where it belongs. Keyed by the file's own
 * hash, so that nobody can write a file whose identifiers all meet in one slot. */
static uint32_t *slot_of(const Population *population, Str id)
{
    unsigned char hash[crypto_shorthash_BYTES];
    uint64_t start;

    crypto_shorthash(hash, (const unsigned char *)id.ptr, id.len, population->file.bytes);
    memcpy(&start, hash, sizeof start);
    for (size_t at = start & population->slots_mask;; at = (at + 1) & population->slots_mask) {
        uint32_t *slot = &population->slots[at];
        if (*slot == 0 || str_eq(population_id(population, *slot - 1), id)) return slot;
    }
}

/* Room for `rows` items, with at least as many empty slots. */
static void reserve(Arena *arena, Population *population, size_t rows)
{
    PopulationItem *items = arena_array(arena, PopulationItem, rows);
    size_t slots          = ROWS_HELD_MIN;

    while (slots < 2 * rows)
        slots *= 2;
    if (population->items.len > 0) memcpy(items, population->items.at, population->items.len * sizeof *items);
    population->items.at = items, population->items.cap = rows;
    population->slots      = arena_array(arena, uint32_t, slots);
    population->slots_mask = slots - 1;
    for (size_t i = 0; i < population->items.len; i++)
        *slot_of(population, population_id(population, i)) = (uint32_t)i + 1;
}

static const char *keep_text(Arena *arena, Population *population, Str text)
{
    if (text.len > population->texts_left) {
        population->texts      = arena_array(arena, char, TEXTS_PIECE);
        population->texts_left = TEXTS_PIECE;
    }
    char *kept = memcpy(population->texts, text.ptr, text.len);
    population->texts += text.len, population->texts_left -= text.len;
    return kept;
}

/* Adds an item whose identifier is not there yet; there is room. */
static void add(Arena *arena, Population *population, PopulationItem item, Str id, uint32_t *slot)
{
    item.id                                       = keep_text(arena, population, id);
    item.id_len                                   = (uint8_t)id.len;
    population->items.at[population->items.len++] = item;
    *slot                                         = (uint32_t)population->items.len;
}

static bool stratum_find(Reading *reading, Str name, uint8_t *index, Err *err)
{
    Population *population = reading->population;

    for (size_t i = 0; i < population->strata.len; i++) {
        if (!str_eq(population->strata.at[i].name, name)) continue;
        *index = (uint8_t)i;
        return true;
    }
    if (population->strata.len == POPULATION_STRATA_MAX)
        return refuse_line(reading, ERR_LIMIT, STR("there are more than 100 strata; is this the right column?"), err);
    *index                                          = (uint8_t)population->strata.len;
    *list_push(reading->arena, &population->strata) = (Stratum){ .name = str_dup(reading->arena, name) };
    return true;
}

/* A cell that is there, not too long, and can stand on one line. */
static bool cell_check(const Reading *reading, Str cell, const char *thing, Err *err)
{
    if (str_is_empty(cell))
        return refuse_line(reading, ERR_FORMAT, str_fmt(reading->arena, "the %s is empty.", thing), err);
    if (cell.len > POPULATION_ID_MAX)
        return refuse_line(reading, ERR_LIMIT, str_fmt(reading->arena, "the %s is longer than 200 bytes.", thing), err);
    for (size_t i = 0; i < cell.len; i++) {
        if ((unsigned char)cell.ptr[i] < ' ' || cell.ptr[i] == 0x7F)
            return refuse_line(reading, ERR_FORMAT,
                               str_fmt(reading->arena, "the %s holds a line end or a control character.", thing), err);
    }
    return true;
}

static bool add_item(Reading *reading, Str id, Str stratum, Err *err)
{
    Population *population = reading->population;
    PopulationItem item    = { .line = (uint32_t)rows_line(reading) };

    if (reading->stratum_column < reading->columns) {
        if (!stratum_find(reading, stratum, &item.stratum, err)) return false;
        population->strata.at[item.stratum].size++;
    }
    uint32_t *slot = slot_of(population, id);
    if (*slot != 0) {
        Str reason = str_fmt(reading->arena, "the identifier \"%.*s\" stands on line %" PRIu32 " too.",
                             STR_ARG(str_visible(reading->arena, id)), population->items.at[*slot - 1].line);
        return refuse_line(reading, ERR_FORMAT, reason, err);
    }
    add(reading->arena, population, item, id, slot);
    return true;
}

/* ---- the whole ---- */

/* A cell of a row, kept while the row's memory is given back. */
typedef struct {
    char bytes[POPULATION_ID_MAX];
    size_t len;
} KeptCell;

static bool keep_cell(const Reading *reading, const StrList *row, size_t column, const char *thing, KeptCell *kept,
                      Err *err)
{
    Str cell = str_trim(row->at[column]);

    if (!cell_check(reading, cell, thing, err)) return false;
    memcpy(kept->bytes, cell.ptr, cell.len);
    kept->len = cell.len;
    return true;
}

static bool read_row(Reading *reading, bool *more, Err *err)
{
    Population *population = reading->population;
    KeptCell id, stratum = { .len = 0 };
    StrList row;

    if (population->items.len == population->items.cap) reserve(reading->arena, population, population->items.cap * 2);
    ArenaMark mark = arena_mark(reading->arena);
    if (!rows_next(reading, &row, more, err)) return false;
    if (!*more) return true;
    if (population->items.len == POPULATION_ROWS_MAX)
        return refuse_line(reading, ERR_LIMIT, STR("there are more than 5,000,000 rows."), err);
    if (row.len != reading->columns)
        return refuse_line(reading, ERR_FORMAT,
                           str_fmt(reading->arena, "the row has %zu cells, the header %zu.", row.len, reading->columns),
                           err);
    if (!keep_cell(reading, &row, reading->id_column, "identifier", &id, err)) return false;
    if (reading->stratum_column < row.len &&
        !keep_cell(reading, &row, reading->stratum_column, "stratum", &stratum, err))
        return false;
    arena_rewind(reading->arena, mark);
    return add_item(reading, (Str){ id.bytes, id.len }, (Str){ stratum.bytes, stratum.len }, err);
}

/* All rows, `rows` of them as far as anybody knows. */
static bool read_all(Reading *reading, PopulationColumns columns, size_t rows, Err *err)
{
    bool more = true;

    if (!read_header(reading, columns, err)) return false;
    if (rows > POPULATION_ROWS_MAX) rows = POPULATION_ROWS_MAX;
    reserve(reading->arena, reading->population, rows + 1);
    while (more) {
        if (!read_row(reading, &more, err)) return false;
    }
    return true;
}

/* How many line ends there are: no more rows can follow. */
static size_t count_lines(Str bytes)
{
    size_t lines = 0;

    for (size_t i = 0; i < bytes.len; i++)
        lines += bytes.ptr[i] == '\n' || bytes.ptr[i] == '\r';
    return lines;
}

bool population_read(Arena *arena, Str csv, PopulationColumns columns, Population *out, Err *err)
{
    Reading reading = { .arena = arena, .kind = ROWS_OF_TEXT, .population = out };

    *out = (Population){ .file = hash_of(csv) };
    return csv_open(csv, &reading.text, err) && read_all(&reading, columns, count_lines(csv), err);
}

/* From the start to the end of the file. */
static bool hash_file(Arena *arena, int file, Hash *hash, size_t *lines, Err *err)
{
    HashState *state = hash_open(arena);
    char *piece      = arena_array(arena, char, HASH_PIECE);
    ssize_t got      = lseek(file, 0, SEEK_SET) == 0 ? 1 : -1;

    *lines = 0;
    while (got > 0 || (got < 0 && errno == EINTR)) {
        got = read(file, piece, HASH_PIECE);
        if (got <= 0) continue;
        hash_add(state, (Str){ piece, (size_t)got });
        *lines += count_lines((Str){ piece, (size_t)got });
    }
    *hash = hash_finish(state);
    return got == 0 || err_set(err, err_code_of_errno(errno), errno, .what = STR("could not read the population"),
                               .detail = str_from_c(err_errno_text(errno)));
}

bool population_read_file(Arena *arena, int file, PopulationColumns columns, Population *out, Err *err)
{
    Reading reading = { .arena = arena, .kind = ROWS_OF_FILE, .population = out };
    size_t rows;

    *out = (Population){ 0 };
    if (!hash_file(arena, file, &out->file, &rows, err)) return false;
    if (xlsx_is(file)) {
        reading.kind = ROWS_OF_WORKBOOK;
        return xlsx_open(arena, file, &reading.workbook, err) && read_all(&reading, columns, ROWS_FIRST, err);
    }
    return csv_file_open(arena, file, &reading.file, err) && read_all(&reading, columns, rows, err);
}

/* ---- ranges ---- */

typedef struct {
    Str before; /* the numbers */
    int width;
    int64_t first, last;
} Range;

static bool refuse_range(Arena *arena, Str range, const char *why, Err *err)
{
    return err_set(err, ERR_USAGE, 0, .what = STR("cannot read the range"),
                   .detail = str_fmt(arena, "\"%.*s\": %s.", STR_ARG(str_visible(arena, str_slice(range, 0, 80))), why),
                   .hint   = STR("Write the first and the last identifier: 1..2400, or INV-0001..INV-2400."));
}

/* The digits at the end. */
static Str number_at_end(Str text)
{
    size_t from = text.len;

    while (from > 0 && text.ptr[from - 1] >= '0' && text.ptr[from - 1] <= '9')
        from--;
    return str_slice(text, from, text.len);
}

static Str range_id(const Range *range, int64_t number, char *bytes, size_t size)
{
    int len = snprintf(bytes, size, "%.*s%0*" PRId64, STR_ARG(range->before), range->width, number);

    return (Str){ bytes, (size_t)len };
}

static bool range_read(Arena *arena, Str text, Range *range, Err *err)
{
    char bytes[2 * POPULATION_ID_MAX];
    size_t dots = 0;

    while (dots < text.len && !str_starts(str_slice(text, dots, 2), STR("..")))
        dots++;
    Str first = str_trim(str_slice(text, 0, dots)), last = str_trim(str_slice(text, dots + 2, text.len));
    Str from = number_at_end(first), to = number_at_end(last);
    if (dots == text.len) return refuse_range(arena, text, "there are no two dots in it", err);
    if (first.len > POPULATION_ID_MAX || last.len > POPULATION_ID_MAX)
        return refuse_range(arena, text, "an identifier is longer than 200 bytes", err);
    if (from.len == 0 || to.len == 0 || !str_to_i64(from, 0, INT64_MAX / 2, &range->first) ||
        !str_to_i64(to, 0, INT64_MAX / 2, &range->last))
        return refuse_range(arena, text, "both ends must end in a number", err);
    if (range->last < range->first) return refuse_range(arena, text, "the second comes before the first", err);
    range->before = str_slice(first, 0, first.len - from.len);
    range->width  = (int)from.len;
    for (size_t i = 0; i < range->before.len; i++) {
        if ((unsigned char)range->before.ptr[i] < ' ' || range->before.ptr[i] == 0x7F)
            return refuse_range(arena, text, "it holds a control character", err);
    }
    if (!str_eq(range_id(range, range->last, bytes, sizeof bytes), last))
        return refuse_range(arena, text, "the second is not written like the first", err);
    if (range->last - range->first >= POPULATION_ROWS_MAX)
        return refuse_range(arena, text, "there are more than 5,000,000 in it", err);
    return true;
}

static Hash range_hash(Arena *arena, const Range *range)
{
    HashState *state = hash_open(arena);
    char bytes[2 * POPULATION_ID_MAX];

    hash_add(state, STR("id\n"));
    for (int64_t number = range->first; number <= range->last; number++) {
        hash_add(state, range_id(range, number, bytes, sizeof bytes));
        hash_add(state, STR("\n"));
    }
    return hash_finish(state);
}

bool population_range(Arena *arena, Str text, Population *out, Err *err)
{
    char bytes[2 * POPULATION_ID_MAX];
    Range range = { 0 };

    *out = (Population){ 0 };
    if (!range_read(arena, str_trim(text), &range, err)) return false;
    out->file = range_hash(arena, &range);
    reserve(arena, out, (size_t)(range.last - range.first) + 1);
    for (int64_t number = range.first; number <= range.last; number++) {
        Str id              = range_id(&range, number, bytes, sizeof bytes);
        PopulationItem item = { .line = (uint32_t)(number - range.first) + 1 };
        add(arena, out, item, id, slot_of(out, id));
    }
    return true;
}

/* ---- reading it ---- */

Str population_id(const Population *population, size_t index)
{
    assert(index < population->items.len);
    return (Str){ population->items.at[index].id, population->items.at[index].id_len };
}

Str population_stratum(const Population *population, size_t index)
{
    assert(index < population->items.len);
    return population->strata.len > 0 ? population->strata.at[population->items.at[index].stratum].name : (Str){ 0 };
}

bool population_find(const Population *population, Str id, size_t *index)
{
    if (population->items.len == 0) return false;
    uint32_t slot = *slot_of(population, id);
    if (slot == 0) return false;
    *index = slot - 1;
    return true;
}
