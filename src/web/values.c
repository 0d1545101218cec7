/* SPDX-License-Identifier: Apache-2.0
 * Drawings and cells for values. */
#include "web/values.h"

#include <string.h>

/* ---- states ---- */

/* clang-format off */
static const struct {
    const char *name;
    StateGlyph glyph;
} known_states[] = {
    { "draft", STATE_GLYPH_TODO }, { "planned", STATE_GLYPH_TODO }, { "proposed", STATE_GLYPH_TODO }, { "new", STATE_GLYPH_TODO },
    { "not_started", STATE_GLYPH_TODO }, { "open", STATE_GLYPH_TODO }, { "registered", STATE_GLYPH_TODO }, { "candidate", STATE_GLYPH_TODO },
    { "assigned", STATE_GLYPH_TODO },
    { "in_approval", STATE_GLYPH_TURN }, { "plan_review", STATE_GLYPH_TURN }, { "in_review", STATE_GLYPH_TURN }, { "asked", STATE_GLYPH_TURN },
    { "submitted", STATE_GLYPH_TURN }, { "presented", STATE_GLYPH_TURN }, { "implemented", STATE_GLYPH_TURN }, { "done_claimed", STATE_GLYPH_TURN },
    { "done", STATE_GLYPH_DONE }, { "closed", STATE_GLYPH_DONE }, { "approved", STATE_GLYPH_DONE }, { "issued", STATE_GLYPH_DONE },
    { "verified", STATE_GLYPH_DONE }, { "accepted", STATE_GLYPH_DONE }, { "reviewed", STATE_GLYPH_DONE }, { "agreed", STATE_GLYPH_DONE },
    { "granted", STATE_GLYPH_DONE }, { "decided", STATE_GLYPH_DONE }, { "held", STATE_GLYPH_DONE }, { "qualified", STATE_GLYPH_DONE },
    { "lead", STATE_GLYPH_DONE }, { "expert", STATE_GLYPH_DONE }, { "active", STATE_GLYPH_DONE }, { "in_use", STATE_GLYPH_DONE },
    { "corrected_only", STATE_GLYPH_DONE }, { "risk_accepted", STATE_GLYPH_DONE }, { "tested", STATE_GLYPH_DONE },
    { "monitoring", STATE_GLYPH_WAIT }, { "under_consideration", STATE_GLYPH_WAIT }, { "watch", STATE_GLYPH_WAIT }, { "postponed", STATE_GLYPH_WAIT },
    { "suspended", STATE_GLYPH_STOP }, { "disputed", STATE_GLYPH_STOP }, { "returned", STATE_GLYPH_STOP }, { "not_received", STATE_GLYPH_STOP },
    { "terminated", STATE_GLYPH_STOP }, { "expired", STATE_GLYPH_STOP },
    { "void", STATE_GLYPH_VOID }, { "rejected", STATE_GLYPH_VOID }, { "cancelled", STATE_GLYPH_VOID }, { "declined", STATE_GLYPH_VOID },
    { "withdrawn", STATE_GLYPH_VOID }, { "revoked", STATE_GLYPH_VOID }, { "locked", STATE_GLYPH_VOID }, { "retired", STATE_GLYPH_VOID },
    { "refused", STATE_GLYPH_VOID },
};
static const struct {
    const char *name;
    GradeGlyph glyph;
} known_grades[] = {
    { "major_nc", GRADE_GLYPH_MAJOR }, { "minor_nc", GRADE_GLYPH_MINOR }, { "observation", GRADE_GLYPH_OBSERVATION },
    { "ofi", GRADE_GLYPH_OFI }, { "good_practice", GRADE_GLYPH_GOOD }, { "major", GRADE_GLYPH_MAJOR }, { "minor", GRADE_GLYPH_MINOR },
};
static const char *const due_endings[] = { "due", "next_review", "expires", "valid_to" };
/* clang-format on */

StateGlyph state_glyph(const Type *type, int state)
{
    for (size_t i = 0; i < countof(known_states); i++) {
        if (strcmp(known_states[i].name, state_name(type, state)) == 0) return known_states[i].glyph;
    }
    return STATE_GLYPH_GO;
}

bool state_is_end(const Type *type, int state)
{
    for (size_t i = 0; i < type->steps_len; i++) {
        const Step *step = &type->steps[i];
        if (step->from == state && step->to != STATE_SAME && strcmp(step->verb, "void") != 0) return false;
    }
    return true;
}

bool type_is_plain(const Type *type)
{
    return type->states == &plain_states;
}

Cell cell_state(const Visit *visit, const Type *type, int state)
{
    return (Cell){ .kind  = CELL_STATE,
                   .state = state_glyph(type, state),
                   .text  = visit_text(visit, state_label(type, state)) };
}

/* ---- fields ---- */

const void *field_at(const Field *field, const void *record)
{
    return (const char *)record + field->offset;
}

bool field_is_due(const Field *field)
{
    Str name = str_from_c(field->name);

    if (field->kind != KIND_DATE || !(field->flags & (SHOW_IN_LIST | INDEXED))) return false;
    if (str_ends(name, STR("_original"))) return false;
    for (size_t i = 0; i < countof(due_endings); i++) {
        if (str_ends(name, str_from_c(due_endings[i]))) return true;
    }
    return false;
}

static GradeGlyph grade_glyph(const Field *field, int choice)
{
    bool is_grade =
        choice_from_name(field->choices, STR("minor_nc")) > 0 || choice_from_name(field->choices, STR("minor")) > 0;

    for (size_t i = 0; is_grade && i < countof(known_grades); i++) {
        if (strcmp(known_grades[i].name, choice_name(field->choices, choice)) == 0) return known_grades[i].glyph;
    }
    return GRADE_GLYPH_NONE;
}

static Cell cell_choice(const Field *field, const void *record, Str label)
{
    GradeGlyph glyph = grade_glyph(field, *(const int *)field_at(field, record));

    if (glyph == GRADE_GLYPH_NONE) return (Cell){ .text = label };
    return (Cell){ .kind = CELL_GRADE, .grade = glyph, .text = label };
}

static Cell cell_day(const Type *type, const Field *field, const void *record)
{
    int state = ((const RecordHead *)record)->state;
    bool due  = field_is_due(field) && (type_is_plain(type) ? state == PLAIN_IN_USE : !state_is_end(type, state));

    return (Cell){ .kind = due ? CELL_DUE : CELL_DATE, .date = *(const Date *)field_at(field, record) };
}

const Type *field_target(const Visit *visit, const Field *field)
{
    return registry_find(visit->app->registry, str_from_c(field->to))->type;
}

static bool has_digit(Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] >= '0' && text.ptr[i] <= '9') return true;
    }
    return false;
}

/* In a list a number says enough and leaves room; on the record's own page it is a link with its title. */
static Cell cell_reference(const Drawing *drawing, const Field *field, const void *record)
{
    Id id            = *(const Id *)field_at(field, record);
    const Type *type = field_target(drawing->visit, field);
    Str number       = names_number(drawing->names, type, id);
    Cell cell        = { .text = value_to_human(drawing->names, field, record) };
    bool by_name     = strcmp(type->name, "person") == 0;

    if (drawing->links == VALUE_LINKED && number.len > 0)
        cell.href = address_record(drawing->visit->arena, type, number);
    else if (!by_name && has_digit(number))
        cell.text = number;
    else if (!by_name && names_title(drawing->names, type, id).len > 0)
        cell.text = names_title(drawing->names, type, id);
    return cell;
}

Cell cell_of_field(const Drawing *drawing, const Field *field, const void *record)
{
    Names *names = drawing->names;

    if (field_is_empty(field, record)) return (Cell){ 0 };
    switch (field->kind) {
    case KIND_CHOICE: return cell_choice(field, record, value_to_human(names, field, record));
    case KIND_DATE: return cell_day(drawing->type, field, record);
    case KIND_TIME: return (Cell){ .kind = CELL_TIME, .time = *(const Time *)field_at(field, record) };
    case KIND_INT: return (Cell){ .kind = CELL_NUMBER, .number = ((const Int *)field_at(field, record))->value };
    case KIND_REF: return cell_reference(drawing, field, record);
    case KIND_FILE: return (Cell){ .kind = CELL_CODE, .text = str_slice(*(const Str *)field_at(field, record), 0, 12) };
    case KIND_TEXT:
    case KIND_LONG:
    case KIND_CHOICES:
    case KIND_REFS:
    case KIND_BOOL:
    case KINDS: break;
    }
    return (Cell){ .text = value_to_human(names, field, record) };
}

Str record_title(const Plan *plan, const void *record)
{
    return plan->title != NULL ? *(const Str *)field_at(plan->title, record) : (Str){ 0 };
}

Str record_words(const Visit *visit, const Plan *plan, const void *record)
{
    Str number = ((const RecordHead *)record)->number, title = record_title(plan, record);

    if (title.len == 0) return number;
    return str_fmt(visit->arena, "%.*s %.*s", STR_ARG(number), STR_ARG(title));
}

Str total_words(const Visit *visit, const ListPage *page)
{
    Html words = visit_html(visit);
    Str total  = grouped(&words, page->total);

    if (!page->total_is_more) return total;
    return str_fmt(visit->arena, "%.*s %.*s", STR_ARG(visit_text(visit, N_("more than"))), STR_ARG(total));
}

StrList paragraphs_of(Arena *arena, Str text)
{
    StrList out = { 0 };
    Str line;

    while (str_cut(&text, '\n', &line)) {
        if (str_trim(line).len > 0) *list_push(arena, &out) = str_trim(line);
    }
    return out;
}
