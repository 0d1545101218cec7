/* SPDX-License-Identifier: Apache-2.0
 * The page of a nonconformity: where it stands, what comes next and who is asked, its five parts (case_sections.c),
 * what happened, and its proof. With ?as-of=DAY: as it stood, and nothing to do. */
#include <stdalign.h>
#include <string.h>

#include "action/case_part.h"
#include "action/case_register.h"
#include "action/due.h"
#include "audit/choices.h"
#include "org/person.h"
#include "org/process.h"
#include "org/requirement.h"
#include "pages/pages.h"
#include "record/history.h"
#include "web/case_fill.h"
#include "web/pages.h"

static const Nonconformity *case_of(const CaseFill *fill)
{
    return &fill->view.nc;
}

static Str text(const CaseFill *fill, const char *english)
{
    return visit_text(fill->visit, english);
}

Str case_said(const CaseFill *fill, const Type *type, int index, const void *record)
{
    return value_to_human(fill->view.names, &type->fields[index], record);
}

Str case_new_href(const CaseFill *fill, const Type *type, Str more, CaseSection back)
{
    Arena *arena = fill->visit->arena;
    return str_fmt(arena, "/%s/new?nonconformity=%.*s%.*s&return=%.*s", type->plural,
                   STR_ARG(address_value(arena, fill->visit->number)), STR_ARG(more),
                   STR_ARG(step_back_value(&fill->steps, (int)back)));
}

bool case_is_owner(const CaseFill *fill)
{
    return date_is_none(fill->as_of) && id_eq(case_of(fill)->owner, fill->visit->call->who);
}

Date case_today(const CaseFill *fill)
{
    return date_is_none(fill->as_of) ? fill->visit->call->today : fill->as_of;
}

/* ---- head ---- */

static void head_fill(CaseFill *fill)
{
    const Nonconformity *nc = case_of(fill);
    Visit *visit            = fill->visit;
    PageHead *head          = &fill->sheet.head;

    *head = (PageHead){ .crumbs = record_crumbs(visit, nc, fill->view.names, CRUMBS_ABOVE),
                        .number = nc->head.number,
                        .title  = nc->title };
    export_ways(visit, &nonconformity_type, head);
    if (date_is_none(fill->as_of)) return;
    head->as_of    = filled(&fill->words, N_("As it stood on {1}"), date_to_human(visit->arena, fill->as_of), STR(""));
    head->now_href = address_record(visit->arena, &nonconformity_type, visit->number);
}

/* ---- the spine ---- */

/* The step at which a state stands; CASE_SECTIONS when all are done, -1 for what left the line. */
static int spine_place(int state)
{
    switch (state) {
    case NC_REGISTERED:
    case NC_ASSIGNED:
    case NC_ACKNOWLEDGED: return SECTION_FOUND;
    case NC_ANALYSIS:
    case NC_PLAN_REVIEW: return SECTION_WHY;
    case NC_IN_PROGRESS: return SECTION_ACTIONS;
    case NC_IMPLEMENTED:
    case NC_MONITORING: return SECTION_EFFECT;
    case NC_CORRECTED_ONLY: return SECTION_ISMS;
    case NC_CLOSED: return CASE_SECTIONS;
    default: return -1;
    }
}

static Str note_found(const CaseFill *fill)
{
    const Nonconformity *nc = case_of(fill);
    Str day                 = date_to_human(fill->visit->arena, nc->detected_on);
    Str from                = fill->view.audit.head.number;

    if (from.len == 0)
        from = str_lower(fill->visit->arena, case_said(fill, &nonconformity_type, Nonconformity_source, nc));
    return str_fmt(fill->visit->arena, "%.*s, %.*s", STR_ARG(day), STR_ARG(from));
}

static Str note_why(const CaseFill *fill)
{
    const Nonconformity *nc = case_of(fill);

    if (nc->head.state == NC_PLAN_REVIEW) return text(fill, N_("plan is with its approver"));
    if (nc->cause_method == 0) return nc->head.state == NC_ANALYSIS ? text(fill, N_("being looked for")) : (Str){ 0 };
    Str method = case_said(fill, &nonconformity_type, Nonconformity_cause_method, nc);
    return str_fmt(
        fill->visit->arena, "%.*s, %.*s", STR_ARG(method),
        STR_ARG(counted(&fill->words, (int64_t)fill->view.root_causes.len, N_("root cause"), N_("root causes"))));
}

static Str note_actions(const CaseFill *fill)
{
    ActionCount count = case_actions(&fill->view);
    const char *form  = count.done == count.all ? N_("{1} of {2} actions in time") : N_("{1} of {2} actions done");
    size_t said       = count.done == count.all ? count.in_time : count.done;

    if (count.all == 0 || case_of(fill)->head.state < NC_IN_PROGRESS) return (Str){ 0 };
    return filled(&fill->words, form, str_fmt(fill->visit->arena, "%zu", said),
                  str_fmt(fill->visit->arena, "%zu", count.all));
}

static Str note_effect(const CaseFill *fill)
{
    const Nonconformity *nc = case_of(fill);

    if (nc->head.state == NC_IMPLEMENTED) return text(fill, N_("waits for verification"));
    if (nc->head.state == NC_MONITORING)
        return filled(&fill->words, N_("verified; waiting to {1}"), date_to_human(fill->visit->arena, nc->wait_until),
                      STR(""));
    return date_is_none(nc->verified_on) ? (Str){ 0 } : text(fill, N_("verified"));
}

static Str note_closed(const CaseFill *fill)
{
    const Nonconformity *nc = case_of(fill);
    int32_t days            = date_days_between(case_today(fill), nc->wait_until);

    if (!date_is_none(nc->closed_on)) return date_to_human(fill->visit->arena, nc->closed_on);
    if (nc->head.state != NC_MONITORING || days <= 0) return (Str){ 0 };
    return counted(&fill->words, days, N_("day to go"), N_("days to go"));
}

static void spine_fill(CaseFill *fill)
{
    static const char *const names[] = { N_("1 Identified"), N_("2 Cause found"), N_("3 Implemented"), N_("4 Checked"),
                                         N_("5 Closed") };
    Str notes[CASE_SECTIONS]         = { note_found(fill), note_why(fill), note_actions(fill), note_effect(fill),
                                         note_closed(fill) };
    int place                        = spine_place(case_of(fill)->head.state);
    Spine *spine                     = &fill->sheet.spine;

    spine->label = text(fill, N_("Five steps of the corrective action"));
    for (int i = 0; i < CASE_SECTIONS; i++) {
        SpinePlace at                         = i < place ? SPINE_DONE : i == place ? SPINE_HERE : SPINE_AHEAD;
        *list_push(fill->visit->arena, spine) = (SpineStep){
            .name  = text(fill, names[i]),
            .href  = str_fmt(fill->visit->arena, "#part-%d", i + 1),
            .note  = i <= place || place == CASE_SECTIONS || i == CASE_SECTIONS - 1 ? notes[i] : (Str){ 0 },
            .place = at,
        };
    }
}

/* ---- the title block ---- */

static void block_add(CaseFill *fill, const char *label, Cell cell)
{
    *list_push(fill->visit->arena, &fill->sheet.block) = (Fact){ text(fill, label), cell };
}

static Cell block_state(const CaseFill *fill)
{
    const Nonconformity *nc = case_of(fill);
    Cell cell               = cell_state(fill->visit, &nonconformity_type, nc->head.state);
    Date since              = case_state_since(nc);
    Str cycle =
        filled(&fill->words, N_("cycle {1}"), str_fmt(fill->visit->arena, "%lld", (long long)nc->cycle.value), STR(""));

    cell.note = date_is_none(since)
                    ? cycle
                    : filled(&fill->words, N_("{1}, since {2}"), cycle, date_to_human(fill->visit->arena, since));
    return cell;
}

static Cell block_grade(const CaseFill *fill)
{
    const Nonconformity *nc = case_of(fill);
    Cell cell = { .kind = CELL_GRADE, .grade = nc->kind == NC_MAJOR ? GRADE_GLYPH_MAJOR : GRADE_GLYPH_MINOR };

    if (nc->kind == 0) return (Cell){ .text = text(fill, N_("not graded yet")) };
    Str level = str_lower(fill->visit->arena, text(fill, choice_label(&four_levels, nc->significance)));
    if (nc->significance != 0) cell.note = filled(&fill->words, N_("significance {1}"), level, STR(""));
    return cell;
}

static Cell block_criterion(const CaseFill *fill)
{
    const IdList *refs = &case_of(fill)->refs;
    StrList numbers    = { 0 };

    if (refs->len == 0) return (Cell){ .text = text(fill, N_("no clause named yet")) };
    for (size_t i = 0; i < refs->len; i++)
        *list_push(fill->visit->arena, &numbers) = names_number(fill->view.names, &requirement_type, refs->at[i]);
    return (Cell){ .text = str_join(fill->visit->arena, &numbers, STR(", ")),
                   .note = names_title(fill->view.names, &requirement_type, refs->at[0]) };
}

static Cell block_age(const CaseFill *fill)
{
    const Nonconformity *nc = case_of(fill);
    Date from               = date_is_none(nc->detected_on) ? nc->assigned_on : nc->detected_on;
    Date to                 = date_is_none(nc->closed_on) ? case_today(fill) : nc->closed_on;
    size_t granted          = 0;

    for (size_t i = 0; i < fill->view.extensions.len; i++)
        granted += fill->view.extensions.at[i].head.state == EXTENSION_GRANTED;
    return (Cell){ .text = counted(&fill->words, date_days_between(from, to), N_("day"), N_("days")),
                   .note = counted(&fill->words, (int64_t)granted, N_("extension"), N_("extensions")) };
}

static Cell block_due(const CaseFill *fill)
{
    const Nonconformity *nc = case_of(fill);
    Date day                = due_shown(nc, case_today(fill));
    ActionList none         = { 0 };
    Str what                = case_next_words(fill->visit->call, nc, &none);

    if (nc->head.state == NC_PLAN_REVIEW)
        return (Cell){ .text = text(fill, N_("none while a plan is decided")), .note = what };
    if (date_is_none(day)) return (Cell){ .text = STR("–"), .note = what };
    return (Cell){ .kind = CELL_DUE, .date = day, .note = what };
}

static void block_fill(CaseFill *fill)
{
    const Nonconformity *nc = case_of(fill);
    Str owner               = names_person(fill->view.names, nc->owner);
    Str process =
        str_fmt(fill->visit->arena, "%.*s %.*s", STR_ARG(names_number(fill->view.names, &process_type, nc->process)),
                STR_ARG(names_title(fill->view.names, &process_type, nc->process)));
    bool is_ended = nc->head.state >= NC_CLOSED;

    block_add(fill, N_("State"), block_state(fill));
    block_add(fill, N_("Grade"), block_grade(fill));
    block_add(fill, N_("Owner"),
              (Cell){ .text = owner.len > 0 ? owner : text(fill, N_("nobody yet")), .note = process });
    block_add(fill, N_("Criterion"), block_criterion(fill));
    if (!is_ended) block_add(fill, N_("Next date"), block_due(fill));
    if (!date_is_none(nc->closed_on))
        block_add(fill, N_("Closed on"), (Cell){ .kind = CELL_DATE, .date = nc->closed_on });
    block_add(fill, N_("Age"), block_age(fill));
}

/* ---- what comes next ---- */

/* clang-format off */
static const StepPlace verb_places[] = {
    { "edit", SECTION_FOUND, NULL }, { "confirm", SECTION_FOUND, NULL }, { "reject", SECTION_FOUND, NULL }, { "acknowledge", SECTION_FOUND, NULL },
    { "correct", SECTION_FOUND, NULL }, { "start-analysis", SECTION_WHY, NULL }, { "analyse", SECTION_WHY, NULL }, { "similar-check", SECTION_WHY, NULL },
    { "submit-plan", SECTION_ACTIONS, NULL }, { "approve-plan", SECTION_ACTIONS, NULL }, { "return-plan", SECTION_ACTIONS, NULL },
    { "decide-no-action", SECTION_ACTIONS, NULL }, { "verify", SECTION_EFFECT, NULL }, { "fail-verification", SECTION_EFFECT, NULL },
    { "effectiveness-review", SECTION_EFFECT, NULL }, { "close", SECTION_ISMS, NULL },
};
/* Where on the page a rule is met; review-1 is met by time. */
static const StepPlace rule_places[] = {
    { "confirm-1", SECTION_FOUND, N_("Criterion") },   { "R-102-1", SECTION_FOUND, N_("Corrections") },
    { "R-102-2", SECTION_FOUND, N_("Corrections") },   { "R-102-5", SECTION_WHY, N_("Root causes") },
    { "R-102-6", SECTION_WHY, N_("Similar cases") },   { "similar-1", SECTION_WHY, N_("Similar cases") },
    { "R-102-7", SECTION_ACTIONS, N_("Actions") },     { "verify-1", SECTION_ACTIONS, N_("Actions") },
    { "R-102-9", SECTION_ISMS, N_("Answers") },        { "review-1", PART_MORE, NULL },
};
/* clang-format on */

static void waiting_say(CaseFill *fill, Str sentence)
{
    if (sentence.len > 0) *list_push(fill->visit->arena, &fill->sheet.waiting.text) = sentence;
}

/* The plan runs: the actions are what is waited for. */
static void actions_wait(CaseFill *fill)
{
    ActionCount count  = case_actions(&fill->view);
    Callout *callout   = &fill->sheet.waiting;
    const Action *next = NULL;

    for (size_t i = 0; i < fill->view.actions.len; i++) {
        const Action *action = &fill->view.actions.at[i];
        if (action_is_open(action) && (next == NULL || date_before(action->due, next->due))) next = action;
    }
    if (next == NULL) return;
    bool is_late  = date_before(next->due, case_today(fill));
    callout->kind = is_late ? CALLOUT_WARN : CALLOUT_NOTE;
    callout->icon = is_late ? ICON_FLAG : ICON_CLOCK;
    callout->title =
        filled(&fill->words, N_("{1} of {2} actions are done"), str_fmt(fill->visit->arena, "%zu", count.done),
               str_fmt(fill->visit->arena, "%zu", count.all));
    Str owner = names_person(fill->view.names, next->owner);
    Str line  = str_fmt(fill->visit->arena, "%.*s, %.*s: %.*s", STR_ARG(next->head.number), STR_ARG(owner),
                        STR_ARG(next->text));
    waiting_say(fill, filled(&fill->words, N_("Next is {1}."), line, STR("")));
    waiting_say(fill, filled(&fill->words, is_late ? N_("It was due on {1}.") : N_("It is due on {1}."),
                             date_to_human(fill->visit->arena, next->due), STR("")));
}

static void ended_fill(CaseFill *fill)
{
    const Nonconformity *nc = case_of(fill);
    Callout *callout        = &fill->sheet.waiting;

    if (nc->head.state == NC_CLOSED) {
        callout->kind = CALLOUT_OK;
        callout->title =
            filled(&fill->words, N_("Closed on {1}"), date_to_human(fill->visit->arena, nc->closed_on), STR(""));
        waiting_say(fill, nc->no_action_reason.len > 0 ? nc->no_action_reason : nc->lessons);
        return;
    }
    if (nc->head.state != NC_REJECTED && nc->head.state != NC_VOID) return;
    callout->kind  = CALLOUT_STOP;
    callout->title = nc->head.state == NC_VOID ? text(fill, N_("Void: it keeps its number and is no nonconformity"))
                                               : text(fill, N_("Rejected: it is no nonconformity"));
    waiting_say(fill, text(fill, N_("The reason stands in its history.")));
}

static void next_fill(CaseFill *fill)
{
    if (!date_is_none(fill->as_of)) return;
    if (fill->steps.next.verb != NULL)
        step_next_fill(&fill->steps, &fill->sheet.gate, &fill->sheet.waiting);
    else if (case_of(fill)->head.state == NC_IN_PROGRESS)
        actions_wait(fill);
    else
        ended_fill(fill);
}

static bool steps_load(CaseFill *fill, Err *err)
{
    fill->steps = (StepPage){ .visit     = fill->visit,
                              .type      = &nonconformity_type,
                              .record    = &fill->view.nc,
                              .verbs     = verb_places,
                              .verbs_len = countof(verb_places),
                              .rules     = rule_places,
                              .rules_len = countof(rule_places) };
    if (!date_is_none(fill->as_of)) return true;
    return next_step(fill->visit->call, &nonconformity_type, case_of(fill), NULL, &fill->steps.next, err) &&
           step_acts_fill(&fill->steps, fill->sheet.acts, &fill->sheet.head.more, err);
}

/* ---- the page ---- */

/* What the reader may add to a case beyond its verbs. */
static bool may_add(const CaseFill *fill, const Type *type, bool *may, Err *err)
{
    CasePart part = { .nonconformity = case_of(fill)->head.id };
    void *made    = arena_alloc(fill->visit->arena, type->size, alignof(max_align_t));

    *may = false;
    if (!date_is_none(fill->as_of) || !nonconformity_is_open(case_of(fill))) return true;
    memcpy(made, &part, sizeof part);
    return verb_may_make(fill->visit->call, type, made, may, err);
}

static bool more_fill(CaseFill *fill, Err *err)
{
    static const Type *const parts[] = { &extension_type, &recurrence_type, &advice_type };
    bool may;

    for (size_t i = 0; i < countof(parts); i++) {
        if (!may_add(fill, parts[i], &may, err)) return false;
        if (may)
            *list_push(fill->visit->arena, &fill->sheet.head.more) =
                (Link){ text(fill, type_verb(parts[i], STR("create"))->label),
                        case_new_href(fill, parts[i], STR(""), SECTION_MORE) };
    }
    return may_add(fill, &isms_change_type, &fill->may_answer, err);
}

static bool case_answer(CaseFill *fill, Err *err)
{
    Visit *visit            = fill->visit;
    const Nonconformity *nc = case_of(fill);

    head_fill(fill);
    spine_fill(fill);
    block_fill(fill);
    if (!steps_load(fill, err) || !more_fill(fill, err)) return false;
    next_fill(fill);
    case_sections_fill(fill);
    case_aside_fill(fill);
    if (!proof_line(visit, &nonconformity_type, nc, fill->view.names, &fill->sheet.proof, err)) return false;
    Html page = visit_html(visit);
    Shell shell =
        visit_shell(visit, record_words(visit, visit->plan, nc), address_list(visit->arena, &nonconformity_type));
    page_case(&page, &shell, &fill->sheet);
    return visit_send(visit, 200, &page, err);
}

static bool case_load(CaseFill *fill, const Nonconformity *nc, Err *err)
{
    Time instant = date_is_none(fill->as_of) ? (Time){ 0 } : zone_day_end(fill->visit->app->zone, fill->as_of);

    return case_view_load(fill->visit->call, nc, instant, &fill->view, err);
}

static bool case_show(Visit *visit, Err *err)
{
    CaseFill *fill = arena_new(visit->arena, CaseFill);
    Nonconformity nc;
    Shown shown = { .record = &nc };

    if (!record_shown(visit, &shown, err)) return false;
    if (!shown.is_there) return true;
    fill->visit = visit;
    fill->as_of = shown.as_of;
    fill->words = visit_html(visit);
    return case_load(fill, &nc, err) && case_answer(fill, err);
}

/* The short address that people write in mails: /nc/F-012. */
static bool case_redirect(Visit *visit, Err *err)
{
    (void)err;
    visit_go(visit, visit->word.len > 0 ? address_record(visit->arena, &nonconformity_type, visit->word)
                                        : address_list(visit->arena, &nonconformity_type));
    return true;
}

static const Route rows[] = {
    { HTTP_GET, "/nonconformities/{record}", case_show, 0 },
    { HTTP_GET, "/nc/{word}", case_redirect, 0 },
    { HTTP_GET, "/nc", case_redirect, 0 },
};
const Routes case_routes = ROUTES_OF(rows);
