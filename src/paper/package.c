/* SPDX-License-Identifier: Apache-2.0
 * The ZIP format as far as a package needs it (APPNOTE 6.3: local headers, central directory, end record): sizes are
 * known before a header is written, so there are no data descriptors, and nothing is larger than 32 bits hold. */
#include "paper/package.h"

#define ZLIB_CONST
#include <zlib.h>

enum {
    VERSION_NEEDED = 20,
    FLAG_UTF8      = 1 << 11,
    STORED         = 0,
    DEFLATED       = 8,
    DOS_DAY        = (1 << 5) | 1, /* 1 January 1980, midnight */
    LEVEL          = 6,
    RAW_DEFLATE    = -15,
    MEMORY_LEVEL   = 8
};

/* ---- XML ---- */

void xml_add(Buf *out, Str text)
{
    size_t from = 0;

    for (size_t at = 0; at < text.len; at++) {
        const char *entity = NULL;
        switch (text.ptr[at]) {
        case '&': entity = "&amp;"; break;
        case '<': entity = "&lt;"; break;
        case '>': entity = "&gt;"; break;
        case '"': entity = "&quot;"; break;
        default: continue;
        }
        buf_add(out, str_slice(text, from, at - from));
        buf_add_c(out, entity);
        from = at + 1;
    }
    buf_add(out, str_slice(text, from, text.len - from));
}

void xml_add_element(Buf *out, const char *name, Str text)
{
    if (str_is_empty(text)) return;
    buf_fmt(out, "<%s>", name);
    xml_add(out, text);
    buf_fmt(out, "</%s>", name);
}

/* ---- numbers, low byte first ---- */

static void add_16(Buf *out, unsigned number)
{
    buf_add_byte(out, (char)(number & 0xff));
    buf_add_byte(out, (char)(number >> 8 & 0xff));
}

static void add_32(Buf *out, size_t number)
{
    add_16(out, (unsigned)(number & 0xffff));
    add_16(out, (unsigned)(number >> 16 & 0xffff));
}

/* What local header and central directory say alike, from "version needed" to the length of the extra field. */
static void add_facts(Buf *out, const PackagePart *part)
{
    add_16(out, VERSION_NEEDED);
    add_16(out, FLAG_UTF8);
    add_16(out, part->is_stored ? STORED : DEFLATED);
    add_16(out, 0);
    add_16(out, DOS_DAY);
    add_32(out, part->crc);
    add_32(out, part->packed);
    add_32(out, part->size);
    add_16(out, (unsigned)part->name.len);
    add_16(out, 0);
}

/* ---- parts ---- */

void package_open(Package *package, Arena *arena)
{
    *package = (Package){ .arena = arena, .bytes = buf_open(arena, PACKAGE_BYTES_MAX) };
}

/* `content` deflated. The room for it is there before zlib begins: no jump leaves zlib half way. */
static bool deflated(Arena *arena, Str content, Str *out)
{
    z_stream stream = { 0 };
    uLong room      = compressBound((uLong)content.len) + 64;
    char *bytes     = arena_array(arena, char, room);

    if (deflateInit2(&stream, LEVEL, Z_DEFLATED, RAW_DEFLATE, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK) return false;
    stream.next_in   = (const Bytef *)content.ptr;
    stream.avail_in  = (uInt)content.len;
    stream.next_out  = (Bytef *)bytes;
    stream.avail_out = (uInt)room;
    bool done        = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    *out             = (Str){ bytes, (size_t)stream.total_out };
    return deflateEnd(&stream) == Z_OK && done;
}

void package_add(Package *package, Str name, Str content)
{
    PackagePart part = {
        .name = name, .size = content.len, .offset = package->bytes.len, .is_stored = str_ends(name, STR(".png"))
    };
    Str packed = content;

    package->failed = package->failed || package->len == PACKAGE_PARTS_MAX || content.len > PACKAGE_BYTES_MAX;
    if (package->failed) return;
    if (!part.is_stored && !deflated(package->arena, content, &packed)) package->failed = true;
    part.crc    = (unsigned)crc32(crc32(0, NULL, 0), (const Bytef *)content.ptr, (uInt)content.len);
    part.packed = packed.len;
    buf_add(&package->bytes, STR("PK\x03\x04"));
    add_facts(&package->bytes, &part);
    buf_add(&package->bytes, name);
    buf_add(&package->bytes, packed);
    package->parts[package->len++] = part;
}

static void add_directory(Package *package)
{
    Buf *out     = &package->bytes;
    size_t start = out->len;

    for (size_t i = 0; i < package->len; i++) {
        const PackagePart *part = &package->parts[i];
        buf_add(out, STR("PK\x01\x02"));
        add_16(out, VERSION_NEEDED);
        add_facts(out, part);
        add_16(out, 0); /* comment, disk, inner and outer attributes */
        add_16(out, 0);
        add_16(out, 0);
        add_32(out, 0);
        add_32(out, part->offset);
        buf_add(out, part->name);
    }
    size_t size = out->len - start;
    buf_add(out, STR("PK\x05\x06"));
    add_32(out, 0);
    add_16(out, (unsigned)package->len);
    add_16(out, (unsigned)package->len);
    add_32(out, size);
    add_32(out, start);
    add_16(out, 0);
}

bool package_close(Package *package, Str *out, Err *err)
{
    add_directory(package);
    if (package->failed || buf_overflowed(&package->bytes))
        return err_set(err, ERR_LIMIT, 0, .what = STR("cannot write a file of that size"),
                       .detail = STR("It would be larger than we accept, or memory is short."),
                       .hint   = STR("Choose fewer records, or export as CSV."));
    *out = buf_str(&package->bytes);
    return true;
}

/* ---- properties ---- */

void package_add_facts(Package *package, const PackageFacts *facts)
{
    Buf out = buf_open(package->arena, PACKAGE_BYTES_MAX);

    buf_add_c(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
                    "<cp:coreProperties "
                    "xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
                    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
                    "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">");
    xml_add_element(&out, "dc:title", facts->title);
    xml_add_element(&out, "dc:subject", facts->subject);
    xml_add_element(&out, "dc:creator", facts->author);
    xml_add_element(&out, "dc:language", facts->language);
    xml_add_element(&out, "cp:category", facts->category);
    if (!time_is_none(facts->created)) {
        Str created = str_slice(time_to_rfc3339(package->arena, facts->created), 0, 19);
        buf_fmt(&out,
                "<dcterms:created xsi:type=\"dcterms:W3CDTF\">%.*sZ</dcterms:created>"
                "<dcterms:modified xsi:type=\"dcterms:W3CDTF\">%.*sZ</dcterms:modified>",
                STR_ARG(created), STR_ARG(created));
    }
    buf_add_c(&out, "</cp:coreProperties>");
    package_add(package, STR("docProps/core.xml"), buf_str(&out));
}
