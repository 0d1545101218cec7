/* SPDX-License-Identifier: Apache-2.0
 * Conditions of a list as a sentence of tokens: each opens its choices and can be removed. Every choice is a link to
 * the list as it would be. */
#include "web/register.h"

#include <string.h>

/* ---- the words of a value ---- */

static Str choice_words(const Register *reg, const ChoiceList *list, Str value)
{
    StrList words = { 0 };
    Str part;

    while (str_cut(&value, ',', &part)) {
        int choice                            = choice_from_name(list, part);
        *list_push(reg->visit->arena, &words) = choice > 0 ? visit_text(reg->visit, choice_label(list, choice)) : part;
    }
    return str_join(reg->visit->arena, &words, STR(" or "));
}

static bool field_is_person(const Field *field)
{
    return field->kind == KIND_REF && strcmp(field->to, "person") == 0;
}

static Str day_words(const Register *reg, Str value)
{
    Date day;
    return date_from_iso(value, &day) ? date_to_human(reg->visit->arena, day) : value;
}

static Str value_words(const Register *reg, const Filter *filter)
{
    if (filter->field == NULL) return choice_words(reg, reg->plan->type->states, filter->value);
    if (str_eq_c(filter->value, "none")) return visit_text(reg->visit, N_("nothing given"));
    if (str_eq_c(filter->value, "me")) return visit_text(reg->visit, N_("you"));
    if (filter->field->kind == KIND_CHOICE || filter->field->kind == KIND_CHOICES)
        return choice_words(reg, filter->field->choices, filter->value);
    if (filter->field->kind == KIND_DATE) return day_words(reg, filter->value);
    if (filter->field->kind == KIND_BOOL)
        return visit_text(reg->visit, str_eq_c(filter->value, "true") ? N_("yes") : N_("no"));
    return filter->value;
}

static Str filter_words(const Register *reg, const Filter *filter)
{
    static const char *const between[] = {
        [FILTER_IS] = "", [FILTER_IS_NOT] = N_("not"), [FILTER_BEFORE] = N_("before"), [FILTER_FROM] = N_("from")
    };
    Arena *arena = reg->visit->arena;
    Str label    = filter->field != NULL ? visit_text(reg->visit, filter->field->label) : STR("");
    Str values   = value_words(reg, filter);
    Str word     = filter->kind == FILTER_IS ? STR("") : visit_text(reg->visit, between[filter->kind]);

    return str_trim(str_fmt(arena, "%.*s%s%.*s %.*s", STR_ARG(str_lower(arena, label)), word.len > 0 ? " " : "",
                            STR_ARG(word), STR_ARG(values)));
}

static const char *filter_param(const Register *reg, const Filter *filter)
{
    static const char *const endings[] = {
        [FILTER_IS] = "", [FILTER_IS_NOT] = ".not", [FILTER_BEFORE] = ".before", [FILTER_FROM] = ".from"
    };
    const char *name = filter->field != NULL ? filter->field->name : "state";

    return str_to_c(reg->visit->arena, str_fmt(reg->visit->arena, "%s%s", name, endings[filter->kind]));
}

/* ---- tokens ---- */

static void add_choice(const Register *reg, Links *choices, const char *param, const char *value, Str text)
{
    *list_push(reg->visit->arena, choices) =
        (Link){ .text = text, .href = register_link(reg, param, str_from_c(value)) };
}

static Str any_words(const Register *reg, Str label)
{
    Str lower = str_lower(reg->visit->arena, label);
    return str_fmt(reg->visit->arena, "%.*s %.*s", STR_ARG(visit_text(reg->visit, N_("any"))), STR_ARG(lower));
}

static Links choices_of_list(const Register *reg, const char *param, const ChoiceList *list, Str any)
{
    Links choices = { 0 };

    add_choice(reg, &choices, param, "", any);
    for (size_t i = 0; i < list->len; i++)
        add_choice(reg, &choices, param, list->at[i].name, visit_text(reg->visit, list->at[i].label));
    return choices;
}

static const Filter *filter_of(const Register *reg, const Field *field)
{
    for (size_t i = 0; i < reg->query.filters_len; i++) {
        if (reg->query.filters[i].field == field && reg->query.filters[i].kind == FILTER_IS)
            return &reg->query.filters[i];
    }
    return NULL;
}

static void token_add(const Register *reg, FilterSentence *sentence, const Field *field, Links choices)
{
    const Filter *filter = filter_of(reg, field);
    FilterToken *token   = list_push(reg->visit->arena, sentence);

    token->choices = choices;
    token->text    = choices.len > 0 ? choices.at[0].text : STR("");
    if (filter == NULL) return;
    token->text        = filter_words(reg, filter);
    token->on          = true;
    token->remove_href = register_link(reg, filter_param(reg, filter), STR(""));
}

/* Records that are only in use or void begin with those in use. */
static void token_add_state(const Register *reg, FilterSentence *sentence)
{
    const Type *type = reg->plan->type;
    Links choices    = choices_of_list(reg, "state", type->states, any_words(reg, visit_text(reg->visit, N_("state"))));

    if (type->states->len < 2) return;
    if (type_is_plain(type)) choices.at[0].href = register_link(reg, "state", STR("any"));
    token_add(reg, sentence, NULL, choices);
    if (type_is_plain(type)) sentence->at[sentence->len - 1].remove_href = (Str){ 0 };
}

static void token_add_field(const Register *reg, FilterSentence *sentence, const Field *field)
{
    Str any       = any_words(reg, visit_text(reg->visit, field->label));
    Links choices = { 0 };

    if (field->kind == KIND_CHOICE) {
        choices = choices_of_list(reg, field->name, field->choices, any);
    } else if (field->kind == KIND_BOOL) {
        add_choice(reg, &choices, field->name, "", any);
        add_choice(reg, &choices, field->name, "true", visit_text(reg->visit, N_("yes")));
        add_choice(reg, &choices, field->name, "false", visit_text(reg->visit, N_("no")));
    } else if (field_is_person(field)) {
        add_choice(reg, &choices, field->name, "", any);
        add_choice(reg, &choices, field->name, "me", visit_text(reg->visit, N_("you")));
        add_choice(reg, &choices, field->name, "none", visit_text(reg->visit, N_("nobody")));
    } else if (filter_of(reg, field) != NULL) {
        add_choice(reg, &choices, field->name, "", any);
    } else {
        return;
    }
    token_add(reg, sentence, field, choices);
}

/* What has no token of its own: days before and from, exclusions. */
void register_rest_fill(const Register *reg, FilterSentence *sentence)
{
    for (size_t i = 0; i < reg->query.filters_len; i++) {
        const Filter *filter = &reg->query.filters[i];
        bool has_token       = filter->kind == FILTER_IS && (filter->field == NULL || field_is_column(filter->field));
        if (has_token) continue;
        Links without    = { 0 };
        const char *name = filter_param(reg, filter);
        add_choice(reg, &without, name, "", visit_text(reg->visit, N_("without this condition")));
        *list_push(reg->visit->arena, sentence) = (FilterToken){ .text        = filter_words(reg, filter),
                                                                 .choices     = without,
                                                                 .remove_href = register_link(reg, name, STR("")),
                                                                 .on          = true };
    }
}

static void more_add(const Register *reg, FilterSentence *sentence, const Field *field, const char *ending)
{
    Arena *arena     = reg->visit->arena;
    const char *name = str_to_c(arena, str_fmt(arena, "%s%s", field->name, ending));
    bool is_before   = strcmp(ending, ".before") == 0;
    Str label        = str_lower(arena, visit_text(reg->visit, field->label));
    Str words        = visit_text(reg->visit, is_before ? N_("before today") : N_("from today"));

    if (register_param(reg, name).len > 0) return;
    *list_push(arena, &sentence->more) =
        (Link){ .text = str_fmt(arena, "%.*s %.*s", STR_ARG(label), STR_ARG(words)),
                .href = register_link(reg, name, date_to_iso(arena, reg->visit->call->today)) };
}

void register_token_fill(const Register *reg, FilterSentence *sentence, const Field *field)
{
    if (field == NULL)
        token_add_state(reg, sentence);
    else
        token_add_field(reg, sentence, field);
}

void register_more_fill(const Register *reg, FilterSentence *sentence, const Field *field)
{
    more_add(reg, sentence, field, ".before");
    more_add(reg, sentence, field, ".from");
}

void register_filter_fill(const Register *reg, FilterSentence *sentence)
{
    const Type *type = reg->plan->type;

    sentence->word = visit_text(reg->visit, N_("Show"));
    token_add_state(reg, sentence);
    for (size_t i = 0; i < type->fields_len; i++) {
        if (field_is_column(&type->fields[i])) token_add_field(reg, sentence, &type->fields[i]);
    }
    register_rest_fill(reg, sentence);
    for (size_t i = 0; i < type->fields_len; i++) {
        if (type->fields[i].kind != KIND_DATE || !field_is_column(&type->fields[i])) continue;
        register_more_fill(reg, sentence, &type->fields[i]);
    }
}

/* ---- filtered to nothing ---- */

size_t register_conditions(const Register *reg)
{
    size_t count = reg->query.filters_len + (reg->query.words.len > 0 ? 1 : 0);

    if (type_is_plain(reg->plan->type) && register_param(reg, "state").len == 0 && count > 0) count--;
    return count;
}

static bool count_without(const Register *reg, size_t index, ListPage *page, Err *err)
{
    ListQuery query = reg->query;

    query.after = (Str){ 0 };
    if (index == query.filters_len)
        query.words = (Str){ 0 };
    else
        query.filters[index] = query.filters[--query.filters_len];
    return list_count(reg->visit->call, &query, page, err);
}

static bool removal_add(const Register *reg, EmptyState *empty, size_t index, Err *err)
{
    Arena *arena    = reg->visit->arena;
    bool is_words   = index == reg->query.filters_len;
    const char *par = is_words ? "q" : filter_param(reg, &reg->query.filters[index]);
    Str words       = is_words ? reg->query.words : filter_words(reg, &reg->query.filters[index]);
    ListPage page   = { 0 };

    if (!count_without(reg, index, &page, err)) return false;
    *list_push(arena, &empty->acts) =
        (Button){ .label = str_fmt(arena, "%.*s “%.*s” (%.*s)", STR_ARG(visit_text(reg->visit, N_("Without"))),
                                   STR_ARG(words), STR_ARG(total_words(reg->visit, &page))),
                  .href  = register_link(reg, par, STR("")) };
    return true;
}

bool register_nothing_fill(const Register *reg, EmptyState *empty, Err *err)
{
    size_t len    = reg->query.filters_len + (reg->query.words.len > 0 ? 1 : 0);
    StrList words = { 0 };

    empty->title = visit_text(reg->visit, N_("Nothing matches these conditions"));
    for (size_t i = 0; i < len; i++) {
        bool is_implied =
            i < reg->query.filters_len && reg->query.filters[i].field == NULL && register_param(reg, "state").len == 0;
        Str one = i < reg->query.filters_len ? filter_words(reg, &reg->query.filters[i]) : reg->query.words;
        *list_push(reg->visit->arena, &words) = one;
        if (!is_implied && !removal_add(reg, empty, i, err)) return false;
    }
    empty->text = str_fmt(reg->visit->arena, "%.*s.", STR_ARG(str_sentence(reg->visit->arena, &words)));
    *list_push(reg->visit->arena, &empty->acts) = (Button){ .label = visit_text(reg->visit, N_("Clear all")),
                                                            .kind  = BUTTON_QUIET,
                                                            .href  = address_list(reg->visit->arena, reg->plan->type) };
    return true;
}
