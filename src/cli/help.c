/* SPDX-License-Identifier: Apache-2.0
 * Help. Texts about the program stand here; all that is said of types, fields and verbs is derived. */
#include "cli/help.h"

#include <string.h>

#include "cli/help_texts.h"
#include "record/answer.h"

static size_t line_width(const Help *help)
{
    return help->style.width == 0 || help->style.width > 100 ? 100 : help->style.width;
}

static void heading(Help *help, const char *text)
{
    buf_add_byte(&help->out, '\n');
    text_bold(&help->out, help->style, str_from_c(text));
    buf_add_byte(&help->out, '\n');
}

/* "  name      what it is", the second part wrapped. */
static void entry(Help *help, Str name, size_t width, Str text)
{
    size_t used = text_width(name);

    buf_fmt(&help->out, "  %.*s", STR_ARG(name));
    if (used > width) {
        buf_add_byte(&help->out, '\n');
        used = 0;
        buf_add_c(&help->out, "  ");
    }
    buf_fmt(&help->out, "%*s", (int)(width - used + 2), "");
    text_wrap(&help->out, help->arena, text, width + 4, line_width(help));
}

Str name_dashed(Arena *arena, const char *name)
{
    Buf out = buf_open(arena, strlen(name) + 1);

    for (size_t i = 0; name[i] != '\0'; i++)
        buf_add_byte(&out, name[i] == '_' ? '-' : name[i]);
    return buf_str(&out);
}

static Str who_text(Help *help, const Type *type, const char *who)
{
    App app   = { .directory = help->directory };
    Call call = { .app = &app, .arena = help->arena };

    return who_words(&call, type, who);
}

/* ------------------------------------------------------------------------------------------------------- program */

static void entries(Help *help, const HelpEntry *at, size_t count)
{
    for (size_t i = 0; i < count; i++)
        entry(help, str_from_c(at[i].name), 26, str_from_c(at[i].text));
}

static Str type_about(Help *help, const Type *type)
{
    return type->about != NULL ? str_from_c(type->about) : str_fmt(help->arena, "%s.", type->label);
}

void help_types(Help *help)
{
    for (size_t i = 0; i < registry_len(help->registry); i++) {
        const Type *type = registry_at(help->registry, i)->type;
        entry(help, name_dashed(help->arena, type->name), 20, type_about(help, type));
    }
}

void help_program(Help *help)
{
    buf_add_c(&help->out, help_usage);
    heading(help, "Commands");
    entries(help, help_commands, help_commands_len);
    heading(help, "Options");
    entries(help, help_options, help_options_len);
    heading(help, "Exit codes");
    entries(help, help_exits, help_exits_len);
    heading(help, "Types");
    help_types(help);
    buf_add_c(&help->out, "\nMore: plumbline TYPE --help, plumbline TYPE VERB --help, plumbline COMMAND --help\n");
}

bool help_command(Help *help, Str name)
{
    for (size_t i = 0; i < help_pages_len; i++) {
        if (!str_eq_c(name, help_pages[i].name)) continue;
        buf_add_c(&help->out, help_pages[i].text);
        return true;
    }
    return false;
}

/* ------------------------------------------------------------------------------------------------------- fields */

static const char *kind_words(const Field *field)
{
    static const char *const words[KINDS] = {
        [KIND_TEXT] = "one line",      [KIND_LONG] = "text",
        [KIND_CHOICE] = "one of",      [KIND_CHOICES] = "any of",
        [KIND_REF] = "number of",      [KIND_REFS] = "numbers of",
        [KIND_DATE] = "YYYY-MM-DD",    [KIND_TIME] = "YYYY-MM-DDThh:mm:ssZ",
        [KIND_INT] = "whole number",   [KIND_BOOL] = "yes or no",
        [KIND_FILE] = "a stored file",
    };
    return (field->flags & PASSWORD) ? "asked for, or from --NAME-file FILE" : words[field->kind];
}

static Str choices_text(Help *help, const ChoiceList *choices)
{
    StrList names = { 0 };
    for (size_t i = 0; i < choices->len; i++)
        *list_push(help->arena, &names) = str_from_c(choices->at[i].name);
    return str_join(help->arena, &names, STR(", "));
}

/* "Grade (10.2 b), one of: major_nc, minor_nc; needed. Help." */
static Str field_text(Help *help, const Field *field)
{
    Buf text = buf_open(help->arena, 1 << 16);

    buf_add_c(&text, field->label);
    if (field->clause != NULL) buf_fmt(&text, " (%s)", field->clause);
    buf_fmt(&text, ", %s", kind_words(field));
    if (field->choices != NULL) buf_fmt(&text, ": %.*s", STR_ARG(choices_text(help, field->choices)));
    if (field->to != NULL) buf_fmt(&text, " %.*s", STR_ARG(name_dashed(help->arena, field->to)));
    if (field->kind == KIND_INT && (field->min != 0 || field->max != 0))
        buf_fmt(&text, " from %lld to %lld", (long long)field->min, (long long)field->max);
    if (field->kind == KIND_TEXT || field->kind == KIND_LONG)
        buf_fmt(&text, ", up to %lld bytes", (long long)field_max_bytes(field));
    if (field->needed) buf_add_c(&text, "; needed");
    buf_add_byte(&text, '.');
    if (field->help != NULL) buf_fmt(&text, " %s", field->help);
    return buf_str(&text);
}

static void add_field(Help *help, const Type *type, const Field *field)
{
    Str text = field_text(help, field);

    if (field->set_by == SET_BY_VERB) text = str_fmt(help->arena, "%.*s Set by verbs.", STR_ARG(text));
    if (field->set_by == SET_ONCE) text = str_fmt(help->arena, "%.*s Given once, fixed from then on.", STR_ARG(text));
    if (type != NULL && field->needed_from > 1)
        text = str_fmt(help->arena, "%.*s Needed from state \"%s\".", STR_ARG(text),
                       state_label(type, field->needed_from));
    if (type != NULL && field->fixed_from > 0)
        text =
            str_fmt(help->arena, "%.*s Fixed from state \"%s\".", STR_ARG(text), state_label(type, field->fixed_from));
    entry(help, str_fmt(help->arena, "--%.*s", STR_ARG(name_dashed(help->arena, field->name))), 20, text);
}

/* ------------------------------------------------------------------------------------------------------- verbs */

static bool list_has(const VerbList *list, const Verb *verb)
{
    for (size_t i = 0; i < list->len; i++) {
        if (list->at[i] == verb) return true;
    }
    return false;
}

void type_verbs(Arena *arena, const Type *type, VerbList *out)
{
    for (size_t i = 0; i < type->steps_len; i++) {
        const Verb *verb = type_verb(type, str_from_c(type->steps[i].verb));
        if ((verb->flags & VERB_INSIDE) || list_has(out, verb)) continue;
        *list_push(arena, out) = verb; /* NOLINT(bugprone-sizeof-expression): a list of pointers */
    }
}

static Str verb_about(Help *help, const Verb *verb)
{
    if (verb->help == NULL) return str_fmt(help->arena, "%s.", verb->label);
    return str_fmt(help->arena, "%s: %s", verb->label, verb->help);
}

static const char *from_label(const Type *type, const Step *step)
{
    if (step->from == STATE_NEW) return "a new one";
    return step->from == STATE_ANY ? "any state" : state_label(type, step->from);
}

static void verb_steps(Help *help, const Type *type, const Verb *verb)
{
    for (size_t i = 0; i < type->steps_len; i++) {
        const Step *step = &type->steps[i];
        if (strcmp(step->verb, verb->name) != 0) continue;
        const char *to = step->to == STATE_SAME ? "stays" : state_label(type, step->to);
        entry(help, str_fmt(help->arena, "%s → %s", from_label(type, step), to), 30,
              str_fmt(help->arena, "by %.*s", STR_ARG(who_text(help, type, step->who))));
    }
}

static bool verb_makes(const Type *type, const Verb *verb)
{
    for (size_t i = 0; i < type->steps_len; i++) {
        if (type->steps[i].from == STATE_NEW && strcmp(type->steps[i].verb, verb->name) == 0) return true;
    }
    return false;
}

static void verb_inputs(Help *help, const Type *type, const Verb *verb)
{
    bool makes = verb_makes(type, verb), is_own = verb->input == NULL && (makes || strcmp(verb->name, "edit") == 0);

    heading(help, "Takes");
    for (size_t i = 0; verb->input != NULL && i < verb->input->len; i++)
        add_field(help, NULL, &verb->input->fields[i]);
    for (size_t i = 0; is_own && i < type->fields_len; i++) {
        const Field *field = &type->fields[i];
        if (field->set_by == SET_BY_PEOPLE || (field->set_by == SET_ONCE && makes)) add_field(help, type, field);
    }
    if (makes && type_field(type, STR("number")) == NULL)
        entry(help, STR("--number"), 20,
              str_from_c(type->number_format != NULL ? "Number, one line. Left away, the next of its series."
                                                     : "Number, one line; needed."));
    entry(help, STR("--why"), 20,
          str_from_c(verb->flags & VERB_DANGER ? "Why, text; needed. It is kept in the history."
                                               : "Why, text. It is kept in the history."));
}

void help_verb(Help *help, const Type *type, const Verb *verb)
{
    bool makes = verb_makes(type, verb);

    buf_fmt(&help->out, "usage: plumbline %.*s %s%s [--FIELD VALUE …]\n\n",
            STR_ARG(name_dashed(help->arena, type->name)), verb->name, makes ? "" : " NUMBER");
    text_wrap(&help->out, help->arena, verb_about(help, verb), 0, line_width(help));
    if (verb->flags & VERB_DANGER) buf_add_c(&help->out, "It cannot be undone.\n");
    heading(help, "From, to, and who may");
    verb_steps(help, type, verb);
    verb_inputs(help, type, verb);
    buf_add_c(&help->out, help_verb_end);
}

void help_calculation(Help *help, Str name, const char *usage, const char *about, const Shape *input)
{
    buf_fmt(&help->out, "usage: plumbline %.*s %s\n\n", STR_ARG(name), usage);
    text_wrap(&help->out, help->arena, str_from_c(about), 0, line_width(help));
    heading(help, "Takes");
    for (size_t i = 0; i < input->len; i++)
        add_field(help, NULL, &input->fields[i]);
    entry(help, STR("--json"), 20, STR("The answer for programs."));
}

/* ------------------------------------------------------------------------------------------------------- types */

static void type_inquiries(Help *help, const Type *type)
{
    const Inquiry *inquiry;
    bool is_first = true;
    size_t at     = 0;

    while ((inquiry = registry_inquiry(help->registry, type, &at)) != NULL) {
        if (is_first) heading(help, "Worked out of one record");
        is_first = false;
        entry(help, str_from_c(inquiry->name), 20, str_from_c(inquiry->about));
    }
}

static void type_states(Help *help, const Type *type)
{
    heading(help, "States");
    for (size_t i = 0; i < type->states->len; i++)
        entry(help, str_from_c(type->states->at[i].name), 20, str_from_c(type->states->at[i].label));
}

static void type_relations(Help *help, const Type *type)
{
    if (type->relations_len > 0) heading(help, "Who is meant by");
    for (size_t i = 0; i < type->relations_len; i++)
        entry(help, str_from_c(type->relations[i].name), 20, str_from_c(type->relations[i].label));
}

static void type_see(Help *help, const Type *type)
{
    heading(help, "Who sees them");
    for (size_t i = 0; i < type->see_len; i++) {
        Str who = who_text(help, type, type->see[i].who);
        buf_fmt(&help->out, "  %.*s: %s\n", STR_ARG(who), type->see[i].where == NULL ? "all" : "some of them");
    }
}

static void type_usage(Help *help, Str name)
{
    static const char *const ways[] = { "[list] [--FIELD VALUE …] [--sort FIELD] [--limit N] [--after CURSOR]",
                                        "show|steps|history NUMBER", "export [--FIELD VALUE …]",
                                        "VERB [NUMBER] [--FIELD VALUE …]" };

    for (size_t i = 0; i < countof(ways); i++)
        buf_fmt(&help->out, "%s plumbline %.*s %s\n", i == 0 ? "usage:" : "      ", STR_ARG(name), ways[i]);
    buf_add_byte(&help->out, '\n');
}

void help_type(Help *help, const Type *type)
{
    Str name       = name_dashed(help->arena, type->name);
    VerbList verbs = { 0 };

    type_verbs(help->arena, type, &verbs);
    type_usage(help, name);
    text_wrap(&help->out, help->arena, type_about(help, type), 0, line_width(help));
    heading(help, "Verbs");
    for (size_t i = 0; i < verbs.len; i++)
        entry(help, str_from_c(verbs.at[i]->name), 20, verb_about(help, verbs.at[i]));
    type_inquiries(help, type);
    type_states(help, type);
    heading(help, "Fields");
    for (size_t i = 0; i < type->fields_len; i++) {
        if (!(type->fields[i].flags & SECRET)) add_field(help, type, &type->fields[i]);
    }
    type_relations(help, type);
    type_see(help, type);
}

bool help_reading(Help *help, const Type *type, Str action)
{
    Str name = name_dashed(help->arena, type->name);

    for (size_t i = 0; i < help_readings_len; i++) {
        if (!str_eq_c(action, help_readings[i].name)) continue;
        buf_fmt(&help->out, "usage: plumbline %.*s %s", STR_ARG(name), help_readings[i].text);
        if (!str_eq_c(action, "list") && !str_eq_c(action, "export")) return true;
        heading(help, "Fields");
        for (size_t k = 0; k < type->fields_len; k++) {
            if (!(type->fields[k].flags & SECRET)) add_field(help, NULL, &type->fields[k]);
        }
        return true;
    }
    const Inquiry *inquiry = registry_inquiry_find(help->registry, type, action);
    if (inquiry == NULL) return false;
    buf_fmt(&help->out, "usage: plumbline %.*s %s NUMBER\n\n", STR_ARG(name), inquiry->name);
    text_wrap(&help->out, help->arena, str_from_c(inquiry->about), 0, line_width(help));
    return true;
}

/* ------------------------------------------------------------------------------------------------------- in JSON */

static json_t *names_json(Arena *arena, const Type *type)
{
    json_t *array  = json_array();
    VerbList verbs = { 0 };

    type_verbs(arena, type, &verbs);
    for (size_t i = 0; i < verbs.len; i++)
        json_array_append_new(array, json_string(verbs.at[i]->name));
    return array;
}

static json_t *states_json(const Type *type)
{
    json_t *array = json_array();
    for (size_t i = 0; i < type->states->len; i++)
        json_array_append_new(array, json_string(type->states->at[i].name));
    return array;
}

static json_t *fields_json(const Type *type)
{
    json_t *array = json_array();
    for (size_t i = 0; i < type->fields_len; i++) {
        if (!(type->fields[i].flags & SECRET)) json_array_append_new(array, json_string(type->fields[i].name));
    }
    return array;
}

json_t *help_types_json(Arena *arena, const Registry *registry)
{
    json_t *array = json_own(arena, json_array());

    for (size_t i = 0; i < registry_len(registry); i++) {
        const Type *type = registry_at(registry, i)->type;
        json_t *object   = json_object();
        json_object_set_new(object, "name", json_string(type->name));
        json_object_set_new(object, "plural", json_string(type->plural));
        json_object_set_new(object, "label", json_string(type->label));
        json_object_set_new(object, "about", json_string(type->about != NULL ? type->about : ""));
        json_object_set_new(object, "verbs", names_json(arena, type));
        json_object_set_new(object, "states", states_json(type));
        json_object_set_new(object, "fields", fields_json(type));
        json_array_append_new(array, object);
    }
    return array;
}
