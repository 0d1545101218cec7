/* SPDX-License-Identifier: Apache-2.0
 * web/html.h: HTML being written, and every way in which a value gets into it.
 *
 * Pages (src/web/pages, compiled by tools/pagec.c) call the printers below through macros that choose by the type of
 * the value; pagec chooses the printer by the place. A type without a row does not compile: a bool or an enum has no
 * text of its own, and Raw is refused inside attribute values. A value is evaluated once. */
#pragma once

#include "base/buf.h"
#include "base/text.h"
#include "base/time.h"
#include "base/zone.h"

enum { HTML_BYTES_MAX = 8 << 20, PAGE_BYTES_USUAL = 16 << 10 };

/* One answer in the making, and what is known of its reader. */
typedef struct {
    Buf buf;
    const Language *language; /* NULL: English */
    const Zone *zone;         /* in which instants are shown; NULL: UTC */
    Date today;               /* in that zone */
    Str form_token;           /* put into every form that posts; empty: none */
} Html;

/* HTML that is right as it stands. Only functions of web/html.c make one. */
typedef struct {
    Str html;
} Raw;

/* An empty page of at most HTML_BYTES_MAX, its bytes in `arena`. The fields for the reader are still to be set. */
Html html_open(Arena *arena);
/* What was written; valid until the next addition. */
Str html_bytes(const Html *out);

/* The printers. Text: & < > are escaped, a Date becomes <time>2 words</time>, a Time likewise in the reader's zone.
 * Plain: the same without elements (title, textarea). Value: also quotes, dates as ISO 8601. */
#define html_text(out, value)                                                                                          \
    _Generic((value), Str: html_text_str, char *: html_text_c, const char *: html_text_c, int: html_text_int,          \
        int64_t: html_text_i64, size_t: html_text_size, Date: html_text_date, Time: html_text_time,                    \
        Raw: html_raw)(out, value)
#define html_plain(out, value)                                                                                         \
    _Generic((value), Str: html_text_str, char *: html_text_c, const char *: html_text_c, int: html_text_int,          \
        int64_t: html_text_i64, size_t: html_text_size, Date: html_plain_date, Time: html_plain_time)(out, value)
#define html_value(out, value)                                                                                         \
    _Generic((value), Str: html_text_str, char *: html_text_c, const char *: html_text_c, int: html_text_int,          \
        int64_t: html_text_i64, size_t: html_text_size, Date: html_value_date, Time: html_value_time)(out, value)
/* A whole address: printed if url_is_safe, else "#". */
#define html_url(out, value)                                                                                           \
    _Generic((value), Str : html_url_str, char * : html_url_c, const char * : html_url_c)(out, value)
/* A part of an address: all but letters, digits and - . _ ~ percent-encoded (RFC 3986 2.3). */
#define html_url_rest(out, value)                                                                                      \
    _Generic((value), Str: html_url_rest_str, char *: html_url_rest_c, const char *: html_url_rest_c,                  \
        int: html_text_int, int64_t: html_text_i64, size_t: html_text_size, Date: html_value_date)(out, value)

/* Markup of the page itself, unchanged. Never for a value. */
void html_add(Html *out, Str markup);
void html_raw(Html *out, Raw raw);
/* Between attributes: a blank and `attribute`, or nothing when it is empty. */
void html_attribute(Html *out, Raw attribute);
void html_text_str(Html *out, Str text);
void html_text_c(Html *out, const char *text);
void html_text_int(Html *out, int number);
void html_text_i64(Html *out, int64_t number);
void html_text_size(Html *out, size_t number);
void html_text_date(Html *out, Date date);
void html_text_time(Html *out, Time time);
void html_plain_date(Html *out, Date date);
void html_plain_time(Html *out, Time time);
void html_value_date(Html *out, Date date);
void html_value_time(Html *out, Time time);
void html_url_str(Html *out, Str url);
void html_url_c(Html *out, const char *url);
void html_url_rest_str(Html *out, Str part);
void html_url_rest_c(Html *out, const char *part);
/* The hidden field of a form that posts; pagec calls it. */
void html_form_token(Html *out);

/* A path of this site ("/…", not "//…"), "?…" or "#…", or http, https with a plain host, or mailto. Never a script,
 * data or another site in disguise ("https://good@evil", "/\evil"). */
bool url_is_safe(Str url);

/* Attributes, printed between others: <option {{ selected_if(x) }}>. Empty when `yes` is false. */
Raw disabled_if(bool yes); /* disabled */
Raw checked_if(bool yes);
Raw selected_if(bool yes);
Raw required_if(bool yes);
Raw readonly_if(bool yes);
Raw multiple_if(bool yes);
Raw hidden_if(bool yes);
Raw aria_disabled_if(bool yes); /* looks and says unusable, stays reachable by keyboard (ux: a no is help) */
Raw aria_invalid_if(bool yes);
Raw aria_selected_if(bool yes);
Raw aria_current_if(bool yes); /* aria-current="page" */
Raw aria_step_if(bool yes);    /* aria-current="step" */
/* name="value", or nothing when `value` is empty. `name` is a literal of ours. */
Raw attribute(const Html *out, const char *name, Str value);

/* Drawings of web/icons.svg. */
/* clang-format off */
typedef enum {
    ICON_NONE, ICON_WORK, ICON_CALENDAR, ICON_AUDIT, ICON_NC, ICON_UP, ICON_CHART, ICON_REVIEW, ICON_CHAIN, ICON_PEOPLE,
    ICON_SETTINGS, ICON_FIND, ICON_MENU, ICON_FLAG, ICON_CLOCK, ICON_TICK, ICON_CROSS, ICON_PLUS, ICON_RIGHT, ICON_LEFT,
    ICON_DOWN, ICON_SORT_UP, ICON_FILE, ICON_LOCK, ICON_MESSAGE, ICON_ASK, ICON_INFO, ICON_STOP, ICON_PRINT,
    ICON_MAJOR, ICON_MINOR, ICON_OBSERVATION, ICON_OFI, ICON_GOOD, ICON_TODO, ICON_GO, ICON_WAIT, ICON_TURN, ICON_DONE,
    ICON_DISPUTED, ICON_VOID, ICONS
} Icon;
/* clang-format on */

/* The name of the icon in the sprite; "" for ICON_NONE. */
Str icon_name(Icon icon);
/* The icon, hidden from screen readers: a word stands beside it. Nothing for ICON_NONE. */
Raw icon(const Html *out, Icon icon);

/* Escaped text in which the numbers of records (F-012, IA-26-05, CA-012-1) do not break across lines. */
Raw words(const Html *out, Str text);
/* Escaped text in which the words that begin with a word of `asked` are marked, without regard to case and accents. */
Raw marked_words(const Html *out, Str text, Str asked);
/* Words for a due day, in the reader's language: "17 days late", "Wed 18 Nov" within 7 days, else "15 Dec 2026". */
Str due_words(const Html *out, Date due);
/* "in 2 days", "today", "13 days ago"; to stand beside a date, never alone. */
Str relative_words(const Html *out, Date date);
/* "Monday, 16 November 2026" */
Str long_date(const Html *out, Date date);
/* The translated sentence with {1} and {2} replaced, wherever the translation puts them. Still text: escaped when
 * printed. */
Str filled(const Html *out, const char *english, Str first, Str second);
/* "1,184": digits in groups of three. */
Str grouped(const Html *out, int64_t number);
/* "417"; "1,000+" for more than `most`, where counting stopped. */
Str bounded(const Html *out, int64_t number, int64_t most);
/* "1 day", "3 days"; the nouns are marked for translation. */
Str counted(const Html *out, int64_t number, const char *one, const char *many);
/* "412 kB", "3.4 MB" (powers of 1000). */
Str byte_size(const Html *out, int64_t bytes);
