/* SPDX-License-Identifier: Apache-2.0
 * People and processes from a pasted list. Which column is which is guessed and shown; nothing is written before the
 * reader has seen it. Who is there already, by mail or name, stays as he is, so the list can be pasted again. */
#include "org/person.h"
#include "org/process.h"
#include "record/row.h"
#include "web/pages.h"
#include "web/paste.h"
#include "web/set_up.h"

enum { PERSON_NAME, PERSON_MAIL, PERSON_JOB, PERSON_COLUMNS };
static const PasteColumn person_columns[PERSON_COLUMNS] = {
    [PERSON_NAME] = { .words = "name|person|full name|who" },
    [PERSON_MAIL] = { .words = "mail|e-mail|email|work mail", .is_mail = true },
    [PERSON_JOB]  = { .words = "job|job title|title|function|position|what the person does" },
};
static const char *const person_labels[PERSON_COLUMNS] = { N_("Name"), N_("Mail"), N_("What the person does") };

enum { PROCESS_NAME, PROCESS_OWNER, PROCESS_CRITICALITY, PROCESS_COLUMNS };
static const PasteColumn process_columns[PROCESS_COLUMNS] = {
    [PROCESS_NAME]        = { .words = "process|name|title" },
    [PROCESS_OWNER]       = { .words = "owner|process owner|responsible|who" },
    [PROCESS_CRITICALITY] = { .words = "criticality|importance" },
};
static const char *const process_labels[PROCESS_COLUMNS] = { N_("Process"), N_("Owner"), N_("Criticality") };

typedef struct {
    SetUp set_up;
    Pasted people, processes;
    Str people_error, processes_error;
} PeopleForm;

static Str text(const PeopleForm *form, const char *english)
{
    return visit_text(form->set_up.visit, english);
}

/* ---- reading ---- */

static bool list_read_pasted(PeopleForm *form, const char *field, const PasteColumn *columns, size_t len, Pasted *out,
                             Str *error, Err *err)
{
    Visit *visit = form->set_up.visit;

    if (!paste_read(visit->arena, visit_field(visit, field), columns, len, out, err)) {
        if (err->code != ERR_FORMAT) return false;
        *error = str_dup(visit->arena, str_from_c(err->detail[0] != '\0' ? err->detail : err->what));
        err_clear(err);
        return true;
    }
    if (out->is_too_long) *error = text(form, N_("This list is too long: paste at most 500 rows at a time."));
    for (size_t i = 0; i < out->len && error->len == 0; i++) {
        if (out->at[i].cells[0].len == 0)
            *error = str_fmt(visit->arena, "%.*s %lld: %.*s", STR_ARG(text(form, N_("Line"))),
                             (long long)out->at[i].line, STR_ARG(text(form, N_("the name is missing."))));
    }
    return true;
}

static bool pasted_take(PeopleForm *form, Err *err)
{
    return list_read_pasted(form, "people", person_columns, PERSON_COLUMNS, &form->people, &form->people_error, err) &&
           list_read_pasted(form, "processes", process_columns, PROCESS_COLUMNS, &form->processes,
                            &form->processes_error, err);
}

static bool pasted_is_good(const PeopleForm *form)
{
    return form->people_error.len == 0 && form->processes_error.len == 0;
}

/* ---- the page ---- */

static void preview_fill(PeopleForm *form, const Pasted *pasted, const char *title, const char *const *labels,
                         size_t len)
{
    Arena *arena         = form->set_up.visit->arena;
    TableColumn *columns = arena_array(arena, TableColumn, len);
    Html words           = visit_html(form->set_up.visit);

    if (pasted->len == 0) return;
    for (size_t i = 0; i < len; i++)
        columns[i] = (TableColumn){ .label = text(form, labels[i]), .kind = i == 0 ? COLUMN_TITLE : COLUMN_PLAIN };
    Preview *preview = list_push(arena, &form->set_up.run.previews);
    *preview         = (Preview){ .title = text(form, title),
                                  .count = grouped(&words, (int64_t)pasted->len),
                                  .table = { .label = text(form, title), .columns = columns, .columns_len = len } };
    if (pasted->left_out.len > 0)
        preview->note = str_fmt(arena, "%.*s %.*s", STR_ARG(text(form, N_("Columns that are left out:"))),
                                STR_ARG(str_join(arena, &pasted->left_out, STR(", "))));
    for (size_t i = 0; i < pasted->len; i++) {
        Cell *cells = arena_array(arena, Cell, len);
        for (size_t k = 0; k < len; k++)
            cells[k] = (Cell){ .text = pasted->at[i].cells[k] };
        *list_push(arena, &preview->table) = (TableRow){ .cells = cells };
    }
}

static FormField list_field(const PeopleForm *form, const char *name, const char *label, const char *help, Str error)
{
    return (FormField){ .kind     = FORM_LONG_TEXT,
                        .name     = str_from_c(name),
                        .label    = text(form, label),
                        .help     = text(form, help),
                        .value    = visit_field(form->set_up.visit, name),
                        .error    = error,
                        .optional = true,
                        .rows     = 6 };
}

static bool people_page(PeopleForm *form, int status, Err *err)
{
    Arena *arena  = form->set_up.visit->arena;
    FirstRun *run = &form->set_up.run;
    bool is_seen  = pasted_is_good(form) && form->people.len + form->processes.len > 0;

    *list_push(arena, &run->form.fields) =
        list_field(form, "people", N_("People"),
                   N_("One line each: name, mail, what the person does. Copied from a sheet, or with commas; a first "
                      "line with heads is understood."),
                   form->people_error);
    *list_push(arena, &run->form.fields) =
        list_field(form, "processes", N_("Processes"),
                   N_("One line each: process, name of its owner, and if you like low, medium, high or critical. An "
                      "owner who is not among the people is added to them."),
                   form->processes_error);
    if (is_seen) {
        *list_push(arena, &run->form.verbs) = (Button){ .label = text(form, N_("Write them and go on")),
                                                        .kind  = BUTTON_PRIMARY,
                                                        .name  = STR("do"),
                                                        .value = STR("write") };
    }
    *list_push(arena, &run->form.verbs) = (Button){ .label = text(form, N_("Show what will be written")),
                                                    .kind  = is_seen ? BUTTON_PLAIN : BUTTON_PRIMARY,
                                                    .name  = STR("do"),
                                                    .value = STR("show") };
    set_up_later(&form->set_up);
    if (is_seen) {
        preview_fill(form, &form->people, N_("People"), person_labels, PERSON_COLUMNS);
        preview_fill(form, &form->processes, N_("Processes"), process_labels, PROCESS_COLUMNS);
    }
    return set_up_send(&form->set_up, status, err);
}

static bool people_show(Visit *visit, Err *err)
{
    PeopleForm *form = arena_new(visit->arena, PeopleForm);
    bool is_open;

    if (!set_up_open(visit, SETUP_PEOPLE, &form->set_up, &is_open, err)) return false;
    return !is_open || people_page(form, 200, err);
}

/* ---- writing ---- */

static json_t *object(const SetUpWrite *write)
{
    return json_own(write->visit->arena, json_object());
}

static void put(json_t *input, const char *name, Str value)
{
    if (value.len > 0) json_object_set_new(input, name, json_from_str(value));
}

static bool person_is_known(SetUpWrite *write, Str name, Str mail, Str *number, Err *err)
{
    PersonList people = { 0 };

    if (!set_up_person(write->call, name, number, err)) return set_up_failed(write);
    if (number->len > 0 || mail.len == 0) return true;
    if (!record_list(write->call, &person_type, &people, STR("state = 1 AND mail = $1 ORDER BY id LIMIT 1"),
                     BINDS(BIND_TEXT(mail)), err))
        return set_up_failed(write);
    if (people.len > 0) *number = people.at[0].head.number;
    return true;
}

static bool person_write(SetUpWrite *write, const PasteRow *row, Str *number, Err *err)
{
    json_t *input = object(write);

    if (!set_up_goes_on(write)) return true;
    if (!person_is_known(write, row->cells[PERSON_NAME], row->cells[PERSON_MAIL], number, err)) return false;
    if (number->len > 0) return true;
    put(input, "name", row->cells[PERSON_NAME]);
    put(input, "mail", row->cells[PERSON_MAIL]);
    put(input, "job", row->cells[PERSON_JOB]);
    if (!set_up_make(write, &person_type, "create", input, err)) return false;
    *number = write->outcome.number;
    return true;
}

static bool process_is_known(SetUpWrite *write, Str name, bool *known, Err *err)
{
    ProcessList processes = { 0 };

    if (!record_list(write->call, &process_type, &processes, STR("state = 1 AND name = $1 LIMIT 1"),
                     BINDS(BIND_TEXT(name)), err))
        return set_up_failed(write);
    *known = processes.len > 0;
    return true;
}

static bool process_write(SetUpWrite *write, const PasteRow *row, Err *err)
{
    json_t *input   = object(write);
    PasteRow person = { .cells = { [PERSON_NAME] = row->cells[PROCESS_OWNER] } };
    Str weight = str_lower(write->visit->arena, row->cells[PROCESS_CRITICALITY]), owner = { 0 };
    bool known = false;

    if (!set_up_goes_on(write)) return true;
    if (!process_is_known(write, row->cells[PROCESS_NAME], &known, err)) return false;
    if (known) return true;
    if (row->cells[PROCESS_OWNER].len > 0 && !person_write(write, &person, &owner, err)) return false;
    put(input, "name", row->cells[PROCESS_NAME]);
    put(input, "owner", owner);
    put(input, "criticality", weight.len > 0 ? weight : STR("medium"));
    json_object_set_new(input, "in_scope", json_true());
    return set_up_make(write, &process_type, "create", input, err);
}

/* The words against a row begin with its line. */
static Str with_line(const PeopleForm *form, const PasteRow *row, Str problem)
{
    return str_fmt(form->set_up.visit->arena, "%.*s %lld, “%.*s”: %.*s", STR_ARG(text(form, N_("Line"))),
                   (long long)row->line, STR_ARG(row->cells[0]), STR_ARG(problem));
}

static bool pasted_write(PeopleForm *form, Err *err)
{
    const PasteRow *person = NULL, *process = NULL;
    Str problem, number;
    SetUpWrite write;

    if (!set_up_write(form->set_up.visit, &write, err)) return false;
    for (size_t i = 0; i < form->people.len && set_up_goes_on(&write); i++) {
        person = &form->people.at[i];
        if (!person_write(&write, person, &number, err)) return false;
    }
    for (size_t i = 0; i < form->processes.len && set_up_goes_on(&write); i++) {
        process = &form->processes.at[i];
        if (!process_write(&write, process, err)) return false;
    }
    if (!set_up_written(&write, &problem, err)) return false;
    if (problem.len > 0 && process != NULL)
        form->processes_error = with_line(form, process, problem);
    else if (problem.len > 0)
        form->people_error = person != NULL ? with_line(form, person, problem) : problem;
    return true;
}

static bool people_do(Visit *visit, Err *err)
{
    PeopleForm *form = arena_new(visit->arena, PeopleForm);
    bool is_open;

    if (!set_up_open(visit, SETUP_PEOPLE, &form->set_up, &is_open, err)) return false;
    if (!is_open) return true;
    if (!pasted_take(form, err)) return false;
    if (!pasted_is_good(form)) return people_page(form, 422, err);
    if (!str_eq_c(visit_field(visit, "do"), "write")) return people_page(form, 200, err);
    if (!pasted_write(form, err)) return false;
    if (!pasted_is_good(form)) return people_page(form, 422, err);
    set_up_go_on(&form->set_up);
    return true;
}

/* clang-format off */
static const Route rows[] = {
    { HTTP_GET,  "/setup/people", people_show, 0 },
    { HTTP_POST, "/setup/people", people_do,   0 },
};
/* clang-format on */
const Routes set_up_people_routes = ROUTES_OF(rows);
