/* SPDX-License-Identifier: Apache-2.0
 * From records to the planner's problem. People, processes and earlier audits are read once for all lines; independence
 * is asked once for each auditor and quarter, of all references together. */
#include "audit/programme_plan.h"

#include "audit/independence.h"
#include "audit/team.h"
#include "base/hash.h"
#include "org/calendar.h"
#include "org/organisation.h"
#include "org/person.h"
#include "org/qualification.h"
#include "org/requirement.h"
#include "record/row.h"

enum {
    QUARTER_MONTHS  = 3,
    DAYS_ASSUMED    = 2, /* of a line that names none */
    WINDOW_DAYS_MIN = 14 /* of a quarter that must be left to hold an audit in it */
};

typedef struct {
    Call *call;
    ProgrammePlan *out;
    PlanQuarter *quarters;
    PlanAuditor *auditors;
    PlanLine *lines;
    StrList subjects; /* as people compare them: folded */
    IdList all_refs;
    IdList silent; /* lines that name no days */
} Making;

static Arena *arena_of(const Making *making)
{
    return making->call->arena;
}

/* ---- quarters ---- */

static bool make_first_day(Making *making, Err *err)
{
    const Programme *programme = &making->out->programme;
    Organisation organisation;
    Workdays workdays;
    bool found;
    int32_t notice = programme->notice_days.set ? (int32_t)programme->notice_days.value : 0;
    Date first     = date_add_days(making->call->today, notice);

    if (!organisation_load(making->call, &organisation, &found, err) ||
        !calendar_of_site(making->call, organisation.site, &workdays, err))
        return false;
    if (date_before(first, programme->period_from)) first = programme->period_from;
    making->out->first_day = workday_on_or_after(&workdays, first);
    return true;
}

static void make_quarters(Making *making)
{
    const Programme *programme = &making->out->programme;
    PlanProblem *problem       = &making->out->problem;
    Date from                  = programme->period_from;

    making->quarters = arena_array(arena_of(making), PlanQuarter, PLAN_QUARTERS_MAX);
    for (int i = 0; i < PLAN_QUARTERS_MAX && !date_before(programme->period_to, from); i++) {
        Date next           = date_add_months(programme->period_from, QUARTER_MONTHS * (i + 1));
        making->quarters[i] = (PlanQuarter){ from, date_min(date_add_days(next, -1), programme->period_to) };
        if (date_days_between(making->out->first_day, making->quarters[i].to) < WINDOW_DAYS_MIN) problem->first = i + 1;
        problem->quarters_len = i + 1;
        from                  = next;
    }
    problem->quarters = making->quarters;
}

/* Quarters that the span leaves two weeks of; a day that is none leaves that side open. */
static uint32_t quarters_within(const Making *making, Date from, Date to)
{
    uint32_t bits = 0;

    for (int i = 0; i < making->out->problem.quarters_len; i++) {
        Date first = date_max(from, making->quarters[i].from), last = date_min(to, making->quarters[i].to);
        if (date_days_between(first, last) + 1 >= WINDOW_DAYS_MIN) bits |= (uint32_t)1 << i;
    }
    return bits;
}

static int quarter_of(const Making *making, Date day)
{
    for (int i = 0; i < making->out->problem.quarters_len; i++) {
        if (!date_before(day, making->quarters[i].from) && !date_before(making->quarters[i].to, day)) return i;
    }
    return -1;
}

/* ---- lines ---- */

/* The bits of "access, network"; subjects that are new are added. */
static uint64_t subjects_read(Making *making, Str text, bool adds)
{
    uint64_t bits = 0;
    Str part;

    while (str_cut(&text, ',', &part)) {
        Str folded = str_fold(arena_of(making), str_trim(part));
        size_t at  = 0;
        while (at < making->subjects.len && !str_eq(making->subjects.at[at], folded))
            at++;
        if (folded.len == 0 || (at == making->subjects.len && (!adds || at == PLAN_SUBJECTS_MAX))) continue;
        if (at == making->subjects.len) *list_push(arena_of(making), &making->subjects) = folded;
        bits |= (uint64_t)1 << at;
    }
    return bits;
}

static bool read_barred_controls(Call *call, IdList *out, Err *err)
{
    RequirementList list = { 0 };

    if (!record_list(call, &requirement_type, &list,
                     STR("id IN (SELECT requirement FROM control WHERE state = 1 AND applicable = 1) ORDER BY id"),
                     NO_BINDS, err))
        return false;
    for (size_t i = 0; i < list.len; i++)
        *list_push(call->arena, out) = list.at[i].head.id;
    return true;
}

/* The references of the line that apply, with their numbers. */
static bool make_line_refs(Making *making, size_t index, const IdList *not_applicable, Err *err)
{
    const ProgrammeLine *line = &making->out->lines.at[index];
    PlanRef *refs             = arena_array(arena_of(making), PlanRef, line->refs.len + 1);
    IdList *ids               = &making->out->refs[index];

    for (size_t i = 0; i < line->refs.len; i++) {
        Requirement requirement;
        if (id_list_has(not_applicable, line->refs.at[i])) continue;
        if (!record_must(making->call, &requirement_type, line->refs.at[i], &requirement, err)) return false;
        refs[ids->len] = (PlanRef){ requirement.head.number, requirement.kind == REQUIREMENT_REQUIREMENT };
        *list_push(arena_of(making), ids) = requirement.head.id;
        id_list_add(arena_of(making), &making->all_refs, requirement.head.id);
    }
    making->lines[index].refs     = refs;
    making->lines[index].refs_len = ids->len;
    return true;
}

static int quarters_of_interval(Int months)
{
    return months.set ? ((int)months.value + QUARTER_MONTHS - 1) / QUARTER_MONTHS : 0;
}

static bool make_line(Making *making, size_t index, const ImportanceData *data, const IdList *not_applicable, Err *err)
{
    const ProgrammeLine *line = &making->out->lines.at[index];
    Importance *importance    = &making->out->importance[index];

    if (!importance_of(making->call, data, line, importance, err)) return false;
    if (!line->days.set) id_list_add(arena_of(making), &making->silent, line->head.id);
    making->lines[index] = (PlanLine){
        .number   = line->head.number,
        .title    = line->title,
        .subjects = subjects_read(making, line->subjects, true),
        .quarters = quarters_within(making, line->window_from, line->window_to),
        .interval = quarters_of_interval(line->interval_months),
        .days     = line->days.set && line->days.value > 0 ? (int)line->days.value : DAYS_ASSUMED,
        .is_high  = importance->score >= IMPORTANCE_HIGH,
    };
    return make_line_refs(making, index, not_applicable, err);
}

/* Lines of which nothing applies are no lines to plan. */
static bool make_lines(Making *making, Err *err)
{
    Call *call            = making->call;
    ProgrammePlan *out    = making->out;
    IdList not_applicable = { 0 };
    ProgrammeLineList all = { 0 };
    ImportanceData data;

    if (!programme_lines(call, out->programme.head.id, &all, err) ||
        !importance_read(call, &out->programme, call->today, &data, err) ||
        !read_barred_controls(call, &not_applicable, err))
        return false;
    for (size_t i = 0; i < all.len && out->lines.len < PLAN_LINES_MAX; i++) {
        IdList left = { 0 };
        for (size_t k = 0; k < all.at[i].refs.len; k++) {
            if (!id_list_has(&not_applicable, all.at[i].refs.at[k]))
                id_list_add(call->arena, &left, all.at[i].refs.at[k]);
        }
        if (left.len > 0) *list_push(call->arena, &out->lines) = all.at[i];
    }
    making->lines   = arena_array(call->arena, PlanLine, out->lines.len + 1);
    out->refs       = arena_array(call->arena, IdList, out->lines.len + 1);
    out->importance = arena_array(call->arena, Importance, out->lines.len + 1);
    for (size_t i = 0; i < out->lines.len; i++) {
        if (!make_line(making, i, &data, &not_applicable, err)) return false;
    }
    out->problem.lines     = making->lines;
    out->problem.lines_len = out->lines.len;
    return true;
}

/* ---- auditors ---- */

/* Days count in quarters in which the qualification holds throughout and the person is still here. */
static void auditor_days(const Making *making, PlanAuditor *auditor, const Qualification *q, const Person *person)
{
    int days = q->days_per_quarter.set ? (int)q->days_per_quarter.value : PLAN_UNLIMITED;

    for (int i = making->out->problem.first; i < making->out->problem.quarters_len; i++) {
        bool is_here = date_is_none(person->last_day) || !date_before(person->last_day, making->quarters[i].to);
        bool holds =
            qualification_is_valid(q, making->quarters[i].from) && qualification_is_valid(q, making->quarters[i].to);
        if (is_here && holds) auditor->days[i] = days;
    }
}

static Str auditor_limit(const Making *making, const Qualification *q, const Person *person)
{
    Arena *arena = arena_of(making);
    Date ends    = making->out->programme.period_to;

    if (date_before(person->last_day, ends))
        return str_fmt(arena, "last day %.*s", STR_ARG(date_to_human(arena, person->last_day)));
    if (date_before(q->valid_to, ends))
        return str_fmt(arena, "qualification %.*s valid to %.*s", STR_ARG(q->head.number),
                       STR_ARG(date_to_human(arena, q->valid_to)));
    return (Str){ 0 };
}

/* One of several qualifications of a person: the highest that is not over today. One that ends before any audit may
 * begin gives no days, but its holder is named in conflicts. */
static bool is_over(const Making *making, const Qualification *q)
{
    return q->head.state < QUALIFICATION_QUALIFIED || q->head.state > QUALIFICATION_LEAD ||
           date_before(q->valid_to, making->call->today);
}

static bool make_auditors(Making *making, Err *err)
{
    QualificationList list = { 0 };
    PlanProblem *problem   = &making->out->problem;

    making->auditors = arena_array(arena_of(making), PlanAuditor, PLAN_AUDITORS_MAX);
    if (!record_list(making->call, &qualification_type, &list, STR("level >= 3 ORDER BY level DESC, number, id"),
                     NO_BINDS, err))
        return false;
    for (size_t i = 0; i < list.len; i++) {
        const Qualification *q = &list.at[i];
        Person person;
        if (is_over(making, q) || id_list_has(&making->out->auditors, q->person)) continue;
        if (problem->auditors_len == PLAN_AUDITORS_MAX) {
            *list_push(arena_of(making), &making->out->notes) =
                str_fmt(arena_of(making), "Only the first %d auditors are considered, leads first.", PLAN_AUDITORS_MAX);
            break;
        }
        if (!record_must(making->call, &person_type, q->person, &person, err)) return false;
        PlanAuditor *auditor = &making->auditors[problem->auditors_len++];
        *auditor             = (PlanAuditor){ .name     = person.name,
                                              .may_lead = q->level == LEVEL_LEAD,
                                              .subjects = subjects_read(making, q->subjects, false),
                                              .limit    = auditor_limit(making, q, &person) };
        auditor_days(making, auditor, q, &person);
        id_list_add(arena_of(making), &making->out->auditors, q->person);
    }
    problem->auditors = making->auditors;
    return true;
}

/* ---- what bars them ---- */

typedef struct {
    PlanBar *at;
    size_t len, cap;
} Bars;

static bool bar_is_same(const PlanBar *bar, size_t auditor, Str why, const size_t *refs, size_t refs_len)
{
    if (bar->auditor != auditor || bar->refs_len != refs_len || !str_eq(bar->why, why)) return false;
    for (size_t i = 0; i < refs_len; i++) {
        if (bar->refs[i] != refs[i]) return false;
    }
    return true;
}

static void bar_add(Making *making, Bars *bars, const IdList *line_refs, size_t auditor, int quarter,
                    const IndependenceFact *fact)
{
    size_t *refs = arena_array(arena_of(making), size_t, line_refs->len + 1), len = 0;

    for (size_t i = 0; i < line_refs->len; i++) {
        if (id_list_has(&fact->refs, line_refs->at[i])) refs[len++] = i;
    }
    if (len == 0) return;
    for (size_t i = 0; i < bars->len; i++) {
        if (!bar_is_same(&bars->at[i], auditor, fact->text, refs, len)) continue;
        bars->at[i].quarters |= (uint32_t)1 << quarter;
        return;
    }
    *list_push(arena_of(making), bars) = (PlanBar){ auditor, (uint32_t)1 << quarter, refs, len, fact->text };
}

static bool bars_of(Making *making, Bars *bars, size_t auditor, int quarter, Err *err)
{
    Audit audit    = { .programme = making->out->programme.head.id, .start = making->quarters[quarter].from };
    FactList facts = { 0 };

    if (date_before(audit.start, making->out->first_day)) audit.start = making->out->first_day;
    if (!independence_facts(making->call, &audit, making->out->auditors.at[auditor], &making->all_refs, &facts, err))
        return false;
    for (size_t i = 0; i < facts.len; i++) {
        if (fact_is(&facts.at[i], "G-02")) continue;
        for (size_t line = 0; line < making->out->lines.len; line++)
            bar_add(making, &bars[line], &making->out->refs[line], auditor, quarter, &facts.at[i]);
    }
    return true;
}

static bool make_bars(Making *making, Err *err)
{
    const PlanProblem *problem = &making->out->problem;
    Bars *bars                 = arena_array(arena_of(making), Bars, problem->lines_len + 1);

    for (size_t auditor = 0; auditor < problem->auditors_len; auditor++) {
        for (int quarter = problem->first; quarter < problem->quarters_len; quarter++) {
            if (!bars_of(making, bars, auditor, quarter, err)) return false;
        }
    }
    for (size_t i = 0; i < problem->lines_len; i++) {
        making->lines[i].bars     = bars[i].at;
        making->lines[i].bars_len = bars[i].len;
    }
    return true;
}

/* ---- audits that there are ---- */

typedef struct {
    PlanKept *at;
    size_t len, cap;
} Kept;

static int auditor_index(const Making *making, Id person)
{
    for (size_t i = 0; i < making->out->auditors.len; i++) {
        if (id_eq(making->out->auditors.at[i], person)) return (int)i;
    }
    return -1;
}

static bool audit_has_line(const Making *making, const Audit *audit, size_t line)
{
    if (id_list_has(&audit->lines, making->out->lines.at[line].head.id)) return true;
    for (size_t i = 0; i < making->out->refs[line].len; i++) {
        Id ref = making->out->refs[line].at[i];
        if (!id_list_has(&audit->refs, ref) && !id_list_has(&audit->covered_refs, ref)) return false;
    }
    return true;
}

static void days_take(Making *making, Id person, int quarter, int days)
{
    int index = auditor_index(making, person);

    if (index < 0) return;
    PlanAuditor *auditor = &making->auditors[index];
    auditor->taken[quarter] += days;
    if (auditor->days[quarter] < PLAN_UNLIMITED)
        auditor->days[quarter] -= days < auditor->days[quarter] ? days : auditor->days[quarter];
}

/* The lead and the auditors share what nobody wrote down. */
static bool team_days(Making *making, const Audit *audit, int quarter, int work, Err *err)
{
    TeamMemberList members = { 0 };
    bool has_lead          = false;
    int size               = 0;

    if (!team_members(making->call, audit->head.id, &members, err)) return false;
    for (size_t i = 0; i < members.len; i++) {
        has_lead = has_lead || id_eq(members.at[i].person, audit->lead);
        size += members.at[i].part <= TEAM_AUDITOR ? 1 : 0;
    }
    size += has_lead ? 0 : 1;
    int share = size > 0 ? (work + size - 1) / size : work;
    if (!has_lead) days_take(making, audit->lead, quarter, share);
    for (size_t i = 0; i < members.len; i++) {
        const TeamMember *member = &members.at[i];
        if (member->part > TEAM_AUDITOR) continue;
        days_take(making, member->person, quarter, member->days.set ? (int)member->days.value : share);
    }
    return true;
}

static bool keep_audit(Making *making, const Audit *audit, Kept *kept, Err *err)
{
    bool is_postponed = audit->head.state == AUDIT_POSTPONED;
    int quarter       = quarter_of(making, is_postponed ? audit->new_window_from : audit->start);
    int work          = 0;

    if (quarter < 0) return true;
    for (size_t i = 0; i < making->out->lines.len; i++) {
        if (!audit_has_line(making, audit, i)) continue;
        *list_push(arena_of(making), &kept[i]) =
            (PlanKept){ quarter, auditor_index(making, audit->lead), audit->head.number };
        work += making->lines[i].days;
    }
    return team_days(making, audit, quarter, work > 0 ? work : DAYS_ASSUMED, err);
}

/* Our audits of the programme's time that are not cancelled; a postponed one counts in its new window. */
static bool make_kept(Making *making, Err *err)
{
    const Programme *programme = &making->out->programme;
    AuditList audits           = { 0 };
    Kept *kept                 = arena_array(arena_of(making), Kept, making->out->lines.len + 1);

    if (!record_list(making->call, &audit_type, &audits,
                     STR("kind <= 3 AND state <> 11 AND start <= $2 AND (start >= $1 OR new_window_from >= $1)"
                         " ORDER BY start, id"),
                     BINDS(BIND_DATE(programme->period_from), BIND_DATE(programme->period_to)), err))
        return false;
    for (size_t i = 0; i < audits.len; i++) {
        if (!keep_audit(making, &audits.at[i], kept, err)) return false;
    }
    for (size_t i = 0; i < making->out->lines.len; i++) {
        making->lines[i].kept     = kept[i].at;
        making->lines[i].kept_len = kept[i].len;
    }
    return true;
}

/* ---- notes and fingerprint ---- */

static bool is_internal_audit(Str ref)
{
    return str_eq_c(ref, "9.2") || str_eq_c(ref, "9.2.1") || str_eq_c(ref, "9.2.2");
}

static void note(Making *making, Str words)
{
    *list_push(arena_of(making), &making->out->notes) = words;
}

static void notes_fill(Making *making)
{
    StrList silent = { 0 };
    bool judges    = false;

    for (size_t i = 0; i < making->out->lines.len; i++) {
        const PlanLine *line = &making->lines[i];
        if (id_list_has(&making->silent, making->out->lines.at[i].head.id))
            *list_push(arena_of(making), &silent) = line->number;
        for (size_t k = 0; k < line->refs_len; k++)
            judges = judges || is_internal_audit(line->refs[k].ref);
    }
    if (silent.len > 0)
        note(making, str_fmt(arena_of(making), "No days of work stand on %.*s: %d are assumed.",
                             STR_ARG(str_sentence(arena_of(making), &silent)), DAYS_ASSUMED));
    if (judges)
        note(making,
             STR("For clause 9.2 the audits that there are count (G-04). Who takes part in an audit of this plan may "
                 "not judge it within the next twelve months: look at those teams yourself."));
}

static void fingerprint_add(Buf *text, const ProgrammePlan *plan, const PlannedAudit *audit)
{
    buf_fmt(text, "%lld %d", (long long)plan->lines.at[audit->line].head.id.n, audit->quarter);
    for (size_t i = 0; i < audit->team_len; i++) {
        const PlanSeat *seat = &audit->team[i];
        buf_fmt(text, " %lld/%d", (long long)plan->auditors.at[seat->auditor].n, seat->days);
        for (size_t k = 0; k < seat->refs_len; k++)
            buf_fmt(text, ",%lld", (long long)plan->refs[audit->line].at[seat->refs[k]].n);
    }
    buf_add_byte(text, '\n');
}

static void fingerprint_fill(Making *making)
{
    Buf text = buf_open(arena_of(making), 4 << 20);

    for (size_t i = 0; i < making->out->plan.audits.len; i++)
        fingerprint_add(&text, making->out, &making->out->plan.audits.at[i]);
    Hash hash                = hash_of(buf_str(&text));
    making->out->fingerprint = hash_to_hex(arena_of(making), &hash);
}

/* ---- all ---- */

void programme_plan_window(const ProgrammePlan *plan, const PlannedAudit *audit, Date *from, Date *to)
{
    const PlanQuarter *quarter = &plan->problem.quarters[audit->quarter];
    const ProgrammeLine *line  = &plan->lines.at[audit->line];

    *from = date_max(date_max(quarter->from, line->window_from), plan->first_day);
    *to   = date_min(quarter->to, line->window_to);
}

bool programme_plan_make(Call *call, const Programme *programme, ProgrammePlan *out, Err *err)
{
    Making making = { .call = call, .out = out };

    *out = (ProgrammePlan){ .programme = *programme };
    if (!make_first_day(&making, err)) return false;
    make_quarters(&making);
    if (!make_lines(&making, err) || !make_auditors(&making, err) || !make_bars(&making, err) ||
        !make_kept(&making, err))
        return false;
    out->problem.subjects     = making.subjects.at;
    out->problem.subjects_len = making.subjects.len;
    plan_make(call->arena, &out->problem, &out->plan);
    notes_fill(&making);
    fingerprint_fill(&making);
    return true;
}
