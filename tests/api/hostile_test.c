/* SPDX-License-Identifier: Apache-2.0
 * Bad input through the API: told, kept as text, or refused; never a failure of ours, never more than was asked for. */
#include <dirent.h>

#include "../support/errand.h"
#include "api_house.h"

static bool name_is_among(const char *name, const char *const *names, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (strcmp(name, names[i]) == 0) return true;
    }
    return false;
}

/* These are JSON, if not what an errand is made of. */
static const char *const well_formed[] = { "array-root.json",   "beyond-2-53.json", "minus-zero.json",
                                           "noncharacter.json", "proto.json",       "unknown-fields.json",
                                           "wrong-types.json",  "empty.json" };

static void hostile_json_is_told_and_never_taken(void **state)
{
    ApiHouse *a   = *state;
    DIR *folder   = opendir("tests/data/hostile/json");
    Str token     = a_token(a, a->h->ben, "read,write");
    size_t looked = 0;
    assert_non_null(folder);

    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] == '.') continue;
        Str body =
            data_file(a->http.arena, str_to_c(a->http.arena, str_fmt(a->http.arena, "hostile/json/%s", entry->d_name)));
        Heard heard = api_send(
            a, "/api/v1/errands",
            (Sent){ .method = "POST", .token = token, .headers = "Content-Type: application/json\r\n", .body = body });
        bool is_json = name_is_among(entry->d_name, well_formed, countof(well_formed));
        assert_problem(a, &heard, is_json ? 422 : 400, is_json ? "invalid" : "invalid-json");
        looked++;
    }
    closedir(folder);
    Heard listed = api_send(a, "/api/v1/errands", (Sent){ .token = token });
    assert_true(looked > 30);
    assert_int_equal(json_integer_value(json_object_get(heard_json(a, &listed), "total")), 0);
}

static void a_mistake_in_json_is_found_by_line_and_column(void **state)
{
    ApiHouse *a = *state;
    Heard heard = api_post(a, a->h->ben, "/api/v1/errands", "{\n  \"title\": \"x\",\n  \"title\": \"y\"\n}");

    assert_problem(a, &heard, 400, "invalid-json");
    assert_true(str_has(json_text(heard_json(a, &heard), "detail"), STR("Line 3, column")));
}

static Str long_body(ApiHouse *a, size_t members, size_t text)
{
    Buf body = buf_open(a->http.arena, (size_t)4 << 20);

    buf_add_c(&body, "{\"title\":\"");
    for (size_t i = 0; i < text; i++)
        buf_add_byte(&body, 'x');
    buf_add_byte(&body, '"');
    for (size_t i = 0; i < members; i++)
        buf_fmt(&body, ",\"m%zu\":1", i);
    buf_add_byte(&body, '}');
    return buf_str(&body);
}

static void too_much_is_too_much(void **state)
{
    ApiHouse *a = *state;
    Sent sent   = { .token = a_token(a, a->h->ben, "write"), .headers = "Content-Type: application/json\r\n" };
    Sent keys = sent, text = sent;
    keys.body = long_body(a, 20000, 1);
    text.body = long_body(a, 0, (size_t)2 << 20);

    Heard many = api_send(a, "/api/v1/errands", keys), large = api_send(a, "/api/v1/errands", text);

    assert_problem(a, &many, 400, "invalid-json");
    assert_problem(a, &large, 413, "too-large");
}

/* ---- texts that mean something to somebody else ---- */

static Str encoded(ApiHouse *a, Str text)
{
    Buf out = buf_open(a->http.arena, 1 << 16);

    for (size_t i = 0; i < text.len; i++)
        buf_fmt(&out, "%%%02X", (unsigned)(unsigned char)text.ptr[i]);
    return buf_str(&out);
}

/* As the record keeps a text: line ends of other systems are ours, blanks at the ends are gone. */
static Str as_kept(ApiHouse *a, Str text)
{
    Buf out = buf_open(a->http.arena, 1 << 16);

    for (size_t i = 0; i < text.len; i++) {
        bool is_pair = text.ptr[i] == '\r' && i + 1 < text.len && text.ptr[i + 1] == '\n';
        if (!is_pair) buf_add_byte(&out, (char)(text.ptr[i] == '\r' ? '\n' : text.ptr[i]));
    }
    return str_trim(buf_str(&out));
}

/* The text as a field: kept as it was typed, or named as one that cannot be kept. */
static void assert_kept(ApiHouse *a, Str token, Str text)
{
    json_t *input = json_own(a->http.arena, json_object());
    Buf body      = buf_open(a->http.arena, 1 << 16);
    json_object_set_new(input, "title", json_string("x"));
    json_object_set_new(input, "owner", json_string("p-ben"));
    json_object_set_new(input, "story", json_from_str(text));
    json_write(&body, input);

    Heard made =
        api_send(a, "/api/v1/errands",
                 (Sent){ .token = token, .headers = "Content-Type: application/json\r\n", .body = buf_str(&body) });

    if (made.status == 422) return;
    assert_status(&made, 200);
    Str number  = json_text(json_object_get(heard_json(a, &made), "record"), "number");
    Heard heard = api_send(a, str_to_c(a->http.arena, str_fmt(a->http.arena, "/api/v1/errands/%.*s", STR_ARG(number))),
                           (Sent){ .token = token });
    Str kept    = json_text(heard_json(a, &heard), "story");
    if (!str_eq(kept, as_kept(a, text))) fail_msg("%.*s became %.*s", STR_ARG(text), STR_ARG(kept));
}

/* The same text wherever an address can hold it: no failure, and no more found than is there. */
static void assert_harmless(ApiHouse *a, Str token, Str text)
{
    static const char *const addresses[] = {
        "/api/v1/errands?title=", "/api/v1/errands?sort=", "/api/v1/errands?after=",    "/api/v1/errands?owner=",
        "/api/v1/errands?q=",     "/api/v1/search?q=",     "/api/v1/errands?due.from=", "/api/v1/errands/"
    };

    for (size_t i = 0; i < countof(addresses); i++) {
        Str path    = str_fmt(a->http.arena, "%s%.*s", addresses[i], STR_ARG(encoded(a, text)));
        Heard heard = api_send(a, str_to_c(a->http.arena, path), (Sent){ .token = token });
        if (heard.status >= 500 || heard.status == 0) fail_msg("%.*s: %d", STR_ARG(path), heard.status);
        if (heard.status != 200 || i != 0) continue;
        assert_int_equal(json_integer_value(json_object_get(heard_json(a, &heard), "total")), 0);
    }
}

/* A NUL in a text is not JSON that we read, here as there. */
static void assert_unreadable(ApiHouse *a, Str token, Str line)
{
    Heard heard = api_send(a, "/api/v1/errands",
                           (Sent){ .token = token, .headers = "Content-Type: application/json\r\n", .body = line });

    assert_problem(a, &heard, 400, "invalid-json");
}

static void each_line(ApiHouse *a, const char *file, const char *member, void (*look)(ApiHouse *, Str, Str))
{
    Str rest  = data_file(a->http.arena, file), line;
    Str token = a_token(a, a->h->ben, "read,write");

    while (str_cut(&rest, '\n', &line)) {
        json_t *item;
        Err err = { 0 };
        if (line.len == 0) continue;
        if (json_read(a->http.arena, line, &item, &err))
            look(a, token, json_text(item, member));
        else
            assert_unreadable(a, token, line);
    }
}

static void words_of_databases_are_words(void **state)
{
    ApiHouse *a = *state;

    each_line(a, "hostile/sql.jsonl", "text", assert_kept);
    each_line(a, "hostile/sql.jsonl", "text", assert_harmless);
}

static void markup_is_text(void **state)
{
    each_line(*state, "hostile/xss.jsonl", "payload", assert_kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_API_ON(sqlite, hostile_json_is_told_and_never_taken),
        IN_API_ON(sqlite, a_mistake_in_json_is_found_by_line_and_column),
        IN_API_ON(sqlite, too_much_is_too_much),
        IN_API(words_of_databases_are_words),
        IN_API_ON(sqlite, markup_is_text),
        cmocka_unit_test(every_answer_fits_the_document),
    };
    return cmocka_run_group_tests(tests, api_start, api_stop);
}
