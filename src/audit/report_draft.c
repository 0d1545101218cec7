/* SPDX-License-Identifier: Apache-2.0
 * The first draft of a report: one short text for each part, written from the records of the audit. A part that the
 * records say nothing about stays empty, and the guard of the issue names it. */
#include "audit/report_draft.h"

#include <stdlib.h>

#include "audit/finding.h"
#include "audit/paper.h"
#include "audit/request.h"
#include "audit/sample.h"
#include "audit/team.h"
#include "org/person.h"
#include "org/process.h"
#include "org/requirement.h"
#include "org/site.h"
#include "record/names.h"
#include "record/row.h"

enum { PART_MAX = 60000 };

/* The audit and what belongs to it, with the names of everything they refer to. */
typedef struct {
    Call *call;
    Audit audit;
    TeamMemberList members;
    DeclarationList declarations;
    OverrideList overrides;
    PaperList papers;
    SampleList samples;
    EvidenceRequestList missing; /* requests for evidence that was not received */
    FindingList findings;
    ProcessList processes;
    Names *names;
} Draft;

/* ------------------------------------------------------------------------------------------------------- words */

static int run_number(Str number, Str *stem)
{
    size_t dot = number.len;
    int64_t last;

    while (dot > 0 && number.ptr[dot - 1] != '.')
        dot--;
    *stem = str_slice(number, 0, dot);
    return str_to_i64(str_slice(number, dot, number.len), 0, 99999, &last) ? (int)last : -1;
}

/* By the stem as text, then by the last number as a number: A.8.4 comes before A.8.25. */
static int number_compare(const void *a, const void *b)
{
    Str left, right;
    int l = run_number(*(const Str *)a, &left), r = run_number(*(const Str *)b, &right);
    int by_stem = str_compare(left, right);

    if (by_stem != 0) return by_stem;
    return l != r ? (l > r) - (l < r) : str_compare(*(const Str *)a, *(const Str *)b);
}

static bool number_follows(Str before, Str number)
{
    Str left, right;
    int l = run_number(before, &left), r = run_number(number, &right);

    return l >= 0 && r == l + 1 && str_eq(left, right);
}

Str numbers_in_words(Arena *arena, StrList *numbers)
{
    StrList words = { 0 };

    if (numbers->len > 1) qsort(numbers->at, numbers->len, sizeof *numbers->at, number_compare);
    for (size_t from = 0, to; from < numbers->len; from = to) {
        for (to = from + 1; to < numbers->len && number_follows(numbers->at[to - 1], numbers->at[to]); to++) {
        }
        if (to - from < 3) to = from + 1;
        *list_push(arena, &words) =
            to - from < 3 ? numbers->at[from]
                          : str_fmt(arena, "%.*s to %.*s", STR_ARG(numbers->at[from]), STR_ARG(numbers->at[to - 1]));
    }
    return str_sentence(arena, &words);
}

static Str refs_in_words(Draft *draft, const IdList *refs)
{
    StrList numbers = { 0 };

    for (size_t i = 0; i < refs->len; i++)
        *list_push(draft->call->arena, &numbers) = names_number(draft->names, &requirement_type, refs->at[i]);
    return numbers_in_words(draft->call->arena, &numbers);
}

static Str titles_in_words(Draft *draft, const Type *type, const IdList *ids)
{
    StrList titles = { 0 };

    for (size_t i = 0; i < ids->len; i++)
        *list_push(draft->call->arena, &titles) = names_title(draft->names, type, ids->at[i]);
    return str_sentence(draft->call->arena, &titles);
}

static Str person_name(Draft *draft, Id person)
{
    return names_person(draft->names, person);
}

/* Lines of `text` as one: "a; b; c". */
static Str lines_as_one(Arena *arena, Str text)
{
    StrList lines = { 0 };
    Str rest      = text, line;

    while (str_cut(&rest, '\n', &line)) {
        if (str_trim(line).len > 0) *list_push(arena, &lines) = str_trim(line);
    }
    return str_join(arena, &lines, STR("; "));
}

static void add_line(Buf *text, Str line)
{
    if (line.len == 0) return;
    if (text->len > 0) buf_add_byte(text, '\n');
    buf_add(text, line);
}

/* ------------------------------------------------------------------------------------------------------- the records
 */

static void draft_want(Draft *draft)
{
    const Registry *registry = draft->call->app->registry;

    draft->names = names_open(draft->call);
    names_want_record(draft->names, registry_plan(registry, &audit_type), &draft->audit);
    for (size_t i = 0; i < draft->members.len; i++)
        names_want(draft->names, &person_type, draft->members.at[i].person);
    for (size_t i = 0; i < draft->declarations.len; i++)
        names_want(draft->names, &person_type, draft->declarations.at[i].person);
    for (size_t i = 0; i < draft->overrides.len; i++)
        names_want_record(draft->names, registry_plan(registry, &override_type), &draft->overrides.at[i]);
    for (size_t i = 0; i < draft->papers.len; i++)
        names_want_record(draft->names, registry_plan(registry, &paper_type), &draft->papers.at[i]);
    for (size_t i = 0; i < draft->missing.len; i++)
        names_want_record(draft->names, registry_plan(registry, &evidence_request_type), &draft->missing.at[i]);
    for (size_t i = 0; i < draft->findings.len; i++)
        names_want_record(draft->names, registry_plan(registry, &finding_type), &draft->findings.at[i]);
    for (size_t i = 0; i < draft->processes.len; i++)
        names_want_record(draft->names, registry_plan(registry, &process_type), &draft->processes.at[i]);
}

static bool draft_load(Call *call, Id audit, Draft *draft, Err *err)
{
    Binds of_audit = BINDS(BIND_ID(audit));

    *draft = (Draft){ .call = call };
    if (!record_must(call, &audit_type, audit, &draft->audit, err)) return false;
    if (!team_members(call, audit, &draft->members, err) || !paper_list_of(call, audit, &draft->papers, err) ||
        !finding_list_of(call, audit, &draft->findings, err))
        return false;
    if (!record_list(call, &declaration_type, &draft->declarations, STR("audit = $1 AND state = 1 ORDER BY id"),
                     of_audit, err))
        return false;
    if (!record_list(call, &override_type, &draft->overrides, STR("audit = $1 AND state = 2 ORDER BY id"), of_audit,
                     err))
        return false;
    if (!record_list(call, &evidence_request_type, &draft->missing, STR("audit = $1 AND state = $2 ORDER BY id"),
                     BINDS(BIND_ID(audit), BIND_NUMBER(REQUEST_NOT_RECEIVED)), err))
        return false;
    if (!record_list(call, &sample_type, &draft->samples, STR("audit = $1 ORDER BY id"), of_audit, err)) return false;
    if (!record_list(call, &process_type, &draft->processes,
                     STR("id IN (SELECT target FROM record_link WHERE kind = 'audit.processes' AND source = $1) "
                         "ORDER BY number, id"),
                     of_audit, err))
        return false;
    draft_want(draft);
    return names_load(draft->names, err);
}

/* ------------------------------------------------------------------------------------------------------- what and who
 */

static Str draft_objectives(Draft *draft)
{
    return str_dup(draft->call->arena, str_trim(draft->audit.objectives));
}

static Str draft_scope(Draft *draft)
{
    const Audit *audit = &draft->audit;
    Arena *arena       = draft->call->arena;
    Buf text           = buf_open(arena, PART_MAX);
    StrList processes  = { 0 };

    for (size_t i = 0; i < draft->processes.len; i++)
        *list_push(arena, &processes) = str_fmt(arena, "%.*s %.*s", STR_ARG(draft->processes.at[i].head.number),
                                                STR_ARG(draft->processes.at[i].name));
    if (processes.len > 0) add_line(&text, str_fmt(arena, "Processes: %.*s", STR_ARG(str_sentence(arena, &processes))));
    if (audit->sites.len > 0)
        add_line(&text, str_fmt(arena, "Sites: %.*s", STR_ARG(titles_in_words(draft, &site_type, &audit->sites))));
    if (audit->refs.len > 0)
        add_line(&text, str_fmt(arena, "Clauses and controls: %.*s", STR_ARG(refs_in_words(draft, &audit->refs))));
    if (!date_is_none(audit->period_from) || !date_is_none(audit->period_to))
        add_line(&text,
                 str_fmt(arena, "Period looked at: %.*s to %.*s", STR_ARG(date_to_human(arena, audit->period_from)),
                         STR_ARG(date_to_human(arena, audit->period_to))));
    add_line(&text, str_trim(audit->scope_note));
    return buf_str(&text);
}

static bool draft_client(Draft *draft, Str *out, Err *err)
{
    Person client;
    bool found;

    *out = (Str){ 0 };
    if (!record_load(draft->call, &person_type, draft->audit.client, &client, &found, err)) return false;
    if (!found) return true;
    *out = client.job.len == 0 ? client.name
                               : str_fmt(draft->call->arena, "%.*s, %.*s", STR_ARG(client.name), STR_ARG(client.job));
    return true;
}

static const char *part_in_words(int part)
{
    static const char *const words[] = {
        [TEAM_LEAD] = "lead auditor",       [TEAM_AUDITOR] = "auditor",   [TEAM_IN_TRAINING] = "auditor in training",
        [TEAM_EXPERT] = "technical expert", [TEAM_OBSERVER] = "observer", [TEAM_GUIDE] = "guide"
    };
    return words[part];
}

static Str draft_team(Draft *draft)
{
    const Audit *audit = &draft->audit;
    Arena *arena       = draft->call->arena;
    Buf text           = buf_open(arena, PART_MAX);
    StrList team = { 0 }, auditees = { 0 };

    if (!id_is_none(audit->lead))
        *list_push(arena, &team) = str_fmt(arena, "%.*s (lead auditor)", STR_ARG(person_name(draft, audit->lead)));
    for (size_t i = 0; i < draft->members.len; i++) {
        const TeamMember *member = &draft->members.at[i];
        if (id_eq(member->person, audit->lead)) continue;
        *list_push(arena, &team) =
            str_fmt(arena, "%.*s (%s)", STR_ARG(person_name(draft, member->person)), part_in_words(member->part));
    }
    for (size_t i = 0; i < draft->processes.len; i++) {
        const Process *process       = &draft->processes.at[i];
        *list_push(arena, &auditees) = str_fmt(
            arena, "%.*s (owner of %.*s)", STR_ARG(person_name(draft, process->owner)), STR_ARG(process->head.number));
    }
    if (team.len > 0) add_line(&text, str_fmt(arena, "Audit team: %.*s", STR_ARG(str_sentence(arena, &team))));
    if (auditees.len > 0)
        add_line(&text, str_fmt(arena, "People of the auditee: %.*s", STR_ARG(str_sentence(arena, &auditees))));
    if (!id_is_none(audit->auditee_contact))
        add_line(&text, str_fmt(arena, "Contact: %.*s", STR_ARG(person_name(draft, audit->auditee_contact))));
    return buf_str(&text);
}

static Str draft_dates_places(Draft *draft)
{
    static const char *const held[] = { "", ", on site", ", remote", ", partly remote" };
    const Audit *audit              = &draft->audit;
    Arena *arena                    = draft->call->arena;
    Buf text                        = buf_open(arena, PART_MAX);
    Date from                       = date_is_none(audit->real_start) ? audit->start : audit->real_start;
    Date to                         = date_is_none(audit->real_end) ? audit->last_day : audit->real_end;

    buf_fmt(&text, "%.*s to %.*s%s", STR_ARG(date_to_human(arena, from)), STR_ARG(date_to_human(arena, to)),
            held[audit->method]);
    if (audit->sites.len > 0) buf_fmt(&text, "; %.*s", STR_ARG(titles_in_words(draft, &site_type, &audit->sites)));
    add_line(&text, str_trim(audit->method_reason));
    return buf_str(&text);
}

static Str draft_criteria(Draft *draft)
{
    const Audit *audit = &draft->audit;
    Arena *arena       = draft->call->arena;
    Buf text           = buf_open(arena, PART_MAX);

    add_line(&text, lines_as_one(arena, audit->criteria));
    if (audit->refs.len > 0)
        add_line(&text, str_fmt(arena, "Clauses and controls: %.*s", STR_ARG(refs_in_words(draft, &audit->refs))));
    return buf_str(&text);
}

/* ------------------------------------------------------------------------------------------------------- results */

static Str draft_findings(Draft *draft)
{
    static const char *const one[]  = { "",
                                        "major nonconformity",
                                        "minor nonconformity",
                                        "observation",
                                        "opportunity for improvement",
                                        "good practice",
                                        "conformity" };
    static const char *const many[] = { "",
                                        "major nonconformities",
                                        "minor nonconformities",
                                        "observations",
                                        "opportunities for improvement",
                                        "good practices",
                                        "conformities" };
    Arena *arena                    = draft->call->arena;
    StrList counts                  = { 0 };

    if (draft->findings.len == 0) return STR("No finding was made: what was looked at conforms.");
    for (int kind = FINDING_MAJOR_NC; kind <= FINDING_CONFORMITY; kind++) {
        size_t count = 0;
        for (size_t i = 0; i < draft->findings.len; i++)
            count += draft->findings.at[i].kind == kind;
        if (count > 0)
            *list_push(arena, &counts) = str_fmt(arena, "%zu %s", count, count == 1 ? one[kind] : many[kind]);
    }
    return str_fmt(arena, "%.*s. Each is named below, and told with criterion, condition and evidence in an annex.",
                   STR_ARG(str_sentence(arena, &counts)));
}

/* Of the references in scope, those of whose papers one concluded so. Only when every paper is done. */
static IdList refs_concluded(Draft *draft, int conclusion)
{
    IdList refs = { 0 };

    for (size_t i = 0; i < draft->papers.len; i++) {
        const Paper *paper = &draft->papers.at[i];
        for (size_t k = 0; k < paper->refs.len && paper->conclusion == conclusion; k++) {
            if (id_list_has(&draft->audit.refs, paper->refs.at[k]))
                id_list_add(draft->call->arena, &refs, paper->refs.at[k]);
        }
    }
    return refs;
}

static bool papers_are_done(const Draft *draft)
{
    for (size_t i = 0; i < draft->papers.len; i++) {
        if (draft->papers.at[i].conclusion == 0) return false;
    }
    return draft->papers.len > 0;
}

static Str draft_criteria_met(Draft *draft)
{
    Arena *arena = draft->call->arena;
    Buf text     = buf_open(arena, PART_MAX);

    if (!papers_are_done(draft)) return (Str){ 0 };
    IdList not_met = refs_concluded(draft, CONCLUDED_NONCONFORM),
           remarks = refs_concluded(draft, CONCLUDED_WITH_REMARK), open = refs_concluded(draft, CONCLUDED_NOT_COVERED);
    buf_fmt(&text, "Of %zu clauses and controls in scope", draft->audit.refs.len);
    if (not_met.len > 0)
        buf_fmt(&text, ", %zu %s met: %.*s", not_met.len, not_met.len == 1 ? "is not" : "are not",
                STR_ARG(refs_in_words(draft, &not_met)));
    else
        buf_add_c(&text, ", all that were examined are met");
    buf_add_c(&text, ".");
    if (remarks.len > 0) buf_fmt(&text, " Met with a remark: %.*s.", STR_ARG(refs_in_words(draft, &remarks)));
    if (open.len > 0) buf_fmt(&text, " Not examined in full: %.*s.", STR_ARG(refs_in_words(draft, &open)));
    return buf_str(&text);
}

/* A view that differs is printed, whoever was right in the end; what is not presented yet may still be disputed. */
static Str draft_differing_views(Draft *draft)
{
    Arena *arena = draft->call->arena;
    Buf text     = buf_open(arena, PART_MAX);

    for (size_t i = 0; i < draft->findings.len; i++) {
        const Finding *finding = &draft->findings.at[i];
        if (finding->head.state < FINDING_AGREED || finding->head.state == FINDING_DISPUTED) return (Str){ 0 };
        if (finding->dispute_reason.len == 0) continue;
        add_line(&text, str_fmt(arena, "%.*s: the auditee says: %.*s Decision: %.*s", STR_ARG(finding->head.number),
                                STR_ARG(finding->dispute_reason), STR_ARG(finding->decision)));
    }
    return text.len > 0 ? buf_str(&text) : STR("None unresolved: no finding was disputed.");
}

static Str draft_sampling(Draft *draft)
{
    Str said = STR("An audit samples. Parts not looked at may hold weaknesses that this report does not name.");

    if (draft->samples.len == 0) return said;
    return str_fmt(draft->call->arena,
                   "%.*s %zu %s drawn for this audit; each stands in this report with its population, method and "
                   "result, so that it can be drawn again.",
                   STR_ARG(said), draft->samples.len, draft->samples.len == 1 ? "sample was" : "samples were");
}

/* What was asked for and never came (4.9). */
static void add_missing(Draft *draft, Buf *text)
{
    Arena *arena = draft->call->arena;

    for (size_t i = 0; i < draft->missing.len; i++) {
        const EvidenceRequest *request = &draft->missing.at[i];
        Str what                       = str_fmt(arena, "evidence asked for was not received: %.*s (%.*s)",
                                                 STR_ARG(lines_as_one(arena, request->text)), STR_ARG(lines_as_one(arena, request->reason)));
        add_line(text, request->refs.len > 0
                           ? str_fmt(arena, "%.*s: %.*s", STR_ARG(refs_in_words(draft, &request->refs)), STR_ARG(what))
                           : str_fmt(arena, "%.*s: %.*s", STR_ARG(request->head.number), STR_ARG(what)));
    }
}

static Str draft_not_covered(Draft *draft)
{
    Arena *arena = draft->call->arena;
    Buf text     = buf_open(arena, PART_MAX);

    if (!papers_are_done(draft)) return (Str){ 0 };
    for (size_t i = 0; i < draft->papers.len; i++) {
        const Paper *paper = &draft->papers.at[i];
        if (paper->conclusion != CONCLUDED_NOT_COVERED) continue;
        add_line(&text, str_fmt(arena, "%.*s: %.*s", STR_ARG(refs_in_words(draft, &paper->refs)),
                                STR_ARG(lines_as_one(arena, paper->reason))));
    }
    add_missing(draft, &text);
    return text.len > 0 ? buf_str(&text) : STR("None: everything in scope was examined.");
}

static Str draft_independence(Draft *draft)
{
    Arena *arena   = draft->call->arena;
    Buf text       = buf_open(arena, PART_MAX);
    StrList people = { 0 };

    for (size_t i = 0; i < draft->declarations.len; i++) {
        if (draft->declarations.at[i].result != DECLARED_REFUSED)
            *list_push(arena, &people) = person_name(draft, draft->declarations.at[i].person);
    }
    if (people.len > 0) {
        buf_fmt(&text,
                "%.*s declared for this scope that nothing stands against an impartial audit, or how it is "
                "managed.",
                STR_ARG(str_sentence(arena, &people)));
    }
    if (draft->audit.single_auditor == YES)
        add_line(&text, STR("A single auditor worked alone: nobody else reviewed the working papers."));
    add_line(&text, draft->overrides.len == 0
                        ? STR("No exception from a rule of independence was used.")
                        : str_fmt(arena, "%zu %s from the rules of independence; reason and measure stand below.",
                                  draft->overrides.len, draft->overrides.len == 1 ? "exception" : "exceptions"));
    return buf_str(&text);
}

static Str draft_next_steps(Draft *draft)
{
    size_t cases = 0, others = 0;

    for (size_t i = 0; i < draft->findings.len; i++) {
        cases += finding_is_nonconformity(&draft->findings.at[i]);
        others += finding_awaits_disposition(&draft->findings.at[i]);
    }
    if (cases > 0 && others > 0)
        return STR(
            "The owners of nonconformities give cause and plan of corrective actions; the owners of observations "
            "and opportunities decide what is to be done. Until when stands below.");
    if (cases > 0)
        return STR("The owners of nonconformities give cause and plan of corrective actions. Until when stands below.");
    if (others > 0) return STR("The owners decide what is to be done. Until when stands below.");
    return STR("None: no finding asks for an answer.");
}

/* ------------------------------------------------------------------------------------------------------- the report */

bool report_has_text(const Report *report)
{
    const Str parts[] = { report->objectives,
                          report->scope,
                          report->client_text,
                          report->team,
                          report->dates_places,
                          report->criteria,
                          report->findings_text,
                          report->conclusions,
                          report->criteria_met,
                          report->differing_views,
                          report->sampling_statement,
                          report->not_covered,
                          report->independence,
                          report->next_steps,
                          report->summary };

    for (size_t i = 0; i < countof(parts); i++) {
        if (str_trim(parts[i]).len > 0) return true;
    }
    return false;
}

static void part_fill(Str *part, Str text)
{
    if (str_trim(*part).len == 0) *part = text;
}

bool report_fill(Call *call, Report *report, Err *err)
{
    Draft draft;
    Str client;

    if (!draft_load(call, report->audit, &draft, err) || !draft_client(&draft, &client, err)) return false;
    part_fill(&report->objectives, draft_objectives(&draft));
    part_fill(&report->scope, draft_scope(&draft));
    part_fill(&report->client_text, client);
    part_fill(&report->team, draft_team(&draft));
    part_fill(&report->dates_places, draft_dates_places(&draft));
    part_fill(&report->criteria, draft_criteria(&draft));
    part_fill(&report->findings_text, draft_findings(&draft));
    part_fill(&report->criteria_met, draft_criteria_met(&draft));
    part_fill(&report->differing_views, draft_differing_views(&draft));
    part_fill(&report->sampling_statement, draft_sampling(&draft));
    part_fill(&report->not_covered, draft_not_covered(&draft));
    part_fill(&report->independence, draft_independence(&draft));
    part_fill(&report->next_steps, draft_next_steps(&draft));
    return true;
}
