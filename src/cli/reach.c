/* SPDX-License-Identifier: Apache-2.0
 * Who answers a command. A store has one owner at a time: the server, another command that is about to end, or us. */
#include <poll.h>

#include "base/log.h"
#include "cli/command.h"
#include "cli/demo.h"
#include "exchange/local_socket.h"
#include "org/organisation.h"

enum { TRIES = 100, TRY_MS = 100 }; /* as long as a command or a starting server may take */

static void app_release(void *app)
{
    app_close(app);
}

bool reach_open(Command *command, const Place *place, App **app, Err *err)
{
    AppSettings settings = { .address   = place->address,
                             .folder    = place->is_folder ? (Str){ 0 } : place->folder,
                             .catalogue = command->program->catalogue,
                             .directory = command->program->directory,
                             .world     = command->program->world };

    Demo demo;

    if (!demo_find(command->arena, place->folder, &demo, err) ||
        !demo_clock(command->arena, &demo, command->now, command->program->world, err))
        return false;
    if (!app_open(command->arena, &settings, app, err)) return false;
    arena_defer(command->arena, app_release, *app);
    return organisation_apply(*app, command->arena, err) && proof_key_open(*app, command->arena, err) &&
           demo_belongs(command->arena, &demo, *app, err);
}

/* A process that serves has its own clock. */
static bool refuse_clock(Err *err)
{
    return err_set(err, ERR_USAGE, 0, .what = STR("--now does not reach a process that serves"),
                   .detail = STR("It answers commands by its own clock."),
                   .hint   = STR("Stop it first, or leave --now away."));
}

static bool changes_something(const LocalQuestion *question)
{
    return question->kind == LOCAL_ASK && question->ask.kind == ASK_VERB;
}

/* The record is signed while we own it: afterwards nobody may come for a long time. A checkpoint that cannot be made
 * takes nothing back that was done. */
static void checkpoint(Command *command, App *app)
{
    Err err = { 0 };

    if (app->signer == NULL) return;
    if (!ledger_checkpoint_make(app->store, command->arena, app->signer, &err)) log_err("checkpoint", &err);
}

static bool answer_here(Command *command, const Place *place, const LocalQuestion *question, LocalAnswer *answer,
                        Err *err)
{
    App *app;

    if (!reach_open(command, place, &app, err)) return false;
    if (question->kind == LOCAL_PROVE) checkpoint(command, app);
    if (!local_answer(app, command->arena, question, answer, err)) return false;
    if (changes_something(question) && answer->status == 200) checkpoint(command, app);
    return true;
}

bool reach_ask(Command *command, const Place *place, const LocalQuestion *question, LocalAnswer *answer, Err *err)
{
    for (int i = 0; i < TRIES; i++) {
        ArenaMark mark = arena_mark(command->arena);
        int server;
        *err = (Err){ 0 };
        if (!local_connect(command->arena, place->folder, &server, err)) return false;
        if (server >= 0 && command->now.len > 0) return refuse_clock(err);
        if (server >= 0) return local_request(command->arena, server, question, answer, err);
        if (answer_here(command, place, question, answer, err)) return true;
        if (err->code != ERR_BUSY) return false;
        arena_rewind(command->arena, mark); /* closes what was opened */
        (void)poll(NULL, 0, TRY_MS);
    }
    return false;
}
