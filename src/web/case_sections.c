/* SPDX-License-Identifier: Apache-2.0
 * The five parts of a nonconformity's page: what was found, why it happened, what is done about it, whether it worked,
 * and what the management system changed. */
#include <string.h>

#include "action/due.h"
#include "org/person.h"
#include "web/case_fill.h"
#include "web/rules.h"

static Arena *arena_of(const CaseFill *fill)
{
    return fill->visit->arena;
}

static Str text(const CaseFill *fill, const char *english)
{
    return visit_text(fill->visit, english);
}

static const Nonconformity *case_of(const CaseFill *fill)
{
    return &fill->view.nc;
}

static Str person(const CaseFill *fill, Id id)
{
    return names_person(fill->view.names, id);
}

static Str day(const CaseFill *fill, Date date)
{
    return date_to_human(arena_of(fill), date);
}

/* "Tomasz Wilk, 8 May 2026": the parts that are there. */
static Str parts_joined(const CaseFill *fill, Str first, Str second, Str third)
{
    Str all[]    = { first, second, third };
    StrList list = { 0 };

    for (size_t i = 0; i < countof(all); i++) {
        if (all[i].len > 0) *list_push(arena_of(fill), &list) = all[i];
    }
    return str_join(arena_of(fill), &list, STR(" · "));
}

static void section_end(CaseFill *fill, CaseSection section, Str said, Str href)
{
    if (said.len > 0) *list_push(arena_of(fill), &fill->sheet.ends[section]) = (Link){ said, href };
}

static Said *said_add(CaseFill *fill, SaidList *list, const char *label, Str said)
{
    Said *line = list_push(arena_of(fill), list);

    line->label      = text(fill, label);
    line->paragraphs = paragraphs_of(arena_of(fill), said);
    return line;
}

static void said_if(CaseFill *fill, SaidList *list, const char *label, Str said)
{
    if (said.len > 0) said_add(fill, list, label, said);
}

static Button add_button(const CaseFill *fill, const char *label, Str href)
{
    return (Button){ .label = text(fill, label), .icon = ICON_PLUS, .size = BUTTON_SMALL, .href = href };
}

static void act_add(CaseFill *fill, CaseSection section, Button button)
{
    *list_push(arena_of(fill), &fill->sheet.acts[section]) = button;
}

/* Causes, searches and actions are written by the owner while the case is in analysis. */
static bool writes_analysis(const CaseFill *fill)
{
    return case_is_owner(fill) && case_of(fill)->head.state == NC_ANALYSIS;
}

/* ---- 1 what was found ---- */

static bool evidence_is_of(const Evidence *evidence, Id action)
{
    return id_eq(evidence->action, action);
}

static Link evidence_link(const CaseFill *fill, const Evidence *evidence)
{
    return (Link){ evidence->title, address_record(arena_of(fill), &evidence_type, evidence->head.number) };
}

static void found_evidence(CaseFill *fill)
{
    const CaseView *view = &fill->view;
    Said *said           = said_add(fill, &fill->sheet.found, N_("Evidence"), view->nc.evidence_text);

    for (size_t i = 0; i < view->evidence.len; i++) {
        if (evidence_is_of(&view->evidence.at[i], (Id){ 0 }))
            *list_push(arena_of(fill), &said->links) = evidence_link(fill, &view->evidence.at[i]);
    }
    if (said->links.len == 0 && said->paragraphs.len == 0)
        said->note = text(fill, N_("no item is attached that you may see"));
}

static void corrections_fill(CaseFill *fill)
{
    const CaseView *view = &fill->view;

    for (size_t i = 0; i < view->corrections.len; i++) {
        const Correction *correction = &view->corrections.at[i];
        Slip *slip                   = list_push(arena_of(fill), &fill->sheet.corrections);
        slip->title                  = text(fill, N_("Correction"));
        slip->aside                  = i == 0
                                           ? text(fill, N_("puts the situation right; does not touch the cause"))
                                           : str_lower(arena_of(fill), case_said(fill, &correction_type, Correction_kind, correction));
        slip->paragraphs             = paragraphs_of(arena_of(fill), correction->text);
        if (correction->planned.len > 0)
            *list_push(arena_of(fill), &slip->paragraphs) =
                filled(&fill->words, N_("Still planned: {1}"), correction->planned, STR(""));
        slip->foot = parts_joined(fill, person(fill, correction->by), day(fill, correction->done_on), STR(""));
    }
}

static void found_fill(CaseFill *fill)
{
    const Nonconformity *nc = case_of(fill);
    CaseSheet *sheet        = &fill->sheet;
    const Audit *audit      = &fill->view.audit;

    sheet->titles[SECTION_FOUND] = text(fill, N_("1 What was found"));
    if (audit->head.number.len > 0) {
        section_end(fill, SECTION_FOUND, audit->head.number,
                    address_record(arena_of(fill), &audit_type, audit->head.number));
    } else {
        section_end(fill, SECTION_FOUND,
                    str_fmt(arena_of(fill), "%.*s %.*s",
                            STR_ARG(case_said(fill, &nonconformity_type, Nonconformity_source, nc)),
                            STR_ARG(nc->source_ref)),
                    STR(""));
    }
    if (!id_is_none(fill->view.finding.written_by))
        section_end(fill, SECTION_FOUND,
                    filled(&fill->words, N_("by {1}"), person(fill, fill->view.finding.written_by), STR("")), STR(""));
    said_if(fill, &sheet->found, N_("Criterion"), nc->criteria);
    said_add(fill, &sheet->found, N_("Condition"), nc->condition);
    found_evidence(fill);
    said_if(fill, &sheet->found, N_("Extent"), nc->extent);
    said_if(fill, &sheet->found, N_("Effect"), nc->effect);
    said_if(fill, &sheet->found, N_("No correction, because"), nc->correction_impossible);
    corrections_fill(fill);
    sheet->consequences = nc->consequences;
}

/* ---- 2 why it happened: the drawing ---- */

static TreeNode *node_add(CaseFill *fill, int depth, NodeLook look, Str said)
{
    TreeNode *node = list_push(arena_of(fill), &fill->sheet.tree);

    *node = (TreeNode){ .depth = depth, .look = look, .text = said };
    return node;
}

static Str shown_by(const CaseFill *fill, YesNo confirmed, Str evidence)
{
    if (confirmed == YES && evidence.len > 0) return filled(&fill->words, N_("confirmed: {1}"), evidence, STR(""));
    if (confirmed == YES) return text(fill, N_("confirmed"));
    return evidence.len > 0 ? filled(&fill->words, N_("assumed: {1}"), evidence, STR("")) : text(fill, N_("assumed"));
}

/* The root cause that a box says in the same words. */
static const RootCause *root_of_box(const CaseView *view, const Cause *cause)
{
    for (size_t i = 0; i < view->root_causes.len; i++) {
        if (str_eq(str_trim(view->root_causes.at[i].text), str_trim(cause->text))) return &view->root_causes.at[i];
    }
    return NULL;
}

static void node_root(const CaseFill *fill, TreeNode *node, const RootCause *root)
{
    Str category = str_lower(arena_of(fill), case_said(fill, &root_cause_type, RootCause_category, root));

    node->look   = NODE_ROOT;
    node->number = root->head.number;
    node->note   = parts_joined(fill, category, shown_by(fill, root->confirmed, root->evidence_text), STR(""));
    if (writes_analysis(fill)) {
        node->href = address_verb(
            arena_of(fill), &root_cause_type,
            str_fmt(arena_of(fill), "%.*s/%.*s", STR_ARG(case_of(fill)->head.number), STR_ARG(root->head.number)),
            "edit");
    }
}

static void node_box(CaseFill *fill, const Cause *cause, int depth)
{
    TreeNode *node        = node_add(fill, depth, NODE_PLAIN, cause->text);
    const RootCause *root = root_of_box(&fill->view, cause);
    Str votes             = { 0 };

    if (cause->votes.value > 0) votes = counted(&fill->words, cause->votes.value, N_("vote"), N_("votes"));
    node->note = parts_joined(fill, shown_by(fill, cause->confirmed, cause->evidence_text), votes, STR(""));
    if (writes_analysis(fill)) node->href = address_verb(arena_of(fill), &cause_type, cause->head.number, "edit");
    if (root != NULL) node_root(fill, node, root);
}

/* A gate says how several boxes work together. */
static bool box_has_several(const CauseDrawing *drawing, size_t index)
{
    size_t below = 0;

    for (size_t i = index + 1; i < drawing->len && drawing->at[i].depth > drawing->at[index].depth; i++)
        below += drawing->at[i].depth == drawing->at[index].depth + 1;
    return below > 1;
}

enum { DRAWING_LEVELS = 32 };

/* The boxes from `from` on, up to the next one at the top, `base` levels down. The word of a gate is a level of its
 * own. */
static size_t boxes_add(CaseFill *fill, size_t from, int base)
{
    const CauseDrawing *drawing = &fill->view.drawing;
    int shift[DRAWING_LEVELS]   = { 0 }; /* levels that gates above a depth have added */
    size_t i                    = from;

    do {
        const DrawnCause *box = &drawing->at[i];
        int depth             = base + box->depth + shift[box->depth];
        node_box(fill, box->cause, depth);
        shift[box->depth + 1] = shift[box->depth];
        if (box->cause->gate != 0 && box_has_several(drawing, i)) {
            node_add(fill, depth + 1, NODE_GATE, case_said(fill, &cause_type, Cause_gate, box->cause));
            shift[box->depth + 1]++;
        }
        i++;
    } while (i < drawing->len && drawing->at[i].depth > 0);
    return i;
}

static void branch_add(CaseFill *fill, int branch)
{
    const CauseDrawing *drawing = &fill->view.drawing;
    bool is_headed              = false;

    for (size_t i = 0; i < drawing->len; i++) {
        const Cause *cause = drawing->at[i].cause;
        if (drawing->at[i].depth > 0 || cause->branch != branch) continue;
        if (!is_headed)
            node_add(fill, 1, NODE_GATE,
                     branch != 0 ? case_said(fill, &cause_type, Cause_branch, cause) : text(fill, N_("Other")));
        is_headed = true;
        boxes_add(fill, i, 2);
    }
}

/* Causes stand on the bones of the fish: people, method, … */
static void ishikawa_add(CaseFill *fill)
{
    int branches = (int)cause_type.fields[Cause_branch].choices->len;

    for (int branch = 1; branch <= branches; branch++)
        branch_add(fill, branch);
    branch_add(fill, 0);
}

/* Root causes that no box says in the same words stand under a heading of their own. */
static void roots_add(CaseFill *fill)
{
    const CaseView *view = &fill->view;
    bool is_headed       = view->drawing.len == 0;

    for (size_t i = 0; i < view->root_causes.len; i++) {
        const RootCause *root = &view->root_causes.at[i];
        bool is_drawn         = false;
        for (size_t k = 0; k < view->drawing.len; k++)
            is_drawn = is_drawn || root_of_box(view, view->drawing.at[k].cause) == root;
        if (is_drawn && view->nc.cause_method != CAUSES_BY_BARRIERS) continue;
        if (!is_headed) node_add(fill, 0, NODE_GATE, text(fill, N_("Root causes")));
        is_headed = true;
        node_root(fill, node_add(fill, 1, NODE_ROOT, root->text), root);
    }
}

/* A fault tree begins with the event itself. */
static bool is_one_event(const CaseFill *fill)
{
    const CauseDrawing *drawing = &fill->view.drawing;
    size_t tops                 = 0;

    for (size_t i = 0; i < drawing->len; i++)
        tops += drawing->at[i].depth == 0;
    return case_of(fill)->cause_method == CAUSES_BY_FAULT_TREE && tops == 1;
}

static void tree_fill(CaseFill *fill)
{
    const CauseDrawing *drawing = &fill->view.drawing;
    const Nonconformity *nc     = case_of(fill);
    bool is_fishbone            = nc->cause_method == CAUSES_BY_ISHIKAWA;
    bool is_boxes               = nc->cause_method != CAUSES_BY_BARRIERS;

    if (drawing->len == 0 && fill->view.root_causes.len == 0) return;
    fill->sheet.tree.label = case_said(fill, &nonconformity_type, Nonconformity_cause_method, nc);
    if (fill->sheet.tree.label.len == 0) fill->sheet.tree.label = text(fill, N_("Root causes"));
    if (is_one_event(fill)) {
        boxes_add(fill, 0, 0);
        fill->sheet.tree.at[0].look = NODE_TOP;
        roots_add(fill);
        return;
    }
    node_add(fill, 0, NODE_TOP, nc->problem.len > 0 ? nc->problem : nc->title);
    if (is_fishbone) ishikawa_add(fill);
    for (size_t i = 0; is_boxes && !is_fishbone && i < drawing->len;)
        i = boxes_add(fill, i, 1);
    roots_add(fill);
}

/* ---- tables ---- */

static void table_open(CaseFill *fill, TableView *table, const char *label, const TableColumn *columns, size_t len)
{
    TableColumn *own = arena_array(arena_of(fill), TableColumn, len);

    memcpy(own, columns, len * sizeof *own);
    for (size_t i = 0; i < len; i++)
        own[i].label = text(fill, columns[i].label.ptr);
    *table = (TableView){ .label = text(fill, label), .columns = own, .columns_len = len };
}

static Cell *row_add(CaseFill *fill, TableView *table)
{
    TableRow *row = list_push(arena_of(fill), table);

    row->cells = arena_array(arena_of(fill), Cell, table->columns_len);
    return row->cells;
}

static void barriers_fill(CaseFill *fill)
{
    static const TableColumn columns[] = { { .label = STR_INIT("Barrier"), .kind = COLUMN_TITLE },
                                           { .label = STR_INIT("Was meant to") },
                                           { .label = STR_INIT("Did it exist?") },
                                           { .label = STR_INIT("Did it work?") },
                                           { .label = STR_INIT("Why not?") } };
    const CauseDrawing *drawing        = &fill->view.drawing;

    if (case_of(fill)->cause_method != CAUSES_BY_BARRIERS) return;
    table_open(fill, &fill->sheet.barriers, N_("Barriers"), columns, countof(columns));
    for (size_t i = 0; i < drawing->len; i++) {
        const Cause *cause = drawing->at[i].cause;
        Cell *cells        = row_add(fill, &fill->sheet.barriers);
        cells[0] = (Cell){ .text = cause->text, .note = shown_by(fill, cause->confirmed, cause->evidence_text) };
        cells[1] = (Cell){ .text = cause->meant_to };
        cells[2] = (Cell){ .text = cause->existed };
        cells[3] = (Cell){ .text = cause->worked };
        cells[4] = (Cell){ .text = cause->why_not };
    }
}

static void searches_fill(CaseFill *fill)
{
    static const TableColumn columns[] = { { .label = STR_INIT("Where searched"), .kind = COLUMN_TITLE },
                                           { .label = STR_INIT("Found"), .kind = COLUMN_NUMBER },
                                           { .label = STR_INIT("By"), .kind = COLUMN_NOWRAP } };
    const SimilarSearchList *searches  = &fill->view.searches;

    table_open(fill, &fill->sheet.searches, N_("Similar cases"), columns, countof(columns));
    for (size_t i = 0; i < searches->len; i++) {
        const SimilarSearch *search = &searches->at[i];
        Cell *cells                 = row_add(fill, &fill->sheet.searches);
        cells[0]                    = (Cell){ .text = search->searched,
                                              .note = case_said(fill, &similar_search_type, SimilarSearch_dimension, search) };
        cells[1] = search->found.value > 0 ? (Cell){ .kind = CELL_NUMBER, .number = search->found.value }
                                           : (Cell){ .text = text(fill, N_("none")) };
        cells[2] = (Cell){ .text = person(fill, search->by) };
    }
}

static void advice_fill(CaseFill *fill)
{
    for (size_t i = 0; i < fill->view.advice.len; i++) {
        const Advice *advice = &fill->view.advice.at[i];
        Slip *slip           = list_push(arena_of(fill), &fill->sheet.advice);
        slip->title          = text(fill, N_("Advice"));
        slip->aside          = text(fill, N_("not binding; whoever gave it does not verify this case"));
        slip->paragraphs     = paragraphs_of(arena_of(fill), advice->text);
        slip->foot           = person(fill, advice->by);
    }
}

static void why_adds(CaseFill *fill)
{
    const Analysis *analysis = case_analysis(&fill->view);

    if (!writes_analysis(fill)) return;
    if (analysis != NULL) {
        act_add(fill, SECTION_WHY,
                add_button(fill, N_("Add a box"),
                           case_new_href(fill, &cause_type,
                                         str_fmt(arena_of(fill), "&analysis=%.*s", STR_ARG(analysis->head.number)),
                                         SECTION_WHY)));
    }
    act_add(fill, SECTION_WHY,
            add_button(fill, N_("Add root cause"), case_new_href(fill, &root_cause_type, STR(""), SECTION_WHY)));
    act_add(fill, SECTION_WHY,
            add_button(fill, N_("Add search"), case_new_href(fill, &similar_search_type, STR(""), SECTION_WHY)));
}

static void why_fill(CaseFill *fill)
{
    const Nonconformity *nc  = case_of(fill);
    const Analysis *analysis = case_analysis(&fill->view);
    CaseSheet *sheet         = &fill->sheet;

    sheet->titles[SECTION_WHY] = text(fill, N_("2 Why it happened"));
    if (nc->cause_method != 0)
        section_end(fill, SECTION_WHY, case_said(fill, &nonconformity_type, Nonconformity_cause_method, nc), STR(""));
    if (analysis != NULL && analysis->team.len > 0) {
        section_end(
            fill, SECTION_WHY,
            filled(&fill->words, N_("by {1}"), case_said(fill, &analysis_type, Analysis_team, analysis), STR("")),
            STR(""));
    }
    tree_fill(fill);
    barriers_fill(fill);
    said_if(fill, &sheet->why, N_("Why not found earlier"), nc->detection_gap);
    said_if(fill, &sheet->why, N_("What allowed it"), nc->what_allowed_it);
    if (analysis != NULL) said_if(fill, &sheet->why, N_("Why fewer than three levels"), analysis->depth_reason);
    searches_fill(fill);
    advice_fill(fill);
    why_adds(fill);
}

/* ---- 3 corrective actions ---- */

static Str action_against(const CaseFill *fill, const Action *action)
{
    StrList roots = { 0 };

    for (size_t i = 0; i <= action->also.len; i++) {
        const RootCause *root = case_root_cause(&fill->view, i == 0 ? action->root_cause : action->also.at[i - 1]);
        if (root != NULL) *list_push(arena_of(fill), &roots) = root->head.number;
    }
    Str kind = str_lower(arena_of(fill), case_said(fill, &action_type, Action_kind, action));
    return parts_joined(
        fill, filled(&fill->words, N_("against: {1}"), str_join(arena_of(fill), &roots, STR(", ")), STR("")), kind,
        action->cycle.value != case_of(fill)->cycle.value ? text(fill, N_("of an earlier cycle")) : STR(""));
}

static void action_acts(CaseFill *fill, const Action *action, ActionRow *row)
{
    Arena *arena = arena_of(fill);
    Str number   = address_value(arena, action->head.number);
    Str back =
        address_value(arena, str_fmt(arena, "/nonconformities/%.*s#part-3", STR_ARG(case_of(fill)->head.number)));
    bool takes_part = action_took_part(action, fill->visit->call->who) || case_is_owner(fill);
    bool is_run     = action->head.state == ACTION_IN_PROGRESS || action->head.state == ACTION_RETURNED;

    if (!date_is_none(fill->as_of) || !takes_part || !is_run) return;
    *list_push(arena, &row->acts) =
        (Button){ .label       = text(fill, N_("Add proof")),
                  .size        = BUTTON_SMALL,
                  .label_whole = filled(&fill->words, N_("Add proof of {1}"), action->head.number, STR("")),
                  .href = str_fmt(arena, "/evidence/upload?action=%.*s&return=%.*s", STR_ARG(number), STR_ARG(back)) };
    if (action_took_part(action, fill->visit->call->who)) {
        *list_push(arena, &row->acts) =
            (Button){ .label       = text(fill, N_("Claim done")),
                      .size        = BUTTON_SMALL,
                      .label_whole = filled(&fill->words, N_("Claim {1} done"), action->head.number, STR("")),
                      .href        = str_fmt(arena, "%.*s?return=%.*s",
                                             STR_ARG(address_verb(arena, &action_type, action->head.number, "claim-done")),
                                             STR_ARG(back)) };
    }
    *list_push(arena, &row->acts) =
        (Button){ .label       = text(fill, N_("Ask for a new date")),
                  .size        = BUTTON_SMALL,
                  .kind        = BUTTON_QUIET,
                  .label_whole = filled(&fill->words, N_("Ask for a new date for {1}"), action->head.number, STR("")),
                  .href        = case_new_href(fill, &extension_type,
                                               str_fmt(arena, "&step=action&action=%.*s", STR_ARG(number)), SECTION_ACTIONS) };
}

static void action_proof(const CaseFill *fill, const Action *action, ActionRow *row)
{
    const EvidenceList *evidence = &fill->view.evidence;

    for (size_t i = 0; i < evidence->len; i++) {
        if (evidence_is_of(&evidence->at[i], action->head.id))
            *list_push(arena_of(fill), &row->proof) = evidence_link(fill, &evidence->at[i]);
    }
    row->expected = action->expected_proof;
}

static void action_row(CaseFill *fill, const Action *action)
{
    ActionRow *row = list_push(arena_of(fill), &fill->sheet.actions);
    bool is_open   = action_is_open(action);

    row->number  = action->head.number;
    row->text    = action->text;
    row->href    = address_record(arena_of(fill), &action_type, action->head.number);
    row->against = action_against(fill, action);
    row->owner   = (Cell){ .text = person(fill, action->owner) };
    row->due     = (Cell){ .kind = is_open && date_is_none(fill->as_of) ? CELL_DUE : CELL_DATE, .date = action->due };
    row->done    = (Cell){ .kind = CELL_DATE, .date = action->done_on };
    row->state   = cell_state(fill->visit, &action_type, action->head.state);
    row->is_cut  = action->head.state == ACTION_CANCELLED;
    if (!date_is_none(action->due_first) && !date_eq(action->due_first, action->due))
        row->due.note = filled(&fill->words, N_("first {1}"), day(fill, action->due_first), STR(""));
    if (action->head.state == ACTION_RETURNED) row->returned = action->returned_why;
    action_proof(fill, action, row);
    action_acts(fill, action, row);
}

static void extensions_fill(CaseFill *fill)
{
    static const TableColumn columns[] = { { .label = STR_INIT("New date asked for"), .kind = COLUMN_TITLE },
                                           { .label = STR_INIT("From"), .kind = COLUMN_NOWRAP },
                                           { .label = STR_INIT("To"), .kind = COLUMN_NOWRAP },
                                           { .label = STR_INIT("Meanwhile") },
                                           { .label = STR_INIT("State"), .kind = COLUMN_NOWRAP } };

    table_open(fill, &fill->sheet.extensions, N_("Extensions"), columns, countof(columns));
    for (size_t i = 0; i < fill->view.extensions.len; i++) {
        const Extension *extension = &fill->view.extensions.at[i];
        Cell *cells                = row_add(fill, &fill->sheet.extensions);
        Str what      = id_is_none(extension->action) ? case_said(fill, &extension_type, Extension_step, extension)
                                                      : names_number(fill->view.names, &action_type, extension->action);
        cells[0]      = (Cell){ .text = what,
                                .note = extension->reason,
                                .href = address_record(arena_of(fill), &extension_type, extension->head.number) };
        cells[1]      = (Cell){ .kind = CELL_DATE, .date = extension->old_due };
        cells[2]      = (Cell){ .kind = CELL_DATE, .date = extension->new_due };
        cells[3]      = (Cell){ .text = extension->interim };
        cells[4]      = cell_state(fill->visit, &extension_type, extension->head.state);
        cells[4].note = id_is_none(extension->decided_by)
                            ? filled(&fill->words, N_("asked by {1}"), person(fill, extension->asked_by), STR(""))
                            : filled(&fill->words, N_("by {1}"), person(fill, extension->decided_by), STR(""));
    }
}

static void actions_fill(CaseFill *fill)
{
    const Nonconformity *nc = case_of(fill);
    CaseSheet *sheet        = &fill->sheet;
    ActionCount count       = case_actions(&fill->view);

    sheet->titles[SECTION_ACTIONS] = text(fill, N_("3 Corrective actions"));
    if (count.all > 0)
        sheet->counts[SECTION_ACTIONS] =
            filled(&fill->words, N_("{1} of {2} done"), str_fmt(arena_of(fill), "%zu", count.done),
                   str_fmt(arena_of(fill), "%zu", count.all));
    if (!date_is_none(nc->plan_approved_on)) {
        section_end(fill, SECTION_ACTIONS,
                    filled(&fill->words, N_("plan approved by {1}, {2}"), person(fill, nc->plan_approver),
                           day(fill, nc->plan_approved_on)),
                    STR(""));
    }
    for (size_t i = 0; i < fill->view.actions.len; i++)
        action_row(fill, &fill->view.actions.at[i]);
    if (nc->head.state == NC_ANALYSIS && nc->return_reason != 0) {
        said_add(fill, &sheet->plan, N_("Plan was returned"),
                 str_fmt(arena_of(fill), "%.*s. %.*s",
                         STR_ARG(case_said(fill, &nonconformity_type, Nonconformity_return_reason, nc)),
                         STR_ARG(nc->return_comment)));
    }
    said_if(fill, &sheet->plan, N_("Why dates go beyond the policy"), nc->exceptions);
    said_if(fill, &sheet->plan, N_("Why no corrective action is needed"), nc->no_action_reason);
    extensions_fill(fill);
    if (writes_analysis(fill))
        act_add(fill, SECTION_ACTIONS,
                add_button(fill, N_("Plan an action"), case_new_href(fill, &action_type, STR(""), SECTION_ACTIONS)));
}

/* ---- 4 did it work? ---- */

static void verification_add(CaseFill *fill, const Verification *verification)
{
    Check *check = list_push(arena_of(fill), &fill->sheet.verifications);
    bool passed  = verification->result == VERIFICATION_PASSED;
    Str who =
        filled(&fill->words, N_("{1} by {2}"), day(fill, verification->checked_on), person(fill, verification->by));

    check->result = (Cell){ .kind = passed ? CELL_OKAY : CELL_LATE,
                            .text = case_said(fill, &verification_type, Verification_result, verification) };
    if (!id_is_none(verification->with_expert))
        who = filled(&fill->words, N_("{1} with {2}"), who, person(fill, verification->with_expert));
    check->who        = who;
    check->paragraphs = paragraphs_of(arena_of(fill), verification->evidence_text);
    Str method        = case_said(fill, &verification_type, Verification_method, verification);
    if (method.len > 0 && check->paragraphs.len > 0)
        check->paragraphs.at[0] =
            str_fmt(arena_of(fill), "%.*s: %.*s", STR_ARG(method), STR_ARG(check->paragraphs.at[0]));
    check->rule = STR("G-06");
}

static void review_add(CaseFill *fill, const Effectiveness *review)
{
    Check *check     = list_push(arena_of(fill), &fill->sheet.reviews);
    Str said[]       = { review->data, review->value, review->side_effects };
    CellKind looks[] = { [EFFECT_EFFECTIVE]       = CELL_OKAY,
                         [EFFECT_PARTLY]          = CELL_SOON,
                         [EFFECT_NOT]             = CELL_LATE,
                         [EFFECT_NOT_ENOUGH_DATA] = CELL_SOON };

    check->result = (Cell){ .kind = looks[review->result],
                            .text = case_said(fill, &effectiveness_type, Effectiveness_result, review) };
    check->who    = filled(&fill->words, N_("{1} by {2}"), day(fill, review->reviewed_on), person(fill, review->by));
    for (size_t i = 0; i < countof(said); i++) {
        if (said[i].len > 0) *list_push(arena_of(fill), &check->paragraphs) = said[i];
    }
    check->rule = STR("G-07");
}

/* What is waited for, before anybody reviewed. */
static void review_ahead(CaseFill *fill)
{
    const Nonconformity *nc = case_of(fill);
    Check *check;

    if (nc->head.state != NC_MONITORING) return;
    check         = list_push(arena_of(fill), &fill->sheet.reviews);
    check->result = (Cell){ .kind = CELL_SOON,
                            .text = filled(&fill->words, N_("Waiting to {1}"), day(fill, nc->wait_until), STR("")) };
    check->who    = filled(&fill->words, N_("reviewer {1}"), person(fill, nc->reviewer), STR(""));
}

static void effect_fill(CaseFill *fill)
{
    const Nonconformity *nc = case_of(fill);
    CaseSheet *sheet        = &fill->sheet;

    sheet->titles[SECTION_EFFECT] = text(fill, N_("4 Did it work?"));
    for (size_t i = 0; i < fill->view.verifications.len; i++)
        verification_add(fill, &fill->view.verifications.at[i]);
    for (size_t i = 0; i < fill->view.reviews.len; i++)
        review_add(fill, &fill->view.reviews.at[i]);
    review_ahead(fill);
    if (nc->criterion.len > 0) {
        Said *said = said_add(fill, &sheet->effect, N_("Effective when"), nc->criterion);
        if (!date_is_none(nc->plan_approved_on))
            said->note =
                filled(&fill->words, N_("fixed on {1}, before any action"), day(fill, nc->plan_approved_on), STR(""));
    }
    said_if(fill, &sheet->effect, N_("Shown by"), nc->criterion_data);
    if (nc->wait_days.set) {
        said_add(fill, &sheet->effect, N_("Not before"),
                 filled(&fill->words, N_("{1} after verification, {2}"),
                        counted(&fill->words, nc->wait_days.value, N_("day"), N_("days")),
                        counted(&fill->words, nc->min_occurrences.value, N_("run of the process at least"),
                                N_("runs of the process at least"))));
    }
    said_if(fill, &sheet->effect, N_("Why the waiting time is short"), nc->waiting_reason);
}

/* ---- 5 what the ISMS changed ---- */

static void isms_row(CaseFill *fill, int part)
{
    const Field *field       = &isms_change_type.fields[IsmsChange_what];
    const IsmsChange *answer = case_isms_answer(&fill->view, part);
    Cell *cells              = row_add(fill, &fill->sheet.changes);

    cells[0] = (Cell){ .text = text(fill, choice_label(field->choices, part)) };
    if (answer != NULL) {
        cells[1] = (Cell){ .text = answer->before };
        cells[2] = (Cell){ .text = answer->after };
        return;
    }
    cells[1] = (Cell){ .kind = CELL_NONE, .text = text(fill, N_("not answered yet")) };
    if (fill->may_answer) {
        cells[2] = (Cell){ .text = text(fill, N_("Answer")),
                           .href = case_new_href(fill, &isms_change_type,
                                                 str_fmt(arena_of(fill), "&what=%s", choice_name(field->choices, part)),
                                                 SECTION_ISMS) };
    }
}

static void isms_fill(CaseFill *fill)
{
    static const TableColumn columns[] = { { .label = STR_INIT("Part"), .kind = COLUMN_TITLE },
                                           { .label = STR_INIT("Before") },
                                           { .label = STR_INIT("After") } };
    size_t answered                    = 0;

    fill->sheet.titles[SECTION_ISMS] = text(fill, N_("5 What the ISMS changed"));
    table_open(fill, &fill->sheet.changes, N_("Changes of the ISMS"), columns, countof(columns));
    for (int part = 1; part <= ISMS_PARTS; part++) {
        isms_row(fill, part);
        answered += case_isms_answer(&fill->view, part) != NULL;
    }
    if (answered < ISMS_PARTS)
        section_end(fill, SECTION_ISMS, text(fill, N_("each question needs an answer before closing")), STR(""));
    fill->sheet.lessons = case_of(fill)->lessons;
}

void case_sections_fill(CaseFill *fill)
{
    found_fill(fill);
    why_fill(fill);
    actions_fill(fill);
    effect_fill(fill);
    isms_fill(fill);
}
