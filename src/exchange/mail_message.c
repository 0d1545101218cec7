/* SPDX-License-Identifier: Apache-2.0
 * Mail: heads, then parts from the outside in. */
#include "exchange/mail_message.h"

#include "base/buf.h"

/* What is said above a body. */
typedef struct {
    Str type, encoding, disposition;
} PartHead;

typedef struct {
    Arena *arena;
    Mail *mail;
    int parts; /* seen so far */
    bool has_text;
} Reader;

/* ---- bytes to text ---- */

static Str from_latin1(Arena *arena, Str bytes)
{
    Buf out = buf_open(arena, bytes.len * 2 + 1);

    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char byte = (unsigned char)bytes.ptr[i];
        if (byte < 0x80) {
            buf_add_byte(&out, (char)byte);
            continue;
        }
        buf_add_byte(&out, (char)(0xc0 | byte >> 6));
        buf_add_byte(&out, (char)(0x80 | (byte & 0x3f)));
    }
    return buf_str(&out);
}

static Str text_from(Arena *arena, Str bytes)
{
    return str_is_utf8(bytes) ? bytes : from_latin1(arena, bytes);
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

/* RFC 2045 6.7; in words of a head "_" is a blank (RFC 2047 4.2). What is no escape stays as it is. */
static Str quoted_decode(Arena *arena, Str text, bool is_word)
{
    Buf out = buf_open(arena, text.len + 1);

    for (size_t i = 0; i < text.len; i++) {
        char c   = text.ptr[i];
        int high = c == '=' && i + 2 < text.len ? hex_digit(text.ptr[i + 1]) : -1;
        int low  = high >= 0 ? hex_digit(text.ptr[i + 2]) : -1;
        Str rest = str_slice(text, i + 1, text.len);
        if (low >= 0) {
            buf_add_byte(&out, (char)(high << 4 | low));
            i += 2;
        } else if (c == '=' && str_starts(rest, STR("\r\n"))) {
            i += 2;
        } else if (c == '=' && str_starts(rest, STR("\n"))) {
            i += 1;
        } else {
            buf_add_byte(&out, is_word && c == '_' ? ' ' : c);
        }
    }
    return buf_str(&out);
}

static int base64_digit(char c)
{
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* RFC 2045 6.8: other characters are passed over; ends at the padding. base/base64.h is strict, mail is not. */
static Str base64_lenient(Arena *arena, Str text)
{
    Buf out       = buf_open(arena, text.len + 1);
    unsigned bits = 0;
    int held      = 0;

    for (size_t i = 0; i < text.len && text.ptr[i] != '='; i++) {
        int digit = base64_digit(text.ptr[i]);
        if (digit < 0) continue;
        bits = (bits << 6 | (unsigned)digit) & 0xffffff;
        held += 6;
        if (held < 8) continue;
        held -= 8;
        buf_add_byte(&out, (char)(bits >> held & 0xff));
    }
    return buf_str(&out);
}

/* ---- words of a head ---- */

/* One "=?charset?B?…?=" at the start of `text`; *len is what it takes. */
static bool word_decode(Arena *arena, Str text, Str *word, size_t *len)
{
    Str rest = str_slice(text, 2, text.len), charset, encoding, coded;

    if (!str_starts(text, STR("=?"))) return false;
    if (!str_cut(&rest, '?', &charset) || !str_cut(&rest, '?', &encoding) || !str_cut(&rest, '?', &coded)) return false;
    bool is_word = charset.len > 0 && encoding.len == 1 && str_starts(rest, STR("=")) &&
                   str_index(coded, ' ') == coded.len && coded.ptr + coded.len + 2 <= text.ptr + text.len;
    if (!is_word) return false;
    char how = encoding.ptr[0];
    if (how == 'B' || how == 'b')
        *word = base64_lenient(arena, coded);
    else if (how == 'Q' || how == 'q')
        *word = quoted_decode(arena, coded, true);
    else
        return false;
    *len = (size_t)(coded.ptr + coded.len + 2 - text.ptr);
    return true;
}

/* Blanks between two encoded words are none (RFC 2047 6.2). */
static Str head_decode(Arena *arena, Str value)
{
    Buf out         = buf_open(arena, value.len + 1);
    size_t word_end = SIZE_MAX; /* place in `value` up to which there were only blanks since a word */
    size_t len_then = 0;

    for (size_t i = 0; i < value.len;) {
        Str word, rest = str_slice(value, i, value.len);
        size_t len;
        if (value.ptr[i] == '=' && word_decode(arena, rest, &word, &len)) {
            if (word_end == i) out.len = len_then;
            buf_add(&out, word);
            i += len;
            word_end = i, len_then = out.len;
            continue;
        }
        bool is_blank = value.ptr[i] == ' ' || value.ptr[i] == '\t';
        if (word_end == i && is_blank) word_end = i + 1;
        buf_add_byte(&out, value.ptr[i++]);
    }
    return text_from(arena, buf_str(&out));
}

/* ---- heads ---- */

static bool line_cut(Str *rest, Str *line)
{
    if (rest->len == 0) return false;
    (void)str_cut(rest, '\n', line);
    if (line->len > 0 && line->ptr[line->len - 1] == '\r') line->len--;
    return true;
}

static bool is_head_name(Str name)
{
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] <= ' ' || name.ptr[i] > '~') return false;
    }
    return name.len > 0 && name.len <= 76;
}

/* One header with the lines that continue it as "Name: value"; false at the blank line, the end, or what is no header.
 */
static bool header_cut(Arena *arena, Str *rest, Str *name, Str *value)
{
    Str after = *rest, line;

    if (!line_cut(&after, &line) || line.len == 0) return false;
    size_t colon = str_index(line, ':');
    *name        = str_trim(str_slice(line, 0, colon));
    if (colon == line.len || !is_head_name(*name)) return false;
    Buf text = buf_open(arena, MAIL_VALUE_MAX);
    buf_add(&text, str_trim(str_slice(line, colon + 1, line.len)));
    while (after.len > 0 && (after.ptr[0] == ' ' || after.ptr[0] == '\t')) {
        (void)line_cut(&after, &line);
        buf_add_byte(&text, ' ');
        buf_add(&text, str_trim(line));
    }
    *value = buf_str(&text);
    *rest  = after;
    return true;
}

static void head_keep(Reader *reader, PartHead *head, bool is_outer, Str name, Str value)
{
    Mail *mail = reader->mail;
    Str known  = str_lower(reader->arena, name);
    const struct {
        const char *name;
        Str *into;
    } shown[] = { { "from", &mail->from },
                  { "to", &mail->to },
                  { "cc", &mail->cc },
                  { "date", &mail->date },
                  { "subject", &mail->subject } };

    if (str_eq_c(known, "content-type")) head->type = value;
    if (str_eq_c(known, "content-transfer-encoding")) head->encoding = str_lower(reader->arena, value);
    if (str_eq_c(known, "content-disposition")) head->disposition = value;
    for (size_t i = 0; is_outer && i < countof(shown); i++) {
        if (str_eq_c(known, shown[i].name) && shown[i].into->len == 0)
            *shown[i].into = head_decode(reader->arena, value);
    }
}

/* The head of a part; what follows its blank line stays in `rest`. */
static void head_read(Reader *reader, Str *rest, PartHead *head, bool is_outer)
{
    Str name, value, line;
    int headers = 0;

    while (headers < MAIL_HEADERS_MAX && header_cut(reader->arena, rest, &name, &value)) {
        headers++;
        head_keep(reader, head, is_outer, name, value);
    }
    if (headers == MAIL_HEADERS_MAX) reader->mail->is_cut = true;
    Str after = *rest;
    if (line_cut(&after, &line) && line.len == 0) *rest = after;
}

/* "text/plain" of "Text/Plain; charset=utf-8". */
static Str head_kind(Arena *arena, Str value)
{
    return str_trim(str_lower(arena, str_slice(value, 0, str_index(value, ';'))));
}

/* The value of a parameter, without quotes; empty when it is not there. */
static Str head_parameter(Arena *arena, Str value, const char *wanted)
{
    Str part;

    if (!str_cut(&value, ';', &part)) return (Str){ 0 };
    while (str_cut(&value, ';', &part)) {
        size_t equals = str_index(part, '=');
        if (equals == part.len || !str_eq_c(str_lower(arena, str_trim(str_slice(part, 0, equals))), wanted)) continue;
        Str text = str_trim(str_slice(part, equals + 1, part.len));
        if (text.len >= 2 && text.ptr[0] == '"' && text.ptr[text.len - 1] == '"')
            text = str_slice(text, 1, text.len - 2);
        return text;
    }
    return (Str){ 0 };
}

/* ---- bodies ---- */

static Str body_decode(const Reader *reader, const PartHead *head, Str body)
{
    Str how = str_trim(head->encoding);

    if (str_eq_c(how, "base64")) return base64_lenient(reader->arena, body);
    if (str_eq_c(how, "quoted-printable")) return quoted_decode(reader->arena, body, false);
    return body;
}

static void text_take(Reader *reader, const PartHead *head, Str body)
{
    if (body.len > MAIL_TEXT_BYTES_MAX) {
        body                 = str_slice(body, 0, MAIL_TEXT_BYTES_MAX);
        reader->mail->is_cut = true;
    }
    reader->has_text   = true;
    reader->mail->text = text_from(reader->arena, body_decode(reader, head, body));
}

static void attachment_take(Reader *reader, const PartHead *head, Str body)
{
    Arena *arena = reader->arena;
    Str name     = head_parameter(arena, head->disposition, "filename");

    if (name.len == 0) name = head_parameter(arena, head->type, "name");
    *list_push(arena, reader->mail) = (MailAttachment){ .name = head_decode(arena, name),
                                                        .type = text_from(arena, head_kind(arena, head->type)),
                                                        .size = body.len };
}

static void part_read(Reader *reader, Str bytes, int depth);

/* Up to the line "--boundary", which goes; *is_last at "--boundary--". False when there is no such line. */
static bool part_cut(Str *rest, Str boundary, Str *part, bool *is_last)
{
    const char *start = rest->ptr;
    Str line;

    while (rest->len > 0) {
        const char *line_at = rest->ptr;
        (void)line_cut(rest, &line);
        bool is_mark = line.len >= boundary.len + 2 && str_starts(line, STR("--")) &&
                       str_eq(str_slice(line, 2, boundary.len), boundary);
        if (!is_mark) continue;
        Str behind = str_trim(str_slice(line, boundary.len + 2, line.len));
        *is_last   = str_eq_c(behind, "--");
        if (behind.len > 0 && !*is_last) continue;
        *part = (Str){ start, (size_t)(line_at - start) };
        return true;
    }
    return false;
}

static void parts_read(Reader *reader, Str body, Str boundary, int depth)
{
    bool is_last = false;
    Str part;

    if (boundary.len == 0 || !part_cut(&body, boundary, &part, &is_last)) return; /* what stands before the first */
    while (!is_last) {
        Str rest = body;
        if (!part_cut(&body, boundary, &part, &is_last)) part = rest, is_last = true;
        if (reader->parts >= MAIL_PARTS_MAX) {
            reader->mail->is_cut = true;
            return;
        }
        part_read(reader, part, depth + 1);
    }
}

static void body_read(Reader *reader, const PartHead *head, Str body, int depth)
{
    Str kind         = head_kind(reader->arena, head->type);
    bool is_attached = str_eq_c(head_kind(reader->arena, head->disposition), "attachment");

    if (str_starts(kind, STR("multipart/")) && depth < MAIL_DEPTH_MAX)
        parts_read(reader, body, head_parameter(reader->arena, head->type, "boundary"), depth);
    else if ((kind.len == 0 || str_eq_c(kind, "text/plain")) && !is_attached && !reader->has_text)
        text_take(reader, head, body);
    else
        attachment_take(reader, head, body);
}

static void part_read(Reader *reader, Str bytes, int depth)
{
    PartHead head = { 0 };

    reader->parts++;
    head_read(reader, &bytes, &head, false);
    body_read(reader, &head, bytes, depth);
}

bool mail_read(Arena *arena, Str bytes, Mail *out)
{
    Reader reader = { .arena = arena, .mail = out };
    PartHead head = { 0 };

    *out = (Mail){ 0 };
    head_read(&reader, &bytes, &head, true);
    if (out->from.len == 0 && out->date.len == 0 && out->subject.len == 0) return false;
    body_read(&reader, &head, bytes, 0);
    return true;
}
