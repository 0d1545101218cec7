/* SPDX-License-Identifier: Apache-2.0
 * audit/team.h: the team of an audit, its declarations, and answered conflicts. */
#pragma once

#define RECORD_TYPE   TeamMember
#define RECORD_FIELDS "audit/team_member.fields.h"
#include "record/declare.h"

#define RECORD_TYPE   Declaration
#define RECORD_FIELDS "audit/declaration.fields.h"
#include "record/declare.h"

#define RECORD_TYPE   Override
#define RECORD_FIELDS "audit/override.fields.h"
#include "record/declare.h"

#include "audit/audit.h"
#include "audit/independence.h"
#include "record/call.h"

enum { TEAM_LEAD = 1, TEAM_AUDITOR, TEAM_IN_TRAINING, TEAM_EXPERT, TEAM_OBSERVER, TEAM_GUIDE };
enum { DECLARED_CLEAR = 1, DECLARED_MANAGED, DECLARED_REFUSED };
enum { OVERRIDE_ASKED = 1, OVERRIDE_APPROVED, OVERRIDE_REJECTED };
/* Rules that may be overridden (G-20), as choices. */
enum { OVERRIDE_G01 = 1, OVERRIDE_G02, OVERRIDE_G04, OVERRIDE_G06, OVERRIDE_G07, OVERRIDE_G08 };

extern const Type team_member_type, declaration_type, override_type;

/* The members in use of an audit, in the order of their entry. */
MUST_USE bool team_members(Call *call, Id audit, TeamMemberList *members, Err *err);
/* Takes out of `facts` what an approved override of the audit answers for the person. */
MUST_USE bool facts_without_overrides(Call *call, Id audit, Id person, FactList *facts, Err *err);
/* *lifts: an approved override of the audit lets `person` pass `rule` ("G-06") on all of `refs`. */
MUST_USE bool override_lifts(Call *call, Id audit, const char *rule, Id person, const IdList *refs, bool *lifts,
                             Err *err);
/* Refuses with the facts that `person` brings to `refs` of the audit, naming who could take them; G-02 is a warning and
 * refuses nothing. */
MUST_USE bool refuse_conflicts(Call *call, const Audit *audit, Id person, const IdList *refs, Err *err);
