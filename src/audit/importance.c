/* SPDX-License-Identifier: Apache-2.0
 * The importance of a line: criticality of its processes, residual risk, open and repeat findings of two years,
 * incidents, change, and the time since what stands on it was last audited. Each part is a share of the most it can be;
 * weights say how much of the whole it is (S-1). */
#include "audit/importance.h"

#include <assert.h>

#include "audit/choices.h"
#include "audit/say.h"
#include "org/organisation.h"
#include "org/requirement.h"
#include "record/registry.h"
#include "record/row.h"

enum {
    LOOK_BACK_MONTHS   = 24,
    CHANGE_MONTHS      = 12, /* a change counts in full as long, and half as long again */
    FINDING_POINTS_MAX = 10,
    INCIDENTS_MAX      = 3,
    WHOLE              = 1000,
    CYCLE_MONTHS       = 36
};
/* Of an open finding; as much again when it is a repeat. */
enum { POINTS_MAJOR = 4, POINTS_MINOR = 2, POINTS_OTHER = 1 };

static const struct {
    const char *label;
    int weight; /* unless the organisation set another */
} parts[] = {
    [IMPORTANCE_CRITICALITY] = { N_("Criticality"), 25 }, [IMPORTANCE_RISK] = { N_("Residual risk"), 20 },
    [IMPORTANCE_FINDINGS] = { N_("Findings"), 20 },       [IMPORTANCE_INCIDENTS] = { N_("Incidents"), 10 },
    [IMPORTANCE_CHANGE] = { N_("Change"), 10 },           [IMPORTANCE_AGE] = { N_("Time since the last audit"), 15 },
};
static_assert(countof(parts) == IMPORTANCE_PARTS, "each part has a label and a weight");

const char *importance_part_label(ImportancePartKind kind)
{
    return parts[kind].label;
}

/* ---- reading ---- */

static bool read_weights(Call *call, ImportanceData *out, Err *err)
{
    Organisation o;
    bool found;

    if (!organisation_load(call, &o, &found, err)) return false;
    const Int set[] = { [IMPORTANCE_CRITICALITY] = o.weight_criticality, [IMPORTANCE_RISK] = o.weight_risk,
                        [IMPORTANCE_FINDINGS] = o.weight_findings,       [IMPORTANCE_INCIDENTS] = o.weight_incidents,
                        [IMPORTANCE_CHANGE] = o.weight_change,           [IMPORTANCE_AGE] = o.weight_age };
    for (size_t i = 0; i < countof(parts); i++)
        out->weights[i] = set[i].set ? (int)set[i].value : parts[i].weight;
    return true;
}

static int months_between(Date from, Date to)
{
    Ymd a = date_to_ymd(from), b = date_to_ymd(to);
    return (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day ? 1 : 0);
}

static int cycle_of(const Programme *programme)
{
    if (date_is_none(programme->period_from) || !date_before(programme->period_from, programme->period_to))
        return CYCLE_MONTHS;
    int months = months_between(programme->period_from, date_add_days(programme->period_to, 1));
    return months > 0 ? months : 1;
}

static bool read_clauses(Call *call, IdList *clauses, Err *err)
{
    RequirementList list = { 0 };

    if (!record_list(call, &requirement_type, &list, STR("kind = $1 ORDER BY id"),
                     BINDS(BIND_NUMBER(REQUIREMENT_REQUIREMENT)), err))
        return false;
    for (size_t i = 0; i < list.len; i++)
        *list_push(call->arena, clauses) = list.at[i].head.id;
    return true;
}

bool importance_read(Call *call, const Programme *programme, Date day, ImportanceData *out, Err *err)
{
    const Casework *casework = registry_service(call->app->registry, CASEWORK_SERVICE);
    Date since               = date_add_months(day, -LOOK_BACK_MONTHS);

    *out = (ImportanceData){ .day = day, .cycle_months = cycle_of(programme) };
    if (casework != NULL && !casework->cases_since(call, since, &out->cases, err)) return false;
    return read_weights(call, out, err) && read_clauses(call, &out->clauses, err) &&
           record_list(call, &process_type, &out->processes, STR("state = 1 ORDER BY number, id"), NO_BINDS, err) &&
           record_list(call, &risk_type, &out->risks, STR("state = 1 ORDER BY number, id"), NO_BINDS, err) &&
           record_list(call, &occurrence_type, &out->occurrences,
                       STR("state = 1 AND happened_on >= $1 AND happened_on <= $2 ORDER BY happened_on, id"),
                       BINDS(BIND_DATE(since), BIND_DATE(day)), err) &&
           record_list(
               call, &finding_type, &out->findings,
               STR("(kind = 3 OR kind = 4) AND state >= 4 AND state <= 10 AND presented_on >= $1 ORDER BY number, id"),
               BINDS(BIND_DATE(since)), err) &&
           record_list(call, &audit_type, &out->audits,
                       STR("kind <= 3 AND state >= 7 AND state <= 9 ORDER BY last_day, id"), NO_BINDS, err);
}

/* ---- one part after another ---- */

typedef struct {
    Call *call;
    const ImportanceData *data;
    const ProgrammeLine *line;
    ImportancePart *part; /* the one in hand */
} Scoring;

static void tell(Scoring *scoring, int permille, Str words)
{
    scoring->part->permille = permille > WHOLE ? WHOLE : permille;
    scoring->part->words    = words;
}

static Str sentence(Scoring *scoring, const StrList *facts, const char *none)
{
    return facts->len > 0 ? str_sentence(scoring->call->arena, facts) : call_text(scoring->call, none);
}

static int share_of_level(int level)
{
    return level == 0 ? 0 : (level - LEVEL_IS_LOW) * WHOLE / (LEVEL_IS_CRITICAL - LEVEL_IS_LOW);
}

static const Process *process_of(const Scoring *scoring, Id id)
{
    for (size_t i = 0; i < scoring->data->processes.len; i++) {
        if (id_eq(scoring->data->processes.at[i].head.id, id)) return &scoring->data->processes.at[i];
    }
    return NULL;
}

static bool is_ours(const Scoring *scoring, Id process)
{
    return !id_is_none(process) && id_list_has(&scoring->line->processes, process);
}

static bool touches(const Scoring *scoring, const IdList *refs)
{
    for (size_t i = 0; i < refs->len; i++) {
        if (id_list_has(&scoring->line->refs, refs->at[i])) return true;
    }
    return false;
}

/* The most critical of its processes; what the line itself says where it names none. */
static void score_criticality(Scoring *scoring)
{
    Arena *arena  = scoring->call->arena;
    int level     = 0;
    StrList facts = { 0 };

    for (size_t i = 0; i < scoring->line->processes.len; i++) {
        const Process *process = process_of(scoring, scoring->line->processes.at[i]);
        if (process == NULL) continue;
        if (process->criticality > level) level = process->criticality;
        *list_push(arena, &facts) = str_fmt(arena, "%.*s is of criticality \"%s\"", STR_ARG(process->head.number),
                                            choice_name(&four_levels, process->criticality));
    }
    if (facts.len == 0 && scoring->line->criticality > 0) {
        level = scoring->line->criticality;
        *list_push(arena, &facts) =
            str_fmt(arena, "the line is of criticality \"%s\"", choice_name(&four_levels, level));
    }
    tell(scoring, share_of_level(level), sentence(scoring, &facts, "no process is named"));
}

static void score_risk(Scoring *scoring)
{
    Arena *arena  = scoring->call->arena;
    int level     = 0;
    StrList facts = { 0 };

    for (size_t i = 0; i < scoring->data->risks.len; i++) {
        const Risk *risk = &scoring->data->risks.at[i];
        int left         = risk->level_after != 0 ? risk->level_after : risk->level_before;
        if (!is_ours(scoring, risk->process) || left == 0) continue;
        if (left > level) level = left;
        *list_push(arena, &facts) =
            str_fmt(arena, "%.*s is %s%s", STR_ARG(risk->head.number), choice_name(&four_levels, left),
                    risk->level_after != 0 ? " after treatment" : ", not treated");
    }
    tell(scoring, share_of_level(level), sentence(scoring, &facts, "no risk is recorded on its processes"));
}

/* As much again when it is a repeat; a repeat that is closed counts too. */
static int points_of_case(const Scoring *scoring, const CaseSeen *seen)
{
    int worth = seen->is_major ? POINTS_MAJOR : POINTS_MINOR;

    if (!is_ours(scoring, seen->process) && !touches(scoring, &seen->refs)) return 0;
    return worth * ((seen->is_open ? 1 : 0) + (seen->is_repeat ? 1 : 0));
}

static Str case_words(const Scoring *scoring, const CaseSeen *seen)
{
    static const char *const now[2][2] = { { "", "a repeat" }, { "open", "open and a repeat" } };

    return str_fmt(scoring->call->arena, "%.*s is a %s nonconformity, %s", STR_ARG(seen->number),
                   seen->is_major ? "major" : "minor", now[seen->is_open][seen->is_repeat]);
}

static void score_findings(Scoring *scoring)
{
    Arena *arena  = scoring->call->arena;
    int points    = 0;
    StrList facts = { 0 };

    for (size_t i = 0; i < scoring->data->cases.len; i++) {
        const CaseSeen *seen = &scoring->data->cases.at[i];
        int worth            = points_of_case(scoring, seen);
        points += worth;
        if (worth > 0) *list_push(arena, &facts) = case_words(scoring, seen);
    }
    for (size_t i = 0; i < scoring->data->findings.len; i++) {
        const Finding *finding = &scoring->data->findings.at[i];
        if (!is_ours(scoring, finding->process) && !touches(scoring, &finding->refs)) continue;
        points += POINTS_OTHER;
        *list_push(arena, &facts) = str_fmt(arena, "%.*s is an open %s", STR_ARG(finding->head.number),
                                            finding->kind == FINDING_OBSERVATION ? "observation" : "opportunity");
    }
    tell(scoring, points * WHOLE / FINDING_POINTS_MAX,
         sentence(scoring, &facts, "no open or repeat finding of the last two years"));
}

static void score_incidents(Scoring *scoring)
{
    Arena *arena  = scoring->call->arena;
    StrList facts = { 0 };

    for (size_t i = 0; i < scoring->data->occurrences.len; i++) {
        const Occurrence *occurrence = &scoring->data->occurrences.at[i];
        if (occurrence->kind != OCCURRENCE_INCIDENT || !is_ours(scoring, occurrence->process)) continue;
        *list_push(arena, &facts) = str_fmt(arena, "%.*s on %.*s", STR_ARG(occurrence->head.number),
                                            STR_ARG(date_to_human(arena, occurrence->happened_on)));
    }
    tell(scoring, (int)facts.len * WHOLE / INCIDENTS_MAX,
         sentence(scoring, &facts, "no incident in its processes in the last two years"));
}

static int share_of_change(const Scoring *scoring, Date changed)
{
    if (date_before(scoring->data->day, changed)) return 0;
    if (!date_before(changed, date_add_months(scoring->data->day, -CHANGE_MONTHS))) return WHOLE;
    return date_before(changed, date_add_months(scoring->data->day, -LOOK_BACK_MONTHS)) ? 0 : WHOLE / 2;
}

/* The latest significant change counts; older ones are told too. */
static void score_change(Scoring *scoring)
{
    Arena *arena  = scoring->call->arena;
    int most      = 0;
    StrList facts = { 0 };

    for (size_t i = 0; i < scoring->line->processes.len; i++) {
        const Process *process = process_of(scoring, scoring->line->processes.at[i]);
        if (process == NULL || date_is_none(process->last_change)) continue;
        int share = share_of_change(scoring, process->last_change);
        if (share == 0) continue;
        if (share > most) most = share;
        *list_push(arena, &facts) = str_fmt(arena, "%.*s changed on %.*s", STR_ARG(process->head.number),
                                            STR_ARG(date_to_human(arena, process->last_change)));
    }
    for (size_t i = 0; i < scoring->data->occurrences.len; i++) {
        const Occurrence *occurrence = &scoring->data->occurrences.at[i];
        if (occurrence->kind != OCCURRENCE_CHANGE || !is_ours(scoring, occurrence->process)) continue;
        int share = share_of_change(scoring, occurrence->happened_on);
        if (share > most) most = share;
        *list_push(arena, &facts) = str_fmt(arena, "%.*s on %.*s", STR_ARG(occurrence->head.number),
                                            STR_ARG(date_to_human(arena, occurrence->happened_on)));
    }
    tell(scoring, most, sentence(scoring, &facts, "no significant change in the last two years"));
}

static Date last_audited(const Scoring *scoring, Id ref, Str *audit)
{
    Date last = { 0 };

    for (size_t i = 0; i < scoring->data->audits.len; i++) {
        const Audit *one = &scoring->data->audits.at[i];
        if (!id_list_has(&one->refs, ref) && !id_list_has(&one->covered_refs, ref)) continue;
        last   = one->last_day; /* they come by their last day */
        *audit = one->head.number;
    }
    return last;
}

/* What was audited longest ago counts. */
static bool score_age(Scoring *scoring, Err *err)
{
    Arena *arena = scoring->call->arena;
    IdList never = { 0 }, one = { 0 };
    Date oldest = { 0 };
    Str audit   = { 0 }, words;

    for (size_t i = 0; i < scoring->line->refs.len; i++) {
        Str number = { 0 };
        Date last  = last_audited(scoring, scoring->line->refs.at[i], &number);
        if (date_is_none(last)) id_list_add(arena, &never, scoring->line->refs.at[i]);
        if (date_is_none(last) || (!date_is_none(oldest) && !date_before(last, oldest))) continue;
        oldest  = last;
        audit   = number;
        one.len = 0;
        id_list_add(arena, &one, scoring->line->refs.at[i]);
    }
    if (never.len > 0) {
        if (!say_numbers(scoring->call, &requirement_type, &never, &words, err)) return false;
        tell(scoring, WHOLE, str_fmt(arena, "never audited: %.*s", STR_ARG(words)));
        return true;
    }
    if (!say_numbers(scoring->call, &requirement_type, &one, &words, err)) return false;
    int months = date_is_none(oldest) ? 0 : months_between(oldest, scoring->data->day);
    tell(scoring, months > 0 ? months * WHOLE / scoring->data->cycle_months : 0,
         str_fmt(arena, "%.*s longest ago, in %.*s to %.*s: %d of the %d months of the cycle", STR_ARG(words),
                 STR_ARG(audit), STR_ARG(date_to_human(arena, oldest)), months > 0 ? months : 0,
                 scoring->data->cycle_months));
    return true;
}

/* ---- the whole ---- */

void importance_interval(int score, bool has_clauses, int cycle_months, int *from, int *to)
{
    static const struct {
        int score, from, to;
    } bands[] = { { 75, 6, 12 }, { 50, 12, 12 }, { 25, 18, 24 } };

    *from = *to = cycle_months > 60 ? 60 : cycle_months;
    for (size_t i = 0; i < countof(bands); i++) {
        if (score < bands[i].score) continue;
        *from = bands[i].from;
        *to   = bands[i].to;
        break;
    }
    if (has_clauses && *to > 12) *from = *to = 12;
}

Str importance_interval_words(Arena *arena, int from, int to)
{
    return from == to ? str_fmt(arena, "every %d months", to) : str_fmt(arena, "every %d to %d months", from, to);
}

static void score_sum(const Scoring *scoring, Importance *out)
{
    int64_t sum = 0, weights = 0;
    Buf words = buf_open(scoring->call->arena, 60000);

    for (size_t i = 0; i < countof(parts); i++) {
        const ImportancePart *part = &out->parts[i];
        sum += (int64_t)part->weight * part->permille;
        weights += part->weight;
        buf_fmt(&words, "%s %d of %d: %.*s.\n", parts[i].label, (part->weight * part->permille + WHOLE / 2) / WHOLE,
                part->weight, STR_ARG(part->words));
    }
    if (weights > 0) out->score = (int)((sum * 100 + weights * WHOLE / 2) / (weights * WHOLE));
    importance_interval(out->score, touches(scoring, &scoring->data->clauses), scoring->data->cycle_months,
                        &out->months_from, &out->months_to);
    buf_fmt(&words, "Together %d of 100. Suggested: %.*s.", out->score,
            STR_ARG(importance_interval_words(scoring->call->arena, out->months_from, out->months_to)));
    out->words = buf_str(&words);
}

bool importance_of(Call *call, const ImportanceData *data, const ProgrammeLine *line, Importance *out, Err *err)
{
    static void (*const scores[])(Scoring * scoring) = {
        [IMPORTANCE_CRITICALITY] = score_criticality, [IMPORTANCE_RISK] = score_risk,
        [IMPORTANCE_FINDINGS] = score_findings,       [IMPORTANCE_INCIDENTS] = score_incidents,
        [IMPORTANCE_CHANGE] = score_change,
    };
    Scoring scoring = { call, data, line, NULL };

    *out = (Importance){ 0 };
    for (size_t i = 0; i < countof(parts); i++)
        out->parts[i].weight = data->weights[i];
    for (size_t i = 0; i < countof(scores); i++) {
        scoring.part = &out->parts[i];
        scores[i](&scoring);
    }
    scoring.part = &out->parts[IMPORTANCE_AGE];
    if (!score_age(&scoring, err)) return false;
    score_sum(&scoring, out);
    return true;
}
