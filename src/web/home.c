/* SPDX-License-Identifier: Apache-2.0
 * My work: what others wait for, what is to be done, whom one waits for. The lists come from record/work.h; the words
 * are made here. */
#include "pages/pages.h"
#include "record/work.h"
#include "web/pages.h"
#include "web/set_up.h"
#include "web/values.h"
#include "web/worklist.h"

static Icon work_icon(const Type *type)
{
    static const struct {
        const char *type;
        Icon icon;
    } icons[] = { { "audit", ICON_AUDIT },   { "nonconformity", ICON_NC },   { "finding", ICON_FLAG },
                  { "action", ICON_TICK },   { "programme", ICON_CALENDAR }, { "evidence_request", ICON_FILE },
                  { "review", ICON_REVIEW }, { "report", ICON_FILE },        { "qualification", ICON_PEOPLE } };

    for (size_t i = 0; i < countof(icons); i++) {
        if (str_eq_c(str_from_c(type->name), icons[i].type)) return icons[i].icon;
    }
    return ICON_WORK;
}

static Str work_words(const Visit *visit, const Work *work)
{
    if (work->what.len > 0) return work->what;
    Str verb = visit_text(visit, work->verb != NULL ? work->verb->label : N_("Look at"));
    return str_fmt(visit->arena, "%.*s: %.*s", STR_ARG(work->number), STR_ARG(verb));
}

static Str work_reason(const Visit *visit, const Work *work)
{
    if (work->reason.len > 0) return work->reason;
    Str state = visit_text(visit, state_label(work->type, work->state));
    Str kind  = visit_text(visit, work->type->label);
    if (work->title.len == 0) return str_fmt(visit->arena, "%.*s · %.*s", STR_ARG(kind), STR_ARG(state));
    return str_fmt(visit->arena, "%.*s. %.*s · %.*s", STR_ARG(work->title), STR_ARG(kind), STR_ARG(state));
}

/* The day it is due, in words when late; else since when it waits. */
static Cell work_until(const Visit *visit, const Work *work)
{
    Html words = visit_html(visit);

    if (!date_is_none(work->due)) {
        Cell cell = { .kind = CELL_DUE, .date = work->due };
        bool late = date_before(work->due, words.today);
        Str note  = late ? date_to_human(visit->arena, work->due) : relative_words(&words, work->due);
        cell.note =
            late ? str_fmt(visit->arena, "%.*s %.*s", STR_ARG(visit_text(visit, N_("due"))), STR_ARG(note)) : note;
        return cell;
    }
    Str since = date_to_human(visit->arena, work->since);
    return (Cell){ .note =
                       str_fmt(visit->arena, "%.*s %.*s", STR_ARG(visit_text(visit, N_("since"))), STR_ARG(since)) };
}

static WorkItem work_item(const Visit *visit, const Work *work, bool leads)
{
    Str record    = address_record(visit->arena, work->type, work->number);
    WorkItem item = { .icon   = work_icon(work->type),
                      .what   = { work_words(visit, work), record },
                      .reason = work_reason(visit, work),
                      .until  = work_until(visit, work) };

    *list_push(visit->arena, &item.verbs) =
        (Button){ .label = visit_text(visit, N_("Open")),
                  .label_whole =
                      str_fmt(visit->arena, "%.*s %.*s", STR_ARG(visit_text(visit, N_("Open"))), STR_ARG(work->number)),
                  .kind = leads ? BUTTON_PRIMARY : BUTTON_PLAIN,
                  .size = BUTTON_SMALL,
                  .href = record };
    return item;
}

static WorkList list_of_kind(const Visit *visit, const Works *works, WorkKind kind, Str id)
{
    WorkList list = { .id = id };

    for (size_t i = 0; i < works->len; i++) {
        if (works->at[i].kind == kind)
            *list_push(visit->arena, &list) = work_item(visit, &works->at[i], list.len == 0 && kind == WORK_DECIDE);
    }
    return list;
}

/* ---- whom one waits for ---- */

static TableView waits_table(const Visit *visit, const Works *works)
{
    TableColumn *columns = arena_array(visit->arena, TableColumn, 3);
    TableView table = { .label = visit_text(visit, N_("You wait for others")), .columns = columns, .columns_len = 3 };

    columns[0] = (TableColumn){ .label = visit_text(visit, N_("What")), .kind = COLUMN_TITLE };
    columns[1] = (TableColumn){ .label = visit_text(visit, N_("From")) };
    columns[2] = (TableColumn){ .label = visit_text(visit, N_("Due")), .kind = COLUMN_NOWRAP };
    for (size_t i = 0; i < works->len; i++) {
        const Work *work = &works->at[i];
        if (work->kind != WORK_WAIT) continue;
        Cell *cells                      = arena_array(visit->arena, Cell, 3);
        cells[0]                         = (Cell){ .text = work_words(visit, work),
                                                   .href = address_record(visit->arena, work->type, work->number),
                                                   .note = work_reason(visit, work) };
        cells[1]                         = (Cell){ .text = work->who };
        cells[2]                         = work_until(visit, work);
        *list_push(visit->arena, &table) = (TableRow){ .cells = cells };
    }
    return table;
}

/* ---- what is still to be set up ---- */

/* clang-format off */
static const struct {
    SetUpStep step;
    const char *what, *why;
} setup_steps[] = {
    { SETUP_QUESTIONS, N_("Answer four questions"), N_("The edition, the certificate, who approves and who manages the programme.") },
    { SETUP_PEOPLE,    N_("Bring people and processes"), N_("Paste a list; an audit is of a process, and a process has an owner.") },
    { SETUP_SOA,       N_("Say which controls apply"), N_("All 93 count as applicable until somebody says otherwise (6.1.3 d).") },
    { SETUP_PROGRAMME, N_("Draft the audit programme"), N_("Three years, a line for the clauses and one for each theme of controls.") },
};
/* Records without which the first audit cannot begin; `enough`: how many there must be. */
static const struct {
    const char *type;
    int64_t enough;
    const char *what, *why;
} setup_records[] = {
    { "account",       2, N_("Give the others an account"), N_("Only you can sign in so far.") },
    { "qualification", 1, N_("Qualify the auditors"), N_("Nobody may audit before somebody has looked at what the person can (7.2).") },
};
/* clang-format on */

static void setup_add(const Visit *visit, WorkList *list, const char *what, const char *why, Str href)
{
    WorkItem *item = list_push(visit->arena, list);

    *item = (WorkItem){ .icon   = ICON_SETTINGS,
                        .what   = { visit_text(visit, what), href },
                        .reason = visit_text(visit, why) };
    *list_push(visit->arena, &item->verbs) =
        (Button){ .label       = visit_text(visit, N_("Open")),
                  .label_whole = str_fmt(visit->arena, "%.*s: %.*s", STR_ARG(visit_text(visit, N_("Open"))),
                                         STR_ARG(visit_text(visit, what))),
                  .size        = BUTTON_SMALL,
                  .href        = href };
}

static bool setup_records_fill(const Visit *visit, WorkList *list, Err *err)
{
    for (size_t i = 0; i < countof(setup_records); i++) {
        const Plan *plan = registry_find(visit->app->registry, str_from_c(setup_records[i].type));
        ListPage page    = { 0 };
        if (plan == NULL || !view_may_list(visit->call, plan->type)) continue;
        ListQuery query = { .type = plan->type, .limit = 1 };
        if (!list_count(visit->call, &query, &page, err)) return false;
        if (page.total < setup_records[i].enough)
            setup_add(visit, list, setup_records[i].what, setup_records[i].why, address_list(visit->arena, plan->type));
    }
    return true;
}

static bool setup_fill(const Visit *visit, WorkList *list, Err *err)
{
    bool done[SETUP_STEPS];

    *list = (WorkList){ .id = STR("setup"), .title = visit_text(visit, N_("Still to be set up")) };
    if (!set_up_is_for(visit->call, SETUP_PROGRAMME)) return true;
    if (!set_up_done(visit->call, done, err)) return false;
    for (size_t i = 0; i < countof(setup_steps); i++) {
        if (!done[setup_steps[i].step] && set_up_is_for(visit->call, setup_steps[i].step))
            setup_add(visit, list, setup_steps[i].what, setup_steps[i].why, set_up_address(setup_steps[i].step));
    }
    return !set_up_is_for(visit->call, SETUP_PEOPLE) || setup_records_fill(visit, list, err);
}

/* ---- the page ---- */

static Str home_sentence(const Visit *visit, const Works *works)
{
    Html words    = visit_html(visit);
    int64_t asked = 0, late = 0;

    for (size_t i = 0; i < works->len; i++) {
        if (works->at[i].kind == WORK_WAIT) continue;
        asked++;
        late += date_before(works->at[i].due, words.today);
    }
    Str day = long_date(&words, words.today);
    if (asked == 0)
        return str_fmt(visit->arena, "%.*s. %.*s", STR_ARG(day),
                       STR_ARG(visit_text(visit, N_("Nothing is asked of you."))));
    Str things = counted(&words, asked, N_("thing is asked of you"), N_("things are asked of you"));
    if (late == 0) return str_fmt(visit->arena, "%.*s. %.*s.", STR_ARG(day), STR_ARG(things));
    return str_fmt(visit->arena, "%.*s. %.*s; %.*s.", STR_ARG(day), STR_ARG(things),
                   STR_ARG(counted(&words, late, N_("is late"), N_("are late"))));
}

static void home_empty(const Visit *visit, const Works *works, HomeView *view)
{
    if (works->len > 0 || view->setup.len > 0) return;
    view->empty.title = visit_text(visit, N_("Nothing waits for you"));
    view->empty.text  = visit_text(visit, N_("Steps that you may take, decisions that others wait for and your own "
                                              "dates stand here as they come, and vanish when they are done."));
}

static bool home_show(Visit *visit, Err *err)
{
    Works works   = { 0 };
    HomeView view = { 0 };

    if (!visit_read(visit, err) || !work_gather(visit->call, &works, err)) return false;
    if (!setup_fill(visit, &view.setup, err)) return false;
    view.decisions       = list_of_kind(visit, &works, WORK_DECIDE, STR("decisions"));
    view.decisions.title = visit_text(visit, N_("Others wait for your decision"));
    view.todo            = list_of_kind(visit, &works, WORK_DO, STR("todo"));
    view.todo.title      = visit_text(visit, N_("Yours to do"));
    view.waits           = waits_table(visit, &works);
    view.zone            = zone_name(visit->app->zone);
    home_empty(visit, &works, &view);
    Html page     = visit_html(visit);
    PageHead head = { .title = visit_text(visit, N_("My work")), .sub = home_sentence(visit, &works) };
    Shell shell   = visit_shell(visit, head.title, STR("/"));
    page_home(&page, &shell, &head, &view);
    return visit_send(visit, 200, &page, err);
}

static const Route rows[] = { { HTTP_GET, "/", home_show, 0 } };
const Routes home_routes  = ROUTES_OF(rows);
