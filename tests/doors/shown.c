/* SPDX-License-Identifier: Apache-2.0
 * Pages against JSON. */
#include "shown.h"

#include <string.h>

#include "web/visit.h"

static Str lacking(Arena *arena, const char *what, Str words)
{
    return str_fmt(arena, "%s lacks: %.*s", what, STR_ARG(words));
}

/* ---- lists ---- */

/* The address that the row of a list has: numbers that count within a parent stand behind its. */
static Str row_link(Arena *arena, const Plan *plan, const json_t *item)
{
    Str number = json_text(item, "number");

    if (plan->type->number_within_parent) {
        Str parent = json_text(json_object_get(item, plan->parent->name), "number");
        number     = str_fmt(arena, "%.*s/%.*s", STR_ARG(parent), STR_ARG(number));
    }
    return str_fmt(arena, "href=\"%.*s\"", STR_ARG(address_record(arena, plan->type, number)));
}

static bool list_has(const json_t *items, const json_t *item)
{
    for (size_t i = 0; i < json_array_size(items); i++) {
        if (json_equal(json_object_get(json_array_get(items, i), "id"), json_object_get(item, "id"))) return true;
    }
    return false;
}

static Str list_differs(const Stock *stock, Visitor *browser, const Ask *ask, const json_t *body)
{
    House *h            = stock->houses[0]->h;
    const Plan *plan    = registry_find(stock_registry(stock), ask->type);
    const json_t *items = json_object_get(body, "items");
    Answer all          = house_ask(h, (Id){ 0 }, *ask);
    const json_t *there = json_object_get(all.body, "items");

    for (size_t i = 0; i < json_array_size(there); i++) {
        const json_t *item = json_array_get(there, i);
        Str link           = row_link(browser->arena, plan, item);
        bool is_seen = list_has(items, item), is_shown = str_has(browser->page, link);
        if (is_seen && !is_shown) return lacking(browser->arena, "the list", link);
        if (!is_seen && is_shown) return str_fmt(browser->arena, "the list shows %.*s", STR_ARG(link));
    }
    return (Str){ 0 };
}

/* ---- records ---- */

static Str choice_words(const Field *field, const json_t *value)
{
    int choice = choice_from_name(field->choices, json_str(value));
    return choice > 0 ? str_from_c(choice_label(field->choices, choice)) : (Str){ 0 };
}

static Str reference_words(const Field *field, const json_t *value)
{
    bool by_name = strcmp(field->to, "person") == 0;
    return json_text(value, by_name ? "title" : "number");
}

/* How people read one value. */
static Str value_words(Arena *arena, const Field *field, const json_t *value)
{
    Date date;

    switch (field->kind) {
    case KIND_CHOICE:
    case KIND_CHOICES: return choice_words(field, value);
    case KIND_REF:
    case KIND_REFS: return reference_words(field, value);
    case KIND_DATE: return date_from_iso(json_str(value), &date) ? date_to_human(arena, date) : (Str){ 0 };
    case KIND_INT: return str_fmt(arena, "%lld", (long long)json_integer_value(value));
    case KIND_BOOL: return json_is_true(value) ? STR("Yes") : STR("No");
    case KIND_TEXT:
    case KIND_LONG: return text_flat(arena, json_str(value));
    case KIND_TIME: /* beside the form of dates there is one for times of today */
    case KIND_FILE: /* a link */
    case KINDS: break;
    }
    return (Str){ 0 };
}

static Str value_differs(Arena *arena, const Field *field, const json_t *value, Str page)
{
    if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++) {
            Str how = value_differs(arena, field, json_array_get(value, i), page);
            if (how.len > 0) return how;
        }
        return (Str){ 0 };
    }
    Str words = json_is_null(value) ? (Str){ 0 } : value_words(arena, field, value);
    return str_has(page, words) ? (Str){ 0 } : lacking(arena, field->name, words);
}

/* What is stored there is in no answer. */
static Str secret_differs(const Visitor *browser, const Field *field, const json_t *value, const void *stored)
{
    const Str *secret = (const Str *)(const void *)((const char *)stored + field->offset);
    bool is_told      = value != NULL || (secret->len > 0 && str_has(browser->page, *secret));

    return is_told ? str_fmt(browser->arena, "%s is told", field->name) : (Str){ 0 };
}

static Str fields_differ(const Stock *stock, const Visitor *browser, const Type *type, const json_t *body, Str page)
{
    Id id        = { json_integer_value(json_object_get(body, "id")) };
    void *stored = stock_load(stock, browser->arena, type, id);
    Str how      = { 0 };

    for (size_t i = 0; i < type->fields_len && how.len == 0; i++) {
        const Field *field  = &type->fields[i];
        const json_t *value = json_object_get(body, field->name);
        if (field->flags & SECRET)
            how = secret_differs(browser, field, value, stored);
        else if (value == NULL)
            how = lacking(browser->arena, "the answer", str_from_c(field->name));
        else
            how = value_differs(browser->arena, field, value, page);
    }
    return how;
}

static Str record_differs(const Stock *stock, Visitor *browser, const Ask *ask, const json_t *body, Str page)
{
    const Plan *plan = registry_find(stock_registry(stock), ask->type);
    Str number       = json_text(body, "number");
    Str how          = fields_differ(stock, browser, plan->type, body, page);

    if (!str_has(page, number)) return lacking(browser->arena, "the page", number);
    if (how.len == 0) return how;
    Str parts[] = { page, STR(" "), browser_reads_on(browser, ask) };
    return fields_differ(stock, browser, plan->type, body,
                         str_join(browser->arena, &(StrList){ parts, 3, 3 }, STR("")));
}

/* ---- what happened, and what can be done ---- */

static Str members_differ(Arena *arena, const json_t *list, const char *const *members, Str page)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        for (size_t k = 0; members[k] != NULL; k++) {
            Str words = text_flat(arena, json_text(json_array_get(list, i), members[k]));
            if (!str_has(page, words)) return lacking(arena, members[k], words);
        }
    }
    return (Str){ 0 };
}

Str shown_differs(const Stock *stock, Visitor *browser, const Ask *ask, const Said *first, const Said *said)
{
    static const char *const of_events[] = { "label", "who", "why", NULL }, *const of_steps[] = { "label", NULL };
    json_t *body = NULL;
    Err err      = { 0 };

    check_done(json_read(browser->arena, first->body, &body, &err), &err);
    switch (ask->kind) {
    case ASK_LIST: return list_differs(stock, browser, ask, body);
    case ASK_SHOW: return record_differs(stock, browser, ask, body, said->body);
    case ASK_HISTORY: return members_differ(browser->arena, json_object_get(body, "events"), of_events, said->body);
    case ASK_STEPS: return members_differ(browser->arena, json_object_get(body, "steps"), of_steps, said->body);
    case ASK_VERB:
    case ASK_SEARCH:
    case ASK_EXPORT:
    case ASK_INQUIRY:
    case ASK_FILE:
    case ASK_KINDS: break;
    }
    return (Str){ 0 };
}

Str hidden_differs(const Stock *stock, Visitor *browser, Id who, const Ask *ask, const Said *said)
{
    Arena *arena = stock->houses[0]->http.arena; /* the browser's is reset by the next question */
    Ask nobodys  = *ask;
    Str hidden   = str_dup(arena, said->body);

    if (ask->number.len == 0) return (Str){ 0 };
    nobodys.number = str_fmt(arena, "%.*s-0", STR_ARG(ask->number));
    Said none      = browser_ask(browser, who, &nobodys);
    return none.status == 404 && str_eq(none.body, hidden) ? (Str){ 0 }
                                                           : STR("what is hidden is told from what is not");
}
