/* SPDX-License-Identifier: Apache-2.0
 * The page of a proposed plan: looking saves nothing. Each audit stands in its quarter with its team and its reasons;
 * what cannot be planned stands above with what is in conflict. One button takes all of it over. */
#include "audit/programme_plan.h"
#include "base/base64.h"
#include "pages/pages.h"
#include "record/verb.h"
#include "web/pages.h"
#include "web/plan_sheet.h"
#include "web/record_page.h"

enum { NEEDS_SHOWN = 12 };

typedef struct {
    Visit *visit;
    ProgrammePlan plan;
    PlanSheet sheet;
    Html words;
} PlanFill;

static Str text(const PlanFill *fill, const char *english)
{
    return visit_text(fill->visit, english);
}

static Str number_words(const PlanFill *fill, int64_t number)
{
    return str_fmt(fill->visit->arena, "%lld", (long long)number);
}

static Str line_number(const PlanFill *fill, size_t line)
{
    return str_fmt(fill->visit->arena, "%.*s/%.*s", STR_ARG(fill->plan.programme.head.number),
                   STR_ARG(fill->plan.lines.at[line].head.number));
}

static Str line_href(const PlanFill *fill, size_t line)
{
    return address_record(fill->visit->arena, &programme_line_type, line_number(fill, line));
}

static Str line_words(const PlanFill *fill, size_t line)
{
    const ProgrammeLine *one = &fill->plan.lines.at[line];
    return str_fmt(fill->visit->arena, "%.*s %.*s", STR_ARG(one->head.number), STR_ARG(one->title));
}

/* ---- head and title block ---- */

static void head_fill(PlanFill *fill)
{
    const Programme *programme = &fill->plan.programme;
    Arena *arena               = fill->visit->arena;

    fill->sheet.head =
        (PageHead){ .title = text(fill, N_("Proposed plan")),
                    .sub   = text(fill, N_("Worked out from the lines, the importance of what they audit, the "
                                             "auditors' knowledge, independence and days, and the audits "
                                             "that there are. Looking saves nothing.")) };
    *list_push(arena, &fill->sheet.head.crumbs) =
        (Link){ text(fill, programme_type.label_plural), address_list(arena, &programme_type) };
    *list_push(arena, &fill->sheet.head.crumbs) =
        (Link){ programme->head.number, address_record(arena, &programme_type, programme->head.number) };
}

static void block_add(PlanFill *fill, const char *label, Cell cell)
{
    *list_push(fill->visit->arena, &fill->sheet.block) = (Fact){ text(fill, label), cell };
}

static Cell outcome_cell(const PlanFill *fill)
{
    switch (fill->plan.plan.outcome) {
    case PLAN_WHOLE: return (Cell){ .kind = CELL_OKAY, .text = text(fill, N_("Everything fits")) };
    case PLAN_CONFLICT: return (Cell){ .kind = CELL_LATE, .text = text(fill, N_("Not everything fits")) };
    case PLAN_UNDECIDED: break;
    }
    return (Cell){ .kind = CELL_SOON, .text = text(fill, N_("None found")) };
}

static void block_fill(PlanFill *fill)
{
    const AuditPlan *plan = &fill->plan.plan;
    Str none              = { 0 };

    block_add(fill, N_("Outcome"), outcome_cell(fill));
    block_add(fill, N_("Audits planned"),
              (Cell){ .text = filled(&fill->words, N_("{1} of {2}"), number_words(fill, (int64_t)plan->audits.len),
                                     number_words(fill, (int64_t)plan->due.len)),
                      .note = text(fill, N_("beside those that there are")) });
    block_add(fill, N_("Conflicts"),
              (Cell){ .text = plan->has_more && plan->conflicts.len > 0
                                  ? filled(&fill->words, N_("{1} and more"),
                                           number_words(fill, (int64_t)plan->conflicts.len), none)
                                  : number_words(fill, (int64_t)plan->conflicts.len) });
    if (plan->audits.len == 0) return;
    block_add(fill, N_("As good as can be"),
              (Cell){ .text = text(fill, plan->is_best ? N_("proven") : N_("not proven")),
                      .note = filled(&fill->words, N_("{1} points, least is best"), number_words(fill, plan->points),
                                     none) });
}

/* ---- what stands against it ---- */

static void conflict_fill(PlanFill *fill, const PlanConflict *conflict)
{
    Arena *arena     = fill->visit->arena;
    Callout *callout = list_push(arena, &fill->sheet.conflicts);

    *callout = (Callout){ .kind = CALLOUT_STOP, .title = conflict->words };
    *list_push(arena, &callout->text) =
        text(fill, conflict->is_minimal
                       ? N_("These cannot hold together; without any one of them the others can:")
                       : N_("These cannot hold together; it may be that fewer of them stand in each other's way:"));
    for (size_t i = 0; i < conflict->len && i < NEEDS_SHOWN; i++)
        *list_push(arena, &callout->text) = str_fmt(arena, "%.*s.", STR_ARG(conflict->at[i].words));
    if (conflict->len > NEEDS_SHOWN)
        *list_push(arena, &callout->text) = filled(
            &fill->words, N_("And {1} more."), number_words(fill, (int64_t)(conflict->len - NEEDS_SHOWN)), (Str){ 0 });
}

static void undecided_fill(PlanFill *fill)
{
    Callout *callout = list_push(fill->visit->arena, &fill->sheet.conflicts);

    *callout                                       = (Callout){ .kind  = CALLOUT_WARN,
                                                                .title = text(fill, N_("No plan was found, and no proof that there is none")) };
    *list_push(fill->visit->arena, &callout->text) = text(
        fill, N_("People's days would do in sum, but the search ended before every audit had a place. Give people more "
                 "days, or lines more room, and look again."));
}

static void conflicts_fill(PlanFill *fill)
{
    const AuditPlan *plan = &fill->plan.plan;

    for (size_t i = 0; i < plan->conflicts.len; i++)
        conflict_fill(fill, &plan->conflicts.at[i]);
    if (plan->outcome == PLAN_UNDECIDED) undecided_fill(fill);
}

/* ---- taking it over ---- */

static void standing_fill(PlanFill *fill, CalloutKind kind, const char *title, Str words)
{
    fill->sheet.standing = (Callout){ .kind = kind, .title = text(fill, title) };
    if (words.len > 0) *list_push(fill->visit->arena, &fill->sheet.standing.text) = words;
}

static void hide(PlanFill *fill, const char *name, Str value)
{
    *list_push(fill->visit->arena, &fill->sheet.form.hidden) = (HiddenField){ str_from_c(name), value };
}

static void form_fill(PlanFill *fill)
{
    Visit *visit = fill->visit;
    char bytes[16];

    world_random(visit->app->world, bytes, sizeof bytes);
    fill->sheet.form =
        (Form){ .action = address_verb(visit->arena, &programme_type, fill->plan.programme.head.number, "take-plan") };
    hide(fill, "plan", fill->plan.fingerprint);
    hide(fill, "key", base64url_encode(visit->arena, (Str){ bytes, sizeof bytes }));
    *list_push(visit->arena, &fill->sheet.form.verbs) =
        (Button){ .label = text(fill, N_("Take this plan over")), .kind = BUTTON_PRIMARY };
}

/* The button stands where the plan is whole, the programme takes it and the reader may; else the reason does. */
static bool take_fill(PlanFill *fill, Err *err)
{
    const AuditPlan *plan      = &fill->plan.plan;
    const Programme *programme = &fill->plan.programme;
    Outcome outcome;

    if (plan->outcome != PLAN_WHOLE) return true;
    if (plan->audits.len == 0) {
        standing_fill(fill, CALLOUT_OK, N_("Nothing needs to be planned"),
                      text(fill, N_("All that is due has its audit already.")));
        return true;
    }
    if (!verb_check(fill->visit->call, &programme_type, type_verb(&programme_type, STR("take-plan")), programme,
                    &outcome, err))
        return false;
    if (outcome.kind == OUTCOME_DONE)
        form_fill(fill);
    else if (outcome.kind == OUTCOME_REFUSED)
        standing_fill(fill, CALLOUT_NOTE, N_("A preview"),
                      text(fill, N_("It can be taken over once this version of the programme is approved.")));
    else
        standing_fill(fill, CALLOUT_NOTE, N_("A preview"), text(fill, N_("The programme manager takes it over.")));
    return true;
}

/* ---- the audits, by quarter ---- */

static Cell team_cell(const PlanFill *fill, const PlannedAudit *audit)
{
    Arena *arena  = fill->visit->arena;
    StrList names = { 0 };
    int64_t days  = 0;

    for (size_t i = 0; i < audit->team_len; i++) {
        Str name                  = fill->plan.problem.auditors[audit->team[i].auditor].name;
        *list_push(arena, &names) = i == 0 ? filled(&fill->words, N_("{1} (lead)"), name, (Str){ 0 }) : name;
        days                      = audit->team[i].days;
    }
    return (Cell){ .text = str_join(arena, &names, STR(", ")),
                   .note = counted(&fill->words, days, N_("day each"), N_("days each")) };
}

static Str refs_words(const PlanFill *fill, size_t line)
{
    const PlanLine *one = &fill->plan.problem.lines[line];
    size_t *all         = arena_array(fill->visit->arena, size_t, one->refs_len + 1);

    for (size_t i = 0; i < one->refs_len; i++)
        all[i] = i;
    return plan_refs_words(fill->visit->arena, one, all, one->refs_len);
}

static void audit_row(PlanFill *fill, AuditTable *out, const PlannedAudit *audit)
{
    Arena *arena = fill->visit->arena;
    Cell *cells  = arena_array(arena, Cell, out->table.columns_len);
    Date from, to;

    programme_plan_window(&fill->plan, audit, &from, &to);
    cells[0]                       = (Cell){ .text = line_words(fill, audit->line),
                                             .href = line_href(fill, audit->line),
                                             .note = refs_words(fill, audit->line) };
    cells[1]                       = team_cell(fill, audit);
    cells[2]                       = (Cell){ .text = plan_span_words(arena, from, to) };
    cells[3]                       = (Cell){ .text = str_join(arena, &audit->reasons, STR(" ")) };
    *list_push(arena, &out->table) = (TableRow){ .cells = cells };
}

static AuditTable *quarter_table(PlanFill *fill, int quarter)
{
    const PlanQuarter *span = &fill->plan.problem.quarters[quarter];
    Arena *arena            = fill->visit->arena;
    TableColumn *columns    = arena_array(arena, TableColumn, 4);
    AuditTable *table       = list_push(arena, &fill->sheet.quarters);
    Str words               = plan_span_words(arena, span->from, span->to);

    columns[0] = (TableColumn){ .label = text(fill, N_("Line")), .kind = COLUMN_TITLE };
    columns[1] = (TableColumn){ .label = text(fill, N_("Team")) };
    columns[2] = (TableColumn){ .label = text(fill, N_("Between")), .kind = COLUMN_PLAIN };
    columns[3] = (TableColumn){ .label = text(fill, N_("Why so")) };
    *table =
        (AuditTable){ .id    = str_fmt(arena, "quarter-%d", quarter + 1),
                      .title = filled(&fill->words, N_("Quarter {1}: {2}"), number_words(fill, quarter + 1), words),
                      .table = { .label       = filled(&fill->words, N_("Audits of quarter {1}"),
                                                       number_words(fill, quarter + 1), (Str){ 0 }),
                                 .columns     = columns,
                                 .columns_len = 4 } };
    return table;
}

static void quarters_fill(PlanFill *fill)
{
    const PlannedAudits *audits = &fill->plan.plan.audits;

    for (size_t i = 0; i < audits->len;) {
        int quarter       = audits->at[i].quarter;
        AuditTable *table = quarter_table(fill, quarter);
        for (; i < audits->len && audits->at[i].quarter == quarter; i++)
            audit_row(fill, table, &audits->at[i]);
        table->count = number_words(fill, (int64_t)table->table.len);
    }
}

/* ---- beside it ---- */

static void notes_fill(PlanFill *fill)
{
    fill->sheet.notes = (Callout){ .title = text(fill, N_("To know")), .text = fill->plan.notes };
}

static void missed_fill(PlanFill *fill)
{
    const PlanVisits *missed = &fill->plan.plan.missed;
    AsideList *list          = &fill->sheet.missed;

    list->id    = STR("missed");
    list->title = text(fill, N_("Its time is over"));
    for (size_t i = 0; i < missed->len; i++) {
        const PlanVisit *visit = &missed->at[i];
        Date from              = fill->plan.problem.quarters[__builtin_ctz(visit->quarters)].from;
        Date to                = fill->plan.problem.quarters[31 - __builtin_clz(visit->quarters)].to;
        *list_push(fill->visit->arena, list) =
            (AsideRow){ .what = { line_words(fill, visit->line), line_href(fill, visit->line) },
                        .note = filled(&fill->words, N_("was due once in {1}"),
                                       plan_span_words(fill->visit->arena, from, to), (Str){ 0 }) };
    }
}

static void importance_fill(PlanFill *fill)
{
    AsideList *list = &fill->sheet.importance;

    list->id    = STR("importance");
    list->title = text(fill, N_("Importance of the lines"));
    list->none  = text(fill, N_("No line stands in this programme yet."));
    for (size_t i = 0; i < fill->plan.lines.len; i++) {
        const Importance *importance = &fill->plan.importance[i];
        *list_push(fill->visit->arena, list) =
            (AsideRow){ .what = { line_words(fill, i), line_href(fill, i) },
                        .end = filled(&fill->words, N_("score {1}"), number_words(fill, importance->score), (Str){ 0 }),
                        .note = importance->words };
    }
}

/* ---- the page ---- */

static bool plan_page(PlanFill *fill, Err *err)
{
    Visit *visit = fill->visit;

    head_fill(fill);
    block_fill(fill);
    conflicts_fill(fill);
    if (!take_fill(fill, err)) return false;
    quarters_fill(fill);
    notes_fill(fill);
    missed_fill(fill);
    importance_fill(fill);
    Html page   = visit_html(visit);
    Shell shell = visit_shell(visit, fill->sheet.head.title, address_list(visit->arena, &programme_type));
    page_programme_plan(&page, &shell, &fill->sheet);
    return visit_send(visit, 200, &page, err);
}

static bool plan_not_shared(Visit *visit, Err *err)
{
    Str why = visit_text(visit, N_("It tells what people did and how many days they have. Ask the programme manager."));
    return visit_problem(visit, 403, visit_text(visit, N_("This plan is for others")), why, err);
}

static bool plan_show(Visit *visit, Err *err)
{
    PlanFill *fill = arena_new(visit->arena, PlanFill);
    Programme programme;
    bool found, may;

    if (!visit_read(visit, err) || !view_find(visit->call, &programme_type, visit->number, &programme, &found, err))
        return false;
    if (!found) return visit_not_found(visit, err);
    if (!call_is_among(visit->call, &programme_type, PLAN_READERS, &programme, &may, err)) return false;
    if (!may) return plan_not_shared(visit, err);
    *fill = (PlanFill){ .visit = visit, .words = visit_html(visit) };
    return programme_plan_make(visit->call, &programme, &fill->plan, err) && plan_page(fill, err);
}

static const Route rows[] = {
    { HTTP_GET, "/programmes/{record}/plan", plan_show, ROUTE_SLOW },
};
const Routes plan_routes = ROUTES_OF(rows);
