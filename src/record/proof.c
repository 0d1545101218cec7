/* SPDX-License-Identifier: Apache-2.0
 * The signing key of an organisation lies in a folder of its own, apart from what the database holds. */
#include "record/proof.h"

#include "base/file.h"
#include "record/replay.h"

static Str key_folder(const App *app, Arena *arena)
{
    return str_fmt(arena, "%.*s/keys", STR_ARG(store_folder(app->store)));
}

bool proof_key_open(App *app, Arena *arena, Err *err)
{
    Str folder = key_folder(app, arena);

    if (!file_exists(arena, str_fmt(arena, "%.*s/signer.key", STR_ARG(folder)))) return true;
    app->signer = signer_open(app->world, arena, folder, err);
    return app->signer != NULL || err_context(err, "opening the signing key");
}

bool proof_key_make(App *app, Arena *arena, Err *err)
{
    Str folder = key_folder(app, arena);
    Db *db;

    if (!folder_make(arena, folder, err) ||
        !signer_make(app->world, arena, folder, signer_origin(app->world, arena), err) ||
        !proof_key_open(app, arena, err))
        return false;
    if (!store_write(app->store, arena, &db, err)) return false;
    bool done = ledger_key_add(db, arena, &app->signer->verifier, err) && db_commit(db, err);
    db_end(db);
    return done;
}

Str proof_key_text(const App *app, Arena *arena)
{
    return app->signer != NULL ? note_verifier_write(arena, &app->signer->verifier) : (Str){ 0 };
}

bool proof_verify(App *app, Arena *arena, VerifyDepth depth, VerifyReport *out, Err *err)
{
    VerifyOptions options = { .depth = depth, .signer = app->signer, .rows = replay_open(arena, app->registry) };
    Db *db;

    if (!store_read(app->store, arena, &db, err)) return false;
    bool done = verify_run(db, arena, &options, out, err);
    db_end(db);
    return done;
}

/* ------------------------------------------------------------------------------------------------------- in JSON */

static void set_str(json_t *object, const char *name, Str value)
{
    json_object_set_new(object, name, json_from_str(value));
}

static json_t *failures_json(const VerifyReport *report)
{
    json_t *array = json_array();

    for (size_t i = 0; i < report->len; i++) {
        const VerifyFailure *failure = &report->at[i];
        json_t *object               = json_object();
        set_str(object, "found", str_from_c(verify_found_name(failure->found)));
        json_object_set_new(object, "event", failure->number >= 0 ? json_integer(failure->number) : json_null());
        set_str(object, "entity", failure->entity);
        set_str(object, "detail", failure->detail);
        json_array_append_new(array, object);
    }
    return array;
}

static const char *result_name(VerifyExit result)
{
    switch (result) {
    case VERIFY_WHOLE: return "whole";
    case VERIFY_TAMPERED: return "tampered";
    case VERIFY_INCOMPLETE: return "incomplete";
    case VERIFY_UNABLE: break;
    }
    return "unable";
}

json_t *proof_report_json(Arena *arena, const VerifyReport *report)
{
    json_t *object = json_own(arena, json_object()), *good = json_object();

    set_str(object, "result", str_from_c(result_name(verify_exit(report))));
    json_object_set_new(object, "from", json_integer(report->from));
    json_object_set_new(object, "size", json_integer(report->size));
    set_str(object, "root", hash_to_hex(arena, &report->root));
    json_object_set_new(object, "erased", json_integer(report->erased));
    json_object_set_new(object, "failures_total", json_integer((json_int_t)report->failures));
    json_object_set_new(object, "failures", failures_json(report));
    json_object_set_new(good, "size", json_integer(report->good.size));
    set_str(good, "note", report->good.note);
    json_object_set_new(object, "last_good_checkpoint", good);
    return object;
}
