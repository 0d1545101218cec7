/* SPDX-License-Identifier: Apache-2.0
 * What the organisation's room declares, in the order of requirements 4.1, 4.2, 4.6. */
#include "org/types.h"

#include "org/account.h"
#include "org/certificate.h"
#include "org/competence_evidence.h"
#include "org/control.h"
#include "org/document.h"
#include "org/due_policy.h"
#include "org/evaluation.h"
#include "org/framework.h"
#include "org/issue.h"
#include "org/mapping.h"
#include "org/occurrence.h"
#include "org/organisation.h"
#include "org/party.h"
#include "org/person.h"
#include "org/procedure.h"
#include "org/process.h"
#include "org/process_person.h"
#include "org/qualification.h"
#include "org/requirement.h"
#include "org/risk.h"
#include "org/role.h"
#include "org/site.h"
#include "org/soa_change.h"
#include "org/soa_version.h"
#include "org/token.h"
#include "org/unit.h"
#include "org/visit.h"

/* clang-format off */
const Type *const org_types[] = {
    &organisation_type, &site_type, &unit_type, &person_type, &role_type, &account_type, &token_type, &process_type, &process_person_type,
    &document_type, &risk_type, &occurrence_type, &party_type, &issue_type,
    &framework_type, &requirement_type, &mapping_type, &procedure_type,
    &control_type, &soa_version_type, &soa_change_type, &certificate_type, &visit_type,
    &qualification_type, &competence_evidence_type, &evaluation_type, &due_policy_type,
};
/* clang-format on */
const size_t org_types_len = countof(org_types);
