/* SPDX-License-Identifier: Apache-2.0
 * The tables of an audit's page: working papers with unfinished ones first, and the plan by day. */
#include "web/audit_fill.h"

enum { PAPERS_SHOWN = 12 };

/* ---- the ruler ---- */

static SpinePlace mark_place(const Paper *paper)
{
    if (!paper_is_unfinished(paper)) return SPINE_DONE;
    return paper->head.state == PAPER_NOT_STARTED ? SPINE_AHEAD : SPINE_HERE;
}

/* "A.8.8-1" is "8.8-1" on the ruler. */
static Str mark_text(Str number)
{
    return str_starts(number, STR("A.")) ? str_slice(number, 2, number.len) : number;
}

void paper_ruler_fill(const Visit *visit, Names *names, const PaperList *papers, Id open, Ruler *out)
{
    out->label = visit_text(visit, N_("Working papers"));
    for (size_t i = 0; i < papers->len; i++) {
        const Paper *paper = &papers->at[i];
        *list_push(visit->arena, out) =
            (RulerMark){ .text  = mark_text(paper->head.number),
                         .whole = paper->head.number,
                         .href  = address_record(visit->arena, &paper_type,
                                                 names_number(names, &paper_type, paper->head.id)),
                         .place = mark_place(paper),
                         .open  = id_eq(paper->head.id, open) };
    }
}

/* ---- working papers ---- */

static Str paper_href(const AuditFill *fill, const Paper *paper)
{
    return address_record(fill->visit->arena, &paper_type, names_number(fill->view.names, &paper_type, paper->head.id));
}

/* What the sample or the finding of the paper says. */
static Str paper_note(const AuditFill *fill, const Paper *paper)
{
    Arena *arena         = fill->visit->arena;
    const Sample *sample = sample_of(&fill->view.samples, paper->head.id);
    Str finding          = names_number(fill->view.names, &finding_type, paper->finding);

    if (finding.len > 0) return finding;
    if (sample == NULL || sample->n.value == 0) return (Str){ 0 };
    Str drawn = filled(&fill->words, N_("sample {1} of {2}"), str_fmt(arena, "%lld", (long long)sample->n.value),
                       grouped(&fill->words, sample->size.value));
    if (sample->deviations.value == 0) return drawn;
    Str found = counted(&fill->words, sample->deviations.value, N_("deviation"), N_("deviations"));
    return str_fmt(arena, "%.*s: %.*s", STR_ARG(drawn), STR_ARG(found));
}

static Cell paper_result(const AuditFill *fill, const Paper *paper)
{
    Str said = paper->conclusion == 0 ? (Str){ 0 }
                                      : value_to_human(fill->view.names, &paper_type.fields[Paper_conclusion], paper);

    switch (paper->conclusion) {
    case CONCLUDED_CONFORM: return (Cell){ .kind = CELL_PASS, .text = said };
    case CONCLUDED_NONCONFORM: return (Cell){ .kind = CELL_FAIL, .text = said };
    case 0: return (Cell){ 0 };
    default: return (Cell){ .kind = CELL_NONE, .text = said };
    }
}

static void paper_row(AuditFill *fill, const Paper *paper)
{
    TableView *table = &fill->sheet.papers.table;
    Cell *cells      = arena_array(fill->visit->arena, Cell, table->columns_len);
    size_t i         = 0;

    cells[i++] = (Cell){ .kind = CELL_CODE, .text = paper->head.number };
    cells[i++] = (Cell){ .text = paper->title, .href = paper_href(fill, paper), .note = paper_note(fill, paper) };
    cells[i++] = (Cell){ .text = names_person(fill->view.names, paper->auditor) };
    cells[i]   = cell_state(fill->visit, &paper_type, paper->head.state);
    if (paper->head.state == PAPER_DONE) cells[i].note = audit_text(fill, N_("to review"));
    cells[++i]                            = paper_result(fill, paper);
    *list_push(fill->visit->arena, table) = (TableRow){ .cells = cells };
}

/* In progress and returned, not started, to be reviewed, reviewed. */
static int paper_rank(const Paper *paper)
{
    switch (paper->head.state) {
    case PAPER_IN_PROGRESS:
    case PAPER_RETURNED: return 0;
    case PAPER_NOT_STARTED: return 1;
    case PAPER_DONE: return 2;
    default: return 3;
    }
}

static void papers_rows(AuditFill *fill)
{
    const PaperList *papers = &fill->view.papers;

    for (int rank = 0; rank <= 3; rank++) {
        for (size_t i = 0; i < papers->len; i++) {
            if (fill->sheet.papers.table.len < PAPERS_SHOWN && paper_rank(&papers->at[i]) == rank)
                paper_row(fill, &papers->at[i]);
        }
    }
}

static void papers_progress(AuditFill *fill)
{
    Arena *arena     = fill->visit->arena;
    PaperCount count = paper_count(&fill->view.papers);
    Str done         = filled(&fill->words, N_("{1} done, {2} of them reviewed"), str_fmt(arena, "%zu", count.done),
                              str_fmt(arena, "%zu", count.reviewed));
    Str open         = filled(&fill->words, N_("{1} open · {2} not started"), str_fmt(arena, "%zu", count.open),
                              str_fmt(arena, "%zu", count.not_started));

    fill->sheet.progress_of = str_fmt(
        arena, "%.*s:", STR_ARG(counted(&fill->words, (int64_t)count.all, N_("working paper"), N_("working papers"))));
    fill->sheet.progress = str_fmt(arena, "%.*s · %.*s", STR_ARG(done), STR_ARG(open));
}

/* The first paper of the reader's own that is not finished, else anybody's. */
static Link papers_next(const AuditFill *fill)
{
    const PaperList *papers = &fill->view.papers;
    const Paper *next       = NULL;

    for (size_t i = 0; i < papers->len; i++) {
        const Paper *paper = &papers->at[i];
        if (!paper_is_unfinished(paper)) continue;
        bool is_own = id_eq(paper->auditor, fill->visit->call->who);
        if (next == NULL || (is_own && !id_eq(next->auditor, fill->visit->call->who))) next = paper;
    }
    return next == NULL ? (Link){ 0 } : (Link){ audit_text(fill, N_("Open the next one")), paper_href(fill, next) };
}

static bool papers_fill(AuditFill *fill, Err *err)
{
    AuditTable *out      = &fill->sheet.papers;
    Arena *arena         = fill->visit->arena;
    TableColumn *columns = arena_array(arena, TableColumn, 5);
    size_t all           = fill->view.papers.len;

    columns[0] = (TableColumn){ .label = audit_text(fill, N_("Reference")), .kind = COLUMN_FIRST };
    columns[1] = (TableColumn){ .label = audit_text(fill, N_("What is tested")), .kind = COLUMN_TITLE };
    columns[2] = (TableColumn){ .label = audit_text(fill, N_("Auditor")) };
    columns[3] = (TableColumn){ .label = audit_text(fill, N_("State")) };
    columns[4] = (TableColumn){ .label = audit_text(fill, N_("Result")) };
    out->id    = STR("papers");
    out->title = audit_text(fill, N_("Working papers"));
    out->count = audit_count(fill, all);
    out->none =
        audit_text(fill, N_("No working paper that you may see. The lead auditor makes one for each reference."));
    out->table = (TableView){ .label       = audit_text(fill, N_("Working papers, unfinished first")),
                              .columns     = columns,
                              .columns_len = 5 };
    papers_rows(fill);
    papers_progress(fill);
    out->end = papers_next(fill);
    if (all > 0)
        out->foot = filled(&fill->words, N_("{1} of {2}, unfinished first"), str_fmt(arena, "%zu", out->table.len),
                           str_fmt(arena, "%zu", all));
    if (all > out->table.len)
        out->all =
            (Link){ filled(&fill->words, N_("All {1}"), out->count, STR("")), audit_list_href(fill, &paper_type) };
    paper_ruler_fill(fill->visit, fill->view.names, &fill->view.papers, (Id){ 0 }, &fill->sheet.ruler);
    return audit_may_add(fill, &paper_type, &out->acts, N_("Add working paper"), out->id, err);
}

/* ---- the plan ---- */

static Str people_words(const AuditFill *fill, const IdList *people)
{
    StrList names = { 0 };

    for (size_t i = 0; i < people->len; i++)
        *list_push(fill->visit->arena, &names) = names_person(fill->view.names, people->at[i]);
    return str_sentence(fill->visit->arena, &names);
}

static void agenda_row(AuditFill *fill, const AgendaItem *item)
{
    TableView *table = &fill->sheet.agenda.table;
    Arena *arena     = fill->visit->arena;
    Cell *cells      = arena_array(arena, Cell, table->columns_len);
    Str how          = item->method.len > 0 ? item->method : item->place;
    bool is_today    = item->date.number == fill->visit->call->today.number;
    bool is_past     = date_before(item->date, fill->visit->call->today);
    Str day          = is_today ? audit_text(fill, N_("Today")) : date_to_human(arena, item->date);

    cells[0]                 = (Cell){ .text = str_fmt(arena, "%.*s %.*s", STR_ARG(day), STR_ARG(item->start_at)) };
    cells[1]                 = (Cell){ .text = item->topic, .note = audit_refs(fill, &item->refs) };
    cells[2]                 = (Cell){ .text = people_words(fill, &item->auditees) };
    cells[3]                 = (Cell){ .text = names_person(fill->view.names, item->auditor) };
    cells[4]                 = (Cell){ .text = how };
    *list_push(arena, table) = (TableRow){ .cells = cells,
                                           .look  = is_today  ? ROW_SELECTED
                                                    : is_past ? ROW_CUT
                                                              : ROW_NORMAL };
}

static Str agenda_aside(const AuditFill *fill)
{
    const Audit *audit = &fill->view.audit;

    if (audit->plan_version.value == 0) return (Str){ 0 };
    return filled(&fill->words, N_("version {1}, accepted by {2}"),
                  str_fmt(fill->visit->arena, "%lld", (long long)audit->plan_version.value),
                  people_words(fill, &audit->plan_accepted_by));
}

static bool agenda_fill(AuditFill *fill, Err *err)
{
    AuditTable *out      = &fill->sheet.agenda;
    TableColumn *columns = arena_array(fill->visit->arena, TableColumn, 5);

    columns[0] = (TableColumn){ .label = audit_text(fill, N_("When")), .kind = COLUMN_FIRST };
    columns[1] = (TableColumn){ .label = audit_text(fill, N_("Topic")), .kind = COLUMN_TITLE };
    columns[2] = (TableColumn){ .label = audit_text(fill, N_("With")) };
    columns[3] = (TableColumn){ .label = audit_text(fill, N_("Auditor")) };
    columns[4] = (TableColumn){ .label = audit_text(fill, N_("How")) };
    out->id    = STR("agenda");
    out->title = audit_text(fill, N_("Plan"));
    out->aside = agenda_aside(fill);
    out->none  = audit_text(fill, N_("Nothing in the timetable yet."));
    out->table = (TableView){ .label = audit_text(fill, N_("Timetable")), .columns = columns, .columns_len = 5 };
    for (size_t i = 0; i < fill->view.agenda.len; i++)
        agenda_row(fill, &fill->view.agenda.at[i]);
    return audit_may_add(fill, &agenda_item_type, &out->acts, N_("Add to the plan"), out->id, err);
}

bool audit_tables_fill(AuditFill *fill, Err *err)
{
    return papers_fill(fill, err) && agenda_fill(fill, err);
}
