/* SPDX-License-Identifier: Apache-2.0
 * audit/seen.h: who may see what belongs to an audit, as conditions for the tables of rules (record/type.h, See).
 * Literals put together at compile time; each works in a table that has a column `audit`. Need to know decides (ISO
 * 19011 4 c, G-17): papers stay with the team, results go to those who answer for the process.
 *
 * The numbers of states and parts are those of audit/audit.h and audit/team.h; the tests pin them. */
#pragma once

/* The programme manager reads all files; the rest of management what is not on paper yet belongs to nobody. */
#define SEE_MANAGERS "top_management|programme_manager|isms_manager|coordinator"

/* Lead, and whoever works on papers: auditor, in training, expert (parts 1 to 4). */
#define SEE_AUDIT_TEAM                                                                                                 \
    "audit IN (SELECT id FROM audit WHERE lead = :viewer)"                                                             \
    " OR audit IN (SELECT audit FROM team_member WHERE person = :viewer AND state = 1 AND part <= 4)"

/* The team, observers and guides, and those who answer for the audited processes or stand in the plan. */
#define SEE_AUDIT_PLAN                                                                                                 \
    "audit IN (SELECT id FROM audit WHERE lead = :viewer OR client = :viewer OR auditee_contact = :viewer"             \
    " OR report_approver = :viewer)"                                                                                   \
    " OR audit IN (SELECT audit FROM team_member WHERE person = :viewer AND state = 1)"                                \
    " OR audit IN (SELECT record_link.source FROM record_link"                                                         \
    " JOIN process ON process.id = record_link.target"                                                                 \
    " WHERE record_link.kind = 'audit.processes' AND (process.owner = :viewer OR process.deputy = :viewer))"
