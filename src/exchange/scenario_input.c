/* SPDX-License-Identifier: Apache-2.0
 * From the file's members to the inputs of verbs. */
#include <string.h>

#include "base/hash.h"
#include "exchange/scenario_inside.h"
#include "store/files.h"

json_t *input_new(Scenario *scenario)
{
    return json_own(scenario->arena, json_object());
}

bool is_given(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    return value != NULL && !json_is_null(value);
}

Str lines_of(Scenario *scenario, const json_t *list)
{
    StrList lines = { 0 };

    for (size_t i = 0; i < json_array_size(list); i++)
        *list_push(scenario->arena, &lines) = json_str(json_array_get(list, i));
    return str_join(scenario->arena, &lines, STR("\n"));
}

/* One word of `members`: "due_on>due", "objectives:lines". */
static void add_member(Scenario *scenario, json_t *input, const json_t *from, Str word)
{
    Str name, rest = word, shape = { 0 };

    str_cut(&rest, ':', &name);
    shape = rest, rest = name;
    str_cut(&rest, '>', &name);
    const char *source = str_to_c(scenario->arena, name);
    const char *target = rest.len > 0 ? str_to_c(scenario->arena, rest) : source;
    json_t *value      = json_object_get(from, source);
    if (value == NULL || json_is_null(value)) return;
    if (str_eq_c(shape, "lines"))
        json_object_set_new(input, target, json_from_str(lines_of(scenario, value)));
    else
        json_object_set(input, target, value);
}

void input_add(Scenario *scenario, json_t *input, const json_t *from, const char *members)
{
    Str rest = str_from_c(members), word;

    while (str_cut(&rest, ' ', &word)) {
        if (word.len > 0) add_member(scenario, input, from, word);
    }
}

json_t *input_of(Scenario *scenario, const json_t *from, const char *members)
{
    json_t *input = input_new(scenario);
    input_add(scenario, input, from, members);
    return input;
}

void input_text(json_t *input, const char *name, Str text)
{
    if (text.len > 0) json_object_set_new(input, name, json_from_str(text));
}

void input_flag(json_t *input, const char *name, bool value)
{
    json_object_set_new(input, name, json_boolean(value));
}

void input_period(json_t *input, const json_t *pair, const char *from, const char *to)
{
    if (json_array_size(pair) != 2) return;
    json_object_set(input, from, json_array_get(pair, 0));
    json_object_set(input, to, json_array_get(pair, 1));
}

json_t *list_below(Scenario *scenario, Str prefix, const json_t *list)
{
    json_t *below = json_own(scenario->arena, json_array());

    for (size_t i = 0; i < json_array_size(list); i++) {
        Str text = json_str(json_array_get(list, i));
        json_array_append_new(below,
                              json_from_str(str_fmt(scenario->arena, "%.*s/%.*s", STR_ARG(prefix), STR_ARG(text))));
    }
    return below;
}

Str role_holder(const Scenario *scenario, const char *role)
{
    return json_str(json_array_get(json_object_get(json_object_get(scenario->file, "roles"), role), 0));
}

Str place_at(Scenario *scenario, const char *list, size_t index)
{
    return str_fmt(scenario->arena, "%s[%zu]", list, index);
}

Str place_in(Scenario *scenario, Str place, const char *list, size_t index)
{
    return str_fmt(scenario->arena, "%.*s.%s[%zu]", STR_ARG(place), list, index);
}

const json_t *find_in(const json_t *list, const char *key, Str value)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        if (str_eq(json_text(item, key), value)) return item;
    }
    return NULL;
}

bool list_has(const json_t *list, Str value)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (str_eq(json_str(json_array_get(list, i)), value)) return true;
    }
    return false;
}

/* ------------------------------------------------------------------------------------------------------- files */

Str evidence_text(Scenario *scenario, const json_t *evidence)
{
    static const char *const members[] = { "id",          "type",   "fact_date",     "obtained_on",
                                           "obtained_by", "source", "undated_reason" };
    Buf text                           = buf_open(scenario->arena, 1 << 16);

    buf_fmt(&text, "%.*s\n\n", STR_ARG(json_text(evidence, "title")));
    for (size_t i = 0; i < countof(members); i++) {
        Str value = json_text(evidence, members[i]);
        if (value.len > 0) buf_fmt(&text, "%s: %.*s\n", members[i], STR_ARG(value));
    }
    return buf_str(&text);
}

bool evidence_file(Scenario *scenario, json_t *input, Str name, Str bytes, Err *err)
{
    Hash hash;

    if (!file_put(scenario->base->app->store, scenario->arena, bytes, &hash, err)) return false;
    input_text(input, "file", hash_to_hex(scenario->arena, &hash));
    input_text(input, "file_name", name);
    json_object_set_new(input, "file_size", json_integer((json_int_t)bytes.len));
    input_text(input, "file_type", str_ends(name, STR(".csv")) ? STR("text/csv") : STR("text/plain"));
    return true;
}
