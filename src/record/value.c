/* SPDX-License-Identifier: Apache-2.0
 * Values coming in: every message says how to mend what was given. */
#include "record/value.h"

#include <string.h>
#include <unistd.h>

#include "record/row.h"
#include "record/view.h"
#include "store/files.h"

#define INT_MAX_SAFE (((int64_t)1 << 53) - 1)

static void wrong(Call *call, Str path, const char *message)
{
    invalid(call, path, call_text(call, message));
}

/* ------------------------------------------------------------------------------------------------------- text */

static bool byte_is_control(unsigned char byte, bool lines)
{
    if (byte == '\n' || byte == '\t') return !lines;
    return byte < 0x20 || byte == 0x7f;
}

static bool text_has_control(Str text, bool lines)
{
    for (size_t i = 0; i < text.len; i++) {
        if (byte_is_control((unsigned char)text.ptr[i], lines)) return true;
    }
    return false;
}

/* Line ends of other systems become ours; blanks at the ends go. */
static Str text_clean(Arena *arena, Str text)
{
    Buf clean = buf_open(arena, text.len + 1);

    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '\r')
            buf_add_byte(&clean, text.ptr[i]);
        else if (i + 1 >= text.len || text.ptr[i + 1] != '\n')
            buf_add_byte(&clean, '\n');
    }
    return str_trim(buf_str(&clean));
}

static void text_from_json(Call *call, const Field *field, const json_t *json, Str *out, Str path)
{
    int64_t max = field_max_bytes(field);

    if (!json_is_string(json)) {
        wrong(call, path, "Give text, in quotes in JSON.");
        return;
    }
    Str text = text_clean(call->arena, json_str(json));
    if (!str_is_utf8(text)) {
        wrong(call, path, "Give text in UTF-8; these bytes are not.");
    } else if ((int64_t)text.len > max) {
        invalid(call, path,
                str_fmt(call->arena, "Shorten it to %lld bytes or less; it has %zu.", (long long)max, text.len));
    } else if (text_has_control(text, field->kind == KIND_LONG)) {
        wrong(call, path,
              field->kind == KIND_LONG ? "Take out the control characters."
                                       : "Write it on one line, without control characters.");
    } else {
        *out = text;
    }
}

/* ------------------------------------------------------------------------------------------------------- choices */

static Str choices_sentence(Call *call, const ChoiceList *list)
{
    StrList names = { 0 };
    for (size_t i = 0; i < list->len; i++)
        *list_push(call->arena, &names) = str_from_c(list->at[i].name);
    return str_join(call->arena, &names, STR(", "));
}

static int choice_from_json(Call *call, const Field *field, const json_t *json, Str path)
{
    int choice = json_is_string(json) ? choice_from_name(field->choices, json_str(json)) : 0;

    if (choice == 0)
        invalid(call, path,
                str_fmt(call->arena, "Choose one of: %.*s.", STR_ARG(choices_sentence(call, field->choices))));
    return choice;
}

static void choices_from_json(Call *call, const Field *field, const json_t *json, int64_t *out, Str path)
{
    size_t index;
    json_t *item;
    int64_t bits = 0;

    if (!json_is_array(json)) {
        wrong(call, path, "Give a list of choices.");
        return;
    }
    json_array_foreach(json, index, item)
    {
        int choice = choice_from_json(call, field, item, path);
        if (choice > 0) bits |= (int64_t)1 << (choice - 1);
    }
    *out = bits;
}

/* ------------------------------------------------------------------------------------------------------- references */

/* What was given as the number of a record: text, or an object as answers have it. */
static Str reference_number(const json_t *json)
{
    return json_is_object(json) ? json_text(json, "number") : json_str(json);
}

/* A JSON integer is an id; text is always a number of people's, even "4", which is a clause. */
static bool reference_find(Call *call, const Type *type, const json_t *json, void *record, bool *found, Err *err)
{
    if (json_is_integer(json)) return record_load(call, type, (Id){ json_integer_value(json) }, record, found, err);
    return record_find_number(call, type, reference_number(json), record, found, err);
}

/* What a person may not see is to him not there, so he cannot name it; what stood in the record before may stay. */
static bool reference_may_stand(Call *call, const Type *type, Id id, const IdList *before, bool *may, Err *err)
{
    *may = id_list_has(before, id);
    return *may || view_may_name(call, type, id, may, err);
}

static bool reference_from_json(Call *call, const Field *field, const json_t *json, const IdList *before, Id *out,
                                Str path, Err *err)
{
    const Type *type = registry_find(call->app->registry, str_from_c(field->to))->type;
    Str number       = reference_number(json);
    void *record     = arena_alloc(call->arena, type->size, alignof(max_align_t));
    bool found;

    *out = (Id){ 0 };
    if (!json_is_integer(json) && (number.len == 0 || number.len > 200)) {
        invalid(call, path, str_fmt(call->arena, "Give the number of one %s.", type->name));
        return true;
    }
    if (!reference_find(call, type, json, record, &found, err)) return false;
    const RecordHead *head = record;
    if (found && !reference_may_stand(call, type, head->id, before, &found, err)) return false;
    if (found)
        *out = head->id;
    else
        invalid(call, path, str_fmt(call->arena, "There is no %s \"%.*s\".", type->name, STR_ARG(number)));
    return true;
}

static bool references_from_json(Call *call, const Field *field, const json_t *json, IdList *out, Str path, Err *err)
{
    size_t index;
    json_t *item;
    IdList ids = { 0 };

    if (!json_is_array(json) || json_array_size(json) > 1000) {
        wrong(call, path, "Give a list of at most 1000 numbers.");
        return true;
    }
    json_array_foreach(json, index, item)
    {
        Id id;
        if (!reference_from_json(call, field, item, out, &id, path, err)) return false;
        id_list_add(call->arena, &ids, id);
    }
    *out = ids;
    return true;
}

/* ------------------------------------------------------------------------------------------------------- the rest */

static void int_from_json(Call *call, const Field *field, const json_t *json, Int *out, Str path)
{
    bool is_free  = field->min == 0 && field->max == 0;
    int64_t min   = field->min;
    int64_t max   = is_free ? INT_MAX_SAFE : field->max;
    int64_t value = json_integer_value(json);

    if (!json_is_integer(json) || value < min || value > max) {
        invalid(call, path,
                is_free
                    ? call_text(call, "Give a whole number, 0 or more.")
                    : str_fmt(call->arena, "Give a whole number from %lld to %lld.", (long long)min, (long long)max));
        return;
    }
    *out = (Int){ value, true };
}

static bool file_is_stored(Call *call, const Hash *hash, bool *is, Err *err)
{
    int descriptor;
    int64_t size;

    *is = file_get(call->app->store, call->arena, hash, &descriptor, &size, err);
    if (*is) close(descriptor);
    if (*is || err->code != ERR_MISSING) return *is;
    *err = (Err){ 0 };
    return true;
}

/* What the record names already may stay: an erased file leaves its hash (G-14). */
static bool file_from_json(Call *call, const json_t *json, Str *out, Str path, Err *err)
{
    Hash hash;
    bool is;

    if (!json_is_string(json) || !hash_from_hex(json_str(json), &hash)) {
        wrong(call, path, "Give the SHA-256 of a stored file, 64 digits.");
        return true;
    }
    Str hex = hash_to_hex(call->arena, &hash);
    if (str_eq(hex, *out)) return true;
    if (!file_is_stored(call, &hash, &is, err)) return false;
    if (is)
        *out = hex;
    else
        wrong(call, path, "No file with this SHA-256 is stored here: upload it first.");
    return true;
}

bool value_from_json(Call *call, const Field *field, const json_t *json, void *record, Str path, Err *err)
{
    void *at  = (char *)record + field->offset;
    Id before = { 0 };

    if (json == NULL || json_is_null(json)) {
        static const IdList none;
        switch (field->kind) {
        case KIND_TEXT:
        case KIND_LONG:
        case KIND_FILE: *(Str *)at = (Str){ 0 }; break;
        case KIND_REFS: *(IdList *)at = none; break;
        case KIND_CHOICE: *(int *)at = 0; break;
        case KIND_CHOICES: *(int64_t *)at = 0; break;
        case KIND_REF: *(Id *)at = (Id){ 0 }; break;
        case KIND_DATE: *(Date *)at = (Date){ 0 }; break;
        case KIND_TIME: *(Time *)at = (Time){ 0 }; break;
        case KIND_INT: *(Int *)at = (Int){ 0 }; break;
        case KIND_BOOL: *(YesNo *)at = UNANSWERED; break;
        case KINDS: break;
        }
        return true;
    }
    switch (field->kind) {
    case KIND_TEXT:
    case KIND_LONG: text_from_json(call, field, json, at, path); return true;
    case KIND_CHOICE: *(int *)at = choice_from_json(call, field, json, path); return true;
    case KIND_CHOICES: choices_from_json(call, field, json, at, path); return true;
    case KIND_REF:
        before = *(const Id *)at;
        return reference_from_json(call, field, json, &(IdList){ .at = &before, .len = 1 }, at, path, err);
    case KIND_REFS: return references_from_json(call, field, json, at, path, err);
    case KIND_DATE:
        if (!json_is_string(json) || !date_from_iso(json_str(json), at))
            wrong(call, path, "Give a day as YYYY-MM-DD, for example 2026-11-18.");
        return true;
    case KIND_TIME:
        if (!json_is_string(json) || !time_from_rfc3339(json_str(json), at))
            wrong(call, path, "Give a time as 2026-11-18T09:30:00Z.");
        return true;
    case KIND_INT: int_from_json(call, field, json, at, path); return true;
    case KIND_BOOL:
        if (json_is_boolean(json))
            *(YesNo *)at = json_is_true(json) ? YES : NO;
        else
            wrong(call, path, "Give true or false.");
        return true;
    case KIND_FILE: return file_from_json(call, json, at, path, err);
    case KINDS: break;
    }
    return true;
}

bool shape_from_json(Call *call, const Shape *shape, const json_t *object, void *record, Err *err)
{
    const char *name;
    json_t *value;

    if (object == NULL) return true;
    if (!json_is_object(object)) {
        wrong(call, (Str){ 0 }, "Give a JSON object with the fields.");
        return true;
    }
    json_object_foreach((json_t *)(uintptr_t)object, name, value)
    {
        Str path           = str_dup(call->arena, str_from_c(name));
        const Field *field = shape_field(shape, path);
        if (field == NULL || (field->flags & SECRET)) {
            invalid(call, path, str_fmt(call->arena, "There is no field \"%.*s\" here.", STR_ARG(path)));
            continue;
        }
        if (!value_from_json(call, field, value, record, path, err)) return false;
    }
    return true;
}

static bool is_invalid_already(const Call *call, const Field *field)
{
    for (size_t i = 0; i < call->invalids.len; i++) {
        if (str_eq_c(call->invalids.at[i].field, field->name)) return true;
    }
    return false;
}

void shape_check_needed(Call *call, const Shape *shape, const void *record, int state)
{
    for (size_t i = 0; i < shape->len; i++) {
        const Field *field = &shape->fields[i];
        bool is_needed     = field->needed || (field->needed_from > 0 && state >= field->needed_from);
        if (!is_needed || !field_is_empty(field, record) || is_invalid_already(call, field)) continue;
        invalid(call, str_from_c(field->name), str_fmt(call->arena, "Fill in \"%s\".", field->label));
    }
}

/* ------------------------------------------------------------------------------------------------------- text forms */

static json_t *list_from_text(Call *call, Str text)
{
    json_t *list = json_own(call->arena, json_array());
    Str part;

    if (str_trim(text).len == 0) return list;
    while (str_cut(&text, ',', &part))
        json_array_append_new(list, json_from_str(str_trim(part)));
    return list;
}

static json_t *bool_from_text(Str text)
{
    static const struct {
        const char *word;
        bool value;
    } words[] = {
        { "true", true }, { "yes", true }, { "1", true }, { "false", false }, { "no", false }, { "0", false }
    };

    for (size_t i = 0; i < countof(words); i++) {
        if (str_eq_c(text, words[i].word)) return json_boolean(words[i].value);
    }
    return json_from_str(text);
}

json_t *value_text_to_json(Call *call, const Field *field, Str text)
{
    int64_t number;

    if (!str_is_utf8(text)) return json_own(call->arena, json_string("\xEF\xBF\xBD"));
    if (str_trim(text).len == 0) return json_null();
    switch (field->kind) {
    case KIND_CHOICES:
    case KIND_REFS: return list_from_text(call, text);
    case KIND_BOOL: return json_own(call->arena, bool_from_text(str_trim(text)));
    case KIND_INT:
        if (str_to_i64(str_trim(text), -INT_MAX_SAFE, INT_MAX_SAFE, &number))
            return json_own(call->arena, json_integer(number));
        return json_own(call->arena, json_from_str(text));
    case KIND_TEXT:
    case KIND_LONG: return json_own(call->arena, json_from_str(text));
    case KIND_CHOICE:
    case KIND_REF:
    case KIND_DATE:
    case KIND_TIME:
    case KIND_FILE:
    case KINDS: break;
    }
    return json_own(call->arena, json_from_str(str_trim(text)));
}

static Str choices_to_text(Arena *arena, const ChoiceList *list, int64_t bits)
{
    StrList names = { 0 };
    for (size_t i = 0; i < list->len; i++) {
        if (bits >> i & 1) *list_push(arena, &names) = str_from_c(list->at[i].name);
    }
    return str_join(arena, &names, STR(","));
}

static Str ids_text(Arena *arena, const IdList *ids)
{
    StrList numbers = { 0 };
    for (size_t i = 0; i < ids->len; i++)
        *list_push(arena, &numbers) = str_fmt(arena, "%lld", (long long)ids->at[i].n);
    return str_join(arena, &numbers, STR(","));
}

Str value_to_text(Arena *arena, const Field *field, const void *record)
{
    const void *at = (const char *)record + field->offset;

    if (field_is_empty(field, record)) return (Str){ 0 };
    switch (field->kind) {
    case KIND_TEXT:
    case KIND_LONG:
    case KIND_FILE: return *(const Str *)at;
    case KIND_CHOICE: return str_from_c(choice_name(field->choices, *(const int *)at));
    case KIND_CHOICES: return choices_to_text(arena, field->choices, *(const int64_t *)at);
    case KIND_REF: return str_fmt(arena, "%lld", (long long)((const Id *)at)->n);
    case KIND_REFS: return ids_text(arena, at);
    case KIND_DATE: return date_to_iso(arena, *(const Date *)at);
    case KIND_TIME: return time_to_rfc3339(arena, *(const Time *)at);
    case KIND_INT: return str_fmt(arena, "%lld", (long long)((const Int *)at)->value);
    case KIND_BOOL: return *(const YesNo *)at == YES ? STR("true") : STR("false");
    case KINDS: break;
    }
    return (Str){ 0 };
}

static bool ids_equal(const IdList *a, const IdList *b)
{
    if (a->len != b->len) return false;
    for (size_t i = 0; i < a->len; i++) {
        if (a->at[i].n != b->at[i].n) return false;
    }
    return true;
}

bool value_equal(const Field *field, const void *a, const void *b)
{
    const void *left = (const char *)a + field->offset, *right = (const char *)b + field->offset;

    switch (field->kind) {
    case KIND_TEXT:
    case KIND_LONG:
    case KIND_FILE: return str_eq(*(const Str *)left, *(const Str *)right);
    case KIND_CHOICE: return *(const int *)left == *(const int *)right;
    case KIND_CHOICES: return *(const int64_t *)left == *(const int64_t *)right;
    case KIND_REF: return ((const Id *)left)->n == ((const Id *)right)->n;
    case KIND_REFS: return ids_equal(left, right);
    case KIND_DATE: return ((const Date *)left)->number == ((const Date *)right)->number;
    case KIND_TIME: return ((const Time *)left)->us == ((const Time *)right)->us;
    case KIND_INT:
        return ((const Int *)left)->set == ((const Int *)right)->set &&
               ((const Int *)left)->value == ((const Int *)right)->value;
    case KIND_BOOL: return *(const YesNo *)left == *(const YesNo *)right;
    case KINDS: break;
    }
    return true;
}

static size_t value_size(FieldKind kind)
{
    static const size_t sizes[KINDS] = {
        [KIND_TEXT] = sizeof(Str),        [KIND_LONG] = sizeof(Str),  [KIND_CHOICE] = sizeof(int),
        [KIND_CHOICES] = sizeof(int64_t), [KIND_REF] = sizeof(Id),    [KIND_REFS] = sizeof(IdList),
        [KIND_DATE] = sizeof(Date),       [KIND_TIME] = sizeof(Time), [KIND_INT] = sizeof(Int),
        [KIND_BOOL] = sizeof(YesNo),      [KIND_FILE] = sizeof(Str),
    };
    return sizes[kind];
}

void value_copy(const Field *field, const void *from, void *to)
{
    memcpy((char *)to + field->offset, (const char *)from + field->offset, value_size(field->kind));
}
