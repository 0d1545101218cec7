/* SPDX-License-Identifier: Apache-2.0
 * Finding a record. What reads as a number of one record goes straight there: "f12" is F-012, "ia26-5" is IA-26-05.
 * Words search titles, conditions, people and references; what is found stands by kind, with its state. */
#include <stdalign.h>
#include <string.h>

#include "pages/pages.h"
#include "web/pages.h"
#include "web/values.h"
#include "web/worklist.h"

enum { FOUND_MAX = 50, ASKED_MAX = 200, GROUPS_OF_DIGITS = 4 };

/* ---- numbers ---- */

/* What was typed as letters and groups of digits: "ia26-5" is "IA", 26, 5. */
typedef struct {
    Str letters;
    Str digits[GROUPS_OF_DIGITS];
    size_t len;
} Typed;

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static bool typed_read(Str text, Typed *typed)
{
    size_t at = 0;

    *typed = (Typed){ 0 };
    while (at < text.len && is_letter(text.ptr[at]))
        at++;
    typed->letters = str_slice(text, 0, at);
    while (at < text.len) {
        size_t from = at;
        while (at < text.len && is_digit(text.ptr[at]))
            at++;
        if (at > from && typed->len == GROUPS_OF_DIGITS) return false;
        if (at > from) typed->digits[typed->len++] = str_slice(text, from, at - from);
        if (at < text.len && text.ptr[at] != '-' && text.ptr[at] != ' ') return false;
        at += at < text.len;
    }
    return typed->letters.len > 0 && typed->len > 0;
}

static bool letters_equal(Str a, const char *b, size_t len)
{
    if (a.len != len) return false;
    for (size_t i = 0; i < len; i++) {
        if ((a.ptr[i] | 0x20) != (b[i] | 0x20)) return false;
    }
    return true;
}

/* The digits, with zeros in front up to the width that the format asks for. */
static void digits_put(Buf *out, Str digits, size_t width)
{
    while (digits.len > 1 && digits.ptr[0] == '0')
        digits = str_slice(digits, 1, digits.len);
    for (size_t i = digits.len; i < width; i++)
        buf_add_byte(out, '0');
    buf_add(out, digits);
}

/* "F-%03d" with "F" and 12 is "F-012"; empty when the format has other letters or more numbers. %Y takes two digits, %P
 * the digits of a parent's number as they are written there. */
static Str number_typed(Arena *arena, const char *format, const Typed *typed)
{
    Buf out     = buf_open(arena, 100);
    size_t head = strcspn(format, "-%"), used = 0;

    if (!letters_equal(typed->letters, format, head)) return (Str){ 0 };
    for (const char *at = format; *at != '\0'; at++) {
        if (*at != '%') {
            buf_add_byte(&out, *at);
            continue;
        }
        at++;
        size_t width = at[0] == '0' ? (size_t)(at[1] - '0') : at[0] == 'Y' ? 2 : 1;
        if (used == typed->len) return (Str){ 0 };
        if (at[0] == 'P')
            buf_add(&out, typed->digits[used++]);
        else
            digits_put(&out, typed->digits[used++], width);
        while (*at != 'd' && *at != 'Y' && *at != 'P' && at[1] != '\0')
            at++;
    }
    return used == typed->len ? buf_str(&out) : (Str){ 0 };
}

static bool try_number(Visit *visit, const Type *type, Str number, StrList *hits, Err *err)
{
    void *record = arena_alloc(visit->arena, type->size, alignof(max_align_t));
    bool found;

    if (number.len == 0 || !view_may_list(visit->call, type)) return true;
    if (!view_find(visit->call, type, number, record, &found, err)) return false;
    bool by_number = found && str_eq(((RecordHead *)record)->number, number);
    if (by_number) *list_push(visit->arena, hits) = address_record(visit->arena, type, number);
    return true;
}

static Str upper(Arena *arena, Str text)
{
    char *bytes = arena_alloc(arena, text.len, 1);

    for (size_t i = 0; i < text.len; i++)
        bytes[i] = text.ptr[i] >= 'a' && text.ptr[i] <= 'z' ? (char)(text.ptr[i] - 'a' + 'A') : text.ptr[i];
    return (Str){ bytes, text.len };
}

/* Every type is asked at most once, and only where the text could be one of its numbers. */
static bool find_by_number(Visit *visit, Str asked, StrList *hits, Err *err)
{
    const Registry *registry = visit->app->registry;
    Typed typed;
    bool is_number = typed_read(asked, &typed);
    bool is_word   = str_index(asked, ' ') == asked.len;

    for (size_t i = 0; i < registry_len(registry); i++) {
        const Type *type = registry_at(registry, i)->type;
        Str number       = { 0 };
        if (type->number_within_parent) continue;
        if (type->number_format != NULL && is_number) number = number_typed(visit->arena, type->number_format, &typed);
        if (type->number_format == NULL && is_word) number = upper(visit->arena, asked);
        if (!try_number(visit, type, number, hits, err)) return false;
    }
    return true;
}

/* ---- words ---- */

static FoundGroup *group_of(const Visit *visit, FindView *view, const Type *type)
{
    Str title = visit_text(visit, type->label_plural);

    for (size_t i = 0; i < view->len; i++) {
        if (str_eq(view->at[i].title, title)) return &view->at[i];
    }
    FoundGroup *group = list_push(visit->arena, view);
    group->title      = title;
    return group;
}

static bool find_by_words(Visit *visit, FindView *view, Err *err)
{
    FoundList found = { 0 };
    Html words      = visit_html(visit);

    if (!view_search(visit->call, view->asked, FOUND_MAX, &found, err)) return false;
    for (size_t i = 0; i < found.len; i++) {
        const Found *one = &found.at[i];
        Cell state       = type_is_plain(one->type) && one->state == PLAIN_IN_USE
                               ? (Cell){ .text = visit_text(visit, one->type->label) }
                               : cell_state(visit, one->type, one->state);
        *list_push(visit->arena, group_of(visit, view, one->type)) =
            (FoundLine){ .href   = address_record(visit->arena, one->type, one->number),
                         .number = one->number,
                         .title  = str_eq(one->title, one->number) ? (Str){ 0 } : one->title,
                         .state  = state };
    }
    view->count = counted(&words, (int64_t)found.len, N_("record"), N_("records"));
    if (found.len > 0) return true;
    view->empty.title = visit_text(visit, N_("Nothing found"));
    view->empty.text  = visit_text(visit, N_("No record that you may see has these words or this number. Fewer words, "
                                              "or the beginning of one, find more."));
    return true;
}

static bool find_page(Visit *visit, FindView *view, Err *err)
{
    Html page     = visit_html(visit);
    PageHead head = { .title = visit_text(visit, N_("Find a record")) };
    Shell shell   = visit_shell(visit, head.title, STR(""));

    page_find(&page, &shell, &head, view);
    return visit_send(visit, 200, &page, err);
}

static bool find_show(Visit *visit, Err *err)
{
    Str asked     = str_trim(visit_param(visit, "q"));
    FindView view = { .asked = str_slice(asked, 0, asked.len < ASKED_MAX ? asked.len : ASKED_MAX) };
    StrList hits  = { 0 };

    view.asked.len = str_utf8_len(view.asked);
    if (!visit_read(visit, err)) return false;
    if (view.asked.len == 0) return find_page(visit, &view, err);
    if (!find_by_number(visit, view.asked, &hits, err)) return false;
    if (hits.len == 1) {
        visit_go(visit, hits.at[0]);
        return true;
    }
    if (!find_by_words(visit, &view, err)) return false;
    return find_page(visit, &view, err);
}

static const Route rows[] = { { HTTP_GET, "/find", find_show, 0 } };
const Routes find_routes  = ROUTES_OF(rows);
