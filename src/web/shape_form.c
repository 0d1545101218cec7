/* SPDX-License-Identifier: Apache-2.0
 * Controls from a shape: label, help, clause, choices and what was typed before. Without scripts everything can be
 * filled in: short lists are chosen from, long ones are typed with suggestions. */
#include "web/shape_form.h"

#include <string.h>

#include "record/verb.h"

/* ---- which fields ---- */

static int form_state(const ShapeForm *form)
{
    return form->record != NULL ? ((const RecordHead *)form->record)->state : STATE_NEW;
}

/* "file_name", "file_size" and "file_type" beside a "file" are told by the upload. */
static bool is_told_of_file(const ShapeForm *form, const Field *field)
{
    static const char *const endings[] = { "_name", "_size", "_type" };
    Str name                           = str_from_c(field->name);

    for (size_t i = 0; i < countof(endings); i++) {
        Str ending = str_from_c(endings[i]);
        if (!str_ends(name, ending)) continue;
        const Field *file = shape_field(form->shape, str_slice(name, 0, name.len - ending.len));
        if (file != NULL && file->kind == KIND_FILE) return true;
    }
    return false;
}

bool shape_takes(const ShapeForm *form, const Field *field)
{
    if ((field->flags & SECRET) || is_told_of_file(form, field)) return false;
    if (form->use == SHAPE_VERB) return true;
    if (field->set_by == SET_BY_VERB) return false;
    if (form->use == SHAPE_CREATE) return true;
    return field->set_by != SET_ONCE && !(field->fixed_from > 0 && form_state(form) >= field->fixed_from);
}

/* ---- what references can be set to ---- */

static void choices_add(const ShapeForm *form, ReferenceChoices *choices, Names *names, const RecordHead *head)
{
    Str number = names_number(names, choices->type, head->id), title = names_title(names, choices->type, head->id);
    bool by_name       = strcmp(choices->type->name, "person") == 0 && title.len > 0;
    bool is_one        = title.len == 0 || str_eq(title, number);
    FormChoice *choice = list_push(form->visit->arena, choices);

    choice->value = number;
    choice->text  = by_name  ? title
                    : is_one ? number
                             : str_fmt(form->visit->arena, "%.*s %.*s", STR_ARG(number), STR_ARG(title));
}

static bool choices_load(const ShapeForm *form, ReferenceChoices *choices, Err *err)
{
    Call *call       = form->visit->call;
    Param in_use     = { STR("state"), STR("in_use") };
    ParamList params = { .at = &in_use, .len = type_is_plain(choices->type) ? 1 : 0 };
    ListPage page    = { 0 };
    ListQuery query;

    choices->is_listed = view_may_list(call, choices->type);
    if (!choices->is_listed) return true;
    if (!list_read(call, choices->type, &params, &query, err)) return false;
    query.limit = OFFERED_MAX;
    if (!list_run(call, &query, &page, err)) return false;
    for (size_t i = 0; i < page.len; i++)
        choices_add(form, choices, page.names, page.records[i]);
    choices->total = page.total;
    return true;
}

static bool choices_of(ShapeForm *form, const Field *field, const ReferenceChoices **out, Err *err)
{
    const Type *type = field_target(form->visit, field);

    for (size_t i = 0; i < form->choices.len; i++) {
        *out = &form->choices.at[i];
        if (form->choices.at[i].type == type) return true;
    }
    ReferenceChoices *choices = list_push(form->visit->arena, &form->choices);
    choices->type             = type;
    *out                      = choices;
    return choices_load(form, choices, err);
}

static void control_offers(const ShapeForm *form, FormField *control, const ReferenceChoices *choices)
{
    for (size_t i = 0; i < choices->len; i++) {
        FormChoice choice = choices->at[i];
        if (!str_starts(choice.text, choice.value))
            choice.text = str_fmt(form->visit->arena, "%.*s %.*s", STR_ARG(choice.value), STR_ARG(choice.text));
        choice.value                            = choice.text;
        *list_push(form->visit->arena, control) = choice;
    }
}

/* What is chosen but no longer among the choices (withdrawn meanwhile) stays as it is. */
static void control_keeps(const ShapeForm *form, FormField *control)
{
    if (control->value.len == 0) return;
    for (size_t i = 0; i < control->len; i++) {
        if (str_eq(control->at[i].value, control->value)) return;
    }
    *list_push(form->visit->arena, control) = (FormChoice){ .value = control->value, .text = control->value };
}

static bool control_reference(ShapeForm *form, const Field *field, FormField *control, Err *err)
{
    const ReferenceChoices *choices;

    if (!choices_of(form, field, &choices, err)) return false;
    if (choices->is_listed && choices->total <= SELECT_MAX) {
        control->kind = FORM_CHOICE;
        for (size_t i = 0; i < choices->len; i++)
            *list_push(form->visit->arena, control) = choices->at[i];
        control_keeps(form, control);
        return true;
    }
    control->kind  = strcmp(field->to, "person") == 0 ? FORM_PERSON : FORM_REFERENCE;
    control->width = WIDTH_MIDDLE;
    control_offers(form, control, choices);
    return true;
}

static bool list_holds(Str list, Str value)
{
    Str part;
    while (str_cut(&list, ',', &part)) {
        if (str_eq(str_trim(part), value)) return true;
    }
    return false;
}

static bool control_references(ShapeForm *form, const Field *field, FormField *control, Err *err)
{
    const ReferenceChoices *choices;

    if (!choices_of(form, field, &choices, err)) return false;
    if (!choices->is_listed || choices->total > TICKED_MAX || choices->total == 0) {
        Str how       = visit_text(form->visit, N_("Numbers, with commas between."));
        control->kind = FORM_REFERENCE;
        control->help = control->help.len > 0
                            ? str_fmt(form->visit->arena, "%.*s %.*s", STR_ARG(control->help), STR_ARG(how))
                            : how;
        return true;
    }
    control->kind = FORM_CHOICES;
    for (size_t i = 0; i < choices->len; i++) {
        FormChoice *choice = list_push(form->visit->arena, control);
        *choice            = choices->at[i];
        choice->chosen     = list_holds(control->value, choice->value);
    }
    return true;
}

/* ---- controls by kind ---- */

static void control_choices(const ShapeForm *form, const Field *field, FormField *control)
{
    size_t letters = 0;

    for (size_t i = 0; i < field->choices->len; i++) {
        FormChoice *choice = list_push(form->visit->arena, control);
        choice->value      = str_from_c(field->choices->at[i].name);
        choice->text       = visit_text(form->visit, field->choices->at[i].label);
        choice->chosen     = field->kind == KIND_CHOICES && list_holds(control->value, choice->value);
        letters += choice->text.len;
    }
    if (field->kind == KIND_CHOICES) {
        control->kind = FORM_CHOICES;
        return;
    }
    bool is_short = control->len <= 4 && letters <= 48 && !control->optional;
    control->kind = is_short ? FORM_SEGMENTED : FORM_CHOICE;
}

static void control_yes_no(const ShapeForm *form, FormField *control)
{
    control->kind = FORM_SEGMENTED;
    *list_push(form->visit->arena, control) =
        (FormChoice){ .value = STR("true"), .text = visit_text(form->visit, N_("Yes")) };
    *list_push(form->visit->arena, control) =
        (FormChoice){ .value = STR("false"), .text = visit_text(form->visit, N_("No")) };
    if (control->optional)
        *list_push(form->visit->arena, control) = (FormChoice){ .value  = STR(""),
                                                                .text   = visit_text(form->visit, N_("Not said")),
                                                                .chosen = control->value.len == 0 };
}

static void control_file(const ShapeForm *form, const Field *field, FormField *control)
{
    control->kind = FORM_FILE;
    if (control->value.len == 0) return;
    control->optional = true;
    control->help     = form->use == SHAPE_EDIT && str_eq(control->value, shape_text(form, field, form->record))
                            ? visit_text(form->visit, N_("There is a file already; choose another only to replace it."))
                            : visit_text(form->visit, N_("The file you chose was received and is kept."));
}

static bool control_by_kind(ShapeForm *form, const Field *field, FormField *control, Err *err)
{
    switch (field->kind) {
    case KIND_TEXT:
        control->kind = FORM_TEXT;
        if (field->flags & PASSWORD) control->kind = FORM_NEW_PASSWORD, control->value = (Str){ 0 };
        if (field->flags & PASSWORD) control->autocomplete = STR("new-password");
        break;
    case KIND_LONG:
        control->kind = FORM_LONG_TEXT;
        control->rows = 4;
        break;
    case KIND_CHOICE:
    case KIND_CHOICES: control_choices(form, field, control); break;
    case KIND_REF: return control_reference(form, field, control, err);
    case KIND_REFS: return control_references(form, field, control, err);
    case KIND_DATE: control->kind = FORM_DATE; break;
    case KIND_TIME: control->kind = FORM_DATE_TIME; break;
    case KIND_INT: control->kind = FORM_NUMBER; break;
    case KIND_BOOL: control_yes_no(form, control); break;
    case KIND_FILE: control_file(form, field, control); break;
    case KINDS: break;
    }
    return true;
}

/* ---- one field ---- */

/* All that is to be mended in it: of a list of references each that is not there. */
static Str error_of(const ShapeForm *form, Str name)
{
    StrList messages = { 0 };

    for (size_t i = 0; form->invalids != NULL && i < form->invalids->len; i++) {
        if (str_eq(form->invalids->at[i].field, name))
            *list_push(form->visit->arena, &messages) = form->invalids->at[i].message;
    }
    return str_join(form->visit->arena, &messages, STR(" "));
}

/* "Clause 10.2 a", "Rule G-11"; nothing for numbers that only the makers of the program know. */
static Str clause_words(const ShapeForm *form, const Field *field)
{
    Str clause   = str_from_c(field->clause);
    bool is_rule = str_starts(clause, STR("G-")), is_control = str_starts(clause, STR("A."));

    if (clause.len == 0) return (Str){ 0 };
    bool is_clause = is_control || (clause.ptr[0] >= '0' && clause.ptr[0] <= '9');
    if (!is_rule && !is_clause) return (Str){ 0 };
    Str word = visit_text(form->visit, is_rule ? N_("Rule") : N_("Clause"));
    return str_fmt(form->visit->arena, "%.*s %.*s.", STR_ARG(word), STR_ARG(clause));
}

/* Help, from when on it is needed, and where it comes from. */
static Str help_of(const ShapeForm *form, const Field *field)
{
    Arena *arena  = form->visit->arena;
    StrList parts = { 0 };

    if (field->help != NULL) *list_push(arena, &parts) = visit_text(form->visit, field->help);
    if (form->use != SHAPE_VERB && field->needed_from > 1)
        *list_push(arena, &parts) =
            str_fmt(arena, "%.*s “%.*s”.", STR_ARG(visit_text(form->visit, N_("Needed before the state"))),
                    STR_ARG(visit_text(form->visit, state_label(form->type, field->needed_from))));
    Str clause = clause_words(form, field);
    if (clause.len > 0) *list_push(arena, &parts) = clause;
    return str_join(arena, &parts, STR(" "));
}

static bool is_needed(const ShapeForm *form, const Field *field)
{
    if (field->needed) return true;
    if (form->use == SHAPE_CREATE) return field->needed_from == 1;
    return form->use == SHAPE_EDIT && field->needed_from > 0 && form_state(form) >= field->needed_from;
}

static Str value_of(const ShapeForm *form, const Field *field)
{
    if (form->typed != NULL) return shape_typed(form, field);
    if (form->record != NULL && form->use == SHAPE_EDIT) return shape_text(form, field, form->record);
    return (Str){ 0 };
}

static bool control_fill(ShapeForm *form, const Field *field, FormField *control, Err *err)
{
    *control = (FormField){ .name     = str_from_c(field->name),
                            .id       = str_fmt(form->visit->arena, "field-%s", field->name),
                            .label    = visit_text(form->visit, field->label),
                            .help     = help_of(form, field),
                            .value    = value_of(form, field),
                            .error    = error_of(form, str_from_c(field->name)),
                            .optional = !is_needed(form, field) };
    return control_by_kind(form, field, control, err);
}

/* ---- what every verb takes ---- */

static Str typed_plain(const ShapeForm *form, const char *name)
{
    return form->typed != NULL ? http_field(form->typed, name) : (Str){ 0 };
}

static void add_number(const ShapeForm *form, Form *out)
{
    if (form->use != SHAPE_CREATE || form->type->number_format != NULL) return;
    *list_push(form->visit->arena, &out->fields) =
        (FormField){ .kind  = FORM_TEXT,
                     .name  = STR("number"),
                     .id    = STR("field-number"),
                     .label = strcmp(form->type->name, "account") == 0
                                  ? visit_text(form->visit, N_("Name to sign in with"))
                                  : visit_text(form->visit, N_("Number")),
                     .help  = visit_text(form->visit, N_("It is the address of the record and is not changed later.")),
                     .value = typed_plain(form, "number"),
                     .error = error_of(form, STR("number")),
                     .width = WIDTH_MIDDLE };
}

static void add_why(const ShapeForm *form, Form *out)
{
    bool is_danger = form->verb->flags & VERB_DANGER;

    if (form->use == SHAPE_CREATE && !is_danger) return;
    *list_push(form->visit->arena, &out->fields) =
        (FormField){ .kind     = FORM_LONG_TEXT,
                     .name     = STR("why"),
                     .id       = STR("field-why"),
                     .label    = visit_text(form->visit, N_("Why")),
                     .help     = visit_text(form->visit, N_("It is kept in the history.")),
                     .value    = typed_plain(form, "why"),
                     .error    = error_of(form, STR("why")),
                     .rows     = 2,
                     .optional = !is_danger };
}

/* A file that came with a form which could not be saved is not asked for again. */
static void keep_file(const ShapeForm *form, const Field *field, Form *out)
{
    static const char *const parts[] = { "", "_name", "_size", "_type" };

    for (size_t i = 0; i < countof(parts); i++) {
        Str name  = str_fmt(form->visit->arena, "%s%s", field->name, parts[i]);
        Str value = shape_typed(form, &(Field){ .name = str_to_c(form->visit->arena, name), .kind = KIND_TEXT });
        if (i == 0) value = shape_typed(form, field);
        if (value.len == 0) continue;
        *list_push(form->visit->arena, &out->hidden) =
            (HiddenField){ .name = str_fmt(form->visit->arena, "kept-%.*s", STR_ARG(name)), .value = value };
    }
}

/* The record that a new part belongs to is known by where one came from. */
static bool is_given_parent(const ShapeForm *form, const Field *field)
{
    return form->use == SHAPE_CREATE && form->type->parent != NULL && strcmp(field->name, form->type->parent) == 0 &&
           form->typed != NULL && shape_typed(form, field).len > 0 && error_of(form, str_from_c(field->name)).len == 0;
}

/* What is wrong with the input as a whole, or with a member that has no control here. */
static Str errors_elsewhere(const ShapeForm *form, const Form *out)
{
    StrList words = { 0 };

    for (size_t i = 0; form->invalids != NULL && i < form->invalids->len; i++) {
        const Invalid *wrong = &form->invalids->at[i];
        bool has_control     = false;
        for (size_t k = 0; k < out->fields.len; k++)
            has_control = has_control || str_eq(out->fields.at[k].name, wrong->field);
        if (!has_control) *list_push(form->visit->arena, &words) = wrong->message;
    }
    return str_join(form->visit->arena, &words, STR(" "));
}

bool shape_form_fill(ShapeForm *form, Form *out, Err *err)
{
    add_number(form, out);
    for (size_t i = 0; form->shape != NULL && i < form->shape->len; i++) {
        const Field *field = &form->shape->fields[i];
        if (!shape_takes(form, field)) continue;
        if (is_given_parent(form, field)) {
            *list_push(form->visit->arena, &out->hidden) =
                (HiddenField){ .name = str_from_c(field->name), .value = shape_typed(form, field) };
            continue;
        }
        if (!control_fill(form, field, list_push(form->visit->arena, &out->fields), err)) return false;
        if (field->kind != KIND_FILE) continue;
        out->uploads = true;
        if (form->typed != NULL) keep_file(form, field, out);
    }
    add_why(form, out);
    if (out->refused.len == 0) out->refused = errors_elsewhere(form, out);
    return true;
}
