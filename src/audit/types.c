/* SPDX-License-Identifier: Apache-2.0
 * What the room declares, in the order of requirements 4.3 to 4.16. */
#include "audit/types.h"

#include "audit/agenda.h"
#include "audit/evidence.h"
#include "audit/finding.h"
#include "audit/paper.h"
#include "audit/programme.h"
#include "audit/report.h"
#include "audit/request.h"
#include "audit/sample.h"
#include "audit/team.h"

/* clang-format off */
const Type *const audit_types[] = {
    &programme_type, &programme_version_type, &objective_type, &programme_risk_type, &programme_line_type,
    &audit_type, &team_member_type, &declaration_type, &override_type, &agenda_item_type, &meeting_type,
    &paper_type, &paper_step_type, &sample_type, &sample_item_type, &evidence_type, &evidence_request_type, &interview_type,
    &finding_type, &report_type, &distribution_type,
};
/* clang-format on */
const size_t audit_types_len = countof(audit_types);
