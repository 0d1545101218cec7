/* SPDX-License-Identifier: Apache-2.0
 * Findings and tables become grids of cells, a grid becomes a worksheet. */
#include "paper/sheets.h"

#include "paper/package.h"

#define XML_HEAD  "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define MAIN_NAME "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define OFFICE    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

enum {
    SHEETS_MAX      = 40,
    NAME_RUNES_MAX  = 31,    /* of a sheet */
    CELL_RUNES_MAX  = 32767, /* Excel takes no longer text */
    SERIAL_MIN      = 61,    /* 1 March 1900: before that its calendar is wrong */
    WIDTH_NUMBER    = 12,    /* characters */
    WIDTH_SHORT     = 18,
    WIDTH_TITLE     = 44,
    WIDTH_LONG      = 56,
    LINE_POINTS     = 15,
    ROW_LINES_MAX   = 24, /* longer texts are read in the cell */
    SHEET_BYTES_MAX = 1 << 28
};

/* Numbers of the styles below. */
enum { STYLE_PLAIN, STYLE_HEAD, STYLE_TEXT, STYLE_DAY, STYLE_NUMBER, STYLE_GUARDED };

/* clang-format off */
static const char styles[] =
    XML_HEAD "<styleSheet " MAIN_NAME "><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"d\\ mmm\\ yyyy\"/></numFmts>"
    "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font>"
    "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font></fonts>"
    "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>"
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFF3F5F6\"/><bgColor indexed=\"64\"/></patternFill></fill></fills>"
    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs count=\"6\">"
    "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
    "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"2\" borderId=\"0\" xfId=\"0\" applyFont=\"1\" applyFill=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>"
    "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>"
    "<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyAlignment=\"1\"><alignment horizontal=\"left\" vertical=\"top\"/></xf>"
    "<xf numFmtId=\"3\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyAlignment=\"1\"><alignment horizontal=\"right\" vertical=\"top\" indent=\"1\"/></xf>"
    "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" quotePrefix=\"1\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>"
    "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";
/* clang-format on */

typedef struct {
    Str name;
    size_t columns, rows;
    Str part; /* xl/worksheets/sheetN.xml */
} Sheet;

typedef struct {
    const Document *doc;
    Arena *arena;
    Sheet sheets[SHEETS_MAX];
    size_t len;
    bool overflowed;
    /* the sheet being written */
    const int *widths; /* of its columns, in characters */
    Buf rows;
    size_t row, column;
    /* the row being written */
    Buf cells;
    size_t lines; /* of the cell with most */
} Writer;

static Str word(const Writer *w, const char *english)
{
    return text_of(w->doc->head.catalogue, english);
}

/* ---- cells ---- */

static void add_column_name(Buf *out, size_t column)
{
    if (column >= 26) buf_add_byte(out, (char)('A' + column / 26 - 1));
    buf_add_byte(out, (char)('A' + column % 26));
}

/* Begins a cell at the next place of the row. */
static void cell_open(Writer *w, int style)
{
    buf_add_c(&w->cells, "<c r=\"");
    add_column_name(&w->cells, w->column++);
    buf_fmt(&w->cells, "%zu\" s=\"%d\"", w->row, style);
}

static bool begins_like_a_formula(Str text)
{
    return text.len > 0 && (text.ptr[0] == '=' || text.ptr[0] == '+' || text.ptr[0] == '-' || text.ptr[0] == '@');
}

static bool is_hex(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F');
}

/* Excel reads "_x0041_" as the letter A; whoever wrote that meant it as it stands. */
static bool is_escape(Str text, size_t at)
{
    if (at + 7 > text.len || text.ptr[at] != '_' || text.ptr[at + 1] != 'x' || text.ptr[at + 6] != '_') return false;
    for (size_t i = 2; i < 6; i++)
        if (!is_hex(text.ptr[at + i])) return false;
    return true;
}

static void add_text(Buf *out, Str text)
{
    size_t from = 0;

    for (size_t at = 0; at < text.len; at++) {
        if (!is_escape(text, at)) continue;
        xml_add(out, str_slice(text, from, at - from));
        buf_add_c(out, "_x005F");
        from = at;
    }
    xml_add(out, str_slice(text, from, text.len - from));
}

/* The first CELL_RUNES_MAX characters; an ellipsis says that there was more. */
static Str text_cut(Arena *arena, Str text)
{
    size_t at = 0;

    if (text.len <= CELL_RUNES_MAX || str_count_runes(text) <= CELL_RUNES_MAX) return text;
    for (size_t i = 1; i < CELL_RUNES_MAX; i++)
        (void)str_next_rune(text, &at);
    return str_fmt(arena, "%.*s…", STR_ARG(str_slice(text, 0, at)));
}

/* How many lines the text takes in its column, about: programs set the height of a row only when somebody edits it. */
static size_t lines_of(Str text, int width)
{
    size_t lines = 0;
    Str rest     = text, line;

    while (str_cut(&rest, '\n', &line))
        lines += str_count_runes(line) / (size_t)width + 1;
    return lines;
}

static void cell_text(Writer *w, int style, Str text)
{
    size_t lines = text.len > 0 ? lines_of(text, w->widths[w->column]) : 0;

    if (lines > w->lines) w->lines = lines;
    if (text.len == 0) {
        w->column++;
        return;
    }
    cell_open(w, style == STYLE_TEXT && begins_like_a_formula(text) ? STYLE_GUARDED : style);
    buf_add_c(&w->cells, " t=\"inlineStr\"><is><t xml:space=\"preserve\">");
    add_text(&w->cells, text_cut(w->arena, text));
    buf_add_c(&w->cells, "</t></is></c>");
}

static void cell_number(Writer *w, int style, int64_t number)
{
    cell_open(w, style);
    buf_fmt(&w->cells, "><v>%lld</v></c>", (long long)number);
}

static void cell_rich(Writer *w, const Rich *rich)
{
    const Span *span = rich_worth(rich);
    bool is_day      = span != NULL && span->worth == WORTH_DAY;
    int64_t serial   = is_day ? date_days_between(date_from_ymd(1899, 12, 30), span->day) : 0;

    if (serial >= SERIAL_MIN)
        cell_number(w, STYLE_DAY, serial);
    else if (span != NULL && span->worth == WORTH_NUMBER)
        cell_number(w, STYLE_NUMBER, span->number);
    else
        cell_text(w, STYLE_TEXT, rich_words(w->arena, rich));
}

static void row_open(Writer *w)
{
    w->row++;
    w->column = 0;
    w->lines  = 1;
    w->cells  = buf_open(w->arena, SHEET_BYTES_MAX);
}

static void row_close(Writer *w)
{
    size_t lines = w->lines < ROW_LINES_MAX ? w->lines : ROW_LINES_MAX;

    buf_fmt(&w->rows, "<row r=\"%zu\" ht=\"%zu\" customHeight=\"1\">", w->row, lines * LINE_POINTS);
    buf_add(&w->rows, buf_str(&w->cells));
    buf_add_c(&w->rows, "</row>");
}

/* ---- sheets ---- */

static bool name_is_taken(const Writer *w, Str name)
{
    for (size_t i = 0; i < w->len; i++)
        if (str_eq(w->sheets[i].name, name)) return true;
    return false;
}

/* Excel forbids some signs and long names, and two of one name. */
static Str sheet_name(const Writer *w, Str wanted)
{
    Buf out      = buf_open(w->arena, wanted.len + 16);
    size_t count = 0;

    for (size_t at = 0; at < wanted.len && count < NAME_RUNES_MAX - 3; count++) {
        size_t start  = at;
        uint32_t rune = str_next_rune(wanted, &at);
        bool is_bad   = rune < ' ' || rune == '[' || rune == ']' || rune == ':' || rune == '*' || rune == '?' ||
                      rune == '/' || rune == '\\' || rune == '\'';
        buf_add(&out, is_bad ? STR(" ") : str_slice(wanted, start, at - start));
    }
    Str name = str_trim(buf_str(&out)), numbered = name;
    for (int i = 2; name_is_taken(w, numbered) && i < 100; i++)
        numbered = str_fmt(w->arena, "%.*s %d", STR_ARG(name), i);
    return numbered;
}

static void sheet_begin(Writer *w, const int *widths)
{
    w->widths = widths;
    w->rows   = buf_open(w->arena, SHEET_BYTES_MAX);
    w->row    = 0;
}

/* Ends the sheet: a head that stays and filters, one page wide where it is printed. */
static void sheet_end(Writer *w, Str name, size_t columns)
{
    Buf out = buf_open(w->arena, SHEET_BYTES_MAX);

    if (w->len == SHEETS_MAX) return;
    buf_fmt(&out,
            XML_HEAD "<worksheet " MAIN_NAME
                     "><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView workbookViewId=\"0\"%s>",
            w->len == 0 ? " tabSelected=\"1\"" : "");
    buf_add_c(
        &out,
        "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"
        "<selection pane=\"bottomLeft\"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/><cols>");
    for (size_t i = 0; i < columns; i++)
        buf_fmt(&out, "<col min=\"%zu\" max=\"%zu\" width=\"%d\" customWidth=\"1\"/>", i + 1, i + 1, w->widths[i]);
    buf_add_c(&out, "</cols><sheetData>");
    buf_add(&out, buf_str(&w->rows));
    buf_add_c(&out, "</sheetData><autoFilter ref=\"A1:");
    add_column_name(&out, columns - 1);
    buf_fmt(&out,
            "%zu\"/><pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>"
            "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>",
            w->row);
    w->overflowed       = w->overflowed || buf_overflowed(&out) || buf_overflowed(&w->rows);
    w->sheets[w->len++] = (Sheet){ sheet_name(w, name), columns, w->row, buf_str(&out) };
}

/* ---- findings ---- */

static void labels_of_findings(const Document *doc, Arena *arena, StrList *labels)
{
    for (size_t i = 0; i < doc->blocks.len; i++) {
        const Block *block = doc->blocks.at[i];
        for (size_t f = 0; block->kind == BLOCK_FINDING && f < block->facts.len; f++) {
            bool known = false;
            for (size_t k = 0; k < labels->len && !known; k++)
                known = str_eq(labels->at[k], block->facts.at[f].label);
            if (!known && labels->len < SHEETS_MAX) *list_push(arena, labels) = block->facts.at[f].label;
        }
    }
}

static const Rich *fact_named(const Block *block, Str label)
{
    static const Rich nothing = { 0 };

    for (size_t i = 0; i < block->facts.len; i++)
        if (str_eq(block->facts.at[i].label, label)) return &block->facts.at[i].value;
    return &nothing;
}

static void finding_row(Writer *w, const Block *block, const StrList *labels)
{
    row_open(w);
    cell_text(w, STYLE_TEXT, block->number);
    cell_text(w, STYLE_TEXT, block->title);
    cell_text(w, STYLE_TEXT, block->grade);
    for (size_t i = 0; i < labels->len; i++)
        cell_rich(w, fact_named(block, labels->at[i]));
    row_close(w);
}

/* Whether the column holds days, so that it can be narrow. */
static bool column_is_short(const Document *doc, Str label)
{
    for (size_t i = 0; i < doc->blocks.len; i++) {
        const Block *block = doc->blocks.at[i];
        if (block->kind == BLOCK_FINDING && rich_words(doc->arena, fact_named(block, label)).len > WIDTH_SHORT)
            return false;
    }
    return true;
}

static void findings_sheet(Writer *w)
{
    int widths[SHEETS_MAX + 3] = { WIDTH_NUMBER, WIDTH_TITLE, WIDTH_SHORT + 8 };
    StrList labels             = { 0 };

    labels_of_findings(w->doc, w->arena, &labels);
    for (size_t i = 0; i < labels.len; i++)
        widths[i + 3] = column_is_short(w->doc, labels.at[i]) ? WIDTH_SHORT : WIDTH_LONG;
    sheet_begin(w, widths);
    row_open(w);
    cell_text(w, STYLE_HEAD, word(w, N_("No.")));
    cell_text(w, STYLE_HEAD, word(w, N_("Finding")));
    cell_text(w, STYLE_HEAD, word(w, N_("Grade")));
    for (size_t i = 0; i < labels.len; i++)
        cell_text(w, STYLE_HEAD, labels.at[i]);
    row_close(w);
    for (size_t i = 0; i < w->doc->blocks.len; i++)
        if (w->doc->blocks.at[i]->kind == BLOCK_FINDING) finding_row(w, w->doc->blocks.at[i], &labels);
    sheet_end(w, word(w, N_("Findings")), labels.len + 3);
}

/* ---- tables ---- */

static void table_sheet(Writer *w, const Block *block)
{
    int widths[DOC_COLUMNS_MAX];

    for (size_t c = 0; c < block->column_count; c++) {
        int asked = block->columns[c].width_mm;
        widths[c] = asked == 0 ? WIDTH_LONG : asked < WIDTH_NUMBER ? WIDTH_NUMBER : asked;
    }
    sheet_begin(w, widths);
    row_open(w);
    for (size_t c = 0; c < block->column_count; c++)
        cell_text(w, STYLE_HEAD, block->columns[c].head);
    row_close(w);
    for (size_t r = 0; r < block->rows.len; r++) {
        row_open(w);
        for (size_t c = 0; c < block->column_count; c++)
            cell_rich(w, &block->rows.at[r].cells[c]);
        row_close(w);
    }
    sheet_end(w, block->sheet, block->column_count);
}

/* ---- what it is ---- */

static void about_row(Writer *w, Str label, Str value)
{
    if (value.len == 0) return;
    row_open(w);
    cell_text(w, STYLE_TEXT, label);
    cell_text(w, STYLE_TEXT, value);
    row_close(w);
}

static void about_sheet(Writer *w)
{
    const int widths[]  = { WIDTH_SHORT + 8, WIDTH_LONG + 20 };
    const DocHead *head = &w->doc->head;

    sheet_begin(w, widths);
    row_open(w);
    cell_text(w, STYLE_HEAD, head->kind.len > 0 ? head->kind : head->number);
    cell_text(w, STYLE_HEAD, head->title);
    row_close(w);
    about_row(w, word(w, N_("About")), head->subtitle);
    about_row(w, word(w, N_("Number, version, class")), doc_foot_left(w->doc, w->arena));
    about_row(w, word(w, N_("Record")), head->foot_proof);
    for (size_t i = 0; i < w->doc->cover->facts.len; i++)
        about_row(w, w->doc->cover->facts.at[i].label, rich_words(w->arena, &w->doc->cover->facts.at[i].value));
    about_row(w, word(w, N_("Note")), head->cover_note);
    sheet_end(w, word(w, N_("About")), countof(widths));
}

/* ---- the package ---- */

static const char package_relations[] =
    XML_HEAD "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
             "<Relationship Id=\"rId1\" Type=\"" OFFICE "/officeDocument\" Target=\"xl/workbook.xml\"/>"
             "<Relationship Id=\"rId2\" "
             "Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" "
             "Target=\"docProps/core.xml\"/></Relationships>";

static Str content_types(const Writer *w)
{
    Buf out = buf_open(w->arena, 1 << 16);

    buf_add_c(&out,
              XML_HEAD "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                       "<Default Extension=\"rels\" "
                       "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                       "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Override "
                       "PartName=\"/xl/workbook.xml\" "
                       "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
                       "<Override PartName=\"/xl/styles.xml\" "
                       "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>"
                       "<Override PartName=\"/docProps/core.xml\" "
                       "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>");
    for (size_t i = 0; i < w->len; i++) {
        buf_fmt(&out,
                "<Override PartName=\"/xl/worksheets/sheet%zu.xml\" "
                "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>",
                i + 1);
    }
    buf_add_c(&out, "</Types>");
    return buf_str(&out);
}

/* The sheets by name; that a filter is there is said a second time, as a hidden name: Excel wants both. */
static Str workbook(const Writer *w)
{
    Buf out = buf_open(w->arena, 1 << 16);

    buf_add_c(&out, XML_HEAD "<workbook " MAIN_NAME " xmlns:r=\"" OFFICE "\"><bookViews><workbookView/></bookViews>"
                             "<sheets>");
    for (size_t i = 0; i < w->len; i++) {
        buf_add_c(&out, "<sheet name=\"");
        xml_add(&out, w->sheets[i].name);
        buf_fmt(&out, "\" sheetId=\"%zu\" r:id=\"rId%zu\"/>", i + 1, i + 1);
    }
    buf_add_c(&out, "</sheets><definedNames>");
    for (size_t i = 0; i < w->len; i++) {
        buf_fmt(&out, "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"%zu\" hidden=\"1\">'", i);
        xml_add(&out, w->sheets[i].name);
        buf_add_c(&out, "'!$A$1:$");
        add_column_name(&out, w->sheets[i].columns - 1);
        buf_fmt(&out, "$%zu</definedName>", w->sheets[i].rows);
    }
    buf_add_c(&out, "</definedNames></workbook>");
    return buf_str(&out);
}

static Str workbook_relations(const Writer *w)
{
    Buf out = buf_open(w->arena, 1 << 16);

    buf_add_c(&out, XML_HEAD "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
    for (size_t i = 0; i < w->len; i++)
        buf_fmt(&out, "<Relationship Id=\"rId%zu\" Type=\"" OFFICE "/worksheet\" Target=\"worksheets/sheet%zu.xml\"/>",
                i + 1, i + 1);
    buf_fmt(&out, "<Relationship Id=\"rId%zu\" Type=\"" OFFICE "/styles\" Target=\"styles.xml\"/></Relationships>",
            w->len + 1);
    return buf_str(&out);
}

bool sheets_render(const Document *doc, Arena *arena, Str *bytes, Err *err)
{
    Writer *w = arena_new(arena, Writer);
    Package package;

    w->doc   = doc;
    w->arena = arena;
    findings_sheet(w);
    for (size_t i = 0; i < doc->blocks.len; i++)
        if (!str_is_empty(doc->blocks.at[i]->sheet)) table_sheet(w, doc->blocks.at[i]);
    about_sheet(w);
    package_open(&package, arena);
    package.failed = w->overflowed;
    package_add(&package, STR("[Content_Types].xml"), content_types(w));
    package_add(&package, STR("_rels/.rels"), str_from_c(package_relations));
    package_add(&package, STR("xl/workbook.xml"), workbook(w));
    package_add(&package, STR("xl/_rels/workbook.xml.rels"), workbook_relations(w));
    package_add(&package, STR("xl/styles.xml"), str_from_c(styles));
    for (size_t i = 0; i < w->len; i++)
        package_add(&package, str_fmt(arena, "xl/worksheets/sheet%zu.xml", i + 1), w->sheets[i].part);
    package_add_facts(&package, &(PackageFacts){ .title    = doc_full_title(doc, arena),
                                                 .subject  = doc->head.subtitle,
                                                 .author   = doc->head.author,
                                                 .language = doc->head.language,
                                                 .category = doc->head.classification,
                                                 .created  = doc->head.created });
    return package_close(&package, bytes, err);
}
