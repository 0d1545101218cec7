/* SPDX-License-Identifier: Apache-2.0
 * web/programme_fill.h: the page of the audit programme in the making, shared by programme_page.c and programme_chart.c
 * (the timeline). */
#pragma once

#include "review/programme_view.h"
#include "web/programme_sheet.h"
#include "web/values.h"

typedef struct {
    Visit *visit;
    ProgrammeView view;
    ProgrammeSheet sheet;
    Html words; /* for sentences */
} ProgrammeFill;

void programme_chart_fill(ProgrammeFill *fill);
