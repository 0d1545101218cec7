/* SPDX-License-Identifier: Apache-2.0
 * pagec: the compiler of pages. `pagec -o FOLDER FILE.html…` writes FOLDER/FILE_html.c for each file and FOLDER/pages.h
 * with all prototypes.
 *
 *     <%-- note --%>                   dropped
 *     <% include "org/person.h" %>     before the first function
 *     <% page NAME(arguments) %>       begins  void page_NAME(Html *out, arguments)
 *     <% part NAME(arguments) %>       begins  void part_NAME(Html *out, arguments)
 *     <% C code %>                     ends in { } ; or :
 *     {{ expression }}                 printed, escaped for the place it stands in
 *
 * The file is read once from left to right with the place in the HTML beside it (page_place.h). A block of C must end
 * in the place where it began, so that the place is known on every path. #line directives let the C compiler point into
 * the page. Blanks at the start of a line and lines that hold only code leave nothing in the output; a form that posts
 * gets its token by itself. The first mistake ends the run: "file:line:column: what", exit status 1. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/world.h"

#include "page_place.h"

enum { PAGE_BYTES_MAX = 1 << 20, OUTPUT_BYTES_MAX = 1 << 24, BLOCKS_MAX = 32, LITERAL_LINE_MAX = 100 };

typedef struct {
    Arena *arena;
    Str path;
    Str src;
    size_t at;
    int line, column;  /* of the byte at `at`, from 1 */
    size_t line_start; /* where the line began */
    bool in_function;
    Place place;
    Place blocks[BLOCKS_MAX]; /* the place where each open { stands */
    size_t depth;
    Buf literal;  /* HTML not yet written into the code */
    Buf code;     /* of this file */
    Buf *header;  /* prototypes of all files */
    Buf *include; /* includes of all files, each once */
} Compiler;

/* A position in the source, kept for a message. */
typedef struct {
    int line, column;
} Spot;

static Spot here(const Compiler *c)
{
    return (Spot){ c->line, c->column };
}

NORETURN static void fail(const Compiler *c, Spot spot, const char *what)
{
    fprintf(stderr, "%.*s:%d:%d: %s\n", STR_ARG(c->path), spot.line, spot.column, what);
    exit(1);
}

static Str rest(const Compiler *c)
{
    return str_slice(c->src, c->at, c->src.len - c->at);
}

static void advance(Compiler *c, size_t bytes)
{
    for (; bytes > 0; bytes--, c->at++, c->column++) {
        if (c->src.ptr[c->at] != '\n') continue;
        c->line++;
        c->column     = 0;
        c->line_start = c->at + 1;
    }
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static bool is_word(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '_';
}

/* ---- writing C ---- */

static void add_quoted(Buf *code, Str bytes)
{
    buf_add_byte(code, '"');
    for (size_t i = 0; i < bytes.len; i++) {
        char byte = bytes.ptr[i];
        if (byte == '\n')
            buf_add_c(code, "\\n");
        else if (byte == '"' || byte == '\\' || byte == '?')
            buf_fmt(code, "\\%c", byte);
        else
            buf_add_byte(code, byte);
    }
    buf_add_byte(code, '"');
}

/* Writes the HTML collected so far as calls of html_add, a few lines of source each. */
static void flush_literal(Compiler *c)
{
    Str left = buf_str(&c->literal);
    while (left.len > 0) {
        size_t len = left.len < LITERAL_LINE_MAX ? left.len : LITERAL_LINE_MAX;
        while (len < left.len && ((unsigned char)left.ptr[len] & 0xC0) == 0x80)
            len++; /* not inside a character */
        buf_add_c(&c->code, "    html_add(out, STR(");
        add_quoted(&c->code, str_slice(left, 0, len));
        buf_add_c(&c->code, "));\n");
        left = str_slice(left, len, left.len - len);
    }
    c->literal.len = 0;
}

/* A #line directive such that the next line written counts as line `line` of the page. */
static void add_line(const Compiler *c, Buf *code, int line)
{
    buf_fmt(code, "#line %d \"%.*s\"\n", line, STR_ARG(c->path));
}

static void add_blanks(Buf *code, int count)
{
    for (int i = 0; i < count; i++)
        buf_add_byte(code, ' ');
}

/* ---- reading C inside a page ---- */

/* Length of the literal or comment at the start of `code`, or 0 when there is none; an unclosed one reaches the end. */
static size_t c_token_opaque(Str code)
{
    if (str_starts(code, STR("/*"))) {
        for (size_t i = 2; i + 1 < code.len; i++)
            if (code.ptr[i] == '*' && code.ptr[i + 1] == '/') return i + 2;
        return code.len;
    }
    if (code.len == 0 || (code.ptr[0] != '"' && code.ptr[0] != '\'')) return 0;
    for (size_t i = 1; i < code.len; i++) {
        if (code.ptr[i] == '\\')
            i++;
        else if (code.ptr[i] == code.ptr[0])
            return i + 1;
    }
    return code.len;
}

static bool is_jump(Str word)
{
    static const char *const jumps[] = { "case", "default", "break", "continue", "goto", "return" };
    for (size_t i = 0; i < countof(jumps); i++)
        if (str_eq_c(word, jumps[i])) return true;
    return false;
}

static void open_block(Compiler *c, Spot spot)
{
    if (c->depth == BLOCKS_MAX) fail(c, spot, "too many blocks inside each other");
    c->blocks[c->depth++] = c->place;
}

static void close_block(Compiler *c, Spot spot)
{
    if (c->depth == 0) fail(c, spot, "} without {");
    if (!place_eq(&c->blocks[--c->depth], &c->place))
        fail(c, spot, "the block ends in another place of the HTML than it began (inside a tag or a value?)");
}

/* A jump may leave or enter any open block, so all of them must have begun in this place. */
static void check_jump(const Compiler *c, Spot spot)
{
    for (size_t i = 0; i < c->depth; i++)
        if (!place_eq(&c->blocks[i], &c->place))
            fail(c, spot, "a jump must stand in the place of the HTML where its blocks began");
}

/* Follows the braces and jumps of `code`; returns its last byte that counts. */
static char follow_code(Compiler *c, Str code, Spot spot)
{
    char last = ';';
    for (size_t i = 0; i < code.len;) {
        size_t opaque = c_token_opaque(str_slice(code, i, code.len - i));
        if (opaque > 0) {
            if (code.ptr[i] != '/') last = code.ptr[i];
            i += opaque;
            continue;
        }
        size_t word = 0;
        while (i + word < code.len && is_word(code.ptr[i + word]))
            word++;
        if (is_jump(str_slice(code, i, word))) check_jump(c, spot);
        if (code.ptr[i] == '{') open_block(c, spot);
        if (code.ptr[i] == '}') close_block(c, spot);
        if (!is_blank(code.ptr[i])) last = code.ptr[i];
        i += word > 0 ? word : 1;
    }
    return last;
}

/* ---- tags ---- */

/* True when nothing but blanks stands before the byte at `at` on its line. */
static bool line_is_blank_before(const Compiler *c, size_t at)
{
    for (size_t i = c->line_start; i < at; i++)
        if (!is_blank(c->src.ptr[i])) return false;
    return true;
}

/* After a tag that had its line for itself: the line leaves nothing. */
static void drop_line_end(Compiler *c, bool alone)
{
    if (alone && c->at < c->src.len && c->src.ptr[c->at] == '\n' && c->place.kind == PLACE_TEXT) advance(c, 1);
}

static void end_function(Compiler *c)
{
    if (!c->in_function) return;
    if (c->depth > 0) fail(c, here(c), "a block is still open where the function ends");
    if (c->place.kind != PLACE_TEXT) fail(c, here(c), "the function ends inside a tag or a value");
    flush_literal(c);
    buf_add_c(&c->code, "}\n");
}

/* `signature` is "NAME(arguments)", `kind` "page" or "part". */
static void begin_function(Compiler *c, Str kind, Str signature, Spot spot)
{
    size_t open = str_index(signature, '(');
    Str name    = str_trim(str_slice(signature, 0, open));
    if (open == signature.len || name.len == 0 || !str_ends(signature, STR(")")))
        fail(c, spot, "write NAME(arguments) behind page or part");
    for (size_t i = 0; i < name.len; i++)
        if (!is_word(name.ptr[i])) fail(c, spot, "the name of a page is one word");
    Str arguments = str_trim(str_slice(signature, open + 1, signature.len - open - 2));
    end_function(c);
    c->in_function = true;
    c->place       = (Place){ .kind = PLACE_TEXT };
    Str head       = str_fmt(c->arena, "void %.*s_%.*s(Html *out%s%.*s)", STR_ARG(kind), STR_ARG(name),
                       arguments.len > 0 ? ", " : "", STR_ARG(arguments));
    add_line(c, c->header, spot.line);
    buf_fmt(c->header, "%.*s;\n", STR_ARG(head));
    buf_add_byte(&c->code, '\n');
    add_line(c, &c->code, spot.line);
    buf_fmt(&c->code, "%.*s\n{\n", STR_ARG(head));
}

static void add_include(Compiler *c, Str file, Spot spot)
{
    if (c->in_function) fail(c, spot, "include stands before the first page");
    if (file.len < 2 || file.ptr[0] != '"' || !str_ends(file, STR("\"")))
        fail(c, spot, "write include \"room/file.h\"");
    Str line = str_fmt(c->arena, "#include %.*s\n", STR_ARG(file));
    if (!str_has(buf_str(c->include), line)) buf_add(c->include, line);
}

static void add_code(Compiler *c, Str code, Spot spot)
{
    if (!c->in_function) fail(c, spot, "code stands before the first page");
    if (c->place.kind != PLACE_TEXT && c->place.kind != PLACE_PLAIN_TEXT && c->place.kind != PLACE_TAG &&
        c->place.kind != PLACE_VALUE)
        fail(c, spot, "code stands between tags, between attributes or inside a quoted value");
    char last = follow_code(c, code, spot);
    if (last != '{' && last != '}' && last != ';' && last != ':') fail(c, spot, "code ends in { } ; or :");
    flush_literal(c);
    add_line(c, &c->code, spot.line);
    add_blanks(&c->code, spot.column - 1);
    buf_add(&c->code, code);
    buf_add_byte(&c->code, '\n');
}

/* If `text` begins with `word` and a blank: takes both off. */
static bool take_word(Str *text, Str word)
{
    if (!str_starts(*text, word) || text->len == word.len || !is_blank(text->ptr[word.len])) return false;
    *text = str_trim(str_slice(*text, word.len, text->len - word.len));
    return true;
}

static size_t find(Str text, Str part)
{
    for (size_t i = 0; i + part.len <= text.len; i++)
        if (str_starts(str_slice(text, i, part.len), part)) return i;
    return text.len;
}

static void read_tag(Compiler *c)
{
    bool alone  = line_is_blank_before(c, c->at);
    Spot opened = here(c);
    advance(c, 2);
    size_t len = find(rest(c), STR("%>"));
    if (len == rest(c).len) fail(c, opened, "<% without %>");
    Str inside    = str_slice(rest(c), 0, len);
    size_t blanks = 0;
    while (blanks < inside.len && is_blank(inside.ptr[blanks]))
        blanks++;
    advance(c, blanks);
    Spot spot = here(c);
    Str text  = str_trim(inside);
    if (take_word(&text, STR("page")))
        begin_function(c, STR("page"), text, spot);
    else if (take_word(&text, STR("part")))
        begin_function(c, STR("part"), text, spot);
    else if (take_word(&text, STR("include")))
        add_include(c, text, spot);
    else
        add_code(c, text, spot);
    advance(c, len - blanks + 2);
    drop_line_end(c, alone);
}

static void skip_comment(Compiler *c)
{
    bool alone = line_is_blank_before(c, c->at);
    size_t len = find(rest(c), STR("--%>"));
    if (len == rest(c).len) fail(c, here(c), "<%-- without --%>");
    advance(c, len + 4);
    drop_line_end(c, alone);
}

/* ---- expressions ---- */

/* The function of web/html.h that prints a value where `c` stands. */
static const char *printer(const Compiler *c, Spot spot)
{
    switch (c->place.kind) {
    case PLACE_TEXT: return "html_text";
    case PLACE_PLAIN_TEXT: return "html_plain";
    case PLACE_TAG: return "html_attribute";
    case PLACE_VALUE:
        switch (place_value(&c->place)) {
        case VALUE_WORDS: return "html_value";
        case VALUE_URL: return "html_url";
        case VALUE_URL_REST: return "html_url_rest";
        case VALUE_REFUSED: fail(c, spot, "this attribute can hold code: nothing is printed into it");
        }
        break;
    case PLACE_SCRIPT: fail(c, spot, "nothing is printed into a script");
    case PLACE_DECLARATION: fail(c, spot, "nothing is printed into a declaration");
    case PLACE_TAG_NAME: fail(c, spot, "nothing is printed into the name of a tag");
    case PLACE_NAME: fail(c, spot, "nothing is printed into the name of an attribute");
    case PLACE_BEFORE_VALUE: fail(c, spot, "put the value of the attribute in quotes");
    }
    fail(c, spot, "nothing is printed here");
}

/* Where the }} of the expression at the start of `text` stands; braces inside it may nest. */
static size_t expression_length(Str text)
{
    int depth = 0;
    for (size_t i = 0; i < text.len;) {
        size_t opaque = c_token_opaque(str_slice(text, i, text.len - i));
        if (opaque == 0 && depth == 0 && str_starts(str_slice(text, i, 2), STR("}}"))) return i;
        if (text.ptr[i] == '{' && opaque == 0) depth++;
        if (text.ptr[i] == '}' && opaque == 0) depth--;
        i += opaque > 0 ? opaque : 1;
    }
    return text.len;
}

static void read_expression(Compiler *c)
{
    Spot opened = here(c);
    if (!c->in_function) fail(c, opened, "an expression stands before the first page");
    advance(c, 2);
    size_t len = expression_length(rest(c));
    if (len == rest(c).len) fail(c, opened, "{{ without }}");
    Str inside    = str_slice(rest(c), 0, len);
    size_t blanks = 0;
    while (blanks < inside.len && is_blank(inside.ptr[blanks]))
        blanks++;
    advance(c, blanks);
    Spot spot = here(c);
    Str text  = str_trim(inside);
    if (text.len == 0) fail(c, opened, "{{ }} is empty");
    const char *print = printer(c, opened);
    /* html_attribute brings its own blank, so that an attribute that is not there leaves nothing. */
    if (c->place.kind == PLACE_TAG && str_ends(buf_str(&c->literal), STR(" "))) c->literal.len--;
    flush_literal(c);
    /* The call stands one line above, so that the expression has its own line and column. */
    bool above = spot.line > 1;
    add_line(c, &c->code, above ? spot.line - 1 : spot.line);
    buf_fmt(&c->code, "    %s(out,%s", print, above ? "\n" : " ");
    if (above) add_blanks(&c->code, spot.column - 1);
    buf_fmt(&c->code, "%.*s);\n", STR_ARG(text));
    c->place.value_begun = c->place.kind == PLACE_VALUE;
    advance(c, len - blanks + 2);
}

/* ---- HTML ---- */

static void read_byte(Compiler *c)
{
    char byte  = c->src.ptr[c->at];
    bool alone = line_is_blank_before(c, c->at);
    if (!c->in_function && !is_blank(byte)) fail(c, here(c), "HTML stands before the first page");
    if (byte == '\0') fail(c, here(c), "a page holds no NUL byte");
    bool posts        = c->place.posts;
    const char *wrong = place_step(&c->place, c->src, c->at);
    if (wrong != NULL) fail(c, here(c), wrong);
    bool drop = c->place.kind == PLACE_TEXT && alone && is_blank(byte);
    if (c->in_function && !drop) buf_add_byte(&c->literal, byte);
    advance(c, 1);
    if (posts && c->place.kind == PLACE_TEXT) {
        flush_literal(c);
        buf_add_c(&c->code, "    html_form_token(out);\n");
    }
}

static void compile(Compiler *c)
{
    buf_fmt(
        &c->code,
        "/* Made by pagec from %.*s. */\n#include \"pages.h\"\n\n#define _(english) text_of(out->language, english)\n",
        STR_ARG(c->path));
    while (c->at < c->src.len) {
        if (str_starts(rest(c), STR("<%--")))
            skip_comment(c);
        else if (str_starts(rest(c), STR("<%")))
            read_tag(c);
        else if (str_starts(rest(c), STR("{{")))
            read_expression(c);
        else
            read_byte(c);
    }
    end_function(c);
}

/* ---- files ---- */

static void write_file(Arena *arena, Str path, Str bytes)
{
    FILE *file = fopen(str_to_c(arena, path), "w");
    if (file == NULL || fwrite(bytes.ptr, 1, bytes.len, file) != bytes.len || fclose(file) != 0) {
        fprintf(stderr, "pagec: could not write %.*s\n", STR_ARG(path));
        exit(1);
    }
}

/* "src/web/pages/layout.html" gives "layout". */
static Str base_name(Str path)
{
    Str part, left = path;
    while (str_cut(&left, '/', &part)) {
    }
    return str_ends(part, STR(".html")) ? str_slice(part, 0, part.len - 5) : part;
}

static void compile_file(Arena *arena, Str folder, const char *path, Buf *include, Buf *header)
{
    Err err     = { 0 };
    Compiler *c = arena_new(arena, Compiler);
    *c          = (Compiler){
                 .arena = arena, .path = str_from_c(path), .line = 1, .column = 1, .include = include, .header = header
    };
    c->literal = buf_open(arena, OUTPUT_BYTES_MAX);
    c->code    = buf_open(arena, OUTPUT_BYTES_MAX);
    if (!file_read(arena, c->path, PAGE_BYTES_MAX, &c->src, &err)) {
        fprintf(stderr, "pagec: %s\n", err.what);
        exit(1);
    }
    compile(c);
    Str name = base_name(c->path);
    write_file(arena, str_fmt(arena, "%.*s/%.*s_html.c", STR_ARG(folder), STR_ARG(name)), buf_str(&c->code));
}

int main(int argc, char **argv)
{
    if (argc < 4 || strcmp(argv[1], "-o") != 0) {
        fprintf(stderr, "usage: pagec -o FOLDER FILE.html…\n");
        return 2;
    }
    Arena *arena = arena_open((size_t)1 << 28);
    if (arena == NULL) return 1;
    Buf include = buf_open(arena, OUTPUT_BYTES_MAX);
    Buf header  = buf_open(arena, OUTPUT_BYTES_MAX);
    for (int i = 3; i < argc; i++)
        compile_file(arena, str_from_c(argv[2]), argv[i], &include, &header);
    Str text = str_fmt(arena, "/* Made by pagec. */\n#pragma once\n\n#include \"web/html.h\"\n%.*s\n%.*s",
                       STR_ARG(buf_str(&include)), STR_ARG(buf_str(&header)));
    write_file(arena, str_fmt(arena, "%s/pages.h", argv[2]), text);
    arena_close(arena);
    return 0;
}
