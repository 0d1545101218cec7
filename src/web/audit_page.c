/* SPDX-License-Identifier: Apache-2.0
 * The page of an audit: where it stands, what must hold before the next step, how far its papers are, its plan
 * (audit_tables.c), and beside them its people, requests and findings (audit_aside.c). With ?as-of=DAY the general page
 * of a record tells how it stood. */
#include <string.h>

#include "audit/programme.h"
#include "pages/pages.h"
#include "record/verb.h"
#include "web/audit_fill.h"
#include "web/pages.h"
#include "web/record_page.h"
#include "web/rules.h"

Str audit_text(const AuditFill *fill, const char *english)
{
    return visit_text(fill->visit, english);
}

Str audit_count(const AuditFill *fill, size_t count)
{
    return count > 0 ? str_fmt(fill->visit->arena, "%zu", count) : (Str){ 0 };
}

Str audit_list_href(const AuditFill *fill, const Type *type)
{
    Arena *arena = fill->visit->arena;
    return str_fmt(arena, "/%s?audit=%.*s%s", type->plural, STR_ARG(address_value(arena, fill->visit->number)),
                   type_is_plain(type) ? "&state=in_use" : "");
}

Str audit_refs(const AuditFill *fill, const IdList *refs)
{
    StrList numbers = { 0 };

    for (size_t i = 0; i < refs->len; i++)
        *list_push(fill->visit->arena, &numbers) = names_number(fill->view.names, &requirement_type, refs->at[i]);
    return refs_words(fill->visit->arena, &numbers);
}

bool audit_may_add(AuditFill *fill, const Type *type, Buttons *out, const char *label, Str back, Err *err)
{
    Visit *visit    = fill->visit;
    AuditPart *made = arena_alloc(visit->arena, type->size, alignof(max_align_t));
    Str number      = address_value(visit->arena, visit->number);
    bool may;

    made->audit = fill->view.audit.head.id;
    if (fill->view.audit.head.state >= AUDIT_REPORT_ISSUED) return true;
    if (!verb_may_make(visit->call, type, made, &may, err)) return false;
    if (!may) return true;
    Str here = str_fmt(visit->arena, "%.*s#%.*s", STR_ARG(address_record(visit->arena, &audit_type, visit->number)),
                       STR_ARG(back));
    *list_push(visit->arena, out) =
        (Button){ .label = audit_text(fill, label),
                  .icon  = ICON_PLUS,
                  .size  = BUTTON_SMALL,
                  .href  = str_fmt(visit->arena, "/%s/new?audit=%.*s&return=%.*s", type->plural, STR_ARG(number),
                                   STR_ARG(address_value(visit->arena, here))) };
    return true;
}

/* ---- head ---- */

static void head_fill(AuditFill *fill)
{
    Visit *visit       = fill->visit;
    const Audit *audit = &fill->view.audit;
    PageHead *head     = &fill->sheet.head;
    Str programme      = names_number(fill->view.names, &programme_type, audit->programme);

    if (programme.len > 0)
        *list_push(visit->arena, &head->crumbs) =
            (Link){ names_title(fill->view.names, &programme_type, audit->programme),
                    address_record(visit->arena, &programme_type, programme) };
    *list_push(visit->arena, &head->crumbs) =
        (Link){ audit_text(fill, audit_type.label_plural), address_list(visit->arena, &audit_type) };
    head->number = audit->head.number;
    head->title  = audit->title;
    export_ways(visit, &audit_type, head);
}

/* ---- the spine ---- */

enum { STAGES = 6 };

/* The stage in which a state stands; STAGES when all are done, -1 for what left the line. */
static int stage_of(int state)
{
    switch (state) {
    case AUDIT_PLANNED: return 0;
    case AUDIT_INITIATED: return 1;
    case AUDIT_PREPARING:
    case AUDIT_PLAN_AGREED: return 2;
    case AUDIT_FIELDWORK: return 3;
    case AUDIT_REPORTING: return 4;
    case AUDIT_REPORT_ISSUED:
    case AUDIT_FOLLOW_UP: return 5;
    case AUDIT_CLOSED: return STAGES;
    default: return -1;
    }
}

static Str pair_words(const AuditFill *fill, Str first, Str second)
{
    if (second.len == 0) return first;
    return str_fmt(fill->visit->arena, "%.*s, %.*s", STR_ARG(first), STR_ARG(second));
}

static Str note_scope(const AuditFill *fill)
{
    const Audit *audit = &fill->view.audit;
    Str refs           = counted(&fill->words, (int64_t)audit->refs.len, N_("reference"), N_("references"));

    return pair_words(fill, refs, counted(&fill->words, (int64_t)audit->processes.len, N_("process"), N_("processes")));
}

static Str note_auditors(const AuditFill *fill)
{
    size_t declared = 0;

    for (size_t i = 0; i < fill->view.team.len; i++)
        declared += declaration_of(&fill->view, fill->view.team.at[i].person) != NULL;
    if (fill->view.team.len == 0) return audit_text(fill, N_("nobody yet"));
    return filled(&fill->words, N_("{1} of {2} declared"), str_fmt(fill->visit->arena, "%zu", declared),
                  str_fmt(fill->visit->arena, "%zu", fill->view.team.len));
}

static Str note_plan(const AuditFill *fill)
{
    const Audit *audit = &fill->view.audit;

    if (audit->plan_version.value > 0)
        return filled(&fill->words, N_("plan {1} agreed"),
                      str_fmt(fill->visit->arena, "%lld", (long long)audit->plan_version.value), STR(""));
    return counted(&fill->words, (int64_t)fill->view.agenda.len, N_("item in the timetable"),
                   N_("items in the timetable"));
}

static Str note_fieldwork(const AuditFill *fill)
{
    const Audit *audit = &fill->view.audit;
    Date end           = date_is_none(audit->real_end) ? audit->last_day : audit->real_end;
    int32_t day        = date_days_between(audit->start, fill->visit->call->today) + 1;
    int32_t days       = date_days_between(audit->start, audit->last_day) + 1;
    Str until          = filled(&fill->words, N_("to {1}"), date_to_human(fill->visit->arena, end), STR(""));

    if (audit->head.state != AUDIT_FIELDWORK || day < 1 || day > days) return until;
    Str of = filled(&fill->words, N_("day {1} of {2}"), str_fmt(fill->visit->arena, "%d", (int)day),
                    str_fmt(fill->visit->arena, "%d", (int)days));
    return pair_words(fill, of, until);
}

static Str note_report(const AuditFill *fill)
{
    if (fill->view.reports.len == 0) return (Str){ 0 };
    const Report *report = &fill->view.reports.at[fill->view.reports.len - 1];
    Str state = str_lower(fill->visit->arena, audit_text(fill, state_label(&report_type, report->head.state)));
    if (date_is_none(report->issued_on)) return state;
    return filled(&fill->words, N_("issued {1}"), date_to_human(fill->visit->arena, report->issued_on), STR(""));
}

static Str note_follow_up(const AuditFill *fill)
{
    if (fill->view.findings.len == 0) return (Str){ 0 };
    return counted(&fill->words, (int64_t)fill->view.findings.len, N_("finding"), N_("findings"));
}

static void spine_fill(AuditFill *fill)
{
    static const char *const names[] = { N_("1 Programme and scope"), N_("2 Auditors"), N_("3 Preparation"),
                                         N_("4 Fieldwork"),           N_("5 Report"),   N_("6 Follow-up") };
    static const char *const hrefs[] = { "", "#team", "#agenda", "#papers", "", "#findings" };
    Str notes[]                      = { note_scope(fill),     note_auditors(fill), note_plan(fill),
                                         note_fieldwork(fill), note_report(fill),   note_follow_up(fill) };
    int stage                        = stage_of(fill->view.audit.head.state);

    if (stage < 0 || !audit_is_ours(&fill->view.audit)) return;
    fill->sheet.spine.label = audit_text(fill, N_("Stages of the audit"));
    for (int i = 0; i < STAGES; i++) {
        *list_push(fill->visit->arena, &fill->sheet.spine) = (SpineStep){ .name  = audit_text(fill, names[i]),
                                                                          .href  = str_from_c(hrefs[i]),
                                                                          .note  = notes[i],
                                                                          .place = i < stage    ? SPINE_DONE
                                                                                   : i == stage ? SPINE_HERE
                                                                                                : SPINE_AHEAD };
    }
}

/* ---- the title block ---- */

static void block_add(AuditFill *fill, const char *label, Cell cell)
{
    *list_push(fill->visit->arena, &fill->sheet.block) = (Fact){ audit_text(fill, label), cell };
}

/* The first line, and how many more there are. */
static Cell block_criteria(const AuditFill *fill)
{
    Str rest    = fill->view.audit.criteria, line;
    Cell cell   = { 0 };
    size_t more = 0;

    while (str_cut(&rest, '\n', &line)) {
        if (str_trim(line).len == 0) continue;
        if (cell.text.len == 0)
            cell.text = str_trim(line);
        else
            more++;
    }
    if (more > 0) cell.note = counted(&fill->words, (int64_t)more, N_("more"), N_("more"));
    return cell;
}

static Cell block_closing(const AuditFill *fill)
{
    for (size_t i = 0; i < fill->view.meetings.len; i++) {
        const Meeting *meeting = &fill->view.meetings.at[i];
        if (meeting->kind != MEETING_CLOSING) continue;
        Str at       = meeting->start_at.len > 0 ? meeting->start_at : meeting->place;
        bool is_held = meeting->head.state == MEETING_HELD;
        return (Cell){ .kind = is_held ? CELL_DATE : CELL_DUE,
                       .date = meeting->date,
                       .note = is_held ? audit_text(fill, N_("held")) : at };
    }
    return (Cell){ .text = audit_text(fill, N_("not recorded")),
                   .note = filled(&fill->words, N_("fieldwork ends {1}"),
                                  date_to_human(fill->visit->arena, fill->view.audit.last_day), STR("")) };
}

static Cell block_state(const AuditFill *fill)
{
    const Audit *audit = &fill->view.audit;
    Cell cell          = cell_state(fill->visit, &audit_type, audit->head.state);
    Date since         = audit->head.state == AUDIT_FIELDWORK ? audit->real_start : audit->real_end;

    if (!date_is_none(since) && audit->head.state <= AUDIT_REPORTING)
        cell.note = filled(&fill->words, N_("since {1}"), date_to_human(fill->visit->arena, since), STR(""));
    return cell;
}

static void block_fill(AuditFill *fill)
{
    const Audit *audit = &fill->view.audit;
    Str lead           = names_person(fill->view.names, audit->lead);

    if (lead.len == 0) lead = audit->external_lead;
    block_add(fill, N_("State"), block_state(fill));
    block_add(fill, N_("Lead"), (Cell){ .text = lead.len > 0 ? lead : audit_text(fill, N_("nobody yet")) });
    block_add(fill, N_("Scope"), (Cell){ .text = audit_refs(fill, &audit->refs) });
    block_add(fill, N_("Criteria"), block_criteria(fill));
    if (audit->method != 0)
        block_add(fill, N_("Method"),
                  (Cell){ .text = value_to_human(fill->view.names, &audit_type.fields[Audit_method], audit) });
    block_add(fill, N_("Closing meeting"), block_closing(fill));
}

/* ---- what must hold ---- */

/* Where a condition is met: a part of this page, or empty. */
static Link condition_place(const AuditFill *fill, Str rule)
{
    static const struct {
        const char *rule, *label, *href;
    } places[] = {
        { "finish-1", N_("Papers"), "#papers" },
        { "finish-2", N_("Papers"), "#papers" },
        { "finish-3", N_("Requests"), "#requests" },
        { "finish-4", N_("Meetings"), "#meetings" },
        { "open-1", N_("Meetings"), "#meetings" },
        { "agree-plan-1", N_("Plan"), "#agenda" },
        { "R-922-9", N_("Team"), "#team" },
        { "G-16", N_("Team"), "#team" },
        { "G-01", N_("Team"), "#team" },
        { "start-follow-up-1", N_("Findings"), "#findings" },
        { "issue-report-2", N_("Findings"), "#findings" },
        { "close-3", N_("Findings"), "#findings" },
    };

    for (size_t i = 0; i < countof(places); i++) {
        if (str_eq_c(rule, places[i].rule))
            return (Link){ audit_text(fill, places[i].label), str_from_c(places[i].href) };
    }
    return (Link){ 0 };
}

static Button verb_button(const AuditFill *fill, const Verb *verb, ButtonKind kind)
{
    Visit *visit  = fill->visit;
    Str address   = address_verb(visit->arena, &audit_type, visit->number, verb->name);
    Button button = { .label = audit_text(fill, verb->label), .kind = kind };

    if (verb->input != NULL || strcmp(verb->name, "edit") == 0) {
        button.href = address;
        return button;
    }
    button.post  = address;
    button.name  = STR("revision");
    button.value = str_fmt(visit->arena, "%lld", (long long)fill->view.audit.head.revision);
    return button;
}

static GateLine condition_line(const AuditFill *fill, const Condition *condition)
{
    Arena *arena = fill->visit->arena;

    if (condition->open == NULL) {
        GateLine line = { .text = audit_text(fill, condition->words),
                          .rule = str_from_c(condition->rule),
                          .met  = condition->holds };
        if (!condition->holds) line.verb = condition_place(fill, line.rule);
        return line;
    }
    Str text = sentence_of(arena, condition->open->missing);
    if (condition->open->next.len > 0)
        text = str_fmt(arena, "%.*s %.*s", STR_ARG(text), STR_ARG(condition->open->next));
    return (GateLine){ .text = text,
                       .rule = condition->open->rule,
                       .who  = str_sentence(arena, &condition->open->could),
                       .verb = condition_place(fill, condition->open->rule) };
}

static void gate_fill(AuditFill *fill)
{
    const AuditNext *next = &fill->next;
    Arena *arena          = fill->visit->arena;
    Gate *gate            = &fill->sheet.gate;
    Str open              = filled(&fill->words, N_("{1} of {2} open"), str_fmt(arena, "%zu", next->conditions.open),
                                   str_fmt(arena, "%zu", next->conditions.len));

    gate->id    = STR("gate");
    gate->title = filled(&fill->words, N_("Before “{1}”: {2}"), audit_text(fill, next->verb->label), open);
    gate->aside = str_sentence(arena, &next->people);
    if (next->is_viewer) {
        gate->verb = (Button){ .label   = audit_text(fill, next->verb->label),
                               .id      = STR("why-next"),
                               .why_not = STR(""),
                               .href    = address_verb(arena, &audit_type, fill->visit->number, next->verb->name) };
    }
    if (next->is_viewer && next->conditions.refused > 0) {
        gate->verb.href    = (Str){ 0 };
        gate->verb.why_not = audit_text(fill, N_("Meet what is open first."));
        gate->verb.fix     = (Link){ STR(""), STR("#gate") };
    }
    for (size_t i = 0; i < next->conditions.len; i++)
        *list_push(arena, gate) = condition_line(fill, &next->conditions.at[i]);
}

static void turn_fill(AuditFill *fill)
{
    const AuditNext *next = &fill->next;
    Callout *callout      = &fill->sheet.waiting;
    Str who               = str_sentence(fill->visit->arena, &next->people);
    Str what              = audit_text(fill, next->verb->label);

    callout->kind  = next->is_viewer ? CALLOUT_OK : CALLOUT_NOTE;
    callout->title = next->is_viewer ? filled(&fill->words, N_("It is your turn: {1}"), what, STR(""))
                     : who.len > 0   ? filled(&fill->words, N_("“{1}” waits for {2}"), what, who)
                                     : filled(&fill->words, N_("“{1}” waits, and nobody may do it"), what, STR(""));
    if (next->verb->help != NULL) *list_push(fill->visit->arena, &callout->text) = audit_text(fill, next->verb->help);
    if (next->is_viewer) *list_push(fill->visit->arena, &callout->acts) = verb_button(fill, next->verb, BUTTON_PRIMARY);
}

static bool verbs_fill(AuditFill *fill, Err *err)
{
    Visit *visit       = fill->visit;
    StepViewList views = { 0 };

    if (!audit_next(visit->call, &fill->view.audit, &fill->next, err)) return false;
    if (fill->next.verb != NULL && fill->next.conditions.refused > 0)
        gate_fill(fill);
    else if (fill->next.verb != NULL)
        turn_fill(fill);
    if (!verb_check_all(visit->call, &audit_type, &fill->view.audit, &views, err)) return false;
    for (size_t i = 0; i < views.len; i++) {
        const Verb *verb = views.at[i].verb;
        if (verb == fill->next.verb) continue;
        *list_push(visit->arena, &fill->sheet.head.more) =
            (Link){ audit_text(fill, verb->label), address_verb(visit->arena, &audit_type, visit->number, verb->name) };
    }
    return true;
}

/* ---- tabs ---- */

static void tab_add(AuditFill *fill, const char *label, Str href, size_t count)
{
    *list_push(fill->visit->arena, &fill->sheet.tabs) =
        (Tab){ .text = audit_text(fill, label), .href = href, .count = audit_count(fill, count) };
}

static void tabs_fill(AuditFill *fill)
{
    const AuditView *view = &fill->view;
    Arena *arena          = fill->visit->arena;
    Str here              = address_record(arena, &audit_type, fill->visit->number);
    size_t open           = 0;

    for (size_t i = 0; i < view->requests.len; i++)
        open += request_is_open(&view->requests.at[i]);
    fill->sheet.tabs.label = audit_text(fill, N_("Parts of the audit"));
    tab_add(fill, N_("Overview"), here, 0);
    fill->sheet.tabs.at[0].here = true;
    tab_add(fill, N_("Plan"), STR("#agenda"), 0);
    tab_add(fill, N_("Papers"), audit_list_href(fill, &paper_type), view->papers.len);
    tab_add(fill, N_("Samples"), audit_list_href(fill, &sample_type), view->samples.len);
    tab_add(fill, N_("Evidence"), audit_list_href(fill, &evidence_type), view->evidence.len);
    tab_add(fill, N_("Requests"), audit_list_href(fill, &evidence_request_type), open);
    tab_add(fill, N_("Findings"), audit_list_href(fill, &finding_type), view->findings.len);
    tab_add(fill, N_("Meetings"), audit_list_href(fill, &meeting_type), view->meetings.len);
    if (audit_is_ours(&view->audit)) tab_add(fill, N_("Report"), str_fmt(arena, "%.*s/audit-report", STR_ARG(here)), 0);
    tab_add(fill, N_("History"), str_fmt(arena, "%.*s/history", STR_ARG(here)), 0);
}

/* ---- the page ---- */

static bool sheet_fill(AuditFill *fill, Err *err)
{
    Visit *visit = fill->visit;

    head_fill(fill);
    spine_fill(fill);
    block_fill(fill);
    tabs_fill(fill);
    return verbs_fill(fill, err) && audit_tables_fill(fill, err) && audit_aside_fill(fill, err) &&
           proof_line(visit, &audit_type, &fill->view.audit, fill->view.names, &fill->sheet.proof, err);
}

static bool audit_show(Visit *visit, Err *err)
{
    AuditFill *fill = arena_new(visit->arena, AuditFill);
    Audit audit;
    bool found;

    if (visit_param(visit, "as-of").len > 0) return record_routes.at[0].handle(visit, err);
    if (!visit_read(visit, err)) return false;
    if (!view_find(visit->call, &audit_type, visit->number, &audit, &found, err)) return false;
    if (!found) return visit_not_found(visit, err);
    *fill = (AuditFill){ .visit = visit, .words = visit_html(visit) };
    if (!audit_view_load(visit->call, &audit, &fill->view, err) || !sheet_fill(fill, err)) return false;
    Html page   = visit_html(visit);
    Shell shell = visit_shell(visit, record_words(visit, visit->plan, &audit), address_list(visit->arena, &audit_type));
    page_audit(&page, &shell, &fill->sheet);
    return visit_send(visit, 200, &page, err);
}

static const Route rows[] = { { HTTP_GET, "/audits/{record}", audit_show, 0 } };
const Routes audit_routes = ROUTES_OF(rows);
