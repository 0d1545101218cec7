/* SPDX-License-Identifier: Apache-2.0
 * Evidence (4.9): kept as it was obtained. There is no edit; a correction is a new item that supersedes the old one,
 * and a withdrawal takes two people and leaves the row (G-14). */
#include "audit/evidence.h"

#include "audit/audit.h"
#include "audit/custody.h"
#include "audit/part.h"
#include "audit/request.h"
#include "audit/seen.h"
#include "record/change.h"
#include "record/input.h"
#include "record/row.h"

static const Choice evidence_kind_rows[] = {
    [EVIDENCE_DOCUMENT - 1]        = { "document", N_("Document") },
    [EVIDENCE_RECORD - 1]          = { "record", N_("Record") },
    [EVIDENCE_SCREENSHOT - 1]      = { "screenshot", N_("Screenshot") },
    [EVIDENCE_DATA_EXTRACT - 1]    = { "data_extract", N_("Extract of data or log") },
    [EVIDENCE_PHOTOGRAPH - 1]      = { "photograph", N_("Photograph") },
    [EVIDENCE_OBSERVATION - 1]     = { "observation", N_("Observation") },
    [EVIDENCE_STATEMENT - 1]       = { "statement", N_("Statement") },
    [EVIDENCE_SEEN_NOT_COPIED - 1] = { "seen_not_copied", N_("Seen, not copied") },
};
static const ChoiceList evidence_kinds = CHOICES_OF("evidence_kind", evidence_kind_rows);

static const Choice evidence_state_rows[] = {
    [EVIDENCE_KEPT - 1]             = { "kept", N_("Kept") },
    [EVIDENCE_WITHDRAWAL_ASKED - 1] = { "withdrawal_asked", N_("Withdrawal asked") },
    [EVIDENCE_WITHDRAWN - 1]        = { "withdrawn", N_("Withdrawn") },
};
static const ChoiceList evidence_states = CHOICES_OF("evidence_state", evidence_state_rows);

#define RECORD_TYPE   Evidence
#define RECORD_FIELDS "audit/evidence.fields.h"
#include "record/define.h"

#define WITHDRAW_INPUT(F, T)                                                                                           \
    F(T, LONG, reason, .label = "Why", .help = "For example: personal data that is not needed.", .needed = true)
INPUT(WithdrawInput, WITHDRAW_INPUT, "evidence.ask-withdrawal")

/* ------------------------------------------------------------------------------------------------------- guards */

/* evidence-1: evidence belongs to something. */
static bool guard_belongs_to_something(Call *call, const void *record, Err *err)
{
    const Evidence *evidence = record;

    (void)err;
    if (id_is_none(evidence->audit) && id_is_none(evidence->nonconformity) && id_is_none(evidence->action) &&
        id_is_none(evidence->request))
        refuse_with(call, "evidence-1", STR("the audit or the nonconformity to which it belongs"),
                    "Name the record it is evidence for.");
    return true;
}

/* evidence-2 (4.9): a file without the day of its fact needs a reason; undated screenshots are a known weakness. */
static bool guard_fact_is_dated(Call *call, const void *record, Err *err)
{
    const Evidence *evidence = record;

    (void)err;
    if (!date_is_none(evidence->fact_date) || str_trim(evidence->undated_reason).len > 0) return true;
    refuse_with(call, "evidence-2", STR("the day of the fact that it shows"),
                "Give the day, or say why there is none: then it may be doubted.");
    return true;
}

/* evidence-3: nothing is known before it is so. */
static bool guard_days_are_possible(Call *call, const void *record, Err *err)
{
    const Evidence *evidence = record;

    (void)err;
    if (date_before(call->today, evidence->fact_date))
        invalid(call, STR("fact_date"), call_text(call, "Choose a day that has come."));
    if (date_before(call->today, evidence->obtained_on))
        invalid(call, STR("obtained_on"), call_text(call, "Choose a day that has come."));
    return true;
}

/* "Seen, not copied" (R-27007-2): no file, and enough to know where, when, from whom and what. */
static bool guard_seen_is_told(Call *call, const void *record, Err *err)
{
    const Evidence *evidence = record;

    (void)err;
    if (evidence->kind != EVIDENCE_SEEN_NOT_COPIED) return true;
    if (evidence->file.len > 0)
        invalid(call, STR("file"), call_text(call, "What was seen and not copied has no file: choose another kind."));
    if (evidence->place.len == 0) invalid(call, STR("place"), call_text(call, "Say where it was seen."));
    if (time_is_none(evidence->seen_at)) invalid(call, STR("seen_at"), call_text(call, "Say when it was seen."));
    if (id_is_none(evidence->source) && evidence->shown_by.len == 0)
        invalid(call, STR("source"), call_text(call, "Say who showed it."));
    if (evidence->seen.len == 0) invalid(call, STR("seen"), call_text(call, "Say what was seen, in your own words."));
    return true;
}

/* G-14: two people withdraw evidence. */
static bool guard_second_person_agrees(Call *call, const void *record, Err *err)
{
    const Evidence *evidence = record;

    (void)err;
    if (!id_eq(evidence->withdrawn_by, call->who)) return true;
    refuse(call, (Refusal){ .rule    = STR("G-14"),
                            .missing = STR("a second person who agrees to the withdrawal"),
                            .could   = people_who_could(call, guard_second_person_agrees, record),
                            .next = call_text(call, "Ask one of them; the row stays, with reason and both names.") });
    return true;
}

/* ------------------------------------------------------------------------------------------------------- verbs */

/* What answers a request belongs to its audit, which whoever was asked need not see. */
static bool take_audit_of_request(Call *call, Evidence *evidence, Err *err)
{
    EvidenceRequest request;

    if (id_is_none(evidence->request)) return true;
    if (!record_must(call, &evidence_request_type, evidence->request, &request, err)) return false;
    if (!id_is_none(evidence->audit) && !id_eq(evidence->audit, request.audit))
        invalid(call, STR("audit"), call_text(call, "The request belongs to another audit."));
    evidence->audit = request.audit;
    return true;
}

static bool evidence_create(Call *call, void *record, Changes *changes, Err *err)
{
    Evidence *evidence = record;

    (void)changes;
    if (!take_audit_of_request(call, evidence, err)) return false;
    if (id_is_none(evidence->obtained_by)) evidence->obtained_by = call->who;
    if (date_is_none(evidence->obtained_on)) evidence->obtained_on = call->today;
    return true;
}

static bool evidence_ask_withdrawal(Call *call, void *record, Changes *changes, Err *err)
{
    Evidence *evidence      = record;
    const WithdrawInput *in = call->input;

    (void)err;
    evidence->withdrawn_by  = call->who;
    evidence->withdrawn_why = in->reason;
    change_why(changes, in->reason);
    return true;
}

static bool evidence_withdraw(Call *call, void *record, Changes *changes, Err *err)
{
    (void)changes, (void)err;
    ((Evidence *)record)->withdrawn_with = call->who;
    return true;
}

static bool evidence_keep(Call *call, void *record, Changes *changes, Err *err)
{
    Evidence *evidence = record;

    (void)call, (void)changes, (void)err;
    evidence->withdrawn_by  = (Id){ 0 };
    evidence->withdrawn_why = (Str){ 0 };
    return true;
}

/* ------------------------------------------------------------------------------------------------------- people */

static bool evidence_obtained_by(Call *call, const void *record, IdList *people, Err *err)
{
    (void)err;
    id_list_add(call->arena, people, ((const Evidence *)record)->obtained_by);
    return true;
}

static bool evidence_lead(Call *call, const void *record, IdList *people, Err *err)
{
    Audit audit;
    bool found;

    if (!record_load(call, &audit_type, ((const Evidence *)record)->audit, &audit, &found, err)) return false;
    if (found) id_list_add(call->arena, people, audit.lead);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- the type */

/* clang-format off */
static const Verb evidence_verbs[] = {
    { .name = "create", .label = N_("Add evidence"), .help = N_("Written once: what is wrong is replaced by a new item."), .body = evidence_create, .flags = VERB_PRIMARY },
    { .name = "ask-withdrawal", .label = N_("Ask to withdraw"), .help = N_("Somebody else has to agree."), .input = &WithdrawInput_shape, .body = evidence_ask_withdrawal },
    { .name = "withdraw", .label = N_("Withdraw"), .help = N_("The row stays, with the reason and both names; the file is not shown any more."), .body = evidence_withdraw, .flags = VERB_DANGER },
    { .name = "keep", .label = N_("Keep"), .help = N_("The withdrawal is not agreed to."), .body = evidence_keep },
};

#define WHO "obtained_by|lead|programme_manager|isms_manager"
static const Step evidence_steps[] = {
    { STATE_NEW,                 "create",         EVIDENCE_KEPT,             "everyone", { guard_belongs_to_something, guard_fact_is_dated, guard_days_are_possible, guard_seen_is_told } },
    { EVIDENCE_KEPT,             "ask-withdrawal", EVIDENCE_WITHDRAWAL_ASKED, WHO,        { NULL } },
    { EVIDENCE_WITHDRAWAL_ASKED, "withdraw",       EVIDENCE_WITHDRAWN,        WHO,        { guard_second_person_agrees } },
    { EVIDENCE_WITHDRAWAL_ASKED, "keep",           EVIDENCE_KEPT,             WHO,        { NULL } },
};
static const Relation evidence_relations[] = {
    { "obtained_by", N_("whoever obtained it"), evidence_obtained_by },
    { "lead", N_("the lead auditor"), evidence_lead },
};
/* Evidence of a case is seen by those who work on the case; evidence of an audit stays with its team and its giver, and
 * with the team of an audit that uses it too. */
static const See evidence_see[] = {
    { "programme_manager", NULL },
    { "isms_manager|coordinator", "nonconformity <> 0 OR action <> 0" },
    { "everyone", "obtained_by = :viewer OR source = :viewer OR created_by = :viewer OR " SEE_AUDIT_TEAM
                  " OR nonconformity IN (SELECT id FROM nonconformity WHERE owner = :viewer"
                  " OR plan_approver = :viewer OR verifier = :viewer OR reviewer = :viewer)"
                  " OR action IN (SELECT id FROM action WHERE owner = :viewer)"
                  " OR id IN (SELECT evidence FROM evidence_use WHERE state = 1 AND (" SEE_AUDIT_TEAM "))" },
};

const Type evidence_type = {
    .name = "evidence", .plural = "evidence", .label = "Evidence", .label_plural = "Evidence",
    .about = "What shows that something is so: written once, with its day and its source.",
    .number_format = "EV-%03d", .dossier = "audit", .states = &evidence_states,
    TYPE_FIELDS(Evidence), TYPE_VERBS(evidence_verbs), TYPE_STEPS(evidence_steps),
    TYPE_RELATIONS(evidence_relations), TYPE_SEE(evidence_see), .file_given = custody_file_given,
};
/* clang-format on */
