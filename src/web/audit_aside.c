/* SPDX-License-Identifier: Apache-2.0
 * Beside an audit: its team and what is known of their independence, what was asked for, what was found, its meetings,
 * and what was found about the same references before. */
#include "audit/candidates.h"
#include "audit/request_remind.h"
#include "web/audit_fill.h"
#include "web/report_view.h"
#include "web/rules.h"

static void list_open(AuditFill *fill, AsideList *list, const char *id, const char *title, const char *none)
{
    list->id    = str_from_c(id);
    list->title = audit_text(fill, title);
    list->none  = audit_text(fill, none);
}

/* ---- team ---- */

static Cell member_independence(const AuditFill *fill, const TeamMember *member)
{
    const Declaration *declaration = declaration_of(&fill->view, member->person);

    if (declaration == NULL)
        return (Cell){ .kind = CELL_SOON, .text = audit_text(fill, N_("Not declared for this scope")) };
    switch (declaration->result) {
    case DECLARED_CLEAR:
        return (Cell){ .kind = CELL_OKAY,
                       .text = audit_text(fill, member->facts.len > 0 ? N_("Independent within what is taken")
                                                                      : N_("Independent")) };
    case DECLARED_MANAGED: return (Cell){ .kind = CELL_SOON, .text = audit_text(fill, N_("Conflict managed")) };
    default: return (Cell){ .kind = CELL_LATE, .text = audit_text(fill, N_("Declared a conflict")) };
    }
}

static Str member_note(const AuditFill *fill, const TeamMember *member)
{
    const Declaration *declaration = declaration_of(&fill->view, member->person);
    Str takes                      = audit_refs(fill, &member->refs);
    Str known                      = member->facts;

    if (takes.len > 0) takes = filled(&fill->words, N_("Takes {1}."), takes, STR(""));
    if (declaration != NULL && declaration->measure.len > 0) known = declaration->measure;
    if (known.len == 0) return takes;
    return str_fmt(fill->visit->arena, "%.*s %.*s", STR_ARG(sentence_of(fill->visit->arena, known)), STR_ARG(takes));
}

static bool team_fill(AuditFill *fill, Err *err)
{
    AsideList *list = &fill->sheet.team;

    list_open(fill, list, "team", N_("Team"), N_("Nobody is on the team yet."));
    list->end = (Link){ audit_text(fill, N_("Declarations")), audit_list_href(fill, &declaration_type) };
    for (size_t i = 0; i < fill->view.team.len; i++) {
        const TeamMember *member = &fill->view.team.at[i];
        Str part                 = value_to_human(fill->view.names, &team_member_type.fields[TeamMember_part], member);
        *list_push(fill->visit->arena, list) =
            (AsideRow){ .what   = { .text = names_person(fill->view.names, member->person) },
                        .strong = true,
                        .end    = str_lower(fill->visit->arena, part),
                        .first  = member->part <= TEAM_EXPERT ? member_independence(fill, member) : (Cell){ 0 },
                        .note   = member_note(fill, member) };
    }
    if (!audit_may_add(fill, &team_member_type, &list->acts, N_("Add to the team"), list->id, err)) return false;
    if (list->acts.len > 0) {
        *list_push(fill->visit->arena, &list->acts) =
            (Button){ .label = audit_text(fill, candidates_inquiry.label),
                      .size  = BUTTON_SMALL,
                      .href  = str_fmt(fill->visit->arena, "%.*s/candidates",
                                       STR_ARG(address_record(fill->visit->arena, &audit_type, fill->visit->number))) };
    }
    return true;
}

/* ---- requests ---- */

static Str record_title_words(const AuditFill *fill, Str number, Str title)
{
    return str_fmt(fill->visit->arena, "%.*s %.*s", STR_ARG(number), STR_ARG(title));
}

static Str reminder_words(const AuditFill *fill, const EvidenceRequest *request)
{
    Reminder next;

    if (!request_next_reminder(request, fill->visit->call->today, &next)) return (Str){ 0 };
    return filled(&fill->words, N_("Next reminder {1}, to {2}"), date_to_human(fill->visit->arena, next.day),
                  audit_text(fill, remind_to_words(next.to)));
}

static bool requests_fill(AuditFill *fill, Err *err)
{
    AsideList *list = &fill->sheet.requests;
    Arena *arena    = fill->visit->arena;
    size_t all      = fill->view.requests.len;

    list_open(fill, list, "requests", N_("Evidence requests"), N_("No request is open."));
    for (size_t i = 0; i < all; i++) {
        const EvidenceRequest *request = &fill->view.requests.at[i];
        if (!request_is_open(request)) continue;
        *list_push(arena, list) =
            (AsideRow){ .what   = { record_title_words(fill, request->head.number, request->text),
                                    address_record(arena, &evidence_request_type, request->head.number) },
                        .first  = { .text = names_person(fill->view.names, request->asked_of) },
                        .second = { .kind = CELL_DUE, .date = request->due },
                        .note   = reminder_words(fill, request) };
    }
    if (all > 0)
        list->count =
            filled(&fill->words, N_("{1} open of {2}"), str_fmt(arena, "%zu", list->len), str_fmt(arena, "%zu", all));
    return audit_may_add(fill, &evidence_request_type, &list->acts, N_("Ask for evidence"), list->id, err);
}

/* ---- findings ---- */

static AsideRow finding_row(const AuditFill *fill, const Finding *finding)
{
    Drawing drawing = { .visit = fill->visit, .names = fill->view.names, .type = &finding_type };
    bool is_draft   = str_starts(finding->head.number, STR("D-"));
    Str title =
        record_title_words(fill, is_draft ? audit_text(fill, N_("Draft:")) : finding->head.number, finding->title);

    return (AsideRow){ .what   = { title, address_record(fill->visit->arena, &finding_type, finding->head.number) },
                       .first  = cell_of_field(&drawing, &finding_type.fields[Finding_kind], finding),
                       .second = cell_state(fill->visit, &finding_type, finding->head.state) };
}

static bool findings_fill(AuditFill *fill, Err *err)
{
    AsideList *list = &fill->sheet.findings;

    list_open(fill, list, "findings", N_("Findings"), N_("Nothing that you may see."));
    list->count = audit_count(fill, fill->view.findings.len);
    for (size_t i = 0; i < fill->view.findings.len; i++)
        *list_push(fill->visit->arena, list) = finding_row(fill, &fill->view.findings.at[i]);
    return audit_may_add(fill, &finding_type, &list->acts, N_("Write finding"), list->id, err);
}

static void earlier_fill(AuditFill *fill)
{
    AsideList *list = &fill->sheet.earlier;

    list_open(fill, list, "earlier", N_("Earlier in this area"), N_("Nothing."));
    for (size_t i = 0; i < fill->view.earlier.len; i++) {
        const Finding *finding = &fill->view.earlier.at[i];
        AsideRow row           = finding_row(fill, finding);
        row.note               = filled(&fill->words, N_("{1}, issued {2}"), audit_refs(fill, &finding->refs),
                                        date_to_human(fill->visit->arena, finding->issued_on));
        *list_push(fill->visit->arena, list) = row;
    }
}

/* ---- meetings ---- */

static bool meetings_fill(AuditFill *fill, Err *err)
{
    AsideList *list = &fill->sheet.meetings;
    Arena *arena    = fill->visit->arena;

    list_open(fill, list, "meetings", N_("Meetings"), N_("No meeting is recorded yet."));
    for (size_t i = 0; i < fill->view.meetings.len; i++) {
        const Meeting *meeting = &fill->view.meetings.at[i];
        bool is_held           = meeting->head.state == MEETING_HELD;
        Str present            = counted(&fill->words, (int64_t)meeting->present.len, N_("present"), N_("present"));
        *list_push(arena, list) =
            (AsideRow){ .what   = { value_to_human(fill->view.names, &meeting_type.fields[Meeting_kind], meeting),
                                    address_record(arena, &meeting_type,
                                                   names_number(fill->view.names, &meeting_type, meeting->head.id)) },
                        .first  = { .kind = is_held ? CELL_DATE : CELL_DUE, .date = meeting->date },
                        .second = { .text = is_held ? present : audit_text(fill, N_("planned")) } };
    }
    return audit_may_add(fill, &meeting_type, &list->acts, N_("Plan meeting"), list->id, err);
}

/* ---- reports ---- */

/* Those that the visitor may see, and the last of them as a file. */
static void reports_fill(AuditFill *fill)
{
    AsideList *list      = &fill->sheet.reports;
    Arena *arena         = fill->visit->arena;
    const Report *latest = NULL;

    list_open(fill, list, "reports", N_("Report"), N_("There is no report yet."));
    for (size_t i = 0; i < fill->view.reports.len; i++) {
        latest = &fill->view.reports.at[i];
        *list_push(arena, list) =
            (AsideRow){ .what   = { latest->head.number, address_record(arena, &report_type, latest->head.number) },
                        .first  = cell_state(fill->visit, &report_type, latest->head.state),
                        .second = { .kind = CELL_DATE, .date = latest->issued_on } };
    }
    if (latest != NULL) report_forms_fill(fill->visit, latest->head.number, &list->acts);
}

bool audit_aside_fill(AuditFill *fill, Err *err)
{
    earlier_fill(fill);
    reports_fill(fill);
    return team_fill(fill, err) && requests_fill(fill, err) && findings_fill(fill, err) && meetings_fill(fill, err);
}
