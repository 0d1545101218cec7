/* SPDX-License-Identifier: Apache-2.0
 * tests/support/world_audit.h: a house with everything audits need: people of an organisation with its processes,
 * requirements, documents and auditors, and an audit in any state.
 *
 *     IN_AUDITS(a_paper_of_documents_only_cannot_say_that_it_operates) */
#pragma once

#include "../support/house.h"
#include "audit/audit.h"
#include "audit/casework.h"

typedef struct {
    House *h;
    Id elias;  /* programme manager, lead auditor; did CA-9 on A.8.23 */
    Id ingrid; /* top management, approves the programme and reports */
    Id hannah; /* ISMS manager and coordinator; owns PR-01 */
    Id jonas;  /* owns PR-03: A.5.15, A.5.18 and PR-11: A.8.1, A.8.23 */
    Id noor;   /* auditor; operates PR-04: A.8.25 */
    Id ruben;  /* lead auditor; deputy of the programme */
    Id chiara; /* in training */
    Id gareth; /* lead auditor from outside */
    Id priya;  /* owns PR-04, manages Noor */
    Id programme;
} Audits;

/* What the house is built of; NULL: the rooms org and audit, with stand-ins for the room action. */
extern const Catalogue *audits_catalogue;

int audits_setup(void **state);
int audits_teardown(void **state);
#define IN_AUDITS_ON(engine, test)                                                                                     \
    {                                                                                                                  \
        #test " (" #engine ")", test, audits_setup, audits_teardown, &on_##engine                                      \
    }
#define IN_AUDITS(test) IN_AUDITS_ON(sqlite, test), IN_AUDITS_ON(postgres, test)

/* The day becomes `iso`, nine in the morning. */
void audits_on(Audits *a, const char *iso);
/* A verb as somebody, with input as JSON text in which ' stands for "; fails the test unless it was done. */
Id audits_must(Audits *a, Id who, const Type *type, const char *verb, const char *number, const char *json);
/* The same, for an outcome that may be anything. */
Outcome *audits_try(Audits *a, Id who, const Type *type, const char *verb, const char *number, const char *json);
/* Checks that the refusal of `rule` says all of: `missing` somewhere, `could` among the names (NULL: not asked), and a
 * next step. */
void assert_refusal(const Outcome *got, const char *rule, const char *missing, const char *could);
int state_of(Audits *a, const Type *type, Id id);

/* The audit IA-26-05 of PR-03 and PR-11 on 9 November 2026, led by Elias with Noor, as far as `state`. What is on the
 * way: A.5.18 and A.8.1 are Elias's, A.8.23 is Noor's; papers A.5.18-1, A.8.1-1 (Elias) and A.8.23-1 (Noor). */
Id an_audit(Audits *a, int state);
/* The three papers done with evidence, and reviewed. */
void audit_papers_reviewed(Audits *a);
/* A report of it in draft, with all parts that must be there. */
void a_report(Audits *a);
