/* SPDX-License-Identifier: Apache-2.0
 * The page of a record of any type, from its declaration: what it is, what can be done and why not yet, its fields, its
 * parts, who names it, what happened, and its proof. With ?as-of=DAY: as it stood, and nothing to do. */
#include "web/record_page.h"

#include <stdalign.h>
#include <string.h>

#include "ledger/ledger_checkpoint.h"
#include "pages/pages.h"
#include "record/history.h"
#include "record/verb.h"
#include "web/pages.h"
#include "web/rules.h"

enum { BLOCK_FACTS = 6, TIMELINE_LINES = 8 };

/* ---- head ---- */

Links record_crumbs(const Visit *visit, const void *record, Names *names, CrumbsEnd end)
{
    const Plan *plan       = visit->plan;
    const RecordHead *head = record;
    Links crumbs           = { 0 };

    if (plan->parent != NULL) {
        Id parent  = *(const Id *)field_at(plan->parent, record);
        Str number = names_number(names, plan->parent_type, parent);
        *list_push(visit->arena, &crumbs) =
            (Link){ visit_text(visit, plan->parent_type->label_plural), address_list(visit->arena, plan->parent_type) };
        if (number.len > 0)
            *list_push(visit->arena, &crumbs) =
                (Link){ number, address_record(visit->arena, plan->parent_type, number) };
    }
    *list_push(visit->arena, &crumbs) =
        (Link){ visit_text(visit, plan->type->label_plural), address_list(visit->arena, plan->type) };
    if (end == CRUMBS_WITH_RECORD)
        *list_push(visit->arena, &crumbs) =
            (Link){ head->number, address_record(visit->arena, plan->type, names_number(names, plan->type, head->id)) };
    return crumbs;
}

static PageHead sheet_head(const Visit *visit, const void *record, Names *names)
{
    Str title     = record_title(visit->plan, record);
    PageHead head = { .crumbs = record_crumbs(visit, record, names, CRUMBS_ABOVE),
                      .number = ((const RecordHead *)record)->number,
                      .title  = title.len > 0 ? title : visit_text(visit, visit->plan->type->label) };

    export_ways(visit, visit->plan->type, &head);
    return head;
}

/* ---- what can be done ---- */

static Button act_button(const Visit *visit, const void *record, const Verb *verb)
{
    Str address   = address_verb(visit->arena, visit->plan->type, visit->number, verb->name);
    Button button = { .label = visit_text(visit, verb->label) };
    bool is_asked = verb->input != NULL || (verb->flags & VERB_DANGER) || strcmp(verb->name, "edit") == 0;

    if (verb->flags & VERB_DANGER) button.kind = BUTTON_DANGER;
    if (is_asked) {
        button.href = address;
        return button;
    }
    button.post  = address;
    button.name  = STR("revision");
    button.value = str_fmt(visit->arena, "%lld", (long long)((const RecordHead *)record)->revision);
    return button;
}

static Button act_barred(const Visit *visit, const StepView *view)
{
    const Refusal *first = &view->refusals.at[0];
    Str address          = address_verb(visit->arena, visit->plan->type, visit->number, view->verb->name);

    return (Button){ .label   = visit_text(visit, view->verb->label),
                     .id      = str_fmt(visit->arena, "why-%s", view->verb->name),
                     .why_not = sentence_of(visit->arena, first->missing),
                     .rule    = first->rule,
                     .fix     = { visit_text(visit, N_("What to do")), address } };
}

static void gate_fill(const Visit *visit, const StepView *view, Gate *gate)
{
    Html words = visit_html(visit);

    gate->id            = STR("gate");
    gate->title         = str_fmt(visit->arena, "%.*s “%.*s”: %.*s", STR_ARG(visit_text(visit, N_("Before"))),
                                  STR_ARG(visit_text(visit, view->verb->label)),
                                  STR_ARG(counted(&words, (int64_t)view->refusals.len, N_("thing open"), N_("things open"))));
    gate->verb          = act_barred(visit, view);
    gate->verb.why_not  = view->refusals.at[0].next.len > 0 ? view->refusals.at[0].next : gate->verb.why_not;
    gate->verb.rule     = (Str){ 0 };
    gate->verb.fix.text = (Str){ 0 };
    for (size_t i = 0; i < view->refusals.len; i++) {
        const Refusal *refusal         = &view->refusals.at[i];
        *list_push(visit->arena, gate) = (GateLine){ .text = sentence_of(visit->arena, refusal->missing),
                                                     .rule = refusal->rule,
                                                     .who  = str_sentence(visit->arena, &refusal->could) };
    }
}

static void buttons_put(const Visit *visit, Buttons *buttons, Button button, bool first)
{
    *list_push(visit->arena, buttons) = button;
    if (!first) return;
    memmove(buttons->at + 1, buttons->at, (buttons->len - 1) * sizeof *buttons->at);
    buttons->at[0] = button;
}

static bool leads(const StepView *view)
{
    return (view->verb->flags & VERB_PRIMARY) != 0;
}

/* The verb whose conditions are shown in full: the usual next one, else the first that something stands against. */
static const StepView *view_of_gate(const StepViewList *views)
{
    const StepView *first = NULL;

    for (size_t i = 0; i < views->len; i++) {
        const StepView *view = &views->at[i];
        if (view->refusals.len == 0 || (view->verb->flags & VERB_DANGER)) continue;
        if (leads(view)) return view;
        if (first == NULL) first = view;
    }
    return first;
}

bool record_acts(Visit *visit, const void *record, Sheet *sheet, Err *err)
{
    StepViewList views = { 0 };
    bool has_primary   = false;

    if (!verb_check_all(visit->call, visit->plan->type, record, &views, err)) return false;
    const StepView *gate = view_of_gate(&views);
    if (gate != NULL) gate_fill(visit, gate, &sheet->gate);
    for (size_t i = 0; i < views.len; i++) {
        const StepView *view = &views.at[i];
        bool is_first        = leads(view) && !has_primary;
        if (view == gate) continue;
        if (view->refusals.len > 0) {
            *list_push(visit->arena, &sheet->waiting) = act_barred(visit, view);
            continue;
        }
        Button button = act_button(visit, record, view->verb);
        if (is_first) button.kind = BUTTON_PRIMARY;
        buttons_put(visit, &sheet->head.acts, button, is_first);
        has_primary = has_primary || is_first;
    }
    return true;
}

/* ---- fields ---- */

static void block_fill(const Visit *visit, const Drawing *drawing, const void *record, Facts *block)
{
    const Type *type = visit->plan->type;

    *list_push(visit->arena, block) =
        (Fact){ visit_text(visit, N_("State")), cell_state(visit, type, ((const RecordHead *)record)->state) };
    for (size_t i = 0; i < type->fields_len && block->len < BLOCK_FACTS; i++) {
        const Field *field = &type->fields[i];
        bool is_fact = (field->flags & SHOW_IN_LIST) && !(field->flags & SHOW_AS_TITLE) && field->kind != KIND_LONG;
        if (is_fact && !field_is_empty(field, record))
            *list_push(visit->arena, block) =
                (Fact){ visit_text(visit, field->label), cell_of_field(drawing, field, record) };
    }
}

static bool block_has(const Visit *visit, const Facts *block, const Field *field)
{
    Str label = visit_text(visit, field->label);

    for (size_t i = 1; i < block->len; i++) {
        if (str_eq(block->at[i].label, label)) return true;
    }
    return false;
}

/* Where the field comes from, if that is a clause of the standard. */
static Str clause_of(const Field *field)
{
    Str clause = str_from_c(field->clause);
    return clause.len > 0 && clause.ptr[0] >= '0' && clause.ptr[0] <= '9' ? clause : (Str){ 0 };
}

static Passage passage_of(const Visit *visit, const Field *field, Str text)
{
    Passage passage = { .label = visit_text(visit, field->label), .clause = clause_of(field) };
    Str line;

    while (str_cut(&text, '\n', &line)) {
        if (str_trim(line).len > 0) *list_push(visit->arena, &passage.paragraphs) = line;
    }
    return passage;
}

static Cell cell_file(const Visit *visit, const Field *field, const void *record)
{
    const Type *type  = visit->plan->type;
    Str told          = str_fmt(visit->arena, "%s_name", field->name);
    const Field *name = type_field(type, told);
    Str record_path   = address_record(visit->arena, type, visit->number);
    Str label         = name != NULL && name->kind == KIND_TEXT ? *(const Str *)field_at(name, record) : (Str){ 0 };

    return (Cell){ .text = label.len > 0 ? label : visit_text(visit, N_("Download")),
                   .href = str_fmt(visit->arena, "%.*s/files/%s", STR_ARG(record_path), field->name),
                   .note = str_slice(*(const Str *)field_at(field, record), 0, 12) };
}

static void fields_fill(const Visit *visit, const Drawing *drawing, const void *record, Sheet *sheet)
{
    const Type *type = visit->plan->type;

    for (size_t i = 0; i < type->fields_len; i++) {
        const Field *field = &type->fields[i];
        if ((field->flags & (SECRET | SHOW_AS_TITLE)) || field_is_empty(field, record)) continue;
        if (field->kind == KIND_LONG) {
            *list_push(visit->arena, &sheet->passages) =
                passage_of(visit, field, *(const Str *)field_at(field, record));
            continue;
        }
        if (block_has(visit, &sheet->block, field)) continue;
        Cell cell = field->kind == KIND_FILE ? cell_file(visit, field, record) : cell_of_field(drawing, field, record);
        *list_push(visit->arena, &sheet->facts) = (Fact){ visit_text(visit, field->label), cell };
    }
}

/* ---- what happened, and its proof ---- */

bool record_timeline(Visit *visit, const Type *type, Id id, Timeline *out, Err *err)
{
    HistoryLines lines = { 0 };

    if (!record_history(visit->call, type, id, -1, TIMELINE_LINES, &lines, err)) return false;
    for (size_t i = 0; i < lines.len; i++) {
        const HistoryLine *line = &lines.at[i];
        Str history             = address_record(visit->arena, visit->plan->type, visit->number);
        Str what                = str_fmt(visit->arena, "%.*s, %.*s", STR_ARG(line->verb), STR_ARG(line->who));
        *list_push(visit->arena, out) =
            (TimelineMark){ .day   = zone_date(visit->app->zone, line->time),
                            .what  = { what, str_fmt(visit->arena, "%.*s/history#event-%lld", STR_ARG(history),
                                                     (long long)line->event) },
                            .event = line->event };
    }
    return true;
}

bool proof_line(Visit *visit, const Type *type, const void *record, Names *names, ProofLine *out, Err *err)
{
    const RecordHead *head  = record;
    StoredCheckpoint stored = { 0 };
    Str path                = address_record(visit->arena, type, names_number(names, type, head->id));

    if (!ledger_checkpoint_last(visit->call->db, visit->arena, INT64_MAX, &stored, err)) return false;
    Str who = names_person(names, head->updated_by);
    *out    = (ProofLine){ .event      = head->last_event,
                           .when       = head->updated_at,
                           .who        = who.len > 0 ? who : visit_text(visit, N_("Plumbline")),
                           .checkpoint = stored.size > head->last_event ? stored.size : 0,
                           .href       = str_fmt(visit->arena, "%.*s/history", STR_ARG(path)) };
    return true;
}

/* ---- lists that name this record ---- */

static bool names_us(const Visit *visit, const Plan *plan, const Field *field)
{
    bool is_reference = (field->kind == KIND_REF || field->kind == KIND_REFS) && !(field->flags & SECRET);

    if (!is_reference || strcmp(field->to, visit->plan->type->name) != 0 || field == plan->parent) return false;
    /* people are named nearly everywhere: only where lists show or look for it */
    return strcmp(field->to, "person") != 0 || (field->flags & (SHOW_IN_LIST | INDEXED));
}

static bool named_by_field(Visit *visit, const Plan *plan, const Field *field, Links *out, Err *err)
{
    Param param      = { str_from_c(field->name), visit->number };
    ParamList params = { .at = &param, .len = 1 };
    ListPage page    = { 0 };
    ListQuery query;

    if (!list_read(visit->call, plan->type, &params, &query, err) || !list_count(visit->call, &query, &page, err))
        return false;
    if (page.total == 0) return true;
    Str text = str_fmt(visit->arena, "%.*s: %.*s (%.*s)", STR_ARG(visit_text(visit, plan->type->label_plural)),
                       STR_ARG(total_words(visit, &page)), STR_ARG(visit_text(visit, field->label)));
    *list_push(visit->arena, out) =
        (Link){ text, str_fmt(visit->arena, "/%s?%s=%.*s%s", plan->type->plural, field->name,
                              STR_ARG(address_value(visit->arena, visit->number)),
                              type_is_plain(plan->type) ? "&state=any" : "") };
    return true;
}

static bool named_by(Visit *visit, Links *out, Err *err)
{
    const Registry *registry = visit->app->registry;

    for (size_t i = 0; i < registry_len(registry); i++) {
        const Plan *plan = registry_at(registry, i);
        if (!view_may_list(visit->call, plan->type)) continue;
        for (size_t k = 0; k < plan->type->fields_len; k++) {
            const Field *field = &plan->type->fields[k];
            if (names_us(visit, plan, field) && !named_by_field(visit, plan, field, out, err)) return false;
        }
    }
    return true;
}

/* ---- the page ---- */

static bool shown_names(Visit *visit, Shown *shown, Err *err)
{
    shown->names = names_open(visit->call);
    names_want_record(shown->names, visit->plan, shown->record);
    names_know(shown->names, visit->plan->type, shown->record);
    return names_load(shown->names, err);
}

static void sheet_as_of(const Visit *visit, const Shown *shown, Sheet *sheet)
{
    Str day = date_to_human(visit->arena, shown->as_of);
    sheet->head.as_of =
        str_fmt(visit->arena, "%.*s %.*s", STR_ARG(visit_text(visit, N_("As it stood on"))), STR_ARG(day));
    sheet->head.now_href = address_record(visit->arena, visit->plan->type, visit->number);
}

static bool sheet_of_today(Visit *visit, const Shown *shown, Sheet *sheet, Err *err)
{
    const RecordHead *head = shown->record;

    return record_acts(visit, shown->record, sheet, err) && record_parts(visit, shown->record, &sheet->parts, err) &&
           record_timeline(visit, visit->plan->type, head->id, &sheet->timeline, err) &&
           named_by(visit, &sheet->named_by, err);
}

bool record_sheet(Visit *visit, Shown *shown, Sheet *sheet, Err *err)
{
    *sheet = (Sheet){ 0 };
    if (!shown_names(visit, shown, err)) return false;
    Drawing drawing = { .visit = visit, .names = shown->names, .type = visit->plan->type, .links = VALUE_LINKED };
    sheet->head     = sheet_head(visit, shown->record, shown->names);
    block_fill(visit, &drawing, shown->record, &sheet->block);
    fields_fill(visit, &drawing, shown->record, sheet);
    if (!date_is_none(shown->as_of))
        sheet_as_of(visit, shown, sheet);
    else if (!sheet_of_today(visit, shown, sheet, err))
        return false;
    return proof_line(visit, visit->plan->type, shown->record, shown->names, &sheet->proof, err);
}

bool record_sheet_send(Visit *visit, const void *record, const Sheet *sheet, Err *err)
{
    Html page = visit_html(visit);
    Shell shell =
        visit_shell(visit, record_words(visit, visit->plan, record), address_list(visit->arena, visit->plan->type));

    page_record(&page, &shell, sheet);
    return visit_send(visit, 200, &page, err);
}

/* The record as it stood at the end of a day of the organisation. */
static bool record_then(Visit *visit, Shown *shown, bool *found, Err *err)
{
    Time end = zone_day_end(visit->app->zone, shown->as_of);
    Id id    = ((RecordHead *)shown->record)->id;
    return record_as_of(visit->call, visit->plan->type, id, end, shown->record, found, err);
}

bool record_shown(Visit *visit, Shown *shown, Err *err)
{
    Str as_of = visit_param(visit, "as-of");

    if (!visit_read(visit, err)) return false;
    if (!view_find(visit->call, visit->plan->type, visit->number, shown->record, &shown->is_there, err)) return false;
    if (!shown->is_there) return visit_not_found(visit, err);
    if (as_of.len == 0) return true;
    shown->is_there = date_from_iso(as_of, &shown->as_of);
    if (!shown->is_there)
        return visit_problem(visit, 422, visit_text(visit, N_("That is no day")),
                             visit_text(visit, N_("Write it as 2026-10-15.")), err);
    if (!record_then(visit, shown, &shown->is_there, err)) return false;
    if (shown->is_there) return true;
    return visit_problem(visit, 404, visit_text(visit, N_("It was not there yet on that day")),
                         visit_text(visit, N_("The record was made later. Its history says when.")), err);
}

bool record_page_show(Visit *visit, Err *err)
{
    Shown shown = { .record = arena_alloc(visit->arena, visit->plan->type->size, alignof(max_align_t)) };

    Sheet sheet;

    if (!record_shown(visit, &shown, err)) return false;
    if (!shown.is_there) return true;
    return record_sheet(visit, &shown, &sheet, err) && record_sheet_send(visit, shown.record, &sheet, err);
}

static const Route rows[]  = { { HTTP_GET, "/{plural}/{record}", record_page_show, 0 } };
const Routes record_routes = ROUTES_OF(rows);
