/* SPDX-License-Identifier: Apache-2.0
 * The search for conflicts of independence (G-01, G-02, G-04). Each kind of earlier work is one function that adds the
 * facts it finds; nothing here decides. */
#include "audit/independence.h"

#include <string.h>

#include "audit/casework.h"
#include "audit/programme.h"
#include "audit/say.h"
#include "audit/team.h"
#include "org/control.h"
#include "org/document.h"
#include "org/organisation.h"
#include "org/person.h"
#include "org/process.h"
#include "org/process_person.h"
#include "org/qualification.h"
#include "org/requirement.h"
#include "record/registry.h"
#include "record/row.h"

/* 12 months, unless the organisation set another number. */
enum { LOOK_BACK_MONTHS = 12 };

/* One search: whose work, on what, since when. */
typedef struct {
    Call *call;
    const Audit *audit;
    Id person;
    const IdList *refs;
    Date since; /* that day included */
    FactList *out;
} Search;

static void search_found(const Search *search, const char *rule, Str text, IdList refs)
{
    *list_push(search->call->arena, search->out) = (IndependenceFact){ .rule = rule, .text = text, .refs = refs };
}

/* Adds the fact when it touches one of the references asked about. */
static void search_touches(const Search *search, Str text, const IdList *refs)
{
    IdList touched = ids_common(search->call->arena, search->refs, refs);
    if (touched.len > 0) search_found(search, "G-01", text, touched);
}

bool fact_is(const IndependenceFact *fact, const char *rule)
{
    return strcmp(fact->rule, rule) == 0;
}

/* ------------------------------------------------------------------------------------------------------- G-01 */

static bool search_processes(const Search *search, Err *err)
{
    Call *call            = search->call;
    ProcessList processes = { 0 };

    if (!record_list(call, &process_type, &processes,
                     STR("state = 1 AND (owner = $1 OR deputy = $1) ORDER BY number, id"),
                     BINDS(BIND_ID(search->person)), err))
        return false;
    for (size_t i = 0; i < processes.len; i++) {
        const Process *process = &processes.at[i];
        const char *part       = id_eq(process->owner, search->person) ? "owns" : "is deputy in";
        search_touches(search, str_fmt(call->arena, "%s %.*s", part, STR_ARG(process->head.number)), &process->refs);
    }
    return true;
}

static Str process_part_text(Call *call, const ProcessPerson *work, const Process *process)
{
    static const char *const now[] = {
        [PROCESS_OWNER] = "owns", [PROCESS_DEPUTY] = "is deputy in", [PROCESS_OPERATOR] = "operates"
    };
    static const char *const then[] = {
        [PROCESS_OWNER] = "owned", [PROCESS_DEPUTY] = "was deputy in", [PROCESS_OPERATOR] = "operated"
    };

    if (date_is_none(work->until))
        return str_fmt(call->arena, "%s %.*s", now[work->part], STR_ARG(process->head.number));
    return str_fmt(call->arena, "%s %.*s until %.*s", then[work->part], STR_ARG(process->head.number),
                   STR_ARG(date_to_human(call->arena, work->until)));
}

/* Operators, and owners and deputies of the past. Who operates only some references counts for those. */
static bool search_process_people(const Search *search, Err *err)
{
    Call *call             = search->call;
    ProcessPersonList work = { 0 };

    if (!record_list(call, &process_person_type, &work,
                     STR("person = $1 AND state = 1 AND (until = 0 OR until >= $2) AND since <= $3 ORDER BY id"),
                     BINDS(BIND_ID(search->person), BIND_DATE(search->since), BIND_DATE(search->audit->start)), err))
        return false;
    for (size_t i = 0; i < work.len; i++) {
        Process process;
        if (!record_must(call, &process_type, work.at[i].process, &process, err)) return false;
        search_touches(search, process_part_text(call, &work.at[i], &process),
                       work.at[i].refs.len > 0 ? &work.at[i].refs : &process.refs);
    }
    return true;
}

static bool search_controls(const Search *search, Err *err)
{
    Call *call           = search->call;
    ControlList controls = { 0 };

    if (!record_list(call, &control_type, &controls,
                     STR("state = 1 AND (owner = $1 OR id IN (SELECT source FROM record_link"
                         " WHERE kind = 'control.operators' AND target = $1)) ORDER BY id"),
                     BINDS(BIND_ID(search->person)), err))
        return false;
    for (size_t i = 0; i < controls.len; i++) {
        const Control *control = &controls.at[i];
        IdList one             = { 0 };
        Requirement requirement;
        if (!record_must(call, &requirement_type, control->requirement, &requirement, err)) return false;
        id_list_add(call->arena, &one, control->requirement);
        search_touches(search,
                       str_fmt(call->arena, "%s control %.*s",
                               id_eq(control->owner, search->person) ? "owns" : "operates",
                               STR_ARG(requirement.head.number)),
                       &one);
    }
    return true;
}

static bool search_documents(const Search *search, Err *err)
{
    Call *call             = search->call;
    DocumentList documents = { 0 };

    if (!record_list(call, &document_type, &documents,
                     STR("state = 1 AND (author = $1 OR approver = $1) AND (valid_from = 0 OR valid_from >= $2)"
                         " ORDER BY number, id"),
                     BINDS(BIND_ID(search->person), BIND_DATE(search->since)), err))
        return false;
    for (size_t i = 0; i < documents.len; i++) {
        const Document *document = &documents.at[i];
        const char *part         = id_eq(document->author, search->person) ? "wrote" : "approved";
        search_touches(search, str_fmt(call->arena, "%s %.*s", part, STR_ARG(document->head.number)), &document->refs);
    }
    return true;
}

static bool search_actions(const Search *search, Err *err)
{
    Call *call               = search->call;
    const Casework *casework = registry_service(call->app->registry, CASEWORK_SERVICE);
    WorkDoneList work        = { 0 };

    if (casework == NULL) return true;
    if (!casework->work_of(call, search->person, search->since, &work, err)) return false;
    for (size_t i = 0; i < work.len; i++) {
        const WorkDone *done = &work.at[i];
        Str text = date_is_none(done->done_on) ? str_fmt(call->arena, "works on %.*s", STR_ARG(done->number))
                                               : str_fmt(call->arena, "did %.*s, done %.*s", STR_ARG(done->number),
                                                         STR_ARG(date_to_human(call->arena, done->done_on)));
        search_touches(search, text, &done->refs);
    }
    return true;
}

/* ------------------------------------------------------------------------------------------------------- G-04 */

/* Which of the references asked about belong to clause 9.2. */
static bool search_internal_audit_refs(const Search *search, IdList *refs, Err *err)
{
    RequirementList clauses = { 0 };

    if (!record_list(search->call, &requirement_type, &clauses, STR("ref IN ('9.2', '9.2.1', '9.2.2') ORDER BY id"),
                     NO_BINDS, err))
        return false;
    for (size_t i = 0; i < clauses.len; i++) {
        if (id_list_has(search->refs, clauses.at[i].head.id))
            id_list_add(search->call->arena, refs, clauses.at[i].head.id);
    }
    return true;
}

static bool search_programme(const Search *search, const IdList *refs, Err *err)
{
    Programme programme;
    bool found;

    if (!record_load(search->call, &programme_type, search->audit->programme, &programme, &found, err)) return false;
    if (!found) return true;
    if (id_eq(programme.manager, search->person))
        search_found(search, "G-04", str_fmt(search->call->arena, "manages %.*s", STR_ARG(programme.head.number)),
                     *refs);
    else if (id_eq(programme.deputy, search->person))
        search_found(search, "G-04", str_fmt(search->call->arena, "is deputy in %.*s", STR_ARG(programme.head.number)),
                     *refs);
    return true;
}

/* The audits under judgement: our own, held within the months looked back on, not cancelled, and worked in by the
 * person. */
static bool search_judged_audits(const Search *search, const IdList *refs, Err *err)
{
    Call *call       = search->call;
    AuditList audits = { 0 };

    if (!record_list(call, &audit_type, &audits,
                     STR("kind <= 3 AND state <> 10 AND state <> 11 AND last_day >= $2 AND start < $3 AND id <> $4"
                         " AND (lead = $1 OR id IN (SELECT audit FROM team_member"
                         " WHERE person = $1 AND state = 1 AND part <= 4)) ORDER BY start, id"),
                     BINDS(BIND_ID(search->person), BIND_DATE(search->since), BIND_DATE(search->audit->start),
                           BIND_ID(search->audit->head.id)),
                     err))
        return false;
    for (size_t i = 0; i < audits.len; i++) {
        const char *part = id_eq(audits.at[i].lead, search->person) ? "leads" : "is in the team of";
        search_found(search, "G-04",
                     str_fmt(call->arena, "%s %.*s, which is under judgement", part, STR_ARG(audits.at[i].head.number)),
                     *refs);
    }
    return true;
}

static bool search_internal_audit(const Search *search, Err *err)
{
    IdList refs = { 0 };

    if (!search_internal_audit_refs(search, &refs, err)) return false;
    if (refs.len == 0) return true;
    return search_programme(search, &refs, err) && search_judged_audits(search, &refs, err);
}

/* ------------------------------------------------------------------------------------------------------- G-02 */

/* How near two people are at work: the words between their names; NULL when they are not. */
static const char *nearness(const Person *auditor, const Person *auditee)
{
    if (id_eq(auditor->manager, auditee->head.id)) return "reports to";
    if (id_eq(auditee->manager, auditor->head.id)) return "manages";
    if (!id_is_none(auditor->unit) && id_eq(auditor->unit, auditee->unit)) return "works in the unit of";
    return NULL;
}

static bool search_nearness(const Search *search, Err *err)
{
    Call *call = search->call;
    Person auditor;

    if (!record_must(call, &person_type, search->person, &auditor, err)) return false;
    for (size_t i = 0; i < search->audit->processes.len; i++) {
        Process process;
        Person owner;
        bool found;
        if (!record_must(call, &process_type, search->audit->processes.at[i], &process, err)) return false;
        if (!record_load(call, &person_type, process.owner, &owner, &found, err)) return false;
        if (!found || id_eq(owner.head.id, search->person)) continue;
        const char *near = nearness(&auditor, &owner);
        if (near == NULL) continue;
        search_found(
            search, "G-02",
            str_fmt(call->arena, "%s %.*s, owner of %.*s", near, STR_ARG(owner.name), STR_ARG(process.head.number)),
            (IdList){ 0 });
    }
    return true;
}

/* ------------------------------------------------------------------------------------------------------- asking */

static bool look_back(Call *call, const Audit *audit, Date *since, Err *err)
{
    Organisation organisation;
    int months = LOOK_BACK_MONTHS;
    bool found;

    if (!organisation_load(call, &organisation, &found, err)) return false;
    if (found && organisation.override_months.set) months = (int)organisation.override_months.value;
    *since = date_add_months(audit->start, -months);
    return true;
}

bool independence_facts(Call *call, const Audit *audit, Id person, const IdList *refs, FactList *out, Err *err)
{
    Search search = { .call = call, .audit = audit, .person = person, .refs = refs, .out = out };

    if (!look_back(call, audit, &search.since, err)) return false;
    if (refs->len > 0) {
        bool done = search_processes(&search, err) && search_process_people(&search, err) &&
                    search_controls(&search, err) && search_documents(&search, err) && search_actions(&search, err) &&
                    search_internal_audit(&search, err);
        if (!done) return false;
    }
    return search_nearness(&search, err);
}

static bool is_barred(Call *call, const Audit *audit, Id person, const IdList *refs, bool *barred, Err *err)
{
    FactList facts = { 0 };

    *barred = false;
    if (!independence_facts(call, audit, person, refs, &facts, err)) return false;
    for (size_t i = 0; i < facts.len; i++)
        *barred = *barred || !fact_is(&facts.at[i], "G-02");
    return true;
}

bool independence_who_could(Call *call, const Audit *audit, const IdList *refs, IdList *people, Err *err)
{
    QualificationList qualified = { 0 };

    if (!record_list(call, &qualification_type, &qualified, STR("level >= 3 ORDER BY level DESC, id"), NO_BINDS, err))
        return false;
    for (size_t i = 0; i < qualified.len; i++) {
        const Qualification *qualification = &qualified.at[i];
        bool barred;
        if (!qualification_is_valid(qualification, audit->start)) continue;
        if (!is_barred(call, audit, qualification->person, refs, &barred, err)) return false;
        if (!barred) id_list_add(call->arena, people, qualification->person);
    }
    return true;
}

bool facts_text(Call *call, const FactList *facts, Str *out, Err *err)
{
    StrList texts = { 0 };

    for (size_t i = 0; i < facts->len; i++) {
        Str numbers = { 0 };
        if (!say_numbers(call, &requirement_type, &facts->at[i].refs, &numbers, err)) return false;
        *list_push(call->arena, &texts) =
            numbers.len > 0 ? str_fmt(call->arena, "%.*s (%.*s)", STR_ARG(facts->at[i].text), STR_ARG(numbers))
                            : facts->at[i].text;
    }
    *out = str_join(call->arena, &texts, STR("; "));
    return true;
}
