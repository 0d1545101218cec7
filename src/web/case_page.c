/* SPDX-License-Identifier: Apache-2.0
 * The page of a nonconformity: where it stands, what comes next and who is asked, its five parts (case_sections.c),
 * what happened, and its proof. With ?as-of=DAY: as it stood, and nothing to do. */
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
#include "web/rules.h"

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

Str case_section_id(const CaseFill *fill, CaseSection section)
{
    return str_fmt(fill->visit->arena, "part-%d", (int)section + 1);
}

static Str case_back(const CaseFill *fill, CaseSection section)
{
    Arena *arena = fill->visit->arena;
    Str here     = address_record(arena, &nonconformity_type, fill->visit->number);

    if (section == SECTION_MORE) return address_value(arena, here);
    return address_value(arena, str_fmt(arena, "%.*s#part-%d", STR_ARG(here), (int)section + 1));
}

Str case_verb_href(const CaseFill *fill, const char *verb, CaseSection back)
{
    Arena *arena = fill->visit->arena;
    Str address  = address_verb(arena, &nonconformity_type, fill->visit->number, verb);
    return str_fmt(arena, "%.*s?return=%.*s", STR_ARG(address), STR_ARG(case_back(fill, back)));
}

Str case_new_href(const CaseFill *fill, const Type *type, Str more, CaseSection back)
{
    Arena *arena = fill->visit->arena;
    return str_fmt(arena, "/%s/new?nonconformity=%.*s%.*s&return=%.*s", type->plural,
                   STR_ARG(address_value(arena, fill->visit->number)), STR_ARG(more), STR_ARG(case_back(fill, back)));
}

StrList paragraphs_of(Arena *arena, Str said)
{
    StrList out = { 0 };
    Str line;

    while (str_cut(&said, '\n', &line)) {
        if (str_trim(line).len > 0) *list_push(arena, &out) = str_trim(line);
    }
    return out;
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
static const struct {
    const char *verb;
    CaseSection section;
} verb_places[] = {
    { "edit", SECTION_FOUND }, { "confirm", SECTION_FOUND }, { "reject", SECTION_FOUND }, { "acknowledge", SECTION_FOUND },
    { "correct", SECTION_FOUND }, { "start-analysis", SECTION_WHY }, { "analyse", SECTION_WHY }, { "similar-check", SECTION_WHY },
    { "submit-plan", SECTION_ACTIONS }, { "approve-plan", SECTION_ACTIONS }, { "return-plan", SECTION_ACTIONS },
    { "decide-no-action", SECTION_ACTIONS }, { "verify", SECTION_EFFECT },
    { "fail-verification", SECTION_EFFECT }, { "effectiveness-review", SECTION_EFFECT }, { "close", SECTION_ISMS },
};
/* Where on the page a rule is met; what the form of the verb itself asks for is not listed. */
static const struct {
    const char *rule;
    CaseSection section;
    const char *label;
} rule_places[] = {
    { "confirm-1", SECTION_FOUND, N_("Criterion") },         { "R-102-1", SECTION_FOUND, N_("Corrections") },
    { "R-102-2", SECTION_FOUND, N_("Corrections") },         { "R-102-5", SECTION_WHY, N_("Root causes") },
    { "R-102-6", SECTION_WHY, N_("Similar cases") },         { "similar-1", SECTION_WHY, N_("Similar cases") },
    { "R-102-7", SECTION_ACTIONS, N_("Actions") },           { "verify-1", SECTION_ACTIONS, N_("Actions") },
    { "R-102-9", SECTION_ISMS, N_("Parts of the ISMS") },
};
/* clang-format on */

static CaseSection verb_section(const Verb *verb)
{
    for (size_t i = 0; i < countof(verb_places); i++) {
        if (strcmp(verb_places[i].verb, verb->name) == 0) return verb_places[i].section;
    }
    return SECTION_MORE;
}

/* Empty where only time or other people meet it. */
static Link rule_place(const CaseFill *fill, const Verb *verb, Str rule)
{
    for (size_t i = 0; i < countof(rule_places); i++) {
        if (str_eq_c(rule, rule_places[i].rule))
            return (Link){ text(fill, rule_places[i].label),
                           str_fmt(fill->visit->arena, "#part-%d", (int)rule_places[i].section + 1) };
    }
    if (!fill->next.is_viewer || str_eq_c(rule, "review-1")) return (Link){ 0 };
    return (Link){ text(fill, N_("In the form")), case_verb_href(fill, verb->name, verb_section(verb)) };
}

static Button verb_button(const CaseFill *fill, const Verb *verb, ButtonKind kind)
{
    Visit *visit  = fill->visit;
    Button button = { .label = text(fill, verb->label), .kind = verb->flags & VERB_DANGER ? BUTTON_DANGER : kind };
    bool is_asked = verb->input != NULL || (verb->flags & VERB_DANGER) || strcmp(verb->name, "edit") == 0;

    if (is_asked) {
        button.href = case_verb_href(fill, verb->name, verb_section(verb));
        return button;
    }
    button.post  = address_verb(visit->arena, &nonconformity_type, visit->number, verb->name);
    button.name  = STR("revision");
    button.value = str_fmt(visit->arena, "%lld", (long long)case_of(fill)->head.revision);
    return button;
}

static Button verb_barred(const CaseFill *fill, const Verb *verb, const RefusalList *refusals)
{
    const Refusal *first = &refusals->at[0];
    Str next             = first->next.len > 0 ? first->next : sentence_of(fill->visit->arena, first->missing);

    return (Button){ .label   = text(fill, verb->label),
                     .id      = str_fmt(fill->visit->arena, "why-%s", verb->name),
                     .why_not = next,
                     .fix     = { STR(""), rule_place(fill, verb, first->rule).href } };
}

static void gate_lines(CaseFill *fill)
{
    const CaseNext *next = &fill->next;

    for (size_t i = 0; i < next->refusals.len; i++) {
        const Refusal *refusal = &next->refusals.at[i];
        Str could              = str_sentence(fill->visit->arena, &refusal->could);
        *list_push(fill->visit->arena, &fill->sheet.gate) =
            (GateLine){ .text = sentence_of(fill->visit->arena, refusal->missing),
                        .rule = refusal->rule,
                        .who  = could.len > 0 ? filled(&fill->words, N_("could: {1}"), could, STR("")) : (Str){ 0 },
                        .verb = rule_place(fill, next->verb, refusal->rule) };
    }
}

/* The reader is asked, and something is missing. */
static void gate_fill(CaseFill *fill)
{
    const CaseNext *next = &fill->next;
    Gate *gate           = &fill->sheet.gate;
    Str open             = counted(&fill->words, (int64_t)next->refusals.len, N_("thing open"), N_("things open"));

    gate->id    = STR("gate");
    gate->title = filled(&fill->words, N_("Before “{1}”: {2}"), text(fill, next->verb->label), open);
    gate->verb  = verb_barred(fill, next->verb, &next->refusals);
    gate_lines(fill);
}

static void waiting_say(CaseFill *fill, Str sentence)
{
    if (sentence.len > 0) *list_push(fill->visit->arena, &fill->sheet.waiting.text) = sentence;
}

/* The reader is asked, and nothing stands against it. */
static void turn_fill(CaseFill *fill)
{
    const Verb *verb = fill->next.verb;
    Callout *callout = &fill->sheet.waiting;

    callout->kind  = CALLOUT_NOTE;
    callout->icon  = ICON_TODO;
    callout->title = filled(&fill->words, N_("It is your turn: {1}"),
                            str_lower(fill->visit->arena, text(fill, verb->label)), STR(""));
    if (verb->help != NULL) waiting_say(fill, text(fill, verb->help));
    *list_push(fill->visit->arena, &callout->acts) = verb_button(fill, verb, BUTTON_PRIMARY);
}

static Str others_title(const CaseFill *fill)
{
    const CaseNext *next = &fill->next;
    Str who              = str_sentence(fill->visit->arena, &next->names);
    Str what             = text(fill, next->verb->label);

    if (who.len == 0) return filled(&fill->words, N_("“{1}” waits, and nobody is there who may do it"), what, STR(""));
    if (next->people.len > next->names.len) who = filled(&fill->words, N_("{1} or others"), who, STR(""));
    return filled(&fill->words, N_("“{1}” waits for {2}"), what, who);
}

/* Somebody else is asked: who, and what stands against it for that person. */
static void others_fill(CaseFill *fill)
{
    const CaseNext *next = &fill->next;
    Callout *callout     = &fill->sheet.waiting;

    if (next->refusals.len > 1) {
        fill->sheet.gate.id    = STR("gate");
        fill->sheet.gate.title = others_title(fill);
        gate_lines(fill);
        return;
    }
    callout->icon  = ICON_CLOCK;
    callout->title = others_title(fill);
    if (next->refusals.len == 1) {
        waiting_say(fill, sentence_of(fill->visit->arena, next->refusals.at[0].missing));
        callout->rule = next->refusals.at[0].rule;
    } else if (next->verb->help != NULL) {
        waiting_say(fill, text(fill, next->verb->help));
    }
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
    const CaseNext *next = &fill->next;

    if (!date_is_none(fill->as_of)) return;
    if (next->verb == NULL && case_of(fill)->head.state == NC_IN_PROGRESS)
        actions_wait(fill);
    else if (next->verb == NULL)
        ended_fill(fill);
    else if (!next->is_viewer)
        others_fill(fill);
    else if (next->refusals.len > 0)
        gate_fill(fill);
    else
        turn_fill(fill);
}

/* Every other verb stands where its subject stands; what is used once a year stands in "More". */
static bool verbs_fill(CaseFill *fill, Err *err)
{
    Visit *visit       = fill->visit;
    StepViewList views = { 0 };

    if (!date_is_none(fill->as_of)) return true;
    if (!verb_check_all(visit->call, &nonconformity_type, case_of(fill), &views, err)) return false;
    for (size_t i = 0; i < views.len; i++) {
        const StepView *view = &views.at[i];
        CaseSection section  = verb_section(view->verb);
        if (view->verb == fill->next.verb) continue;
        if (section == SECTION_MORE)
            *list_push(visit->arena, &fill->sheet.head.more) =
                (Link){ text(fill, view->verb->label), case_verb_href(fill, view->verb->name, SECTION_MORE) };
        else
            *list_push(visit->arena, &fill->sheet.acts[section]) = view->refusals.len > 0
                                                                       ? verb_barred(fill, view->verb, &view->refusals)
                                                                       : verb_button(fill, view->verb, BUTTON_PLAIN);
    }
    return true;
}

/* ---- the page ---- */

/* What the reader may add to a case beyond its verbs. */
static bool more_fill(CaseFill *fill, Err *err)
{
    static const Type *const parts[] = { &extension_type, &recurrence_type, &advice_type };
    Visit *visit                     = fill->visit;

    for (size_t i = 0; i < countof(parts) && date_is_none(fill->as_of); i++) {
        CasePart part = { .nonconformity = case_of(fill)->head.id };
        void *made    = arena_alloc(visit->arena, parts[i]->size, alignof(max_align_t));
        bool may;
        memcpy(made, &part, sizeof part);
        if (!verb_may_make(visit->call, parts[i], made, &may, err)) return false;
        if (may && nonconformity_is_open(case_of(fill)))
            *list_push(visit->arena, &fill->sheet.head.more) =
                (Link){ text(fill, type_verb(parts[i], STR("create"))->label),
                        case_new_href(fill, parts[i], STR(""), SECTION_MORE) };
    }
    return true;
}

static bool case_answer(CaseFill *fill, Err *err)
{
    Visit *visit            = fill->visit;
    const Nonconformity *nc = case_of(fill);

    head_fill(fill);
    spine_fill(fill);
    block_fill(fill);
    next_fill(fill);
    if (!verbs_fill(fill, err) || !more_fill(fill, err)) return false;
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

    if (!case_view_load(fill->visit->call, nc, instant, &fill->view, err)) return false;
    return !date_is_none(fill->as_of) || case_next(fill->visit->call, nc, &fill->next, err);
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
