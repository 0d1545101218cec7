/* SPDX-License-Identifier: Apache-2.0
 * Longest common subsequence (Wagner and Fischer 1974) over words, after the common ends are taken off: most edits
 * touch a few words of a long text, so the table stays small. A word carries the blanks behind it. */
#include "web/change.h"

enum { CELLS_MAX = 1 << 20 };

static StrList words_of(Arena *arena, Str text)
{
    StrList words = { 0 };
    size_t from   = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool ends = text.ptr[i] == ' ' || text.ptr[i] == '\n';
        if (ends && i + 1 < text.len && (text.ptr[i + 1] == ' ' || text.ptr[i + 1] == '\n')) continue;
        if (!ends && i + 1 < text.len) continue;
        *list_push(arena, &words) = str_slice(text, from, i + 1 - from);
        from                      = i + 1;
    }
    return words;
}

/* Adds `word` to the last run when that is of the same kind and goes on where it ended. */
static void add_run(Arena *arena, ChangeRuns *runs, ChangeKind kind, Str word)
{
    ChangeRun *last = runs->len > 0 ? &runs->at[runs->len - 1] : NULL;
    if (last != NULL && last->kind == kind && last->text.ptr + last->text.len == word.ptr) {
        last->text.len += word.len;
        return;
    }
    *list_push(arena, runs) = (ChangeRun){ kind, word };
}

static void add_all(Arena *arena, ChangeRuns *runs, ChangeKind kind, const StrList *words, size_t from, size_t end)
{
    for (size_t i = from; i < end; i++)
        add_run(arena, runs, kind, words->at[i]);
}

/* The words from `from` to before `end_old` and `end_new`, which differ at both ends. */
typedef struct {
    const StrList *old_words, *new_words;
    size_t from, end_old, end_new;
} Middle;

/* lengths[i * (new + 1) + j]: words in common from the i-th old and the j-th new word of the middle on. */
static uint16_t *common_lengths(Arena *arena, const Middle *m, size_t rows, size_t columns)
{
    uint16_t *lengths = arena_array(arena, uint16_t, (rows + 1) * (columns + 1));
    for (size_t i = rows; i-- > 0;) {
        for (size_t j = columns; j-- > 0;) {
            uint16_t *cell = &lengths[i * (columns + 1) + j];
            uint16_t below = cell[columns + 1], right = cell[1];
            bool same = str_eq(m->old_words->at[m->from + i], m->new_words->at[m->from + j]);
            *cell     = same ? (uint16_t)(cell[columns + 2] + 1) : below > right ? below : right;
        }
    }
    return lengths;
}

static void add_middle(Arena *arena, ChangeRuns *runs, const Middle *m)
{
    size_t rows = m->end_old - m->from, columns = m->end_new - m->from, i = 0, j = 0;
    bool small        = rows < UINT16_MAX && columns < UINT16_MAX && (rows + 1) * (columns + 1) <= CELLS_MAX;
    uint16_t *lengths = small ? common_lengths(arena, m, rows, columns) : NULL;
    while (small && i < rows && j < columns) {
        Str old_word = m->old_words->at[m->from + i], new_word = m->new_words->at[m->from + j];
        const uint16_t *cell = &lengths[i * (columns + 1) + j];
        if (str_eq(old_word, new_word)) {
            add_run(arena, runs, CHANGE_KEPT, old_word);
            i++;
            j++;
        } else if (cell[columns + 1] >= cell[1]) {
            add_run(arena, runs, CHANGE_REMOVED, old_word);
            i++;
        } else {
            add_run(arena, runs, CHANGE_ADDED, new_word);
            j++;
        }
    }
    add_all(arena, runs, CHANGE_REMOVED, m->old_words, m->from + i, m->end_old);
    add_all(arena, runs, CHANGE_ADDED, m->new_words, m->from + j, m->end_new);
}

ChangeRuns text_changes(Arena *arena, Str before, Str after)
{
    StrList old_words = words_of(arena, before), new_words = words_of(arena, after);
    Middle m        = { &old_words, &new_words, 0, old_words.len, new_words.len };
    ChangeRuns runs = { 0 };
    while (m.from < m.end_old && m.from < m.end_new && str_eq(old_words.at[m.from], new_words.at[m.from]))
        m.from++;
    while (m.end_old > m.from && m.end_new > m.from &&
           str_eq(old_words.at[m.end_old - 1], new_words.at[m.end_new - 1])) {
        m.end_old--;
        m.end_new--;
    }
    add_all(arena, &runs, CHANGE_KEPT, &old_words, 0, m.from);
    add_middle(arena, &runs, &m);
    add_all(arena, &runs, CHANGE_KEPT, &old_words, m.end_old, old_words.len);
    return runs;
}
