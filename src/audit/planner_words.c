/* SPDX-License-Identifier: Apache-2.0
 * The planner's reasons and conflicts in sentences, with people, references and days. */
#include <stdlib.h>
#include <string.h>

#include "audit/planner_inside.h"
#include "base/buf.h"

enum { MONTHS_IN_QUARTER = 3, RUN_MIN = 3, LINES_TOLD = 5 };

/* ---- references, days, names ---- */

/* "A.8.25" is "A.8." and 25; false where it ends in no number. */
static bool ref_split(Str ref, Str *stem, int64_t *last)
{
    size_t at = ref.len;

    while (at > 0 && ref.ptr[at - 1] >= '0' && ref.ptr[at - 1] <= '9')
        at--;
    *stem = str_slice(ref, 0, at);
    return str_to_i64(str_slice(ref, at, ref.len - at), 0, INT32_MAX, last);
}

static bool ref_follows(Str before, Str ref)
{
    Str stem, other;
    int64_t last, next;

    return ref_split(before, &stem, &last) && ref_split(ref, &other, &next) && str_eq(stem, other) && next == last + 1;
}

Str plan_refs_words(Arena *arena, const PlanLine *line, const size_t *refs, size_t len)
{
    StrList parts = { 0 };

    for (size_t i = 0, end; i < len; i = end) {
        for (end = i + 1; end < len && ref_follows(line->refs[refs[end - 1]].ref, line->refs[refs[end]].ref);)
            end++;
        if (end - i < RUN_MIN) end = i + 1;
        Str first = line->refs[refs[i]].ref;
        *list_push(arena, &parts) =
            end - i < RUN_MIN ? first
                              : str_fmt(arena, "%.*s to %.*s", STR_ARG(first), STR_ARG(line->refs[refs[end - 1]].ref));
    }
    return str_sentence(arena, &parts);
}

static Str line_refs_words(Arena *arena, const PlanLine *line)
{
    size_t *all = arena_array(arena, size_t, line->refs_len);

    for (size_t i = 0; i < line->refs_len; i++)
        all[i] = i;
    return plan_refs_words(arena, line, all, line->refs_len);
}

Str plan_span_words(Arena *arena, Date from, Date to)
{
    Str first = date_to_human(arena, from), last = date_to_human(arena, to); /* "18 Mar 2027" */

    if (date_to_ymd(from).year == date_to_ymd(to).year && first.len > 5) first = str_slice(first, 0, first.len - 5);
    return str_fmt(arena, "%.*s to %.*s", STR_ARG(first), STR_ARG(last));
}

/* "18 Mar to 17 Jun 2027 and 18 Dec 2027 to 17 Mar 2028" */
static Str quarters_words(const PlanWork *work, uint32_t quarters)
{
    const PlanProblem *problem = work->problem;
    StrList spans              = { 0 };

    for (int i = 0, end; i < problem->quarters_len; i = end) {
        end = i + 1;
        if (!(quarters >> i & 1)) continue;
        while (end < problem->quarters_len && quarters >> end & 1)
            end++;
        *list_push(work->arena, &spans) =
            plan_span_words(work->arena, problem->quarters[i].from, problem->quarters[end - 1].to);
    }
    return str_sentence(work->arena, &spans);
}

static Str people_words(const PlanWork *work, uint64_t people)
{
    StrList names = { 0 };

    for (size_t i = 0; i < work->problem->auditors_len; i++) {
        if (people >> i & 1) *list_push(work->arena, &names) = work->problem->auditors[i].name;
    }
    return str_sentence(work->arena, &names);
}

static Str subjects_words(const PlanWork *work, uint64_t subjects)
{
    StrList names = { 0 };

    for (size_t i = 0; i < work->problem->subjects_len; i++) {
        if (subjects >> i & 1) *list_push(work->arena, &names) = work->problem->subjects[i];
    }
    return str_sentence(work->arena, &names);
}

static Str days_words(Arena *arena, int days)
{
    return days == 1 ? STR("1 day") : str_fmt(arena, "%d days", days);
}

static Str line_words(Arena *arena, const PlanLine *line)
{
    return str_fmt(arena, "%.*s %.*s", STR_ARG(line->number), STR_ARG(line->title));
}

/* ---- what a line's rule is ---- */

static Str due_words(const PlanWork *work, const PlanVisit *visit)
{
    Arena *arena         = work->arena;
    const PlanLine *line = &work->problem->lines[visit->line];

    switch (visit->due) {
    case DUE_YEARLY:
        return str_fmt(arena, "It carries clauses, which are audited each year: year %d of %d", visit->nth, visit->of);
    case DUE_INTERVAL:
        return str_fmt(arena, "It is audited every %d months: %d of %d", line->interval * MONTHS_IN_QUARTER, visit->nth,
                       visit->of);
    case DUE_TWICE:
        return str_fmt(arena, "It is of high importance, so audited twice in the programme: %d of 2", visit->nth);
    case DUE_CYCLE: break;
    }
    return STR("It is audited once in the programme");
}

/* ---- reasons of one audit ---- */

static void reason_add(PlanWork *work, PlannedAudit *audit, Str sentence)
{
    *list_push(work->arena, &audit->reasons) = str_fmt(work->arena, "%.*s.", STR_ARG(sentence));
}

static void reason_when(PlanWork *work, const PlanHold *hold, PlannedAudit *audit)
{
    const PlanLine *line   = &work->problem->lines[audit->line];
    uint32_t open          = plan_visit_quarters(work->problem, work->visits, hold, audit->visit);
    const PlanVisit *visit = &work->visits->at[audit->visit];

    if (open != visit->quarters)
        reason_add(work, audit, str_fmt(work->arena, "The line allows only %.*s", STR_ARG(quarters_words(work, open))));
    if (audit->quarter != __builtin_ctz(open)) {
        Str spans = quarters_words(work, open);
        reason_add(work, audit,
                   str_fmt(work->arena, "Of %.*s, this quarter keeps people's days most even", STR_ARG(spans)));
        return;
    }
    reason_add(work, audit,
               line->is_high ? STR("As it is of high importance, it comes in the first quarter open to it")
                             : STR("It comes in the first quarter open to it"));
}

static const PlanKept *kept_before(const PlanLine *line, int quarter)
{
    const PlanKept *last = NULL;

    for (size_t i = 0; i < line->kept_len; i++) {
        if (line->kept[i].quarter <= quarter) last = &line->kept[i];
    }
    return last;
}

/* "A.8.23 (did CA-9)": what the lead leaves to others in that quarter; empty: nothing bars him. */
static Str barred_words(const PlanWork *work, const PlannedAudit *audit)
{
    const PlanLine *line = &work->problem->lines[audit->line];
    StrList parts        = { 0 };

    for (size_t i = 0; i < line->bars_len; i++) {
        const PlanBar *bar = &line->bars[i];
        if (bar->auditor != audit->team[0].auditor || !(bar->quarters >> audit->quarter & 1)) continue;
        *list_push(work->arena, &parts) =
            str_fmt(work->arena, "%.*s (%.*s)", STR_ARG(plan_refs_words(work->arena, line, bar->refs, bar->refs_len)),
                    STR_ARG(bar->why));
    }
    return str_sentence(work->arena, &parts);
}

static void reason_lead(PlanWork *work, PlannedAudit *audit)
{
    Str barred                 = barred_words(work, audit);
    const PlanSeat *lead       = &audit->team[0];
    const PlanAuditor *auditor = &work->problem->auditors[lead->auditor];
    const PlanKept *last       = kept_before(&work->problem->lines[audit->line], audit->quarter);
    int free                   = auditor->days[audit->quarter];
    Buf text                   = buf_open(work->arena, 2000);

    if (barred.len == 0)
        buf_fmt(&text, "%.*s may lead, is apart from what is audited", STR_ARG(auditor->name));
    else
        buf_fmt(&text, "%.*s may lead, leaves %.*s to others", STR_ARG(auditor->name), STR_ARG(barred));
    if (free >= PLAN_UNLIMITED)
        buf_fmt(&text, " and gives %.*s", STR_ARG(days_words(work->arena, lead->days)));
    else
        buf_fmt(&text, " and gives %d of %.*s free in the quarter", lead->days, STR_ARG(days_words(work->arena, free)));
    if (last != NULL && last->lead >= 0)
        buf_fmt(&text, last->lead == (int)lead->auditor ? "; %.*s had the same lead" : "; %.*s had another lead",
                STR_ARG(last->number));
    if (lead->refs_len > 0 && audit->team_len > 1)
        buf_fmt(&text, "; takes %.*s",
                STR_ARG(plan_refs_words(work->arena, &work->problem->lines[audit->line], lead->refs, lead->refs_len)));
    reason_add(work, audit, buf_str(&text));
}

/* Why the lead may not take what is given to another; NULL: nothing bars him from it. */
static const PlanBar *bar_between(const PlanLine *line, size_t lead, const PlanSeat *seat, int quarter)
{
    for (size_t i = 0; i < line->bars_len; i++) {
        const PlanBar *bar = &line->bars[i];
        if (bar->auditor != lead || !(bar->quarters >> quarter & 1)) continue;
        for (size_t k = 0; k < bar->refs_len; k++) {
            for (size_t r = 0; r < seat->refs_len; r++) {
                if (seat->refs[r] == bar->refs[k]) return bar;
            }
        }
    }
    return NULL;
}

static void reason_member(PlanWork *work, PlannedAudit *audit, const PlanSeat *seat)
{
    const PlanLine *line       = &work->problem->lines[audit->line];
    const PlanAuditor *auditor = &work->problem->auditors[seat->auditor];
    const PlanAuditor *lead    = &work->problem->auditors[audit->team[0].auditor];
    const PlanBar *bar         = bar_between(line, audit->team[0].auditor, seat, audit->quarter);
    uint64_t adds              = line->subjects & auditor->subjects & ~lead->subjects;
    Buf text                   = buf_open(work->arena, 4000);

    buf_fmt(&text, "%.*s gives %.*s", STR_ARG(auditor->name), STR_ARG(days_words(work->arena, seat->days)));
    if (seat->refs_len > 0)
        buf_fmt(&text, " and takes %.*s", STR_ARG(plan_refs_words(work->arena, line, seat->refs, seat->refs_len)));
    if (bar != NULL)
        buf_fmt(&text, ": %.*s %.*s", STR_ARG(lead->name), STR_ARG(bar->why));
    else if (adds != 0)
        buf_fmt(&text, ", with knowledge of %.*s", STR_ARG(subjects_words(work, adds)));
    else
        buf_add_c(&text, ", so that days stay even");
    reason_add(work, audit, buf_str(&text));
}

void plan_tell_audit(PlanWork *work, const PlanHold *hold, PlannedAudit *audit)
{
    reason_add(work, audit, due_words(work, &work->visits->at[audit->visit]));
    reason_when(work, hold, audit);
    reason_lead(work, audit);
    for (size_t i = 1; i < audit->team_len; i++)
        reason_member(work, audit, &audit->team[i]);
}

/* ---- conflicts ---- */

static bool has_kind(const PlanConflict *conflict, PlanNeedKind kind)
{
    for (size_t i = 0; i < conflict->len; i++) {
        if (conflict->at[i].kind == kind) return true;
    }
    return false;
}

/* The quarters in which the audits of the conflict may be held. */
static uint32_t conflict_quarters(const PlanWork *work, const PlanConflict *conflict)
{
    uint32_t quarters = 0;

    for (size_t i = 0; i < conflict->len; i++) {
        if (conflict->at[i].kind != PLAN_NEEDS_AUDIT) continue;
        const PlanVisit *visit = &work->visits->at[conflict->at[i].visit];
        uint32_t open          = visit->quarters & work->problem->lines[visit->line].quarters;
        quarters |= open != 0 ? open : visit->quarters;
    }
    return quarters;
}

static Str audit_words(const PlanWork *work, const PlanVisit *visit)
{
    const PlanLine *line = &work->problem->lines[visit->line];

    return str_fmt(work->arena, "%.*s (%.*s) is due once in %.*s and takes %.*s of work",
                   STR_ARG(line_words(work->arena, line)), STR_ARG(line_refs_words(work->arena, line)),
                   STR_ARG(quarters_words(work, visit->quarters)), STR_ARG(days_words(work->arena, line->days)));
}

static Str window_words(const PlanWork *work, const PlanLine *line)
{
    Str spans = quarters_words(work, line->quarters);

    if (spans.len == 0) return str_fmt(work->arena, "the window of %.*s holds no whole quarter", STR_ARG(line->number));
    return str_fmt(work->arena, "%.*s may be audited in %.*s only", STR_ARG(line->number), STR_ARG(spans));
}

static Str lead_words(const PlanWork *work, const PlanLine *line)
{
    uint64_t leads = 0;

    for (size_t i = 0; i < work->problem->auditors_len; i++)
        leads |= (uint64_t)work->problem->auditors[i].may_lead << i;
    if (leads == 0) return str_fmt(work->arena, "%.*s needs a lead auditor, and there is none", STR_ARG(line->number));
    return str_fmt(work->arena, "%.*s needs a lead auditor: %.*s", STR_ARG(line->number),
                   STR_ARG(people_words(work, leads)));
}

static Str subject_words(const PlanWork *work, const PlanLine *line, size_t subject)
{
    uint64_t people = 0;
    Str name        = work->problem->subjects[subject];

    for (size_t i = 0; i < work->problem->auditors_len; i++)
        people |= (work->problem->auditors[i].subjects >> subject & 1) << i;
    if (people == 0)
        return str_fmt(work->arena, "%.*s needs knowledge of %.*s, and nobody has it", STR_ARG(line->number),
                       STR_ARG(name));
    return str_fmt(work->arena, "%.*s needs knowledge of %.*s, which only %.*s %s", STR_ARG(line->number),
                   STR_ARG(name), STR_ARG(people_words(work, people)),
                   __builtin_popcountll(people) == 1 ? "has" : "have");
}

/* "Gareth Lowe has 3 days in 18 Mar to 17 Jun 2027 and none in …" */
static Str person_days_words(const PlanWork *work, size_t index, uint32_t quarters)
{
    const PlanAuditor *auditor = &work->problem->auditors[index];
    StrList parts              = { 0 };

    for (int i = 0, end; i < work->problem->quarters_len; i = end) {
        uint32_t same = 0;
        end           = i + 1;
        if (!(quarters >> i & 1)) continue;
        for (end = i;
             end < work->problem->quarters_len && auditor->days[end] == auditor->days[i] && quarters >> end & 1; end++)
            same |= (uint32_t)1 << end;
        Str days = auditor->days[i] == 0                ? STR("no days")
                   : auditor->days[i] >= PLAN_UNLIMITED ? STR("days without limit")
                                                        : days_words(work->arena, auditor->days[i]);
        *list_push(work->arena, &parts) =
            str_fmt(work->arena, "%.*s%s in %.*s", STR_ARG(days),
                    end - i > 1 && auditor->days[i] > 0 && auditor->days[i] < PLAN_UNLIMITED ? " a quarter" : "",
                    STR_ARG(quarters_words(work, same)));
    }
    Str all = str_fmt(work->arena, "%.*s has %.*s", STR_ARG(auditor->name), STR_ARG(str_sentence(work->arena, &parts)));
    return auditor->limit.len == 0 ? all : str_fmt(work->arena, "%.*s: %.*s", STR_ARG(all), STR_ARG(auditor->limit));
}

static Str apart_words(const PlanWork *work, const PlanLine *line, size_t auditor)
{
    StrList parts = { 0 };

    for (size_t i = 0; i < line->bars_len; i++) {
        const PlanBar *bar = &line->bars[i];
        if (bar->auditor != auditor) continue;
        *list_push(work->arena, &parts) =
            str_fmt(work->arena, "%.*s (%.*s)", STR_ARG(bar->why),
                    STR_ARG(plan_refs_words(work->arena, line, bar->refs, bar->refs_len)));
    }
    return str_fmt(work->arena, "%.*s %.*s", STR_ARG(work->problem->auditors[auditor].name),
                   STR_ARG(str_sentence(work->arena, &parts)));
}

static Str need_words(const PlanWork *work, const PlanConflict *conflict, const PlanNeed *need)
{
    const PlanLine *line = &work->problem->lines[need->line];

    switch (need->kind) {
    case PLAN_NEEDS_AUDIT: return audit_words(work, &work->visits->at[need->visit]);
    case PLAN_NEEDS_WINDOW: return window_words(work, line);
    case PLAN_NEEDS_LEAD: return lead_words(work, line);
    case PLAN_NEEDS_SUBJECT: return subject_words(work, line, need->subject);
    case PLAN_NEEDS_DAYS: return person_days_words(work, need->auditor, conflict_quarters(work, conflict));
    case PLAN_NEEDS_APART: break;
    }
    return apart_words(work, line, need->auditor);
}

/* Who could lead, or take a reference of the visit, if days did not count. */
static uint64_t who_could(PlanWork *work, size_t visit, bool lead)
{
    PlanHold hold   = plan_hold_all(work->arena, work->problem, work->visits);
    uint32_t when   = plan_visit_quarters(work->problem, work->visits, &hold, visit);
    size_t index    = work->visits->at[visit].line;
    PlanTeams teams = plan_teams(work->arena, work->problem, &hold, index, when);
    uint64_t leads = 0, members = 0, takers = 0;

    for (size_t i = 0; i < teams.len; i++)
        members |= teams.at[i].members, leads |= teams.at[i].leads;
    for (; when != 0; when &= when - 1) {
        for (size_t i = 0; i < work->problem->lines[index].refs_len; i++)
            takers |= plan_may_take(work->problem, &hold, index, i, __builtin_ctz(when));
    }
    return lead ? leads : members & takers;
}

/* "an auditor apart from the work with knowledge of development": what of this the conflict speaks of. */
static Str wanted_words(const PlanWork *work, const PlanConflict *conflict)
{
    uint64_t subjects = 0;
    Buf text          = buf_open(work->arena, 2000);

    buf_add_c(&text, has_kind(conflict, PLAN_NEEDS_LEAD) ? "a lead auditor" : "an auditor");
    if (has_kind(conflict, PLAN_NEEDS_APART)) buf_add_c(&text, " apart from what is audited");
    for (size_t i = 0; i < conflict->len; i++) {
        if (conflict->at[i].kind == PLAN_NEEDS_SUBJECT) subjects |= (uint64_t)1 << conflict->at[i].subject;
    }
    if (subjects != 0) buf_fmt(&text, " with knowledge of %.*s", STR_ARG(subjects_words(work, subjects)));
    return buf_str(&text);
}

static Str whole_of_one(PlanWork *work, const PlanConflict *conflict)
{
    const PlanVisit *visit = &work->visits->at[conflict->at[0].visit];
    const PlanLine *line   = &work->problem->lines[visit->line];
    uint64_t people        = who_could(work, conflict->at[0].visit, has_kind(conflict, PLAN_NEEDS_LEAD));
    Str refs               = line_refs_words(work->arena, line);
    Str when               = quarters_words(work, conflict_quarters(work, conflict));

    if ((visit->quarters & line->quarters) == 0)
        return str_fmt(work->arena, "%.*s is due in %.*s, which its window leaves out",
                       STR_ARG(line_words(work->arena, line)), STR_ARG(when));
    Str wanted = str_fmt(work->arena, "%.*s (%.*s) needs %.*s in %.*s", STR_ARG(line_words(work->arena, line)),
                         STR_ARG(refs), STR_ARG(wanted_words(work, conflict)), STR_ARG(when));
    if (people == 0) return str_fmt(work->arena, "%.*s; nobody is that", STR_ARG(wanted));
    return str_fmt(work->arena, "%.*s; only %.*s could, with too few days for the %.*s of work", STR_ARG(wanted),
                   STR_ARG(people_words(work, people)), STR_ARG(days_words(work->arena, line->days)));
}

/* "L-01, L-02 and L-03", "L-01, L-02, L-03, L-04, L-05 and 37 more audits" */
static Str audits_words(const PlanWork *work, const PlanConflict *conflict)
{
    StrList lines = { 0 };
    size_t count  = 0;

    for (size_t i = 0; i < conflict->len && conflict->at[i].kind == PLAN_NEEDS_AUDIT; i++) {
        Str number = work->problem->lines[conflict->at[i].line].number;
        bool again = lines.len > 0 && str_eq(lines.at[lines.len - 1], number);
        count++;
        if (!again && lines.len < LINES_TOLD) *list_push(work->arena, &lines) = number;
    }
    if (count > lines.len)
        *list_push(work->arena, &lines) =
            str_fmt(work->arena, "%zu more audit%s", count - lines.len, count - lines.len == 1 ? "" : "s");
    return str_sentence(work->arena, &lines);
}

/* Several audits get in each other's way through people's days only. */
static Str whole_of_many(PlanWork *work, const PlanConflict *conflict)
{
    uint32_t quarters = conflict_quarters(work, conflict);
    uint64_t people   = 0;
    int needed = 0, free = 0;

    for (size_t i = 0; i < conflict->len; i++) {
        const PlanNeed *need = &conflict->at[i];
        if (need->kind == PLAN_NEEDS_AUDIT) needed += work->problem->lines[need->line].days;
        if (need->kind == PLAN_NEEDS_DAYS) people |= (uint64_t)1 << need->auditor;
        for (int quarter = 0; need->kind == PLAN_NEEDS_DAYS && quarter < work->problem->quarters_len; quarter++) {
            if (quarters >> quarter & 1) free += work->problem->auditors[need->auditor].days[quarter];
        }
    }
    return str_fmt(work->arena,
                   "%.*s need %.*s of work in %.*s; it is for %.*s, who %s %.*s there in all, and no way of laying the "
                   "audits fits",
                   STR_ARG(audits_words(work, conflict)), STR_ARG(days_words(work->arena, needed)),
                   STR_ARG(quarters_words(work, quarters)), STR_ARG(people_words(work, people)),
                   __builtin_popcountll(people) == 1 ? "has" : "have", STR_ARG(days_words(work->arena, free)));
}

/* When the other audits of the line are due that fail for the same cause. */
static Str others_words(const PlanWork *work, const PlanConflict *conflict)
{
    uint32_t quarters = 0;

    for (size_t i = 0; i < conflict->left_out_len; i++) {
        if (conflict->left_out[i] != conflict->at[0].visit)
            quarters |= work->visits->at[conflict->left_out[i]].quarters;
    }
    return quarters_words(work, quarters);
}

void plan_tell_conflict(PlanWork *work, PlanConflict *conflict)
{
    bool is_one = conflict->len < 2 || conflict->at[1].kind != PLAN_NEEDS_AUDIT;

    for (size_t i = 0; i < conflict->len; i++)
        conflict->at[i].words = need_words(work, conflict, &conflict->at[i]);
    conflict->words = is_one ? whole_of_one(work, conflict) : whole_of_many(work, conflict);
    if (conflict->left_out_len > 1)
        conflict->words = str_fmt(work->arena, "%.*s; so it is in %.*s too", STR_ARG(conflict->words),
                                  STR_ARG(others_words(work, conflict)));
}
