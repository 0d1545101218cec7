/* SPDX-License-Identifier: Apache-2.0
 * What happened to a record, change by change, and how a day compares with today. */
#include <stdalign.h>

#include "pages/pages.h"
#include "record/history.h"
#include "record/value.h"
#include "web/pages.h"
#include "web/record_page.h"

enum { HISTORY_LINES = 50 };

/* Named by its event: the same verb may have come often. */
static Diff diff_of(const Visit *visit, const HistoryLine *line)
{
    Html words = visit_html(visit);
    Diff diff  = { .label  = filled(&words, N_("{1}, event {2}"), line->verb, grouped(&words, line->event)),
                   .before = visit_text(visit, N_("Before")),
                   .after  = visit_text(visit, N_("After")) };

    for (size_t i = 0; i < line->differences.len; i++) {
        const Difference *one           = &line->differences.at[i];
        *list_push(visit->arena, &diff) = (DiffLine){ one->label, one->before, one->now };
    }
    return diff;
}

static void entries_fill(const Visit *visit, const HistoryLines *lines, HistoryView *view)
{
    for (size_t i = 0; i < lines->len; i++) {
        const HistoryLine *line        = &lines->at[i];
        *list_push(visit->arena, view) = (HistoryEntry){ .event   = line->event,
                                                         .what    = line->verb,
                                                         .state   = line->state,
                                                         .why     = line->why,
                                                         .who     = line->who,
                                                         .when    = line->time,
                                                         .erased  = line->is_erased,
                                                         .changes = diff_of(visit, line) };
    }
}

static bool changes_fill(Visit *visit, Id id, HistoryView *view, Err *err)
{
    HistoryLines lines = { 0 };
    int64_t before;

    if (!str_to_i64(visit_param(visit, "before"), 1, INT64_MAX, &before)) before = -1;
    if (!record_history(visit->call, visit->plan->type, id, before, HISTORY_LINES + 1, &lines, err)) return false;
    if (lines.len > HISTORY_LINES) {
        lines.len        = HISTORY_LINES;
        view->older_href = str_fmt(visit->arena, "%.*s?before=%lld", STR_ARG(view->action),
                                   (long long)lines.at[HISTORY_LINES - 1].event);
    }
    entries_fill(visit, &lines, view);
    return true;
}

/* ---- a day and today ---- */

static void then_lines(const Visit *visit, Names *names, const void *then, const void *now, Diff *diff)
{
    const Type *type = visit->plan->type;
    int was = ((const RecordHead *)then)->state, is = ((const RecordHead *)now)->state;

    if (was != is)
        *list_push(visit->arena, diff) =
            (DiffLine){ visit_text(visit, N_("State")), visit_text(visit, state_label(type, was)),
                        visit_text(visit, state_label(type, is)) };
    for (size_t i = 0; i < type->fields_len; i++) {
        const Field *field = &type->fields[i];
        if ((field->flags & SECRET) || value_equal(field, then, now)) continue;
        *list_push(visit->arena, diff) =
            (DiffLine){ visit_text(visit, field->label), value_to_human(names, field, then),
                        value_to_human(names, field, now) };
    }
}

static bool then_fill(Visit *visit, const void *now, HistoryView *view, Err *err)
{
    void *then   = arena_alloc(visit->arena, visit->plan->type->size, alignof(max_align_t));
    Names *names = names_open(visit->call);
    Time end     = zone_day_end(visit->app->zone, view->day);
    Html words   = visit_html(visit);
    bool found;

    if (!record_as_of(visit->call, visit->plan->type, ((const RecordHead *)now)->id, end, then, &found, err))
        return false;
    view->then_note = visit_text(visit, N_("it was not there yet"));
    if (!found) return true;
    names_want_record(names, visit->plan, then);
    names_want_record(names, visit->plan, now);
    if (!names_load(names, err)) return false;
    view->then.before = date_to_human(visit->arena, view->day);
    view->then.label  = filled(&words, N_("{1} and today, field by field"), view->then.before, STR(""));
    view->then.after  = visit_text(visit, N_("Today"));
    then_lines(visit, names, then, now, &view->then);
    view->then_note = view->then.len == 0
                          ? visit_text(visit, N_("nothing differs"))
                          : counted(&words, (int64_t)view->then.len, N_("field differs"), N_("fields differ"));
    Str path        = address_record(visit->arena, visit->plan->type, visit->number);
    view->record_href =
        str_fmt(visit->arena, "%.*s?as-of=%.*s", STR_ARG(path), STR_ARG(date_to_iso(visit->arena, view->day)));
    return true;
}

/* ---- the page ---- */

static bool history_answer(Visit *visit, void *record, Err *err)
{
    Names *names     = names_open(visit->call);
    Str path         = address_record(visit->arena, visit->plan->type, visit->number);
    HistoryView view = { .action = str_fmt(visit->arena, "%.*s/history", STR_ARG(path)) };

    names_want_record(names, visit->plan, record);
    names_know(names, visit->plan->type, record);
    if (!names_load(names, err)) return false;
    view.head = (PageHead){ .crumbs = record_crumbs(visit, record, names, CRUMBS_WITH_RECORD),
                            .number = ((RecordHead *)record)->number,
                            .title  = visit_text(visit, N_("History and proof")),
                            .sub    = record_title(visit->plan, record) };
    if (!date_from_iso(visit_param(visit, "as-of"), &view.day)) view.day = (Date){ 0 };
    if (!date_is_none(view.day) && !then_fill(visit, record, &view, err)) return false;
    if (!changes_fill(visit, ((RecordHead *)record)->id, &view, err)) return false;
    if (!proof_line(visit, visit->plan->type, record, names, &view.proof, err)) return false;
    Html page = visit_html(visit);
    Shell shell =
        visit_shell(visit, str_fmt(visit->arena, "%.*s %.*s", STR_ARG(view.head.number), STR_ARG(view.head.title)),
                    address_list(visit->arena, visit->plan->type));
    page_history(&page, &shell, &view);
    return visit_send(visit, 200, &page, err);
}

static bool history_show(Visit *visit, Err *err)
{
    void *record = arena_alloc(visit->arena, visit->plan->type->size, alignof(max_align_t));
    bool found;

    if (!visit_read(visit, err)) return false;
    if (!view_find(visit->call, visit->plan->type, visit->number, record, &found, err)) return false;
    return found ? history_answer(visit, record, err) : visit_not_found(visit, err);
}

static const Route rows[]   = { { HTTP_GET, "/{plural}/{record}/history", history_show, 0 } };
const Routes history_routes = ROUTES_OF(rows);
