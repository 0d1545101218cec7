/* SPDX-License-Identifier: Apache-2.0
 * The reader is a machine of five states fed byte by byte, but for the data of a part, which is passed on in runs. A
 * delimiter is CR LF "--" boundary; as CR stands in it only at its start, a match that breaks off can only begin again
 * at the byte that broke it, so the matched part is given back as data from the delimiter's own text and nothing is
 * held. */
#include "http/multipart.h"

#include <assert.h>

#include "http/target.h"

enum {
    BOUNDARY_MAX       = 70,
    DELIMITER_MAX      = BOUNDARY_MAX + 4,
    LINE_MAX_BYTES     = 4096,
    HEAD_LINES_MAX     = 16,
    NAME_MAX_BYTES     = 200,
    FILENAME_MAX_BYTES = 1024,
};

typedef enum {
    IN_DELIMITER, /* before the first part: only the delimiter may come */
    IN_TAIL,      /* behind a delimiter: CR LF begins a part, "--" ends the body */
    IN_HEAD,
    IN_DATA,
    IN_END, /* behind the last delimiter: at most one CR LF */
} Where;

struct Multipart {
    Arena *arena;
    MultipartSink sink;
    MultipartState state;
    Where where;
    const char *why;
    size_t parts, parts_max;
    char delimiter[DELIMITER_MAX]; /* CR LF -- boundary */
    size_t delimiter_len;
    size_t matched; /* bytes of the delimiter seen; invariant: less than delimiter_len between calls */
    char tail[2];   /* of IN_TAIL and IN_END */
    size_t tail_len;
    char line[LINE_MAX_BYTES]; /* of IN_HEAD */
    size_t line_len, lines;
    char name[NAME_MAX_BYTES], filename[FILENAME_MAX_BYTES], type[NAME_MAX_BYTES];
    HttpPart part; /* its texts point into the three above */
    bool has_disposition, has_type;
};

/* bchars of RFC 2046 without the blank, which no browser uses and which readers trim differently. */
static bool is_boundary(Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char byte     = text.ptr[i];
        bool is_alnum = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
        if (!is_alnum && (byte == '\0' || strchr("'()+_,-./:=?", byte) == NULL)) return false;
    }
    return text.len > 0 && text.len <= BOUNDARY_MAX;
}

/* `text` begins with lower-case `word` in any case. */
static bool starts_word(Str text, Str word)
{
    if (text.len < word.len) return false;
    for (size_t i = 0; i < word.len; i++) {
        char byte = text.ptr[i];
        if (byte >= 'A' && byte <= 'Z') byte = (char)(byte - 'A' + 'a');
        if (byte != word.ptr[i]) return false;
    }
    return true;
}

static bool is_word(Str text, Str word)
{
    return text.len == word.len && starts_word(text, word);
}

Str multipart_boundary(Str content_type)
{
    static const Str kind  = STR_INIT("multipart/form-data");
    static const Str label = STR_INIT("boundary=");
    Str rest               = str_trim(content_type);

    if (!starts_word(rest, kind)) return (Str){ 0 };
    rest = str_trim(str_slice(rest, kind.len, rest.len));
    if (!str_starts(rest, STR(";"))) return (Str){ 0 };
    rest = str_trim(str_slice(rest, 1, rest.len));
    if (!starts_word(rest, label)) return (Str){ 0 };
    rest = str_slice(rest, label.len, rest.len);
    if (rest.len >= 2 && str_starts(rest, STR("\"")) && str_ends(rest, STR("\"")))
        rest = str_slice(rest, 1, rest.len - 2);
    return is_boundary(rest) ? rest : (Str){ 0 };
}

Multipart *multipart_open(Arena *arena, Str boundary, size_t parts_max, MultipartSink sink)
{
    Multipart *m = arena_new(arena, Multipart);

    assert(is_boundary(boundary));
    m->arena     = arena;
    m->sink      = sink;
    m->parts_max = parts_max;
    memcpy(m->delimiter, "\r\n--", 4);
    memcpy(m->delimiter + 4, boundary.ptr, boundary.len);
    m->delimiter_len = boundary.len + 4;
    m->matched       = 2; /* the body begins with "--" boundary: as if a line end had come before it */
    m->why           = "The form ends before its last delimiter.";
    return m;
}

const char *multipart_why(const Multipart *m)
{
    return m->why;
}

static void refuse(Multipart *m, const char *why)
{
    m->state = MULTIPART_REFUSED;
    m->why   = why;
}

static void stop_unless(Multipart *m, bool goes_on)
{
    if (!goes_on) m->state = MULTIPART_STOPPED;
}

/* ---- the head of a part ---- */

static bool copy_text(char *to, size_t max, Str text, Str *out)
{
    if (text.len > max) return false;
    if (text.len > 0) memcpy(to, text.ptr, text.len);
    *out = (Str){ to, text.len };
    return true;
}

/* Undoes %22, the only escape of a quoted name that is needed; browsers leave '%' and '\' as they are. */
static Str unquote(char *line, Str quoted)
{
    size_t len = 0;
    char *to   = line + (quoted.ptr - line);

    for (size_t i = 0; i < quoted.len; i++) {
        bool is_quote = str_starts(str_slice(quoted, i, 3), STR("%22"));
        to[len++]     = is_quote ? '"' : quoted.ptr[i];
        if (is_quote) i += 2;
    }
    return (Str){ to, len };
}

static bool is_label(Str text)
{
    if (!str_is_utf8(text)) return false;
    for (size_t at = 0; at < text.len;) {
        uint32_t rune = str_next_rune(text, &at);
        if (rune < 0x20 || (rune >= 0x7f && rune <= 0x9f)) return false;
    }
    return true;
}

/* Takes `; key="value"` off `rest`. */
static bool parameter_cut(Multipart *m, Str *rest, Str *key, Str *value)
{
    Str text = str_trim(*rest);
    size_t equals, end;

    if (!str_starts(text, STR(";"))) return false;
    text   = str_trim(str_slice(text, 1, text.len));
    equals = str_index(text, '=');
    *key   = str_slice(text, 0, equals);
    text   = str_slice(text, equals + 1, text.len);
    if (!str_starts(text, STR("\""))) return false;
    text = str_slice(text, 1, text.len);
    end  = str_index(text, '"');
    if (end == text.len) return false;
    *rest  = str_slice(text, end + 1, text.len);
    *value = unquote(m->line, str_slice(text, 0, end));
    return is_label(*value);
}

/* NULL, or why the part is refused; so do the next two. */
static const char *disposition_read(Multipart *m, Str value)
{
    static const Str kind = STR_INIT("form-data");
    Str rest              = str_slice(value, kind.len, value.len);
    Str key, text;
    bool has_name = false;

    if (m->has_disposition || !starts_word(value, kind)) return "A part is not described as form-data once.";
    m->has_disposition = true;
    while (str_trim(rest).len > 0) {
        if (!parameter_cut(m, &rest, &key, &text)) return "The description of a part is malformed.";
        if (str_eq_c(key, "name") && !has_name) {
            has_name = copy_text(m->name, sizeof(m->name), text, &m->part.name);
            if (!has_name) return "The name of a field is too long.";
        } else if (str_eq_c(key, "filename") && !m->part.is_file) {
            m->part.is_file = copy_text(m->filename, sizeof(m->filename), text, &m->part.filename);
            if (!m->part.is_file) return "The name of a file is too long.";
        } else {
            return "The description of a part has an unknown or repeated parameter.";
        }
    }
    return has_name ? NULL : "A part has no name.";
}

static const char *header_line_read(Multipart *m, Str line)
{
    size_t colon = str_index(line, ':');
    Str name     = str_slice(line, 0, colon);
    Str value    = str_trim(str_slice(line, colon + 1, line.len));

    if (colon == line.len || !http_is_token(name)) return "A part has a malformed header.";
    if (!is_label(value)) return "A header of a part holds control characters or is not UTF-8.";
    if (is_word(name, STR("content-disposition"))) return disposition_read(m, value);
    if (is_word(name, STR("content-transfer-encoding"))) return "A part has a transfer encoding.";
    if (!is_word(name, STR("content-type"))) return NULL; /* to be ignored: RFC 7578 4.8 */
    if (m->has_type || !copy_text(m->type, sizeof(m->type), value, &m->part.type))
        return "The type of a part is repeated or too long.";
    m->has_type = true;
    return NULL;
}

/* A line is whole; the empty one ends the head. */
static const char *line_end(Multipart *m)
{
    if (m->line_len < 2 || m->line[m->line_len - 2] != '\r') return "A line of a part's head ends without CR.";
    if (m->line_len > 2) {
        Str line    = { m->line, m->line_len - 2 };
        m->line_len = 0;
        return ++m->lines > HEAD_LINES_MAX ? "A part has too many headers." : header_line_read(m, line);
    }
    if (!m->has_disposition) return "A part has no description.";
    m->where   = IN_DATA;
    m->matched = 0; /* also an empty part has the line end of its delimiter to itself */
    stop_unless(m, m->sink.begin(m->sink.to, &m->part));
    return NULL;
}

static void head_byte(Multipart *m, char byte)
{
    const char *why = "A header of a part is too long.";

    if (m->line_len < sizeof(m->line)) {
        m->line[m->line_len++] = byte;
        why                    = byte == '\n' ? line_end(m) : NULL;
    }
    if (why != NULL) refuse(m, why);
}

static void head_begin(Multipart *m)
{
    m->where    = IN_HEAD;
    m->line_len = m->lines = 0;
    m->part                = (HttpPart){ 0 };
    m->has_disposition = m->has_type = false;
    if (++m->parts > m->parts_max) refuse(m, "The form has too many parts.");
}

/* ---- delimiters and data ---- */

static void data_add(Multipart *m, Str bytes)
{
    if (bytes.len > 0 && m->state == MULTIPART_MORE) stop_unless(m, m->sink.add(m->sink.to, bytes));
}

static void delimiter_byte(Multipart *m, char byte)
{
    bool is_next = byte == m->delimiter[m->matched];

    if (!is_next) refuse(m, "The form does not begin with its delimiter.");
    if (!is_next || ++m->matched < m->delimiter_len) return;
    m->where    = IN_TAIL;
    m->tail_len = 0;
}

static void tail_byte(Multipart *m, char byte)
{
    m->tail[m->tail_len++] = byte;
    if (m->tail_len < 2) return;
    m->tail_len = 0;
    if (memcmp(m->tail, "\r\n", 2) == 0) {
        head_begin(m);
    } else if (memcmp(m->tail, "--", 2) == 0) {
        m->where = IN_END;
        m->state = MULTIPART_DONE;
    } else {
        refuse(m, "A delimiter is followed by other text.");
    }
}

static void end_byte(Multipart *m, char byte)
{
    if (m->tail_len < 2 && byte == "\r\n"[m->tail_len])
        m->tail_len++;
    else
        refuse(m, "There is text behind the last delimiter.");
}

/* Reads data from `bytes` until a delimiter is whole or the bytes are used up; how many were read. */
static size_t data_run(Multipart *m, Str bytes)
{
    size_t at = 0;

    while (at < bytes.len && m->state == MULTIPART_MORE) {
        if (m->matched == 0) {
            size_t run = str_index(str_slice(bytes, at, bytes.len), '\r');
            data_add(m, str_slice(bytes, at, run));
            at += run;
            if (at == bytes.len) break;
        }
        if (bytes.ptr[at] != m->delimiter[m->matched]) {
            size_t matched = m->matched;
            m->matched     = 0;
            data_add(m, (Str){ m->delimiter, matched });
            continue;
        }
        at++;
        if (++m->matched < m->delimiter_len) continue;
        m->where    = IN_TAIL;
        m->tail_len = 0;
        stop_unless(m, m->sink.end(m->sink.to));
        break;
    }
    return at;
}

MultipartState multipart_feed(Multipart *m, Str bytes)
{
    size_t at = 0;

    while (at < bytes.len && (m->state == MULTIPART_MORE || m->state == MULTIPART_DONE)) {
        switch (m->where) {
        case IN_DELIMITER: delimiter_byte(m, bytes.ptr[at++]); break;
        case IN_TAIL: tail_byte(m, bytes.ptr[at++]); break;
        case IN_HEAD: head_byte(m, bytes.ptr[at++]); break;
        case IN_DATA: at += data_run(m, str_slice(bytes, at, bytes.len)); break;
        case IN_END: end_byte(m, bytes.ptr[at++]); break;
        }
    }
    return m->state;
}
