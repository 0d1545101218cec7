/* SPDX-License-Identifier: Apache-2.0
 * web/pages.h: the addresses that each page file answers; route.c lists them in the order in which they are tried. */
#pragma once

#include "web/visit.h"

extern const Routes sign_in_routes;          /* signing in and out, password, theme */
extern const Routes first_run_routes;        /* /setup */
extern const Routes set_up_questions_routes; /* the set-up: four questions */
extern const Routes set_up_people_routes;    /* … people and processes */
extern const Routes set_up_soa_routes;       /* … the Statement of Applicability */
extern const Routes set_up_programme_routes; /* … a draft of the programme */
extern const Routes set_up_cases_routes;     /* … old cases */
extern const Routes home_routes;             /* My work */
extern const Routes find_routes;             /* finding a record */
extern const Routes settings_routes;         /* settings, profile */
extern const Routes record_proof_routes;     /* the record and its proof */
extern const Routes rule_routes;             /* what a rule says */
extern const Routes audit_routes;            /* audits */
extern const Routes candidates_routes;       /* who could audit */
extern const Routes programme_routes;        /* the audit programme */
extern const Routes plan_routes;             /* a proposed plan of it */
extern const Routes paper_routes;            /* working papers */
extern const Routes report_routes;           /* the report of an audit */
extern const Routes finding_routes;          /* a finding */
extern const Routes case_routes;             /* nonconformities */
extern const Routes case_register_routes;    /* their register */
extern const Routes register_routes;         /* lists of records */
extern const Routes history_routes;          /* what happened to a record */
extern const Routes export_routes;           /* a record as JSON */
extern const Routes file_routes;             /* files of a record */
extern const Routes record_routes;           /* a record */
extern const Routes verb_routes;             /* forms of verbs, and doing them */
