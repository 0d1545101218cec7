/* SPDX-License-Identifier: Apache-2.0
 * Commands: from words to a question, from the answer to text, JSON or CSV, and an exit code. */
#include "cli/cli.h"

#include <pwd.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/command.h"

enum { COMMAND_BYTES_MAX = 768 << 20, TEXT_MAX = 128 << 20 };

/* ------------------------------------------------------------------------------------------------------- telling */

void command_print(FILE *to, Str text)
{
    if (text.len > 0) (void)fwrite(text.ptr, 1, text.len, to);
}

static void tell_err(Arena *arena, const Err *err)
{
    Str what = str_visible(arena, str_from_c(err->what)), detail = str_visible(arena, str_from_c(err->detail));
    Str hint = str_visible(arena, str_from_c(err->hint));

    fprintf(stderr, "plumbline: %.*s\n", STR_ARG(what));
    if (detail.len > 0) fprintf(stderr, "  %.*s\n", STR_ARG(detail));
    if (hint.len > 0) fprintf(stderr, "  %.*s\n", STR_ARG(hint));
}

static bool usage(Err *err, Str what, Str hint)
{
    return err_set(err, ERR_USAGE, 0, .what = what, .hint = hint);
}

/* "did you mean …" where a name is near, else where to look. */
static Str suggestion(Command *command, Str word, const StrList *names, const char *otherwise)
{
    Str near = words_nearest(command->arena, word, names);

    if (near.len == 0) return str_from_c(otherwise);
    return str_fmt(command->arena, "Did you mean \"%.*s\"?", STR_ARG(near));
}

/* ------------------------------------------------------------------------------------------------------- types */

static const char *const commands[] = { "init",       "serve", "search", "verify",  "prove",
                                        "indicators", "types", "help",   "content", "scenario" };
static const struct {
    const char *name;
    AskKind kind;
} readings[] = {
    { "list", ASK_LIST },       { "show", ASK_SHOW },     { "steps", ASK_STEPS },
    { "history", ASK_HISTORY }, { "export", ASK_EXPORT },
};

static Str name_plain(Arena *arena, Str word)
{
    Buf name = buf_open(arena, word.len + 1);

    for (size_t i = 0; i < word.len; i++)
        buf_add_byte(&name, word.ptr[i] == '-' ? '_' : word.ptr[i]);
    return buf_str(&name);
}

static const Type *type_named(const Command *command, Str word)
{
    Str name         = name_plain(command->arena, word);
    const Plan *plan = registry_find(command->registry, name);

    if (plan == NULL) plan = registry_find_plural(command->registry, name);
    return plan != NULL ? plan->type : NULL;
}

static bool no_such_command(Command *command, Str word, Err *err)
{
    StrList names = { 0 };

    for (size_t i = 0; i < countof(commands); i++)
        *list_push(command->arena, &names) = str_from_c(commands[i]);
    for (size_t i = 0; i < registry_len(command->registry); i++)
        *list_push(command->arena, &names) = name_dashed(command->arena, registry_at(command->registry, i)->type->name);
    return usage(err,
                 str_fmt(command->arena, "there is no command or type \"%.*s\"",
                         STR_ARG(str_visible(command->arena, str_slice(word, 0, 60)))),
                 suggestion(command, word, &names, "See: plumbline --help"));
}

static bool no_such_verb(Command *command, const Type *type, Str word, Err *err)
{
    const Inquiry *inquiry;
    VerbList verbs = { 0 };
    StrList names  = { 0 };
    size_t at      = 0;

    type_verbs(command->arena, type, &verbs);
    for (size_t i = 0; i < verbs.len; i++)
        *list_push(command->arena, &names) = str_from_c(verbs.at[i]->name);
    for (size_t i = 0; i < countof(readings); i++)
        *list_push(command->arena, &names) = str_from_c(readings[i].name);
    while ((inquiry = registry_inquiry(command->registry, type, &at)) != NULL)
        *list_push(command->arena, &names) = str_from_c(inquiry->name);
    Str hint = str_fmt(command->arena, "See: plumbline %.*s --help", STR_ARG(name_dashed(command->arena, type->name)));
    return usage(err,
                 str_fmt(command->arena, "a %s has no verb \"%.*s\"", type->name,
                         STR_ARG(str_visible(command->arena, str_slice(word, 0, 60)))),
                 suggestion(command, word, &names, str_to_c(command->arena, hint)));
}

static AskKind reading_named(const Command *command, const Type *type, Str word)
{
    if (registry_inquiry_find(command->registry, type, word) != NULL) return ASK_INQUIRY;
    for (size_t i = 0; i < countof(readings); i++) {
        if (str_eq_c(word, readings[i].name)) return readings[i].kind;
    }
    return ASK_KINDS;
}

/* ------------------------------------------------------------------------------------------------------- options */

static void program_options(Command *command)
{
    words_take(&command->words, "data", &command->data);
    words_take(&command->words, "folder", &command->folder);
    words_take(&command->words, "as", &command->as);
    words_take(&command->words, "now", &command->now);
}

bool command_check_options(Command *command, StrList *known, Err *err)
{
    static const char *const ours[] = { "data", "folder",   "as",  "now",   "json",
                                        "help", "revision", "key", "input", "as_of" };

    for (size_t i = 0; i < countof(ours); i++)
        *list_push(command->arena, known) = str_from_c(ours[i]);
    for (size_t i = 0; i < command->words.options.len; i++) {
        const Option *option = &command->words.options.at[i];
        if (option->used) continue;
        return usage(err,
                     str_fmt(command->arena, "there is no option \"--%.*s\" here",
                             STR_ARG(str_visible(command->arena, str_slice(option->name, 0, 60)))),
                     suggestion(command, option->name, known, "The same command with --help lists what there is."));
    }
    return true;
}

bool command_check_words(Command *command, size_t count, Err *err)
{
    if (command->words.len <= count) return true;
    return usage(err,
                 str_fmt(command->arena, "\"%.*s\" is one word too many",
                         STR_ARG(str_visible(command->arena, str_slice(words_at(&command->words, count), 0, 60)))),
                 STR("Quote values that hold blanks; the same command with --help shows what it takes."));
}

static void type_names(Command *command, const Type *type, StrList *names)
{
    for (size_t i = 0; i < type->fields_len; i++) {
        if (!(type->fields[i].flags & SECRET)) *list_push(command->arena, names) = str_from_c(type->fields[i].name);
    }
}

/* ------------------------------------------------------------------------------------------------------- asking */

static Str user_name(Arena *arena)
{
    struct passwd entry, *found = NULL;
    char bytes[2048];

    if (getpwuid_r(geteuid(), &entry, bytes, sizeof bytes, &found) != 0 || found == NULL) return (Str){ 0 };
    return str_dup(arena, str_from_c(entry.pw_name));
}

static Str asker(const Command *command)
{
    Str named = str_from_c(getenv("PLUMBLINE_AS"));

    if (command->as.len > 0) return command->as;
    return named.len > 0 ? named : user_name(command->arena);
}

void command_tell_problem(Command *command, const json_t *problem)
{
    Buf text  = buf_open(command->arena, TEXT_MAX);
    Show show = { .arena = command->arena, .notes = buf_open(command->arena, TEXT_MAX) };

    if (command->json) {
        json_write(&text, problem);
        buf_add_byte(&text, '\n');
        command_print(stdout, buf_str(&text));
        return;
    }
    show_problem(&show, problem);
    command_print(stderr, buf_str(&show.notes));
}

/* Only the owner of the files may say who asks: anybody else is told whom to ask. */
static bool refuse_stranger(Command *command, Str owner)
{
    json_t *problem =
        json_own(command->arena,
                 json_pack("{s:s,s:s,s:i,s:[{s:s,s:s,s:[s%],s:s}]}", "type", "urn:plumbline:problem:forbidden", "title",
                           "This store can be worked in by its owner only", "status", 403, "refusals", "rule", "owner",
                           "missing", "the store belongs to another user of this system", "who", owner.ptr, owner.len,
                           "next", "Work as that user, or through the web pages or the API."));
    command_tell_problem(command, problem);
    command->exit = outcome_exit(OUTCOME_FORBIDDEN);
    return true;
}

static bool missing_store(Command *command, const Place *place, Err *err)
{
    return err_set(err, ERR_MISSING, 0, .what = STR("there is no organisation here"),
                   .detail = str_fmt(command->arena, "\"%.*s\" holds no store.", STR_ARG(place->address)),
                   .hint   = STR("Make one: plumbline --data STORE init --name NAME."));
}

static bool zone_for(Str name, Zone **zone, Err *err)
{
    return zone_open(name.len > 0 ? name : STR("UTC"), zone, err);
}

static void zone_release(void *zone)
{
    zone_close(zone);
}

static bool tell_answer(Command *command, const LocalQuestion *question, const LocalAnswer *answer, Err *err)
{
    Show show  = { .arena    = command->arena,
                   .style    = text_style(),
                   .registry = command->registry,
                   .out      = buf_open(command->arena, TEXT_MAX),
                   .notes    = buf_open(command->arena, TEXT_MAX) };
    Zone *zone = NULL;

    command->exit = answer->exit;
    if (command->json) {
        command_print(stdout, answer->body);
        if (!str_ends(answer->body, STR("\n"))) (void)fputc('\n', stdout);
        return true;
    }
    if (!zone_for(answer->zone, &zone, err)) return false;
    arena_defer(command->arena, zone_release, zone);
    show.zone = zone;
    if (!show_answer(&show, question, answer, err)) return false;
    command_print(stdout, buf_str(&show.out));
    command_print(stderr, buf_str(&show.notes));
    return true;
}

/* Whoever is told that he may not ask has no answer, but an exit code. */
static bool ask_store(Command *command, const LocalQuestion *question, LocalAnswer *answer, Err *err)
{
    Place place;
    Str owner;

    if (!place_find(command->arena, command->data, command->folder, &place, err)) return false;
    if (!place_exists(command->arena, &place)) return missing_store(command, &place, err);
    if (!place_own(command->arena, &place, &owner)) return refuse_stranger(command, owner);
    return reach_ask(command, &place, question, answer, err);
}

static bool ask_and_tell(Command *command, const LocalQuestion *question, Err *err)
{
    LocalAnswer answer = { 0 };

    if (!ask_store(command, question, &answer, err)) return false;
    return command->exit != 0 || tell_answer(command, question, &answer, err);
}

/* ------------------------------------------------------------------------------------------------------- of types */

/* Conditions, sort and place of a list; the options behind word `from`. */
static void params_read(Command *command, const Type *type, size_t from, ParamList *params)
{
    static const char *const own[] = { "state", "q", "sort", "after", "before", "limit" };

    for (size_t i = 0; i < command->words.options.len; i++) {
        Option *option = &command->words.options.at[i];
        Str base       = str_slice(option->name, 0, str_index(option->name, '.'));
        bool is        = type_field(type, base) != NULL;
        for (size_t k = 0; k < countof(own); k++)
            is = is || str_eq_c(base, own[k]);
        if (!is || option->used || option->place < from) continue;
        option->used                       = true;
        *list_push(command->arena, params) = (Param){ option->name, option->value };
    }
}

static bool needs_number(Command *command, Err *err)
{
    if (words_at(&command->words, 2).len > 0) return true;
    return usage(err, STR("the number of a record is missing"),
                 str_fmt(command->arena, "Write it behind \"%.*s\".", STR_ARG(words_at(&command->words, 1))));
}

static bool run_reading(Command *command, const Type *type, AskKind kind, Err *err)
{
    bool is_list           = kind == ASK_LIST || kind == ASK_EXPORT;
    bool is_dated          = kind == ASK_SHOW || kind == ASK_STEPS;
    LocalQuestion question = { .kind = LOCAL_ASK, .ask = { .kind = kind, .type = str_from_c(type->name) } };
    StrList names          = { 0 };

    type_names(command, type, &names);
    if (is_list || kind == ASK_HISTORY)
        params_read(command, type, command->words.len > 1 ? 2 : 1, &question.ask.params);
    program_options(command);
    if (is_dated) words_take(&command->words, "as_of", &question.ask.as_of);
    if (kind == ASK_INQUIRY) question.ask.verb = words_at(&command->words, 1);
    if (!command_check_words(command, is_list ? 2 : 3, err) || !command_check_options(command, &names, err))
        return false;
    if (!is_list && !needs_number(command, err)) return false;
    question.as         = asker(command);
    question.ask.number = words_at(&command->words, 2);
    return ask_and_tell(command, &question, err);
}

/* ------------------------------------------------------------------------------------------------------- files */

/* Bytes for a terminal would be noise; anywhere else they go as they are. */
static bool file_keep(Command *command, Str output, Str media, Str bytes, Err *err)
{
    bool is_text = str_starts(media, STR("text/")) || str_eq_c(media, "application/json");

    if (output.len > 0 && !str_eq_c(output, "-"))
        return file_replace(command->program->world, command->arena, output, bytes, 0600, err);
    if (!is_text && isatty(STDOUT_FILENO))
        return usage(err, STR("this form is not for a terminal"), STR("Say where it goes: --output FILE."));
    command_print(stdout, bytes);
    return true;
}

/* "report export IA-26-04 --format docx --output FILE": a file made of one record. */
static bool run_file(Command *command, const Type *type, Err *err)
{
    LocalQuestion question = { .kind = LOCAL_ASK,
                               .ask  = { .kind   = ASK_FILE,
                                         .type   = str_from_c(type->name),
                                         .number = words_at(&command->words, 2),
                                         .form   = STR("pdf") } };
    StrList names          = { 0 };
    Str output             = { 0 };
    LocalAnswer answer     = { 0 };

    *list_push(command->arena, &names) = STR("format"), *list_push(command->arena, &names) = STR("output");
    words_take(&command->words, "format", &question.ask.form);
    words_take(&command->words, "output", &output);
    program_options(command);
    if (!command_check_words(command, 3, err) || !command_check_options(command, &names, err)) return false;
    question.as = asker(command);
    if (!ask_store(command, &question, &answer, err) || command->exit != 0) return command->exit != 0;
    if (str_eq_c(answer.media, "application/problem+json")) return tell_answer(command, &question, &answer, err);
    return file_keep(command, output, answer.media, answer.body, err);
}

static bool revision_take(Command *command, int64_t *revision, Err *err)
{
    Str text;

    if (!words_take(&command->words, "revision", &text) || str_to_i64(text, 1, INT64_MAX, revision)) return true;
    return usage(err, STR("--revision takes the number of a revision"), STR("\"show\" tells it."));
}

static bool run_verb(Command *command, const Type *type, const Verb *verb, Err *err)
{
    LocalQuestion question = { .kind = LOCAL_ASK, .ask = { .kind = ASK_VERB, .type = str_from_c(type->name) } };
    StrList names          = { 0 };
    json_t *input;

    if (!input_read(command, type, verb, &input, err)) return false;
    for (size_t i = 0; verb->input != NULL && i < verb->input->len; i++)
        *list_push(command->arena, &names) = str_from_c(verb->input->fields[i].name);
    if (verb->input == NULL) type_names(command, type, &names);
    program_options(command);
    words_take(&command->words, "key", &question.ask.idempotency_key);
    if (!revision_take(command, &question.ask.revision, err)) return false;
    if (!command_check_words(command, 3, err) || !command_check_options(command, &names, err)) return false;
    question.as         = asker(command);
    question.ask.verb   = str_from_c(verb->name);
    question.ask.number = words_at(&command->words, 2);
    question.ask.input  = input;
    return ask_and_tell(command, &question, err);
}

static Help help_open(const Command *command)
{
    return (Help){ .arena     = command->arena,
                   .style     = text_style(),
                   .registry  = command->registry,
                   .directory = command->program->directory,
                   .out       = buf_open(command->arena, TEXT_MAX) };
}

static const Verb *offered_verb(const Type *type, Str word)
{
    const Verb *verb = type_verb(type, word);
    return verb != NULL && !(verb->flags & VERB_INSIDE) ? verb : NULL;
}

static bool run_type(Command *command, const Type *type, Err *err)
{
    Str word         = command->words.len > 1 ? words_at(&command->words, 1) : STR("list");
    const Verb *verb = offered_verb(type, word);
    AskKind reading  = reading_named(command, type, word);

    if (verb == NULL && reading == ASK_KINDS) return no_such_verb(command, type, word, err);
    if (reading == ASK_EXPORT && command->words.len > 2) return run_file(command, type, err);
    return verb != NULL ? run_verb(command, type, verb, err) : run_reading(command, type, reading, err);
}

/* ------------------------------------------------------------------------------------------------------- commands */

static bool run_search(Command *command, Err *err)
{
    LocalQuestion question = { .kind = LOCAL_ASK, .ask = { .kind = ASK_SEARCH } };
    StrList words = { 0 }, names = { 0 };

    program_options(command);
    if (!command_check_options(command, &names, err)) return false;
    for (size_t i = 1; i < command->words.len; i++)
        *list_push(command->arena, &words) = command->words.at[i];
    if (words.len == 0) return usage(err, STR("there is nothing to search for"), STR("Write words behind \"search\"."));
    *list_push(command->arena, &question.ask.params) = (Param){ STR("q"), str_join(command->arena, &words, STR(" ")) };
    question.as                                      = asker(command);
    return ask_and_tell(command, &question, err);
}

static bool run_verify(Command *command, Err *err)
{
    LocalQuestion question = { .kind = LOCAL_VERIFY, .depth = VERIFY_FULL };
    StrList names          = { 0 };
    Str path;

    *list_push(command->arena, &names) = STR("quick"), *list_push(command->arena, &names) = STR("against");
    program_options(command);
    if (words_flag(&command->words, "quick")) question.depth = VERIFY_QUICK;
    if (words_flag(&command->words, "full")) question.depth = VERIFY_FULL;
    if (words_take(&command->words, "against", &path)) {
        if (!input_file(command->arena, path, &question.against, err)) return false;
        question.against = str_fmt(command->arena, "%.*s\n", STR_ARG(question.against)); /* a note ends its last line */
    }
    if (!command_check_words(command, 1, err) || !command_check_options(command, &names, err)) return false;
    return ask_and_tell(command, &question, err);
}

static bool run_prove(Command *command, Err *err)
{
    LocalQuestion question = { .kind = LOCAL_PROVE };
    StrList names          = { 0 };

    program_options(command);
    if (!command_check_words(command, 2, err) || !command_check_options(command, &names, err)) return false;
    if (!str_to_i64(words_at(&command->words, 1), 0, INT64_MAX, &question.event))
        return usage(err, STR("\"prove\" takes the number of an event"), STR("The history of a record shows them."));
    return ask_and_tell(command, &question, err);
}

/* Unnamed, the owner of the store asks as such: PLUMBLINE_AS or --as asks as a person. */
static bool run_indicators(Command *command, Err *err)
{
    LocalQuestion question = { .kind = LOCAL_INDICATORS };
    StrList names          = { 0 };

    program_options(command);
    words_take(&command->words, "as_of", &question.as_of);
    if (!command_check_words(command, 1, err) || !command_check_options(command, &names, err)) return false;
    question.as = command->as.len > 0 ? command->as : str_from_c(getenv("PLUMBLINE_AS"));
    return ask_and_tell(command, &question, err);
}

static bool run_serve(Command *command, Err *err)
{
    ServeSettings settings = { 0 };
    StrList names          = { 0 };
    App *app;
    Str owner;

    program_options(command);
    words_take(&command->words, "listen", &settings.listen),
        words_take(&command->words, "tls_cert", &settings.certificate);
    words_take(&command->words, "tls_key", &settings.key), words_take(&command->words, "host", &settings.hosts);
    words_take(&command->words, "trusted_proxy", &settings.proxies);
    if (!command_check_words(command, 1, err) || !command_check_options(command, &names, err)) return false;
    if (!place_find(command->arena, command->data, command->folder, &settings.place, err)) return false;
    if (!place_exists(command->arena, &settings.place)) return missing_store(command, &settings.place, err);
    if (!place_own(command->arena, &settings.place, &owner)) return refuse_stranger(command, owner);
    return reach_open(command, &settings.place, &app, err) &&
           command->program->serve(command->arena, app, &settings, err);
}

static bool run_init(Command *command, Err *err)
{
    program_options(command);
    return init_run(command, err);
}

static bool run_scenario(Command *command, Err *err)
{
    program_options(command);
    return scenario_run(command, err);
}

static bool run_content(Command *command, Err *err)
{
    program_options(command);
    if (command->as.len == 0) command->as = asker(command);
    return content_run(command, err);
}

static bool run_types(Command *command, Err *err)
{
    Help help = help_open(command);

    (void)err;
    if (command->json) {
        json_write(&help.out, help_types_json(command->arena, command->registry));
        buf_add_byte(&help.out, '\n');
    } else {
        help_types(&help);
    }
    command_print(stdout, buf_str(&help.out));
    return true;
}

/* What stands in front of --help, or behind "help". */
static bool run_help(Command *command, Err *err)
{
    size_t first = str_eq_c(words_at(&command->words, 0), "help") ? 1 : 0;
    Str what = words_at(&command->words, first), which = words_at(&command->words, first + 1);
    const Type *type = what.len > 0 ? type_named(command, what) : NULL;
    const Verb *verb = type != NULL && which.len > 0 ? offered_verb(type, which) : NULL;
    Help help        = help_open(command);

    if (sample_help(command, first, &help) && verb != NULL) buf_add_c(&help.out, "\nOf a sample on record:\n\n");
    if (what.len == 0)
        help_program(&help);
    else if (verb != NULL)
        help_verb(&help, type, verb);
    else if (type != NULL && which.len > 0 && help.out.len == 0 && !help_reading(&help, type, which))
        return no_such_verb(command, type, which, err);
    else if (type != NULL && which.len == 0)
        help_type(&help, type);
    else if (type == NULL && !help_command(&help, what))
        return no_such_command(command, what, err);
    command_print(stdout, buf_str(&help.out));
    return true;
}

static bool command_run(Command *command, Err *err)
{
    static const struct {
        const char *name;
        bool (*run)(Command *command, Err *err);
    } own[]  = { { "init", run_init },         { "serve", run_serve },     { "search", run_search },
                 { "verify", run_verify },     { "prove", run_prove },     { "indicators", run_indicators },
                 { "scenario", run_scenario }, { "content", run_content }, { "types", run_types },
                 { "help", run_help } };
    Str word = words_at(&command->words, 0);

    if (command->help) return run_help(command, err);
    if (word.len == 0) return usage(err, STR("nothing is asked for"), STR("See: plumbline --help"));
    for (size_t i = 0; i < countof(own); i++) {
        if (str_eq_c(word, own[i].name)) return own[i].run(command, err);
    }
    if (sample_is_asked(command)) return sample_run(command, err);
    const Type *type = type_named(command, word);
    return type != NULL ? run_type(command, type, err) : no_such_command(command, word, err);
}

/* ------------------------------------------------------------------------------------------------------- all */

static bool command_start(Command *command, int argc, char **argv, Err *err)
{
    if (!words_read(command->arena, argc, argv, &command->words, err)) return false;
    command->json     = words_flag(&command->words, "json");
    command->help     = words_flag(&command->words, "help");
    command->data     = str_from_c(getenv("PLUMBLINE_DATA"));
    command->registry = registry_open(command->arena, command->program->catalogue);
    return command_run(command, err);
}

int cli_run(const Program *program, int argc, char **argv)
{
    Arena *arena = arena_open(COMMAND_BYTES_MAX);
    Err err      = { 0 };

    if (arena == NULL || !ARENA_TRY(arena)) {
        fputs("plumbline: there is no memory for this\n", stderr);
        arena_close(arena);
        return EXIT_WORLD;
    }
    Command *command = arena_new(arena, Command);
    command->program = program;
    command->arena   = arena;
    bool done        = command_start(command, argc, argv, &err);
    if (!done) tell_err(arena, &err);
    int code = done ? command->exit : local_exit(&err);
    if (fflush(stdout) != 0 && code == 0) {
        fputs("plumbline: could not write the answer to standard output\n", stderr);
        code = EXIT_WORLD;
    }
    arena_close(arena);
    return code;
}
