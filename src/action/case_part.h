/* SPDX-License-Identifier: Apache-2.0
 * action/case_part.h: what the parts of a nonconformity share: the case they belong to, who stands in a relation to it,
 * and who may see them. A part has the field `nonconformity` first and says so: CASE_PART(Action); */
#pragma once

#include <assert.h>

#include "action/nonconformity.h"

typedef struct {
    RecordHead head;
    Id nonconformity;
} CasePart;

#define CASE_PART(T)                                                                                                   \
    static_assert(offsetof(T, nonconformity) == offsetof(CasePart, nonconformity),                                     \
                  "the field nonconformity comes first")

/* Relations of a part to people: "case_owner", "case_verifier", "case_reviewer". */
extern const Relation case_part_relations[];
enum { CASE_PART_RELATIONS = 3 };

/* Guard: the case is in analysis, so its parts may be written. Rule "analysis-open". */
bool guard_case_is_in_analysis(Call *call, const void *part, Err *err);
/* G-15: whoever audited does not write cause or plan of a nonconformity of that audit. */
bool guard_writer_did_not_audit(Call *call, const void *part, Err *err);
/* The same for the nonconformity itself. */
bool guard_owner_did_not_audit(Call *call, const void *nonconformity, Err *err);

/* *lifts: an override of the audit that found it (G-20) lets `person` pass `rule` in this case. What no audit found has
 * none. */
MUST_USE bool case_override_lifts(Call *call, const Nonconformity *nc, const char *rule, Id person, bool *lifts,
                                  Err *err);

/* Who sees a case and its parts: managers all of them, others those in which they have a part. `id` is the column that
 * holds the case's id. Literals put together at compile time. */
#define SEE_CASE_MANAGERS "top_management|programme_manager|isms_manager|coordinator"
#define SEE_CASES_OF(id)                                                                                               \
    id " IN (SELECT nonconformity.id FROM nonconformity WHERE owner = :viewer OR reported_by = :viewer"                \
       " OR verifier = :viewer OR reviewer = :viewer OR plan_approver = :viewer)"                                      \
       " OR " id                                                                                                       \
       " IN (SELECT action.nonconformity FROM action WHERE action.owner = :viewer OR action.claimed_by = :viewer)"     \
       " OR " id " IN (SELECT nonconformity.id FROM nonconformity JOIN process ON process.id = nonconformity.process"  \
       " WHERE process.owner = :viewer OR process.deputy = :viewer)"                                                   \
       " OR " id " IN (SELECT nonconformity.id FROM nonconformity JOIN finding ON finding.id = nonconformity.finding"  \
       " JOIN team_member ON team_member.audit = finding.audit WHERE team_member.person = :viewer"                     \
       " AND team_member.state = 1 AND team_member.part <= 4)"                                                         \
       " OR " id " IN (SELECT action.nonconformity FROM action JOIN record_link ON record_link.source = action.id"     \
       " WHERE record_link.kind = 'action.helpers' AND record_link.target = :viewer)"
