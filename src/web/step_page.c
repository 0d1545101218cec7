/* SPDX-License-Identifier: Apache-2.0
 * Buttons, gates and callouts from the steps of a record. */
#include "web/step_page.h"

#include <string.h>

#include "record/verb.h"
#include "web/rules.h"

static Arena *arena_of(const StepPage *page)
{
    return page->visit->arena;
}

static Str text(const StepPage *page, const char *english)
{
    return visit_text(page->visit, english);
}

static const StepPlace *place_of(const StepPlace *places, size_t len, Str name)
{
    for (size_t i = 0; i < len; i++) {
        if (str_eq_c(name, places[i].name)) return &places[i];
    }
    return NULL;
}

static int verb_part(const StepPage *page, const char *verb)
{
    const StepPlace *place = place_of(page->verbs, page->verbs_len, str_from_c(verb));
    return place != NULL ? place->part : PART_MORE;
}

Str step_back_value(const StepPage *page, int part)
{
    Str here = address_record(arena_of(page), page->type, page->visit->number);

    if (part != PART_MORE) here = str_fmt(arena_of(page), "%.*s#part-%d", STR_ARG(here), part + 1);
    return address_value(arena_of(page), here);
}

Str step_form_href(const StepPage *page, const char *verb)
{
    Str address = address_verb(arena_of(page), page->type, page->visit->number, verb);
    return str_fmt(arena_of(page), "%.*s?return=%.*s", STR_ARG(address),
                   STR_ARG(step_back_value(page, verb_part(page, verb))));
}

/* Where the rule is met; nowhere when only time or other people meet it. */
static Link rule_link(const StepPage *page, Str rule)
{
    const StepPlace *place = place_of(page->rules, page->rules_len, rule);

    if (place == NULL && !page->next.is_viewer) return (Link){ 0 };
    if (place == NULL) return (Link){ text(page, N_("In the form")), step_form_href(page, page->next.verb->name) };
    if (place->part == PART_MORE) return (Link){ 0 };
    return (Link){ text(page, place->label), str_fmt(arena_of(page), "#part-%d", place->part + 1) };
}

/* ---- buttons ---- */

static Button verb_button(const StepPage *page, const Verb *verb, ButtonKind kind)
{
    Button button = { .label = text(page, verb->label), .kind = verb->flags & VERB_DANGER ? BUTTON_DANGER : kind };
    bool is_asked = verb->input != NULL || (verb->flags & VERB_DANGER) || strcmp(verb->name, "edit") == 0;

    if (is_asked) {
        button.href = step_form_href(page, verb->name);
        return button;
    }
    button.post  = address_verb(arena_of(page), page->type, page->visit->number, verb->name);
    button.name  = STR("revision");
    button.value = str_fmt(arena_of(page), "%lld", (long long)((const RecordHead *)page->record)->revision);
    return button;
}

/* Pressing it leads to the first thing that is missing, else to the form, which says what is. */
static Button verb_barred(const StepPage *page, const Verb *verb, const RefusalList *refusals)
{
    const Refusal *first   = &refusals->at[0];
    const StepPlace *place = place_of(page->rules, page->rules_len, first->rule);
    bool is_here           = place != NULL && place->part != PART_MORE;

    return (
        Button){ .label   = text(page, verb->label),
                 .id      = str_fmt(arena_of(page), "why-%s", verb->name),
                 .why_not = first->next.len > 0 ? first->next : sentence_of(arena_of(page), first->missing),
                 .fix = { STR(""), is_here ? rule_link(page, first->rule).href : step_form_href(page, verb->name) } };
}

/* ---- what comes next ---- */

static void gate_lines(const StepPage *page, Gate *gate)
{
    Html words = visit_html(page->visit);

    for (size_t i = 0; i < page->next.refusals.len; i++) {
        const Refusal *refusal = &page->next.refusals.at[i];
        Str could              = str_sentence(arena_of(page), &refusal->could);
        *list_push(arena_of(page), gate) =
            (GateLine){ .text = sentence_of(arena_of(page), refusal->missing),
                        .rule = refusal->rule,
                        .who  = could.len > 0 ? filled(&words, N_("could: {1}"), could, STR("")) : (Str){ 0 },
                        .verb = rule_link(page, refusal->rule) };
    }
}

/* The reader is asked, and something is missing. */
static void gate_fill(const StepPage *page, Gate *gate)
{
    Html words = visit_html(page->visit);
    Str open   = counted(&words, (int64_t)page->next.refusals.len, N_("thing open"), N_("things open"));

    gate->title = filled(&words, N_("Before “{1}”: {2}"), text(page, page->next.verb->label), open);
    gate->verb  = verb_barred(page, page->next.verb, &page->next.refusals);
    gate_lines(page, gate);
}

/* The reader is asked, and nothing stands against it. */
static void turn_fill(const StepPage *page, Callout *callout)
{
    const Verb *verb = page->next.verb;
    Html words       = visit_html(page->visit);

    callout->icon = ICON_TODO;
    callout->title =
        filled(&words, N_("It is your turn: {1}"), str_lower(arena_of(page), text(page, verb->label)), STR(""));
    if (verb->help != NULL) *list_push(arena_of(page), &callout->text) = text(page, verb->help);
    *list_push(arena_of(page), &callout->acts) = verb_button(page, verb, BUTTON_PRIMARY);
}

static Str others_title(const StepPage *page)
{
    const NextStep *next = &page->next;
    Html words           = visit_html(page->visit);
    Str who              = str_sentence(arena_of(page), &next->names);
    Str what             = text(page, next->verb->label);

    if (who.len == 0) return filled(&words, N_("“{1}” waits, and nobody is there who may do it"), what, STR(""));
    if (next->people.len > next->names.len) who = filled(&words, N_("{1} or others"), who, STR(""));
    return filled(&words, N_("“{1}” waits for {2}"), what, who);
}

/* Somebody else is asked: who, and what stands against it for that person. */
static void others_fill(const StepPage *page, Gate *gate, Callout *callout)
{
    const NextStep *next = &page->next;

    if (next->refusals.len > 1) {
        gate->title = others_title(page);
        gate_lines(page, gate);
        return;
    }
    callout->icon  = ICON_CLOCK;
    callout->title = others_title(page);
    if (next->refusals.len == 1) {
        *list_push(arena_of(page), &callout->text) = sentence_of(arena_of(page), next->refusals.at[0].missing);
        callout->rule                              = next->refusals.at[0].rule;
    } else if (next->verb->help != NULL) {
        *list_push(arena_of(page), &callout->text) = text(page, next->verb->help);
    }
}

void step_next_fill(const StepPage *page, Gate *gate, Callout *callout)
{
    gate->id = STR("gate");
    if (!page->next.is_viewer)
        others_fill(page, gate, callout);
    else if (page->next.refusals.len > 0)
        gate_fill(page, gate);
    else
        turn_fill(page, callout);
}

/* ---- everything else ---- */

bool step_acts_fill(const StepPage *page, Buttons *parts, Links *more, Err *err)
{
    StepViewList views = { 0 };

    if (!verb_check_all(page->visit->call, page->type, page->record, &views, err)) return false;
    for (size_t i = 0; i < views.len; i++) {
        const StepView *view = &views.at[i];
        int part             = verb_part(page, view->verb->name);
        if (view->verb == page->next.verb) continue;
        if (part == PART_MORE)
            *list_push(arena_of(page), more) =
                (Link){ text(page, view->verb->label), step_form_href(page, view->verb->name) };
        else
            *list_push(arena_of(page), &parts[part]) = view->refusals.len > 0
                                                           ? verb_barred(page, view->verb, &view->refusals)
                                                           : verb_button(page, view->verb, BUTTON_PLAIN);
    }
    return true;
}
