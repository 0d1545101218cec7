/* SPDX-License-Identifier: Apache-2.0
 * audit/programme.h: the audit programme and its parts: objectives, risks, lines, approved versions. */
#pragma once

#define RECORD_TYPE   Programme
#define RECORD_FIELDS "audit/programme.fields.h"
#include "record/declare.h"

#define RECORD_TYPE   ProgrammeVersion
#define RECORD_FIELDS "audit/programme_version.fields.h"
#include "record/declare.h"

#define RECORD_TYPE   Objective
#define RECORD_FIELDS "audit/objective.fields.h"
#include "record/declare.h"

#define RECORD_TYPE   ProgrammeRisk
#define RECORD_FIELDS "audit/programme_risk.fields.h"
#include "record/declare.h"

#define RECORD_TYPE   ProgrammeLine
#define RECORD_FIELDS "audit/programme_line.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum { PROGRAMME_DRAFT = 1, PROGRAMME_IN_APPROVAL, PROGRAMME_APPROVED, PROGRAMME_ACTIVE, PROGRAMME_CLOSED };
enum { PROGRAMME_RISK = 1, PROGRAMME_OPPORTUNITY };

extern const Type programme_type, programme_version_type, objective_type, programme_risk_type, programme_line_type;

/* R-922-2: the line was scored, its interval is another than suggested, and nobody says why. */
bool line_interval_needs_reason(const ProgrammeLine *line);
/* The lines in use, in the order of their numbers. */
MUST_USE bool programme_lines(Call *call, Id programme, ProgrammeLineList *lines, Err *err);
