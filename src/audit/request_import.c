/* SPDX-License-Identifier: Apache-2.0
 * Importing requests: all rows are judged before the first is made, so that one reading of the answer mends the list.
 */
#include "audit/request_import.h"

#include "audit/audit.h"
#include "audit/request.h"
#include "base/csv.h"
#include "org/person.h"
#include "org/requirement.h"
#include "record/input.h"
#include "record/row.h"

#define IMPORT_INPUT(F, T)                                                                                             \
    F(T, LONG, list, .label = "List", .needed = true, .max_bytes = IMPORT_BYTES_MAX,                                   \
      .help =                                                                                                          \
          "A table with commas (CSV): the first line is text,asked_of,due,refs; a person by number, name or mail; a "  \
          "day as 2026-10-15; references with blanks between.")
INPUT(ImportInput, IMPORT_INPUT, "audit.import-requests")
const Shape audit_import_requests_input = SHAPE_OF(ImportInput, "audit.import-requests");

enum { COLUMN_ASKED_TEXT, COLUMN_ASKED_OF, COLUMN_UNTIL, COLUMN_REFS, LIST_COLUMNS };
static const char *const column_names[LIST_COLUMNS] = { "text", "asked_of", "due", "refs" };

typedef struct {
    Call *call;
    size_t places[LIST_COLUMNS]; /* column of the table, from 1; 0: it has none */
    size_t line, problems;
    EvidenceRequestList rows;
} Import;

/* ---- saying what is wrong ---- */

static void wrong(Import *import, const char *column, Str what)
{
    Arena *arena = import->call->arena;

    if (++import->problems > IMPORT_PROBLEMS_MAX) return;
    invalid(import->call, STR("list"),
            column == NULL ? str_fmt(arena, "Line %zu: %.*s", import->line, STR_ARG(what))
                           : str_fmt(arena, "Line %zu, %s: %.*s", import->line, column, STR_ARG(what)));
}

static void wrong_text(Import *import, const char *column, const char *what)
{
    wrong(import, column, call_text(import->call, what));
}

static Str quoted(Import *import, const char *before, Str value, const char *after)
{
    Str shown = str_visible(import->call->arena, str_slice(value, 0, 80));
    return str_fmt(import->call->arena, "%s\"%.*s\"%s", before, STR_ARG(shown), after);
}

/* ---- columns ---- */

static Str cell_of(const Import *import, const StrList *row, int column)
{
    size_t place = import->places[column];
    return place > 0 && place <= row->len ? str_trim(csv_cell_value(row->at[place - 1])) : (Str){ 0 };
}

static void head_read(Import *import, const StrList *row)
{
    Arena *arena = import->call->arena;

    for (size_t i = 0; i < row->len; i++) {
        Str name  = str_lower(arena, str_trim(row->at[i]));
        int known = -1;
        for (int k = 0; k < LIST_COLUMNS; k++) {
            if (str_eq_c(name, column_names[k])) known = k;
        }
        if (known < 0)
            wrong(import, NULL, quoted(import, "there is no column ", name, "; use text, asked_of, due and refs."));
        else if (import->places[known] > 0)
            wrong(import, NULL, quoted(import, "the column ", name, " is there twice."));
        else
            import->places[known] = i + 1;
    }
    for (int k = 0; k < COLUMN_REFS; k++) {
        if (import->places[k] == 0)
            wrong(import, NULL, quoted(import, "the column ", str_from_c(column_names[k]), " is missing."));
    }
}

/* ---- cells ---- */

static void text_read(Import *import, Str cell, EvidenceRequest *request)
{
    request->text = cell;
    if (cell.len == 0) wrong_text(import, "text", "say what is asked for.");
    if (cell.len > 1000) wrong_text(import, "text", "at most 1,000 bytes fit.");
    for (size_t i = 0; i < cell.len; i++) {
        if ((unsigned char)cell.ptr[i] >= ' ' && cell.ptr[i] != 0x7f) continue;
        wrong_text(import, "text", "it holds a line end or a control character.");
        return;
    }
}

static bool person_read(Import *import, Str cell, EvidenceRequest *request, Err *err)
{
    PersonList people = { 0 };
    Person person;
    bool found = false;

    if (cell.len == 0) {
        wrong_text(import, "asked_of", "say of whom it is asked.");
        return true;
    }
    if (cell.len <= 200 && !record_find(import->call, &person_type, cell, &person, &found, err)) return false;
    if (found) {
        request->asked_of = person.head.id;
        return true;
    }
    if (!record_list(import->call, &person_type, &people,
                     STR("(name = $1 OR mail = $1) AND state = 1 ORDER BY id LIMIT 2"), BINDS(BIND_TEXT(cell)), err))
        return false;
    if (people.len == 0) wrong(import, "asked_of", quoted(import, "there is nobody called ", cell, "."));
    if (people.len > 1)
        wrong(import, "asked_of", quoted(import, "several people are called ", cell, ": give the number."));
    if (people.len == 1) request->asked_of = people.at[0].head.id;
    return true;
}

static void due_read(Import *import, Str cell, EvidenceRequest *request)
{
    if (!date_from_iso(cell, &request->due))
        wrong(import, "due", quoted(import, "", cell, " is no day; write it as 2026-10-15."));
    else if (date_before(request->due, import->call->today))
        wrong_text(import, "due", "choose a day that is still ahead.");
}

static bool refs_read(Import *import, Str cell, EvidenceRequest *request, Err *err)
{
    Arena *arena = import->call->arena;
    Str rest     = cell, ref;
    char *plain  = arena_array(arena, char, cell.len + 1);

    for (size_t i = 0; i < cell.len; i++)
        plain[i] = cell.ptr[i] == ';' || cell.ptr[i] == ',' ? ' ' : cell.ptr[i];
    rest.ptr = plain;
    while (rest.len > 0 && str_cut(&rest, ' ', &ref)) {
        Requirement requirement;
        bool found = false;
        if (ref.len == 0) continue;
        if (ref.len <= 60 && !record_find(import->call, &requirement_type, ref, &requirement, &found, err))
            return false;
        if (found)
            id_list_add(arena, &request->refs, requirement.head.id);
        else
            wrong(import, "refs", quoted(import, "there is no clause or control ", ref, "."));
    }
    return true;
}

static bool line_read(Import *import, const StrList *row, Err *err)
{
    EvidenceRequest request = { 0 };
    size_t widest           = 0;

    for (int k = 0; k < LIST_COLUMNS; k++)
        if (import->places[k] > widest) widest = import->places[k];
    if (row->len > widest) {
        wrong_text(import, NULL, "it has more cells than the first line; put quotes around a text with commas.");
        return true;
    }
    text_read(import, cell_of(import, row, COLUMN_ASKED_TEXT), &request);
    due_read(import, cell_of(import, row, COLUMN_UNTIL), &request);
    if (!person_read(import, cell_of(import, row, COLUMN_ASKED_OF), &request, err)) return false;
    if (!refs_read(import, cell_of(import, row, COLUMN_REFS), &request, err)) return false;
    *list_push(import->call->arena, &import->rows) = request;
    return true;
}

/* ---- the list ---- */

/* What the table itself does not allow is a problem of the list, not of the world. */
static bool table_failed(Import *import, const Err *err)
{
    invalid(import->call, STR("list"), str_fmt(import->call->arena, "%s %s", err->what, err->detail));
    import->problems++;
    return true;
}

static bool list_read_rows(Import *import, Str list, Err *err)
{
    CsvReader reader;
    bool more = true, has_head = false;
    Err table = { 0 };

    if (!csv_open(list, &reader, &table)) return table_failed(import, &table);
    while (import->rows.len <= IMPORT_ROWS_MAX) {
        StrList row = { 0 };
        if (!csv_next(&reader, import->call->arena, &row, &more, &table)) return table_failed(import, &table);
        if (!more) break;
        import->line = reader.line;
        if (has_head && !line_read(import, &row, err)) return false;
        if (!has_head) head_read(import, &row);
        has_head = true;
        if (import->problems > 0 && import->rows.len == 0 && import->places[COLUMN_ASKED_TEXT] == 0) return true;
    }
    if (import->rows.len > IMPORT_ROWS_MAX) wrong_text(import, NULL, "at most 500 requests fit into one list.");
    if (import->rows.len == 0 && import->problems == 0) wrong_text(import, NULL, "there is no request in the list.");
    return true;
}

static void problems_count(Import *import)
{
    if (import->problems > IMPORT_PROBLEMS_MAX)
        invalid(
            import->call, STR("list"),
            str_fmt(import->call->arena, "%zu more lines or cells need you.", import->problems - IMPORT_PROBLEMS_MAX));
}

bool audit_import_requests(Call *call, void *record, Changes *changes, Err *err)
{
    const Audit *audit    = record;
    const ImportInput *in = call->input;
    Import import         = { .call = call };

    if (!list_read_rows(&import, in->list, err)) return false;
    problems_count(&import);
    for (size_t i = 0; import.problems == 0 && i < import.rows.len; i++) {
        EvidenceRequest *made = change_make(changes, &evidence_request_type, "create", STR("Imported from a list"));
        made->audit           = audit->head.id;
        made->text            = import.rows.at[i].text;
        made->asked_of        = import.rows.at[i].asked_of;
        made->due             = import.rows.at[i].due;
        made->refs            = import.rows.at[i].refs;
        made->asked_by        = call->who;
        made->asked_on        = call->today;
    }
    return true;
}
