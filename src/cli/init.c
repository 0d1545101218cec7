/* SPDX-License-Identifier: Apache-2.0
 * init: from an empty folder to an organisation that people can sign in to. Each part is made once; a second init makes
 * what the first one left away (the administrator), and says so when there is nothing left to make. */
#include <string.h>

#include "cli/command.h"
#include "org/found.h"
#include "org/organisation.h"

typedef struct {
    Founding founding;
    bool has_record; /* the organisation has its record already */
} Init;

static bool usage(Err *err, const char *what, const char *hint)
{
    return err_set(err, ERR_USAGE, 0, .what = str_from_c(what), .hint = str_from_c(hint));
}

/* From a file, the environment, or the terminal, twice. Never from the command line. */
static bool password_get(Command *command, Str *password, Err *err)
{
    const char *given = getenv("PLUMBLINE_PASSWORD");
    Str path, again;

    if (words_take(&command->words, "password_file", &path)) {
        if (!input_file(command->arena, path, password, err)) return false;
        str_cut(&(Str){ password->ptr, password->len }, '\n', password);
        return true;
    }
    if (given != NULL) {
        *password = str_from_c(given);
        return true;
    }
    if (!input_secret(command->arena, STR("Password of the administrator"), password, err) ||
        !input_secret(command->arena, STR("The same again"), &again, err))
        return false;
    return str_eq(*password, again) || usage(err, "the two passwords differ", "Run init again.");
}

static bool password_is_open(Err *err)
{
    return usage(err, "the password is not taken from the command line",
                 "Others could read it there. Leave it away and you are asked, or give a file: --password-file FILE.");
}

static bool init_read(Command *command, Init *init, Err *err)
{
    static const char *const names[] = { "name", "zone", "admin", "login", "mail", "password_file" };
    Founding *founding               = &init->founding;
    Words *words                     = &command->words;
    StrList known                    = { 0 };

    founding->zone = STR("UTC");
    words_take(words, "name", &founding->name), words_take(words, "zone", &founding->zone);
    words_take(words, "admin", &founding->person), words_take(words, "login", &founding->login);
    words_take(words, "mail", &founding->mail);
    if (words_flag(words, "password")) return password_is_open(err);
    if ((founding->person.len == 0) != (founding->login.len == 0))
        return usage(err, "--admin and --login belong together",
                     "Give the person's name and the name to sign in with.");
    if (founding->person.len > 0 && !password_get(command, &founding->password, err)) return false;
    for (size_t i = 0; i < countof(names); i++)
        *list_push(command->arena, &known) = str_from_c(names[i]);
    return command_check_words(command, 1, err) && command_check_options(command, &known, err);
}

static bool init_look(Command *command, App *app, Init *init, Err *err)
{
    Caller caller = { .app = app, .arena = command->arena, .is_system = true, .door = "cli" };
    Organisation organisation;
    Call *call;

    if (!call_open(&caller, CALL_READ, &call, err)) return false;
    bool done = organisation_load(call, &organisation, &init->has_record, err);
    call_end(call);
    if (!done) return false;
    if (!init->has_record && init->founding.name.len == 0)
        return usage(err, "the organisation has no name yet", "Give it: --name NAME.");
    if (init->has_record && init->founding.person.len == 0)
        return usage(err, "this organisation has its record already",
                     "Nothing was changed. To add the first "
                     "administrator: --admin NAME --login LOGIN.");
    if (init->has_record) init->founding.name = (Str){ 0 };
    return true;
}

static void init_show_problem(Command *command, Call *call, const Outcome *outcome)
{
    Show show = { .arena = command->arena, .notes = buf_open(command->arena, 1 << 20) };

    show_problem(&show, outcome_json(call, outcome));
    fwrite(show.notes.ptr, 1, show.notes.len, stderr);
    command->exit = outcome_exit(outcome->kind);
}

static void init_say(Command *command, const App *app, const Place *place, const Init *init)
{
    printf("The organisation's store is \"%.*s\".\n", STR_ARG(place->address));
    printf("Key that others check its record by; keep a copy apart from this machine:\n\n    %.*s\n\n",
           STR_ARG(proof_key_text(app, command->arena)));
    printf("Next:\n    export PLUMBLINE_DATA='%.*s'", STR_ARG(place->address));
    if (init->founding.login.len > 0) printf(" PLUMBLINE_AS='%.*s'", STR_ARG(init->founding.login));
    printf("\n    plumbline serve        and open http://127.0.0.1:8440%s\n",
           init->founding.login.len > 0 ? ""
                                        : " with the /setup address that it prints: there is no administrator yet");
    printf("    plumbline --help       for what can be done from here\n");
}

static bool init_found(Command *command, App *app, Init *init, Err *err)
{
    Caller caller = { .app = app, .arena = command->arena, .is_system = true, .door = "cli" };
    Outcome outcome;
    Call *call;

    if (!organisation_found(&caller, &init->founding, &call, &outcome, err)) return false;
    if (outcome.kind != OUTCOME_DONE) init_show_problem(command, call, &outcome);
    call_end(call);
    if (outcome.kind != OUTCOME_DONE) return true;
    if (app->signer == NULL && !proof_key_make(app, command->arena, err)) return false;
    return ledger_checkpoint_make(app->store, command->arena, app->signer, err);
}

bool init_run(Command *command, Err *err)
{
    Init init = { 0 };
    Place place;
    App *app;
    Str owner;

    if (!place_find(command->arena, command->data, command->folder, &place, err) || !init_read(command, &init, err))
        return false;
    if (!place_own(command->arena, &place, &owner))
        return err_set(err, ERR_PERMISSION, 0, .what = STR("cannot make a store in a folder of somebody else"),
                       .detail = str_fmt(command->arena, "It belongs to \"%.*s\".", STR_ARG(owner)));
    if (!place.is_folder && !place_make(command->arena, &place, err)) return false;
    if (!reach_open(command, &place, &app, err) || !init_look(command, app, &init, err)) return false;
    if (!init_found(command, app, &init, err)) return false;
    if (command->exit == 0) init_say(command, app, &place, &init);
    return true;
}
