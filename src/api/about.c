/* SPDX-License-Identifier: Apache-2.0
 * What the API says of itself: where things are and who is asking, which types there are, the OpenAPI document, and
 * whether it is fit to serve. */
#include "api/visit.h"

#include <string.h>
#include <sys/statvfs.h>

#include "ledger/ledger_checkpoint.h"
#include "record/openapi.h"
#include "store/store.h"

static const char *const no_parameters[] = { NULL };

static json_t *texts_json(const StrList *texts)
{
    json_t *array = json_array();
    for (size_t i = 0; i < texts->len; i++)
        json_array_append_new(array, json_from_str(texts->at[i]));
    return array;
}

/* ---- index ---- */

/* "who": the person whom the token acts as, with what he may. */
static bool index_who(Call *call, json_t *body, Err *err)
{
    const Plan *person = registry_find(call->app->registry, STR("person"));
    Names *names       = names_open(call);
    json_t *who        = json_object();

    json_object_set_new(body, "who", who);
    if (person != NULL) names_want(names, person->type, call->who);
    if (!names_load(names, err)) return false;
    json_object_set_new(who, "number",
                        json_from_str(person != NULL ? names_number(names, person->type, call->who) : (Str){ 0 }));
    json_object_set_new(who, "name", json_from_str(names_person(names, call->who)));
    json_object_set_new(who, "roles", texts_json(&call->roles));
    json_object_set_new(who, "scopes", texts_json(&call->scopes));
    return true;
}

/* "ledger": its size, and the keys with which checkpoints are checked. */
static bool index_ledger(Call *call, json_t *body, Err *err)
{
    LedgerHead head;
    NoteKeys keys  = { 0 };
    json_t *ledger = json_object(), *array = json_array();

    json_object_set_new(body, "ledger", ledger);
    json_object_set_new(ledger, "keys", array);
    if (!ledger_head(call->db, call->arena, &head, err) || !ledger_keys(call->db, call->arena, &keys, err))
        return false;
    json_object_set_new(ledger, "events", json_integer(head.size));
    for (size_t i = 0; i < keys.len; i++)
        json_array_append_new(array, json_from_str(note_verifier_write(call->arena, &keys.at[i])));
    return true;
}

bool index_answer(Visit *visit, Err *err)
{
    json_t *body = json_own(visit->request->arena, json_object());
    Call *call;

    if (!condition_accepts(visit, "application/json") || !condition_parameters(visit, no_parameters)) return true;
    if (!call_open(&visit->caller, CALL_READ, &call, err)) return false;
    json_object_set_new(body, "name", json_string("Plumbline"));
    json_object_set_new(body, "links",
                        json_pack("{s:s, s:s, s:s, s:s, s:s}", "openapi", "/api/v1/openapi.json", "types",
                                  "/api/v1/types", "search", "/api/v1/search?q=", "files", "/api/v1/files",
                                  "checkpoint", "/api/v1/checkpoint"));
    bool done = index_who(call, body, err) && index_ledger(call, body, err);
    call_end(call);
    if (done) visit_json(visit, 200, "application/json", body);
    return done;
}

/* ---- types ---- */

static json_t *states_json(const Type *type)
{
    json_t *array = json_array();
    for (size_t i = 0; i < type->states->len; i++)
        json_array_append_new(
            array, json_pack("{s:s, s:s}", "name", type->states->at[i].name, "label", type->states->at[i].label));
    return array;
}

static bool verb_is_told(const Type *type, size_t step)
{
    const Verb *verb = type_verb(type, str_from_c(type->steps[step].verb));

    for (size_t i = 0; i < step; i++) {
        if (strcmp(type->steps[i].verb, type->steps[step].verb) == 0) return true;
    }
    return (verb->flags & VERB_INSIDE) != 0;
}

static json_t *verbs_json(const Type *type)
{
    json_t *array = json_array();

    for (size_t i = 0; i < type->steps_len; i++) {
        const Verb *verb = type_verb(type, str_from_c(type->steps[i].verb));
        if (verb_is_told(type, i)) continue;
        json_array_append_new(array, json_pack("{s:s, s:s}", "name", verb->name, "label", verb->label));
    }
    return array;
}

static bool type_json(Call *call, const Type *type, json_t *array, Err *err)
{
    json_t *object = json_object();
    bool may_make;

    json_array_append_new(array, object);
    if (!verb_may_create(call, type, &may_make, err)) return false;
    json_object_set_new(object, "type", json_string(type->name));
    json_object_set_new(object, "plural", json_string(type->plural));
    json_object_set_new(object, "label", json_string(type->label));
    json_object_set_new(object, "about", json_string(type->about != NULL ? type->about : ""));
    json_object_set_new(object, "states", states_json(type));
    json_object_set_new(object, "verbs", verbs_json(type));
    json_object_set_new(object, "may_create", json_boolean(may_make));
    return true;
}

bool types_answer(Visit *visit, Err *err)
{
    const Registry *registry = visit->api->app->registry;
    json_t *body             = json_own(visit->request->arena, json_object());
    json_t *array            = json_array();
    bool done                = true;
    Call *call;

    json_object_set_new(body, "types", array);
    if (!condition_accepts(visit, "application/json") || !condition_parameters(visit, no_parameters)) return true;
    if (!call_open(&visit->caller, CALL_READ, &call, err)) return false;
    for (size_t i = 0; done && i < registry_len(registry); i++) {
        const Type *type = registry_at(registry, i)->type;
        if (view_may_list(call, type)) done = type_json(call, type, array, err);
    }
    call_end(call);
    if (done) visit_json(visit, 200, "application/json", body);
    return done;
}

/* ---- the OpenAPI document ---- */

/* Made once: it follows from declarations, which do not change while we run. What it is made of takes more memory than
 * a request has, and goes again. */
static void openapi_make(Api *api)
{
    Arena *work = arena_open((size_t)256 << 20);
    Buf text    = buf_open(work, (size_t)16 << 20);

    json_write(&text, openapi_document(work, api->app->registry));
    Hash hash        = hash_of(buf_str(&text));
    api->openapi     = str_dup(api->arena, buf_str(&text));
    api->openapi_tag = str_slice(hash_to_hex(api->arena, &hash), 0, 16);
    arena_close(work);
}

bool openapi_answer(Visit *visit, Err *err)
{
    Api *api = visit->api;

    (void)err;
    if (!condition_accepts(visit, "application/json")) return true;
    pthread_mutex_lock(&api->mutex);
    if (api->openapi.len == 0) openapi_make(api);
    pthread_mutex_unlock(&api->mutex);
    http_respond(visit->response, 200, STR("application/json"), api->openapi);
    visit->response->etag         = api->openapi_tag;
    visit->response->cache        = STR("no-cache"); /* kept, and asked for again by its tag */
    visit->response->may_compress = true;            /* nothing of any visitor is in it */
    return true;
}

/* ---- fit to serve? ---- */

/* A volume without room takes no event and no evidence. Where no folder is set there is none to fill. */
static bool disk_has_room(const App *app, Arena *arena)
{
    enum { ROOM_BYTES_MIN = 64 << 20 };
    struct statvfs volume;
    const char *folder = str_to_c(arena, store_folder(app->store));

    if (folder == NULL || folder[0] == '\0' || statvfs(folder, &volume) != 0) return true;
    return volume.f_bavail >= ROOM_BYTES_MIN / volume.f_frsize;
}

bool ready_answer(Visit *visit, Err *err)
{
    App *app      = visit->api->app;
    Arena *arena  = visit->request->arena;
    Caller caller = { .app = app, .arena = arena, .is_system = true, .door = "api" };
    LedgerHead head;
    Call *call;

    if (!call_open(&caller, CALL_READ, &call, err)) return false;
    bool done = ledger_head(call->db, arena, &head, err);
    call_end(call);
    if (!done) return false;
    if (app->read_only || !disk_has_room(app, arena)) return problem_answer(visit, PROBLEM_NOT_READY, (Str){ 0 });
    visit_json(visit, 200, "application/json", json_own(arena, json_pack("{s:s}", "status", "ready")));
    return true;
}
