/* SPDX-License-Identifier: Apache-2.0
 * Guards of fieldwork (ISO 19011 6.4): the opening and the closing meeting, papers, requests. An audit that was held
 * before the product was in use has no papers here. */
#include "audit/agenda.h"
#include "audit/audit.h"
#include "audit/audit_guards.h"
#include "audit/paper.h"
#include "audit/request.h"
#include "audit/say.h"
#include "org/requirement.h"
#include "record/row.h"

#include "audit/audit_input.h"

static bool refuse_without_meeting(Call *call, const Audit *audit, int kind, const char *rule, Err *err)
{
    const MeetingInput *in = call->input;
    bool held;

    if (in != NULL && in->present.len > 0) return true;
    if (!meeting_was_held(call, audit->head.id, kind, &held, err)) return false;
    if (held || in == NULL) return true;
    refuse_with(call, rule,
                kind == MEETING_OPENING ? STR("the opening meeting is not recorded")
                                        : STR("the closing meeting is not recorded"),
                "Record the meeting, or say here who was present.");
    return true;
}

bool guard_opening_is_recorded(Call *call, const void *record, Err *err)
{
    return refuse_without_meeting(call, record, MEETING_OPENING, "open-1", err);
}

bool guard_closing_is_recorded(Call *call, const void *record, Err *err)
{
    return refuse_without_meeting(call, record, MEETING_CLOSING, "finish-4", err);
}

static bool paper_is_done(const Paper *paper)
{
    return paper->head.state == PAPER_DONE || paper->head.state == PAPER_REVIEWED;
}

/* Refuses with the numbers of papers, if there are any. */
static void refuse_papers(Call *call, const char *rule, const char *what, const StrList *numbers, const char *next)
{
    StrList some = *numbers;

    if (numbers->len == 0) return;
    if (some.len > SAY_MAX) some.len = SAY_MAX;
    Str list = str_sentence(call->arena, &some);
    refuse_with(call, rule,
                numbers->len > SAY_MAX
                    ? str_fmt(call->arena, "%s: %.*s and %zu more", what, STR_ARG(list), numbers->len - SAY_MAX)
                    : str_fmt(call->arena, "%s: %.*s", what, STR_ARG(list)),
                next);
}

/* finish-1: every paper is done, "not covered" with its reason among them, and every reference has one. */
bool guard_papers_are_done(Call *call, const void *record, Err *err)
{
    const Audit *audit = record;
    PaperList papers   = { 0 };
    StrList open       = { 0 };
    IdList missing     = audit->refs;
    Str numbers;

    if (audit->held_before == YES) return true;
    if (!paper_list_of(call, audit->head.id, &papers, err)) return false;
    for (size_t i = 0; i < papers.len; i++) {
        if (!paper_is_done(&papers.at[i])) *list_push(call->arena, &open) = papers.at[i].head.number;
        missing = ids_without(call->arena, &missing, &papers.at[i].refs);
    }
    refuse_papers(call, "finish-1", "working papers not done", &open,
                  "Finish them, or conclude \"not covered\" with the reason.");
    if (missing.len == 0) return true;
    if (!say_numbers(call, &requirement_type, &missing, &numbers, err)) return false;
    refuse_with(call, "finish-1", str_fmt(call->arena, "no working paper on %.*s", STR_ARG(numbers)),
                "Write one; it may conclude \"not covered\" with the reason.");
    return true;
}

/* finish-2: every paper is reviewed by another person. */
bool guard_papers_are_reviewed(Call *call, const void *record, Err *err)
{
    const Audit *audit = record;
    PaperList papers   = { 0 };
    StrList open       = { 0 };

    if (audit->held_before == YES) return true;
    if (!paper_list_of(call, audit->head.id, &papers, err)) return false;
    for (size_t i = 0; i < papers.len; i++) {
        if (papers.at[i].head.state == PAPER_DONE) *list_push(call->arena, &open) = papers.at[i].head.number;
    }
    refuse_papers(call, "finish-2", "working papers not reviewed", &open, "Review them first.");
    return true;
}

/* finish-3: every request for evidence is closed, or said not to be received. */
bool guard_requests_are_closed(Call *call, const void *record, Err *err)
{
    const Audit *audit           = record;
    EvidenceRequestList requests = { 0 };
    StrList open                 = { 0 };

    if (audit->held_before == YES) return true;
    if (!record_list(call, &evidence_request_type, &requests,
                     STR("audit = $1 AND (state = 1 OR state = 2 OR state = 4) ORDER BY number, id"),
                     BINDS(BIND_ID(audit->head.id)), err))
        return false;
    for (size_t i = 0; i < requests.len; i++)
        *list_push(call->arena, &open) = requests.at[i].head.number;
    refuse_papers(call, "finish-3", "requests for evidence still open", &open,
                  "Accept what came, or mark them as not received.");
    return true;
}
