/* SPDX-License-Identifier: Apache-2.0
 * The document as a whole: what it says of itself, what all types share, and the addresses that belong to no type. */
#include "record/openapi_inside.h"

#include <assert.h>
#include <string.h>

/* clang-format off */
static const char about[] =
    "Every read and every verb of Plumbline. A record changes by verbs only: POST to its address and the verb's name. "
    "A verb that cannot be used answers 409 or 403 with refusals: the rule, what is missing, who could do it and what "
    "to do next. The same question has the same answer on the command line.\n\n"
    "**Revisions.** A record's ETag is its revision. Send it in If-Match, and a change that somebody made since you "
    "read the record answers 412 with the fields that differ; to edit without it answers 428.\n\n"
    "**Sending twice.** With an Idempotency-Key the same request is done once, and its answer is given again for seven "
    "days; another request with the same key answers 422.\n\n"
    "**Numbers** that count within a parent are addressed as in /papers/IA-26-05/A.8.8-1, one segment each. Where a "
    "record names others, their numbers are given and taken; \"me\" stands for yourself in filters by person.\n\n"
    "**What you may not see** is not counted, not found, and answers 404.";

static const char frame[] =
    "{'openapi': '3.1.0',"
    " 'info': {'title': 'Plumbline', 'version': '1.0.0', 'license': {'name': 'Apache 2.0', 'identifier': 'Apache-2.0'}},"
    " 'servers': [{'url': '/api/v1'}],"
    " 'security': [{'token': []}]}";

static const char security[] =
    "{'token': {'type': 'http', 'scheme': 'bearer', 'description': 'A token of your own: POST /tokens, shown once. Scopes: read, write,"
    " TYPE:read, TYPE:write.'}}";

static const char parameters[] =
    "{'IfMatch': {'name': 'If-Match', 'in': 'header', 'description': 'Entity tag of the revision you have read, quotes and all.',"
    "    'schema': {'type': 'string', 'pattern': '^(\\\\*|\\\"[0-9]+\\\")$'}, 'example': '\\\"3\\\"'},"
    " 'IfMatchNeeded': {'name': 'If-Match', 'in': 'header', 'required': true,"
    "    'description': 'Entity tag of the revision you have read, quotes and all; * for whatever it is now.',"
    "    'schema': {'type': 'string', 'pattern': '^(\\\\*|\\\"[0-9]+\\\")$'}, 'example': '\\\"3\\\"'},"
    " 'IfNoneMatch': {'name': 'If-None-Match', 'in': 'header', 'description': 'Entity tag you have: 304 when it is still so.', 'schema': {'type': 'string'}},"
    " 'IdempotencyKey': {'name': 'Idempotency-Key', 'in': 'header', 'description': 'Yours to choose; the request is done once however often it is sent.',"
    "    'schema': {'type': 'string', 'minLength': 1, 'maxLength': 130}},"
    " 'AsOf': {'name': 'as-of', 'in': 'query', 'description': 'The record as it stood at the end of that day.', 'schema': {'type': 'string', 'format': 'date'}},"
    " 'Words': {'name': 'q', 'in': 'query', 'description': 'Words that all must be found.', 'schema': {'type': 'string'}},"
    " 'After': {'name': 'after', 'in': 'query', 'description': 'The value of next in the page before.', 'schema': {'type': 'string'}},"
    " 'Limit': {'name': 'limit', 'in': 'query', 'description': 'Most on one page.', 'schema': {'type': 'integer', 'minimum': 1, 'maximum': 200, 'default': 50}},"
    " 'Before': {'name': 'before', 'in': 'query', 'description': 'The value of next in the page before.', 'schema': {'type': 'integer', 'minimum': 1}}}";

/* What all types share. */
static const struct {
    const char *name, *schema;
} shared[] = {
    { "Reference", "{'type': 'object', 'required': ['number', 'title'], 'additionalProperties': false, 'properties': {"
      "    'number': {'type': 'string'}, 'title': {'type': 'string'}}}" },
    { "ReferenceInput", "{'description': 'A number, an id, or the reference as it was read.',"
      "    'oneOf': [{'type': 'string', 'minLength': 1, 'maxLength': 200}, {'type': 'integer', 'minimum': 1},"
      "              {'type': 'object', 'required': ['number'], 'properties': {'number': {'type': 'string'}}}]}" },
    { "Refusal", "{'type': 'object', 'required': ['rule', 'missing', 'who', 'next'], 'additionalProperties': false, 'properties': {"
      "    'rule': {'type': 'string', 'description': 'Stable name of the rule.', 'examples': ['G-06']},"
      "    'missing': {'type': 'string', 'description': 'What is missing.'},"
      "    'who': {'type': 'array', 'items': {'type': 'string'}, 'description': 'People who could do it.'},"
      "    'next': {'type': 'string', 'description': 'What to do next.'}}}" },
    { "FieldError", "{'type': 'object', 'required': ['pointer', 'field', 'detail'], 'additionalProperties': false, 'properties': {"
      "    'pointer': {'type': 'string', 'description': 'JSON Pointer into the body; of lists the name of the parameter.'},"
      "    'field': {'type': 'string'}, 'detail': {'type': 'string', 'description': 'How to mend it.'}}}" },
    { "Difference", "{'type': 'object', 'required': ['field', 'label', 'before', 'now', 'wanted'], 'additionalProperties': false, 'properties': {"
      "    'field': {'type': 'string'}, 'label': {'type': 'string'}, 'before': {'type': 'string', 'description': 'In the revision you had read.'},"
      "    'now': {'type': 'string'}, 'wanted': {'type': 'string', 'description': 'What you sent.'}}}" },
    { "Problem", "{'type': 'object', 'description': 'RFC 9457.', 'required': ['type', 'title', 'status'], 'additionalProperties': false, 'properties': {"
      "    'type': {'type': 'string', 'format': 'uri', 'description': 'Stable: what to branch on.'},"
      "    'title': {'type': 'string'}, 'status': {'type': 'integer', 'minimum': 400, 'maximum': 599}, 'detail': {'type': 'string'},"
      "    'reference': {'type': 'string', 'description': 'Under which the log of the server has the cause.'},"
      "    'record': {'type': 'string'}, 'verb': {'type': 'string'},"
      "    'refusals': {'type': 'array', 'items': {'$ref': '#/components/schemas/Refusal'}},"
      "    'errors': {'type': 'array', 'items': {'$ref': '#/components/schemas/FieldError'}},"
      "    'differences': {'type': 'array', 'items': {'$ref': '#/components/schemas/Difference'}}}}" },
    { "Done", "{'type': 'object', 'required': ['record', 'verb', 'events', 'repeated'], 'additionalProperties': false, 'properties': {"
      "    'record': {'type': 'object', 'required': ['type', 'id', 'number', 'revision', 'state'], 'additionalProperties': false, 'properties': {"
      "        'type': {'type': 'string'}, 'id': {'type': 'integer'}, 'number': {'type': 'string'}, 'revision': {'type': 'integer'}, 'state': {'type': 'string'}}},"
      "    'verb': {'type': 'string'},"
      "    'events': {'type': 'array', 'items': {'type': 'integer'}, 'minItems': 2, 'maxItems': 2, 'description': 'First and last event of it in the ledger.'},"
      "    'shown_once': {'type': 'string', 'description': 'A secret: keep it now, it is never shown again.'},"
      "    'repeated': {'type': 'boolean', 'description': 'The answer to an earlier request with this key.'}}}" },
    { "Steps", "{'type': 'object', 'required': ['steps'], 'additionalProperties': false, 'properties': {'steps': {'type': 'array', 'items': {"
      "    'type': 'object', 'required': ['verb', 'label', 'possible'], 'additionalProperties': false, 'properties': {"
      "        'verb': {'type': 'string'}, 'label': {'type': 'string'}, 'possible': {'type': 'boolean'},"
      "        'refusals': {'type': 'array', 'items': {'$ref': '#/components/schemas/Refusal'}}}}}}}" },
    { "History", "{'type': 'object', 'required': ['events', 'next'], 'additionalProperties': false, 'properties': {"
      "    'next': {'type': ['integer', 'null'], 'description': 'Give it as before to read on.'},"
      "    'events': {'type': 'array', 'description': 'Newest first.', 'items': {'type': 'object', 'additionalProperties': false,"
      "        'required': ['event', 'time', 'who', 'verb', 'label', 'state', 'why', 'revision', 'erased', 'changes'], 'properties': {"
      "        'event': {'type': 'integer'}, 'time': {'type': 'string', 'format': 'date-time'}, 'who': {'type': 'string'}, 'verb': {'type': 'string'},"
      "        'label': {'type': 'string'}, 'state': {'type': 'string'}, 'why': {'type': 'string'}, 'revision': {'type': 'integer'},"
      "        'erased': {'type': 'boolean', 'description': 'Its content was erased as the law asks; that it happened stays provable.'},"
      "        'changes': {'type': 'array', 'items': {'type': 'object', 'required': ['field', 'label', 'before', 'after'], 'additionalProperties': false,"
      "            'properties': {'field': {'type': 'string'}, 'label': {'type': 'string'}, 'before': {'type': 'string'}, 'after': {'type': 'string'}}}}}}}}}" },
    { "Found", "{'type': 'object', 'required': ['items'], 'additionalProperties': false, 'properties': {'items': {'type': 'array', 'items': {"
      "    'type': 'object', 'required': ['type', 'number', 'title'], 'additionalProperties': false,"
      "    'properties': {'type': {'type': 'string'}, 'number': {'type': 'string'}, 'title': {'type': 'string'}}}}}}" },
    { "Index", "{'type': 'object', 'required': ['name', 'links', 'who', 'ledger'], 'additionalProperties': false, 'properties': {"
      "    'name': {'const': 'Plumbline'}, 'links': {'type': 'object', 'additionalProperties': {'type': 'string', 'format': 'uri-reference'}},"
      "    'who': {'type': 'object', 'required': ['number', 'name', 'roles', 'scopes'], 'additionalProperties': false, 'properties': {"
      "        'number': {'type': 'string'}, 'name': {'type': 'string'}, 'roles': {'type': 'array', 'items': {'type': 'string'}},"
      "        'scopes': {'type': 'array', 'items': {'type': 'string'}}}},"
      "    'ledger': {'type': 'object', 'required': ['keys', 'events'], 'additionalProperties': false, 'properties': {"
      "        'keys': {'type': 'array', 'items': {'type': 'string'}, 'description': 'Verifier keys (c2sp.org/signed-note) of checkpoints.'},"
      "        'events': {'type': 'integer'}}}}}" },
    { "Types", "{'type': 'object', 'required': ['types'], 'additionalProperties': false, 'properties': {'types': {'type': 'array', 'items': {"
      "    'type': 'object', 'required': ['type', 'plural', 'label', 'about', 'states', 'verbs', 'may_create'], 'additionalProperties': false, 'properties': {"
      "        'type': {'type': 'string'}, 'plural': {'type': 'string'}, 'label': {'type': 'string'}, 'about': {'type': 'string'},"
      "        'states': {'type': 'array', 'items': {'$ref': '#/components/schemas/Named'}},"
      "        'verbs': {'type': 'array', 'items': {'$ref': '#/components/schemas/Named'}}, 'may_create': {'type': 'boolean'}}}}}}" },
    { "Named", "{'type': 'object', 'required': ['name', 'label'], 'additionalProperties': false, 'properties': {'name': {'type': 'string'}, 'label': {'type': 'string'}}}" },
    { "StoredFile", "{'type': 'object', 'required': ['sha256', 'size'], 'additionalProperties': false, 'properties': {"
      "    'sha256': {'type': 'string', 'pattern': '^[0-9a-f]{64}$', 'description': 'Give it as a field of a record to file it.'},"
      "    'size': {'type': 'integer', 'minimum': 1}}}" },
    { "Envelope", "{'type': 'object', 'description': 'A leaf of the Merkle tree, byte for byte (canonical JSON); docs/formats/ledger.md.',"
      "    'required': ['a', 'an', 'ap', 'au', 'ent', 'ev', 'k', 'pc', 'pp', 'q', 'rev', 's', 't', 'v'], 'additionalProperties': false, 'properties': {"
      "    'a': {'type': 'string'}, 'an': {'type': ['integer', 'null']}, 'ap': {'type': ['string', 'null']}, 'au': {'type': ['string', 'null']},"
      "    'ent': {'type': 'string'}, 'ev': {'type': 'array', 'items': {'type': 'string'}}, 'k': {'type': 'string'}, 'pc': {'type': ['string', 'null']},"
      "    'pp': {'type': ['string', 'null']}, 'q': {'type': ['string', 'null']}, 'rev': {'type': 'integer'}, 's': {'type': 'integer'},"
      "    't': {'type': 'string', 'format': 'date-time'}, 'v': {'const': 1}}}" },
    { "Health", "{'type': 'object', 'required': ['status'], 'additionalProperties': false, 'properties': {'status': {'enum': ['live', 'ready']}}}" },
    { "Why", "{'type': 'object', 'additionalProperties': false, 'properties': {"
      "    'why': {'type': ['string', 'null'], 'maxLength': 2000, 'description': 'Kept in the history.'}}}" },
    { "WhyNeeded", "{'type': 'object', 'required': ['why'], 'additionalProperties': false, 'properties': {"
      "    'why': {'type': 'string', 'minLength': 1, 'maxLength': 2000, 'description': 'Kept in the history.'}}}" },
};

/* Addresses of no type. The list of problems is put in by status. */
static const struct {
    const char *path, *method, *operation, *problems;
} general[] = {
    { "/", "get", "{'operationId': 'index', 'summary': 'Who is asking, and where things are',"
      " 'responses': {'200': {'description': 'The index', 'content': {'application/json': {'schema': {'$ref': '#/components/schemas/Index'}}}}}}", "401 406" },
    { "/types", "get", "{'operationId': 'types', 'summary': 'The types of records that you may see',"
      " 'responses': {'200': {'description': 'The types', 'content': {'application/json': {'schema': {'$ref': '#/components/schemas/Types'}}}}}}", "401 406" },
    { "/search", "get", "{'operationId': 'search', 'summary': 'Find records of all types by words', 'parameters': [{'$ref': '#/components/parameters/Words'}],"
      " 'responses': {'200': {'description': 'What was found', 'content': {'application/json': {'schema': {'$ref': '#/components/schemas/Found'}}}}}}", "400 401 406" },
    { "/files", "post", "{'operationId': 'upload', 'summary': 'Store a file, up to 2 GiB', 'description': 'Then name its hash in a record: a file is given out through records only.',"
      " 'requestBody': {'required': true, 'content': {'application/octet-stream': {'schema': {'type': 'string', 'format': 'binary'}}}},"
      " 'responses': {'201': {'description': 'Stored', 'content': {'application/json': {'schema': {'$ref': '#/components/schemas/StoredFile'}}}}}}", "400 401 403 413 415 507" },
    { "/checkpoint", "get", "{'operationId': 'checkpoint', 'summary': 'The last signed checkpoint of the ledger (c2sp.org/tlog-checkpoint)',"
      " 'responses': {'200': {'description': 'A signed note', 'content': {'text/plain': {'schema': {'type': 'string'}}}}}}", "401 404 406" },
    { "/events/{event}", "get", "{'operationId': 'event', 'summary': 'The envelope of an event',"
      " 'parameters': [{'name': 'event', 'in': 'path', 'required': true, 'description': 'Number of the event, from 0', 'schema': {'type': 'integer', 'minimum': 0}}],"
      " 'responses': {'200': {'description': 'A leaf of the tree', 'content': {'application/json': {'schema': {'$ref': '#/components/schemas/Envelope'}}}}}}", "401 404 406" },
    { "/events/{event}/proof", "get", "{'operationId': 'proof', 'summary': 'The proof that an event is in the record (c2sp.org/tlog-proof)',"
      " 'parameters': [{'name': 'event', 'in': 'path', 'required': true, 'description': 'Number of the event, from 0', 'schema': {'type': 'integer', 'minimum': 0}}],"
      " 'responses': {'200': {'description': 'The proof', 'content': {'text/plain': {'schema': {'type': 'string'}}}}}}", "401 404 406" },
    { "/openapi.json", "get", "{'operationId': 'openapi', 'summary': 'This document', 'security': [],"
      " 'responses': {'200': {'description': 'OpenAPI 3.1', 'content': {'application/json': {'schema': {'type': 'object'}}}},"
      " '304': {'$ref': '#/components/responses/NotModified'}}}", "406" },
    { "/livez", "get", "{'operationId': 'live', 'summary': 'Whether the program runs', 'security': [], 'servers': [{'url': '/'}],"
      " 'responses': {'200': {'description': 'It does', 'content': {'application/json': {'schema': {'$ref': '#/components/schemas/Health'}}}}}}", "405" },
    { "/readyz", "get", "{'operationId': 'ready', 'summary': 'Whether it can serve: database, disk, record', 'security': [], 'servers': [{'url': '/'}],"
      " 'responses': {'200': {'description': 'It can', 'content': {'application/json': {'schema': {'$ref': '#/components/schemas/Health'}}}}}}", "405" },
};

/* A problem's members beyond those of all problems, by status. */
static const struct {
    int status;
    const char *description, *needs;
} problems[] = {
    { 400, "The request cannot be read: JSON (with line and column), a header, a parameter", "" },
    { 401, "No token, or one that is unknown, expired or revoked", "" },
    { 403, "For others to do, or beyond the scope of the token", "'refusals'" },
    { 404, "Nothing there, or not shared with you", "" },
    { 405, "Another method is taken here: see Allow", "" },
    { 406, "Accept names no form that there is", "" },
    { 409, "A rule stands against it", "'refusals'" },
    { 412, "Somebody changed the record since you read it", "" },
    { 413, "Too large", "" },
    { 415, "Another content type is taken here", "" },
    { 416, "The file has no such part", "" },
    { 422, "Fields to be mended, or a key used before", "" },
    { 428, "If-Match is missing", "" },
    { 500, "We failed; the log has the cause under the reference", "" },
    { 503, "Ask again in a moment", "" },
    { 507, "No space left", "" },
};
/* clang-format on */

json_t *spell(const char *json)
{
    char text[8192];
    size_t len = strlen(json);
    json_error_t error;

    assert(len < sizeof text);
    for (size_t i = 0; i < len; i++)
        text[i] = json[i] == '\'' ? '"' : json[i];
    json_t *value = json_loadb(text, len, JSON_REJECT_DUPLICATES, &error);
    assert(value != NULL);
    return value;
}

json_t *component(const Openapi *doc, const char *kind, Str name)
{
    json_t *object = json_object();

    json_object_set_new(object, "$ref",
                        json_from_str(str_fmt(doc->arena, "#/components/%s/%.*s", kind, STR_ARG(name))));
    return object;
}

Str camel(Arena *arena, const char *name)
{
    Buf out       = buf_open(arena, 256);
    bool is_first = true;

    for (const char *at = name; *at != '\0'; at++) {
        bool is_break = *at == '_' || *at == '-' || *at == '.';
        if (!is_break) buf_add_byte(&out, (char)(is_first && *at >= 'a' && *at <= 'z' ? *at - 'a' + 'A' : *at));
        is_first = is_break;
    }
    return buf_str(&out);
}

Str schema_name(const Openapi *doc, const Type *type, const char *part)
{
    Str name = camel(doc->arena, type->name);

    if (part[0] == '\0') return name;
    return str_fmt(doc->arena, "%.*s_%.*s", STR_ARG(name), STR_ARG(camel(doc->arena, part)));
}

void describe(json_t *object, Str words)
{
    const char *before = json_string_value(json_object_get(object, "description"));
    char text[2048];

    if (words.len == 0) return;
    int len = snprintf(text, sizeof text, "%s%s%.*s", before != NULL ? before : "",
                       before == NULL || words.ptr[0] == '\n' ? "" : " ", STR_ARG(words));
    assert(len > 0 && (size_t)len < sizeof text);
    json_object_set_new(object, "description", json_string(text));
}

/* ---- problems ---- */

static json_t *problem_response(Openapi *doc, size_t index)
{
    Str schema = str_fmt(doc->arena,
                         "{'description': '%s', 'content': {'application/problem+json': {'schema': {'allOf': ["
                         "{'$ref': '#/components/schemas/Problem'}, {'type': 'object', 'required': [%s],"
                         " 'properties': {'status': {'const': %d}}}]}}}}",
                         problems[index].description, problems[index].needs, problems[index].status);
    return spell(str_to_c(doc->arena, schema));
}

static json_t *problem_responses(Openapi *doc)
{
    json_t *responses = json_object();

    for (size_t i = 0; i < countof(problems); i++)
        json_object_set_new(responses, str_to_c(doc->arena, str_fmt(doc->arena, "Problem%d", problems[i].status)),
                            problem_response(doc, i));
    json_object_set_new(responses, "NotModified", spell("{'description': 'You have it already'}"));
    return responses;
}

void responses_add(Openapi *doc, json_t *responses, const char *statuses)
{
    Str rest = str_fmt(doc->arena, "%s 500 503", statuses), status;

    while (str_cut(&rest, ' ', &status)) {
        const char *key = str_to_c(doc->arena, status);
        json_object_set_new(responses, key, component(doc, "responses", str_fmt(doc->arena, "Problem%s", key)));
    }
}

/* ---- the whole ---- */

static void paths_general(Openapi *doc)
{
    json_array_append_new(doc->tags, spell("{'name': 'general', 'description': 'What belongs to no type of record.'}"));
    for (size_t i = 0; i < countof(general); i++) {
        json_t *operation = spell(general[i].operation), *path = json_object();
        json_t *servers = json_incref(json_object_get(operation, "servers"));
        json_object_del(operation, "servers");
        json_object_set_new(operation, "tags", json_pack("[s]", "general"));
        responses_add(doc, json_object_get(operation, "responses"), general[i].problems);
        json_object_set_new(path, general[i].method, operation);
        if (servers != NULL) json_object_set_new(path, "servers", servers);
        json_object_set_new(doc->paths, general[i].path, path);
    }
}

json_t *openapi_document(Arena *arena, const Registry *registry)
{
    json_t *document   = json_own(arena, spell(frame));
    json_t *components = json_object();
    Openapi doc        = {
               .arena = arena, .registry = registry, .paths = json_object(), .schemas = json_object(), .tags = json_array()
    };

    json_object_set_new(json_object_get(document, "info"), "description", json_string(about));
    json_object_set_new(document, "tags", doc.tags);
    json_object_set_new(document, "paths", doc.paths);
    json_object_set_new(document, "components", components);
    json_object_set_new(components, "securitySchemes", spell(security));
    json_object_set_new(components, "parameters", spell(parameters));
    json_object_set_new(components, "responses", problem_responses(&doc));
    json_object_set_new(components, "schemas", doc.schemas);
    for (size_t i = 0; i < countof(shared); i++)
        json_object_set_new(doc.schemas, shared[i].name, spell(shared[i].schema));
    paths_general(&doc);
    for (size_t i = 0; i < registry_len(registry); i++) {
        schemas_of_type(&doc, registry_at(registry, i));
        paths_of_type(&doc, registry_at(registry, i));
    }
    return document;
}
