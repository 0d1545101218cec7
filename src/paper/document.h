/* SPDX-License-Identifier: Apache-2.0
 * paper/document.h: a document that leaves the system: report, programme, certificate of a case, minutes.
 *
 * The model knows headings, paragraphs, tables and the like, and no records: whoever has records writes them down with
 * the functions below, top to bottom, as one would dictate:
 *
 *     doc_heading(doc, 1, STR("Independence"));
 *     doc_paragraph(doc, STR("Noor Haddad was proposed and refused (rule "));
 *     doc_ref(doc, STR("G-01"));
 *     doc_text(doc, STR(")."));
 *
 * There is a pen: a paragraph, an item, a fact, a cell, each starts a text; doc_text, doc_strong and their like add to
 * the text begun last. There are no ends: a row belongs to the table begun last. The same document becomes PDF
 * (paper/pdf.h), DOCX (paper/word.h), HTML (paper/page_html.h), XLSX (paper/sheets.h), JSON (paper/document_json.h) and
 * plain text (paper/plain_text.h).
 *
 * All text is foreign until doc_open or a function below has cleaned it (doc_clean). The document and everything in it
 * live in the arena it was opened with. Nothing fails: limits are checked when a document is rendered. */
#pragma once

#include "base/text.h"
#include "base/time.h"
#include "paper/mark.h"

enum { DOC_COLUMNS_MAX = 16, DOC_LEVEL_MAX = 3 };

/* ---- text ---- */

typedef enum {
    SPAN_PLAIN,
    SPAN_STRONG,
    SPAN_EMPHASIS,
    SPAN_CODE, /* hashes, commands, event numbers: monospaced */
    SPAN_REF,  /* a record's number: never broken across lines; a link where the document has a heading or finding of it
                */
    SPAN_MUTED, /* second thought, same size */
    SPAN_SMALL, /* on a line of its own below, smaller and muted */
    SPAN_LABEL, /* the small label above a value */
    SPAN_MARK,  /* a mark and its word, in the mark's colour, never broken */
    SPAN_KINDS
} SpanKind;

/* What a text stands for, where a program can use it better: a cell of a spreadsheet is then a day or a number. */
typedef enum { WORTH_TEXT, WORTH_DAY, WORTH_NUMBER } Worth;

typedef struct {
    SpanKind kind;
    Mark mark; /* of SPAN_MARK */
    Str text;
    Worth worth;
    Date day;       /* of WORTH_DAY */
    int64_t number; /* of WORTH_NUMBER */
} Span;

typedef struct {
    Span *at;
    size_t len, cap;
} Rich;

/* ---- blocks ---- */

typedef enum {
    BLOCK_HEADING,
    BLOCK_PARAGRAPH,
    BLOCK_NOTE, /* small muted paragraph below a table or figure */
    BLOCK_LIST,
    BLOCK_FACTS,   /* label and value, one a line */
    BLOCK_FINDING, /* number, title, grade, then facts; kept together where a page allows it */
    BLOCK_CALLOUT, /* a paragraph that must not be overlooked */
    BLOCK_BOXES,   /* ruled cells with label, value and second line: the title block of a drawing */
    BLOCK_TABLE,
    BLOCK_COVERAGE, /* one small cell per control: reference, mark, date */
    BLOCK_BARS,     /* a chart: one bar for each label, as long as its number */
    BLOCK_PAGE_BREAK,
    BLOCK_KINDS
} BlockKind;

typedef enum { LIST_BULLET, LIST_NUMBER } ListKind;
typedef enum { ALIGN_START, ALIGN_END, ALIGN_CENTRE } Align;

/* A column of a table. Columns without a width share what is left, by `share` (0 counts as 1). */
typedef struct {
    Str head;
    int width_mm;
    Align align;
    int share;
} DocColumn;

typedef struct {
    Rich *cells; /* as many as the table has columns */
    size_t len;  /* cells written so far */
} TableRow;

/* Label and value; in boxes a mark may stand before the value and a second line below it. */
typedef struct {
    Str label;
    Rich value;
} DocFact;

typedef struct {
    Str ref;  /* "A.8.32" */
    Str date; /* "Sep 26" */
    Mark mark;
    Str says; /* "minor nonconformity": what the mark means, for readers who do not see it */
} CoverageCell;

typedef struct {
    Str label; /* "Minor nonconformities" */
    Mark mark; /* gives its colour */
    int64_t count;
} Bar;

typedef struct Block {
    BlockKind kind;
    int level;     /* heading: 1 to 3; finding: 2 */
    Str number;    /* heading: "2.1" or "Annex 1", counted; finding: its own */
    Str anchor;    /* heading and finding: unique in the document, [a-z0-9-] only */
    Str title;     /* heading, finding; caption of table and coverage */
    Mark mark;     /* of a finding, with … */
    Str grade;     /* … its word: "minor nonconformity" */
    Rich text;     /* paragraph, note, callout */
    ListKind list; /* of a list */
    bool barred;   /* facts with a rule at their side: the block about verifying */
    bool tall;     /* table rows leave room for a signature by hand */
    bool annex;    /* a heading that begins an annex, on a page of its own */
    Str sheet;     /* table: name of its sheet in a workbook; empty: it is in none */
    DocColumn *columns;
    size_t column_count;
    struct {
        Rich *at;
        size_t len, cap;
    } items;
    struct {
        DocFact *at;
        size_t len, cap;
    } facts; /* also of boxes and findings */
    struct {
        TableRow *at;
        size_t len, cap;
    } rows;
    struct {
        CoverageCell *at;
        size_t len, cap;
    } cells;
    struct {
        Bar *at;
        size_t len, cap;
    } bars;
} Block;

typedef enum {
    DOC_WITH_COVER, /* cover page, contents, body */
    DOC_COMPACT     /* title and facts at the top of the first page, no contents */
} DocForm;

/* What stands on the cover, in the running foot and in the file's properties. Everything may be empty. */
typedef struct {
    DocForm form;
    Str kind;           /* "Internal audit report" */
    Str title;          /* "Secure development and change" */
    Str subtitle;       /* what it is about: organisation, standard with edition */
    Str number;         /* "IA-26-04" */
    Str version;        /* "1.0" */
    Str classification; /* "confidential" */
    Str organisation;
    Str author;
    Str language;              /* BCP 47 tag of the texts; empty: "en" */
    const Language *catalogue; /* for the few words the room adds itself; NULL: English */
    Time created;              /* stated in the file; no clock is asked */
    Str cover_note;            /* below the facts of the cover */
    Str foot_proof;            /* middle of the running foot: "sha-256 c41d…90e7 · checkpoint 46,020" */
    Str logo;                  /* a PNG file, shown in place of our own sign; empty: ours */
    Str logo_says;             /* what it shows, for those who do not see it */
    unsigned accent;           /* 0xRRGGBB of rules and grounds, never of text; 0: ours */
} DocHead;

typedef struct {
    Block **at;
    size_t len, cap;
} Blocks;

typedef struct Document {
    Arena *arena;
    DocHead head; /* cleaned copies */
    Block *cover; /* boxes of the cover, filled by doc_cover_fact */
    Blocks blocks;
    Rich *pen; /* the text begun last */
    int counters[DOC_LEVEL_MAX];
    int annexes; /* begun so far; from the first on, headings below are numbered within theirs */
} Document;

/* A new, empty document. `head` is copied. */
Document *doc_open(Arena *arena, const DocHead *head);

/* A fact of the cover's title block; what follows (doc_small, doc_mark) belongs to its value. */
void doc_cover_fact(Document *doc, Str label, Str value);

/* A numbered heading, level 1 to 3. */
void doc_heading(Document *doc, int level, Str title);
/* Begins an annex: a heading of level 1 on a new page, "Annex 1"; headings below it are "Annex 1.1". */
void doc_annex(Document *doc, Str title);
void doc_paragraph(Document *doc, Str text);
void doc_note(Document *doc, Str text);
void doc_callout(Document *doc, Str text);
void doc_page_break(Document *doc);

void doc_list(Document *doc, ListKind kind);
void doc_item(Document *doc, Str text);

void doc_facts(Document *doc);
/* Starts ruled boxes, filled by doc_fact like a list of facts. */
void doc_boxes(Document *doc);
/* A finding in full; its criterion, condition, evidence and effect follow by doc_fact. `grade` is the word for `mark`.
 */
void doc_finding(Document *doc, Str number, Str title, Mark mark, Str grade);
/* Adds to the facts, boxes or finding begun last. */
void doc_fact(Document *doc, Str label, Str value);

/* A table; `columns` are copied, at most DOC_COLUMNS_MAX. An empty caption is not shown. Rows are filled cell by cell.
 */
void doc_table(Document *doc, Str caption, const DocColumn *columns, size_t count);
void doc_row(Document *doc);
/* The next cell of the row begun last; a cell too many is a bug of the caller. Cells not written are empty. */
void doc_cell(Document *doc, Str text);
/* The table begun last is a sheet of a workbook too, with this name. */
void doc_sheet(Document *doc, Str name);

/* A chart of bars, the numbers beside them; `caption` stands above it. */
void doc_bars(Document *doc, Str caption);
void doc_bar(Document *doc, Str label, Mark mark, int64_t count);

/* A grid of controls; `caption` stands above it. */
void doc_coverage(Document *doc, Str caption);
void doc_coverage_cell(Document *doc, CoverageCell cell);

/* Who stands for the document. A signature has a place for ink or the proof that replaces it. */
typedef struct {
    Str meaning; /* "Author", "Approved" */
    Str name, role;
    Str date;
    Str proof; /* "event 46,010"; empty leaves room for a signature by hand */
} Signature;
void doc_signatures(Document *doc, const Signature *signatures, size_t count);

/* How a reader checks the document without asking us. Empty members are left out. */
typedef struct {
    Str statement; /* what is recorded and where, in a sentence */
    Str sha256;    /* of what was approved */
    Str event;     /* number of the event that issued it */
    Str checkpoint, root, key;
    Str command; /* "plumbline verify IA-26-04.zip" */
} DocProof;
void doc_verify(Document *doc, const DocProof *proof);

/* ---- the pen: adds to the text begun last ---- */

void doc_text(Document *doc, Str text);
void doc_strong(Document *doc, Str text);
void doc_emphasis(Document *doc, Str text);
void doc_code(Document *doc, Str text);
void doc_ref(Document *doc, Str number);
void doc_muted(Document *doc, Str text);
void doc_small(Document *doc, Str text);
void doc_mark(Document *doc, Mark mark, Str word);
/* The day as people read it; nothing for none. */
void doc_day(Document *doc, Date day);
/* `shown` is how people read the number. */
void doc_number(Document *doc, int64_t number, Str shown);

/* ---- for renderers ---- */

/* The heading or finding with this number, NULL when there is none. */
const Block *doc_find(const Document *doc, Str number);
/* "Veldane Systems B.V. · IA-26-04 · v1.0 · confidential": what the foot says at its left. */
Str doc_foot_left(const Document *doc, Arena *arena);
/* Title for the file's properties: number and title. */
Str doc_full_title(const Document *doc, Arena *arena);
/* True for a heading or finding: what contents and outline list. */
bool block_is_titled(const Block *block);
/* Down to which level the contents list titles: 2, or 1 where that would be more than two pages; bookmarks have all. */
int doc_contents_level(const Document *doc);
/* What a coverage grid or a chart shows, as one sentence. */
Str block_alternative(const Block *block, Arena *arena);
/* The largest number of a chart. */
int64_t block_bars_max(const Block *block);
/* The words of a text without their looks: what stands on a line of its own is one, a mark is its word. */
Str rich_words(Arena *arena, const Rich *rich);
/* What the text stands for when that is all it says: its only span; NULL: it is text. */
const Span *rich_worth(const Rich *rich);

/* `text` as it may be shown: valid UTF-8, line ends as \n, tabs as blanks, and in place of control characters and of
 * the marks that reorder lines (bidirectional embeddings, overrides, isolates) the replacement character, so that no
 * reader sees another text than a machine. */
Str doc_clean(Arena *arena, Str text);
