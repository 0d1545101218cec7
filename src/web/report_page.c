/* SPDX-License-Identifier: Apache-2.0
 * The report of an audit as a page: at the audit's address the one that is written or in force, at its own number each.
 * How many of its parts are there and what is missing stand above the sheets, and nothing of that is printed. */
#include "audit/report.h"

#include "exchange/audit_report.h"
#include "org/person.h"
#include "pages/pages.h"
#include "record/row.h"
#include "record/verb.h"
#include "store/files.h"
#include "web/pages.h"
#include "web/record_page.h"
#include "web/report_view.h"

enum { PARTS = 11 };

/* The report in hand; visit->plan and visit->number are its own from report_open on. */
typedef struct {
    Visit *visit;
    Report report;
    Audit audit;
    Names *names;
    StrList missing; /* labels of empty parts */
} Reading;

void report_forms_fill(Visit *visit, Str number, Buttons *forms)
{
    Str path = address_record(visit->arena, &report_type, number);
    const Rendering *form;

    for (size_t at = 0; (form = registry_rendering(visit->app->registry, &report_type, &at)) != NULL;) {
        *list_push(visit->arena, forms) =
            (Button){ .label = str_from_c(form->label),
                      .icon  = ICON_FILE,
                      .size  = BUTTON_SMALL,
                      .href  = str_fmt(visit->arena, "%.*s/%s.%s", STR_ARG(path), form->name, form->ending) };
    }
}

/* ---- what is read ---- */

static bool reading_open(Reading *reading, Err *err)
{
    Visit *visit = reading->visit;

    visit->plan   = registry_plan(visit->app->registry, &report_type);
    visit->number = reading->report.head.number;
    if (!record_must(visit->call, &audit_type, reading->report.audit, &reading->audit, err)) return false;
    if (!report_missing_parts(visit->call, &reading->report, &reading->missing, err)) return false;
    reading->names = names_open(visit->call);
    names_want_record(reading->names, visit->plan, &reading->report);
    names_know(reading->names, &report_type, &reading->report);
    return names_load(reading->names, err);
}

/* ---- above the sheets ---- */

/* Of the eleven; what was not covered is asked for beside them, and only where something was not. */
static Cell parts_cell(const Reading *reading)
{
    size_t there = PARTS;

    for (size_t i = 0; i < reading->missing.len; i++) {
        const Field *field = type_field(&report_type, STR("not_covered"));
        if (field != NULL && !str_eq_c(reading->missing.at[i], field->label)) there--;
    }
    return (Cell){ .kind = reading->missing.len == 0 ? CELL_OKAY : CELL_SOON,
                   .text = str_fmt(reading->visit->arena, "%zu of %d", there, PARTS) };
}

static void fact(Reading *reading, Facts *facts, const char *label, Cell cell)
{
    *list_push(reading->visit->arena, facts) = (Fact){ visit_text(reading->visit, label), cell };
}

static Cell file_cell(Reading *reading)
{
    const Report *report = &reading->report;
    Arena *arena         = reading->visit->arena;
    Html words           = visit_html(reading->visit);

    if (report->file.len == 0) return (Cell){ .kind = CELL_NONE, .text = visit_text(reading->visit, N_("being set")) };
    return (Cell){ .text = str_fmt(arena, "%lld pages, %.*s", (long long)report->page_count.value,
                                   STR_ARG(byte_size(&words, report->file_size.value))),
                   .note = str_fmt(arena, "sha-256 %.*s", STR_ARG(str_slice(report->file, 0, 16))) };
}

static void block_fill(Reading *reading, Facts *block)
{
    const Report *report = &reading->report;
    Visit *visit         = reading->visit;
    bool is_issued       = report->head.state >= REPORT_ISSUED;
    Id approver          = id_is_none(report->approver) ? reading->audit.report_approver : report->approver;

    fact(reading, block, N_("State"), cell_state(visit, &report_type, report->head.state));
    fact(reading, block, N_("Parts complete"), parts_cell(reading));
    fact(reading, block, N_("Version"), (Cell){ .text = report->version });
    fact(reading, block, N_("Author"), (Cell){ .text = names_person(reading->names, report->author) });
    if (is_issued && id_eq(approver, report->approver))
        fact(reading, block, N_("Approved by"), (Cell){ .text = names_person(reading->names, approver) });
    if (!is_issued) return;
    fact(reading, block, N_("Issued"), (Cell){ .kind = CELL_DATE, .date = report->issued_on });
    fact(reading, block, N_("File"), file_cell(reading));
}

/* The place of a part in the form, by its label. */
static Str part_address(const Reading *reading, Str label)
{
    Visit *visit = reading->visit;
    Str form     = address_verb(visit->arena, &report_type, visit->number, "edit");

    for (size_t i = 0; i < report_type.fields_len; i++) {
        if (str_eq_c(label, report_type.fields[i].label))
            return str_fmt(visit->arena, "%.*s#field-%s", STR_ARG(form), report_type.fields[i].name);
    }
    return form;
}

static void missing_fill(Reading *reading, Gate *gate)
{
    Visit *visit = reading->visit;
    Html words   = visit_html(visit);

    if (reading->missing.len == 0 || reading->report.head.state >= REPORT_ISSUED) return;
    gate->id = STR("missing");
    gate->title =
        str_fmt(visit->arena, "%.*s %.*s", STR_ARG(visit_text(visit, N_("Before the report can be issued:"))),
                STR_ARG(counted(&words, (int64_t)reading->missing.len, N_("part is empty"), N_("parts are empty"))));
    for (size_t i = 0; i < reading->missing.len; i++) {
        Str label = reading->missing.at[i];
        *list_push(visit->arena, gate) =
            (GateLine){ .text = label,
                        .rule = STR("issue-report-1"),
                        .who  = names_person(reading->names, reading->report.author),
                        .verb = { visit_text(visit, N_("Write it")), part_address(reading, label) } };
    }
}

static bool acts_fill(Reading *reading, ReportView *view, Err *err)
{
    Visit *visit = reading->visit;
    Sheet sheet  = { .head = view->head };

    if (!record_acts(visit, &reading->report, &sheet, err)) return false;
    view->head    = sheet.head;
    view->gate    = sheet.gate;
    view->waiting = sheet.waiting;
    Str path      = address_record(visit->arena, &report_type, visit->number);
    report_forms_fill(visit, reading->report.head.number, &view->forms);
    *list_push(visit->arena, &view->head.acts) =
        (Button){ .label = visit_text(visit, N_("Fields and history")),
                  .kind  = BUTTON_QUIET,
                  .href  = str_fmt(visit->arena, "%.*s?view=fields", STR_ARG(path)) };
    return true;
}

static bool others_fill(Reading *reading, Links *others, Err *err)
{
    Visit *visit    = reading->visit;
    ReportList list = { 0 };

    if (!record_list(visit->call, &report_type, &list, STR("audit = $1 AND id <> $2 ORDER BY id"),
                     BINDS(BIND_ID(reading->report.audit), BIND_ID(reading->report.head.id)), err))
        return false;
    for (size_t i = 0; i < list.len; i++) {
        bool may;
        if (!view_may_see(visit->call, &report_type, list.at[i].head.id, &may, err)) return false;
        if (may)
            *list_push(visit->arena, others) =
                (Link){ list.at[i].head.number, address_record(visit->arena, &report_type, list.at[i].head.number) };
    }
    return true;
}

static bool reading_answer(Reading *reading, Err *err)
{
    Visit *visit    = reading->visit;
    ReportView view = { 0 };

    if (!reading_open(reading, err)) return false;
    view.head = (PageHead){ .crumbs = record_crumbs(visit, &reading->report, reading->names, CRUMBS_ABOVE),
                            .number = reading->report.head.number,
                            .title  = visit_text(visit, N_("Audit report")),
                            .sub    = reading->audit.title };
    export_ways(visit, &report_type, &view.head);
    block_fill(reading, &view.block);
    missing_fill(reading, &view.missing);
    if (!acts_fill(reading, &view, err) || !others_fill(reading, &view.others, err) ||
        !proof_line(visit, &report_type, &reading->report, reading->names, &view.proof, err))
        return false;
    Html page = visit_html(visit);
    Shell shell =
        visit_shell(visit, str_fmt(visit->arena, "%.*s %.*s", STR_ARG(view.head.title), STR_ARG(view.head.number)),
                    address_list(visit->arena, &audit_type));
    part_report_top(&page, &shell, &view);
    if (!audit_report_html(visit->call, &reading->report, &page.buf, err)) return false;
    part_report_end(&page, &shell, &view);
    return visit_send(visit, 200, &page, err);
}

/* ---- the pages ---- */

static bool report_show(Visit *visit, Err *err)
{
    Reading reading = { .visit = visit };
    bool found;

    if (visit_param(visit, "as-of").len > 0 || str_eq_c(visit_param(visit, "view"), "fields"))
        return record_page_show(visit, err);
    if (!visit_read(visit, err) || !view_find(visit->call, &report_type, visit->number, &reading.report, &found, err))
        return false;
    return found ? reading_answer(&reading, err) : visit_not_found(visit, err);
}

/* The form of a new report, with what is known filled in. */
static bool begin_button(Visit *visit, const Audit *audit, Button *button, Err *err)
{
    Names *names = names_open(visit->call);

    names_want(names, &person_type, visit->session.person);
    if (!names_load(names, err)) return false;
    *button = (Button){
        .label = visit_text(visit, N_("Begin report")),
        .kind  = BUTTON_PRIMARY,
        .href  = str_fmt(visit->arena, "/reports/new?audit=%.*s&author=%.*s",
                         STR_ARG(address_value(visit->arena, audit->head.number)),
                         STR_ARG(address_value(visit->arena, names_number(names, &person_type, visit->session.person))))
    };
    return true;
}

static bool none_answer(Visit *visit, const Audit *audit, Err *err)
{
    Arena *arena     = visit->arena;
    Report begun     = { .audit = audit->head.id, .author = visit->session.person };
    PageHead head    = { .number = audit->head.number,
                         .title  = visit_text(visit, N_("Audit report")),
                         .sub    = audit->title };
    EmptyState empty = { .title = visit_text(visit, N_("There is no report yet")),
                         .text  = visit_text(visit, N_("It is begun when fieldwork is finished, and filled in from the "
                                                        "records of the audit.")) };
    bool may;

    *list_push(arena, &head.crumbs) =
        (Link){ audit->head.number, address_record(arena, &audit_type, audit->head.number) };
    if (!verb_may_make(visit->call, &report_type, &begun, &may, err)) return false;
    if (may && audit->head.state == AUDIT_REPORTING && !begin_button(visit, audit, list_push(arena, &empty.acts), err))
        return false;
    Html page   = visit_html(visit);
    Shell shell = visit_shell(visit, head.title, address_list(arena, &audit_type));
    page_report_none(&page, &shell, &head, &empty);
    return visit_send(visit, 200, &page, err);
}

static bool audit_report_show(Visit *visit, Err *err)
{
    Reading reading = { .visit = visit };
    Audit audit;
    bool found, may = false;

    if (!visit_read(visit, err) || !view_find(visit->call, &audit_type, visit->number, &audit, &found, err))
        return false;
    if (!found) return visit_not_found(visit, err);
    if (!report_of(visit->call, audit.head.id, &reading.report, &found, err)) return false;
    if (found && !view_may_see(visit->call, &report_type, reading.report.head.id, &may, err)) return false;
    return may ? reading_answer(&reading, err) : none_answer(visit, &audit, err);
}

/* Our own file, so it may say what it is; still to be saved, not shown inside the browser's page. */
static bool report_file(Visit *visit, Err *err)
{
    Str path              = visit->request->path;
    const Rendering *form = NULL;
    Str bytes             = { 0 };
    Report report;
    bool found;

    if (!visit_read(visit, err) || !view_find(visit->call, &report_type, visit->number, &report, &found, err))
        return false;
    for (size_t at = path.len; at > 0 && path.ptr[at - 1] != '/'; at--)
        if (path.ptr[at - 1] == '.')
            form = registry_rendering_as(visit->app->registry, &report_type, str_slice(path, at, path.len));
    if (!found || form == NULL) return visit_not_found(visit, err);
    if (!form->make(visit->call, &report, &bytes, err)) return false;
    http_respond(visit->response, 200, str_from_c(form->media), bytes);
    http_attach(visit->response, str_fmt(visit->arena, "%.*s.%s", STR_ARG(report.head.number), form->ending));
    return true;
}

static const Route rows[] = {
    { HTTP_GET, "/audits/{record}/audit-report", audit_report_show, 0 },
    { HTTP_GET, "/reports/{record}/report.pdf", report_file, ROUTE_SLOW },
    { HTTP_GET, "/reports/{record}/report.docx", report_file, ROUTE_SLOW },
    { HTTP_GET, "/reports/{record}/report.xlsx", report_file, ROUTE_SLOW },
    { HTTP_GET, "/reports/{record}/report.html", report_file, ROUTE_SLOW },
    { HTTP_GET, "/reports/{record}/report.json", report_file, ROUTE_SLOW },
    { HTTP_GET, "/reports/{record}", report_show, 0 },
};
const Routes report_routes = ROUTES_OF(rows);
