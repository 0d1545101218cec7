/* SPDX-License-Identifier: Apache-2.0
 * Who took part, and why their word can be relied on: the team with what each took, the people of the auditee,
 * declarations, and exceptions from the rules of independence with reason and measure (G-20). */
#include "audit/say.h"
#include "exchange/audit_report_inside.h"
#include "record/row.h"

/* ------------------------------------------------------------------------------------------------------- team */

static void person_row(ReportBook *book, Id person, Str part)
{
    doc_row(book->doc);
    doc_cell(book->doc, report_person(book, person));
    doc_cell(book->doc, part);
}

static Str member_part(ReportBook *book, const TeamMember *member)
{
    Str part = report_value(book, &team_member_type, member, "part");

    if (id_is_none(member->supervisor)) return part;
    return str_fmt(book->arena, "%.*s, under %.*s", STR_ARG(part), STR_ARG(report_person(book, member->supervisor)));
}

static const TeamMember *member_of(const ReportBook *book, Id person)
{
    for (size_t i = 0; i < book->members.len; i++) {
        if (id_eq(book->members.at[i].person, person)) return &book->members.at[i];
    }
    return NULL;
}

static void lead_row(ReportBook *book)
{
    const TeamMember *member = member_of(book, book->audit.lead);
    bool is_author           = id_eq(book->report.author, book->audit.lead);

    if (id_is_none(book->audit.lead)) return;
    person_row(book, book->audit.lead,
               report_word(book, is_author ? "Lead auditor, author of this report" : "Lead auditor"));
    doc_cell(book->doc, STR(""));
    if (member != NULL) report_say(book, report_refs(book, &member->refs));
}

static void member_rows(ReportBook *book)
{
    for (size_t i = 0; i < book->members.len; i++) {
        const TeamMember *member = &book->members.at[i];
        if (id_eq(member->person, book->audit.lead)) continue;
        person_row(book, member->person, member_part(book, member));
        doc_cell(book->doc, STR(""));
        report_say(book, report_refs(book, &member->refs));
    }
}

static bool owner_is_listed(const ReportBook *book, size_t before)
{
    for (size_t i = 0; i < before; i++) {
        if (id_eq(book->processes.at[i].owner, book->processes.at[before].owner)) return true;
    }
    return false;
}

/* One row a person, with all processes he answers for. */
static void auditee_rows(ReportBook *book)
{
    for (size_t i = 0; i < book->processes.len; i++) {
        Id owner        = book->processes.at[i].owner;
        StrList numbers = { 0 };
        if (owner_is_listed(book, i)) continue;
        for (size_t k = i; k < book->processes.len; k++) {
            if (id_eq(book->processes.at[k].owner, owner))
                *list_push(book->arena, &numbers) = book->processes.at[k].head.number;
        }
        person_row(book, owner,
                   str_fmt(book->arena, "%.*s %.*s", STR_ARG(report_word(book, "Auditee, owner of")),
                           STR_ARG(str_sentence(book->arena, &numbers))));
        for (size_t k = i; k < book->processes.len; k++) {
            if (id_eq(book->processes.at[k].owner, owner)) doc_small(book->doc, book->processes.at[k].name);
        }
        doc_cell(book->doc, STR(""));
    }
}

static void team(ReportBook *book)
{
    static const DocColumn columns[] = {
        { STR_INIT("Person"), 40, ALIGN_START, 0 },
        { STR_INIT("Part in the audit"), 0, ALIGN_START, 2 },
        { STR_INIT("Took"), 0, ALIGN_START, 2 },
    };

    report_heading(book, 2, "Team and people of the auditee");
    report_say_paragraphs(book, book->report.team);
    report_table(book, columns, countof(columns));
    lead_row(book);
    member_rows(book);
    auditee_rows(book);
}

/* ------------------------------------------------------------------------------------------------------- independence
 */

static void declarations_table(ReportBook *book)
{
    static const DocColumn columns[] = {
        { STR_INIT("Declared by"), 40, ALIGN_START, 0 },
        { STR_INIT("On"), 26, ALIGN_START, 0 },
        { STR_INIT("Result"), 34, ALIGN_START, 0 },
        { STR_INIT("Disclosed, and how it is managed"), 0, ALIGN_START, 0 },
    };

    if (book->declarations.len == 0) return;
    report_table(book, columns, countof(columns));
    for (size_t i = 0; i < book->declarations.len; i++) {
        const Declaration *declaration = &book->declarations.at[i];
        doc_row(book->doc);
        doc_cell(book->doc, report_person(book, declaration->person));
        doc_cell(book->doc, STR(""));
        doc_day(book->doc, zone_date(book->call->app->zone, declaration->head.created_at));
        doc_cell(book->doc, report_value(book, &declaration_type, declaration, "result"));
        doc_cell(book->doc, STR(""));
        report_say(book, declaration->disclosed.len > 0 ? declaration->disclosed : report_word(book, "Nothing"));
        if (declaration->measure.len > 0) doc_small(book->doc, declaration->measure);
    }
}

static void exception(ReportBook *book, const Override *override)
{
    Str title = str_fmt(book->arena, "%.*s: %.*s", STR_ARG(report_value(book, &override_type, override, "rule")),
                        STR_ARG(report_person(book, override->person)));

    doc_heading(book->doc, 3, title);
    doc_facts(book->doc);
    report_say_fact(book, "Facts", override->facts);
    report_say_fact(book, "On", report_refs(book, &override->refs));
    report_say_fact(book, "Why it could not be avoided", override->reason);
    report_say_fact(book, "What was done instead", override->measure);
    report_say_fact(book, "Second reader", report_person(book, override->second_reader));
    report_say_fact(book, "Decided by",
                    str_fmt(book->arena, "%.*s, %.*s", STR_ARG(report_person(book, override->approved_by)),
                            STR_ARG(date_to_human(book->arena, override->decided_on))));
}

static void independence(ReportBook *book)
{
    report_heading(book, 2, "Independence");
    report_say_paragraphs(book, book->report.independence);
    if (book->audit.single_auditor == YES)
        doc_callout(book->doc,
                    report_word(book, "A single auditor worked alone: nobody else reviewed the working papers."));
    declarations_table(book);
    if (book->overrides.len == 0) return;
    report_heading(book, 2, "Exceptions and answers");
    for (size_t i = 0; i < book->overrides.len; i++)
        exception(book, &book->overrides.at[i]);
}

void report_annex_team(ReportBook *book)
{
    report_annex(book, "Team and independence");
    team(book);
    independence(book);
}
