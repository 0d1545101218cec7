/* SPDX-License-Identifier: Apache-2.0
 * The audits of a programme on a line: one row each for clauses, controls and what others audit; within a row as many
 * lanes as it takes that no two labels touch. */
#include "web/programme_fill.h"

enum {
    CHART_LEFT  = 72,
    CHART_WIDTH = 1180,
    LABEL_WIDTH = 82,
    LANE_HEIGHT = 26,
    LANES_MAX   = 4,
    ROWS_TOP    = 36,
    FOOT        = 34
};

/* A whole day's place. The last label still fits. */
static int chart_x(const Programme *programme, Date date)
{
    int32_t days = date_days_between(programme->period_from, programme->period_to) + 1;
    int32_t at   = date_days_between(programme->period_from, date);

    if (at < 0) at = 0;
    if (at > days) at = days;
    return CHART_LEFT + (int)((int64_t)at * (CHART_WIDTH - LABEL_WIDTH - CHART_LEFT) / days);
}

static void ticks_fill(ProgrammeFill *fill)
{
    const Programme *programme = &fill->view.programme;
    TimelineChart *chart       = &fill->sheet.chart;
    Ymd first                  = date_to_ymd(programme->period_from);
    Date month                 = date_from_ymd(first.year, first.month, 1);

    for (; !date_before(programme->period_to, month); month = date_add_months(month, 1)) {
        Ymd ymd = date_to_ymd(month);
        if ((ymd.month - 1) % 3 != 0 || date_before(month, programme->period_from)) continue;
        Str day                                       = date_to_human(fill->visit->arena, month); /* "1 Apr 2025" */
        Str name                                      = str_slice(day, 2, 3);
        bool named                                    = ymd.month == 1 || chart->ticks.len == 0;
        *list_push(fill->visit->arena, &chart->ticks) = (ChartTick){ .x     = chart_x(programme, month),
                                                                     .label = named ? str_slice(day, 2, day.len) : name,
                                                                     .is_year = ymd.month == 1 };
    }
}

static ChartLook look_of(int state)
{
    switch (state) {
    case AUDIT_CLOSED:
    case AUDIT_TERMINATED: return MARK_DONE;
    case AUDIT_REPORT_ISSUED:
    case AUDIT_FOLLOW_UP: return MARK_FOLLOW_UP;
    case AUDIT_PLANNED:
    case AUDIT_POSTPONED: return MARK_PLANNED;
    default: return MARK_NOW;
    }
}

static void mark_add(ProgrammeFill *fill, const Audit *audit, int y)
{
    Arena *arena = fill->visit->arena;
    Str state    = visit_text(fill->visit, state_label(&audit_type, audit->head.state));

    *list_push(arena, &fill->sheet.chart.marks) =
        (ChartMark){ .x      = chart_x(&fill->view.programme, audit->start),
                     .y      = y,
                     .number = audit->head.number,
                     .href   = address_record(arena, &audit_type, audit->head.number),
                     .whole =
                         str_fmt(arena, "%.*s %.*s: %.*s, %.*s", STR_ARG(audit->head.number), STR_ARG(audit->title),
                                 STR_ARG(state), STR_ARG(date_to_human(arena, audit->start))),
                     .look = look_of(audit->head.state) };
}

/* Height of the row. Audits come by first day, so the first lane that is free where one begins takes it. */
static int row_fill(ProgrammeFill *fill, TimelineRow row, int y)
{
    int free_from[LANES_MAX] = { 0 }, lanes = 1;

    for (size_t i = 0; i < fill->view.audits.len; i++) {
        const Audit *audit = &fill->view.audits.at[i];
        int x = chart_x(&fill->view.programme, audit->start), lane = 0;
        if (timeline_row(&fill->view, audit) != row) continue;
        while (lane < LANES_MAX - 1 && x < free_from[lane])
            lane++;
        free_from[lane] = x + LABEL_WIDTH;
        if (lane >= lanes) lanes = lane + 1;
        mark_add(fill, audit, y + lane * LANE_HEIGHT);
    }
    return lanes * LANE_HEIGHT;
}

void programme_chart_fill(ProgrammeFill *fill)
{
    static const char *const labels[TIMELINE_ROWS] = { N_("Clauses"), N_("Controls"), N_("Outside") };
    const Programme *programme                     = &fill->view.programme;
    TimelineChart *chart                           = &fill->sheet.chart;
    Date today                                     = fill->visit->call->today;
    int y                                          = ROWS_TOP;

    ticks_fill(fill);
    for (int row = 0; row < TIMELINE_ROWS; row++) {
        *list_push(fill->visit->arena, &chart->rows) = (ChartRow){ visit_text(fill->visit, labels[row]), y };
        y += row_fill(fill, (TimelineRow)row, y) + 10;
    }
    chart->width   = CHART_WIDTH;
    chart->height  = y + FOOT;
    bool is_within = !date_before(today, programme->period_from) && !date_before(programme->period_to, today);
    if (is_within) chart->today = chart_x(programme, today);
    chart->label = filled(&fill->words, N_("Timeline of {1} to {2}"),
                          counted(&fill->words, (int64_t)fill->view.audits.len, N_("audit"), N_("audits")),
                          date_to_human(fill->visit->arena, programme->period_to));
}
