/* SPDX-License-Identifier: Apache-2.0
 * The OpenAPI document says what the program does, and other programs can read it. */
#include "../support/errand.h"
#include "api_house.h"
#include "record/openapi.h"

static json_t *document_of(ApiHouse *a)
{
    Heard heard = api_send(a, "/api/v1/openapi.json", (Sent){ 0 });

    assert_status(&heard, 200);
    return heard_json(a, &heard);
}

static json_t *at(json_t *value, const char *const *path)
{
    for (size_t i = 0; path[i] != NULL; i++)
        value = json_object_get(value, path[i]);
    return value;
}
#define AT(value, ...) at((value), (const char *const[]){ __VA_ARGS__, NULL })

static void it_is_open_to_everybody_and_asked_again_by_its_tag(void **state)
{
    ApiHouse *a = *state;
    Heard heard = api_send(a, "/api/v1/openapi.json", (Sent){ 0 });
    Str tag     = heard_header(&heard, "ETag");

    Str again   = str_fmt(a->http.arena, "If-None-Match: %.*s\r\n", STR_ARG(tag));
    Heard known = api_send(a, "/api/v1/openapi.json", (Sent){ .headers = str_to_c(a->http.arena, again) });

    assert_status(&heard, 200);
    assert_true(tag.len > 2);
    assert_status(&known, 304);
}

static void every_field_that_is_shown_is_described(void **state)
{
    ApiHouse *a        = *state;
    json_t *properties = AT(document_of(a), "components", "schemas", "Errand", "properties");

    for (size_t i = 0; i < errand_type.fields_len; i++) {
        const Field *field = &errand_type.fields[i];
        json_t *schema     = json_object_get(properties, field->name);
        assert_int_equal(schema == NULL, (field->flags & SECRET) != 0);
        if (schema != NULL) assert_true(str_has(json_text(schema, "description"), str_from_c(field->label)));
    }
}

static void inputs_take_what_people_set_and_nothing_else(void **state)
{
    ApiHouse *a     = *state;
    json_t *schemas = AT(document_of(a), "components", "schemas");

    assert_non_null(AT(schemas, "Errand_Create", "properties", "title"));
    assert_null(AT(schemas, "Errand_Create", "properties", "verdict"));
    assert_null(AT(schemas, "Errand_Create", "properties", "secret"));
    assert_int_equal(json_integer_value(AT(schemas, "Errand_Create", "properties", "story", "maxLength")), 400);
    assert_int_equal(json_array_size(AT(schemas, "Errand_Create", "properties", "grade", "enum")), 3);
    assert_true(json_is_false(AT(schemas, "Errand_Create", "additionalProperties")));
    assert_non_null(AT(schemas, "Errand_Approve", "properties", "verdict"));
}

static void every_verb_of_every_type_has_an_address(void **state)
{
    ApiHouse *a              = *state;
    const Registry *registry = a->h->app->registry;
    json_t *document         = document_of(a);
    size_t verbs             = 0;

    for (size_t i = 0; i < registry_len(registry); i++) {
        const Type *type = registry_at(registry, i)->type;
        for (size_t k = 0; k < type->steps_len; k++) {
            const Step *step = &type->steps[k];
            Str id           = str_fmt(a->http.arena, "%s.%s", type->name, step->verb);
            bool found       = (type_verb(type, str_from_c(step->verb))->flags & VERB_INSIDE) != 0;
            const char *path;
            json_t *item;
            json_object_foreach(AT(document, "paths"), path, item) found =
                found || str_eq(json_text(json_object_get(item, "post"), "operationId"), id);
            if (!found) fail_msg("%.*s has no address", STR_ARG(id));
            verbs++;
        }
    }
    assert_true(verbs > 50);
}

static void it_passes_the_linter(void **state)
{
    static const char *const arguments[] = { "tests/api/lint.mjs", NULL, NULL };
    ApiHouse *a                          = *state;
    Str folder                           = temporary_folder(a->http.arena);
    Heard heard                          = api_send(a, "/api/v1/openapi.json", (Sent){ 0 });
    Str path                             = str_fmt(a->http.arena, "%.*s/openapi.json", STR_ARG(folder));
    const char *with[countof(arguments)] = { arguments[0], str_to_c(a->http.arena, path) };
    FILE *file                           = fopen(with[1], "w");

    assert_non_null(file);
    assert_int_equal(fwrite(heard.body.ptr, 1, heard.body.len, file), heard.body.len);
    fclose(file);
    run_node(with);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_API_ON(sqlite, it_is_open_to_everybody_and_asked_again_by_its_tag),
        IN_API_ON(sqlite, every_field_that_is_shown_is_described),
        IN_API_ON(sqlite, inputs_take_what_people_set_and_nothing_else),
        IN_API_ON(sqlite, every_verb_of_every_type_has_an_address),
        IN_API_ON(sqlite, it_passes_the_linter),
        cmocka_unit_test(every_answer_fits_the_document),
    };
    return cmocka_run_group_tests(tests, api_start, api_stop);
}
