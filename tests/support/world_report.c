/* SPDX-License-Identifier: Apache-2.0
 * An audit from plan to report. */
#include "world_report.h"

#include "audit/agenda.h"
#include "audit/finding.h"
#include "audit/report.h"
#include "audit/sample.h"

#define AUDIT     "IA-26-05"
#define NO_TO_ALL "{'element_missing':false,'serious_doubt':false,'several_minors':false,'earlier_not_effective':false}"

static void a_finding(Audits *a, const char *number, const char *kind, const char *title, const char *rest)
{
    Arena *arena = a->h->t->arena;

    audits_must(a, a->noor, &finding_type, "draft", "",
                str_to_c(arena, str_fmt(arena,
                                        "{'number':'%s','audit':'IA-26-05','kind':'%s','significance':'medium',"
                                        "'title':'%s','process':'PR-11','refs':['A.8.1'],%s}",
                                        number, kind, title, rest)));
    audits_must(a, a->noor, &finding_type, "submit", number, "");
    audits_must(a, a->elias, &finding_type, "accept", number, NO_TO_ALL);
    audits_must(a, a->elias, &finding_type, "present", number, "{'to':'p-it'}");
    audits_must(a, a->jonas, &finding_type, "agree", number, "{'comment':'We see it the same way.'}");
}

static void findings_of(Audits *a)
{
    a_finding(a, "F-100", "minor_nc", "Laptops without disk encryption",
              "'criteria':'Endpoint standard 3: every laptop is encrypted.',"
              "'condition':'11 of 140 laptops show no key.','evidence_text':'Export of 2026-11-09, sample S-03.',"
              "'effect':'Data of 300 tenants can be read from a lost laptop.','extent':'11 of 140, all in Porto'");
    a_finding(a, "F-101", "good_practice", "Keys are shown at each start", "'condition':'Seen on every laptop.'");
}

static void a_sample(Audits *a)
{
    audits_must(
        a, a->elias, &sample_type, "create", "",
        "{'number':'S-03','audit':'IA-26-05','paper':'IA-26-05/A.8.1-1','objective':'Keys','population':'Laptops "
        "in use','source':'Inventory','size':140,'completeness':'Compared with purchases','n':2,'range':'L-001..L-140',"
        "'method':'simple_random','seed':'20261109','confidence':950}");
    audits_must(a, a->elias, &sample_type, "draw", "IA-26-05/S-03", "{}");
    audits_must(a, a->elias, &sample_item_type, "edit", "IA-26-05/S-03/L-076", "{'result':'pass'}");
    audits_must(a, a->elias, &sample_item_type, "edit", "IA-26-05/S-03/L-069", "{'result':'deviation'}");
    audits_must(a, a->elias, &sample_type, "test", "IA-26-05/S-03", "{}");
}

static void agenda_of(Audits *a)
{
    audits_must(a, a->elias, &agenda_item_type, "create", "",
                "{'audit':'IA-26-05','date':'2026-11-10','start_at':'10:00','end_at':'11:30','topic':'Endpoints',"
                "'auditees':['p-it'],'auditor':'p-apm','refs':['A.8.1'],'method':'remote'}");
}

/* An audit whose fieldwork is finished, with two findings and a sample. */
void an_audit_with_findings(Audits *a)
{
    an_audit(a, AUDIT_PREPARING);
    agenda_of(a);
    audits_on(a, "2026-10-26");
    audits_must(a, a->elias, &audit_type, "agree-plan", AUDIT,
                "{'accepted_by':['p-it'],'live_tests_by':'p-it','live_tests_on':'2026-10-26'}");
    audits_on(a, "2026-11-09");
    audits_must(a, a->elias, &audit_type, "open", AUDIT, "{'present':['p-apm','p-au1','p-it']}");
    a_sample(a);
    findings_of(a);
    audit_papers_reviewed(a);
    audits_on(a, "2026-11-18");
    audits_must(a, a->elias, &audit_type, "finish", AUDIT, "{'present':['p-apm','p-au1','p-it']}");
}

Id a_drafted_report(Audits *a)
{
    an_audit_with_findings(a);
    return audits_must(a, a->elias, &report_type, "create", "", "{'audit':'IA-26-05','author':'p-apm'}");
}

Id an_issued_report(Audits *a)
{
    Id id = a_drafted_report(a);

    audits_must(a, a->elias, &report_type, "edit", AUDIT,
                "{'conclusions':'Access is well kept; laptops are not.','criteria_met':'A.8.1 is not met.'}");
    audits_must(a, a->elias, &report_type, "submit", AUDIT, "");
    audits_on(a, "2026-11-25");
    audits_must(a, a->ingrid, &audit_type, "issue-report", AUDIT, "{}");
    return id;
}
