/* SPDX-License-Identifier: Apache-2.0
 * Reading built-in content. Each file is one row of a table below: its name, its columns, and the function that takes a
 * row. A file with other columns is refused, because a shifted column would give every clause a wrong title. */
#include "org/content.h"

#include <assert.h>

#include "base/csv.h"

typedef struct Reading Reading;

/* One file of a framework. */
typedef struct {
    const char *file;
    const char *columns; /* the header, names parted by commas */
    bool (*take)(Reading *reading, const Str *cells, Err *err);
} Sheet;

struct Reading {
    Arena *arena;
    const Sheet *sheet;
    size_t line, rows;
    Content *content;
};

static bool refuse(const Reading *reading, Str reason, Err *err)
{
    return err_set(
        err, ERR_FORMAT, 0, .what = STR("cannot read the built-in content"),
        .detail = str_fmt(reading->arena, "%s, line %zu: %.*s", reading->sheet->file, reading->line, STR_ARG(reason)),
        .hint   = STR("Correct that line, or take the file of the release again."));
}

static bool refuse_cell(const Reading *reading, const char *reason, Str cell, Err *err)
{
    return refuse(reading, str_fmt(reading->arena, "%s \"%.*s\".", reason, STR_ARG(str_slice(cell, 0, 80))), err);
}

/* clang-format off */
static const Str method_names[]      = { STR_INIT("review"), STR_INIT("interview"), STR_INIT("observe"), STR_INIT("test") };
static const Str clause_kind_names[] = { [CLAUSE_GROUP] = STR_INIT("group"), [CLAUSE_REQUIREMENT] = STR_INIT("requirement") };
static const Str relation_names[]    = {
    [RELATION_CARRIED_OVER] = STR_INIT("carried_over"),
    [RELATION_RENAMED]      = STR_INIT("renamed_or_updated"),
    [RELATION_MERGED]       = STR_INIT("merged"),
    [RELATION_SPLIT]        = STR_INIT("split"),
    [RELATION_NEW]          = STR_INIT("new"),
};
/* clang-format on */
static_assert(countof(clause_kind_names) == CLAUSE_KINDS, "a kind has no name");
static_assert(countof(relation_names) == RELATIONS, "a relation has no name");

/* Place of `word` in `names`, or count. */
static size_t word_index(const Str *names, size_t count, Str word)
{
    size_t i = 0;

    while (i < count && !str_eq(names[i], word))
        i++;
    return i;
}

Str content_method_name(unsigned method)
{
    size_t i = 0;

    while (i < countof(method_names) && method != 1u << i)
        i++;
    assert(i < countof(method_names));
    return method_names[i];
}

Str content_relation_name(ContentRelation relation)
{
    return relation_names[relation];
}

Str content_clause_kind_name(ClauseKind kind)
{
    return clause_kind_names[kind];
}

bool content_methods_from_text(Str text, unsigned *methods)
{
    unsigned found = 0;
    Str rest       = text, word;

    while (str_cut(&rest, ';', &word)) {
        size_t i = word_index(method_names, countof(method_names), str_trim(word));
        if (i == countof(method_names) || (found & 1u << i)) return false;
        found |= 1u << i;
    }
    *methods = found;
    return true;
}

/* Where "n) " begins a word in `text` at or after `from`; text.len when it does not. */
static size_t step_start(Str text, size_t from, size_t n, size_t *mark_len)
{
    char mark[32];
    int len = snprintf(mark, sizeof mark, "%zu) ", n);

    *mark_len = (size_t)len;
    for (size_t at = from; at < text.len; at++)
        if ((at == 0 || text.ptr[at - 1] == ' ') &&
            str_starts(str_slice(text, at, text.len), (Str){ mark, (size_t)len }))
            return at;
    return text.len;
}

bool content_split_steps(Arena *arena, Str text, StrList *steps)
{
    size_t mark_len, next_len;
    size_t start = step_start(text, 0, 1, &mark_len);

    *steps = (StrList){ 0 };
    if (start != 0 || str_is_empty(text)) return false;
    for (size_t n = 1; start < text.len; n++) {
        size_t next = step_start(text, start + mark_len, n + 1, &next_len);
        Str step    = str_trim(str_slice(text, start + mark_len, next - start - mark_len));
        if (n > CONTENT_STEPS_MAX || str_is_empty(step)) return false;
        *list_push(arena, steps) = step;
        start                    = next;
        mark_len                 = next_len;
    }
    return true;
}

const ContentClause *content_clause(const Content *content, Str ref)
{
    for (size_t i = 0; i < content->clauses.len; i++)
        if (str_eq(content->clauses.at[i].ref, ref)) return &content->clauses.at[i];
    return NULL;
}

const ContentControl *content_control(const Content *content, Str ref)
{
    for (size_t i = 0; i < content->controls.len; i++)
        if (str_eq(content->controls.at[i].ref, ref)) return &content->controls.at[i];
    return NULL;
}

static bool take_framework(Reading *reading, const Str *cells, Err *err)
{
    if (reading->rows > 1) return refuse(reading, STR("a framework has one row."), err);
    if (str_is_empty(cells[0]) || str_is_empty(cells[1])) return refuse(reading, STR("name or edition is empty."), err);
    reading->content->framework = (ContentFramework){
        .name = cells[0], .edition = cells[1], .amendment = cells[2], .owner = cells[3], .licence_note = cells[4]
    };
    return true;
}

/* A new reference with a title. */
static bool reference_check(const Reading *reading, Str ref, Str title, Err *err)
{
    if (str_is_empty(ref) || str_is_empty(title)) return refuse(reading, STR("reference or title is empty."), err);
    if (content_clause(reading->content, ref) || content_control(reading->content, ref))
        return refuse_cell(reading, "there is already a reference", ref, err);
    return true;
}

static bool take_clause(Reading *reading, const Str *cells, Err *err)
{
    Str ref = cells[0], parent = cells[2];
    int64_t level;
    size_t kind = word_index(clause_kind_names, CLAUSE_KINDS, cells[4]);

    if (!reference_check(reading, ref, cells[1], err)) return false;
    if (!str_to_i64(cells[3], 1, 9, &level))
        return refuse_cell(reading, "the level must be 1 to 9, not", cells[3], err);
    if (kind == CLAUSE_KINDS) return refuse_cell(reading, "the kind must be group or requirement, not", cells[4], err);
    const ContentClause *above = content_clause(reading->content, parent);
    if (level > 1 && (!above || above->level != level - 1))
        return refuse_cell(reading, "no clause of the level above, in a line before, is called", parent, err);
    if (level == 1 && !str_is_empty(parent))
        return refuse_cell(reading, "a clause of level 1 has no parent", parent, err);
    *list_push(reading->arena, &reading->content->clauses) = (ContentClause){ .ref    = ref,
                                                                              .title  = cells[1],
                                                                              .parent = parent,
                                                                              .level  = (int)level,
                                                                              .kind   = (ClauseKind)kind,
                                                                              .documented_information = cells[5],
                                                                              .note                   = cells[6] };
    return true;
}

static bool take_control(Reading *reading, const Str *cells, Err *err)
{
    if (!reference_check(reading, cells[0], cells[1], err)) return false;
    if (!str_starts(cells[0], STR("A.")))
        return refuse_cell(reading, "a reference of Annex A begins with \"A.\", unlike", cells[0], err);
    if (str_is_empty(cells[2])) return refuse(reading, STR("the theme is empty."), err);
    *list_push(reading->arena, &reading->content->controls) =
        (ContentControl){ .ref = cells[0], .title = cells[1], .theme = cells[2] };
    return true;
}

static bool take_mapping(Reading *reading, const Str *cells, Err *err)
{
    size_t relation = word_index(relation_names, RELATIONS, cells[4]);

    if (relation == RELATIONS) return refuse_cell(reading, "unknown relationship", cells[4], err);
    if (str_is_empty(cells[0]) != (relation == RELATION_NEW))
        return refuse(reading, STR("only what is new has no earlier reference."), err);
    if (!content_control(reading->content, cells[2]))
        return refuse_cell(reading, "no control is called", cells[2], err);
    *list_push(reading->arena, &reading->content->mappings) = (ContentMapping){ .ref_from   = cells[0],
                                                                                .title_from = cells[1],
                                                                                .ref_to     = cells[2],
                                                                                .title_to   = cells[3],
                                                                                .relation = (ContentRelation)relation };
    return true;
}

/* How many procedures this reference has so far. */
static size_t procedures_of(const Content *content, Str ref)
{
    size_t count = 0;

    for (size_t i = 0; i < content->procedures.len; i++)
        count += str_eq(content->procedures.at[i].ref, ref);
    return count;
}

static bool take_procedure(Reading *reading, const Str *cells, Err *err)
{
    Str ref                    = cells[0];
    ContentProcedure procedure = {
        .ref = ref, .objective = cells[1], .population = cells[4], .typical_evidence = cells[5]
    };
    const ContentClause *clause = content_clause(reading->content, ref);

    procedure.for_control = content_control(reading->content, ref) != NULL;
    if (!procedure.for_control && (!clause || clause->kind != CLAUSE_REQUIREMENT))
        return refuse_cell(reading, "no requirement and no control is called", ref, err);
    if (str_is_empty(cells[1])) return refuse(reading, STR("the objective is empty."), err);
    if (!content_split_steps(reading->arena, cells[2], &procedure.steps))
        return refuse_cell(reading, "the steps must be numbered 1) 2) 3), unlike", cells[2], err);
    if (!content_methods_from_text(cells[3], &procedure.methods))
        return refuse_cell(reading, "methods are review, interview, observe and test, each once, not", cells[3], err);
    procedure.number = procedures_of(reading->content, ref) + 1;
    procedure.id     = str_fmt(reading->arena, "TP-%.*s-%zu", STR_ARG(ref), procedure.number);
    *list_push(reading->arena, &reading->content->procedures) = procedure;
    return true;
}

/* clang-format off */
static const Sheet framework_sheet  = { "framework.csv",       "name,edition,amendment,owner,licence_note",                            take_framework };
static const Sheet clauses_sheet    = { "clauses.csv",         "ref,title,parent,level,kind,documented_information,note",              take_clause };
static const Sheet controls_sheet   = { "controls.csv",        "ref,title,theme",                                                      take_control };
static const Sheet mapping_sheet    = { "map-2013.csv",        "ref_2013,title_2013,ref_2022,title_2022,relationship",                 take_mapping };
static const Sheet procedures_sheet = { "test-procedures.csv", "ref,objective,procedure,method,population,typical_evidence",           take_procedure };
/* clang-format on */

static bool check_header(const Reading *reading, const StrList *header, Err *err)
{
    if (str_eq_c(str_join(reading->arena, header, STR(",")), reading->sheet->columns)) return true;
    return refuse(reading, str_fmt(reading->arena, "the columns must be %s.", reading->sheet->columns), err);
}

static bool read_sheet(Arena *arena, const Sheet *sheet, Str text, Content *content, Err *err)
{
    Reading reading = { .arena = arena, .sheet = sheet, .line = 1, .content = content };
    CsvReader csv;
    StrList row, header;
    bool more;

    if (!csv_open(text, &csv, err) || !csv_next(&csv, arena, &header, &more, err))
        return err_context(err, "%s", sheet->file);
    if (!check_header(&reading, &header, err)) return false;
    for (;;) {
        if (!csv_next(&csv, arena, &row, &more, err)) return err_context(err, "%s", sheet->file);
        if (!more) return true;
        reading.line = csv.line;
        if (++reading.rows > CONTENT_ROWS_MAX) return refuse(&reading, STR("there are more than 10000 rows."), err);
        if (row.len != header.len)
            return refuse(&reading, str_fmt(arena, "the row has %zu cells, the header %zu.", row.len, header.len), err);
        if (!sheet->take(&reading, row.at, err)) return false;
    }
}

bool content_read(Arena *arena, const ContentFiles *files, Content *out, Err *err)
{
    *out = (Content){ 0 };
    return read_sheet(arena, &framework_sheet, files->framework, out, err) &&
           read_sheet(arena, &clauses_sheet, files->clauses, out, err) &&
           read_sheet(arena, &controls_sheet, files->controls, out, err) &&
           read_sheet(arena, &mapping_sheet, files->mapping, out, err) &&
           read_sheet(arena, &procedures_sheet, files->procedures, out, err);
}
