/* SPDX-License-Identifier: Apache-2.0
 * The words of a report: names, days, numbers and lists as sentences say them, and texts that people wrote, with their
 * references made whole. */
#include "audit/report_draft.h"
#include "exchange/audit_report_inside.h"

enum { CLASS_BYTES_MAX = 40, REF_LETTERS_MAX = 3 };

/* ------------------------------------------------------------------------------------------------------- values */

Str report_word(const ReportBook *book, const char *english)
{
    return call_text(book->call, english);
}

Str report_person(const ReportBook *book, Id person)
{
    return id_is_none(person) ? (Str){ 0 } : names_person(book->names, person);
}

Str report_people(const ReportBook *book, const IdList *people)
{
    StrList names = { 0 };

    for (size_t i = 0; i < people->len; i++)
        *list_push(book->arena, &names) = names_person(book->names, people->at[i]);
    return str_sentence(book->arena, &names);
}

Str report_value(const ReportBook *book, const Type *type, const void *record, const char *field)
{
    return value_to_human(book->names, type_field(type, str_from_c(field)), record);
}

Str report_refs(const ReportBook *book, const IdList *refs)
{
    StrList numbers = { 0 };

    for (size_t i = 0; i < refs->len; i++)
        *list_push(book->arena, &numbers) = names_number(book->names, &requirement_type, refs->at[i]);
    return numbers_in_words(book->arena, &numbers);
}

Str report_days(const ReportBook *book, Date from, Date to)
{
    Ymd first = date_to_ymd(from), last = date_to_ymd(to);

    if (date_is_none(to) || date_eq(from, to)) return date_to_human(book->arena, from);
    if (!date_is_none(from) && first.year == last.year && first.month == last.month)
        return str_fmt(book->arena, "%d to %.*s", first.day, STR_ARG(date_to_human(book->arena, to)));
    return str_fmt(book->arena, "%.*s to %.*s", STR_ARG(date_to_human(book->arena, from)),
                   STR_ARG(date_to_human(book->arena, to)));
}

Str report_count(const ReportBook *book, int64_t number)
{
    Str digits = str_fmt(book->arena, "%lld", (long long)number);
    Buf out    = buf_open(book->arena, 40);

    for (size_t i = 0; i < digits.len; i++) {
        if (i > 0 && (digits.len - i) % 3 == 0) buf_add_byte(&out, ',');
        buf_add_byte(&out, digits.ptr[i]);
    }
    return buf_str(&out);
}

Str report_class(const ReportBook *book)
{
    Str said = str_trim(book->audit.confidentiality), usual = str_trim(book->organisation.confidentiality);

    if (said.len > 0 && said.len <= CLASS_BYTES_MAX) return said;
    return usual.len > 0 ? usual : report_word(book, "confidential");
}

static const struct {
    Mark mark;
    const char *grade;
} kinds[] = {
    [FINDING_MAJOR_NC]      = { MARK_MAJOR, N_("major nonconformity") },
    [FINDING_MINOR_NC]      = { MARK_MINOR, N_("minor nonconformity") },
    [FINDING_OBSERVATION]   = { MARK_OBSERVATION, N_("observation") },
    [FINDING_OFI]           = { MARK_OFI, N_("opportunity for improvement") },
    [FINDING_GOOD_PRACTICE] = { MARK_GOOD, N_("good practice") },
    [FINDING_CONFORMITY]    = { MARK_PASS, N_("conformity") },
};

Mark finding_mark(int kind)
{
    return kinds[kind].mark;
}

Str finding_grade_short(const ReportBook *book, int kind)
{
    return kind == FINDING_OFI ? report_word(book, "opportunity") : finding_grade(book, kind);
}

Str finding_grade(const ReportBook *book, int kind)
{
    return report_word(book, kinds[kind].grade);
}

/* ------------------------------------------------------------------------------------------------------- references */

static bool is_upper(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_word(char byte)
{
    return is_upper(byte) || is_digit(byte) || (byte >= 'a' && byte <= 'z') || (byte & 0x80) != 0;
}

static size_t digits_at(Str text, size_t at)
{
    size_t end = at;
    while (end < text.len && is_digit(text.ptr[end]))
        end++;
    return end - at;
}

/* Bytes of a record number ("F-019", "CA-017-1", "IA-26-04A") or a control ("A.8.32") at `at`; 0: none begins here. */
static size_t ref_at(Str text, size_t at)
{
    size_t end = at, digits;

    while (end < text.len && is_upper(text.ptr[end]) && end - at < REF_LETTERS_MAX)
        end++;
    if (end == at || end == text.len) return 0;
    char joint = text.ptr[end];
    if (joint != '-' && !(joint == '.' && end - at == 1 && text.ptr[at] == 'A')) return 0;
    size_t groups = 0;
    while (end < text.len && text.ptr[end] == joint && (digits = digits_at(text, end + 1)) > 0)
        end += 1 + digits, groups++;
    if (groups == 0 || (joint == '.' && groups != 2)) return 0;
    if (joint == '-' && end < text.len && is_upper(text.ptr[end])) end++;
    return end < text.len && is_word(text.ptr[end]) ? 0 : end - at;
}

/* A day written as 2026-09-14 at `at`. */
static bool day_at(Str text, size_t at, Date *day)
{
    return at + 10 <= text.len && (at + 10 == text.len || !is_word(text.ptr[at + 10])) &&
           date_from_iso(str_slice(text, at, 10), day);
}

static bool word_begins(Str text, size_t at)
{
    if (at == 0) return true;
    char before = text.ptr[at - 1];
    return !is_word(before) && before != '-' && before != '.' && before != '/';
}

void report_say(ReportBook *book, Str text)
{
    size_t from = 0, at = 0;

    while (at < text.len) {
        Date day;
        bool begins = word_begins(text, at);
        size_t ref  = begins ? ref_at(text, at) : 0;
        bool is_day = begins && ref == 0 && day_at(text, at, &day);
        if (ref == 0 && !is_day) {
            at++;
            continue;
        }
        if (at > from) doc_text(book->doc, str_slice(text, from, at - from));
        if (is_day)
            doc_text(book->doc, date_to_human(book->arena, day));
        else
            doc_ref(book->doc, str_slice(text, at, ref));
        at += is_day ? 10 : ref;
        from = at;
    }
    if (at > from) doc_text(book->doc, str_slice(text, from, at - from));
}

/* ------------------------------------------------------------------------------------------------------- blocks */

void report_say_paragraphs(ReportBook *book, Str text)
{
    bool in_list = false;
    Str rest     = str_trim(text), line;

    while (str_cut(&rest, '\n', &line)) {
        line         = str_trim(line);
        bool is_item = str_starts(line, STR("- "));
        if (line.len == 0) continue;
        if (is_item) {
            if (!in_list) doc_list(book->doc, LIST_BULLET);
            doc_item(book->doc, STR(""));
            report_say(book, str_trim(str_slice(line, 2, line.len)));
        } else {
            doc_paragraph(book->doc, STR(""));
            report_say(book, line);
        }
        in_list = is_item;
    }
}

void report_say_fact(ReportBook *book, const char *label, Str text)
{
    text = str_trim(text);
    if (text.len == 0) return;
    doc_fact(book->doc, report_word(book, label), STR(""));
    report_say(book, text);
}

void report_table(ReportBook *book, const DocColumn *columns, size_t count)
{
    DocColumn said[DOC_COLUMNS_MAX];

    for (size_t i = 0; i < count; i++) {
        said[i]      = columns[i];
        said[i].head = report_word(book, columns[i].head.ptr); /* a literal, so it is terminated */
    }
    doc_table(book->doc, STR(""), said, count);
}

void report_heading(ReportBook *book, int level, const char *title)
{
    doc_heading(book->doc, level, report_word(book, title));
}

void report_annex(ReportBook *book, const char *title)
{
    doc_annex(book->doc, report_word(book, title));
}

void report_sheet(ReportBook *book, const char *name)
{
    doc_sheet(book->doc, report_word(book, name));
}

void report_say_annex(ReportBook *book, int annex)
{
    doc_ref(book->doc, str_fmt(book->arena, "%.*s %d", STR_ARG(report_word(book, "Annex")), annex));
}
