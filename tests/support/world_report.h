/* SPDX-License-Identifier: Apache-2.0
 * tests/support/world_report.h: the audit of world_audit.h with findings, a sample and a timetable, and its report.
 * Needs the whole catalogue (audits_catalogue). */
#pragma once

#include "../support/world_audit.h"

/* IA-26-05 with fieldwork finished on 18 November 2026: the minor nonconformity F-100, the good practice F-101, the
 * sample S-03 with one deviation in two. */
void an_audit_with_findings(Audits *a);
/* Its report in draft, filled in from the records; conclusions are still to be written. */
Id a_drafted_report(Audits *a);
/* Complete, and issued by Ingrid on 25 November. */
Id an_issued_report(Audits *a);
