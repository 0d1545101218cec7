/* SPDX-License-Identifier: Apache-2.0
 * What the room declares, in the order of requirements 4.3 to 4.16. */
#include "audit/types.h"

#include "audit/agenda.h"
#include "audit/custody.h"
#include "audit/evidence.h"
#include "audit/evidence_use.h"
#include "audit/finding.h"
#include "audit/paper.h"
#include "audit/part.h"
#include "audit/programme.h"
#include "audit/report.h"
#include "audit/request.h"
#include "audit/sample.h"
#include "audit/team.h"
#include "record/row.h"

/* clang-format off */
const Type *const audit_types[] = {
    &programme_type, &programme_version_type, &objective_type, &programme_risk_type, &programme_line_type,
    &audit_type, &team_member_type, &declaration_type, &override_type, &agenda_item_type, &meeting_type,
    &paper_type, &paper_step_type, &sample_type, &sample_item_type, &evidence_type, &custody_entry_type, &evidence_use_type, &evidence_request_type, &interview_type,
    &finding_type, &report_type, &distribution_type,
};
/* clang-format on */
static bool audit_was_led(Call *call, Id id, Id lead, Id member, bool *did, Err *err)
{
    IdList team = { 0 };
    Audit audit;

    *did = false;
    if (!record_must(call, &audit_type, id, &audit, err)) return false;
    if (!id_eq(audit.lead, lead)) return true;
    if (!audit_team(call, &audit, &team, err)) return false;
    *did = id_list_has(&team, member);
    return true;
}

const AuditWork audit_auditwork = { .led = audit_was_led };

const size_t audit_types_len = countof(audit_types);
