/* SPDX-License-Identifier: Apache-2.0
 * What people type as the fields of a verb. Values are only put into JSON here; the engine judges them. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/command.h"
#include "record/value.h"

enum { INPUT_MAX = 4 << 20, SECRET_MAX = 1000 };

static bool usage(Err *err, Str what, const char *hint)
{
    return err_set(err, ERR_USAGE, 0, .what = what, .hint = str_from_c(hint));
}

/* ------------------------------------------------------------------------------------------------------- files */

static bool standard_input(Arena *arena, Str *text, Err *err)
{
    Buf all = buf_open(arena, INPUT_MAX);
    char piece[16384];
    size_t got;

    while ((got = fread(piece, 1, sizeof piece, stdin)) > 0 && !buf_overflowed(&all))
        buf_add(&all, (Str){ piece, got });
    *text = buf_str(&all);
    if (ferror(stdin)) return err_set(err, ERR_DISK, errno, .what = STR("could not read standard input"));
    return !buf_overflowed(&all) || err_set(err, ERR_LIMIT, 0, .what = STR("cannot take an input of more than 4 MiB"));
}

bool input_file(Arena *arena, Str path, Str *text, Err *err)
{
    bool read = str_eq_c(path, "-") ? standard_input(arena, text, err) : file_read(arena, path, INPUT_MAX, text, err);

    if (!read) return false;
    if (str_ends(*text, STR("\n"))) *text = str_slice(*text, 0, text->len - 1);
    if (str_ends(*text, STR("\r"))) *text = str_slice(*text, 0, text->len - 1);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- terminal */

static void secret_forget(void *bytes)
{
    secret_wipe(bytes, SECRET_MAX);
}

bool input_secret(Arena *arena, Str prompt, Str *secret, Err *err)
{
    FILE *terminal = fopen("/dev/tty", "r+e");
    struct termios shown, hidden;
    char *line = arena_alloc(arena, SECRET_MAX, 1);

    arena_defer(arena, secret_forget, line);
    if (terminal == NULL || tcgetattr(fileno(terminal), &shown) != 0) {
        if (terminal != NULL) fclose(terminal);
        return usage(err, STR("there is no terminal to ask for the password"),
                     "Give it in a file: --password-file FILE.");
    }
    hidden = shown;
    hidden.c_lflag &= ~(tcflag_t)ECHO;
    (void)tcsetattr(fileno(terminal), TCSAFLUSH, &hidden);
    (void)fprintf(terminal, "%.*s: ", STR_ARG(prompt));
    (void)fflush(terminal);
    bool read = fgets(line, SECRET_MAX, terminal) != NULL;
    (void)tcsetattr(fileno(terminal), TCSAFLUSH, &shown);
    (void)fputc('\n', terminal);
    fclose(terminal);
    *secret = str_from_c(read ? line : "");
    if (str_ends(*secret, STR("\n"))) *secret = str_slice(*secret, 0, secret->len - 1);
    return read || usage(err, STR("nothing was typed"), "Type the password and the return key.");
}

/* ------------------------------------------------------------------------------------------------------- fields */

static const Field number_field = { .name = "number", .kind = KIND_TEXT, .label = "Number" };
static const Field why_field    = { .name = "why", .kind = KIND_LONG, .label = "Why" };

static const Field *field_of(const Type *type, const Verb *verb, Str name)
{
    const Field *field = NULL;

    if (verb->input != NULL)
        field = shape_field(verb->input, name);
    else
        field = type_field(type, name);
    if (field != NULL && !(field->flags & SECRET)) return field;
    if (str_eq_c(name, "why")) return &why_field;
    return str_eq_c(name, "number") ? &number_field : NULL;
}

static void field_set(Command *command, json_t *input, const Field *field, Str text)
{
    Call call     = { .arena = command->arena };
    json_t *value = value_text_to_json(&call, field, text); /* the arena's, or a constant of the library */

    json_object_set(input, field->name, value);
}

static bool refuse_password(Command *command, const Field *field, Err *err)
{
    return usage(err, str_fmt(command->arena, "\"%s\" is not taken from the command line", field->label),
                 "Others could read it there. Leave it away and you are asked, or give a file: --password-file FILE.");
}

/* One option as a field; *taken says whether it was one. */
static bool option_take(Command *command, const Type *type, const Verb *verb, Option *option, json_t *input, Err *err)
{
    Str ending         = STR("_file");
    const Field *field = field_of(type, verb, option->name);
    Str text           = option->value;

    if (field != NULL && (field->flags & PASSWORD)) return refuse_password(command, field, err);
    if (field == NULL && str_ends(option->name, ending)) {
        field = field_of(type, verb, str_slice(option->name, 0, option->name.len - ending.len));
        if (field != NULL && !input_file(command->arena, option->value, &text, err)) return false;
    }
    if (field == NULL) return true;
    option->used = true;
    field_set(command, input, field, text);
    return true;
}

static bool passwords_ask(Command *command, const Verb *verb, json_t *input, Err *err)
{
    for (size_t i = 0; verb->input != NULL && i < verb->input->len; i++) {
        const Field *field = &verb->input->fields[i];
        Str secret         = { 0 };
        if (!(field->flags & PASSWORD) || json_object_get(input, field->name) != NULL) continue;
        if (!input_secret(command->arena, str_from_c(field->label), &secret, err)) return false;
        json_object_set_new(input, field->name, json_from_str(secret));
    }
    return true;
}

static bool input_object(Command *command, json_t **input, Err *err)
{
    Str path, text;

    *input = json_own(command->arena, json_object());
    if (!words_take(&command->words, "input", &path)) return true;
    if (!input_file(command->arena, path, &text, err)) return false;
    Err wrong = { 0 };
    if (!json_read(command->arena, text, input, &wrong) || !json_is_object(*input))
        return err_set(err, ERR_USAGE, 0, .what = STR("cannot read the input: it is no JSON object"),
                       .detail = str_from_c(wrong.detail), .hint = STR("Write {\"field\": value, …}."));
    return true;
}

bool input_read(Command *command, const Type *type, const Verb *verb, json_t **input, Err *err)
{
    /* an option in front of the verb is the program's own, whatever fields there are */
    if (field_of(type, verb, STR("input")) == NULL && !input_object(command, input, err)) return false;
    if (field_of(type, verb, STR("input")) != NULL) *input = json_own(command->arena, json_object());
    for (size_t i = 0; i < command->words.options.len; i++) {
        Option *option = &command->words.options.at[i];
        if (option->used || option->place < 2) continue;
        if (!option_take(command, type, verb, option, *input, err)) return false;
    }
    return passwords_ask(command, verb, *input, err);
}
