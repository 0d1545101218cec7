/* SPDX-License-Identifier: Apache-2.0
 * embed: turns files into C. `embed -o OUT.c NAME=FILE…` writes a table of assets (web/assets.h): bytes, gzip at level
 * 9 where that is smaller, media type, ETag, and a path with eight digits of the SHA-256.
 *
 * Text files (css, js, svg, webmanifest) may name other assets as /static/NAME; the hashed path is put in instead, so
 * the named asset must stand earlier on the command line. A name that is not there is an error.
 *
 * `embed -c OUT.c NAME=FILE…` writes a table of content files (org/content_files.h): names and bytes, nothing more. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"

enum { ASSET_BYTES_MAX = 8 << 20, ASSETS_MAX = 64, BYTES_PER_LINE = 24 };

typedef struct {
    Str name, path, mime, hash, bytes, gzip;
} Input;

typedef struct {
    Arena *arena;
    Input at[ASSETS_MAX];
    size_t len;
} Inputs;

NORETURN static void fail(const char *what, Str which)
{
    fprintf(stderr, "embed: %s: %.*s\n", what, STR_ARG(which));
    exit(1);
}

static Str extension(Str name)
{
    Str part, left = name;
    while (str_cut(&left, '.', &part)) {
    }
    return part;
}

static Str mime_of(Str name)
{
    static const struct {
        const char *extension, *mime;
    } types[] = {
        { "css", "text/css; charset=utf-8" },
        { "js", "text/javascript; charset=utf-8" },
        { "svg", "image/svg+xml" },
        { "woff2", "font/woff2" },
        { "png", "image/png" },
        { "webmanifest", "application/manifest+json" },
    };
    for (size_t i = 0; i < countof(types); i++)
        if (str_eq_c(extension(name), types[i].extension)) return str_from_c(types[i].mime);
    fail("no media type for this extension", name);
}

static bool is_text(Str name)
{
    return !str_eq_c(extension(name), "woff2") && !str_eq_c(extension(name), "png");
}

static bool is_name_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte == '-' || byte == '_' || byte == '.';
}

static const Input *input_called(const Inputs *inputs, Str name)
{
    for (size_t i = 0; i < inputs->len; i++)
        if (str_eq(inputs->at[i].name, name)) return &inputs->at[i];
    return NULL;
}

/* `text` with each /static/NAME replaced by the hashed path. */
static Str with_hashed_paths(const Inputs *inputs, Str text)
{
    Buf out = buf_open(inputs->arena, ASSET_BYTES_MAX);
    for (size_t i = 0; i < text.len;) {
        Str rest = str_slice(text, i, text.len - i);
        if (!str_starts(rest, STR("/static/"))) {
            buf_add_byte(&out, text.ptr[i++]);
            continue;
        }
        size_t end = 8;
        while (end < rest.len && is_name_byte(rest.ptr[end]))
            end++;
        const Input *named = input_called(inputs, str_slice(rest, 8, end - 8));
        if (named == NULL) fail("no asset of this name stands before it", str_slice(rest, 0, end));
        buf_add(&out, named->path);
        i += end;
    }
    return buf_str(&out);
}

/* RFC 1952 at level 9, without time or name, so the same input gives the same bytes; empty when it is not smaller. */
static Str gzip(Arena *arena, Str bytes)
{
    z_stream z = { 0 };
    if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK) exit(1);
    size_t max         = deflateBound(&z, (uLong)bytes.len);
    unsigned char *out = arena_array(arena, unsigned char, max);
    unsigned char *in  = arena_array(arena, unsigned char, bytes.len + 1);
    memcpy(in, bytes.ptr, bytes.len);
    z.next_in   = in;
    z.avail_in  = (uInt)bytes.len;
    z.next_out  = out;
    z.avail_out = (uInt)max;
    if (deflate(&z, Z_FINISH) != Z_STREAM_END) exit(1);
    size_t len = z.total_out;
    deflateEnd(&z);
    return len + len / 20 < bytes.len ? (Str){ (char *)out, len } : (Str){ 0 };
}

/* "plumbline.css" and "3f9a01c2…" give "/static/plumbline-3f9a01c2.css". */
static Str hashed_path(Arena *arena, Str name, Str hash)
{
    Str end = extension(name);
    return str_fmt(arena, "/static/%.*s-%.*s.%.*s", STR_ARG(str_slice(name, 0, name.len - end.len - 1)),
                   STR_ARG(str_slice(hash, 0, 8)), STR_ARG(end));
}

static void add_input(Inputs *inputs, const char *argument)
{
    Err err  = { 0 };
    Str path = str_from_c(argument), name;
    if (!str_cut(&path, '=', &name) || path.len == 0) fail("write NAME=FILE", str_from_c(argument));
    if (inputs->len == ASSETS_MAX) fail("too many assets", name);
    Input *input = &inputs->at[inputs->len];
    Str bytes;
    if (!file_read(inputs->arena, path, ASSET_BYTES_MAX, &bytes, &err)) fail(err.what, path);
    *input       = (Input){ .name = name, .mime = mime_of(name) };
    input->bytes = is_text(name) ? with_hashed_paths(inputs, bytes) : bytes;
    Hash hash    = hash_of(input->bytes);
    input->hash  = hash_to_hex(inputs->arena, &hash);
    input->path  = hashed_path(inputs->arena, name, input->hash);
    input->gzip  = gzip(inputs->arena, input->bytes);
    inputs->len++;
}

static void write_bytes(FILE *out, const char *kind, size_t index, Str bytes)
{
    if (bytes.len == 0) return;
    fprintf(out, "static const unsigned char %s_%zu[] = {", kind, index);
    for (size_t i = 0; i < bytes.len; i++)
        fprintf(out, "%s%u,", i % BYTES_PER_LINE == 0 ? "\n" : "", (unsigned)(unsigned char)bytes.ptr[i]);
    fprintf(out, "\n};\n");
}

static void write_slice(FILE *out, const char *kind, size_t index, Str bytes)
{
    if (bytes.len == 0)
        fprintf(out, "{ 0, 0 }");
    else
        fprintf(out, "{ (const char *)%s_%zu, sizeof %s_%zu }", kind, index, kind, index);
}

static void write_row(FILE *out, const Input *input, size_t index)
{
    fprintf(out,
            "    { STR_INIT(\"%.*s\"), STR_INIT(\"%.*s\"), STR_INIT(\"%.*s\"), STR_INIT(\"\\\"%.*s\\\"\"),\n      ",
            STR_ARG(input->name), STR_ARG(input->path), STR_ARG(input->mime), STR_ARG(str_slice(input->hash, 0, 32)));
    write_slice(out, "bytes", index, input->bytes);
    fprintf(out, ", ");
    write_slice(out, "gzip", index, input->gzip);
    fprintf(out, " },\n");
}

static void write_table(FILE *out, const Inputs *inputs)
{
    fprintf(out, "/* Made by embed. */\n#include \"web/assets.h\"\n\n");
    for (size_t i = 0; i < inputs->len; i++) {
        write_bytes(out, "bytes", i, inputs->at[i].bytes);
        write_bytes(out, "gzip", i, inputs->at[i].gzip);
    }
    fprintf(out, "\nconst Asset assets_all[] = {\n");
    for (size_t i = 0; i < inputs->len; i++)
        write_row(out, &inputs->at[i], i);
    fprintf(out, "};\nconst size_t assets_len = %zu;\n", inputs->len);
}

static void add_content(Inputs *inputs, const char *argument)
{
    Err err  = { 0 };
    Str path = str_from_c(argument), name, bytes;
    if (!str_cut(&path, '=', &name) || path.len == 0) fail("write NAME=FILE", str_from_c(argument));
    if (inputs->len == ASSETS_MAX) fail("too many files", name);
    if (!file_read(inputs->arena, path, ASSET_BYTES_MAX, &bytes, &err)) fail(err.what, path);
    inputs->at[inputs->len++] = (Input){ .name = name, .bytes = bytes };
}

static void write_content(FILE *out, const Inputs *inputs)
{
    fprintf(out, "/* Made by embed. */\n#include \"org/content_files.h\"\n\n");
    for (size_t i = 0; i < inputs->len; i++)
        write_bytes(out, "bytes", i, inputs->at[i].bytes);
    fprintf(out, "\nconst ContentFile content_files_all[] = {\n");
    for (size_t i = 0; i < inputs->len; i++) {
        fprintf(out, "    { STR_INIT(\"%.*s\"), ", STR_ARG(inputs->at[i].name));
        write_slice(out, "bytes", i, inputs->at[i].bytes);
        fprintf(out, " },\n");
    }
    fprintf(out, "};\nconst size_t content_files_len = %zu;\n", inputs->len);
}

int main(int argc, char **argv)
{
    bool is_content = argc > 1 && strcmp(argv[1], "-c") == 0;
    if (argc < 4 || (!is_content && strcmp(argv[1], "-o") != 0)) {
        fprintf(stderr, "usage: embed -o|-c OUT.c NAME=FILE…\n");
        return 2;
    }
    Arena *arena = arena_open((size_t)1 << 28);
    if (arena == NULL) return 1;
    Inputs *inputs = arena_new(arena, Inputs);
    inputs->arena  = arena;
    for (int i = 3; i < argc; i++)
        is_content ? add_content(inputs, argv[i]) : add_input(inputs, argv[i]);
    FILE *out = fopen(argv[2], "w");
    if (out == NULL) fail("could not open", str_from_c(argv[2]));
    is_content ? write_content(out, inputs) : write_table(out, inputs);
    if (fclose(out) != 0) fail("could not write", str_from_c(argv[2]));
    arena_close(arena);
    return 0;
}
