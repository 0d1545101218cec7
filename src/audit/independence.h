/* SPDX-License-Identifier: Apache-2.0
 * audit/independence.h: what the records know about a person and the references of an audit (G-01, G-02, G-04). Facts,
 * no judgement: guards decide what follows from them.
 *
 * G-01 looks back 12 months (the organisation's setting) from the audit's planned first day, that very day included:
 * owner, deputy and operators of a process that carries the reference; owner and operators of the control; author and
 * approver of documents on it; owner and helpers of corrective actions on it. G-02: works in the unit of an audited
 * process' owner, reports to him, or manages him. G-04, for clause 9.2: manages the programme, or was in the team of an
 * audit of those 12 months. */
#pragma once

#include "audit/audit.h"

typedef struct {
    const char *rule; /* "G-01", "G-02", "G-04" */
    Str text;         /* "operates PR-04", "wrote STD-05": follows the person's name */
    IdList refs;      /* references of the question that it touches; empty: the audit as a whole (G-02) */
} IndependenceFact;

typedef struct {
    IndependenceFact *at;
    size_t len, cap;
} FactList;

/* All facts about `person` that touch `refs` in this audit, strongest rule first. `refs` empty: only G-02. */
MUST_USE bool independence_facts(Call *call, const Audit *audit, Id person, const IdList *refs, FactList *out,
                                 Err *err);
/* Qualified auditors (on the audit's first day) about whom no fact of G-01 or G-04 touches `refs`: who could take them.
 */
MUST_USE bool independence_who_could(Call *call, const Audit *audit, const IdList *refs, IdList *people, Err *err);
/* "operates PR-04 (A.8.25); wrote STD-04 (A.8.32)": as people read and records keep them. */
MUST_USE bool facts_text(Call *call, const FactList *facts, Str *out, Err *err);
bool fact_is(const IndependenceFact *fact, const char *rule);
