/* SPDX-License-Identifier: Apache-2.0
 * Workbooks: libzip opens the archive and checks it, libxml2 reads each part as a stream of nodes. Three parts are
 * read: the workbook (which sheet is first), its relations (where that sheet is), the table of texts; then the sheet
 * itself, row by row. docs/decisions/012-reading-workbooks.md. */
#include "base/xlsx.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libxml/xmlreader.h>
#include <zip.h>

#include "base/buf.h"
#include "base/csv.h"

enum { DEPTH_MAX = 32, ROW_NUMBER_MAX = 1048576 };

/* One part of the archive while it is read. */
typedef struct {
    const char *name;
    zip_file_t *file;
    xmlTextReader *reader;
    uint64_t packed, unpacked;
    bool is_broken; /* the archive's own check failed */
    bool is_bomb;
    bool has_doctype;
    char start[1024];
    size_t start_len;
} Part;

struct Xlsx {
    Arena *arena;
    zip_t *zip;
    StrList texts;
    size_t texts_bytes;
    Part sheet;
    size_t row, columns;
};

static bool refuse(Xlsx *xlsx, ErrCode code, Str detail, Err *err)
{
    Str where = xlsx->row > 0 ? str_fmt(xlsx->arena, "Row %zu of the sheet: ", xlsx->row) : (Str){ 0 };

    return err_set(err, code, 0, .what = STR("cannot read this as a workbook"),
                   .detail = str_fmt(xlsx->arena, "%.*s%.*s", STR_ARG(where), STR_ARG(detail)),
                   .hint   = STR("Open it, save the sheet as \"CSV UTF-8 (comma separated)\" and use that file."));
}

/* ---- the archive ---- */

static void zip_release(void *zip)
{
    zip_discard(zip);
}

bool xlsx_is(int file)
{
    char start[4];
    ssize_t got = lseek(file, 0, SEEK_SET) == 0 ? read(file, start, sizeof start) : -1;

    return lseek(file, 0, SEEK_SET) == 0 && got == (ssize_t)sizeof start && memcmp(start, "PK\3\4", sizeof start) == 0;
}

static bool archive_open(Xlsx *xlsx, int file, Err *err)
{
    struct stat facts;
    int code = 0, copy = -1;

    if (fstat(file, &facts) == 0 && facts.st_size > XLSX_FILE_MAX)
        return refuse(xlsx, ERR_LIMIT, STR("the file is larger than 128 MiB."), err);
    if (lseek(file, 0, SEEK_SET) != 0 || (copy = dup(file)) < 0)
        return err_set(err, err_code_of_errno(errno), errno, .what = STR("could not read the workbook"));
    xlsx->zip = zip_fdopen(copy, ZIP_CHECKCONS, &code);
    if (xlsx->zip != NULL) {
        arena_defer(xlsx->arena, zip_release, xlsx->zip);
        return true;
    }
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    (void)refuse(xlsx, ERR_FORMAT, str_fmt(xlsx->arena, "the archive is damaged: %s.", zip_error_strerror(&error)),
                 err);
    zip_error_fini(&error);
    close(copy);
    return false;
}

static bool name_leaves(Str name)
{
    return name.len == 0 || str_starts(name, STR("/")) || str_starts(name, STR("../")) || str_has(name, STR("/../")) ||
           str_has(name, STR("\\"));
}

/* Only plain files, packed in a way that every program unpacks alike. */
static bool entry_check(Xlsx *xlsx, zip_uint64_t index, Err *err)
{
    zip_stat_t entry;
    zip_uint8_t system     = 0;
    zip_uint32_t attribute = 0;

    if (zip_stat_index(xlsx->zip, index, 0, &entry) != 0 || !(entry.valid & ZIP_STAT_NAME))
        return refuse(xlsx, ERR_FORMAT, STR("an entry of the archive cannot be read."), err);
    if (name_leaves(str_from_c(entry.name)) ||
        zip_name_locate(xlsx->zip, entry.name, ZIP_FL_NOCASE) != (zip_int64_t)index)
        return refuse(xlsx, ERR_FORMAT, STR("an entry of the archive has a name that leaves it or stands in it twice."),
                      err);
    if (entry.encryption_method != ZIP_EM_NONE)
        return refuse(xlsx, ERR_FORMAT, STR("it is encrypted; take the password off first."), err);
    if (entry.comp_method != ZIP_CM_STORE && entry.comp_method != ZIP_CM_DEFLATE)
        return refuse(xlsx, ERR_FORMAT, STR("an entry of the archive is packed by an unknown method."), err);
    if (zip_file_get_external_attributes(xlsx->zip, index, 0, &system, &attribute) == 0 && system == ZIP_OPSYS_UNIX &&
        (attribute >> 16 & S_IFMT) != 0 && !S_ISREG(attribute >> 16) && !S_ISDIR(attribute >> 16))
        return refuse(xlsx, ERR_FORMAT, STR("the archive holds a link or a device."), err);
    return true;
}

static bool archive_check(Xlsx *xlsx, Err *err)
{
    zip_int64_t count = zip_get_num_entries(xlsx->zip, 0);

    if (count > XLSX_ENTRIES_MAX) return refuse(xlsx, ERR_LIMIT, STR("the archive has more than 2000 entries."), err);
    for (zip_int64_t i = 0; i < count; i++) {
        if (!entry_check(xlsx, (zip_uint64_t)i, err)) return false;
    }
    return true;
}

/* ---- parts ---- */

/* A DOCTYPE at the start is seen before the parser sees what it declares; one further down is refused as a node. */
static void part_look(Part *part, const char *bytes, size_t len)
{
    size_t room = sizeof part->start - part->start_len, taken = len < room ? len : room;

    if (taken == 0) return;
    memcpy(part->start + part->start_len, bytes, taken);
    part->start_len += taken;
    part->has_doctype = str_has((Str){ part->start, part->start_len }, STR("<!DOCTYPE"));
}

static int part_read(void *context, char *buffer, int len)
{
    Part *part      = context;
    zip_int64_t got = zip_fread(part->file, buffer, (zip_uint64_t)len);

    part->is_broken = part->is_broken || got < 0;
    part_look(part, buffer, got > 0 ? (size_t)got : 0);
    if (got > 0) part->unpacked += (uint64_t)got;
    part->is_bomb = part->unpacked > XLSX_RATIO_FROM && part->unpacked / XLSX_RATIO_MAX > part->packed;
    return part->is_broken || part->is_bomb || part->has_doctype ? -1 : (int)got;
}

static int part_stay(void *context)
{
    (void)context;
    return 0;
}

static void part_close(Part *part)
{
    if (part->reader != NULL) xmlFreeTextReader(part->reader);
    if (part->file != NULL) (void)zip_fclose(part->file);
    part->reader = NULL, part->file = NULL;
}

static void part_release(void *part)
{
    part_close(part);
}

static bool part_missing(Xlsx *xlsx, const char *name, Err *err)
{
    return refuse(xlsx, ERR_FORMAT,
                  str_fmt(xlsx->arena, "its part \"%.*s\" is not there.",
                          STR_ARG(str_visible(xlsx->arena, str_slice(str_from_c(name), 0, 80)))),
                  err);
}

/* `part` lives as long as the arena; *found is false when there is none of that name. */
static bool part_open(Xlsx *xlsx, const char *name, Part *part, bool *found, Err *err)
{
    zip_stat_t entry;

    *part  = (Part){ .name = name };
    *found = zip_stat(xlsx->zip, name, 0, &entry) == 0;
    if (!*found) return true;
    part->packed = entry.comp_size;
    arena_defer(xlsx->arena, part_release, part);
    part->file = zip_fopen_index(xlsx->zip, entry.index, 0);
    if (part->file != NULL)
        part->reader = xmlReaderForIO(part_read, part_stay, part, NULL, NULL,
                                      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT);
    return part->reader != NULL ||
           refuse(xlsx, ERR_FORMAT, str_fmt(xlsx->arena, "\"%s\" cannot be unpacked.", name), err);
}

static bool part_wrong(Xlsx *xlsx, const Part *part, Err *err)
{
    if (part->has_doctype)
        return refuse(xlsx, ERR_FORMAT,
                      str_fmt(xlsx->arena, "\"%s\" has a DOCTYPE; no workbook needs one.", part->name), err);
    if (part->is_bomb)
        return refuse(xlsx, ERR_LIMIT,
                      str_fmt(xlsx->arena, "\"%s\" unpacks to more than 200 times its size.", part->name), err);
    if (part->is_broken)
        return refuse(xlsx, ERR_FORMAT, str_fmt(xlsx->arena, "\"%s\" is damaged: it does not unpack.", part->name),
                      err);
    return refuse(xlsx, ERR_FORMAT, str_fmt(xlsx->arena, "\"%s\" is no well-formed XML, or too deep.", part->name),
                  err);
}

/* The next node; *more is false at the end of the part, when all of it was read and its checksum is right. */
static bool part_next(Xlsx *xlsx, Part *part, bool *more, Err *err)
{
    int got = xmlTextReaderRead(part->reader);

    *more = got == 1;
    if (got < 0 || part->is_broken || part->is_bomb || xmlTextReaderDepth(part->reader) > DEPTH_MAX)
        return part_wrong(xlsx, part, err);
    int kind          = xmlTextReaderNodeType(part->reader);
    part->has_doctype = *more && (kind == XML_READER_TYPE_DOCUMENT_TYPE || kind == XML_READER_TYPE_ENTITY_REFERENCE);
    return !part->has_doctype || part_wrong(xlsx, part, err);
}

static Str node_name(const Part *part)
{
    return str_from_c((const char *)xmlTextReaderConstLocalName(part->reader));
}

static bool node_begins(const Part *part, const char *name)
{
    return xmlTextReaderNodeType(part->reader) == XML_READER_TYPE_ELEMENT && str_eq_c(node_name(part), name);
}

/* The end of an element, also of one that is empty. */
static bool node_ends(const Part *part, const char *name)
{
    int kind = xmlTextReaderNodeType(part->reader);

    return str_eq_c(node_name(part), name) &&
           (kind == XML_READER_TYPE_END_ELEMENT ||
            (kind == XML_READER_TYPE_ELEMENT && xmlTextReaderIsEmptyElement(part->reader) == 1));
}

static bool node_is_text(const Part *part)
{
    int kind = xmlTextReaderNodeType(part->reader);

    return kind == XML_READER_TYPE_TEXT || kind == XML_READER_TYPE_CDATA ||
           kind == XML_READER_TYPE_SIGNIFICANT_WHITESPACE || kind == XML_READER_TYPE_WHITESPACE;
}

static Str node_value(const Part *part)
{
    return str_from_c((const char *)xmlTextReaderConstValue(part->reader));
}

/* Value of the attribute with that local name, a copy; empty when there is none. */
static Str node_attribute(Arena *arena, const Part *part, const char *name)
{
    Str value = { 0 };

    while (xmlTextReaderMoveToNextAttribute(part->reader) == 1) {
        if (str_eq_c(node_name(part), name)) value = str_dup(arena, node_value(part));
    }
    (void)xmlTextReaderMoveToElement(part->reader);
    return value;
}

/* ---- which sheet ---- */

/* Attribute `wanted` of the first element called `element` whose attribute `key` is `value` (empty: of the first). */
static bool part_find(Xlsx *xlsx, const char *name, const char *element, const char *key, Str value, const char *wanted,
                      Str *out, Err *err)
{
    Part *part = arena_new(xlsx->arena, Part);
    bool more  = true;

    *out = (Str){ 0 };
    if (!part_open(xlsx, name, part, &more, err)) return false;
    if (!more) return part_missing(xlsx, name, err);
    while (more) {
        if (!part_next(xlsx, part, &more, err)) return false;
        if (!more || out->len > 0 || !node_begins(part, element)) continue;
        if (value.len == 0 || str_eq(node_attribute(xlsx->arena, part, key), value))
            *out = node_attribute(xlsx->arena, part, wanted);
    }
    part_close(part);
    return out->len > 0 || refuse(xlsx, ERR_FORMAT, str_fmt(xlsx->arena, "\"%s\" names no sheet.", name), err);
}

/* "worksheets/sheet1.xml" stands beside the workbook, "/xl/…" in the archive. */
static bool sheet_find(Xlsx *xlsx, const char **name, Err *err)
{
    Str id = { 0 }, target = { 0 };

    if (!part_find(xlsx, "xl/workbook.xml", "sheet", "", (Str){ 0 }, "id", &id, err)) return false;
    if (!part_find(xlsx, "xl/_rels/workbook.xml.rels", "Relationship", "Id", id, "Target", &target, err)) return false;
    target = str_starts(target, STR("/")) ? str_slice(target, 1, target.len)
                                          : str_fmt(xlsx->arena, "xl/%.*s", STR_ARG(target));
    *name  = str_to_c(xlsx->arena, target);
    return *name != NULL || part_missing(xlsx, "", err);
}

/* ---- the table of texts ---- */

static bool text_end(Xlsx *xlsx, Buf *text, Err *err)
{
    Str whole = buf_str(text);

    if (buf_overflowed(text)) return refuse(xlsx, ERR_LIMIT, STR("a text is longer than 1 MiB."), err);
    xlsx->texts_bytes += whole.len + sizeof(Str);
    if (xlsx->texts_bytes > XLSX_TEXTS_MAX)
        return refuse(xlsx, ERR_LIMIT, STR("its texts are longer than 256 MiB together."), err);
    *list_push(xlsx->arena, &xlsx->texts) = str_dup(xlsx->arena, whole);
    text->len                             = 0;
    return true;
}

/* <si> holds one text, in one <t> or in several with formats; what stands in <rPh> is how to say it. */
static bool texts_load(Xlsx *xlsx, Err *err)
{
    Part *part = arena_new(xlsx->arena, Part);
    Buf text   = buf_open(xlsx->arena, CSV_CELL_MAX);
    bool more = true, is_text = false, is_said = false;

    if (!part_open(xlsx, "xl/sharedStrings.xml", part, &more, err)) return false;
    while (more) {
        if (!part_next(xlsx, part, &more, err)) return false;
        if (!more) break;
        if (node_begins(part, "rPh")) is_said = true;
        if (node_ends(part, "rPh")) is_said = false;
        if (node_begins(part, "t")) is_text = !is_said;
        if (node_ends(part, "t")) is_text = false;
        if (is_text && node_is_text(part)) buf_add(&text, node_value(part));
        if (node_ends(part, "si") && !text_end(xlsx, &text, err)) return false;
    }
    part_close(part);
    return true;
}

bool xlsx_open(Arena *arena, int file, Xlsx **out, Err *err)
{
    Xlsx *xlsx = arena_new(arena, Xlsx);
    const char *sheet;
    bool found;

    xlsx->arena = arena;
    *out        = xlsx;
    xmlInitParser();
    if (!archive_open(xlsx, file, err) || !archive_check(xlsx, err)) return false;
    if (!sheet_find(xlsx, &sheet, err) || !texts_load(xlsx, err)) return false;
    if (!part_open(xlsx, sheet, &xlsx->sheet, &found, err)) return false;
    return found || part_missing(xlsx, sheet, err);
}

/* ---- rows ---- */

/* "BC7" is column 54 (from 0); `next` where the cell does not say. */
static bool cell_column(Xlsx *xlsx, Str place, size_t next, size_t *column, Err *err)
{
    size_t number = 0, letters = 0;

    while (letters < place.len && place.ptr[letters] >= 'A' && place.ptr[letters] <= 'Z' && letters < 4)
        number = number * 26 + (size_t)(place.ptr[letters++] - 'A') + 1;
    *column = place.len == 0 ? next : number - 1;
    if (place.len > 0 && (number == 0 || *column < next))
        return refuse(xlsx, ERR_FORMAT, STR("its cells are out of order."), err);
    return *column < CSV_COLUMNS_MAX || refuse(xlsx, ERR_LIMIT, STR("there are more than 1000 columns."), err);
}

/* Text of a cell of kind `kind` (attribute t) that was stored as `stored`. */
static bool cell_value(Xlsx *xlsx, Str kind, Str *stored, Err *err)
{
    int64_t index;

    if (str_eq_c(kind, "b")) *stored = str_eq_c(*stored, "1") ? STR("TRUE") : STR("FALSE");
    if (!str_eq_c(kind, "s") || stored->len == 0) return true;
    if (xlsx->texts.len == 0 || !str_to_i64(str_trim(*stored), 0, (int64_t)xlsx->texts.len - 1, &index))
        return refuse(xlsx, ERR_FORMAT, STR("a cell names a text that the workbook does not hold."), err);
    *stored = xlsx->texts.at[index];
    return true;
}

/* Reads from behind <c> to its end. */
static bool cell_read(Xlsx *xlsx, Arena *arena, Str *out, Err *err)
{
    Part *part = &xlsx->sheet;
    Str kind   = node_attribute(arena, part, "t");
    Buf text   = buf_open(arena, CSV_CELL_MAX);
    bool more = true, is_value = false, is_said = false;

    while (!node_ends(part, "c")) {
        if (!part_next(xlsx, part, &more, err)) return false;
        if (!more) return part_wrong(xlsx, part, err);
        if (node_begins(part, "rPh")) is_said = true;
        if (node_ends(part, "rPh")) is_said = false;
        if (node_begins(part, "v") || node_begins(part, "t")) is_value = !is_said;
        if (node_ends(part, "v") || node_ends(part, "t")) is_value = false;
        if (is_value && node_is_text(part)) buf_add(&text, node_value(part));
    }
    if (buf_overflowed(&text)) return refuse(xlsx, ERR_LIMIT, STR("a cell is longer than 1 MiB."), err);
    *out = buf_str(&text);
    return cell_value(xlsx, kind, out, err);
}

static bool row_number(Xlsx *xlsx, Arena *arena, Err *err)
{
    Str said       = node_attribute(arena, &xlsx->sheet, "r");
    int64_t number = (int64_t)xlsx->row + 1;

    if (said.len > 0 && !str_to_i64(said, number, ROW_NUMBER_MAX, &number))
        return refuse(xlsx, ERR_FORMAT, STR("the row behind it has a number that is out of order or beyond 1048576."),
                      err);
    if (number > ROW_NUMBER_MAX) return refuse(xlsx, ERR_LIMIT, STR("there are more than 1048576 rows."), err);
    xlsx->row = (size_t)number;
    return true;
}

/* Reads from <row> to its end; *filled: the number of cells up to the last that is not empty. */
static bool row_read(Xlsx *xlsx, Arena *arena, StrList *row, size_t *filled, Err *err)
{
    bool more     = true;
    size_t column = 0, next = 0;

    *filled = 0;
    if (!row_number(xlsx, arena, err)) return false;
    while (!node_ends(&xlsx->sheet, "row")) {
        if (!part_next(xlsx, &xlsx->sheet, &more, err)) return false;
        if (!more) return part_wrong(xlsx, &xlsx->sheet, err);
        if (!node_begins(&xlsx->sheet, "c")) continue;
        if (!cell_column(xlsx, node_attribute(arena, &xlsx->sheet, "r"), next, &column, err)) return false;
        while (row->len <= column)
            (void)list_push(arena, row);
        if (!cell_read(xlsx, arena, &row->at[column], err)) return false;
        if (row->at[column].len > 0) *filled = column + 1;
        next = column + 1;
    }
    return true;
}

bool xlsx_next(Xlsx *xlsx, Arena *arena, StrList *row, bool *more, Err *err)
{
    size_t filled = 0;

    *row  = (StrList){ 0 };
    *more = true;
    while (filled == 0) {
        ArenaMark mark = arena_mark(arena);
        if (!part_next(xlsx, &xlsx->sheet, more, err)) return false;
        if (!*more) return true;
        if (!node_begins(&xlsx->sheet, "row")) continue;
        if (!row_read(xlsx, arena, row, &filled, err)) return false;
        if (filled > 0) break;
        *row = (StrList){ 0 };
        arena_rewind(arena, mark);
    }
    if (xlsx->columns == 0) xlsx->columns = filled;
    row->len = filled;
    while (row->len < xlsx->columns)
        (void)list_push(arena, row);
    return true;
}

size_t xlsx_row(const Xlsx *xlsx)
{
    return xlsx->row;
}
