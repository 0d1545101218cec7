/* SPDX-License-Identifier: Apache-2.0
 * The register of nonconformities: standing views counted by one query, late first, what comes next in each row; the
 * same as a board. The address holds all of it: ?view=late&kind=major_nc&show=board. */
#include "action/case_register.h"
#include "action/due.h"
#include "org/process.h"
#include "org/requirement.h"
#include "pages/pages.h"
#include "record/verb.h"
#include "web/case_listing.h"
#include "web/pages.h"
#include "web/register.h"

typedef struct {
    Visit *visit;
    Register reg;
    CaseTab tab;
    const int64_t *counts; /* of each tab */
    StrList origins;       /* of each row */
    ActionList next;       /* open actions, earliest first */
    ListPage processes;    /* their names alone */
    FindingList presented;
    Names *names; /* of those */
    Html words;
    CaseListing out;
} CaseRegister;

static Str text(const CaseRegister *cases, const char *english)
{
    return visit_text(cases->visit, english);
}

/* ---- views and filters ---- */

static void views_fill(CaseRegister *cases)
{
    Arena *arena = cases->visit->arena;
    Tabs *views  = &cases->out.listing.views;

    views->label = text(cases, N_("Views"));
    for (int tab = 0; tab < CASE_TABS; tab++) {
        Str name                 = tab == CASES_OPEN ? STR("") : str_from_c(case_tab_name((CaseTab)tab));
        *list_push(arena, views) = (Tab){ .text  = text(cases, case_tab_label((CaseTab)tab)),
                                          .href  = register_link(&cases->reg, "view", name),
                                          .count = bounded(&cases->words, cases->counts[tab], LIST_COUNT_MAX),
                                          .here  = tab == (int)cases->tab };
    }
}

/* Which cases, as the first words of the sentence. */
static void view_token(CaseRegister *cases, FilterSentence *sentence)
{
    static const char *const words[] = {
        [CASES_OPEN] = N_("open nonconformities"),     [CASES_LATE] = N_("late nonconformities"),
        [CASES_MINE] = N_("what waits for me"),        [CASES_OUTSIDE] = N_("open ones from outside"),
        [CASES_CLOSED] = N_("closed nonconformities"), [CASES_ALL] = N_("all nonconformities"),
    };
    Arena *arena       = cases->visit->arena;
    FilterToken *token = list_push(arena, sentence);

    token->text = text(cases, words[cases->tab]);
    token->on   = cases->tab != CASES_ALL;
    if (token->on) token->remove_href = register_link(&cases->reg, "view", STR("all"));
    for (int tab = 0; tab < CASE_TABS; tab++)
        *list_push(arena, &token->choices) =
            (Link){ text(cases, words[tab]),
                    register_link(&cases->reg, "view", str_from_c(case_tab_name((CaseTab)tab))) };
}

static void field_token(CaseRegister *cases, FilterSentence *sentence, int index, const char *word)
{
    size_t before = sentence->len;

    register_token_fill(&cases->reg, sentence, &nonconformity_type.fields[index]);
    if (sentence->len > before) sentence->at[before].word = text(cases, word);
}

static void process_token(CaseRegister *cases, FilterSentence *sentence)
{
    Arena *arena       = cases->visit->arena;
    Str asked          = register_param(&cases->reg, "process");
    Str start          = register_link_start(&cases->reg, "process");
    FilterToken *token = list_push(arena, sentence);

    *token = (FilterToken){ .word = text(cases, N_("in")), .text = text(cases, N_("any process")) };
    *list_push(arena, &token->choices) = (Link){ token->text, register_link(&cases->reg, "process", STR("")) };
    for (size_t i = 0; i < cases->processes.len; i++) {
        const Process *process = cases->processes.records[i];
        Str number             = process->head.number;
        *list_push(arena, &token->choices) =
            (Link){ str_fmt(arena, "%.*s %.*s", STR_ARG(number), STR_ARG(process->name)),
                    str_fmt(arena, "%.*s%.*s", STR_ARG(start), STR_ARG(address_value(arena, number))) };
    }
    if (asked.len == 0) return;
    token->text        = asked;
    token->on          = true;
    token->remove_href = register_link(&cases->reg, "process", STR(""));
}

static void filter_fill(CaseRegister *cases)
{
    FilterSentence *sentence = &cases->out.listing.filter;
    const Register *reg      = &cases->reg;

    sentence->word = text(cases, N_("Show"));
    view_token(cases, sentence);
    if (register_param(reg, "state").len > 0) register_token_fill(reg, sentence, NULL);
    field_token(cases, sentence, Nonconformity_kind, N_("of"));
    field_token(cases, sentence, Nonconformity_source, N_("from"));
    process_token(cases, sentence);
    if (register_param(reg, "owner").len > 0) field_token(cases, sentence, Nonconformity_owner, N_("owned by"));
    if (register_param(reg, "significance").len > 0)
        register_token_fill(reg, sentence, &nonconformity_type.fields[Nonconformity_significance]);
    register_rest_fill(reg, sentence);
    if (register_param(reg, "owner").len == 0)
        *list_push(cases->visit->arena, &sentence->more) =
            (Link){ text(cases, N_("owned by you")), register_link(reg, "owner", STR("me")) };
    register_more_fill(reg, sentence, &nonconformity_type.fields[Nonconformity_step_due]);
}

/* ---- rows ---- */

/* Late by the rule of the record, not by the day alone: a plan that is decided is not late for its owner. */
static Cell due_cell(const CaseRegister *cases, const Nonconformity *nc)
{
    Date today = cases->visit->call->today, day = due_shown(nc, today);
    bool is_late = due_is_late(nc, today);

    if (nc->head.state == NC_PLAN_REVIEW)
        return (Cell){ .text = filled(&cases->words, N_("waiting since {1}"),
                                      date_to_human(cases->visit->arena, nc->plan_submitted_on), STR("")) };
    if (!nonconformity_is_open(nc)) return (Cell){ .kind = CELL_DATE, .date = nc->closed_on };
    return (Cell){ .kind = is_late || !date_before(day, today) ? CELL_DUE : CELL_DATE, .date = day };
}

static Cell grade_cell(const CaseRegister *cases, const Nonconformity *nc)
{
    if (nc->kind == 0) return (Cell){ .kind = CELL_NONE, .text = text(cases, N_("not graded")) };
    return (Cell){ .kind = CELL_GRADE, .grade = nc->kind == NC_MAJOR ? GRADE_GLYPH_MAJOR : GRADE_GLYPH_MINOR };
}

static Str owner_of(const CaseRegister *cases, const Nonconformity *nc)
{
    return names_person(cases->reg.page.names, nc->owner);
}

/* "A.5.27 · IA-26-02 · repeats F-004" */
static Str second_line(const CaseRegister *cases, const Nonconformity *nc, Str origin)
{
    Arena *arena = cases->visit->arena;
    StrList refs = { 0 }, parts = { 0 };
    Str repeats = names_number(cases->reg.page.names, &nonconformity_type, nc->recurrence_of);

    for (size_t i = 0; i < nc->refs.len; i++)
        *list_push(arena, &refs) = names_number(cases->reg.page.names, &requirement_type, nc->refs.at[i]);
    if (refs.len > 0) *list_push(arena, &parts) = str_join(arena, &refs, STR(", "));
    if (origin.len > 0) *list_push(arena, &parts) = origin;
    if (repeats.len > 0) *list_push(arena, &parts) = filled(&cases->words, N_("repeats {1}"), repeats, STR(""));
    return str_join(arena, &parts, STR(" · "));
}

static void columns_fill(CaseRegister *cases)
{
    static const struct {
        const char *label, *sort;
        ColumnLook look;
    } columns[]      = { { N_("No."), "number", COLUMN_FIRST },   { N_("Title"), "title", COLUMN_TITLE },
                         { N_("Grade"), "kind", COLUMN_NOWRAP },  { N_("State"), NULL, COLUMN_NOWRAP },
                         { N_("Owner"), NULL, COLUMN_NOWRAP },    { N_("Next step"), NULL, COLUMN_PLAIN },
                         { N_("Due"), "step_due", COLUMN_NOWRAP } };
    TableView *table = &cases->out.listing.table;
    TableColumn *own = arena_array(cases->visit->arena, TableColumn, countof(columns));
    const char *by   = cases->reg.query.sort != NULL ? cases->reg.query.sort->name : "number";

    for (size_t i = 0; i < countof(columns); i++) {
        own[i] = (TableColumn){ .label = text(cases, columns[i].label), .kind = columns[i].look };
        if (columns[i].sort == NULL) continue;
        bool is_here  = str_eq_c(str_from_c(by), columns[i].sort);
        own[i].sorted = !is_here ? SORTED_NOT : cases->reg.query.descending ? SORTED_DOWN : SORTED_UP;
        own[i].sort_href =
            register_link(&cases->reg, "sort",
                          str_fmt(cases->visit->arena, "%s%s", own[i].sorted == SORTED_UP ? "-" : "", columns[i].sort));
    }
    table->label       = text(cases, case_tab_label(cases->tab));
    table->columns     = own;
    table->columns_len = countof(columns);
}

static void row_fill(CaseRegister *cases, const Nonconformity *nc, Str origin)
{
    TableView *table = &cases->out.listing.table;
    TableRow *row    = list_push(cases->visit->arena, table);
    Cell *cells      = arena_array(cases->visit->arena, Cell, table->columns_len);
    Str address      = address_record(cases->visit->arena, &nonconformity_type, nc->head.number);

    cells[0] = (Cell){ .text = nc->head.number };
    cells[1] = (Cell){ .text = nc->title, .href = address, .note = second_line(cases, nc, origin) };
    cells[2] = grade_cell(cases, nc);
    cells[3] = cell_state(cases->visit, &nonconformity_type, nc->head.state);
    cells[4] = (Cell){ .text = owner_of(cases, nc) };
    cells[5] = (Cell){ .text = case_next_words(cases->visit->call, nc, &cases->next) };
    cells[6] = due_cell(cases, nc);
    *row     = (TableRow){ .cells = cells, .look = nc->head.state >= NC_REJECTED ? ROW_CUT : ROW_NORMAL };
}

static void table_fill(CaseRegister *cases)
{
    columns_fill(cases);
    for (size_t i = 0; i < cases->reg.page.len; i++)
        row_fill(cases, cases->reg.page.records[i], cases->origins.at[i]);
}

/* Columns in the order of the life of a case; a state without a case has none. */
static void board_fill(CaseRegister *cases)
{
    Arena *arena = cases->visit->arena;
    Board *board = &cases->out.board;

    for (int state = NC_REGISTERED; state <= NC_VOID; state++) {
        BoardColumn column = { .title = text(cases, state_label(&nonconformity_type, state)) };
        for (size_t i = 0; i < cases->reg.page.len; i++) {
            const Nonconformity *nc = cases->reg.page.records[i];
            if (nc->head.state != state) continue;
            *list_push(arena, &column) =
                (BoardCard){ .number = nc->head.number,
                             .title  = nc->title,
                             .href   = address_record(arena, &nonconformity_type, nc->head.number),
                             .grade  = grade_cell(cases, nc),
                             .due    = due_cell(cases, nc),
                             .owner  = owner_of(cases, nc) };
        }
        if (column.len > 0) *list_push(arena, board) = column;
    }
}

/* ---- findings that will be cases ---- */

static void presented_fill(CaseRegister *cases)
{
    static const char *const labels[] = { N_("No."), N_("Title"), N_("Grade"), N_("State"), N_("With"), N_("Until") };
    static const ColumnLook looks[]   = { COLUMN_FIRST,  COLUMN_TITLE,  COLUMN_NOWRAP,
                                          COLUMN_NOWRAP, COLUMN_NOWRAP, COLUMN_NOWRAP };
    TableColumn *columns              = arena_array(cases->visit->arena, TableColumn, countof(labels));
    TableView *table                  = &cases->out.presented;

    for (size_t i = 0; i < countof(labels); i++)
        columns[i] = (TableColumn){ .label = text(cases, labels[i]), .kind = looks[i] };
    *table = (TableView){ .label       = text(cases, N_("Findings that were presented")),
                          .columns     = columns,
                          .columns_len = countof(labels) };
    for (size_t i = 0; i < cases->presented.len; i++) {
        const Finding *finding = &cases->presented.at[i];
        Cell *cells            = arena_array(cases->visit->arena, Cell, countof(labels));
        bool is_disputed       = finding->head.state == FINDING_DISPUTED;
        Id who                 = id_is_none(finding->owner) ? finding->presented_to : finding->owner;
        cells[0]               = (Cell){ .text = finding->head.number };
        cells[1]               = (Cell){ .text = finding->title,
                                         .href = address_record(cases->visit->arena, &finding_type, finding->head.number) };
        cells[2]               = (Cell){ .kind  = CELL_GRADE,
                                         .grade = finding->kind == FINDING_MAJOR_NC ? GRADE_GLYPH_MAJOR : GRADE_GLYPH_MINOR };
        cells[3]               = cell_state(cases->visit, &finding_type, finding->head.state);
        cells[4]               = (Cell){ .text = names_person(cases->names, who) };
        cells[5] = (Cell){ .kind = CELL_DATE, .date = is_disputed ? finding->dispute_due : finding->comment_until };
        *list_push(cases->visit->arena, table) = (TableRow){ .cells = cells };
    }
}

/* ---- nothing there ---- */

static Button register_button(const CaseRegister *cases, const char *label)
{
    return (Button){ .label = text(cases, label),
                     .icon  = ICON_PLUS,
                     .kind  = BUTTON_PRIMARY,
                     .href  = address_verb(cases->visit->arena, &nonconformity_type, STR(""), "register") };
}

static bool empty_fill(CaseRegister *cases, Err *err)
{
    static const char *const titles[] = {
        [CASES_OPEN]    = N_("No nonconformity is open"),
        [CASES_LATE]    = N_("Nothing is late"),
        [CASES_MINE]    = N_("Nothing waits for you"),
        [CASES_OUTSIDE] = N_("Nothing from outside is open"),
        [CASES_CLOSED]  = N_("No nonconformity is closed yet"),
        [CASES_ALL]     = N_("No nonconformity yet"),
    };
    EmptyState *empty = &cases->out.listing.empty;

    if (cases->reg.page.len > 0) return true;
    if (register_conditions(&cases->reg) > 0 || cases->reg.query.after.len > 0)
        return register_nothing_fill(&cases->reg, empty, err);
    empty->title = text(cases, titles[cases->counts[CASES_ALL] > 0 ? cases->tab : CASES_ALL]);
    empty->text  = text(cases, N_("They come from audits, monitoring, incidents, complaints, suppliers, reviews, the "
                                   "certification body, or anybody in the company who reports one."));
    if (cases->reg.may_create && cases->counts[CASES_ALL] == 0)
        *list_push(cases->visit->arena, &empty->acts) = register_button(cases, N_("Register the first"));
    else if (cases->tab != CASES_ALL)
        *list_push(cases->visit->arena, &empty->acts) =
            (Button){ .label = text(cases, N_("Show all")), .href = register_link(&cases->reg, "view", STR("all")) };
    return true;
}

/* ---- the page ---- */

static bool processes_load(Call *call, ListPage *out, Err *err)
{
    ListQuery query = { .type = &process_type, .limit = LIST_LIMIT_MAX };

    query.filters[query.filters_len++]   = (Filter){ .kind = FILTER_IS, .value = STR("in_use") };
    *list_push(call->arena, &query.only) = &process_type.fields[Process_name];
    return list_rows(call, &query, out, err);
}

/* What the rows and cards of this page are made of, here and in action/case_register.c. */
static const int fields_read[] = {
    Nonconformity_title,         Nonconformity_kind,         Nonconformity_refs,
    Nonconformity_owner,         Nonconformity_source,       Nonconformity_source_ref,
    Nonconformity_recurrence_of, Nonconformity_finding,      Nonconformity_plan_submitted_on,
    Nonconformity_closed_on,     Nonconformity_corrected_on, DUE_LOOKS_AT
};

static bool cases_load(CaseRegister *cases, Err *err)
{
    Call *call = cases->visit->call;

    cases->reg.where  = case_tab_where(call, cases->tab);
    cases->counts     = cases->visit->counts.cases;
    cases->reg.counts = true;
    cases->reg.reads = fields_read, cases->reg.reads_len = countof(fields_read);
    if (cases->out.is_board) cases->reg.limit = LIST_LIMIT_MAX;
    if (!register_load(&cases->reg, err)) return false;
    if (call->invalids.len > 0) return true;
    if (cases->reg.query.is_counted_by_caller) list_total(&cases->reg.page, cases->counts[cases->tab]);
    if (!case_next_actions(call, &cases->next, err)) return false;
    if (!case_origins(call, &cases->reg.page, &cases->origins, err)) return false;
    if (!processes_load(call, &cases->processes, err)) return false;
    if (cases->tab != CASES_OPEN) return true;
    cases->names = names_open(call);
    if (!case_presented(call, &cases->presented, err)) return false;
    for (size_t i = 0; i < cases->presented.len; i++)
        names_want_record(cases->names, registry_plan(call->app->registry, &finding_type), &cases->presented.at[i]);
    return names_load(cases->names, err);
}

static PageHead cases_head(const CaseRegister *cases)
{
    PageHead head = { .title = text(cases, nonconformity_type.label_plural) };

    if (cases->reg.page.len > 0) *list_push(cases->visit->arena, &head.acts) = register_export_button(&cases->reg);
    if (cases->reg.may_create) *list_push(cases->visit->arena, &head.acts) = register_button(cases, N_("Register"));
    return head;
}

static bool cases_answer(CaseRegister *cases, Err *err)
{
    Visit *visit = cases->visit;

    if (!empty_fill(cases, err)) return false;
    views_fill(cases);
    filter_fill(cases);
    register_forms_fill(&cases->reg, &cases->out.listing);
    register_pager_fill(&cases->reg, &cases->out.listing.pager);
    cases->out.table_href = register_link(&cases->reg, "show", STR(""));
    cases->out.board_href = register_link(&cases->reg, "show", STR("board"));
    if (cases->out.is_board)
        board_fill(cases);
    else
        table_fill(cases);
    if (cases->presented.len > 0) presented_fill(cases);
    Html page     = visit_html(visit);
    PageHead head = cases_head(cases);
    Shell shell   = visit_shell(visit, head.title, address_list(visit->arena, &nonconformity_type));
    page_case_register(&page, &shell, &head, &cases->out);
    return visit_send(visit, 200, &page, err);
}

/* The parameters that the register reads itself. */
static Register cases_register(Visit *visit)
{
    return (Register){ .visit = visit,
                       .plan  = registry_plan(visit->app->registry, &nonconformity_type),
                       .own   = "view|show" };
}

static bool cases_show(Visit *visit, Err *err)
{
    CaseRegister *cases = arena_new(visit->arena, CaseRegister);

    if (!visit_read(visit, err)) return false;
    if (!view_may_list(visit->call, &nonconformity_type)) return visit_not_found(visit, err);
    cases->visit        = visit;
    cases->reg          = cases_register(visit);
    cases->words        = visit_html(visit);
    cases->out.is_board = str_eq_c(visit_param(visit, "show"), "board");
    if (!case_tab_find(visit_param(visit, "view"), &cases->tab)) return visit_not_found(visit, err);
    if (!cases_load(cases, err)) return false;
    if (visit->call->invalids.len > 0) return register_unreadable(visit, err);
    return cases_answer(cases, err);
}

/* What the view shows, all its pages. */
static bool cases_export(Visit *visit, Err *err)
{
    Register reg = cases_register(visit);
    CaseTab tab;

    if (!visit_read(visit, err)) return false;
    if (!view_may_list(visit->call, &nonconformity_type)) return visit_not_found(visit, err);
    if (!case_tab_find(visit_param(visit, "view"), &tab)) return visit_not_found(visit, err);
    reg.where = case_tab_where(visit->call, tab);
    return register_send_csv(&reg, err);
}

static const Route rows[] = {
    { HTTP_GET, "/nonconformities", cases_show, 0 },
    { HTTP_GET, "/nonconformities.csv", cases_export, 0 },
};
const Routes case_register_routes = ROUTES_OF(rows);
