/* SPDX-License-Identifier: Apache-2.0
 * Nonconformities that were there before: pasted as a list, shown, then registered. Each gets a number, keeps the day
 * it was found on and the number it had; what is missing shows on the case. */
#include "action/nonconformity.h"
#include "org/process.h"
#include "record/row.h"
#include "web/pages.h"
#include "web/paste.h"
#include "web/set_up.h"

enum { CASE_TITLE, CASE_FOUND, CASE_PROCESS, CASE_REFERENCE, CASE_CONDITION, CASE_COLUMNS };
static const PasteColumn columns[CASE_COLUMNS] = {
    [CASE_TITLE]     = { .words = "title|nonconformity|finding|what" },
    [CASE_FOUND]     = { .words = "found|found on|date|detected|opened" },
    [CASE_PROCESS]   = { .words = "process|area" },
    [CASE_REFERENCE] = { .words = "number|no.|no|id|reference|old number" },
    [CASE_CONDITION] = { .words = "condition|what was found|description|text" },
};
static const char *const labels[CASE_COLUMNS] = { N_("Title"), N_("Found on"), N_("Process"), N_("Old number"),
                                                  N_("What was found") };

typedef struct {
    SetUp set_up;
    Pasted cases;
    Str error;
} CasesForm;

static Str text(const CasesForm *form, const char *english)
{
    return visit_text(form->set_up.visit, english);
}

static Str with_line(const CasesForm *form, const PasteRow *row, Str problem)
{
    return str_fmt(form->set_up.visit->arena, "%.*s %lld, “%.*s”: %.*s", STR_ARG(text(form, N_("Line"))),
                   (long long)row->line, STR_ARG(row->cells[CASE_TITLE]), STR_ARG(problem));
}

/* ---- reading ---- */

static Str row_problem(const CasesForm *form, const PasteRow *row)
{
    Date found;

    if (row->cells[CASE_TITLE].len == 0) return text(form, N_("the title is missing."));
    if (!date_from_iso(row->cells[CASE_FOUND], &found)) return text(form, N_("write the day as 2026-03-18."));
    if (row->cells[CASE_PROCESS].len == 0) return text(form, N_("the process is missing."));
    return (Str){ 0 };
}

static bool pasted_take(CasesForm *form, Err *err)
{
    Visit *visit = form->set_up.visit;

    if (!paste_read(visit->arena, visit_field(visit, "cases"), columns, CASE_COLUMNS, &form->cases, err)) {
        if (err->code != ERR_FORMAT) return false;
        form->error = str_dup(visit->arena, str_from_c(err->detail[0] != '\0' ? err->detail : err->what));
        err_clear(err);
        return true;
    }
    if (form->cases.is_too_long)
        form->error = text(form, N_("This list is too long: paste at most 500 rows at a time."));
    for (size_t i = 0; i < form->cases.len && form->error.len == 0; i++) {
        Str problem = row_problem(form, &form->cases.at[i]);
        if (problem.len > 0) form->error = with_line(form, &form->cases.at[i], problem);
    }
    return true;
}

/* ---- the page ---- */

static void preview_fill(CasesForm *form)
{
    Arena *arena      = form->set_up.visit->arena;
    TableColumn *head = arena_array(arena, TableColumn, CASE_COLUMNS);
    Html words        = visit_html(form->set_up.visit);
    Preview *preview  = list_push(arena, &form->set_up.run.previews);

    for (size_t i = 0; i < CASE_COLUMNS; i++)
        head[i] =
            (TableColumn){ .label = text(form, labels[i]), .kind = i == CASE_TITLE ? COLUMN_TITLE : COLUMN_PLAIN };
    *preview = (Preview){
        .title = text(form, N_("Nonconformities")),
        .count = grouped(&words, (int64_t)form->cases.len),
        .table = { .label = text(form, N_("Nonconformities")), .columns = head, .columns_len = CASE_COLUMNS }
    };
    for (size_t i = 0; i < form->cases.len; i++) {
        Cell *cells = arena_array(arena, Cell, CASE_COLUMNS);
        for (size_t k = 0; k < CASE_COLUMNS; k++)
            cells[k] = (Cell){ .text = form->cases.at[i].cells[k] };
        *list_push(arena, &preview->table) = (TableRow){ .cells = cells };
    }
}

static bool cases_page(CasesForm *form, int status, Err *err)
{
    Visit *visit = form->set_up.visit;
    Form *out    = &form->set_up.run.form;
    bool is_seen = form->error.len == 0 && form->cases.len > 0;

    form->set_up.run.about =
        text(form, N_("The open ones of your old list. Each gets a number and keeps its first day; "
                      "grade, owner and cause are added on the case."));
    *list_push(visit->arena, &out->fields) =
        (FormField){ .kind     = FORM_LONG_TEXT,
                     .name     = STR("cases"),
                     .label    = text(form, N_("Nonconformities")),
                     .help     = text(form, N_("One line each: title, day it was found, process, old number, what was "
                                                   "found. The process by its name or number.")),
                     .value    = visit_field(visit, "cases"),
                     .error    = form->error,
                     .optional = true,
                     .rows     = 8 };
    if (is_seen)
        *list_push(visit->arena, &out->verbs) = (Button){
            .label = text(form, N_("Register them")), .kind = BUTTON_PRIMARY, .name = STR("do"), .value = STR("write")
        };
    *list_push(visit->arena, &out->verbs) = (Button){ .label = text(form, N_("Show what will be written")),
                                                      .kind  = is_seen ? BUTTON_PLAIN : BUTTON_PRIMARY,
                                                      .name  = STR("do"),
                                                      .value = STR("show") };
    set_up_later(&form->set_up);
    if (is_seen) preview_fill(form);
    return set_up_send(&form->set_up, status, err);
}

static bool cases_show(Visit *visit, Err *err)
{
    CasesForm *form = arena_new(visit->arena, CasesForm);
    bool is_open;

    if (!set_up_open(visit, SETUP_CASES, &form->set_up, &is_open, err)) return false;
    return !is_open || cases_page(form, 200, err);
}

/* ---- writing ---- */

static void put(json_t *input, const char *name, Str value)
{
    if (value.len > 0) json_object_set_new(input, name, json_from_str(value));
}

/* By its name, else as it was written: a number, or one that the verb says is not there. */
static bool process_number(SetUpWrite *write, Str named, Str *number, Err *err)
{
    ProcessList processes = { 0 };

    if (!record_list(write->call, &process_type, &processes, STR("state = 1 AND name = $1 ORDER BY id LIMIT 1"),
                     BINDS(BIND_TEXT(named)), err))
        return set_up_failed(write);
    *number = processes.len > 0 ? processes.at[0].head.number : named;
    return true;
}

/* A case that was pasted before has the same title and day. */
static bool case_is_known(SetUpWrite *write, const PasteRow *row, bool *known, Err *err)
{
    NonconformityList list = { 0 };
    Date found             = { 0 };

    if (!date_from_iso(row->cells[CASE_FOUND], &found)) found = (Date){ 0 };
    if (!record_list(write->call, &nonconformity_type, &list, STR("title = $1 AND detected_on = $2 LIMIT 1"),
                     BINDS(BIND_TEXT(row->cells[CASE_TITLE]), BIND_DATE(found)), err))
        return set_up_failed(write);
    *known = list.len > 0;
    return true;
}

static bool case_write(SetUpWrite *write, const PasteRow *row, Err *err)
{
    json_t *input = json_own(write->visit->arena, json_object());
    const Str *is = row->cells;
    Str process   = { 0 };
    bool known    = false;

    if (!case_is_known(write, row, &known, err) || !process_number(write, is[CASE_PROCESS], &process, err))
        return false;
    if (known) return true;
    put(input, "source", STR("monitoring"));
    put(input, "source_ref",
        is[CASE_REFERENCE].len > 0 ? is[CASE_REFERENCE] : visit_text(write->visit, N_("old list")));
    put(input, "title", is[CASE_TITLE]);
    put(input, "condition", is[CASE_CONDITION].len > 0 ? is[CASE_CONDITION] : is[CASE_TITLE]);
    put(input, "process", process);
    put(input, "detected_on", is[CASE_FOUND]);
    return set_up_make(write, &nonconformity_type, "register", input, err);
}

static bool cases_write(CasesForm *form, Err *err)
{
    const PasteRow *row = NULL;
    Str problem;
    SetUpWrite write;

    if (!set_up_write(form->set_up.visit, &write, err)) return false;
    for (size_t i = 0; i < form->cases.len && set_up_goes_on(&write); i++) {
        row = &form->cases.at[i];
        if (!case_write(&write, row, err)) return false;
    }
    if (!set_up_written(&write, &problem, err)) return false;
    if (problem.len > 0) form->error = row != NULL ? with_line(form, row, problem) : problem;
    return true;
}

static bool cases_do(Visit *visit, Err *err)
{
    CasesForm *form = arena_new(visit->arena, CasesForm);
    bool is_open;

    if (!set_up_open(visit, SETUP_CASES, &form->set_up, &is_open, err)) return false;
    if (!is_open) return true;
    if (!pasted_take(form, err)) return false;
    if (form->error.len > 0) return cases_page(form, 422, err);
    if (!str_eq_c(visit_field(visit, "do"), "write")) return cases_page(form, 200, err);
    if (!cases_write(form, err)) return false;
    if (form->error.len > 0) return cases_page(form, 422, err);
    set_up_go_on(&form->set_up);
    return true;
}

/* clang-format off */
static const Route rows[] = {
    { HTTP_GET,  "/setup/cases", cases_show, 0 },
    { HTTP_POST, "/setup/cases", cases_do,   0 },
};
/* clang-format on */
const Routes set_up_cases_routes = ROUTES_OF(rows);
