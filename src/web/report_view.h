/* SPDX-License-Identifier: Apache-2.0
 * web/report_view.h: what the page of an audit's report shows around its sheets (src/web/pages/report.html draws it).
 */
#pragma once

#include "web/sheet.h"

typedef struct {
    PageHead head;
    Facts block;
    Gate missing; /* parts that are empty; title empty: none */
    Gate gate;    /* of the first verb that is not possible yet; title empty: none */
    Buttons waiting;
    Buttons forms; /* to save it as a file */
    Links others;  /* further reports of the audit */
    ProofLine proof;
} ReportView;
