/* SPDX-License-Identifier: Apache-2.0
 * The house of audits. People, processes and references are few, and each is there for a rule that meets it. */
#include "world_audit.h"

#include <stdlib.h>
#include <string.h>

#include "audit/agenda.h"
#include "audit/evidence.h"
#include "audit/paper.h"
#include "audit/programme_plan.h"
#include "audit/report.h"
#include "audit/team.h"
#include "audit/types.h"
#include "case_stub.h"
#include "org/framework.h"
#include "org/organisation.h"
#include "org/person.h"
#include "org/process.h"
#include "org/process_person.h"
#include "org/qualification.h"
#include "org/requirement.h"
#include "org/role.h"
#include "org/site.h"
#include "org/types.h"
#include "org/unit.h"
#include "record/row.h"

enum { TYPES_MAX = 80 };
static const Type *types[TYPES_MAX];
static const Service services[] = { { AUDITWORK_SERVICE, &audit_auditwork }, { CASEWORK_SERVICE, &casework_stub } };
static const Inquiry *const inquiries[] = { &programme_plan_inquiry };
static Catalogue catalogue              = { .inquiries     = inquiries,
                                            .inquiries_len = countof(inquiries),
                                            .types         = types,
                                            .services      = services,
                                            .services_len  = countof(services) };

const Catalogue *audits_catalogue;

static void catalogue_fill(void)
{
    size_t len = 0;

    if (audits_catalogue != NULL) {
        house_catalogue = audits_catalogue;
        return;
    }
    for (size_t i = 0; i < org_types_len; i++)
        types[len++] = org_types[i];
    for (size_t i = 0; i < audit_types_len; i++)
        types[len++] = audit_types[i];
    types[len++]        = &nonconformity_stub_type;
    types[len++]        = &action_stub_type;
    catalogue.types_len = len;
    house_catalogue     = &catalogue;
}

static const Id system_itself;

/* JSON with ' for ": tests stay readable. */
static const char *quoted(Audits *a, const char *json)
{
    size_t len = strlen(json);
    char *copy = arena_array(a->h->t->arena, char, len + 1);

    for (size_t i = 0; i < len; i++)
        copy[i] = json[i] == '\'' ? '"' : json[i];
    return copy;
}

Id audits_must(Audits *a, Id who, const Type *type, const char *verb, const char *number, const char *json)
{
    return house_must(a->h, who, type, verb, number, quoted(a, json));
}

Outcome *audits_try(Audits *a, Id who, const Type *type, const char *verb, const char *number, const char *json)
{
    return house_do(a->h, who, type, verb, number, quoted(a, json));
}

static Id make(Audits *a, const Type *type, const char *json)
{
    return audits_must(a, system_itself, type, "create", "", json);
}

void audits_on(Audits *a, const char *iso)
{
    a->h->t->world.fixed_now = instant(str_to_c(a->h->t->arena, str_fmt(a->h->t->arena, "%sT09:00:00Z", iso)));
}

/* ------------------------------------------------------------------------------------------------------- who and what
 */

static Id a_person(Audits *a, const char *number, const char *name, const char *unit, const char *rest)
{
    Arena *arena = a->h->t->arena;
    return make(a, &person_type,
                str_to_c(arena, str_fmt(arena, "{'number':'%s','name':'%s','unit':'%s'%s}", number, name, unit, rest)));
}

static void a_role(Audits *a, const char *person, const char *role)
{
    Arena *arena = a->h->t->arena;
    make(a, &role_type,
         str_to_c(arena, str_fmt(arena, "{'person':'%s','role':'%s','since':'2020-01-01'}", person, role)));
}

static void a_requirement(Audits *a, const char *ref, const char *kind)
{
    Arena *arena = a->h->t->arena;
    make(a, &requirement_type,
         str_to_c(arena, str_fmt(arena,
                                 "{'number':'%s','framework':'27001','ref':'%s','title':'Title of %s',"
                                 "'kind':'%s'}",
                                 ref, ref, ref, kind)));
}

static void a_qualification(Audits *a, const char *person, const char *level, const char *valid_to)
{
    Arena *arena = a->h->t->arena;
    make(a, &qualification_type,
         str_to_c(arena,
                  str_fmt(arena, "{'number':'Q-%s','person':'%s','level':'%s','since':'2024-01-01','valid_to':'%s'}",
                          person, person, level, valid_to)));
    audits_must(a, system_itself, &qualification_type, "grant", str_to_c(arena, str_fmt(arena, "Q-%s", person)), "");
}

static void people_of(Audits *a)
{
    static const char *const units[] = { "Executive", "Audit", "Security", "IT", "Engineering", "Finance", "Outside" };

    for (size_t i = 0; i < countof(units); i++) {
        Arena *arena = a->h->t->arena;
        make(a, &unit_type, str_to_c(arena, str_fmt(arena, "{'number':'%s','name':'%s'}", units[i], units[i])));
    }
    a->ingrid = a_person(a, "p-ceo", "Ingrid Solbakken", "Executive", "");
    a->elias  = a_person(a, "p-apm", "Elias Brandt", "Audit", ",'manager':'p-ceo'");
    a->hannah = a_person(a, "p-ciso", "Hannah Okoro", "Security", ",'manager':'p-ceo'");
    a->jonas  = a_person(a, "p-it", "Jonas Reuter", "IT", "");
    a->priya  = a_person(a, "p-eng", "Priya Raman", "Engineering", "");
    a->noor   = a_person(a, "p-au1", "Noor Haddad", "Engineering", ",'manager':'p-eng'");
    a->ruben  = a_person(a, "p-au2", "Ruben Pires", "Finance", "");
    a->chiara = a_person(a, "p-au4", "Chiara Conti", "Finance", "");
    a->gareth = a_person(a, "p-au3", "Gareth Lowe", "Outside", ",'is_external':true");
    a_role(a, "p-ceo", "top_management");
    a_role(a, "p-apm", "programme_manager");
    a_role(a, "p-ciso", "isms_manager");
    a_role(a, "p-ciso", "coordinator");
    a_qualification(a, "p-apm", "lead", "2027-07-31");
    a_qualification(a, "p-au1", "auditor", "2027-05-31");
    a_qualification(a, "p-au2", "lead", "2027-07-31");
    a_qualification(a, "p-au3", "lead", "2027-12-31");
    a_qualification(a, "p-au4", "in_training", "2027-12-31");
}

static void references_of(Audits *a)
{
    static const char *const controls[] = { "A.5.15", "A.5.18", "A.8.1", "A.8.23", "A.8.25" };

    make(a, &framework_type, "{'number':'27001','name':'ISO/IEC 27001','edition':'2022'}");
    house_must(a->h, system_itself, &framework_type, "activate", "27001", "");
    a_requirement(a, "9.2.1", "requirement");
    a_requirement(a, "9.2.2", "requirement");
    for (size_t i = 0; i < countof(controls); i++)
        a_requirement(a, controls[i], "control");
    make(a, &process_type,
         "{'number':'PR-01','name':'Govern','owner':'p-ciso','criticality':'critical','refs':['9.2."
         "1','9.2.2']}");
    make(a, &process_type,
         "{'number':'PR-03','name':'Access','owner':'p-it','criticality':'critical','refs':['A.5."
         "15','A.5.18']}");
    make(a, &process_type,
         "{'number':'PR-11','name':'Endpoints','owner':'p-it','criticality':'high','refs':['A.8.1',"
         "'A.8.23']}");
    make(a, &process_type,
         "{'number':'PR-04','name':'Development','owner':'p-eng','criticality':'critical','refs':["
         "'A.8.25']}");
    make(a, &process_person_type, "{'process':'PR-04','person':'p-au1','part':'operator','since':'2024-03-01'}");
}

static Id ref_id(Audits *a, const char *number)
{
    Caller caller = { .app = a->h->app, .arena = a->h->t->arena, .is_system = true, .door = "job" };
    Requirement requirement;
    Call *call;
    bool found;

    must(a->h->t, call_open(&caller, CALL_READ, &call, &a->h->t->err));
    must(a->h->t, record_find(call, &requirement_type, str_from_c(number), &requirement, &found, &a->h->t->err));
    call_end(call);
    assert_true(found);
    return requirement.head.id;
}

/* A programme in force since 20 October 2026 whose line covers all references. */
static void programme_of(Audits *a)
{
    audits_on(a, "2026-10-15");
    a->programme =
        audits_must(a, a->elias, &programme_type, "create", "",
                    "{'number':'PG-25','title':'Programme','period_from':'2025-03-18','period_to':'2028-03-17',"
                    "'deputy':'p-au2','approver':'p-ceo','notice_days':10,'report_days':10,'receivers':['p-ceo']}");
    audits_must(a, a->elias, &programme_line_type, "create", "",
                "{'programme':'PG-25','title':'All','methods':['review','test'],'rationale':'First pass',"
                "'refs':['9.2.1','9.2.2','A.5.15','A.5.18','A.8.1','A.8.23','A.8.25']}");
    audits_must(a, a->elias, &programme_type, "submit", "PG-25", "");
    audits_must(a, a->ingrid, &programme_type, "approve", "PG-25", "");
    audits_on(a, "2026-10-20");
    audits_must(a, a->elias, &programme_type, "activate", "PG-25", "");
}

int audits_setup(void **state)
{
    catalogue_fill();
    casework_stub_did((Id){ 0 }, (Id){ 0 }, (Date){ 0 });
    casework_stub_in_hand(true);
    casework_stub_case((CaseSeen){ 0 });
    if (house_setup(state) != 0) return -1;
    Audits *a = calloc(1, sizeof *a);
    if (a == NULL) return -1;
    a->h   = *state;
    *state = a;
    people_of(a);
    references_of(a);
    programme_of(a);
    casework_stub_did(a->elias, ref_id(a, "A.8.23"), day("2026-09-28"));
    return 0;
}

int audits_teardown(void **state)
{
    Audits *a = *state;
    House *h  = a->h;

    free(a);
    *state = h;
    return house_teardown(state);
}

/* ------------------------------------------------------------------------------------------------------- an audit */

static void audit_planned(Audits *a)
{
    audits_on(a, "2026-10-21");
    audits_must(a, a->elias, &audit_type, "create", "",
                "{'number':'IA-26-05','programme':'PG-25','kind':'internal','title':'Access and endpoints',"
                "'objectives':'Conformity','criteria':'ISO/IEC 27001:2022\\nSoA "
                "2.4','processes':['PR-03','PR-11'],"
                "'refs':['A.5.18','A.8.1','A.8.23'],'lead':'p-apm','client':'p-ceo','report_approver':'p-"
                "ceo',"
                "'start':'2026-11-09','last_day':'2026-11-18'}");
}

static void audit_initiated(Audits *a)
{
    audits_must(a, a->elias, &audit_type, "initiate", "IA-26-05", "{'contact':'p-it','channel':'meeting'}");
}

static void a_paper(Audits *a, Id who, const char *ref, const char *auditor)
{
    Arena *arena = a->h->t->arena;
    audits_must(a, who, &paper_type, "create", "",
                str_to_c(arena, str_fmt(arena,
                                        "{'number':'%s-1','audit':'IA-26-05','refs':['%s'],'title':'Paper on %s',"
                                        "'auditor':'%s','methods':['test']}",
                                        ref, ref, ref, auditor)));
}

static void audit_preparing(Audits *a)
{
    audits_must(a, a->elias, &audit_type, "confirm-feasible", "IA-26-05",
                "{'information':true,'cooperation':true,'time':true}");
    audits_must(a, a->elias, &team_member_type, "create", "",
                "{'audit':'IA-26-05','person':'p-apm','part':'lead','refs':['A.5.18','A.8.1']}");
    audits_must(a, a->elias, &team_member_type, "create", "",
                "{'audit':'IA-26-05','person':'p-au1','part':'auditor','refs':['A.8.23']}");
    audits_must(a, a->elias, &declaration_type, "create", "",
                "{'audit':'IA-26-05','person':'p-apm','result':'conflict_managed','disclosed':'Did CA-9',"
                "'measure':'Noor Haddad takes A.8.23','answered_by':'p-ceo'}");
    audits_must(a, a->noor, &declaration_type, "create", "", "{'audit':'IA-26-05','person':'p-au1','result':'clear'}");
    a_paper(a, a->elias, "A.5.18", "p-apm");
    a_paper(a, a->elias, "A.8.1", "p-apm");
    a_paper(a, a->elias, "A.8.23", "p-au1");
}

static void audit_plan_agreed(Audits *a)
{
    audits_on(a, "2026-10-26");
    audits_must(a, a->elias, &audit_type, "agree-plan", "IA-26-05",
                "{'accepted_by':['p-it'],'live_tests_by':'p-it','live_tests_on':'2026-10-26'}");
}

static void audit_fieldwork(Audits *a)
{
    audits_on(a, "2026-11-09");
    audits_must(a, a->elias, &audit_type, "open", "IA-26-05", "{'present':['p-apm','p-au1','p-it']}");
}

static void paper_done(Audits *a, Id who, const char *number)
{
    audits_must(a, who, &paper_type, "start", number, "");
    audits_must(a, who, &paper_type, "edit", number,
                "{'design':'yes','implementation':'yes','operation':'yes','conclusion':'conform',"
                "'evidence':['EV-001']}");
    audits_must(a, who, &paper_type, "finish", number, "");
}

void audit_papers_reviewed(Audits *a)
{
    audits_must(
        a, a->noor, &evidence_type, "create", "",
        "{'number':'EV-001','title':'Export','kind':'data_extract','audit':'IA-26-05','fact_date':'2026-11-09'}");
    paper_done(a, a->elias, "IA-26-05/A.5.18-1");
    paper_done(a, a->elias, "IA-26-05/A.8.1-1");
    /* the lead did CA-9 on A.8.23: Ruben reads that paper */
    audits_must(a, a->noor, &paper_type, "edit", "IA-26-05/A.8.23-1", "{'reviewer_planned':'p-au2'}");
    paper_done(a, a->noor, "IA-26-05/A.8.23-1");
    audits_must(a, a->noor, &paper_type, "review", "IA-26-05/A.5.18-1", "{}");
    audits_must(a, a->noor, &paper_type, "review", "IA-26-05/A.8.1-1", "{}");
    audits_must(a, a->ruben, &paper_type, "review", "IA-26-05/A.8.23-1", "{'review_note':'Read'}");
}

static void audit_reporting(Audits *a)
{
    audit_papers_reviewed(a);
    audits_on(a, "2026-11-18");
    audits_must(a, a->elias, &audit_type, "finish", "IA-26-05", "{'present':['p-apm','p-au1','p-it']}");
}

static void audit_report_issued(Audits *a)
{
    a_report(a);
    audits_on(a, "2026-11-25");
    audits_must(a, a->ingrid, &audit_type, "issue-report", "IA-26-05", "{}");
}

void a_report(Audits *a)
{
    audits_must(a, a->elias, &report_type, "create", "",
                "{'audit':'IA-26-05','author':'p-apm','objectives':'o','scope':'s','client_text':'c','team':'t',"
                "'dates_places':'d','criteria':'c','findings_text':'none','conclusions':'c','criteria_met':'all',"
                "'differing_views':'none','sampling_statement':'An audit samples.'}");
}

static Id audit_id(Audits *a)
{
    Caller caller = { .app = a->h->app, .arena = a->h->t->arena, .is_system = true, .door = "job" };
    Audit audit;
    Call *call;
    bool found;

    must(a->h->t, call_open(&caller, CALL_READ, &call, &a->h->t->err));
    must(a->h->t, record_find(call, &audit_type, STR("IA-26-05"), &audit, &found, &a->h->t->err));
    call_end(call);
    assert_true(found);
    return audit.head.id;
}

Id an_audit(Audits *a, int state)
{
    static void (*const stages[])(Audits *) = { audit_planned,   audit_initiated, audit_preparing,    audit_plan_agreed,
                                                audit_fieldwork, audit_reporting, audit_report_issued };

    for (int i = 0; i < state; i++)
        stages[i](a);
    return audit_id(a);
}

int state_of(Audits *a, const Type *type, Id id)
{
    void *record = arena_alloc(a->h->t->arena, type->size, alignof(max_align_t));

    house_load(a->h, type, id, record);
    return ((RecordHead *)record)->state;
}

void assert_refusal(const Outcome *got, const char *rule, const char *missing, const char *could)
{
    assert_refused(got, rule);
    for (size_t i = 0; i < got->refusals.len; i++) {
        const Refusal *refusal = &got->refusals.at[i];
        bool named             = could == NULL;
        if (!str_eq_c(refusal->rule, rule) || !str_has(refusal->missing, str_from_c(missing))) continue;
        for (size_t k = 0; k < refusal->could.len; k++)
            named = named || str_eq_c(refusal->could.at[k], could);
        assert_true(refusal->next.len > 0);
        if (named) return;
    }
    for (size_t i = 0; i < got->refusals.len; i++)
        print_error("  %.*s: %.*s\n", STR_ARG(got->refusals.at[i].rule), STR_ARG(got->refusals.at[i].missing));
    fail_msg("%s does not say '%s', or %s is not among those who could", rule, missing, could == NULL ? "-" : could);
}
