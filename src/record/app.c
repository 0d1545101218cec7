/* SPDX-License-Identifier: Apache-2.0
 * Opening an organisation. */
#include "record/app.h"

#include "store/search.h"

static bool app_prepare(Arena *arena, App *app, Err *err)
{
    Db *db;

    if (!schema_apply(app->store, registry_schema(app->registry), err) || !search_prepare(app->store, err))
        return false;
    if (!store_write(app->store, arena, &db, err)) return false;
    bool done = ledger_prepare(db, arena, err) && db_commit(db, err);
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
