/* SPDX-License-Identifier: Apache-2.0
 * Escaping stands here and nowhere else. One table of replacements serves text and quoted values alike: what is escaped
 * for a value is harmless in text, and one rule cannot be applied in the wrong place. */
#include "web/html.h"

#include <assert.h>

#include "web/assets.h"

Html html_open(Arena *arena)
{
    return (Html){ .buf = buf_open(arena, HTML_BYTES_MAX) };
}

Str html_bytes(const Html *out)
{
    return buf_str(&out->buf);
}

void html_add(Html *out, Str markup)
{
    buf_add(&out->buf, markup);
}

void html_raw(Html *out, Raw raw)
{
    buf_add(&out->buf, raw.html);
}

void html_attribute(Html *out, Raw attribute)
{
    if (attribute.html.len == 0) return;
    buf_add_byte(&out->buf, ' ');
    buf_add(&out->buf, attribute.html);
}

/* ---- escaping ---- */

static Str replacement(char byte)
{
    switch (byte) {
    case '&': return STR("&amp;");
    case '<': return STR("&lt;");
    case '>': return STR("&gt;");
    case '"': return STR("&quot;");
    case '\'': return STR("&#39;");
    case '\0': return STR("\xEF\xBF\xBD"); /* U+FFFD, as a browser would show it */
    default: return (Str){ 0 };
    }
}

static void add_escaped(Buf *buf, Str text)
{
    static const bool is_special[256] = {
        ['&'] = true, ['<'] = true, ['>'] = true, ['"'] = true, ['\''] = true, ['\0'] = true
    };
    size_t from = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (!is_special[(unsigned char)text.ptr[i]]) continue;
        Str instead = replacement(text.ptr[i]);
        buf_add(buf, str_slice(text, from, i - from));
        buf_add(buf, instead);
        from = i + 1;
    }
    buf_add(buf, str_slice(text, from, text.len - from));
}

void html_text_str(Html *out, Str text)
{
    add_escaped(&out->buf, text);
}

void html_text_c(Html *out, const char *text)
{
    add_escaped(&out->buf, str_from_c(text));
}

void html_text_int(Html *out, int number)
{
    buf_add_int(&out->buf, number);
}

void html_text_i64(Html *out, int64_t number)
{
    buf_add_int(&out->buf, number);
}

void html_text_size(Html *out, size_t number)
{
    buf_fmt(&out->buf, "%zu", number);
}

/* ---- days and instants ---- */

static Str time_words(const Html *out, Time time)
{
    if (time_is_none(time)) return (Str){ 0 };
    if (out->zone != NULL) return zone_to_human(out->buf.arena, out->zone, time);
    Str utc = time_to_rfc3339(out->buf.arena, time); /* 2026-11-16T09:41:07Z */
    Date day;
    if (!date_from_iso(str_slice(utc, 0, 10), &day)) return utc;
    Str date = date_to_human(out->buf.arena, day);
    return str_fmt(out->buf.arena, "%.*s %.*s", STR_ARG(date), STR_ARG(str_slice(utc, 11, 5)));
}

static void add_time_element(Html *out, Str machine, Str shown)
{
    if (shown.len == 0) return;
    html_add(out, STR("<time datetime=\""));
    html_text_str(out, machine);
    html_add(out, STR("\">"));
    html_text_str(out, shown);
    html_add(out, STR("</time>"));
}

void html_text_date(Html *out, Date date)
{
    add_time_element(out, date_to_iso(out->buf.arena, date), date_to_human(out->buf.arena, date));
}

void html_text_time(Html *out, Time time)
{
    add_time_element(out, time_to_rfc3339(out->buf.arena, time), time_words(out, time));
}

void html_plain_date(Html *out, Date date)
{
    html_text_str(out, date_to_human(out->buf.arena, date));
}

void html_plain_time(Html *out, Time time)
{
    html_text_str(out, time_words(out, time));
}

void html_value_date(Html *out, Date date)
{
    html_text_str(out, date_to_iso(out->buf.arena, date));
}

void html_value_time(Html *out, Time time)
{
    if (!time_is_none(time)) html_text_str(out, time_to_rfc3339(out->buf.arena, time));
}

/* ---- addresses ---- */

static bool is_alphanumeric(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
}

/* host or host:port, letters digits - . only, and brackets of IPv6; nobody's name before an @. */
static bool starts_with_plain_host(Str rest)
{
    size_t len = 0;
    while (len < rest.len && rest.ptr[len] != '/' && rest.ptr[len] != '?' && rest.ptr[len] != '#') {
        char byte = rest.ptr[len];
        if (!is_alphanumeric(byte) && byte != '-' && byte != '.' && byte != ':' && byte != '[' && byte != ']')
            return false;
        len++;
    }
    return len > 0;
}

bool url_is_safe(Str url)
{
    if (url.len == 0) return false;
    if (url.ptr[0] == '#' || url.ptr[0] == '?') return true;
    if (url.ptr[0] == '/') return url.len == 1 || (url.ptr[1] != '/' && url.ptr[1] != '\\');
    if (str_starts(url, STR("https://"))) return starts_with_plain_host(str_slice(url, 8, url.len - 8));
    if (str_starts(url, STR("http://"))) return starts_with_plain_host(str_slice(url, 7, url.len - 7));
    return str_starts(url, STR("mailto:"));
}

/* Bytes that stand for themselves in an address; the rest is percent-encoded. `%` stays: the address is encoded
 * already. */
static bool url_keeps(char byte)
{
    return is_alphanumeric(byte) || (byte != '\0' && strchr("-._~:/?#[]@!$&()*+,;=%", byte) != NULL);
}

static void add_percent(Html *out, char byte)
{
    buf_fmt(&out->buf, "%%%02X", (unsigned)(unsigned char)byte);
}

void html_url_str(Html *out, Str url)
{
    size_t from = 0; /* start of the run that stands for itself */

    if (!url_is_safe(url)) url = STR("#");
    for (size_t i = 0; i < url.len; i++) {
        if (url_keeps(url.ptr[i])) continue;
        add_escaped(&out->buf, str_slice(url, from, i - from));
        add_percent(out, url.ptr[i]);
        from = i + 1;
    }
    add_escaped(&out->buf, str_slice(url, from, url.len - from));
}

void html_url_c(Html *out, const char *url)
{
    html_url_str(out, str_from_c(url));
}

void html_url_rest_str(Html *out, Str part)
{
    for (size_t i = 0; i < part.len; i++) {
        char byte = part.ptr[i];
        if (is_alphanumeric(byte) || byte == '-' || byte == '.' || byte == '_' || byte == '~')
            buf_add_byte(&out->buf, byte);
        else
            add_percent(out, byte);
    }
}

void html_url_rest_c(Html *out, const char *part)
{
    html_url_rest_str(out, str_from_c(part));
}

void html_form_token(Html *out)
{
    if (out->form_token.len == 0) return;
    html_add(out, STR("<input type=\"hidden\" name=\"form_token\" value=\""));
    html_text_str(out, out->form_token);
    html_add(out, STR("\">"));
}

/* ---- attributes ---- */

static Raw raw_if(bool yes, Str html)
{
    return yes ? (Raw){ html } : (Raw){ 0 };
}

Raw disabled_if(bool yes)
{
    return raw_if(yes, STR("disabled"));
}

Raw checked_if(bool yes)
{
    return raw_if(yes, STR("checked"));
}

Raw selected_if(bool yes)
{
    return raw_if(yes, STR("selected"));
}

Raw required_if(bool yes)
{
    return raw_if(yes, STR("required"));
}

Raw readonly_if(bool yes)
{
    return raw_if(yes, STR("readonly"));
}

Raw multiple_if(bool yes)
{
    return raw_if(yes, STR("multiple"));
}

Raw hidden_if(bool yes)
{
    return raw_if(yes, STR("hidden"));
}

Raw aria_disabled_if(bool yes)
{
    return raw_if(yes, STR("aria-disabled=\"true\""));
}

Raw aria_invalid_if(bool yes)
{
    return raw_if(yes, STR("aria-invalid=\"true\""));
}

Raw aria_selected_if(bool yes)
{
    return raw_if(yes, STR("aria-selected=\"true\""));
}

Raw aria_current_if(bool yes)
{
    return raw_if(yes, STR("aria-current=\"page\""));
}

Raw aria_step_if(bool yes)
{
    return raw_if(yes, STR("aria-current=\"step\""));
}

Raw attribute(const Html *out, const char *name, Str value)
{
    if (value.len == 0) return (Raw){ 0 };
    Buf buf = buf_open(out->buf.arena, HTML_BYTES_MAX);
    buf_add_c(&buf, name);
    buf_add(&buf, STR("=\""));
    add_escaped(&buf, value);
    buf_add_byte(&buf, '"');
    return (Raw){ buf_str(&buf) };
}

/* ---- icons ---- */

/* clang-format off */
static const Str icon_names[] = {
    [ICON_NONE]        = STR_INIT(""),           [ICON_WORK]        = STR_INIT("work"),
    [ICON_CALENDAR]    = STR_INIT("calendar"),   [ICON_AUDIT]       = STR_INIT("audit"),
    [ICON_NC]          = STR_INIT("nc"),         [ICON_UP]          = STR_INIT("up"),
    [ICON_CHART]       = STR_INIT("chart"),      [ICON_REVIEW]      = STR_INIT("review"),
    [ICON_CHAIN]       = STR_INIT("chain"),      [ICON_PEOPLE]      = STR_INIT("people"),
    [ICON_SETTINGS]    = STR_INIT("settings"),   [ICON_FIND]        = STR_INIT("find"),
    [ICON_MENU]        = STR_INIT("menu"),       [ICON_FLAG]        = STR_INIT("flag"),
    [ICON_CLOCK]       = STR_INIT("clock"),      [ICON_TICK]        = STR_INIT("tick"),
    [ICON_CROSS]       = STR_INIT("cross"),      [ICON_PLUS]        = STR_INIT("plus"),
    [ICON_RIGHT]       = STR_INIT("right"),      [ICON_LEFT]        = STR_INIT("left"),
    [ICON_DOWN]        = STR_INIT("down"),       [ICON_SORT_UP]     = STR_INIT("sort-up"),
    [ICON_FILE]        = STR_INIT("file"),       [ICON_LOCK]        = STR_INIT("lock"),
    [ICON_MESSAGE]     = STR_INIT("message"),    [ICON_ASK]         = STR_INIT("ask"),
    [ICON_INFO]        = STR_INIT("info"),       [ICON_STOP]        = STR_INIT("stop"),
    [ICON_PRINT]       = STR_INIT("print"),      [ICON_MAJOR]       = STR_INIT("major"),
    [ICON_MINOR]       = STR_INIT("minor"),      [ICON_OBSERVATION] = STR_INIT("observation"),
    [ICON_OFI]         = STR_INIT("ofi"),        [ICON_GOOD]        = STR_INIT("good"),
    [ICON_TODO]        = STR_INIT("todo"),       [ICON_GO]          = STR_INIT("go"),
    [ICON_WAIT]        = STR_INIT("wait"),       [ICON_TURN]        = STR_INIT("turn"),
    [ICON_DONE]        = STR_INIT("done"),       [ICON_DISPUTED]    = STR_INIT("disputed"),
    [ICON_VOID]        = STR_INIT("void"),
};
/* clang-format on */
static_assert(countof(icon_names) == ICONS, "every icon has its name in the sprite");

Str icon_name(Icon icon)
{
    assert(icon < ICONS);
    return icon_names[icon];
}

Raw icon(const Html *out, Icon icon)
{
    if (icon == ICON_NONE) return (Raw){ 0 };
    Buf svg = buf_open(out->buf.arena, HTML_BYTES_MAX); /* a page has hundreds: put together without a format */
    buf_add(&svg, STR("<svg class=\"i\" aria-hidden=\"true\"><use href=\""));
    buf_add(&svg, asset_path(STR("icons.svg")));
    buf_add_byte(&svg, '#');
    buf_add(&svg, icon_name(icon));
    buf_add(&svg, STR("\"/></svg>"));
    return (Raw){ buf_str(&svg) };
}

/* ---- words ---- */

static bool is_capital(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Length of a record number at the start of `text`: one to four capitals, then groups "-digits"; 0 when there is none.
 */
static size_t record_number_length(Str text)
{
    size_t capitals = 0;
    while (capitals < text.len && is_capital(text.ptr[capitals]))
        capitals++;
    if (capitals == 0 || capitals > 4) return 0;
    size_t end = capitals;
    while (end + 1 < text.len && text.ptr[end] == '-' && is_digit(text.ptr[end + 1])) {
        end += 2;
        while (end < text.len && is_digit(text.ptr[end]))
            end++;
    }
    return end > capitals ? end : 0;
}

static bool begins_word(Str text, size_t at)
{
    return at == 0 || !(is_alphanumeric(text.ptr[at - 1]) || text.ptr[at - 1] == '-' || text.ptr[at - 1] == '.');
}

Raw words(const Html *out, Str text)
{
    Buf buf     = buf_open(out->buf.arena, HTML_BYTES_MAX);
    size_t from = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!is_capital(text.ptr[i]) || !begins_word(text, i)) continue; /* a number begins with a capital */
        size_t len = record_number_length(str_slice(text, i, text.len - i));
        if (len == 0) continue;
        add_escaped(&buf, str_slice(text, from, i - from));
        buf_fmt(&buf, "<span class=\"nobr\">%.*s</span>", STR_ARG(str_slice(text, i, len)));
        from = i + len;
        i    = from - 1;
    }
    add_escaped(&buf, str_slice(text, from, text.len - from));
    return (Raw){ buf_str(&buf) };
}

static bool begins_as_asked(Arena *arena, Str word, Str asked)
{
    Str folded = str_fold(arena, word), part;

    asked = str_fold(arena, asked);
    while (str_cut(&asked, ' ', &part)) {
        if (part.len > 0 && str_starts(folded, part)) return true;
    }
    return false;
}

Raw marked_words(const Html *out, Str text, Str asked)
{
    Buf buf = buf_open(out->buf.arena, HTML_BYTES_MAX);
    Str word;

    for (bool first = true; str_cut(&text, ' ', &word); first = false) {
        if (!first) buf_add_byte(&buf, ' ');
        bool found = begins_as_asked(out->buf.arena, word, asked);
        if (found) buf_add(&buf, STR("<mark>"));
        add_escaped(&buf, word);
        if (found) buf_add(&buf, STR("</mark>"));
    }
    return (Raw){ buf_str(&buf) };
}

Str filled(const Html *out, const char *english, Str first, Str second)
{
    Str text = text_of(out->language, english);
    Buf buf  = buf_open(out->buf.arena, HTML_BYTES_MAX);
    for (size_t i = 0; i < text.len; i++) {
        Str mark = str_slice(text, i, 3);
        if (str_eq(mark, STR("{1}"))) {
            buf_add(&buf, first);
            i += 2;
        } else if (str_eq(mark, STR("{2}"))) {
            buf_add(&buf, second);
            i += 2;
        } else {
            buf_add_byte(&buf, text.ptr[i]);
        }
    }
    return buf_str(&buf);
}

static Str with_number(const Html *out, const char *english, int64_t number)
{
    return filled(out, english, grouped(out, number), (Str){ 0 });
}

static Str weekday_short(const Html *out, Date date)
{
    static const char *const names[] = {
        "", N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun")
    };
    return text_of(out->language, names[date_weekday(date)]);
}

/* "Wed 18 Nov": the year is the one everybody thinks of. */
static Str near_date(const Html *out, Date date)
{
    Str human = date_to_human(out->buf.arena, date);
    Str day   = weekday_short(out, date);
    return str_fmt(out->buf.arena, "%.*s %.*s", STR_ARG(day), STR_ARG(str_slice(human, 0, human.len - 5)));
}

Str due_words(const Html *out, Date due)
{
    if (date_is_none(due)) return (Str){ 0 };
    int32_t days = date_days_between(out->today, due);
    if (days == -1) return text_of(out->language, N_("1 day late"));
    if (days < 0) return with_number(out, N_("{1} days late"), -(int64_t)days);
    if (days == 0) return text_of(out->language, N_("Today"));
    return days <= 7 ? near_date(out, due) : date_to_human(out->buf.arena, due);
}

Str relative_words(const Html *out, Date date)
{
    if (date_is_none(date)) return (Str){ 0 };
    int32_t days = date_days_between(out->today, date);
    if (days == 0) return text_of(out->language, N_("today"));
    if (days == 1) return text_of(out->language, N_("tomorrow"));
    if (days == -1) return text_of(out->language, N_("yesterday"));
    if (days < 0) return with_number(out, N_("{1} days ago"), -(int64_t)days);
    return with_number(out, N_("in {1} days"), days);
}

Str long_date(const Html *out, Date date)
{
    static const char *const days[]   = { "",           N_("Monday"),   N_("Tuesday"), N_("Wednesday"), N_("Thursday"),
                                          N_("Friday"), N_("Saturday"), N_("Sunday") };
    static const char *const months[] = {
        "",         N_("January"), N_("February"),  N_("March"),   N_("April"),    N_("May"),     N_("June"),
        N_("July"), N_("August"),  N_("September"), N_("October"), N_("November"), N_("December")
    };
    if (date_is_none(date)) return (Str){ 0 };
    Ymd ymd   = date_to_ymd(date);
    Str day   = text_of(out->language, days[date_weekday(date)]);
    Str month = text_of(out->language, months[ymd.month]);
    return str_fmt(out->buf.arena, "%.*s, %d %.*s %d", STR_ARG(day), ymd.day, STR_ARG(month), ymd.year);
}

Str grouped(const Html *out, int64_t number)
{
    Str digits = str_fmt(out->buf.arena, "%lld", (long long)number);
    Buf buf    = buf_open(out->buf.arena, 64);
    for (size_t i = 0; i < digits.len; i++) {
        size_t left = digits.len - i;
        if (left % 3 == 0 && i > 0 && is_digit(digits.ptr[i - 1])) buf_add_byte(&buf, ',');
        buf_add_byte(&buf, digits.ptr[i]);
    }
    return buf_str(&buf);
}

Str bounded(const Html *out, int64_t number, int64_t most)
{
    if (number <= most) return grouped(out, number);
    return str_fmt(out->buf.arena, "%.*s+", STR_ARG(grouped(out, most)));
}

Str counted(const Html *out, int64_t number, const char *one, const char *many)
{
    Str noun  = text_of(out->language, number == 1 ? one : many);
    Str count = grouped(out, number);
    return str_fmt(out->buf.arena, "%.*s %.*s", STR_ARG(count), STR_ARG(noun));
}

Str byte_size(const Html *out, int64_t bytes)
{
    static const char *const units[] = { "B", "kB", "MB", "GB", "TB" };
    size_t unit                      = 0;
    int64_t whole = bytes, tenths = 0;
    while (whole >= 1000 && unit + 1 < countof(units)) {
        tenths = whole % 1000 / 100;
        whole /= 1000;
        unit++;
    }
    if (unit < 2 || whole >= 10) return str_fmt(out->buf.arena, "%lld %s", (long long)whole, units[unit]);
    return str_fmt(out->buf.arena, "%lld.%lld %s", (long long)whole, (long long)tenths, units[unit]);
}
