/* SPDX-License-Identifier: Apache-2.0
 * The page of the audit programme: what is in force, its audits on a line (programme_chart.c), what of the standard is
 * covered, why the next audits come, and gaps. /programme leads to the one in force. */
#include "audit/programme_plan.h"
#include "org/requirement.h"
#include "pages/pages.h"
#include "record/verb.h"
#include "web/pages.h"
#include "web/programme_fill.h"
#include "web/record_page.h"

enum { NEXT_SHOWN = 4, GAPS_SHOWN = 12 };

static Str text(const ProgrammeFill *fill, const char *english)
{
    return visit_text(fill->visit, english);
}

static Str number_words(const ProgrammeFill *fill, int64_t number)
{
    return str_fmt(fill->visit->arena, "%lld", (long long)number);
}

static Str of_words(const ProgrammeFill *fill, int64_t part, int64_t all)
{
    return filled(&fill->words, N_("{1} of {2}"), number_words(fill, part), number_words(fill, all));
}

/* "Sep 26" */
static Str month_words(const ProgrammeFill *fill, Date date)
{
    Str day      = date_to_human(fill->visit->arena, date); /* "9 Sep 2026" */
    size_t blank = str_index(day, ' ');

    if (day.len < 8) return day;
    return str_fmt(fill->visit->arena, "%.*s %.*s", STR_ARG(str_slice(day, blank + 1, 3)),
                   STR_ARG(str_slice(day, day.len - 2, 2)));
}

/* ---- head and title block ---- */

static void block_add(ProgrammeFill *fill, const char *label, Cell cell)
{
    *list_push(fill->visit->arena, &fill->sheet.block) = (Fact){ text(fill, label), cell };
}

static void block_coverage(ProgrammeFill *fill)
{
    const Coverage *coverage = &fill->view.coverage;
    int64_t in_window        = 0;

    for (size_t i = 0; i < coverage->due.len; i++)
        in_window += coverage->due.at[i].in_window;
    block_add(fill, N_("Controls tested"),
              (Cell){ .text = of_words(fill, coverage->controls_covered, coverage->controls),
                      .note = filled(&fill->words, N_("{1} when as planned"),
                                     number_words(fill, coverage->controls_planned), STR("")) });
    block_add(fill, N_("Clauses tested"),
              (Cell){ .text = of_words(fill, coverage->clauses_covered, coverage->clauses),
                      .note = filled(&fill->words, N_("{1} when as planned"),
                                     number_words(fill, coverage->clauses_planned), STR("")) });
    block_add(fill, N_("Fulfilled in window"),
              (Cell){ .text = of_words(fill, in_window, (int64_t)coverage->due.len),
                      .note = text(fill, N_("own audits due by today")) });
}

static void block_fill(ProgrammeFill *fill)
{
    const Programme *programme = &fill->view.programme;
    Cell state                 = cell_state(fill->visit, &programme_type, programme->head.state);
    Cell version               = { .text = number_words(fill, programme->version.value) };
    Str approver               = names_person(fill->view.names, programme->approved_by);

    if (!date_is_none(programme->activated_on))
        version.note =
            filled(&fill->words, N_("in force: {1}, since {2}"), number_words(fill, programme->in_force.value),
                   date_to_human(fill->visit->arena, programme->activated_on));
    if (approver.len > 0) state.note = filled(&fill->words, N_("approved by {1}"), approver, STR(""));
    block_add(fill, N_("State"), state);
    block_add(fill, N_("Version"), version);
    block_add(fill, N_("Manager"), (Cell){ .text = names_person(fill->view.names, programme->manager) });
    if (fill->view.has_coverage) block_coverage(fill);
}

/* A plan is looked at before it is taken over: that verb's button leads to the plan, as does one for its readers. */
static bool plan_act(ProgrammeFill *fill, Buttons *acts, Err *err)
{
    Arena *arena = fill->visit->arena;
    Str take     = address_verb(arena, &programme_type, fill->visit->number, "take-plan");
    Button plan  = { .label = text(fill, N_("Propose a plan")),
                     .href  = address_verb(arena, &programme_type, fill->visit->number, "plan") };
    bool may;

    for (size_t i = 0; i < acts->len; i++) {
        if (!str_eq(acts->at[i].href, take)) continue;
        acts->at[i] = plan;
        return true;
    }
    if (!call_is_among(fill->visit->call, &programme_type, PLAN_READERS, &fill->view.programme, &may, err))
        return false;
    if (may) *list_push(arena, acts) = plan;
    return true;
}

static bool head_fill(ProgrammeFill *fill, Err *err)
{
    Sheet acts = { 0 };

    if (!record_acts(fill->visit, &fill->view.programme, &acts, err)) return false;
    fill->sheet.head = (PageHead){ .number = fill->view.programme.head.number,
                                   .title  = fill->view.programme.title,
                                   .acts   = acts.head.acts };
    if (!plan_act(fill, &fill->sheet.head.acts, err)) return false;
    *list_push(fill->visit->arena, &fill->sheet.head.crumbs) =
        (Link){ text(fill, programme_type.label_plural), address_list(fill->visit->arena, &programme_type) };
    export_ways(fill->visit, &programme_type, &fill->sheet.head);
    fill->sheet.gate = acts.gate;
    return true;
}

/* ---- tabs ---- */

static Str part_list_href(const ProgrammeFill *fill, const Type *type)
{
    return str_fmt(fill->visit->arena, "/%s?programme=%.*s", type->plural,
                   STR_ARG(address_value(fill->visit->arena, fill->visit->number)));
}

static void tab_add(ProgrammeFill *fill, const char *label, Str href, size_t count)
{
    *list_push(fill->visit->arena, &fill->sheet.tabs) = (Tab){
        .text = text(fill, label), .href = href, .count = count > 0 ? number_words(fill, (int64_t)count) : (Str){ 0 }
    };
}

static void tabs_fill(ProgrammeFill *fill)
{
    const ProgrammeView *view = &fill->view;
    Str here                  = address_record(fill->visit->arena, &programme_type, fill->visit->number);

    fill->sheet.tabs.label = text(fill, N_("Parts of the programme"));
    tab_add(fill, N_("Plan and coverage"), here, 0);
    fill->sheet.tabs.at[0].here = true;
    tab_add(fill, N_("Lines"), part_list_href(fill, &programme_line_type), view->lines.len);
    tab_add(fill, N_("Objectives"), part_list_href(fill, &objective_type), view->objectives.len);
    tab_add(fill, N_("Risks"), part_list_href(fill, &programme_risk_type), view->risks.len);
    tab_add(fill, N_("Versions"), part_list_href(fill, &programme_version_type), view->versions.len);
    tab_add(fill, N_("History"), str_fmt(fill->visit->arena, "%.*s/history", STR_ARG(here)), 0);
}

/* ---- coverage of the controls ---- */

static const struct {
    const char *look, *words;
    Icon icon;
} cell_looks[] = {
    [COVERAGE_NONE]      = { "none", N_("not planned"), ICON_NONE },
    [COVERAGE_PLANNED]   = { "plan", N_("planned"), ICON_NONE },
    [COVERAGE_FIELDWORK] = { "now", N_("being tested"), ICON_GO },
    [COVERAGE_CONFORM]   = { "done", N_("tested, conform"), ICON_TICK },
    [COVERAGE_MINOR]     = { "nc", N_("tested, minor nonconformity"), ICON_MINOR },
    [COVERAGE_MAJOR]     = { "major", N_("tested, major nonconformity"), ICON_MAJOR },
};

/* A nonconformity found where no test is finished yet: by somebody else, or while one is going on. */
static bool is_only_found(const CoverageRow *row)
{
    return row->state >= COVERAGE_MINOR && id_is_none(row->last.audit);
}

static Str cell_when(const ProgrammeFill *fill, const CoverageRow *row, const CoverageMark *mark)
{
    if (row->state == COVERAGE_FIELDWORK) return text(fill, N_("now"));
    if (is_only_found(row)) return row->finding_number;
    return id_is_none(mark->audit) ? text(fill, N_("none")) : month_words(fill, mark->date);
}

static Str cell_words(const ProgrammeFill *fill, const CoverageRow *row, const CoverageMark *mark)
{
    Arena *arena = fill->visit->arena;
    Str words    = text(fill, cell_looks[row->state].words);

    if (!row->is_applicable) return text(fill, N_("does not apply"));
    if (is_only_found(row)) words = text(fill, N_("nonconformity, no test finished yet"));
    if (row->finding_number.len > 0) words = str_fmt(arena, "%.*s %.*s", STR_ARG(words), STR_ARG(row->finding_number));
    if (id_is_none(mark->audit)) return words;
    return str_fmt(arena, "%.*s, %.*s %.*s", STR_ARG(words), STR_ARG(mark->number),
                   STR_ARG(month_words(fill, mark->date)));
}

static CoverageCell cell_of_row(const ProgrammeFill *fill, const CoverageRow *row)
{
    Arena *arena             = fill->visit->arena;
    const CoverageMark *mark = row->state >= COVERAGE_CONFORM ? &row->last : &row->next;
    Str ref                  = row->ref;

    if (str_starts(ref, STR("A."))) ref = str_slice(ref, 2, ref.len);
    return (CoverageCell){ .look  = cell_looks[row->state].look,
                           .icon  = cell_looks[row->state].icon,
                           .ref   = ref,
                           .when  = cell_when(fill, row, mark),
                           .href  = address_record(arena, &requirement_type, row->ref),
                           .whole = str_fmt(arena, "%.*s %.*s: %.*s", STR_ARG(row->ref), STR_ARG(row->title),
                                            STR_ARG(cell_words(fill, row, mark))) };
}

static void theme_fill(ProgrammeFill *fill, int theme, const char *title)
{
    const Coverage *coverage = &fill->view.coverage;
    ThemeCount count         = theme_count(coverage, theme);
    CoverageTheme *out       = list_push(fill->visit->arena, &fill->sheet.themes);

    *out = (CoverageTheme){ .title = text(fill, title) };
    out->count =
        filled(&fill->words, N_("{1} of {2} tested"), number_words(fill, count.covered), number_words(fill, count.all));
    if (count.in_fieldwork > 0)
        out->count =
            filled(&fill->words, N_("{1}, {2} in fieldwork"), out->count, number_words(fill, count.in_fieldwork));
    for (size_t i = 0; i < coverage->rows.len; i++) {
        const CoverageRow *row = &coverage->rows.at[i];
        if (row->is_control && row->theme == theme) *list_push(fill->visit->arena, out) = cell_of_row(fill, row);
    }
}

/* ---- clauses by year ---- */

static Cell mark_cell(const ProgrammeFill *fill, const CoverageMark *mark)
{
    switch (mark->state) {
    case COVERAGE_CONFORM: return (Cell){ .kind = CELL_PASS, .text = mark->number };
    case COVERAGE_MINOR: return (Cell){ .kind = CELL_GRADE, .grade = GRADE_GLYPH_MINOR, .text = mark->number };
    case COVERAGE_MAJOR: return (Cell){ .kind = CELL_GRADE, .grade = GRADE_GLYPH_MAJOR, .text = mark->number };
    case COVERAGE_FIELDWORK: return (Cell){ .kind = CELL_STATE, .state = STATE_GLYPH_GO, .text = mark->number };
    case COVERAGE_PLANNED:
        return (Cell){ .kind = CELL_NONE, .text = filled(&fill->words, N_("planned, {1}"), mark->number, STR("")) };
    case COVERAGE_NONE: break;
    }
    return (Cell){ 0 };
}

static void clause_row(ProgrammeFill *fill, const Requirement *group)
{
    const Coverage *coverage = &fill->view.coverage;
    TableView *table         = &fill->sheet.clauses.table;
    Cell *cells              = arena_array(fill->visit->arena, Cell, table->columns_len);
    CoverageMark next        = clause_next(coverage, group->ref);
    size_t len               = 0;

    cells[len++] =
        (Cell){ .text = str_fmt(fill->visit->arena, "%.*s %.*s", STR_ARG(group->ref), STR_ARG(group->title)) };
    for (int year = 0; year < coverage->years; year++) {
        CoverageMark mark = clause_in_year(coverage, group->ref, year);
        cells[len++]      = mark_cell(fill, &mark);
    }
    cells[len]                            = (Cell){ .kind = CELL_DATE, .date = next.date };
    *list_push(fill->visit->arena, table) = (TableRow){ .cells = cells };
}

static void clauses_fill(ProgrammeFill *fill)
{
    const Coverage *coverage = &fill->view.coverage;
    AuditTable *out          = &fill->sheet.clauses;
    TableColumn *columns     = arena_array(fill->visit->arena, TableColumn, (size_t)coverage->years + 2);
    size_t len               = 0;

    columns[len++] = (TableColumn){ .label = text(fill, N_("Clause")), .kind = COLUMN_TITLE };
    for (int year = 0; year < coverage->years; year++)
        columns[len++] =
            (TableColumn){ .label = filled(&fill->words, N_("from {1}"),
                                           month_words(fill, date_add_months(coverage->from, 12 * year)), STR("")) };
    columns[len++] = (TableColumn){ .label = text(fill, N_("Next")), .kind = COLUMN_NOWRAP };
    out->id        = STR("clauses");
    out->title     = text(fill, N_("Clauses by year"));
    out->none      = text(fill, N_("The outline of the standard is not loaded."));
    out->table =
        (TableView){ .label = text(fill, N_("Clauses by year of the cycle")), .columns = columns, .columns_len = len };
    for (size_t i = 0; i < fill->view.groups.len; i++)
        clause_row(fill, &fill->view.groups.at[i]);
}

static void coverage_fill(ProgrammeFill *fill)
{
    static const struct {
        int theme;
        const char *title;
    } themes[] = { { THEME_ORGANIZATIONAL, N_("Organizational") },
                   { THEME_PEOPLE, N_("People") },
                   { THEME_PHYSICAL, N_("Physical") },
                   { THEME_TECHNOLOGICAL, N_("Technological") },
                   { 0, N_("Of no theme") } };

    if (!fill->view.has_coverage) return;
    fill->sheet.coverage_title = filled(&fill->words, N_("Coverage of the {1} controls"),
                                        number_words(fill, fill->view.coverage.controls), STR(""));
    for (size_t i = 0; i < countof(themes); i++) {
        if (theme_count(&fill->view.coverage, themes[i].theme).all > 0)
            theme_fill(fill, themes[i].theme, themes[i].title);
    }
    clauses_fill(fill);
}

/* ---- why, and what is missing ---- */

static void why_fill(ProgrammeFill *fill)
{
    AsideList *list = &fill->sheet.why;
    Arena *arena    = fill->visit->arena;

    list->id    = STR("why");
    list->title = text(fill, N_("Why the next audits"));
    list->none  = text(fill, N_("No audit is ahead."));
    for (size_t i = 0; i < fill->view.audits.len && list->len < NEXT_SHOWN; i++) {
        const Audit *audit = &fill->view.audits.at[i];
        if (audit->head.state != AUDIT_PLANNED || date_before(audit->start, fill->visit->call->today)) continue;
        *list_push(arena, list) =
            (AsideRow){ .what = { str_fmt(arena, "%.*s %.*s", STR_ARG(audit->head.number), STR_ARG(audit->title)),
                                  address_record(arena, &audit_type, audit->head.number) },
                        .end  = month_words(fill, audit->start),
                        .note = audit->rationale };
    }
}

static void gaps_standard(ProgrammeFill *fill)
{
    const Coverage *coverage = &fill->view.coverage;
    Arena *arena             = fill->visit->arena;
    StrList gaps             = coverage_gaps(arena, coverage);
    int64_t count            = (int64_t)gaps.len;
    AsideRow *row            = list_push(arena, &fill->sheet.gaps);

    if (gaps.len == 0) {
        *row = (AsideRow){ .first = { .kind = CELL_OKAY,
                                      .text = text(fill, N_("Every clause and control is tested or planned")) } };
        return;
    }
    if (gaps.len > GAPS_SHOWN) gaps.len = GAPS_SHOWN;
    Str words = counted(&fill->words, count, N_("reference without an audit"), N_("references without an audit"));
    *row      = (AsideRow){ .first = { .kind = CELL_SOON, .text = words }, .note = str_join(arena, &gaps, STR(", ")) };
}

static void gaps_fill(ProgrammeFill *fill)
{
    AsideList *list          = &fill->sheet.gaps;
    const Coverage *coverage = &fill->view.coverage;

    list->id    = STR("gaps");
    list->title = text(fill, N_("Gaps"));
    if (!fill->view.has_coverage) return;
    gaps_standard(fill);
    for (size_t i = 0; i < coverage->due.len; i++) {
        const DueAudit *due = &coverage->due.at[i];
        if (due->in_window) continue;
        Str what = filled(&fill->words,
                          due->is_missed ? N_("{1} was not held in its window") : N_("{1} ended after its window"),
                          due->number, STR(""));
        *list_push(fill->visit->arena, list) =
            (AsideRow){ .first = { .kind = CELL_LATE,
                                   .text = what,
                                   .href = address_record(fill->visit->arena, &audit_type, due->number) },
                        .note  = filled(&fill->words, N_("window to {1}"), date_to_human(fill->visit->arena, due->due),
                                        STR("")) };
    }
    if (fill->view.programme.not_on_a_line.len > 0)
        *list_push(fill->visit->arena, list) = (AsideRow){ .what   = { .text = text(fill, N_("On no line")) },
                                                           .strong = true,
                                                           .note   = fill->view.programme.not_on_a_line };
}

static void objectives_fill(ProgrammeFill *fill)
{
    AsideList *list = &fill->sheet.objectives;

    list->id    = STR("objectives");
    list->title = text(fill, N_("Objectives"));
    list->none  = text(fill, N_("None yet. An objective says what the programme is to reach, with its measure."));
    for (size_t i = 0; i < fill->view.objectives.len; i++)
        *list_push(fill->visit->arena, list) = (AsideRow){ .what   = { .text = fill->view.objectives.at[i].text },
                                                           .strong = true,
                                                           .note   = fill->view.objectives.at[i].measure };
}

/* ---- the page ---- */

static bool programme_show(Visit *visit, Err *err)
{
    ProgrammeFill *fill = arena_new(visit->arena, ProgrammeFill);
    Programme programme;
    bool found;

    if (visit_param(visit, "as-of").len > 0) return record_routes.at[0].handle(visit, err);
    if (!visit_read(visit, err)) return false;
    if (!view_find(visit->call, &programme_type, visit->number, &programme, &found, err)) return false;
    if (!found) return visit_not_found(visit, err);
    *fill = (ProgrammeFill){ .visit = visit, .words = visit_html(visit) };
    if (!programme_view_load(visit->call, &programme, &fill->view, err) || !head_fill(fill, err)) return false;
    block_fill(fill);
    tabs_fill(fill);
    programme_chart_fill(fill);
    coverage_fill(fill);
    why_fill(fill);
    gaps_fill(fill);
    objectives_fill(fill);
    if (!proof_line(visit, &programme_type, &programme, fill->view.names, &fill->sheet.proof, err)) return false;
    Html page = visit_html(visit);
    Shell shell =
        visit_shell(visit, record_words(visit, visit->plan, &programme), address_list(visit->arena, &programme_type));
    page_programme(&page, &shell, &fill->sheet);
    return visit_send(visit, 200, &page, err);
}

static bool programme_lead(Visit *visit, Err *err)
{
    Programme programme;
    bool found;

    if (!visit_read(visit, err) || !programme_in_force(visit->call, &programme, &found, err)) return false;
    visit_go(visit, found ? address_record(visit->arena, &programme_type, programme.head.number)
                          : address_list(visit->arena, &programme_type));
    return true;
}

static const Route rows[] = {
    { HTTP_GET, "/programme", programme_lead, 0 },
    { HTTP_GET, "/programmes/{record}", programme_show, 0 },
};
const Routes programme_routes = ROUTES_OF(rows);
