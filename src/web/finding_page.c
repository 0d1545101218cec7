/* SPDX-License-Identifier: Apache-2.0
 * The page of a finding: what is stated and what shows it, how it was graded, what the auditee and the team say, what
 * comes of it. With ?as-of=DAY: as it stood. */
#include "action/case_view.h"
#include "audit/choices.h"
#include "audit/finding_view.h"
#include "audit/paper.h"
#include "audit/sample.h"
#include "org/document.h"
#include "org/person.h"
#include "org/process.h"
#include "org/requirement.h"
#include "pages/pages.h"
#include "web/finding_sheet.h"
#include "web/pages.h"
#include "web/record_page.h"
#include "web/step_page.h"

typedef struct {
    Visit *visit;
    FindingView view;
    Nonconformity nc; /* that came of it; id none: none that the reader may see */
    Date as_of;
    StepPage steps;
    Html words;
    FindingSheet sheet;
} FindingFill;

static const Finding *finding_of(const FindingFill *fill)
{
    return &fill->view.finding;
}

static Arena *arena_of(const FindingFill *fill)
{
    return fill->visit->arena;
}

static Str text(const FindingFill *fill, const char *english)
{
    return visit_text(fill->visit, english);
}

static Str field_words(const FindingFill *fill, int index)
{
    return value_to_human(fill->view.names, &finding_type.fields[index], finding_of(fill));
}

static Str day(const FindingFill *fill, Date date)
{
    return date_to_human(arena_of(fill), date);
}

/* ---- the spine ---- */

enum { AT_DRAFTED, AT_REVIEWED, AT_PRESENTED, AT_DISPUTED, AT_AGREED, AT_ISSUED, AT_DECIDED, AT_CLOSED, PLACES };

/* clang-format off */
static const struct {
    const char *name, *verb; /* the verb that led there, for its day and person */
} places[PLACES] = {
    [AT_DRAFTED]   = { N_("Drafted"), "draft" },      [AT_REVIEWED] = { N_("Reviewed"), "accept" },
    [AT_PRESENTED] = { N_("Presented"), "present" },  [AT_DISPUTED] = { N_("Disputed"), "dispute" },
    [AT_AGREED]    = { N_("Agreed"), "agree" },       [AT_ISSUED]   = { N_("Issued"), "issue" },
    [AT_DECIDED]   = { N_("Decided"), "dispose" },    [AT_CLOSED]   = { N_("Closed"), "close" },
};
/* Where each state stands; PLACES: all is done, -1: it left the line. */
static const int state_places[] = {
    [FINDING_DRAFT] = AT_DRAFTED, [FINDING_IN_REVIEW] = AT_REVIEWED, [FINDING_REVIEWED] = AT_REVIEWED, [FINDING_PRESENTED] = AT_PRESENTED,
    [FINDING_AGREED] = AT_AGREED, [FINDING_DISPUTED] = AT_DISPUTED, [FINDING_ISSUED] = AT_ISSUED, [FINDING_UNDER_CONSIDERATION] = AT_DECIDED,
    [FINDING_ACCEPTED] = AT_DECIDED, [FINDING_WATCH] = AT_DECIDED, [FINDING_DECLINED] = AT_DECIDED, [FINDING_IMPLEMENTED] = AT_DECIDED,
    [FINDING_RISK_ACCEPTED] = AT_DECIDED, [FINDING_CLOSED] = PLACES, [FINDING_VOID] = -1,
};
/* clang-format on */

static int place_of(const FindingFill *fill)
{
    const Finding *finding = finding_of(fill);

    if (finding_is_nonconformity(finding) && finding->head.state == FINDING_ISSUED) return PLACES;
    return state_places[finding->head.state];
}

/* Only findings of audits of ours are drafted and presented; only some are disputed; a nonconformity ends with the
 * issue. */
static bool place_is_shown(const FindingFill *fill, int place)
{
    const Finding *finding = finding_of(fill);

    if (id_is_none(finding->audit) && place < AT_ISSUED) return false;
    if (place == AT_DISPUTED) return finding->dispute_reason.len > 0;
    return place <= AT_ISSUED || !finding_is_nonconformity(finding);
}

static Str line_note(const FindingFill *fill, const HistoryLine *line)
{
    Str when = day(fill, zone_date(fill->visit->app->zone, line->time));
    return str_fmt(arena_of(fill), "%.*s, %.*s", STR_ARG(when), STR_ARG(line->who));
}

static Str place_note(const FindingFill *fill, int place)
{
    const Finding *finding  = finding_of(fill);
    const HistoryLine *line = finding_last(&fill->view, places[place].verb);

    if (place == AT_REVIEWED && finding->head.state == FINDING_IN_REVIEW) return text(fill, N_("being read"));
    if (place == AT_PRESENTED && !date_is_none(finding->presented_on))
        return filled(&fill->words, N_("{1}, comments to {2}"), day(fill, finding->presented_on),
                      day(fill, finding->comment_until));
    if (place == AT_AGREED && line == NULL) line = finding_last(&fill->view, "uphold");
    if (place == AT_ISSUED && !date_is_none(finding->issued_on)) return day(fill, finding->issued_on);
    if (place == AT_DECIDED && finding->disposition != 0) return field_words(fill, Finding_disposition);
    if (place == AT_CLOSED && !date_is_none(finding->closed_on)) return day(fill, finding->closed_on);
    return line != NULL ? line_note(fill, line) : (Str){ 0 };
}

static void spine_fill(FindingFill *fill)
{
    int here = place_of(fill);

    fill->sheet.spine.label = text(fill, N_("Steps of the finding"));
    for (int place = 0; place < PLACES; place++) {
        if (!place_is_shown(fill, place)) continue;
        *list_push(arena_of(fill), &fill->sheet.spine) =
            (SpineStep){ .name  = text(fill, places[place].name),
                         .note  = place <= here ? place_note(fill, place) : (Str){ 0 },
                         .place = place < here    ? SPINE_DONE
                                  : place == here ? SPINE_HERE
                                                  : SPINE_AHEAD };
    }
}

/* ---- head and title block ---- */

static void head_fill(FindingFill *fill)
{
    const Finding *finding = finding_of(fill);
    const Audit *audit     = &fill->view.audit;
    PageHead *head         = &fill->sheet.head;
    Arena *arena           = arena_of(fill);

    *head = (PageHead){ .number = finding->head.number, .title = finding->title };
    export_ways(fill->visit, &finding_type, head);
    if (audit->head.number.len > 0)
        *list_push(arena, &head->crumbs) =
            (Link){ audit->head.number, address_record(arena, &audit_type, audit->head.number) };
    *list_push(arena, &head->crumbs) =
        (Link){ text(fill, finding_type.label_plural), address_list(arena, &finding_type) };
    if (date_is_none(fill->as_of)) return;
    head->as_of    = filled(&fill->words, N_("As it stood on {1}"), day(fill, fill->as_of), STR(""));
    head->now_href = address_record(arena, &finding_type, fill->visit->number);
}

static void block_add(FindingFill *fill, const char *label, Cell cell)
{
    *list_push(arena_of(fill), &fill->sheet.block) = (Fact){ text(fill, label), cell };
}

static Str numbers_of(const FindingFill *fill, const IdList *ids, const Type *type)
{
    StrList numbers = { 0 };

    for (size_t i = 0; i < ids->len; i++)
        *list_push(arena_of(fill), &numbers) = names_number(fill->view.names, type, ids->at[i]);
    return str_join(arena_of(fill), &numbers, STR(", "));
}

static void block_type(FindingFill *fill)
{
    const Finding *finding = finding_of(fill);
    Drawing drawing        = { .visit = fill->visit, .names = fill->view.names, .type = &finding_type };
    Cell cell              = cell_of_field(&drawing, &finding_type.fields[Finding_kind], finding);
    Str level              = str_lower(arena_of(fill), text(fill, choice_label(&four_levels, finding->significance)));

    if (finding->significance != 0) cell.note = filled(&fill->words, N_("significance {1}"), level, STR(""));
    block_add(fill, N_("Type"), cell);
}

static void block_process(FindingFill *fill)
{
    const Finding *finding = finding_of(fill);
    Str owner = names_person(fill->view.names, id_is_none(finding->owner) ? finding->presented_to : finding->owner);

    if (id_is_none(finding->process)) return;
    block_add(fill, N_("Process"),
              (Cell){ .text = field_words(fill, Finding_process),
                      .note = owner.len > 0 ? filled(&fill->words, N_("owner {1}"), owner, STR("")) : (Str){ 0 } });
}

/* Where it came from: the paper whose step failed, the sample, or the source outside audits. */
static void block_from(FindingFill *fill)
{
    const Finding *finding = finding_of(fill);
    Str paper              = names_number(fill->view.names, &paper_type, finding->paper);

    if (paper.len > 0) {
        block_add(fill, N_("From"),
                  (Cell){ .text = paper,
                          .href = address_record(arena_of(fill), &paper_type, paper),
                          .note = names_number(fill->view.names, &sample_type, finding->sample) });
    } else if (id_is_none(finding->audit)) {
        block_add(fill, N_("From"), (Cell){ .text = field_words(fill, Finding_source), .note = finding->source_ref });
    }
}

static void block_fill(FindingFill *fill)
{
    const Finding *finding = finding_of(fill);

    block_add(fill, N_("State"), cell_state(fill->visit, &finding_type, finding->head.state));
    block_type(fill);
    if (finding->refs.len > 0)
        block_add(fill, N_("Criterion"),
                  (Cell){ .text = numbers_of(fill, &finding->refs, &requirement_type),
                          .note = numbers_of(fill, &finding->documents, &document_type) });
    block_process(fill);
    if (finding->extent.len > 0 && finding->extent.len <= 60)
        block_add(fill, N_("Extent"), (Cell){ .text = finding->extent });
    block_from(fill);
}

/* ---- statement ---- */

static Said *said_add(FindingFill *fill, SaidList *list, const char *label, Str said)
{
    Said *line = list_push(arena_of(fill), list);

    *line = (Said){ .label = text(fill, label), .paragraphs = paragraphs_of(arena_of(fill), said) };
    return line;
}

static void said_if(FindingFill *fill, SaidList *list, const char *label, Str said)
{
    if (said.len > 0) said_add(fill, list, label, said);
}

static void evidence_fill(FindingFill *fill)
{
    Said *said = said_add(fill, &fill->sheet.statement, N_("Evidence"), finding_of(fill)->evidence_text);

    for (size_t i = 0; i < fill->view.evidence.len; i++) {
        const Evidence *evidence = &fill->view.evidence.at[i];
        *list_push(arena_of(fill), &said->links) =
            (Link){ evidence->title, address_record(arena_of(fill), &evidence_type, evidence->head.number) };
        if (i == 0 && !date_is_none(evidence->fact_date))
            said->note = filled(&fill->words, N_("fact date {1}"), day(fill, evidence->fact_date), STR(""));
    }
    if (said->links.len == 0 && said->paragraphs.len == 0)
        said->note = text(fill, N_("no item is attached that you may see"));
}

/* What a careful reader would say, for those who write it. */
static void checks_fill(FindingFill *fill)
{
    const Finding *finding = finding_of(fill);
    Callout *checks        = &fill->sheet.checks;

    if (finding->head.state > FINDING_REVIEWED || !date_is_none(fill->as_of)) return;
    checks->kind  = finding->warnings.len > 0 ? CALLOUT_WARN : CALLOUT_OK;
    checks->title = finding->warnings.len > 0 ? text(fill, N_("A careful reader would say"))
                                              : text(fill, N_("Text checks: nothing to mend"));
    checks->text  = paragraphs_of(arena_of(fill), finding->warnings);
}

static void statement_fill(FindingFill *fill)
{
    const Finding *finding = finding_of(fill);
    SaidList *statement    = &fill->sheet.statement;

    said_if(fill, statement, N_("Criterion"), finding->criteria);
    said_if(fill, statement, N_("Condition"), finding->condition);
    evidence_fill(fill);
    said_if(fill, statement, N_("Extent"), finding->extent);
    said_if(fill, statement, N_("Effect"), finding->effect);
    said_if(fill, statement, N_("Possible reason"), finding->cause_hint);
    said_if(fill, statement, N_("Recommendation, not binding"), finding->recommendation);
    checks_fill(fill);
}

/* ---- grading ---- */

static void grading_fill(FindingFill *fill)
{
    static const int questions[] = { Finding_element_missing, Finding_serious_doubt, Finding_several_minors,
                                     Finding_earlier_not_effective };
    const Finding *finding       = finding_of(fill);
    TableColumn *columns         = arena_array(arena_of(fill), TableColumn, 2);
    TableView *table             = &fill->sheet.grading;
    Str reader                   = names_person(fill->view.names, finding->accepted_by);

    columns[0] = (TableColumn){ .label = text(fill, N_("Question")), .kind = COLUMN_TITLE };
    columns[1] = (TableColumn){ .label = text(fill, N_("Answer")), .kind = COLUMN_NOWRAP };
    *table = (TableView){ .label = text(fill, N_("Questions of the grading")), .columns = columns, .columns_len = 2 };
    for (size_t i = 0; finding->element_missing != UNANSWERED && i < countof(questions); i++) {
        Cell *cells                       = arena_array(arena_of(fill), Cell, 2);
        cells[0]                          = (Cell){ .text = text(fill, finding_type.fields[questions[i]].label) };
        cells[1]                          = (Cell){ .text = field_words(fill, questions[i]) };
        *list_push(arena_of(fill), table) = (TableRow){ .cells = cells };
    }
    if (reader.len > 0) fill->sheet.graded = filled(&fill->words, N_("Accepted by {1}."), reader, STR(""));
    if (finding->grading_reason.len > 0)
        fill->sheet.graded = filled(&fill->words, N_("{1} The grade differs from the answers: {2}"), fill->sheet.graded,
                                    finding->grading_reason);
}

/* ---- two views ---- */

static void views_fill(FindingFill *fill)
{
    const Finding *finding  = finding_of(fill);
    const HistoryLine *said = finding_last(&fill->view, finding->dispute_reason.len > 0 ? "dispute" : "agree");
    const HistoryLine *team = finding_last(&fill->view, finding->decision.len > 0 ? "uphold" : "answer-dispute");
    FindingSheet *sheet     = &fill->sheet;
    Str auditee             = finding->dispute_reason.len > 0 ? finding->dispute_reason : finding->auditee_comment;

    if (auditee.len == 0) return;
    sheet->auditee =
        (Slip){ .title = text(fill, N_("Auditee")),
                .aside = said != NULL ? line_note(fill, said) : names_person(fill->view.names, finding->presented_to),
                .paragraphs = paragraphs_of(arena_of(fill), auditee) };
    sheet->team = (Slip){ .title      = text(fill, N_("Audit team")),
                          .aside      = team != NULL ? line_note(fill, team) : (Str){ 0 },
                          .paragraphs = paragraphs_of(
                              arena_of(fill), finding->decision.len > 0 ? finding->decision : finding->dispute_answer),
                          .foot = text(fill, N_("No answer yet.")) };
    if (!date_is_none(finding->dispute_due) && finding->head.state == FINDING_DISPUTED)
        sheet->team.foot =
            filled(&fill->words, N_("No answer yet; to be decided by {1}."), day(fill, finding->dispute_due), STR(""));
}

/* ---- what comes of it ---- */

static void after_fill(FindingFill *fill)
{
    const Finding *finding = finding_of(fill);
    SaidList *after        = &fill->sheet.after;

    said_if(fill, after, N_("Decided"), field_words(fill, Finding_disposition));
    said_if(fill, after, N_("Why so"), finding->disposition_reason);
    said_if(fill, after, N_("Done by"), day(fill, finding->due));
    said_if(fill, after, N_("Look again on"), day(fill, finding->review_on));
    said_if(fill, after, N_("What was done"), finding->implemented_text);
    said_if(fill, after, N_("Risk"), field_words(fill, Finding_risk));
    said_if(fill, after, N_("Measure meanwhile"), finding->risk_measure);
    if (!date_is_none(finding->risk_until))
        said_add(fill, after, N_("Accepted until"),
                 filled(&fill->words, N_("{1}, by {2}"), day(fill, finding->risk_until),
                        field_words(fill, Finding_accepted_risk_by)));
    said_if(fill, after, N_("Shared with"), field_words(fill, Finding_shared_with));
    said_if(fill, after, N_("Why type or significance was changed"), finding->change_reason);
}

static void issue_words(FindingFill *fill)
{
    const Finding *finding = finding_of(fill);
    Str owner = names_person(fill->view.names, id_is_none(finding->owner) ? finding->presented_to : finding->owner);

    if (finding->head.state >= FINDING_ISSUED || !date_is_none(fill->as_of)) return;
    if (owner.len == 0) owner = text(fill, N_("the owner of the process"));
    if (finding_is_nonconformity(finding)) {
        fill->sheet.next = filled(
            &fill->words,
            N_("A nonconformity with the same number opens for {1}; the dates to acknowledge, correct and plan begin."),
            owner, STR(""));
    } else if (finding_awaits_disposition(finding)) {
        fill->sheet.next =
            filled(&fill->words, N_("{1} decides: accept, watch, decline with a reason, or say that it is corrected."),
                   owner, STR(""));
    } else if (finding->kind == FINDING_GOOD_PRACTICE) {
        fill->sheet.next = text(fill, N_("It can be shared with others who could use it."));
    }
}

static void asked_fill(FindingFill *fill)
{
    const EvidenceRequest *asked = &fill->view.asked;
    Drawing drawing              = { .visit = fill->visit, .names = fill->view.names, .type = &evidence_request_type };
    static const int fields[]    = { EvidenceRequest_text, EvidenceRequest_asked_of, EvidenceRequest_due };

    if (id_is_none(asked->head.id) || asked->head.state != REQUEST_OPEN || !date_is_none(fill->as_of)) return;
    for (size_t i = 0; i < countof(fields); i++) {
        const Field *field = &evidence_request_type.fields[fields[i]];
        *list_push(arena_of(fill), &fill->sheet.asked) =
            (Fact){ text(fill, field->label), cell_of_field(&drawing, field, asked) };
    }
}

static void link_add(FindingFill *fill, const char *before, const Type *type, Id id)
{
    Str number = names_number(fill->view.names, type, id), title = names_title(fill->view.names, type, id);
    Str label = before != NULL ? text(fill, before) : (Str){ 0 };

    if (number.len == 0) return;
    *list_push(arena_of(fill), &fill->sheet.links) =
        (Link){ str_trim(str_fmt(arena_of(fill), "%.*s %.*s %.*s", STR_ARG(label), STR_ARG(number), STR_ARG(title))),
                address_record(arena_of(fill), type, number) };
}

static void links_fill(FindingFill *fill)
{
    const Finding *finding = finding_of(fill);

    if (!id_is_none(fill->nc.head.id))
        *list_push(arena_of(fill), &fill->sheet.links) =
            (Link){ filled(&fill->words, N_("Nonconformity {1}"), fill->nc.head.number, STR("")),
                    address_record(arena_of(fill), &nonconformity_type, fill->nc.head.number) };
    link_add(fill, NULL, &audit_type, finding->audit);
    link_add(fill, N_("Working paper"), &paper_type, finding->paper);
    link_add(fill, N_("Sample"), &sample_type, finding->sample);
    for (size_t i = 0; i < finding->repeat_of.len; i++)
        link_add(fill, N_("Repeats"), &finding_type, finding->repeat_of.at[i]);
}

static void timeline_fill(FindingFill *fill)
{
    enum { SHOWN = 10 };

    for (size_t i = 0; i < fill->view.history.len && i < SHOWN; i++) {
        const HistoryLine *line = &fill->view.history.at[i];
        *list_push(arena_of(fill), &fill->sheet.timeline) =
            (TimelineMark){ .day   = zone_date(fill->visit->app->zone, line->time),
                            .what  = { str_fmt(arena_of(fill), "%.*s, %.*s", STR_ARG(line->verb), STR_ARG(line->who)),
                                       STR("") },
                            .event = line->event };
    }
}

/* ---- what comes next ---- */

/* clang-format off */
static const StepPlace verb_places[] = {
    { "edit", FINDING_STATEMENT, NULL }, { "submit", FINDING_STATEMENT, NULL }, { "return", FINDING_GRADING, NULL }, { "accept", FINDING_GRADING, NULL },
    { "present", FINDING_GRADING, NULL }, { "agree", FINDING_VIEWS, NULL }, { "dispute", FINDING_VIEWS, NULL }, { "answer-dispute", FINDING_VIEWS, NULL },
    { "uphold", FINDING_VIEWS, NULL }, { "change", FINDING_VIEWS, NULL }, { "withdraw", FINDING_VIEWS, NULL }, { "issue", FINDING_AFTER, NULL },
    { "consider", FINDING_AFTER, NULL }, { "dispose", FINDING_AFTER, NULL }, { "implement", FINDING_AFTER, NULL }, { "close", FINDING_AFTER, NULL },
    { "share", FINDING_AFTER, NULL }, { "accept-risk", FINDING_AFTER, NULL },
};
static const StepPlace rule_places[] = {
    { "G-18", PART_MORE, NULL }, { "accept-3", PART_MORE, NULL }, { "submit-2", FINDING_STATEMENT, N_("Statement") },
};
/* clang-format on */

/* The verb that is waited for; false: nothing is. */
static bool awaited_verb(const Finding *finding, const char **verb)
{
    *verb = NULL;
    if (finding->head.state == FINDING_ISSUED && finding->kind == FINDING_GOOD_PRACTICE) *verb = "share";
    return !(finding_is_nonconformity(finding) && finding->head.state >= FINDING_ISSUED);
}

static void ended_fill(FindingFill *fill)
{
    const Finding *finding = finding_of(fill);
    Callout *callout       = &fill->sheet.waiting;

    if (finding->head.state == FINDING_VOID) {
        *callout =
            (Callout){ .kind = CALLOUT_STOP, .title = text(fill, N_("Void: it keeps its number and states nothing")) };
        return;
    }
    if (id_is_none(fill->nc.head.id)) return;
    callout->kind  = CALLOUT_OK;
    callout->title = text(fill, N_("Issued: the work goes on in the nonconformity"));
    *list_push(arena_of(fill), &callout->acts) =
        (Button){ .label = filled(&fill->words, N_("Open nonconformity {1}"), fill->nc.head.number, STR("")),
                  .href  = address_record(arena_of(fill), &nonconformity_type, fill->nc.head.number) };
}

/* Three answers are open, none of them leads: the callout sends to them. */
static void dispute_fill(FindingFill *fill)
{
    const Finding *finding = finding_of(fill);
    Callout *callout       = &fill->sheet.waiting;
    Str who                = str_sentence(arena_of(fill), &fill->steps.next.names);

    callout->icon                              = ICON_CLOCK;
    callout->title                             = fill->steps.next.is_viewer
                                                     ? text(fill, N_("It is your turn: decide the dispute"))
                                                     : filled(&fill->words, N_("The decision on the dispute waits for {1}"), who, STR(""));
    *list_push(arena_of(fill), &callout->text) = filled(
        &fill->words, N_("Uphold it, change it, or withdraw it, by {1}."), day(fill, finding->dispute_due), STR(""));
    if (fill->steps.next.is_viewer)
        *list_push(arena_of(fill), &callout->acts) =
            (Button){ .label = text(fill, N_("Decide the dispute")), .kind = BUTTON_PRIMARY, .href = STR("#part-3") };
    fill->steps.next = (NextStep){ 0 };
}

static bool steps_fill(FindingFill *fill, Err *err)
{
    const char *verb;

    fill->steps = (StepPage){ .visit     = fill->visit,
                              .type      = &finding_type,
                              .record    = &fill->view.finding,
                              .verbs     = verb_places,
                              .verbs_len = countof(verb_places),
                              .rules     = rule_places,
                              .rules_len = countof(rule_places) };
    if (!date_is_none(fill->as_of)) return true;
    if (awaited_verb(finding_of(fill), &verb) &&
        !next_step(fill->visit->call, &finding_type, finding_of(fill), verb, &fill->steps.next, err))
        return false;
    if (finding_of(fill)->head.state == FINDING_DISPUTED)
        dispute_fill(fill);
    else if (fill->steps.next.verb != NULL)
        step_next_fill(&fill->steps, &fill->sheet.gate, &fill->sheet.waiting);
    else
        ended_fill(fill);
    return step_acts_fill(&fill->steps, fill->sheet.acts, &fill->sheet.head.more, err);
}

/* ---- the page ---- */

static bool finding_answer(FindingFill *fill, Err *err)
{
    Visit *visit = fill->visit;

    head_fill(fill);
    spine_fill(fill);
    block_fill(fill);
    if (!steps_fill(fill, err)) return false;
    statement_fill(fill);
    grading_fill(fill);
    views_fill(fill);
    after_fill(fill);
    issue_words(fill);
    asked_fill(fill);
    links_fill(fill);
    timeline_fill(fill);
    fill->sheet.rights = finding_of(fill)->head.state <= FINDING_DISPUTED;
    if (!proof_line(visit, &finding_type, finding_of(fill), fill->view.names, &fill->sheet.proof, err)) return false;
    Html page   = visit_html(visit);
    Shell shell = visit_shell(visit, record_words(visit, visit->plan, finding_of(fill)),
                              address_list(visit->arena, &finding_type));
    page_finding(&page, &shell, &fill->sheet);
    return visit_send(visit, 200, &page, err);
}

static bool finding_show(Visit *visit, Err *err)
{
    FindingFill *fill = arena_new(visit->arena, FindingFill);
    Finding finding;
    Shown shown = { .record = &finding };
    bool found;

    if (!record_shown(visit, &shown, err)) return false;
    if (!shown.is_there) return true;
    fill->visit  = visit;
    fill->as_of  = shown.as_of;
    fill->words  = visit_html(visit);
    Time instant = date_is_none(fill->as_of) ? (Time){ 0 } : zone_day_end(visit->app->zone, fill->as_of);
    if (!finding_view_load(visit->call, &finding, instant, &fill->view, err)) return false;
    if (!case_of_finding(visit->call, finding.head.id, &fill->nc, &found, err)) return false;
    return finding_answer(fill, err);
}

static const Route rows[]   = { { HTTP_GET, "/findings/{record}", finding_show, 0 } };
const Routes finding_routes = ROUTES_OF(rows);
