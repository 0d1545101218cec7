/* SPDX-License-Identifier: Apache-2.0
 * A form as browsers send it is read the same however it is cut; any other is refused with a reason. */
#include "support/check.h"

#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "http/multipart.h"

#define PART(name, value) "--B\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"
#define FILE_PART(filename, value)                                                                                     \
    "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"" filename "\"\r\n\r\n" value "\r\n"
#define END "--B--\r\n"

/* What came out, written down: name(filename)type:data; */
typedef struct {
    Buf seen;
    size_t calls, calls_max; /* of the sink; 0: no end */
} Record;

static bool count_call(Record *record)
{
    return ++record->calls != record->calls_max;
}

static bool note_begin(void *to, const HttpPart *part)
{
    Record *record = to;

    buf_add(&record->seen, part->name);
    if (part->is_file) buf_fmt(&record->seen, "(%.*s)", STR_ARG(part->filename));
    buf_add(&record->seen, part->type);
    buf_add_byte(&record->seen, ':');
    return count_call(record);
}

static bool note_add(void *to, Str bytes)
{
    Record *record = to;

    buf_add(&record->seen, bytes);
    return count_call(record);
}

static bool note_end(void *to)
{
    Record *record = to;

    buf_add_byte(&record->seen, ';');
    return count_call(record);
}

/* Reads `body` in pieces of `piece` bytes. */
static MultipartState read_cut(Arena *arena, Str body, size_t piece, Str *seen, const char **why)
{
    Record record = { .seen = buf_open(arena, 1 << 20) };
    Multipart *multipart =
        multipart_open(arena, STR("B"), 5, (MultipartSink){ &record, note_begin, note_add, note_end });
    MultipartState result = MULTIPART_MORE;

    for (size_t at = 0; at < body.len; at += piece)
        result = multipart_feed(multipart, str_slice(body, at, piece));
    *seen = buf_str(&record.seen);
    *why  = multipart_why(multipart);
    return result;
}

static void reads_as(Arena *arena, Str body, const char *expected)
{
    const char *why;
    Str seen;

    for (size_t piece = 1; piece <= body.len; piece++) {
        MultipartState state = read_cut(arena, body, piece, &seen, &why);
        if (state != MULTIPART_DONE) fail_msg("in pieces of %zu: %s", piece, why);
        check_str(seen, expected);
    }
}

static void is_refused(Arena *arena, Str body)
{
    const char *why;
    Str seen;

    for (size_t piece = 1; piece <= body.len; piece++) {
        MultipartState state = read_cut(arena, body, piece, &seen, &why);
        if (state == MULTIPART_DONE) fail_msg("accepted in pieces of %zu: %.*s", piece, STR_ARG(body));
        assert_non_null(why);
    }
}

static void fields_and_files_are_read_however_they_are_cut(void **state)
{
    reads_as(*state, STR(PART("title", "Access review") PART("empty", "") FILE_PART("a.pdf", "%PDF") END),
             "title:Access review;empty:;f(a.pdf):%PDF;");
    reads_as(*state,
             STR("--B\r\ncontent-disposition:form-data; name=\"f\"; filename=\"\"\r\nContent-Type: text/plain\r\n"
                 "X-Other: y\r\n\r\nx\r\n--B--"),
             "f()text/plain:x;");
}

static void data_that_looks_like_a_delimiter_stays_data(void **state)
{
    reads_as(*state, STR(PART("a", "\r\n-\r\n--\r\n\r\r\n--A\r--B\n--B--B") END),
             "a:\r\n-\r\n--\r\n\r\r\n--A\r--B\n--B--B;");
    reads_as(*state, STR(PART("a", "\r\n\r\n") PART("b", "\r") END), "a:\r\n\r\n;b:\r;");
}

static void quotes_in_names_are_undone(void **state)
{
    reads_as(*state, STR(FILE_PART("a%22b%41\\.pdf", "") END), "f(a\"b%41\\.pdf):;");
}

static void hostile_forms_are_refused(void **state)
{
    static const Str bodies[] = {
        STR_INIT("x"),
        STR_INIT(PART("a", "b")), /* ends early */
        STR_INIT("--B\r\n"),
        STR_INIT("preamble\r\n" PART("a", "b") END),
        STR_INIT("\r\n" PART("a", "b") END),
        STR_INIT(PART("a", "b") END "epilogue"),
        STR_INIT(PART("a", "b") END "\r\n"),
        STR_INIT(PART("a", "b\r\n--Bx") END), /* a delimiter that goes on */
        STR_INIT(PART("a", "b\r\n--B \r\n") END),
        STR_INIT("--B\r\n\r\nb\r\n" END),                                   /* no description */
        STR_INIT("--B\r\nContent-Disposition: form-data\r\n\r\nb\r\n" END), /* no name */
        STR_INIT("--B\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nb\r\n" END),
        STR_INIT("--B\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n" END), /* not quoted */
        STR_INIT("--B\r\nContent-Disposition: form-data; name=\"a\r\n\r\nb\r\n" END),
        STR_INIT("--B\r\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\nb\r\n" END),
        STR_INIT("--B\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\"; filename=\"c\"\r\n\r\nb\r\n" END),
        STR_INIT("--B\r\nContent-Disposition: form-data; name=\"a\"; filename*=UTF-8''b\r\n\r\nb\r\n" END),
        STR_INIT("--B\r\nContent-Disposition: form-data; name=\"a\" x\r\n\r\nb\r\n" END),
        STR_INIT("--B\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; "
                 "name=\"b\"\r\n\r\nb\r\n" END),
        STR_INIT("--B\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: a/b\r\nContent-Type: "
                 "a/b\r\n\r\nb\r\n" END),
        STR_INIT(
            "--B\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64\r\n\r\nb\r\n" END),
        STR_INIT("--B\r\nContent-Disposition: form-data; name=\"a\"\r\n folded: b\r\n\r\nb\r\n" END),
        STR_INIT("--B\r\nContent-Disposition: form-data; name=\"a\"\n\r\nb\r\n" END), /* a bare LF */
        STR_INIT("--B\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n" END),
        STR_INIT("--B\r\nContent-Disposition : form-data; name=\"a\"\r\n\r\nb\r\n" END),
        STR_INIT(PART("a\x01", "b") END),
        STR_INIT(PART("a\0", "b") END),
        STR_INIT(PART("a\xff", "b") END),
        STR_INIT(FILE_PART("a\xc0\xaf", "b") END),
        STR_INIT(PART("a", "1") PART("a", "2") PART("a", "3") PART("a", "4") PART("a", "5") PART("a", "6")
                     END), /* one too many */
    };

    for (size_t i = 0; i < countof(bodies); i++)
        is_refused(*state, bodies[i]);
}

static void a_head_without_end_is_refused(void **state)
{
    Arena *arena = *state;
    Buf body     = buf_open(arena, 1 << 20);
    const char *why;
    Str seen;

    buf_add_c(&body, "--B\r\nContent-Disposition: form-data; name=\"");
    for (int i = 0; i < 5000; i++)
        buf_add_byte(&body, 'a');
    assert_int_equal(read_cut(arena, buf_str(&body), 1000, &seen, &why), MULTIPART_REFUSED);

    body = buf_open(arena, 1 << 20);
    buf_add_c(&body, "--B\r\n");
    for (int i = 0; i < 100; i++)
        buf_add_c(&body, "X: y\r\n");
    assert_int_equal(read_cut(arena, buf_str(&body), 1000, &seen, &why), MULTIPART_REFUSED);
}

static void a_sink_can_stop_the_reader(void **state)
{
    Arena *arena = *state;
    Str body     = STR(PART("a", "1\r2") PART("b", "3") END);

    for (size_t calls = 1; calls <= 6; calls++) {
        Record record = { .seen = buf_open(arena, 4096), .calls_max = calls };
        Multipart *multipart =
            multipart_open(arena, STR("B"), 5, (MultipartSink){ &record, note_begin, note_add, note_end });
        assert_int_equal(multipart_feed(multipart, body), MULTIPART_STOPPED);
        assert_int_equal(multipart_feed(multipart, body), MULTIPART_STOPPED);
        assert_int_equal(record.calls, calls);
    }
}

static void only_a_good_boundary_is_taken(void **state)
{
    (void)state;
    check_str(multipart_boundary(STR("multipart/form-data; boundary=----WebKitFormBoundaryx7")),
              "----WebKitFormBoundaryx7");
    check_str(multipart_boundary(STR("Multipart/Form-Data;Boundary=\"a'b\"")), "a'b");
    assert_null(multipart_boundary(STR("multipart/form-data")).ptr);
    assert_null(multipart_boundary(STR("multipart/form-data; boundary=")).ptr);
    assert_null(multipart_boundary(STR("multipart/form-data; boundary=\"a b\"")).ptr);
    assert_null(multipart_boundary(STR("multipart/form-data; boundary=a; boundary=b")).ptr);
    assert_null(multipart_boundary(STR("multipart/mixed; boundary=a")).ptr);
    assert_null(multipart_boundary(STR("multipart/form-data; boundary="
                                       "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"))
                    .ptr);
}

static int hex_digit(char digit)
{
    return digit <= '9' ? digit - '0' : digit - 'a' + 10;
}

static Str unhex(Arena *arena, Str hex)
{
    char *bytes = arena_alloc(arena, hex.len / 2 + 1, 1);

    for (size_t i = 0; i + 1 < hex.len; i += 2)
        bytes[i / 2] = (char)(hex_digit(hex.ptr[i]) * 16 + hex_digit(hex.ptr[i + 1]));
    return (Str){ bytes, hex.len / 2 };
}

/* Control characters and what is no text are refused. Any other name comes through as it is, also a long one: it is a
 * label, and is cut when it becomes the name of a download. */
static void hostile_file_names_are_labels_or_refused(void **state)
{
    Arena *arena = *state;
    Str lines    = data_file(arena, "hostile/filenames.jsonl");
    Str line, seen;
    const char *why;
    size_t refused = 0, kept = 0;

    while (str_cut(&lines, '\n', &line)) {
        json_t *object;
        Err err = { 0 };
        if (line.len == 0) continue;
        check_done(json_read(arena, line, &object, &err), &err);
        Str name = unhex(arena, json_text(object, "name_hex"));
        Buf body = buf_open(arena, 1 << 16);
        buf_add_c(&body, "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"");
        for (size_t i = 0; i < name.len; i++) {
            if (name.ptr[i] == '"')
                buf_add_c(&body, "%22"); /* as a browser does */
            else
                buf_add_byte(&body, name.ptr[i]);
        }
        buf_add_c(&body, "\"\r\n\r\nx\r\n--B--\r\n");
        MultipartState got = read_cut(arena, buf_str(&body), 7, &seen, &why);
        if (name.len < 256 && str_starts(json_text(object, "expect"), STR("refuse")))
            assert_int_equal(got, MULTIPART_REFUSED);
        if (str_starts(json_text(object, "expect"), STR("accept")) && name.len <= 1024) {
            assert_int_equal(got, MULTIPART_DONE);
            assert_true(str_eq(seen, str_fmt(arena, "f(%.*s):x;", STR_ARG(name))));
        }
        refused += got == MULTIPART_REFUSED;
        kept += got == MULTIPART_DONE;
    }
    assert_true(refused > 5 && kept > 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(fields_and_files_are_read_however_they_are_cut),
        arena_test(data_that_looks_like_a_delimiter_stays_data),
        arena_test(quotes_in_names_are_undone),
        arena_test(hostile_forms_are_refused),
        arena_test(a_head_without_end_is_refused),
        arena_test(a_sink_can_stop_the_reader),
        arena_test(only_a_good_boundary_is_taken),
        arena_test(hostile_file_names_are_labels_or_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
