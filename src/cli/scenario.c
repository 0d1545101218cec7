/* SPDX-License-Identifier: Apache-2.0
 * scenario: an organisation and its history from a file. content: the built-in outline of the standard. Both write much
 * in one transaction, so they own the store while they run. */
#include <stdio.h>

#include "base/file.h"
#include "cli/command.h"
#include "cli/demo.h"
#include "exchange/audit_report.h"
#include "exchange/scenario.h"
#include "org/content_files.h"
#include "org/content_load.h"
#include "record/proof.h"

static bool usage(Err *err, const char *what, const char *hint)
{
    return err_set(err, ERR_USAGE, 0, .what = str_from_c(what), .hint = str_from_c(hint));
}

static bool place_take(Command *command, Place *place, Err *err)
{
    Str owner;

    if (!place_find(command->arena, command->data, command->folder, place, err)) return false;
    if (place_own(command->arena, place, &owner)) return true;
    return err_set(err, ERR_PERMISSION, 0, .what = STR("cannot write to a store of somebody else"),
                   .detail = str_fmt(command->arena, "It belongs to \"%.*s\".", STR_ARG(owner)));
}

/* ------------------------------------------------------------------------------------------------------- scenario */

typedef struct {
    ScenarioSettings settings;
    bool demo;
} Wanted;

static bool wanted_read(Command *command, Wanted *wanted, Err *err)
{
    static const char *const names[] = { "until", "accounts", "demo" };
    StrList known                    = { 0 };
    Str until = { 0 }, accounts = { 0 }, rest;

    words_take(&command->words, "until", &until), words_take(&command->words, "accounts", &accounts);
    wanted->demo = words_flag(&command->words, "demo");
    for (size_t i = 0; i < countof(names); i++)
        *list_push(command->arena, &known) = str_from_c(names[i]);
    if (!command_check_words(command, 2, err) || !command_check_options(command, &known, err)) return false;
    if (words_at(&command->words, 1).len == 0)
        return usage(err, "the file is missing", "Write it behind \"scenario\".");
    if (until.len > 0 && !date_from_iso(until, &wanted->settings.until))
        return usage(err, "--until takes a day", "Write it as 2026-11-16.");
    if (accounts.len > 0) {
        if (!input_file(command->arena, accounts, &rest, err)) return false;
        str_cut(&rest, '\n', &wanted->settings.password);
        if (wanted->settings.password.len == 0)
            return usage(err, "there is no password in the file of --accounts", "Write it into its first line.");
    }
    return file_read(command->arena, words_at(&command->words, 1), SCENARIO_BYTES_MAX, &wanted->settings.text, err);
}

static void scenario_say(const Command *command, const Place *place, const ScenarioResult *result)
{
    printf("%zu people, %zu dated steps, %zu verbs: \"%.*s\".\n", result->people, result->steps, result->verbs,
           STR_ARG(place->address));
    if (result->first_login.len > 0)
        printf("Sign in as \"%.*s\", for example; the name is the person's id without \"p-\".\n",
               STR_ARG(result->first_login));
    (void)command;
}

/* The key that signs comes with the store, as with init. */
static bool scenario_seal(Command *command, App *app, Err *err)
{
    if (app->signer == NULL && !proof_key_make(app, command->arena, err)) return false;
    return ledger_checkpoint_make(app->store, command->arena, app->signer, err);
}

/* Reports whose text the history knows get their file, as those issued later do at once. */
static bool scenario_reports(Command *command, App *app, Err *err)
{
    Caller program = { .app = app, .arena = command->arena, .is_system = true, .door = "scenario" };
    size_t attached;

    return reports_attach_missing(&program, &attached, err);
}

bool scenario_run(Command *command, Err *err)
{
    Wanted wanted = { 0 };
    ScenarioResult result;
    Place place;
    App *app;

    if (!wanted_read(command, &wanted, err) || !place_take(command, &place, err)) return false;
    if (!place.is_folder && !place_make(command->arena, &place, err)) return false;
    if (!reach_open(command, &place, &app, err)) return false;
    if (!scenario_load(app, command->arena, &wanted.settings, &result, err)) return false;
    *command->program->world = world_at(result.ends);
    if (!scenario_reports(command, app, err) || !scenario_seal(command, app, err)) return false;
    if (wanted.demo && !demo_make(command->arena, place.folder, app, result.ends, err)) return false;
    scenario_say(command, &place, &result);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- content */

static bool content_as(Command *command, App *app, Call **call, ContentLoaded *loaded, Outcome *outcome, Err *err)
{
    Caller caller      = { .app = app, .arena = command->arena, .door = "cli" };
    ContentFiles files = content_files_27001();
    Content content;

    if (!content_read(command->arena, &files, &content, err)) return false;
    if (!local_asker(app, command->arena, command->as, &caller.who, err)) return false;
    if (!call_open(&caller, CALL_WRITE, call, err)) return false;
    return content_load(*call, &content, loaded, outcome, err) &&
           (outcome->kind != OUTCOME_DONE || db_commit((*call)->db, err));
}

static void content_say(Command *command, Call *call, const ContentLoaded *loaded, const Outcome *outcome)
{
    Show show = { .arena = command->arena, .notes = buf_open(command->arena, 1 << 20) };

    command->exit = outcome_exit(outcome->kind);
    if (outcome->kind == OUTCOME_DONE) {
        printf("Version " CONTENT_VERSION ": %zu records made, %zu changed, %zu ended.\n", loaded->made,
               loaded->changed, loaded->ended);
        return;
    }
    show_problem(&show, outcome_json(call, outcome));
    fwrite(show.notes.ptr, 1, show.notes.len, stderr);
}

bool content_run(Command *command, Err *err)
{
    StrList none = { 0 };
    ContentLoaded loaded;
    Outcome outcome;
    Place place;
    Call *call = NULL;
    App *app;

    if (!command_check_words(command, 2, err) || !command_check_options(command, &none, err)) return false;
    if (!str_eq_c(words_at(&command->words, 1), "load"))
        return usage(err, "\"content\" knows one thing to do", "content load");
    if (!place_take(command, &place, err) || !reach_open(command, &place, &app, err)) return false;
    if (!content_as(command, app, &call, &loaded, &outcome, err)) {
        call_end(call);
        return false;
    }
    content_say(command, call, &loaded, &outcome);
    call_end(call);
    return app->signer == NULL || ledger_checkpoint_make(app->store, command->arena, app->signer, err);
}
