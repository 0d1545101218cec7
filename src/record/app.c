/* SPDX-License-Identifier: Apache-2.0
 * Opening an organisation. */
#include "record/app.h"

#include "ledger/verify.h"
#include "store/search.h"

/* The digest of the declaration that the tables were last brought to; empty: of none. */
static bool schema_applied(App *app, Arena *arena, Str *digest, Err *err)
{
    Db *db;

    if (!store_read(app->store, arena, &db, err)) return false;
    Query *query = query_open(db, STR("SELECT digest FROM store_schema WHERE id = 1"));
    *digest      = query_next(query) ? query_str(query, 0, arena) : (Str){ 0 };
    bool done    = query_close(query, err);
    db_end(db);
    return done;
}

/* An upgrade is an event: verification holds the tables against the last one. Tables changed by hand are not noted. */
static bool schema_note(App *app, Db *db, Arena *arena, Err *err)
{
    Ledger *ledger = ledger_begin(db, arena, app->world, world_now(app->world), err);
    return ledger != NULL && ledger_note_schema(ledger, err) && ledger_seal(ledger, err);
}

static bool app_prepare(Arena *arena, App *app, Err *err)
{
    Str before, after;
    Db *db;

    if (!schema_applied(app, arena, &before, err) || !schema_apply(app->store, registry_schema(app->registry), err) ||
        !schema_applied(app, arena, &after, err) || !search_prepare(app->store, err))
        return false;
    if (!store_write(app->store, arena, &db, err)) return false;
    bool done = ledger_prepare(db, arena, err) && (str_eq(before, after) || schema_note(app, db, arena, err)) &&
                db_commit(db, err);
    db_end(db);
    return done;
}

bool app_open(Arena *arena, const AppSettings *settings, App **out, Err *err)
{
    App *app = arena_new(arena, App);

    app->world     = settings->world;
    app->directory = settings->directory;
    app->registry  = registry_open(arena, settings->catalogue);
    if (!zone_open(STR("UTC"), &app->zone, err)) return false;
    if (!store_open(settings->address, settings->world, &app->store, err)) {
        app_close(app);
        return false;
    }
    if (settings->folder.len > 0) store_set_folder(app->store, settings->folder);
    if (!app_prepare(arena, app, err)) {
        app_close(app);
        return false;
    }
    *out = app;
    return true;
}

void app_close(App *app)
{
    if (app == NULL) return;
    store_close(app->store);
    zone_close(app->zone);
}
