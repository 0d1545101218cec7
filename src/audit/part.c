/* SPDX-License-Identifier: Apache-2.0
 * Parts of an audit: from a part to its audit, and from the audit to its people. */
#include "audit/part.h"

#include "audit/team.h"
#include "org/process.h"
#include "record/row.h"

bool part_audit(Call *call, const void *part, Audit *audit, Err *err)
{
    *audit = (Audit){ 0 };
    if (id_is_none(((const AuditPart *)part)->audit)) return true;
    return record_must(call, &audit_type, ((const AuditPart *)part)->audit, audit, err);
}

/* The lead, and the members of the team up to `last` in the order of parts. */
static bool team_up_to(Call *call, const Audit *audit, int last, IdList *people, Err *err)
{
    TeamMemberList members = { 0 };

    id_list_add(call->arena, people, audit->lead);
    if (!team_members(call, audit->head.id, &members, err)) return false;
    for (size_t i = 0; i < members.len; i++) {
        if (members.at[i].part <= last) id_list_add(call->arena, people, members.at[i].person);
    }
    return true;
}

bool audit_auditors(Call *call, const Audit *audit, IdList *people, Err *err)
{
    return team_up_to(call, audit, TEAM_AUDITOR, people, err);
}

bool audit_team(Call *call, const Audit *audit, IdList *people, Err *err)
{
    return team_up_to(call, audit, TEAM_EXPERT, people, err);
}

bool audit_process_owners(Call *call, const Audit *audit, IdList *people, Err *err)
{
    for (size_t i = 0; i < audit->processes.len; i++) {
        Process process;
        if (!record_must(call, &process_type, audit->processes.at[i], &process, err)) return false;
        id_list_add(call->arena, people, process.owner);
    }
    return true;
}

bool part_lead(Call *call, const void *part, IdList *people, Err *err)
{
    Audit audit;

    if (!part_audit(call, part, &audit, err)) return false;
    id_list_add(call->arena, people, audit.lead);
    return true;
}

bool part_auditors(Call *call, const void *part, IdList *people, Err *err)
{
    Audit audit;
    return part_audit(call, part, &audit, err) && audit_auditors(call, &audit, people, err);
}

bool part_team(Call *call, const void *part, IdList *people, Err *err)
{
    Audit audit;
    return part_audit(call, part, &audit, err) && audit_team(call, &audit, people, err);
}

bool part_approver(Call *call, const void *part, IdList *people, Err *err)
{
    Audit audit;

    if (!part_audit(call, part, &audit, err)) return false;
    id_list_add(call->arena, people, audit.report_approver);
    return true;
}

bool part_auditees(Call *call, const void *part, IdList *people, Err *err)
{
    Audit audit;

    if (!part_audit(call, part, &audit, err)) return false;
    id_list_add(call->arena, people, audit.auditee_contact);
    return audit_process_owners(call, &audit, people, err);
}

const Relation audit_part_relations[] = {
    { "lead", N_("the lead auditor"), part_lead },
    { "auditor", N_("the auditors of the team"), part_auditors },
    { "team", N_("the audit team"), part_team },
    { "approver", N_("the approver of the report"), part_approver },
    { "auditee", N_("the owners of the audited processes"), part_auditees },
};
static_assert(countof(audit_part_relations) == AUDIT_PART_RELATIONS, "as the header says");

bool guard_audit_is_open(Call *call, const void *part, Err *err)
{
    Audit audit;

    if (!part_audit(call, part, &audit, err)) return false;
    bool is_open = audit.head.state <= AUDIT_REPORTING || audit.head.state == AUDIT_POSTPONED ||
                   audit.head.state == AUDIT_TERMINATED;
    if (is_open || audit.held_before == YES) return true;
    refuse_with(call, "audit-open",
                str_fmt(call->arena, "%.*s is in state \"%s\": its file is complete", STR_ARG(audit.head.number),
                        state_label(&audit_type, audit.head.state)),
                "Use a follow-up audit, or amend the report.");
    return true;
}
