/* SPDX-License-Identifier: Apache-2.0
 * Words and options. Nothing here knows a command: that keeps one rule for all of them. */
#include "cli/words.h"

#include "base/buf.h"

static const char *const flags[] = { "json", "help", "quick", "full", "demo" };

static bool is_flag(Str name)
{
    for (size_t i = 0; i < countof(flags); i++) {
        if (str_eq_c(name, flags[i])) return true;
    }
    return false;
}

static bool usage(Err *err, Str what, const char *hint)
{
    return err_set(err, ERR_USAGE, 0, .what = what, .hint = str_from_c(hint));
}

static Str option_name(Arena *arena, Str word)
{
    Buf name = buf_open(arena, word.len + 1);

    for (size_t i = 0; i < word.len; i++)
        buf_add_byte(&name, word.ptr[i] == '-' ? '_' : word.ptr[i]);
    return buf_str(&name);
}

/* One option; *used is the number of words it took. */
static bool option_read(Arena *arena, Words *out, Str word, const char *next, int *used, Err *err)
{
    size_t equals = str_index(word, '=');
    Str name = option_name(arena, str_slice(word, 0, equals)), value = str_slice(word, equals + 1, word.len);
    bool is_whole = equals < word.len || is_flag(name);

    if (!is_whole && next == NULL)
        return usage(err, str_fmt(arena, "--%.*s needs a value", STR_ARG(str_visible(arena, word))),
                     "Write it behind the option: --name value.");
    if (!is_whole) value = str_from_c(next);
    *used                            = is_whole ? 1 : 2;
    *list_push(arena, &out->options) = (Option){ .name = name, .value = value, .place = out->len };
    return true;
}

static bool word_is_fine(Arena *arena, Str word, Err *err)
{
    if (word.len > WORD_MAX)
        return usage(err, STR("a word of the command line is too long"), "Give long texts with --input FILE.");
    if (str_is_utf8(word)) return true;
    return usage(err, str_fmt(arena, "\"%.*s\" is not UTF-8", STR_ARG(str_visible(arena, str_slice(word, 0, 60)))),
                 "Use a terminal that writes UTF-8, or --input FILE.");
}

bool words_read(Arena *arena, int argc, char **argv, Words *out, Err *err)
{
    bool options_end = false;
    int used;

    *out = (Words){ 0 };
    if (argc > WORDS_MAX) return usage(err, STR("the command line has too many words"), "Use --input FILE.");
    for (int i = 1; i < argc; i++) {
        if (!word_is_fine(arena, str_from_c(argv[i]), err)) return false;
    }
    for (int i = 1; i < argc; i += used) {
        Str word = str_from_c(argv[i]);
        used     = 1;
        if (options_end || word.len < 2 || !str_starts(word, STR("-")))
            *list_push(arena, out) = word;
        else if (str_eq_c(word, "--"))
            options_end = true;
        else if (str_eq_c(word, "-h"))
            *list_push(arena, &out->options) = (Option){ .name = STR("help"), .place = out->len };
        else if (!str_starts(word, STR("--")))
            return usage(err, str_fmt(arena, "\"%.*s\" is no option", STR_ARG(str_visible(arena, word))),
                         "Options begin with two dashes; \"--\" in front of a word that begins with one.");
        else if (!option_read(arena, out, str_slice(word, 2, word.len), i + 1 < argc ? argv[i + 1] : NULL, &used, err))
            return false;
    }
    return true;
}

Str words_at(const Words *words, size_t index)
{
    return index < words->len ? words->at[index] : (Str){ 0 };
}

bool words_take(Words *words, const char *name, Str *value)
{
    bool found = false;

    for (size_t i = 0; i < words->options.len; i++) {
        Option *option = &words->options.at[i];
        if (option->used || !str_eq_c(option->name, name)) continue;
        option->used = found = true;
        *value               = option->value;
    }
    return found;
}

bool words_flag(Words *words, const char *name)
{
    Str ignored;
    return words_take(words, name, &ignored);
}

/* ------------------------------------------------------------------------------------------------------- nearest */

enum { NEAR_MAX = 40 };

/* Levenshtein's distance in bytes; both at most NEAR_MAX long. */
static size_t distance(Str a, Str b)
{
    size_t row[NEAR_MAX + 1];

    for (size_t k = 0; k <= b.len; k++)
        row[k] = k;
    for (size_t i = 1; i <= a.len; i++) {
        size_t corner = row[0];
        row[0]        = i;
        for (size_t k = 1; k <= b.len; k++) {
            size_t change = corner + (a.ptr[i - 1] != b.ptr[k - 1]);
            size_t least  = row[k] < row[k - 1] ? row[k] + 1 : row[k - 1] + 1;
            corner        = row[k];
            row[k]        = change < least ? change : least;
        }
    }
    return row[b.len];
}

Str words_nearest(Arena *arena, Str word, const StrList *names)
{
    Str lower = str_lower(arena, word), nearest = { 0 };
    size_t least = 1 + word.len / 3; /* more than every third letter wrong is another word */

    for (size_t i = 0; i < names->len && word.len <= NEAR_MAX; i++) {
        if (names->at[i].len > NEAR_MAX) continue;
        size_t apart = distance(lower, names->at[i]);
        if (apart > least || (nearest.len > 0 && apart == least)) continue;
        least   = apart;
        nearest = names->at[i];
    }
    return nearest;
}
