/* SPDX-License-Identifier: Apache-2.0
 * Addresses of a type: reads, and one for each verb, with who may use it and where it leads. */
#include "record/openapi_inside.h"

#include <stdio.h>
#include <string.h>

enum { PARTS_MAX = 8 };

/* What an address is made of. */
typedef struct {
    const Type *type;
    Str list;           /* "/papers" */
    Str record;         /* "/papers/{audit}/{number}" */
    json_t *parameters; /* of the record's address */
} Address;

static json_t *path_parameter(const char *name, const char *words)
{
    return json_pack("{s:s, s:s, s:b, s:s, s:{s:s}}", "name", name, "in", "path", "required", 1, "description", words,
                     "schema", "type", "string");
}

/* Parents come first: "/sample-items/{audit}/{sample}/{number}". */
static Address address_of(const Openapi *doc, const Plan *plan)
{
    const Type *parents[PARTS_MAX];
    size_t len      = 0;
    Address address = { .type = plan->type, .parameters = json_own(doc->arena, json_array()) };
    Buf path        = buf_open(doc->arena, 512);

    for (const Plan *at = plan; at->type->number_within_parent && len < PARTS_MAX; len++) {
        parents[len] = at->parent_type;
        at           = registry_plan(doc->registry, at->parent_type);
    }
    buf_fmt(&path, "/%s", plan->type->plural);
    address.list = str_dup(doc->arena, buf_str(&path));
    while (len-- > 0) {
        buf_fmt(&path, "/{%s}", parents[len]->name);
        json_array_append_new(address.parameters, path_parameter(parents[len]->name, parents[len]->label));
    }
    buf_add_c(&path, "/{number}");
    json_array_append_new(address.parameters, path_parameter("number", plan->type->number_within_parent
                                                                           ? "Number within those"
                                                                           : "Number of the record, or its id"));
    address.record = buf_str(&path);
    return address;
}

static json_t *operation_new(const Openapi *doc, const Type *type, const char *name, const char *summary)
{
    json_t *operation = json_object();

    json_object_set_new(operation, "operationId", json_from_str(str_fmt(doc->arena, "%s.%s", type->name, name)));
    json_object_set_new(operation, "summary", json_string(summary));
    json_object_set_new(operation, "tags", json_pack("[s]", type->plural));
    json_object_set_new(operation, "parameters", json_array());
    json_object_set_new(operation, "responses", json_object());
    return operation;
}

static void parameter_add(const Openapi *doc, json_t *operation, const char *name)
{
    json_array_append_new(json_object_get(operation, "parameters"), component(doc, "parameters", str_from_c(name)));
}

static void content_add(json_t *operation, const char *status, const char *words, json_t *content)
{
    json_object_set_new(json_object_get(operation, "responses"), status,
                        json_pack("{s:s, s:o}", "description", words, "content", content));
}

static json_t *json_content(const Openapi *doc, Str schema)
{
    return json_pack("{s:{s:o}}", "application/json", "schema", component(doc, "schemas", schema));
}

static void operation_put(const Openapi *doc, Str path, const char *method, json_t *operation)
{
    const char *key = str_to_c(doc->arena, path);
    json_t *item    = json_object_get(doc->paths, key);

    if (item == NULL) json_object_set_new(doc->paths, key, item = json_object());
    json_object_set_new(item, method, operation);
}

/* The parameters of the record's address stand with the address, for all its methods. */
static void address_put(const Openapi *doc, const Address *address, Str path, const char *method, json_t *operation)
{
    operation_put(doc, path, method, operation);
    json_object_set(json_object_get(doc->paths, str_to_c(doc->arena, path)), "parameters", address->parameters);
}

static void etag_add(json_t *operation, const char *words)
{
    json_object_set_new(json_object_get(json_object_get(operation, "responses"), "200"), "headers",
                        json_pack("{s:{s:s, s:{s:s}}}", "ETag", "description", words, "schema", "type", "string"));
}

/* ---- lists ---- */

static void filter_add(const Openapi *doc, json_t *operation, const Field *field, const char *ending, const char *words)
{
    json_t *parameter = json_object();

    json_object_set_new(parameter, "name", json_from_str(str_fmt(doc->arena, "%s%s", field->name, ending)));
    json_object_set_new(parameter, "in", json_string("query"));
    json_object_set_new(parameter, "description", json_from_str(str_fmt(doc->arena, "%s %s", field->label, words)));
    json_object_set_new(parameter, "schema",
                        ending[0] == '\0' ? filter_schema(field) : json_pack("{s:s}", "type", "string"));
    json_array_append_new(json_object_get(operation, "parameters"), parameter);
}

/* Words of lists come before fields of the same name (record/view.c). */
static bool is_word_of_lists(const char *name)
{
    static const char *const words[] = { "q", "sort", "after", "limit" };

    for (size_t i = 0; i < countof(words); i++) {
        if (strcmp(name, words[i]) == 0) return true;
    }
    return false;
}

static void filters_add(const Openapi *doc, json_t *operation, const Type *type)
{
    static const Field state = { .name = "state", .kind = KIND_TEXT, .label = "State" };

    filter_add(doc, operation, &state, "", "is one of these, with commas between.");
    filter_add(doc, operation, &state, ".not", "is none of these.");
    for (size_t i = 0; i < type->fields_len; i++) {
        const Field *field = &type->fields[i];
        bool is_ordered    = field->kind == KIND_DATE || field->kind == KIND_TIME || field->kind == KIND_INT;
        if (field->flags & SECRET) continue;
        const char *is = field->kind == KIND_CHOICES ? "has this one."
                                                     : "is one of these, with commas between; none: is not filled in.";
        if (!is_word_of_lists(field->name)) filter_add(doc, operation, field, "", is);
        filter_add(doc, operation, field, ".not",
                   field->kind == KIND_CHOICES ? "has not this one." : "is none of these.");
        if (!is_ordered) continue;
        filter_add(doc, operation, field, ".before", "is before this.");
        filter_add(doc, operation, field, ".from", "is this or later.");
    }
}

static void sort_add(json_t *operation, const Type *type)
{
    json_t *names = json_pack("[s, s]", "number", "-number"), *parameter;

    for (size_t i = 0; i < type->fields_len; i++) {
        const Field *field = &type->fields[i];
        char downwards[64];
        if ((field->flags & SECRET) || field->kind == KIND_REFS) continue;
        (void)snprintf(downwards, sizeof downwards, "-%s", field->name);
        json_array_append_new(names, json_string(field->name));
        json_array_append_new(names, json_string(downwards));
    }
    parameter = json_pack("{s:s, s:s, s:s, s:{s:s, s:o}}", "name", "sort", "in", "query", "description",
                          "Order; - in front: downwards.", "schema", "type", "string", "enum", names);
    if (type->sort != NULL)
        json_object_set_new(json_object_get(parameter, "schema"), "default", json_string(type->sort));
    json_array_append_new(json_object_get(operation, "parameters"), parameter);
}

static void list_paths(Openapi *doc, const Address *address)
{
    const Type *type = address->type;
    json_t *list     = operation_new(doc, type, "list", type->label_plural);
    json_t *csv      = operation_new(doc, type, "csv", "The same list, all pages, as CSV (RFC 4180)");

    content_add(list, "200", "One page", json_content(doc, schema_name(doc, type, "page")));
    content_add(csv, "200", "All that the filters let through", spell("{'text/csv': {'schema': {'type': 'string'}}}"));
    responses_add(doc, json_object_get(list, "responses"), "401 404 406 422");
    responses_add(doc, json_object_get(csv, "responses"), "401 404 406 422");
    parameter_add(doc, list, "After");
    parameter_add(doc, list, "Limit");
    parameter_add(doc, list, "Words");
    parameter_add(doc, csv, "Words");
    sort_add(list, type);
    sort_add(csv, type);
    filters_add(doc, list, type);
    filters_add(doc, csv, type);
    operation_put(doc, address->list, "get", list);
    operation_put(doc, str_fmt(doc->arena, "%.*s.csv", STR_ARG(address->list)), "get", csv);
}

/* ---- one record ---- */

static Str below(const Openapi *doc, const Address *address, const char *name)
{
    return str_fmt(doc->arena, "%.*s/%s", STR_ARG(address->record), name);
}

static void record_paths(Openapi *doc, const Address *address)
{
    const Type *type = address->type;
    json_t *show     = operation_new(doc, type, "show", type->label);
    json_t *steps    = operation_new(doc, type, "steps", "What you can do with it now, and what stands against it");
    json_t *history  = operation_new(doc, type, "history", "What happened to it");

    content_add(show, "200", "The record", json_content(doc, schema_name(doc, type, "")));
    etag_add(show, "The revision: send it back in If-Match.");
    json_object_set_new(json_object_get(show, "responses"), "304", component(doc, "responses", STR("NotModified")));
    parameter_add(doc, show, "AsOf");
    parameter_add(doc, show, "IfNoneMatch");
    responses_add(doc, json_object_get(show, "responses"), "400 401 404 406 422");
    address_put(doc, address, address->record, "get", show);

    content_add(steps, "200", "Verbs of its state that are yours", json_content(doc, STR("Steps")));
    responses_add(doc, json_object_get(steps, "responses"), "400 401 404 406");
    address_put(doc, address, below(doc, address, "steps"), "get", steps);

    content_add(history, "200", "Events", json_content(doc, STR("History")));
    parameter_add(doc, history, "Before");
    parameter_add(doc, history, "Limit");
    responses_add(doc, json_object_get(history, "responses"), "400 401 404 406 422");
    address_put(doc, address, below(doc, address, "history"), "get", history);
}

static void inquiry_paths(Openapi *doc, const Address *address)
{
    const Inquiry *inquiry;
    size_t at = 0;

    while ((inquiry = registry_inquiry(doc->registry, address->type, &at)) != NULL) {
        json_t *operation = operation_new(doc, address->type, inquiry->name, inquiry->label);
        Str schema        = schema_name(doc, address->type, inquiry->name);
        json_object_set_new(doc->schemas, str_to_c(doc->arena, schema), spell(inquiry->schema));
        describe(operation, str_from_c(inquiry->about));
        content_add(operation, "200", "What was worked out", json_content(doc, schema));
        responses_add(doc, json_object_get(operation, "responses"), "400 401 404 406 409");
        address_put(doc, address, below(doc, address, inquiry->name), "get", operation);
    }
}

static void file_paths(Openapi *doc, const Address *address)
{
    const Type *type = address->type;

    for (size_t i = 0; i < type->fields_len; i++) {
        const Field *field = &type->fields[i];
        if (field->kind != KIND_FILE || (field->flags & SECRET)) continue;
        json_t *file =
            operation_new(doc, type, str_to_c(doc->arena, str_fmt(doc->arena, "files.%s", field->name)), field->label);
        content_add(file, "200", "The bytes, to be saved",
                    spell("{'application/octet-stream': {'schema': {'type': 'string', 'format': 'binary'}}}"));
        etag_add(file, "SHA-256 of the bytes.");
        content_add(file, "206", "The part that Range asked for",
                    spell("{'application/octet-stream': {'schema': {'type': 'string', 'format': 'binary'}}}"));
        json_object_set_new(json_object_get(file, "responses"), "304", component(doc, "responses", STR("NotModified")));
        parameter_add(doc, file, "IfNoneMatch");
        responses_add(doc, json_object_get(file, "responses"),
                      type->file_given != NULL ? "400 401 403 404 406 416" : "400 401 404 406 416");
        address_put(doc, address,
                    below(doc, address, str_to_c(doc->arena, str_fmt(doc->arena, "files/%s", field->name))), "get",
                    file);
    }
}

static void rendering_paths(Openapi *doc, const Address *address)
{
    const Rendering *rendering;

    for (size_t at = 0; (rendering = registry_rendering(doc->registry, address->type, &at)) != NULL;) {
        Str file          = str_fmt(doc->arena, "%s.%s", rendering->name, rendering->ending);
        json_t *operation = operation_new(doc, address->type, str_to_c(doc->arena, file), rendering->about),
               *content   = json_object();

        json_object_set_new(content, rendering->media,
                            strcmp(rendering->ending, "json") == 0
                                ? spell("{'schema': {'type': 'object'}}")
                                : spell("{'schema': {'type': 'string', 'format': 'binary'}}"));
        content_add(operation, "200", "The file, to be saved", content);
        responses_add(doc, json_object_get(operation, "responses"), "400 401 404 406");
        address_put(doc, address, below(doc, address, str_to_c(doc->arena, file)), "get", operation);
    }
}

/* ---- verbs ---- */

static const char *step_from_name(const Type *type, const Step *step)
{
    if (step->from == STATE_NEW) return "nothing";
    return step->from == STATE_ANY ? "any state" : state_name(type, step->from);
}

/* "From open to asked: owner or administrator." for each step of the verb. */
static void describe_steps(const Openapi *doc, json_t *operation, const Type *type, const Verb *verb, bool makes)
{
    for (size_t i = 0; i < type->steps_len; i++) {
        const Step *step = &type->steps[i];
        StrList who      = { 0 };
        Str rest         = str_from_c(step->who), word;
        if (strcmp(step->verb, verb->name) != 0 || (step->from == STATE_NEW) != makes) continue;
        while (str_cut(&rest, '|', &word))
            *list_push(doc->arena, &who) = word;
        Str names      = str_join(doc->arena, &who, STR(" or "));
        const char *to = step->to == STATE_SAME ? "the same" : state_name(type, step->to);
        describe(operation,
                 str_fmt(doc->arena, "\n\nFrom %s to %s, by: %.*s.", step_from_name(type, step), to, STR_ARG(names)));
    }
}

static void body_add(const Openapi *doc, json_t *operation, const Type *type, const Verb *verb, bool makes)
{
    bool has_own   = verb->input != NULL || makes || strcmp(verb->name, "edit") == 0;
    Str schema     = has_own                     ? schema_name(doc, type, verb->name)
                     : verb->flags & VERB_DANGER ? STR("WhyNeeded")
                                                 : STR("Why");
    json_t *needed = json_object_get(json_object_get(doc->schemas, str_to_c(doc->arena, schema)), "required");
    bool is_needed = json_array_size(needed) > 0;

    json_object_set_new(operation, "requestBody",
                        json_pack("{s:b, s:o}", "required", (int)is_needed, "content", json_content(doc, schema)));
}

static void verb_path(Openapi *doc, const Address *address, const Verb *verb, bool makes)
{
    const Type *type  = address->type;
    bool creates      = makes && strcmp(verb->name, "create") == 0;
    bool is_edit      = !makes && strcmp(verb->name, "edit") == 0;
    json_t *operation = operation_new(doc, type, verb->name, verb->label);

    if (verb->help != NULL) describe(operation, str_from_c(verb->help));
    describe_steps(doc, operation, type, verb, makes);
    parameter_add(doc, operation, "IdempotencyKey");
    if (!makes) parameter_add(doc, operation, is_edit ? "IfMatchNeeded" : "IfMatch");
    body_add(doc, operation, type, verb, makes);
    content_add(operation, "200", "Done", json_content(doc, STR("Done")));
    etag_add(operation, "The record's revision now.");
    responses_add(doc, json_object_get(operation, "responses"),
                  is_edit ? "400 401 403 404 406 409 412 413 415 422 428" : "400 401 403 404 406 409 412 413 415 422");
    if (creates)
        operation_put(doc, address->list, "post", operation);
    else if (makes)
        operation_put(doc, str_fmt(doc->arena, "%.*s/%s", STR_ARG(address->list), verb->name), "post", operation);
    else
        address_put(doc, address, below(doc, address, verb->name), "post", operation);
}

/* Whether an earlier step of the table has the same verb in the same way. */
static bool verb_is_known(const Type *type, size_t index)
{
    const Step *step = &type->steps[index];

    for (size_t i = 0; i < index; i++) {
        bool same_way = (type->steps[i].from == STATE_NEW) == (step->from == STATE_NEW);
        if (same_way && strcmp(type->steps[i].verb, step->verb) == 0) return true;
    }
    return false;
}

void paths_of_type(Openapi *doc, const Plan *plan)
{
    const Type *type = plan->type;
    Address address  = address_of(doc, plan);
    json_t *tag      = json_pack("{s:s}", "name", type->plural);

    describe(tag, str_from_c(type->about != NULL ? type->about : type->label));
    json_array_append_new(doc->tags, tag);
    list_paths(doc, &address);
    record_paths(doc, &address);
    inquiry_paths(doc, &address);
    file_paths(doc, &address);
    rendering_paths(doc, &address);
    for (size_t i = 0; i < type->steps_len; i++) {
        const Verb *verb = type_verb(type, str_from_c(type->steps[i].verb));
        if ((verb->flags & VERB_INSIDE) || verb_is_known(type, i)) continue;
        verb_path(doc, &address, verb, type->steps[i].from == STATE_NEW);
    }
}
