/* SPDX-License-Identifier: Apache-2.0
 * Checking a document against its form: one walk, the first mistake ends it. */
#include "exchange/form.h"

#include <string.h>

#include "base/time.h"

typedef struct {
    Arena *arena;
    const json_t *people;
    Err *err;
} Check;

bool form_fail(Err *err, Str place, Str detail)
{
    return err_set(err, ERR_FORMAT, 0, .what = place.len > 0 ? place : STR("the file"), .detail = detail,
                   .hint = STR("Mend the file there and load it again; nothing was recorded."));
}

static bool fail_at(Check *check, Str place, const char *detail)
{
    return form_fail(check->err, place, str_from_c(detail));
}

static bool words_have(const char *words, Str word)
{
    Str rest = str_from_c(words), one;

    while (words != NULL && str_cut(&rest, ' ', &one)) {
        if (one.len > 0 && str_eq(one, word)) return true;
    }
    return false;
}

/* The key in whose shape `words` take `name`; empty when they do not take it. */
static Str words_take(const char *words, Str name)
{
    Str rest = str_from_c(words), one, key;

    while (words != NULL && str_cut(&rest, ' ', &one)) {
        if (one.len == 0 || !str_cut(&one, '=', &key) || !str_eq(key, name)) continue;
        return one.len > 0 ? one : name;
    }
    return (Str){ 0 };
}

/* ------------------------------------------------------------------------------------------------------- one value */

static bool is_clock(Str text)
{
    int64_t hour, minute;

    return text.len == 5 && text.ptr[2] == ':' && str_to_i64(str_slice(text, 0, 2), 0, 23, &hour) &&
           str_to_i64(str_slice(text, 3, 2), 0, 59, &minute);
}

static bool check_word(Check *check, const FormKey *key, const json_t *value, Str place)
{
    if (json_is_string(value) && words_have(key->words, json_str(value))) return true;
    return form_fail(check->err, place, str_fmt(check->arena, "Give one of: %s.", key->words));
}

static bool check_person(Check *check, const json_t *value, Str place)
{
    if (!json_is_string(value)) return fail_at(check, place, "Give the id of a person, in quotes.");
    if (json_object_get(check->people, json_string_value(value)) != NULL) return true;
    return form_fail(check->err, place,
                     str_fmt(check->arena, "There is no person \"%.*s\" in \"people\".", STR_ARG(json_str(value))));
}

static bool check_form(Check *check, const Form *form, const json_t *value, Str place);
static bool check_list(Check *check, const FormKey *key, const json_t *value, Str place);

static bool check_map(Check *check, const FormKey *key, const json_t *value, Str place)
{
    static const FormKey days = { "", FORM_DAY, FORM_LIST, NULL, NULL };
    const char *name;
    json_t *member;

    if (!json_is_object(value)) return fail_at(check, place, "Give an object.");
    json_object_foreach((json_t *)(uintptr_t)value, name, member)
    {
        Str at = str_fmt(check->arena, "%.*s.%s", STR_ARG(place), name);
        if (key->kind == FORM_MAP && !check_list(check, &days, member, at)) return false;
        if (key->kind == FORM_WORDS && key->words != NULL && !check_word(check, key, member, at)) return false;
        if (key->kind == FORM_WORDS && key->words == NULL && !json_is_string(member))
            return fail_at(check, at, "Give text, in quotes.");
    }
    return true;
}

static bool check_value(Check *check, const FormKey *key, const json_t *value, Str place)
{
    Date day;
    double share = json_number_value(value);

    switch (key->kind) {
    case FORM_TEXT: return json_is_string(value) || fail_at(check, place, "Give text, in quotes.");
    case FORM_DAY:
        return (json_is_string(value) && date_from_iso(json_str(value), &day)) ||
               fail_at(check, place, "Give a day as \"YYYY-MM-DD\".");
    case FORM_CLOCK:
        return (json_is_string(value) && is_clock(json_str(value))) ||
               fail_at(check, place, "Give a time as \"HH:MM\".");
    case FORM_COUNT:
        return (json_is_integer(value) && json_integer_value(value) >= 0) ||
               fail_at(check, place, "Give a whole number, 0 or more.");
    case FORM_SHARE:
        return (json_is_number(value) && share >= 0 && share <= 1) ||
               fail_at(check, place, "Give a number from 0 to 1.");
    case FORM_YES_NO: return json_is_boolean(value) || fail_at(check, place, "Give true or false.");
    case FORM_WORD: return check_word(check, key, value, place);
    case FORM_PERSON: return check_person(check, value, place);
    case FORM_PART: return check_form(check, key->part, value, place);
    case FORM_MAP:
    case FORM_WORDS: return check_map(check, key, value, place);
    case FORM_ANY: return true;
    }
    return true;
}

static bool check_list(Check *check, const FormKey *key, const json_t *value, Str place)
{
    size_t index;
    json_t *item;

    if (!json_is_array(value)) return fail_at(check, place, "Give a list.");
    json_array_foreach(value, index, item)
    {
        if (!check_value(check, key, item, str_fmt(check->arena, "%.*s[%zu]", STR_ARG(place), index))) return false;
    }
    return true;
}

/* ------------------------------------------------------------------------------------------------------- one object */

static const FormKey *form_key(const Form *form, Str name)
{
    for (size_t i = 0; i < form->keys_len; i++) {
        if (str_eq_c(name, form->keys[i].name)) return &form->keys[i];
    }
    return NULL;
}

static bool is_there(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    return value != NULL && !json_is_null(value);
}

static Str place_below(Check *check, Str place, Str name)
{
    if (place.len == 0) return str_dup(check->arena, name);
    return str_fmt(check->arena, "%.*s.%.*s", STR_ARG(place), STR_ARG(name));
}

static bool check_needed(Check *check, const json_t *object, const char *names, Str place)
{
    Str rest = str_from_c(names), name;

    while (names != NULL && str_cut(&rest, ' ', &name)) {
        if (name.len == 0 || is_there(object, str_to_c(check->arena, name))) continue;
        return fail_at(check, place_below(check, place, name), "This is missing.");
    }
    return true;
}

/* The verb's row; *found is NULL where steps have no verbs. */
static bool check_verb(Check *check, const Form *form, const json_t *object, Str place, const FormVerb **found)
{
    Str verb = json_text(object, "verb");

    *found = NULL;
    if (form->verbs == NULL) return true;
    for (size_t i = 0; i < form->verbs_len && *found == NULL; i++) {
        if (str_eq_c(verb, form->verbs[i].verb)) *found = &form->verbs[i];
    }
    place = place_below(check, place, STR("verb"));
    if (verb.len == 0) return fail_at(check, place, "This is missing.");
    if (*found == NULL)
        return form_fail(check->err, place, str_fmt(check->arena, "There is no verb \"%.*s\" here.", STR_ARG(verb)));
    return true;
}

static Str verb_takes(const Form *form, const FormVerb *verb, Str name)
{
    const char *const lists[] = { form->common, verb->needed, verb->takes };
    Str shape                 = { 0 };

    for (size_t i = 0; i < countof(lists) && shape.len == 0; i++)
        shape = words_take(lists[i], name);
    return shape;
}

static bool check_member(Check *check, const Form *form, const FormVerb *verb, Str name, const json_t *value, Str place)
{
    Str shape          = verb == NULL ? name : verb_takes(form, verb, name);
    const FormKey *key = form_key(form, shape.len > 0 ? shape : name);

    if (key == NULL) return fail_at(check, place, "The form has no such key here.");
    if (verb != NULL && shape.len == 0)
        return form_fail(check->err, place, str_fmt(check->arena, "The verb \"%s\" takes no such key.", verb->verb));
    if (json_is_null(value)) return true;
    return key->flags & FORM_LIST ? check_list(check, key, value, place) : check_value(check, key, value, place);
}

static bool check_form(Check *check, const Form *form, const json_t *object, Str place)
{
    const FormVerb *verb;
    const char *name;
    json_t *value;

    if (!json_is_object(object)) return fail_at(check, place, "Give an object.");
    if (!check_verb(check, form, object, place, &verb)) return false;
    json_object_foreach((json_t *)(uintptr_t)object, name, value)
    {
        Str key = str_from_c(name);
        if (!check_member(check, form, verb, key, value, place_below(check, place, key))) return false;
    }
    for (size_t i = 0; i < form->keys_len; i++) {
        const FormKey *key = &form->keys[i];
        if (!(key->flags & FORM_NEEDED) || is_there(object, key->name)) continue;
        return fail_at(check, place_below(check, place, str_from_c(key->name)), "This is missing.");
    }
    return verb == NULL || check_needed(check, object, verb->needed, place);
}

bool form_check(Arena *arena, const Form *form, const json_t *value, const json_t *people, Err *err)
{
    Check check = { .arena = arena, .people = people, .err = err };
    return check_form(&check, form, value, (Str){ 0 });
}
