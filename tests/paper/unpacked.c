/* SPDX-License-Identifier: Apache-2.0
 * A reader of ZIP files by their central directory, and of XML as text. */
#include "unpacked.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#define ZLIB_CONST
#include <zlib.h>

#include "base/buf.h"
#include "pdf_tools.h"

/* ------------------------------------------------------------------------------------------------------- ZIP */

typedef struct {
    Str name, packed;
    unsigned method, crc;
    size_t size;
} Entry;

typedef struct {
    Entry *at;
    size_t len, cap;
} Entries;

static size_t number_at(Str bytes, size_t at, size_t width)
{
    size_t number = 0;

    assert_true(at + width <= bytes.len);
    for (size_t i = width; i-- > 0;)
        number = number << 8 | (unsigned char)bytes.ptr[at + i];
    return number;
}

static void entry_read(Arena *arena, Str zip, size_t *at, Entries *entries)
{
    Entry *entry = list_push(arena, entries);

    assert_true(str_eq(str_slice(zip, *at, 4), STR("PK\x01\x02")));
    size_t name_len = number_at(zip, *at + 28, 2), local = number_at(zip, *at + 42, 4);
    size_t packed = number_at(zip, *at + 20, 4);
    entry->method = (unsigned)number_at(zip, *at + 10, 2);
    entry->crc    = (unsigned)number_at(zip, *at + 16, 4);
    entry->size   = number_at(zip, *at + 24, 4);
    entry->name   = str_slice(zip, *at + 46, name_len);
    assert_true(str_eq(str_slice(zip, local, 4), STR("PK\x03\x04")));
    assert_int_equal(number_at(zip, local + 18, 4), packed);
    size_t head   = 30 + number_at(zip, local + 26, 2) + number_at(zip, local + 28, 2);
    entry->packed = str_slice(zip, local + head, packed);
    *at += 46 + name_len + number_at(zip, *at + 30, 2) + number_at(zip, *at + 32, 2);
}

static Entries entries_of(Arena *arena, Str zip)
{
    Entries entries = { 0 };
    assert_true(zip.len > 22);
    size_t end = zip.len - 22;

    assert_true(str_eq(str_slice(zip, end, 4), STR("PK\x05\x06")));
    size_t count = number_at(zip, end + 10, 2), at = number_at(zip, end + 16, 4);
    for (size_t i = 0; i < count; i++)
        entry_read(arena, zip, &at, &entries);
    assert_int_equal(at, end);
    return entries;
}

static Str entry_content(Arena *arena, const Entry *entry)
{
    char *bytes     = arena_array(arena, char, entry->size + 1);
    z_stream stream = { .next_in   = (const Bytef *)entry->packed.ptr,
                        .avail_in  = (uInt)entry->packed.len,
                        .next_out  = (Bytef *)bytes,
                        .avail_out = (uInt)entry->size + 1 };

    if (entry->method == 0) {
        assert_int_equal(entry->packed.len, entry->size);
        memcpy(bytes, entry->packed.ptr, entry->size);
    } else {
        assert_int_equal(inflateInit2(&stream, -15), Z_OK);
        assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
        assert_int_equal(stream.total_out, entry->size);
        inflateEnd(&stream);
    }
    assert_int_equal(crc32(0, (const Bytef *)bytes, (uInt)entry->size), entry->crc);
    return (Str){ bytes, entry->size };
}

Str part_of(Arena *arena, Str package, const char *name)
{
    Entries entries = entries_of(arena, package);

    for (size_t i = 0; i < entries.len; i++)
        if (str_eq_c(entries.at[i].name, name)) return entry_content(arena, &entries.at[i]);
    fail_msg("there is no part \"%s\"", name);
    return (Str){ 0 };
}

StrList parts_of(Arena *arena, Str package)
{
    Entries entries = entries_of(arena, package);
    StrList names   = { 0 };

    for (size_t i = 0; i < entries.len; i++)
        *list_push(arena, &names) = entries.at[i].name;
    return names;
}

/* ------------------------------------------------------------------------------------------------------- whole */

static bool list_has(const StrList *list, Str wanted)
{
    for (size_t i = 0; i < list->len; i++)
        if (str_eq(list->at[i], wanted)) return true;
    return false;
}

/* The value of the next attribute `name` in `rest`, which is moved behind it; false when there is none. */
static bool next_attribute(Str *rest, const char *name, Str *value)
{
    Str start = str_from_c(name);

    for (size_t at = 0; at + start.len < rest->len; at++) {
        if (!str_starts(str_slice(*rest, at, rest->len), start)) continue;
        Str behind = str_slice(*rest, at + start.len, rest->len);
        *value     = str_slice(behind, 0, str_index(behind, '"'));
        *rest      = str_slice(behind, value->len, behind.len);
        return true;
    }
    return false;
}

/* "word/_rels/document.xml.rels" speaks of what lies in "word/". */
static void assert_relations_lead(Arena *arena, Str package, Str name, const StrList *names)
{
    Str rest   = part_of(arena, package, str_to_c(arena, name)), target;
    size_t end = 0;

    while (end < name.len && !str_starts(str_slice(name, end, name.len), STR("_rels/")))
        end++;
    while (next_attribute(&rest, "Target=\"", &target)) {
        Str path = str_fmt(arena, "%.*s%.*s", STR_ARG(str_slice(name, 0, end)), STR_ARG(target));
        if (!list_has(names, path))
            fail_msg("%.*s leads to \"%.*s\", which is not there", STR_ARG(name), STR_ARG(path));
    }
}

/* Every relationship that the body names is there. */
static void assert_ids_are_known(Arena *arena, Str xml, Str relations)
{
    static const char *const attributes[] = { "r:id=\"", "r:embed=\"" };

    for (size_t i = 0; i < countof(attributes); i++) {
        Str rest = xml, id;
        while (next_attribute(&rest, attributes[i], &id))
            assert_true(str_has(relations, str_fmt(arena, "Id=\"%.*s\"", STR_ARG(id))));
    }
}

static void assert_xml_is_good(Arena *arena, Str name, Str content)
{
    static const char *const check[] = { "xmllint", "--noout", "--nonet", "FILE", NULL };
    int status;
    Str said = pdf_ask(arena, content, check, &status);

    if (status != 0) fail_msg("%.*s: %.*s", STR_ARG(name), STR_ARG(said));
}

void assert_package_is_whole(Arena *arena, Str package)
{
    StrList names = parts_of(arena, package);
    Str types     = part_of(arena, package, "[Content_Types].xml");

    assert_true(str_eq_c(names.at[0], "[Content_Types].xml"));
    for (size_t i = 0; i < names.len; i++) {
        Str name = names.at[i], content = part_of(arena, package, str_to_c(arena, name));
        bool is_picture = str_ends(name, STR(".png")), is_relations = str_ends(name, STR(".rels"));
        if (!is_picture) assert_xml_is_good(arena, name, content);
        if (is_relations) assert_relations_lead(arena, package, name, &names);
        if (!is_picture && !is_relations && i > 0)
            assert_true(str_has(types, str_fmt(arena, "PartName=\"/%.*s\"", STR_ARG(name))));
    }
    for (Str rest = types, path; next_attribute(&rest, "PartName=\"/", &path);)
        assert_true(list_has(&names, path));
    if (list_has(&names, STR("word/document.xml")))
        assert_ids_are_known(arena, part_of(arena, package, "word/document.xml"),
                             part_of(arena, package, "word/_rels/document.xml.rels"));
    if (list_has(&names, STR("xl/workbook.xml")))
        assert_ids_are_known(arena, part_of(arena, package, "xl/workbook.xml"),
                             part_of(arena, package, "xl/_rels/workbook.xml.rels"));
}

/* ------------------------------------------------------------------------------------------------------- text */

static const struct {
    const char *entity;
    char byte;
} entities[] = { { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&#39;", '\'' } };

static void add_resolved(Buf *out, Str text)
{
    for (size_t at = 0; at < text.len;) {
        Str rest = str_slice(text, at, text.len);
        size_t i = 0;
        while (i < countof(entities) && !str_starts(rest, str_from_c(entities[i].entity)))
            i++;
        buf_add_byte(out, i < countof(entities) ? entities[i].byte : text.ptr[at]);
        at += i < countof(entities) ? strlen(entities[i].entity) : 1;
    }
}

/* Runs of a word are one word, so the ends of runs are nothing; other tags are blanks. */
static bool tag_is_joint(Str tag)
{
    static const char *const joints[] = { "w:r>",     "/w:r>",   "w:t ",    "/w:t>",       "w:rPr",        "/w:rPr",
                                          "w:rStyle", "w:color", "w:rtl",   "w:hyperlink", "/w:hyperlink", "span",
                                          "/span",    "strong",  "/strong", "em>",         "/em>",         "code",
                                          "/code",    "a ",      "/a>" };

    for (size_t i = 0; i < countof(joints); i++)
        if (str_starts(tag, str_from_c(joints[i]))) return true;
    return false;
}

/* Where the element begun by `tag` ends, if its text is not for readers. */
static const char *end_of_unread(Str tag)
{
    if (str_starts(tag, STR("style>"))) return "</style>";
    return str_starts(tag, STR("w:instrText")) ? "</w:instrText>" : NULL;
}

Str text_of_xml(Arena *arena, Str xml)
{
    Buf out  = buf_open(arena, 2 * xml.len + 16);
    Str rest = xml, before, said;

    while (rest.len > 0) {
        if (!str_cut(&rest, '<', &before)) break;
        add_resolved(&out, before);
        Str tag = str_slice(rest, 0, str_index(rest, '>') + 1);
        rest    = str_slice(rest, tag.len, rest.len);
        if (!tag_is_joint(tag)) buf_add_byte(&out, ' ');
        for (Str in = tag; next_attribute(&in, " descr=\"", &said);)
            add_resolved(&out, said);
        const char *end = end_of_unread(tag);
        while (end != NULL && rest.len > 0 && !str_starts(rest, str_from_c(end)))
            rest = str_slice(rest, 1, rest.len);
    }
    return buf_str(&out);
}

Str text_of_package(Arena *arena, Str package)
{
    StrList names = parts_of(arena, package), texts = { 0 };

    for (size_t i = 0; i < names.len; i++) {
        Str name = names.at[i];
        if (str_starts(name, STR("word/document")) || str_starts(name, STR("word/header")) ||
            str_starts(name, STR("word/footer")) || str_starts(name, STR("xl/worksheets/")))
            *list_push(arena, &texts) = text_of_xml(arena, part_of(arena, package, str_to_c(arena, name)));
    }
    return str_join(arena, &texts, STR(" "));
}

/* ------------------------------------------------------------------------------------------------------- words */

/* Letters and digits of every script; signs, arrows and the like are no words, and neither is the zero width space. */
static bool rune_is_letter(uint32_t rune)
{
    if (rune < 0x80)
        return (rune >= '0' && rune <= '9') || (rune >= 'A' && rune <= 'Z') || (rune >= 'a' && rune <= 'z');
    return rune >= 0xc0 && (rune < 0x2000 || rune > 0x2bff) && rune != 0xd7 && rune != 0xf7 && rune != 0xfffc &&
           rune != 0xfffd;
}

static int str_order(const void *a, const void *b)
{
    const Str *left = a, *right = b;
    size_t len = left->len < right->len ? left->len : right->len;
    int order  = memcmp(left->ptr, right->ptr, len);

    if (order != 0) return order;
    return left->len < right->len ? -1 : left->len > right->len;
}

StrList words_of(Arena *arena, Str text)
{
    Str lower   = str_lower(arena, text);
    StrList all = { 0 };

    for (size_t at = 0; at < lower.len;) {
        size_t from = at, end = at;
        while (at < lower.len && rune_is_letter(str_next_rune(lower, &at)))
            end = at;
        if (end > from) *list_push(arena, &all) = str_slice(lower, from, end - from);
    }
    if (all.len > 1) qsort(all.at, all.len, sizeof(Str), str_order);
    size_t kept = 0;
    for (size_t i = 0; i < all.len; i++)
        if (kept == 0 || !str_eq(all.at[kept - 1], all.at[i])) all.at[kept++] = all.at[i];
    all.len = kept;
    return all;
}

static bool word_is_known(Str word, const StrList *words)
{
    return words->len > 0 && bsearch(&word, words->at, words->len, sizeof(Str), str_order) != NULL;
}

static bool word_is_allowed(Str word, const char *allowed)
{
    Str rest = str_from_c(allowed), one;

    while (str_cut(&rest, ' ', &one))
        if (str_eq(one, word)) return true;
    return false;
}

void assert_words_among(const char *what, const StrList *words, const StrList *others, const char *allowed)
{
    assert_true(words->len > 0);
    for (size_t i = 0; i < words->len; i++)
        if (!word_is_known(words->at[i], others) && !word_is_allowed(words->at[i], allowed))
            fail_msg("%s: the word \"%.*s\" is missing", what, STR_ARG(words->at[i]));
}
