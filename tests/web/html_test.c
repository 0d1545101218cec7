/* SPDX-License-Identifier: Apache-2.0
 * Whatever people type stays text, in every place a page can print it; days and numbers read as people write them. */
#include "web/html.h"

#include <ctype.h>
#include <string.h>

#include "base/json.h"
#include "support/check.h"

static Html a_page(Arena *arena)
{
    Html out  = html_open(arena);
    out.today = day("2026-11-16");
    return out;
}

/* ---- hostile text ---- */

static bool has_any(Str text, const char *bytes)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == '\0' || strchr(bytes, text.ptr[i]) != NULL) return true;
    return false;
}

/* What a browser reads: the character references we write, undone. */
static Str as_read(Arena *arena, Str html)
{
    static const struct {
        const char *written;
        char read;
    } references[] = { { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&#39;", '\'' } };
    Buf buf        = buf_open(arena, 1 << 20);
    for (size_t i = 0; i < html.len;) {
        Str rest = str_slice(html, i, html.len - i);
        size_t r = 0;
        while (r < countof(references) && !str_starts(rest, str_from_c(references[r].written)))
            r++;
        buf_add_byte(&buf, r < countof(references) ? references[r].read : html.ptr[i]);
        i += r < countof(references) ? strlen(references[r].written) : 1;
    }
    return buf_str(&buf);
}

static void check_text_is_inert(Arena *arena, Str payload)
{
    Html text = a_page(arena), value = a_page(arena), plain = a_page(arena), broken = a_page(arena);
    html_text(&text, payload);
    html_value(&value, payload);
    html_plain(&plain, payload);
    html_text(&broken, words(&broken, payload));

    assert_false(has_any(html_bytes(&text), "<>"));
    assert_false(has_any(html_bytes(&value), "<>\"'"));
    assert_false(has_any(html_bytes(&plain), "<>"));
    if (memchr(payload.ptr, '\0', payload.len) == NULL) { /* HTML cannot hold a NUL: it becomes U+FFFD */
        assert_true(str_eq(as_read(arena, html_bytes(&text)), payload));
        assert_true(str_eq(as_read(arena, html_bytes(&value)), payload));
    }
    Str left = html_bytes(&broken), part;
    while (str_cut(&left, '<', &part)) {
        if (left.len > 0) assert_true(str_starts(left, STR("span class=\"nobr\">")) || str_starts(left, STR("/span>")));
    }
}

static void check_url_is_inert(Arena *arena, Str payload)
{
    Html whole = a_page(arena), part = a_page(arena);
    html_url(&whole, payload);
    html_url_rest(&part, payload);

    Str url = html_bytes(&whole);
    assert_false(has_any(url, "<>\"' \t\r\n\\"));
    assert_true(url_is_safe(url));
    if (!url_is_safe(payload)) check_str(url, "#");
    for (size_t i = 0; i < html_bytes(&part).len; i++)
        assert_true(isalnum((unsigned char)html_bytes(&part).ptr[i]) ||
                    strchr("-._~%", html_bytes(&part).ptr[i]) != NULL);
}

static void hostile_text_is_inert_in_every_place(void **state)
{
    Arena *arena = *state;
    Str left     = data_file(arena, "hostile/xss.jsonl"), line;
    size_t count = 0;
    while (str_cut(&left, '\n', &line)) {
        if (line.len == 0) continue;
        json_t *row = json_own(arena, json_loadb(line.ptr, line.len, JSON_ALLOW_NUL, NULL));
        assert_non_null(row);
        check_text_is_inert(arena, json_text(row, "payload"));
        check_url_is_inert(arena, json_text(row, "payload"));
        if (str_eq(json_text(row, "context"), STR("url"))) assert_false(url_is_safe(json_text(row, "payload")));
        count++;
    }
    assert_int_equal(count, 123);
}

static void every_single_byte_is_inert_and_kept(void **state)
{
    for (int byte = 1; byte < 256; byte++) {
        char text = (char)byte;
        check_text_is_inert(*state, (Str){ &text, 1 });
        check_url_is_inert(*state, (Str){ &text, 1 });
    }
}

static void only_addresses_of_this_site_web_and_mail_are_links(void **state)
{
    (void)state;
    static const char *const safe[]   = { "/",
                                          "/nc/F-012",
                                          "#main",
                                          "?sort=due",
                                          "https://example.org/x?y#z",
                                          "http://[2001:db8::1]:8080/",
                                          "mailto:a@example.org" };
    static const char *const unsafe[] = { "",
                                          "nc",
                                          "//example.org",
                                          "/\\example.org",
                                          "https:example.org",
                                          "https://",
                                          "https://a@b.example",
                                          "https://a\\b",
                                          "JavaScript:x",
                                          " /x",
                                          "\t/x",
                                          "ftp://x",
                                          "HTTPS://x.example",
                                          "data:text/html,x" };
    for (size_t i = 0; i < countof(safe); i++)
        assert_true(url_is_safe(str_from_c(safe[i])));
    for (size_t i = 0; i < countof(unsafe); i++)
        assert_false(url_is_safe(str_from_c(unsafe[i])));
}

static void a_token_stands_in_its_field_only_when_there_is_one(void **state)
{
    Html without = a_page(*state), with = a_page(*state);
    with.form_token = STR("a\"b");

    html_form_token(&without);
    html_form_token(&with);

    check_str(html_bytes(&without), "");
    check_str(html_bytes(&with), "<input type=\"hidden\" name=\"form_token\" value=\"a&quot;b\">");
}

static void a_page_past_its_limit_is_cut_and_says_so(void **state)
{
    Html out      = a_page(*state);
    Str long_text = { arena_array(*state, char, HTML_BYTES_MAX), HTML_BYTES_MAX };
    html_add(&out, long_text);
    assert_false(buf_overflowed(&out.buf));
    html_text(&out, 1);
    assert_true(buf_overflowed(&out.buf));
}

/* ---- days, instants, numbers ---- */

static void a_day_is_shown_in_the_form_of_its_place(void **state)
{
    Html text = a_page(*state), plain = a_page(*state), value = a_page(*state), none = a_page(*state);
    Date due = day("2026-11-18");

    html_text(&text, due);
    html_plain(&plain, due);
    html_value(&value, due);
    html_text(&none, (Date){ 0 });

    check_str(html_bytes(&text), "<time datetime=\"2026-11-18\">18 Nov 2026</time>");
    check_str(html_bytes(&plain), "18 Nov 2026");
    check_str(html_bytes(&value), "2026-11-18");
    check_str(html_bytes(&none), "");
}

static void an_instant_is_shown_in_the_zone_of_the_reader(void **state)
{
    Html utc = a_page(*state), local = a_page(*state);
    Zone *zone;
    Err err = { 0 };
    check_done(zone_open(STR("Europe/Amsterdam"), &zone, &err), &err);
    local.zone = zone;

    html_text(&utc, instant("2026-11-16T08:41:07Z"));
    html_text(&local, instant("2026-11-16T08:41:07Z"));

    check_str(html_bytes(&utc), "<time datetime=\"2026-11-16T08:41:07Z\">16 Nov 2026 08:41</time>");
    check_str(html_bytes(&local), "<time datetime=\"2026-11-16T08:41:07Z\">16 Nov 2026 09:41</time>");
    zone_close(zone);
}

static void due_days_are_said_as_people_say_them(void **state)
{
    Html out = a_page(*state);
    check_str(due_words(&out, day("2026-10-30")), "17 days late");
    check_str(due_words(&out, day("2026-11-15")), "1 day late");
    check_str(due_words(&out, day("2026-11-16")), "Today");
    check_str(due_words(&out, day("2026-11-18")), "Wed 18 Nov");
    check_str(due_words(&out, day("2026-11-23")), "Mon 23 Nov");
    check_str(due_words(&out, day("2026-11-24")), "24 Nov 2026");
    check_str(due_words(&out, (Date){ 0 }), "");
    check_str(relative_words(&out, day("2026-11-16")), "today");
    check_str(relative_words(&out, day("2026-11-18")), "in 2 days");
    check_str(relative_words(&out, day("2026-11-17")), "tomorrow");
    check_str(relative_words(&out, day("2026-11-15")), "yesterday");
    check_str(relative_words(&out, day("2026-11-03")), "13 days ago");
    check_str(long_date(&out, day("2026-11-16")), "Monday, 16 November 2026");
}

static void numbers_are_grouped_and_carry_their_unit(void **state)
{
    Html out = a_page(*state);
    check_str(grouped(&out, 0), "0");
    check_str(grouped(&out, 999), "999");
    check_str(grouped(&out, 1184), "1,184");
    check_str(grouped(&out, 48231), "48,231");
    check_str(grouped(&out, -1234567), "-1,234,567");
    check_str(grouped(&out, -123), "-123");
    check_str(grouped(&out, INT64_MIN), "-9,223,372,036,854,775,808");
    check_str(counted(&out, 1, N_("day"), N_("days")), "1 day");
    check_str(counted(&out, 1206, N_("day"), N_("days")), "1,206 days");
    check_str(byte_size(&out, 999), "999 B");
    check_str(byte_size(&out, 412300), "412 kB");
    check_str(byte_size(&out, 1100000), "1.1 MB");
    check_str(byte_size(&out, 2500000000), "2.5 GB");
}

static void a_sentence_takes_its_values_where_it_wants_them(void **state)
{
    Html out = a_page(*state);
    check_str(filled(&out, N_("{1} saved {2}"), STR("Tomasz"), STR("F-1")), "Tomasz saved F-1");
    check_str(filled(&out, N_("{2}, {1}, {3} {"), STR("{2}"), STR("b")), "b, {2}, {3} {");
}

static void record_numbers_do_not_break(void **state)
{
    Html out = a_page(*state);
    static const struct {
        const char *text, *shown;
    } rows[] = {
        { "F-012", "<span class=\"nobr\">F-012</span>" },
        { "own CA-010-1, IA-26-05.",
          "own <span class=\"nobr\">CA-010-1</span>, <span class=\"nobr\">IA-26-05</span>." },
        { "A.8.8-1 and UTF-", "A.8.8-1 and UTF-" },
        { "<F-1>", "&lt;<span class=\"nobr\">F-1</span>&gt;" },
        { "ABCDE-1 xF-1", "ABCDE-1 xF-1" },
        { "", "" },
    };
    for (size_t i = 0; i < countof(rows); i++) {
        Html page = a_page(*state);
        html_text(&page, words(&out, str_from_c(rows[i].text)));
        check_str(html_bytes(&page), rows[i].shown);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(hostile_text_is_inert_in_every_place),
        arena_test(every_single_byte_is_inert_and_kept),
        arena_test(only_addresses_of_this_site_web_and_mail_are_links),
        arena_test(a_token_stands_in_its_field_only_when_there_is_one),
        arena_test(a_page_past_its_limit_is_cut_and_says_so),
        arena_test(a_day_is_shown_in_the_form_of_its_place),
        arena_test(an_instant_is_shown_in_the_zone_of_the_reader),
        arena_test(due_days_are_said_as_people_say_them),
        arena_test(numbers_are_grouped_and_carry_their_unit),
        arena_test(a_sentence_takes_its_values_where_it_wants_them),
        arena_test(record_numbers_do_not_break),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
