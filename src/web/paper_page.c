/* SPDX-License-Identifier: Apache-2.0
 * The page of a working paper: its steps, each a form that saves what was seen; its samples; what is concluded;
 * evidence and what is expected beside it. With ?as-of=DAY the general page of a record tells how it stood. */
#include <string.h>

#include "audit/evidence_age.h"
#include "audit/paper_view.h"
#include "org/requirement.h"
#include "pages/pages.h"
#include "record/verb.h"
#include "web/audit_fill.h"
#include "web/pages.h"
#include "web/paper_sheet.h"
#include "web/record_page.h"
#include "web/rules.h"
#include "web/sample_section.h"
#include "web/shape_form.h"

enum { CARRIED_MAX = 1200 };

typedef struct {
    Visit *visit;
    PaperView view;
    PaperSheet sheet;
    Html words;
    bool may_edit, may_answer; /* the paper, its steps */
} PaperFill;

static Str text(const PaperFill *fill, const char *english)
{
    return visit_text(fill->visit, english);
}

static Str said(const PaperFill *fill, int index)
{
    return value_to_human(fill->view.names, &paper_type.fields[index], &fill->view.paper);
}

static Str paper_address(const PaperFill *fill, const Paper *paper)
{
    return address_record(fill->visit->arena, &paper_type, names_number(fill->view.names, &paper_type, paper->head.id));
}

/* ---- head ---- */

static Str minutes_words(const PaperFill *fill, int64_t minutes)
{
    Arena *arena = fill->visit->arena;

    if (minutes < 60) return str_fmt(arena, "%lld min", (long long)minutes);
    if (minutes % 60 == 0) return str_fmt(arena, "%lld h", (long long)(minutes / 60));
    return str_fmt(arena, "%lld h %02lld", (long long)(minutes / 60), (long long)(minutes % 60));
}

static void head_fill(PaperFill *fill)
{
    PageHead *head      = &fill->sheet.head;
    const Paper *before = paper_before(&fill->view), *after = paper_after(&fill->view);

    head->crumbs = record_crumbs(fill->visit, &fill->view.paper, fill->view.names, CRUMBS_ABOVE);
    head->number = fill->view.paper.head.number;
    head->title  = fill->view.paper.title;
    export_ways(fill->visit, &paper_type, head);
    if (before != NULL)
        *list_push(fill->visit->arena, &head->acts) =
            (Button){ .label = filled(&fill->words, N_("Previous: {1}"), before->head.number, STR("")),
                      .href  = paper_address(fill, before) };
    if (after != NULL)
        *list_push(fill->visit->arena, &head->acts) =
            (Button){ .label = filled(&fill->words, N_("Next: {1}"), after->head.number, STR("")),
                      .href  = paper_address(fill, after) };
}

static void block_add(PaperFill *fill, const char *label, Str value, Str note)
{
    if (value.len > 0)
        *list_push(fill->visit->arena, &fill->sheet.block) =
            (Fact){ text(fill, label), { .text = value, .note = note } };
}

static Str with_word(const PaperFill *fill, const char *form, Str value)
{
    return value.len > 0 ? filled(&fill->words, form, value, STR("")) : (Str){ 0 };
}

static void block_fill(PaperFill *fill)
{
    const Paper *paper = &fill->view.paper;
    Arena *arena       = fill->visit->arena;
    Str reviewer =
        names_person(fill->view.names, id_is_none(paper->reviewer) ? paper->reviewer_planned : paper->reviewer);
    Str version = paper->procedure_version.value > 0 ? str_fmt(arena, "%lld", (long long)paper->procedure_version.value)
                                                     : (Str){ 0 };
    Cell state  = cell_state(fill->visit, &paper_type, paper->head.state);

    *list_push(arena, &fill->sheet.block) = (Fact){ text(fill, N_("State")), state };
    block_add(fill, N_("Auditor"), names_person(fill->view.names, paper->auditor),
              with_word(fill, N_("review: {1}"), reviewer));
    block_add(fill, N_("Procedure"), names_number(fill->view.names, &procedure_type, paper->procedure),
              with_word(fill, N_("version {1}"), version));
    block_add(fill, N_("Methods"), said(fill, Paper_methods), (Str){ 0 });
    block_add(fill, N_("Criterion"), said(fill, Paper_refs), paper->own_criterion);
    if (paper->minutes.value > 0) {
        block_add(fill, N_("Time used"), minutes_words(fill, paper->minutes.value),
                  paper->planned_minutes.value > 0
                      ? with_word(fill, N_("planned {1}"), minutes_words(fill, paper->planned_minutes.value))
                      : (Str){ 0 });
    }
}

/* ---- forms in place ---- */

/* A form of "edit" that shows the fields named; the others keep their values. */
typedef struct {
    const Type *type;
    const void *record;
    const int *shown; /* numbers of fields */
    size_t shown_len;
    Str number; /* address of the record */
    Str back;   /* where one goes on */
} InPlace;

static bool is_shown(const InPlace *in, const Field *field)
{
    for (size_t i = 0; i < in->shown_len; i++) {
        if (&in->type->fields[in->shown[i]] == field) return true;
    }
    return false;
}

static FormField field_of(const PaperFill *fill, const InPlace *in, const ShapeForm *shape, const Field *field)
{
    Arena *arena   = fill->visit->arena;
    FormField made = { .kind     = field->kind == KIND_LONG ? FORM_LONG_TEXT : FORM_SEGMENTED,
                       .id       = str_fmt(arena, "%s-%lld-%s", in->type->name,
                                           (long long)((const RecordHead *)in->record)->id.n, field->name),
                       .name     = str_from_c(field->name),
                       .label    = text(fill, field->label),
                       .value    = shape_text(shape, field, in->record),
                       .optional = true,
                       .rows     = 2 };

    if (field->help != NULL) made.help = text(fill, field->help);
    for (size_t i = 0; field->kind == KIND_CHOICE && i < field->choices->len; i++)
        *list_push(arena, &made) = (FormChoice){ .value = str_from_c(field->choices->at[i].name),
                                                 .text  = text(fill, field->choices->at[i].label) };
    return made;
}

static void hide(const PaperFill *fill, InPlaceForm *out, const char *name, Str value)
{
    *list_push(fill->visit->arena, &out->hidden) = (HiddenField){ str_from_c(name), value };
}

static void in_place_fill(const PaperFill *fill, const InPlace *in, InPlaceForm *out)
{
    const Plan *plan = registry_plan(fill->visit->app->registry, in->type);
    ShapeForm shape  = { .visit  = fill->visit,
                         .type   = in->type,
                         .verb   = type_verb(in->type, STR("edit")),
                         .shape  = &plan->shape,
                         .use    = SHAPE_EDIT,
                         .record = in->record,
                         .names  = fill->view.names };

    out->action   = address_verb(fill->visit->arena, in->type, in->number, "edit");
    out->revision = ((const RecordHead *)in->record)->revision;
    hide(fill, out, "marks", shape_marks(&shape, in->record));
    hide(fill, out, "return", in->back);
    for (size_t i = 0; i < in->type->fields_len; i++) {
        const Field *field = &in->type->fields[i];
        if (shape_takes(&shape, field) && !is_shown(in, field))
            hide(fill, out, field->name, shape_text(&shape, field, in->record));
    }
    for (size_t i = 0; i < in->shown_len; i++)
        *list_push(fill->visit->arena, &out->fields) = field_of(fill, in, &shape, &in->type->fields[in->shown[i]]);
}

/* ---- steps ---- */

static Str step_extent(const PaperFill *fill)
{
    const SampleList *samples = &fill->view.samples;

    if (samples->len == 0 || samples->at[0].deviations.value == 0) return (Str){ 0 };
    return str_fmt(fill->visit->arena, "%lld of %lld", (long long)samples->at[0].deviations.value,
                   (long long)samples->at[0].n.value);
}

static void param_add(const PaperFill *fill, Buf *out, const char *name, Str value)
{
    if (value.len > 0 && value.len <= CARRIED_MAX)
        buf_fmt(out, "&%s=%.*s", name, STR_ARG(address_value(fill->visit->arena, value)));
}

/* A finding that begins with what the paper knows; the writer adds what was found. */
static Str finding_href(const PaperFill *fill, const PaperStep *step)
{
    const PaperView *view = &fill->view;
    Arena *arena          = fill->visit->arena;
    StrList refs = { 0 }, evidence = { 0 };
    Buf out = buf_open(arena, 1 << 14);

    for (size_t i = 0; i < view->refs.len; i++)
        *list_push(arena, &refs) = view->refs.at[i].head.number;
    for (size_t i = 0; i < view->evidence.len; i++)
        *list_push(arena, &evidence) = view->evidence.at[i].head.number;
    Str audit = names_number(view->names, &audit_type, view->paper.audit);
    buf_fmt(&out, "/findings/new?audit=%.*s", STR_ARG(address_value(arena, audit)));
    param_add(fill, &out, "paper", fill->visit->number);
    param_add(fill, &out, "refs", str_join(arena, &refs, STR(",")));
    param_add(fill, &out, "evidence", str_join(arena, &evidence, STR(",")));
    if (view->samples.len > 0)
        param_add(fill, &out, "sample", names_number(view->names, &sample_type, view->samples.at[0].head.id));
    param_add(fill, &out, "extent", step_extent(fill));
    param_add(fill, &out, "criteria", view->paper.own_criterion);
    param_add(fill, &out, "evidence_text", step->note);
    param_add(fill, &out, "return", paper_address(fill, &view->paper));
    return buf_str(&out);
}

static Cell step_result(const PaperFill *fill, const PaperStep *step)
{
    Str words = value_to_human(fill->view.names, &paper_step_type.fields[PaperStep_result], step);

    switch (step->result) {
    case STEP_PASS: return (Cell){ .kind = CELL_PASS, .text = words };
    case STEP_FAIL: return (Cell){ .kind = CELL_FAIL, .text = words };
    default: return (Cell){ .kind = CELL_NONE, .text = words.len > 0 ? words : text(fill, N_("no result yet")) };
    }
}

static void step_add(PaperFill *fill, const PaperStep *step, bool may_find)
{
    static const int shown[] = { PaperStep_result, PaperStep_note };
    Arena *arena             = fill->visit->arena;
    StepCard *card           = list_push(arena, &fill->sheet);
    Str note                 = step->note, line;

    *card = (StepCard){ .id     = str_fmt(arena, "step-%lld", (long long)step->position.value),
                        .number = step->head.number,
                        .text   = step->text,
                        .result = step_result(fill, step) };
    while (str_cut(&note, '\n', &line)) {
        if (str_trim(line).len > 0) *list_push(arena, &card->seen) = line;
    }
    if (step->result == STEP_FAIL && may_find)
        card->finding =
            (Button){ .label = text(fill, N_("Create finding from this step")), .href = finding_href(fill, step) };
    if (!fill->may_answer) return;
    Str back   = str_fmt(arena, "%.*s#%.*s", STR_ARG(paper_address(fill, &fill->view.paper)), STR_ARG(card->id));
    InPlace in = { .type      = &paper_step_type,
                   .record    = step,
                   .shown     = shown,
                   .shown_len = countof(shown),
                   .number    = names_number(fill->view.names, &paper_step_type, step->head.id),
                   .back      = back };
    in_place_fill(fill, &in, &card->form);
    card->form.save = (Button){ .label       = text(fill, N_("Save")),
                                .size        = BUTTON_SMALL,
                                .label_whole = filled(&fill->words, N_("Save step {1}"), card->number, STR("")) };
}

/* ---- samples ---- */

static bool samples_fill(PaperFill *fill, Err *err)
{
    Str back = paper_address(fill, &fill->view.paper);

    for (size_t i = 0; i < fill->view.samples.len; i++) {
        SampleSection *section = list_push(fill->visit->arena, &fill->sheet.samples);
        if (!sample_section_fill(fill->visit, fill->view.names, &fill->view.samples.at[i], &fill->view.items, back,
                                 section, err))
            return false;
    }
    return true;
}

static bool sample_button_fill(PaperFill *fill, Err *err)
{
    Sample made  = { .audit = fill->view.paper.audit };
    Arena *arena = fill->visit->arena;
    bool may;

    if (!fill->may_edit) return true;
    if (!verb_may_make(fill->visit->call, &sample_type, &made, &may, err)) return false;
    if (!may) return true;
    Str audit               = address_value(arena, names_number(fill->view.names, &audit_type, fill->view.paper.audit));
    Str paper               = address_value(arena, fill->visit->number);
    Str back                = address_value(arena, paper_address(fill, &fill->view.paper));
    fill->sheet.plan_sample = (Button){ .label = text(fill, N_("Plan a sample")),
                                        .icon  = ICON_PLUS,
                                        .size  = BUTTON_SMALL,
                                        .href  = str_fmt(arena, "/samples/new?audit=%.*s&paper=%.*s&return=%.*s",
                                                         STR_ARG(audit), STR_ARG(paper), STR_ARG(back)) };
    return true;
}

/* ---- judgement ---- */

static const int judged[] = { Paper_design, Paper_implementation, Paper_operation,   Paper_conclusion,
                              Paper_reason, Paper_note,           Paper_private_note };

static void judgement_fill(PaperFill *fill)
{
    InPlace in = { .type      = &paper_type,
                   .record    = &fill->view.paper,
                   .shown     = judged,
                   .shown_len = countof(judged),
                   .number    = fill->visit->number,
                   .back      = paper_address(fill, &fill->view.paper) };

    if (fill->may_edit) {
        in_place_fill(fill, &in, &fill->sheet.judgement);
        fill->sheet.judgement.fields.at[3].kind     = FORM_CHOICE;
        fill->sheet.judgement.fields.at[3].optional = false;
        fill->sheet.judgement.save                  = (Button){ .label = text(fill, N_("Save judgement")) };
        return;
    }
    for (size_t i = 0; i < countof(judged); i++) {
        Str value = said(fill, judged[i]);
        *list_push(fill->visit->arena, &fill->sheet.judged) =
            (Fact){ text(fill, paper_type.fields[judged[i]].label),
                    { .kind = value.len > 0 ? CELL_TEXT : CELL_NONE,
                      .text = value.len > 0 ? value : text(fill, N_("not said")) } };
    }
}

/* ---- beside it ---- */

static AsideRow evidence_row(const PaperFill *fill, const Evidence *item)
{
    Arena *arena = fill->visit->arena;
    Str title    = str_fmt(arena, "%.*s %.*s", STR_ARG(item->head.number), STR_ARG(item->title));
    Str day      = date_is_none(item->fact_date) ? (Str){ 0 } : date_to_human(arena, item->fact_date);
    Str note     = item->source_system;
    Cell first   = { .text = with_word(fill, N_("fact date {1}"), day) };

    EvidenceAge age = evidence_age(item, NULL, fill->visit->call->today);
    if (age.is_old)
        first = (Cell){ .kind = CELL_SOON,
                        .text = filled(&fill->words, N_("fact date {1}, {2}"), day,
                                       counted(&fill->words, age.days, N_("day old"), N_("days old"))) };
    if (item->file.len > 0)
        note = str_fmt(arena, "sha-256 %.*s… %.*s", STR_ARG(str_slice(item->file, 0, 8)), STR_ARG(item->source_system));
    return (AsideRow){ .what  = { title, address_record(arena, &evidence_type, item->head.number) },
                       .first = first,
                       .note  = note };
}

static bool evidence_fill(PaperFill *fill, Err *err)
{
    AsideList *list = &fill->sheet.evidence;
    Arena *arena    = fill->visit->arena;
    Evidence made   = { .audit = fill->view.paper.audit };
    bool may;

    list->id    = STR("evidence");
    list->title = text(fill, N_("Evidence"));
    list->none  = text(fill, N_("No evidence yet."));
    for (size_t i = 0; i < fill->view.evidence.len; i++)
        *list_push(arena, list) = evidence_row(fill, &fill->view.evidence.at[i]);
    for (size_t i = 0; i < fill->view.interviews.len; i++) {
        const Interview *interview = &fill->view.interviews.at[i];
        Str who = interview->function.len > 0 ? interview->function : names_person(fill->view.names, interview->person);
        *list_push(arena, list) =
            (AsideRow){ .what  = { filled(&fill->words, N_("Interview with {1}"), who, STR("")),
                                   address_record(arena, &interview_type,
                                                  names_number(fill->view.names, &interview_type, interview->head.id)) },
                        .first = { .kind = CELL_DATE, .date = interview->date } };
    }
    if (list->len > 0) list->count = str_fmt(arena, "%zu", list->len);
    if (!verb_may_make(fill->visit->call, &evidence_type, &made, &may, err)) return false;
    Str audit = address_value(arena, names_number(fill->view.names, &audit_type, fill->view.paper.audit));
    Str back  = address_value(arena, paper_address(fill, &fill->view.paper));
    if (may && fill->may_edit) {
        *list_push(arena, &list->acts) = (Button){ .label = text(fill, N_("Add evidence")),
                                                   .icon  = ICON_PLUS,
                                                   .size  = BUTTON_SMALL,
                                                   .href  = str_fmt(arena, "/evidence/upload?audit=%.*s&return=%.*s",
                                                                    STR_ARG(audit), STR_ARG(back)) };
    }
    return true;
}

static void expect(PaperFill *fill, const char *label, Str value)
{
    if (value.len > 0)
        *list_push(fill->visit->arena, &fill->sheet.expected) = (Fact){ text(fill, label), { .text = value } };
}

static void expected_fill(PaperFill *fill)
{
    const Procedure *procedure = &fill->view.procedure;

    for (size_t i = 0; i < fill->view.refs.len; i++)
        expect(fill, N_("Criterion"),
               str_fmt(fill->visit->arena, "%.*s %.*s", STR_ARG(fill->view.refs.at[i].head.number),
                       STR_ARG(fill->view.refs.at[i].title)));
    expect(fill, N_("Own rule"), fill->view.paper.own_criterion);
    expect(fill, N_("Objective"), procedure->title);
    expect(fill, N_("Population"),
           fill->view.paper.population.len > 0 ? fill->view.paper.population : procedure->population);
    expect(fill, N_("Evidence"), procedure->evidence_hint);
}

static void known_fill(PaperFill *fill)
{
    AsideList *list = &fill->sheet.known;
    Arena *arena    = fill->visit->arena;

    list->id    = STR("known");
    list->title = text(fill, N_("Already known here"));
    for (size_t i = 0; i < fill->view.known.len; i++) {
        const Finding *finding = &fill->view.known.at[i];
        *list_push(arena, list) =
            (AsideRow){ .what  = { str_fmt(arena, "%.*s %.*s", STR_ARG(finding->head.number), STR_ARG(finding->title)),
                                   address_record(arena, &finding_type, finding->head.number) },
                        .first = cell_state(fill->visit, &finding_type, finding->head.state) };
    }
}

/* ---- verbs ---- */

static Button verb_button(const PaperFill *fill, const StepView *view, bool leads)
{
    Visit *visit  = fill->visit;
    Str address   = address_verb(visit->arena, &paper_type, visit->number, view->verb->name);
    Button button = { .label = text(fill, view->verb->label), .kind = leads ? BUTTON_PRIMARY : BUTTON_PLAIN };

    if (view->refusals.len > 0) {
        const Refusal *first = &view->refusals.at[0];
        button.kind          = BUTTON_PLAIN;
        button.id            = str_fmt(visit->arena, "why-%s", view->verb->name);
        button.why_not       = filled(&fill->words, N_("Missing: {1}."), first->missing, STR(""));
        button.rule          = first->rule;
        button.fix           = (Link){ STR(""), address };
    } else if (view->verb->input != NULL) {
        button.href = address;
    } else {
        button.post  = address;
        button.name  = STR("revision");
        button.value = str_fmt(visit->arena, "%lld", (long long)fill->view.paper.head.revision);
    }
    return button;
}

static bool verbs_fill(PaperFill *fill, Err *err)
{
    StepViewList views = { 0 };
    bool has_primary   = false;

    if (!verb_check_all(fill->visit->call, &paper_type, &fill->view.paper, &views, err)) return false;
    for (size_t i = 0; i < views.len; i++) {
        bool is_edit = strcmp(views.at[i].verb->name, "edit") == 0;
        bool leads   = (views.at[i].verb->flags & VERB_PRIMARY) && views.at[i].refusals.len == 0 && !has_primary;
        fill->may_edit |= is_edit && views.at[i].refusals.len == 0;
        if (is_edit) continue;
        *list_push(fill->visit->arena, &fill->sheet.verbs) = verb_button(fill, &views.at[i], leads);
        has_primary                                        = has_primary || leads;
    }
    return true;
}

/* One step answers for all: they have the same author and the same paper. */
static bool steps_fill(PaperFill *fill, Err *err)
{
    StepViewList views = { 0 };
    Finding made       = { .audit = fill->view.paper.audit };
    bool may_find;

    if (!verb_may_make(fill->visit->call, &finding_type, &made, &may_find, err)) return false;
    if (fill->view.steps.len > 0 &&
        !verb_check_all(fill->visit->call, &paper_step_type, &fill->view.steps.at[0], &views, err))
        return false;
    for (size_t i = 0; i < views.len; i++)
        fill->may_answer |= strcmp(views.at[i].verb->name, "edit") == 0 && views.at[i].refusals.len == 0;
    for (size_t i = 0; i < fill->view.steps.len; i++)
        step_add(fill, &fill->view.steps.at[i], may_find);
    return true;
}

/* ---- the page ---- */

static bool sheet_fill(PaperFill *fill, Err *err)
{
    head_fill(fill);
    block_fill(fill);
    paper_ruler_fill(fill->visit, fill->view.names, &fill->view.papers, fill->view.paper.head.id, &fill->sheet.ruler);
    if (!verbs_fill(fill, err) || !steps_fill(fill, err) || !evidence_fill(fill, err)) return false;
    if (!samples_fill(fill, err) || !sample_button_fill(fill, err)) return false;
    judgement_fill(fill);
    expected_fill(fill);
    known_fill(fill);
    return proof_line(fill->visit, &paper_type, &fill->view.paper, fill->view.names, &fill->sheet.proof, err);
}

static bool paper_show(Visit *visit, Err *err)
{
    PaperFill *fill = arena_new(visit->arena, PaperFill);
    Paper paper;
    bool found;

    if (visit_param(visit, "as-of").len > 0) return record_routes.at[0].handle(visit, err);
    if (!visit_read(visit, err)) return false;
    if (!view_find(visit->call, &paper_type, visit->number, &paper, &found, err)) return false;
    if (!found) return visit_not_found(visit, err);
    *fill = (PaperFill){ .visit = visit, .words = visit_html(visit) };
    if (!paper_view_load(visit->call, &paper, &fill->view, err) || !sheet_fill(fill, err)) return false;
    Html page   = visit_html(visit);
    Shell shell = visit_shell(visit, record_words(visit, visit->plan, &paper), address_list(visit->arena, &audit_type));
    page_paper(&page, &shell, &fill->sheet);
    return visit_send(visit, 200, &page, err);
}

static const Route rows[] = { { HTTP_GET, "/papers/{record}", paper_show, 0 } };
const Routes paper_routes = ROUTES_OF(rows);
