/* SPDX-License-Identifier: Apache-2.0
 * An audit for its reader: one query for each kind of part, and the conditions of the verb that comes next. */
#include "audit/audit_view.h"

#include <stdlib.h>
#include <string.h>

#include "record/people.h"
#include "record/row.h"
#include "record/verb.h"
#include "record/view.h"

enum { EARLIER_MAX = 6, NEXT_NAMES = 3 };

/* Every list of the view begins like this. */
typedef struct {
    void *at;
    size_t len, cap;
} PartList;

typedef struct {
    const Type *type;
    size_t offset;
} PartKind;

/* clang-format off */
static const PartKind part_kinds[] = {
    { &team_member_type,      offsetof(AuditView, team) },
    { &declaration_type,      offsetof(AuditView, declarations) },
    { &agenda_item_type,      offsetof(AuditView, agenda) },
    { &meeting_type,          offsetof(AuditView, meetings) },
    { &paper_type,            offsetof(AuditView, papers) },
    { &sample_type,           offsetof(AuditView, samples) },
    { &evidence_type,         offsetof(AuditView, evidence) },
    { &evidence_request_type, offsetof(AuditView, requests) },
    { &finding_type,          offsetof(AuditView, findings) },
    { &report_type,           offsetof(AuditView, reports) },
};
/* clang-format on */

static PartList *part_list(AuditView *view, size_t offset)
{
    return (void *)((char *)view + offset);
}

static bool parts_load(Call *call, AuditView *view, Err *err)
{
    for (size_t i = 0; i < countof(part_kinds); i++) {
        const Type *type = part_kinds[i].type;
        PartList *list   = part_list(view, part_kinds[i].offset);
        Str where        = STR("audit = $1");
        if (type->states == &plain_states) where = STR("audit = $1 AND state = 1");
        if (type == &finding_type) where = STR("audit = $1 AND state <> 15");
        if (!view_list_into(call, type, &list->at, &list->len, &list->cap, where, BINDS(BIND_ID(view->audit.head.id)),
                            err))
            return false;
    }
    return true;
}

/* What was found about the same references before, and issued. */
static bool earlier_load(Call *call, AuditView *view, Err *err)
{
    FindingList found = { 0 };

    if (!view_list(call, &finding_type, &found,
                   STR("(audit IS NULL OR audit <> $1) AND state BETWEEN 7 AND 14 AND kind <= 3 AND issued_on < $2"
                       " AND id IN (SELECT theirs.source FROM record_link AS theirs JOIN record_link AS ours"
                       " ON ours.target = theirs.target WHERE theirs.kind = 'finding.refs'"
                       " AND ours.kind = 'audit.refs' AND ours.source = $1)"),
                   BINDS(BIND_ID(view->audit.head.id), BIND_DATE(view->audit.last_day)), err))
        return false;
    for (size_t i = found.len; i > 0 && view->earlier.len < EARLIER_MAX; i--)
        *list_push(call->arena, &view->earlier) = found.at[i - 1];
    return true;
}

static int compare_agenda(const void *a, const void *b)
{
    const AgendaItem *left = a, *right = b;

    if (left->date.number != right->date.number) return left->date.number < right->date.number ? -1 : 1;
    return str_compare(left->start_at, right->start_at);
}

static int compare_meetings(const void *a, const void *b)
{
    const Meeting *left = a, *right = b;

    if (left->date.number != right->date.number) return left->date.number < right->date.number ? -1 : 1;
    return left->kind - right->kind;
}

static bool names_fill(Call *call, AuditView *view, Err *err)
{
    const Registry *registry = call->app->registry;

    view->names = names_open(call);
    names_want(view->names, &audit_type, view->audit.head.id);
    names_want_record(view->names, registry_plan(registry, &audit_type), &view->audit);
    for (size_t i = 0; i < countof(part_kinds); i++) {
        const Type *type     = part_kinds[i].type;
        const PartList *list = part_list(view, part_kinds[i].offset);
        for (size_t k = 0; k < list->len; k++) {
            const void *record = (const char *)list->at + k * type->size;
            names_want(view->names, type, ((const RecordHead *)record)->id);
            names_want_record(view->names, registry_plan(registry, type), record);
        }
    }
    for (size_t i = 0; i < view->earlier.len; i++)
        names_want_record(view->names, registry_plan(registry, &finding_type), &view->earlier.at[i]);
    return names_load(view->names, err);
}

bool audit_view_load(Call *call, const Audit *audit, AuditView *out, Err *err)
{
    *out = (AuditView){ .audit = *audit };
    if (!parts_load(call, out, err) || !earlier_load(call, out, err)) return false;
    if (out->agenda.len > 1) qsort(out->agenda.at, out->agenda.len, sizeof out->agenda.at[0], compare_agenda);
    if (out->meetings.len > 1) qsort(out->meetings.at, out->meetings.len, sizeof out->meetings.at[0], compare_meetings);
    return names_fill(call, out, err);
}

/* ---- what the parts say ---- */

bool paper_is_unfinished(const Paper *paper)
{
    return paper->head.state != PAPER_DONE && paper->head.state != PAPER_REVIEWED;
}

PaperCount paper_count(const PaperList *papers)
{
    PaperCount count = { .all = papers->len };

    for (size_t i = 0; i < papers->len; i++) {
        int state = papers->at[i].head.state;
        count.done += state == PAPER_DONE || state == PAPER_REVIEWED;
        count.reviewed += state == PAPER_REVIEWED;
        count.open += state == PAPER_IN_PROGRESS || state == PAPER_RETURNED;
        count.not_started += state == PAPER_NOT_STARTED;
    }
    return count;
}

/* "A.8.12" → "A.8." and 12; false when it does not end with a number. */
static bool ref_split(Str ref, Str *stem, int64_t *last)
{
    size_t end = ref.len;

    while (end > 0 && ref.ptr[end - 1] >= '0' && ref.ptr[end - 1] <= '9')
        end--;
    *stem = str_slice(ref, 0, end);
    return str_to_i64(str_slice(ref, end, ref.len), 0, INT64_MAX, last);
}

/* How many references from `first` on count up by one. */
static size_t run_length(const StrList *numbers, size_t first)
{
    Str stem, next_stem;
    int64_t last, next;
    size_t len = 1;

    if (!ref_split(numbers->at[first], &stem, &last)) return 1;
    while (first + len < numbers->len && ref_split(numbers->at[first + len], &next_stem, &next) &&
           str_eq(stem, next_stem) && next == last + (int64_t)len)
        len++;
    return len;
}

Str refs_words(Arena *arena, const StrList *numbers)
{
    StrList parts = { 0 };

    for (size_t i = 0; i < numbers->len;) {
        size_t run = run_length(numbers, i);
        Str first = numbers->at[i], last = numbers->at[i + run - 1];
        if (str_starts(last, STR("A."))) last = str_slice(last, 2, last.len);
        if (run < 3) run = 1;
        *list_push(arena, &parts) = run == 1 ? first : str_fmt(arena, "%.*s–%.*s", STR_ARG(first), STR_ARG(last));
        i += run;
    }
    return str_join(arena, &parts, STR(", "));
}

const Declaration *declaration_of(const AuditView *view, Id person)
{
    for (size_t i = view->declarations.len; i > 0; i--) {
        const Declaration *declaration = &view->declarations.at[i - 1];
        if (id_eq(declaration->person, person) && declaration->scope_version.value == view->audit.scope_version.value)
            return declaration;
    }
    return NULL;
}

const Sample *sample_of(const SampleList *samples, Id paper)
{
    for (size_t i = 0; i < samples->len; i++) {
        if (id_eq(samples->at[i].paper, paper)) return &samples->at[i];
    }
    return NULL;
}

bool request_is_open(const EvidenceRequest *request)
{
    return request->head.state == REQUEST_OPEN || request->head.state == REQUEST_SUBMITTED ||
           request->head.state == REQUEST_RETURNED;
}

/* ---- what comes next ---- */

/* What each verb asks for, said as it is when it holds; the rules are those of the guards (audit/audit_guards.h).
 * `asked`: the form of the verb asks for it, so that nobody knows before. */
/* clang-format off */
static const struct {
    const char *verb, *rule, *holds, *asked;
} wanted[] = {
    { "initiate",        "initiate-1",        N_("A lead auditor is named."), N_("The form asks who leads the audit.") },
    { "agree-plan",      "R-922-8",           N_("Objectives, scope and criteria are defined."), NULL },
    { "agree-plan",      "G-16",              N_("Everybody on the team is qualified."), NULL },
    { "agree-plan",      "G-01",              N_("Nobody audits own work."), NULL },
    { "agree-plan",      "R-922-9",           N_("Everybody on the team has declared independence for this scope."), NULL },
    { "agree-plan",      "agree-plan-1",      N_("The timetable covers the whole scope."), NULL },
    { "agree-plan",      "agree-plan-2",      NULL, N_("The form asks which owners of processes accept the plan.") },
    { "agree-plan",      "R-922-5",           NULL, N_("The form asks for the notice given to the auditees.") },
    { "open",            "open-1",            N_("The opening meeting is recorded."), N_("The form asks who was at the opening meeting.") },
    { "finish",          "finish-1",          N_("Every reference of the scope has a working paper that is done, or says why not."), NULL },
    { "finish",          "finish-2",          N_("Every paper was read by another auditor."), NULL },
    { "finish",          "finish-3",          N_("No request for evidence is open."), NULL },
    { "finish",          "finish-4",          N_("The closing meeting is recorded."), N_("The closing meeting is not recorded: hold it, or say in the form who was there.") },
    { "issue-report",    "issue-report-1",    N_("No part of the report is missing."), NULL },
    { "issue-report",    "issue-report-2",    N_("A second person has read every finding."), NULL },
    { "start-follow-up", "start-follow-up-1", N_("Every finding is issued."), NULL },
    { "close",           "R-922-10",          N_("The report went to those who receive it."), NULL },
    { "close",           "close-1",           N_("The auditors are evaluated."), NULL },
    { "close",           "close-2",           NULL, N_("The form asks for lessons.") },
    { "close",           "close-3",           N_("Every finding is in hand."), NULL },
};
/* clang-format on */

static bool rule_is_refused(const RefusalList *refusals, const char *rule)
{
    for (size_t i = 0; i < refusals->len; i++) {
        if (str_eq_c(refusals->at[i].rule, rule)) return true;
    }
    return false;
}

/* Whether what the form may ask for is known already. */
static bool asked_is_known(Call *call, const Audit *audit, const char *rule, bool *known, Err *err)
{
    *known = strcmp(rule, "initiate-1") == 0 && !id_is_none(audit->lead);
    if (strcmp(rule, "open-1") == 0) return meeting_was_held(call, audit->head.id, MEETING_OPENING, known, err);
    if (strcmp(rule, "finish-4") == 0) return meeting_was_held(call, audit->head.id, MEETING_CLOSING, known, err);
    return true;
}

static bool conditions_fill(Call *call, const Audit *audit, const Verb *verb, const RefusalList *refusals,
                            Conditions *out, Err *err)
{
    Conditions held = { 0 };

    for (size_t i = 0; i < refusals->len; i++)
        *list_push(call->arena, out) = (Condition){ .open = &refusals->at[i] };
    out->refused = refusals->len;
    for (size_t i = 0; i < countof(wanted); i++) {
        bool known = true;
        if (strcmp(wanted[i].verb, verb->name) != 0 || rule_is_refused(refusals, wanted[i].rule)) continue;
        if (wanted[i].asked != NULL && !asked_is_known(call, audit, wanted[i].rule, &known, err)) return false;
        *list_push(call->arena, known ? &held : out) =
            (Condition){ .rule = wanted[i].rule, .words = known ? wanted[i].holds : wanted[i].asked, .holds = known };
    }
    out->open = out->len;
    for (size_t i = 0; i < held.len; i++)
        *list_push(call->arena, out) = held.at[i];
    return true;
}

static const Step *step_leading_on(const Audit *audit)
{
    for (size_t i = 0; i < audit_type.steps_len; i++) {
        const Step *step = &audit_type.steps[i];
        const Verb *verb = type_verb(&audit_type, str_from_c(step->verb));
        bool is_external = str_starts(str_from_c(step->verb), STR("record-external"));
        bool fits        = audit->head.state >= AUDIT_REPORT_ISSUED || is_external != audit_is_ours(audit);
        if (step->from == audit->head.state && (verb->flags & VERB_PRIMARY) && fits) return step;
    }
    return NULL;
}

/* The refusals of the verb for the person of `call`; *may is false when it is not hers. */
static bool next_refusals(Call *call, const Audit *audit, const Verb *verb, RefusalList *out, bool *may, Err *err)
{
    StepViewList steps = { 0 };

    *may = false;
    if (!verb_check_all(call, &audit_type, audit, &steps, err)) return false;
    for (size_t i = 0; i < steps.len; i++) {
        if (steps.at[i].verb != verb) continue;
        *may = true;
        *out = steps.at[i].refusals;
    }
    return true;
}

bool audit_next(Call *call, const Audit *audit, AuditNext *out, Err *err)
{
    const Step *step = step_leading_on(audit);
    IdList people    = { 0 };
    bool may;
    Call *other;

    *out = (AuditNext){ 0 };
    if (step == NULL) return true;
    out->verb = type_verb(&audit_type, str_from_c(step->verb));
    if (!people_among(call, &audit_type, step->who, audit, &people, err)) return false;
    IdList first = people;
    if (first.len > NEXT_NAMES) first.len = NEXT_NAMES;
    out->people = people_names(call, &first);
    if (!next_refusals(call, audit, out->verb, &out->refusals, &out->is_viewer, err)) return false;
    if (!out->is_viewer && people.len > 0) {
        if (!call_as(call, people.at[0], call->now, &other, err)) return false;
        if (!next_refusals(other, audit, out->verb, &out->refusals, &may, err)) return false;
    }
    return conditions_fill(call, audit, out->verb, &out->refusals, &out->conditions, err);
}
