/* SPDX-License-Identifier: Apache-2.0
 * One function per kind of answer. Labels, choices and columns come from the declaration; values from the JSON. */
#include "cli/show.h"

enum { LABEL_MAX = 26, LINE_WIDTH_MAX = 100 };

static Str visible(Show *show, Str text)
{
    return str_visible(show->arena, text);
}

static Str member(Show *show, const json_t *object, const char *name)
{
    return visible(show, json_text(object, name));
}

static int64_t number_of(const json_t *object, const char *name)
{
    return json_integer_value(json_object_get(object, name));
}

static size_t line_width(const Show *show)
{
    return show->style.width == 0 || show->style.width > LINE_WIDTH_MAX ? LINE_WIDTH_MAX : show->style.width;
}

/* ------------------------------------------------------------------------------------------------------- values */

static Str time_text(Show *show, Str rfc3339)
{
    Time time;
    if (!time_from_rfc3339(rfc3339, &time)) return visible(show, rfc3339);
    return zone_to_human(show->arena, show->zone, time);
}

static Str date_text(Show *show, Str iso)
{
    Date date;
    return date_from_iso(iso, &date) ? date_to_human(show->arena, date) : visible(show, iso);
}

static Str choice_text(Show *show, const ChoiceList *choices, Str name)
{
    int choice = choice_from_name(choices, name);
    return choice > 0 ? str_from_c(choice_label(choices, choice)) : visible(show, name);
}

/* People by name, the rest by number, and by title too where there is room. */
static Str reference_text(Show *show, const Field *field, const json_t *reference, bool is_short)
{
    Str number = member(show, reference, "number"), title = member(show, reference, "title");

    if (str_eq_c(str_from_c(field->to), "person") && title.len > 0) return title;
    if (is_short || title.len == 0 || str_eq(number, title)) return number;
    return str_fmt(show->arena, "%.*s %.*s", STR_ARG(number), STR_ARG(title));
}

static Str list_text(Show *show, const Field *field, json_t *array)
{
    StrList parts = { 0 };
    size_t index;
    json_t *item;

    json_array_foreach(array, index, item)
    {
        *list_push(show->arena, &parts) = field->kind == KIND_REFS ? reference_text(show, field, item, true)
                                                                   : choice_text(show, field->choices, json_str(item));
    }
    return str_join(show->arena, &parts, STR(", "));
}

static Str value_text(Show *show, const Field *field, json_t *value, bool is_short)
{
    if (value == NULL || json_is_null(value)) return (Str){ 0 };
    switch (field->kind) {
    case KIND_CHOICE: return choice_text(show, field->choices, json_str(value));
    case KIND_CHOICES:
    case KIND_REFS: return list_text(show, field, value);
    case KIND_REF: return reference_text(show, field, value, is_short);
    case KIND_DATE: return date_text(show, json_str(value));
    case KIND_TIME: return time_text(show, json_str(value));
    case KIND_INT: return str_fmt(show->arena, "%lld", (long long)json_integer_value(value));
    case KIND_BOOL: return json_is_true(value) ? STR("Yes") : STR("No");
    case KIND_LONG: return is_short ? visible(show, json_str(value)) : json_str(value); /* lines stay lines */
    case KIND_TEXT:
    case KIND_FILE:
    case KINDS: break;
    }
    return visible(show, json_str(value));
}

static Str state_text(Show *show, const Type *type, const json_t *record)
{
    return choice_text(show, type->states, json_text(record, "state"));
}

/* ------------------------------------------------------------------------------------------------------- lists */

static void cell(Show *show, TextTable *table, Str text)
{
    *list_push(show->arena, &table->cells) = text;
}

static bool is_column(const Field *field)
{
    return (field->flags & (SHOW_IN_LIST | SHOW_AS_TITLE)) && !(field->flags & SECRET);
}

static void list_heads(Show *show, const Type *type, TextTable *table)
{
    cell(show, table, STR("Number"));
    for (size_t i = 0; i < type->fields_len; i++) {
        if (is_column(&type->fields[i])) cell(show, table, str_from_c(type->fields[i].label));
    }
    cell(show, table, STR("State"));
    table->columns = table->cells.len;
}

static void show_list(Show *show, const Type *type, const json_t *body)
{
    TextTable table = { 0 };
    json_t *items   = json_object_get(body, "items");
    Str next        = json_text(body, "next");
    size_t index;
    json_t *item;

    list_heads(show, type, &table);
    json_array_foreach(items, index, item)
    {
        cell(show, &table, member(show, item, "number"));
        for (size_t i = 0; i < type->fields_len; i++) {
            const Field *field = &type->fields[i];
            if (is_column(field)) cell(show, &table, value_text(show, field, json_object_get(item, field->name), true));
        }
        cell(show, &table, state_text(show, type, item));
    }
    if (json_array_size(items) > 0) text_table(&show->out, show->arena, show->style, &table);
    buf_fmt(&show->notes, "%zu of %s%lld %s.\n", json_array_size(items),
            json_is_true(json_object_get(body, "total_is_more")) ? "more than " : "",
            (long long)number_of(body, "total"), type->plural);
    if (next.len > 0) buf_fmt(&show->notes, "More with --after %.*s\n", STR_ARG(visible(show, next)));
}

static void show_search(Show *show, const json_t *body)
{
    TextTable table = { 0 };
    json_t *items   = json_object_get(body, "items");
    size_t index;
    json_t *item;

    cell(show, &table, STR("Type")), cell(show, &table, STR("Number")), cell(show, &table, STR("Title"));
    table.columns = table.cells.len;
    json_array_foreach(items, index, item)
    {
        cell(show, &table, member(show, item, "type"));
        cell(show, &table, member(show, item, "number"));
        cell(show, &table, member(show, item, "title"));
    }
    if (json_array_size(items) > 0)
        text_table(&show->out, show->arena, show->style, &table);
    else
        buf_add_c(&show->notes, "Nothing was found.\n");
}

/* ------------------------------------------------------------------------------------------------------- one record */

static void show_head(Show *show, const Type *type, const json_t *record)
{
    const Field *title = type_title_field(type);
    const json_t *by   = json_object_get(record, "updated_by");

    text_bold(&show->out, show->style, member(show, record, "number"));
    if (title != NULL) {
        buf_add_byte(&show->out, ' ');
        text_bold(&show->out, show->style, value_text(show, title, json_object_get(record, title->name), true));
    }
    buf_fmt(&show->out, "\n%s, %.*s; revision %lld of %.*s", type->label, STR_ARG(state_text(show, type, record)),
            (long long)number_of(record, "revision"), STR_ARG(time_text(show, json_text(record, "updated_at"))));
    if (json_is_object(by)) buf_fmt(&show->out, " by %.*s", STR_ARG(member(show, by, "title")));
    buf_fmt(&show->out, " (event %lld)\n\n", (long long)number_of(record, "event"));
}

static size_t labels_width(const Type *type)
{
    size_t width = 0;
    for (size_t i = 0; i < type->fields_len; i++) {
        size_t label = text_width(str_from_c(type->fields[i].label));
        if (label > width) width = label;
    }
    return width < LABEL_MAX ? width : LABEL_MAX;
}

static void show_record(Show *show, const Type *type, const json_t *record)
{
    size_t indent = labels_width(type) + 2;

    show_head(show, type, record);
    for (size_t i = 0; i < type->fields_len; i++) {
        const Field *field = &type->fields[i];
        Str text           = value_text(show, field, json_object_get(record, field->name), false);
        Str label          = text_cut(show->arena, str_from_c(field->label), indent - 2);
        if (text.len == 0) continue;
        buf_fmt(&show->out, "%.*s%*s", STR_ARG(label), (int)(indent - text_width(label)), "");
        text_wrap(&show->out, show->arena, text, indent, line_width(show));
    }
}

/* ------------------------------------------------------------------------------------------------------- refusals */

static Str names_text(Show *show, json_t *names)
{
    StrList list = { 0 };
    size_t index;
    json_t *name;

    json_array_foreach(names, index, name) * list_push(show->arena, &list) = visible(show, json_str(name));
    return str_sentence(show->arena, &list);
}

static void part(Show *show, Buf *out, const char *label, Str text)
{
    if (text.len == 0) return;
    buf_fmt(out, "  %-9s", label);
    text_wrap(out, show->arena, text, 11, line_width(show));
}

/* The four parts of a refusal, always in this order. */
static void add_refusals(Show *show, Buf *out, json_t *refusals)
{
    size_t index;
    json_t *refusal;

    json_array_foreach(refusals, index, refusal)
    {
        part(show, out, "rule", member(show, refusal, "rule"));
        part(show, out, "missing", json_text(refusal, "missing"));
        part(show, out, "who", names_text(show, json_object_get(refusal, "who")));
        part(show, out, "next", json_text(refusal, "next"));
    }
}

static void add_invalids(Show *show, json_t *errors)
{
    size_t index;
    json_t *wrong;

    json_array_foreach(errors, index, wrong)
    {
        Str field = member(show, wrong, "field");
        if (field.len > 0) field = str_fmt(show->arena, "--%.*s: ", STR_ARG(field));
        buf_fmt(&show->notes, "  %.*s%.*s\n", STR_ARG(field), STR_ARG(member(show, wrong, "detail")));
    }
}

static void add_differences(Show *show, json_t *differences)
{
    size_t index;
    json_t *difference;

    json_array_foreach(differences, index, difference)
    {
        buf_fmt(&show->notes, "  %.*s\n", STR_ARG(member(show, difference, "label")));
        part(show, &show->notes, "before", json_text(difference, "before"));
        part(show, &show->notes, "now", json_text(difference, "now"));
        part(show, &show->notes, "wanted", json_text(difference, "wanted"));
    }
}

void show_problem(Show *show, const json_t *problem)
{
    buf_fmt(&show->notes, "%.*s.\n", STR_ARG(member(show, problem, "title")));
    add_refusals(show, &show->notes, json_object_get(problem, "refusals"));
    add_invalids(show, json_object_get(problem, "errors"));
    add_differences(show, json_object_get(problem, "differences"));
}

/* ------------------------------------------------------------------------------------------------------- steps,
 * history
 */

static void show_steps(Show *show, const json_t *body)
{
    size_t index;
    json_t *step;

    json_array_foreach(json_object_get(body, "steps"), index, step)
    {
        text_bold(&show->out, show->style, member(show, step, "verb"));
        buf_fmt(&show->out, ": %.*s%s\n", STR_ARG(member(show, step, "label")),
                json_is_true(json_object_get(step, "possible")) ? "" : ", not yet");
        add_refusals(show, &show->out, json_object_get(step, "refusals"));
    }
    if (json_array_size(json_object_get(body, "steps")) == 0)
        buf_add_c(&show->notes, "There is nothing that you can do with it now.\n");
}

static void show_event(Show *show, const json_t *event)
{
    size_t index;
    json_t *change;

    text_bold(&show->out, show->style, str_fmt(show->arena, "#%lld", (long long)number_of(event, "event")));
    buf_fmt(&show->out, " %.*s, %.*s: %.*s (%.*s)\n", STR_ARG(time_text(show, json_text(event, "time"))),
            STR_ARG(member(show, event, "who")), STR_ARG(member(show, event, "label")),
            STR_ARG(member(show, event, "state")));
    part(show, &show->out, "why", json_text(event, "why"));
    if (json_is_true(json_object_get(event, "erased")))
        part(show, &show->out, "erased", STR("What it said was erased."));
    json_array_foreach(json_object_get(event, "changes"), index, change)
    {
        Str before = json_text(change, "before"), after = json_text(change, "after");
        Str line = str_fmt(show->arena, "%.*s: \"%.*s\" → \"%.*s\"", STR_ARG(json_text(change, "label")),
                           STR_ARG(before), STR_ARG(after));
        buf_add_c(&show->out, "  ");
        text_wrap(&show->out, show->arena, line, 4, line_width(show));
    }
}

static void show_history(Show *show, const json_t *body)
{
    const json_t *events = json_object_get(body, "events");
    size_t count         = json_array_size(events);

    for (size_t i = 0; i < count; i++)
        show_event(show, json_array_get(events, i));
    if (count >= LIST_LIMIT_DEFAULT)
        buf_fmt(&show->notes, "More with --before %lld\n",
                (long long)number_of(json_array_get(events, count - 1), "event"));
}

/* ------------------------------------------------------------------------------------------------------- what was done
 */

static void show_done(Show *show, const Type *type, const json_t *body)
{
    const json_t *record = json_object_get(body, "record"), *events = json_object_get(body, "events");
    const Verb *verb = type_verb(type, json_text(body, "verb"));
    Str secret       = member(show, body, "shown_once");

    text_bold(&show->out, show->style, member(show, record, "number"));
    buf_fmt(&show->out, " %s: %s. State %.*s, revision %lld, event %lld.%s\n", type->label,
            verb != NULL ? verb->label : "", STR_ARG(state_text(show, type, record)),
            (long long)number_of(record, "revision"), (long long)json_integer_value(json_array_get(events, 0)),
            json_is_true(json_object_get(body, "repeated")) ? " It was done before and is not done again." : "");
    if (secret.len > 0) buf_fmt(&show->out, "Shown this once, never again: %.*s\n", STR_ARG(secret));
}

static void show_report(Show *show, const json_t *body)
{
    const json_t *good = json_object_get(body, "last_good_checkpoint");
    Str result         = json_text(body, "result");
    size_t index;
    json_t *failure;

    text_bold(&show->out, show->style,
              str_eq_c(result, "tampered") ? STR("The record is not what was recorded.")
                                           : STR("The record is what was recorded."));
    buf_fmt(&show->out, " Events %lld to %lld, root %.*s.\n", (long long)number_of(body, "from"),
            (long long)number_of(body, "size") - 1, STR_ARG(member(show, body, "root")));
    if (number_of(body, "erased") > 0)
        buf_fmt(&show->out, "%lld payloads were erased by the book: what they said cannot be checked.\n",
                (long long)number_of(body, "erased"));
    json_array_foreach(json_object_get(body, "failures"), index, failure)
    {
        const json_t *event = json_object_get(failure, "event");
        part(show, &show->out, "found", member(show, failure, "found"));
        if (json_is_integer(event))
            part(show, &show->out, "event", str_fmt(show->arena, "%lld", (long long)json_integer_value(event)));
        part(show, &show->out, "entity", member(show, failure, "entity"));
        part(show, &show->out, "detail", json_text(failure, "detail"));
    }
    if (str_eq_c(result, "tampered"))
        buf_fmt(&show->out, "%lld differences. The last checkpoint before the first of them has %lld events.\n",
                (long long)number_of(body, "failures_total"), (long long)number_of(good, "size"));
}

/* ------------------------------------------------------------------------------------------------------- figures */

/* "F-013 action, F-021 analysis" for a list, "major 2, minor 13" for an object. */
static void add_value(Show *show, Buf *out, const json_t *value)
{
    const char *key;
    size_t index;
    json_t *part;

    if (json_is_string(value)) buf_add(out, str_visible(show->arena, json_str(value)));
    if (json_is_number(value)) json_write(out, value);
    if (json_is_null(value)) buf_add_c(out, "no data");
    json_array_foreach(value, index, part)
    {
        if (index > 0) buf_add_c(out, json_is_array(part) ? ", " : " ");
        add_value(show, out, part);
    }
    json_object_foreach((json_t *)(uintptr_t)value, key, part)
    {
        if (out->len > 0) buf_add_c(out, ", ");
        buf_fmt(out, "%s ", key);
        add_value(show, out, part);
    }
}

static Str words_of_key(Show *show, const char *key)
{
    Buf name = buf_open(show->arena, 200);

    for (const char *at = key; *at != '\0'; at++)
        buf_add_byte(&name, *at == '_' ? ' ' : *at);
    return buf_str(&name);
}

static void show_figures(Show *show, const json_t *body)
{
    TextTable table = { .columns = 2 };
    const char *key;
    json_t *value;

    *list_push(show->arena, &table.cells) = STR("Figure"), *list_push(show->arena, &table.cells) = STR("Value");
    json_object_foreach((json_t *)(uintptr_t)body, key, value)
    {
        Buf text = buf_open(show->arena, LOCAL_BODY_MAX);
        add_value(show, &text, value);
        *list_push(show->arena, &table.cells) = words_of_key(show, key);
        *list_push(show->arena, &table.cells) = buf_str(&text);
    }
    text_table(&show->out, show->arena, show->style, &table);
}

/* ------------------------------------------------------------------------------------------------------- inquiries */

static bool is_nested(const json_t *value)
{
    if (json_is_object(value)) return true;
    return json_is_array(value) && json_is_object(json_array_get(value, 0));
}

static Str scalar_text(Show *show, json_t *value)
{
    StrList words = { 0 };
    size_t index;
    json_t *part;
    Buf text = buf_open(show->arena, LOCAL_BODY_MAX);

    if (json_is_boolean(value)) return json_is_true(value) ? STR("yes") : STR("no");
    if (!json_is_array(value)) {
        add_value(show, &text, value);
        return buf_str(&text);
    }
    json_array_foreach(value, index, part) * list_push(show->arena, &words) = scalar_text(show, part);
    return str_join(show->arena, &words, STR("; "));
}

static void show_members(Show *show, json_t *object, int indent);

/* A list of things: each stands under a dash. */
static void show_nested(Show *show, const char *key, json_t *value, int indent)
{
    size_t index;
    json_t *part;

    buf_fmt(&show->out, "%*s%.*s\n", indent, "", STR_ARG(words_of_key(show, key)));
    if (json_is_object(value)) show_members(show, value, indent + 2);
    json_array_foreach(value, index, part)
    {
        show_members(show, part, indent + 2);
        if (index + 1 < json_array_size(value)) buf_add_byte(&show->out, '\n');
    }
}

static void show_members(Show *show, json_t *object, int indent)
{
    const char *key;
    json_t *value;

    json_object_foreach(object, key, value)
    {
        if (is_nested(value)) {
            show_nested(show, key, value, indent);
            continue;
        }
        Str text = scalar_text(show, value);
        if (text.len == 0 || json_is_null(value)) continue;
        Str line = str_fmt(show->arena, "%.*s: %.*s", STR_ARG(words_of_key(show, key)), STR_ARG(text));
        buf_fmt(&show->out, "%*s", indent, "");
        text_wrap(&show->out, show->arena, line, (size_t)indent + 2, line_width(show));
    }
}

/* What a room works out has no declaration: names and values as they stand. */
static void show_inquiry(Show *show, const json_t *body)
{
    show_members(show, (json_t *)(uintptr_t)body, 0);
}

/* ------------------------------------------------------------------------------------------------------- all */

static void show_ask(Show *show, const Ask *ask, const json_t *body)
{
    const Plan *plan = registry_find(show->registry, ask->type);
    const Type *type = plan != NULL ? plan->type : NULL;

    if (ask->kind == ASK_SEARCH) show_search(show, body);
    if (type == NULL) return;
    switch (ask->kind) {
    case ASK_LIST: show_list(show, type, body); return;
    case ASK_SHOW: show_record(show, type, body); return;
    case ASK_STEPS: show_steps(show, body); return;
    case ASK_HISTORY: show_history(show, body); return;
    case ASK_VERB: show_done(show, type, body); return;
    case ASK_INQUIRY: show_inquiry(show, body); return;
    case ASK_SEARCH:
    case ASK_EXPORT:
    case ASK_FILE:
    case ASK_KINDS: return;
    }
}

bool show_answer(Show *show, const LocalQuestion *question, const LocalAnswer *answer, Err *err)
{
    json_t *body;

    if (str_starts(answer->media, STR("text/"))) {
        buf_add(&show->out, answer->body); /* CSV is for programs: as it is */
        return true;
    }
    if (!json_read(show->arena, answer->body, &body, err)) return err_context(err, "reading the answer");
    if (str_eq_c(answer->media, "application/problem+json"))
        show_problem(show, body);
    else if (question->kind == LOCAL_VERIFY)
        show_report(show, body);
    else if (question->kind == LOCAL_PROVE)
        buf_add(&show->out, json_text(body, "proof"));
    else if (question->kind == LOCAL_INDICATORS)
        show_figures(show, body);
    else
        show_ask(show, &question->ask, body);
    return true;
}
