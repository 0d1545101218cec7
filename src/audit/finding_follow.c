/* SPDX-License-Identifier: Apache-2.0
 * What comes of a finding that is no nonconformity: disposition by its owner, sharing, acceptance of a risk; and the
 * changes that take two people (G-10, G-13). */
#include "audit/finding_verbs.h"

#include "audit/choices.h"
#include "audit/part.h"
#include "audit/programme.h"
#include "org/process.h"
#include "org/role.h"
#include "record/change.h"
#include "record/number.h"
#include "record/row.h"

#include "audit/finding_input.h"

/* ------------------------------------------------------------------------------------------------------- register */

/* register-1: an audit of ours drafts; register-2: a nonconformity has a register of its own. */
bool guard_source_is_not_an_audit(Call *call, const void *record, Err *err)
{
    const Finding *finding = record;

    (void)err;
    if (finding->source == 0 || finding->source == SOURCE_INTERNAL_AUDIT)
        refuse_with(call, "register-1", STR("a source other than an audit of our own"),
                    "Draft it in its audit: there it is read, graded and told to the auditee.");
    if (finding_is_nonconformity(finding))
        refuse_with(call, "register-2", STR("a nonconformity is registered as such, not as a finding"),
                    "Register a nonconformity.");
    if (str_trim(finding->condition).len == 0) invalid(call, STR("condition"), call_text(call, "Say what was found."));
    if (id_is_none(finding->process)) invalid(call, STR("process"), call_text(call, "Choose the process."));
    return true;
}

bool finding_register(Call *call, void *record, Changes *changes, Err *err)
{
    Finding *finding = record;
    Process process;

    (void)changes;
    if (!record_must(call, &process_type, finding->process, &process, err)) return false;
    finding->owner      = process.owner;
    finding->written_by = call->who;
    finding->issued_on  = call->today;
    if (finding->head.number.len == 0) finding->head.number = STR("D-0"); /* provisional, ended at once */
    return number_give(call, &finding_type, finding, err);
}

/* ------------------------------------------------------------------------------------------------------- disposition
 */

bool guard_is_observation(Call *call, const void *record, Err *err)
{
    (void)err;
    if (finding_awaits_disposition(record)) return true;
    refuse_with(call, "dispose-1", STR("only observations and opportunities for improvement are disposed of"),
                "A nonconformity is corrected and analysed; a good practice is shared.");
    return true;
}

bool guard_is_good_practice(Call *call, const void *record, Err *err)
{
    (void)err;
    if (((const Finding *)record)->kind == FINDING_GOOD_PRACTICE) return true;
    refuse_with(call, "share-1", STR("only a good practice is shared"), "Dispose of it, or work on the nonconformity.");
    return true;
}

/* dispose-2: declining something significant is the ISMS manager's decision. */
bool guard_decline_is_weighed(Call *call, const void *record, Err *err)
{
    const Finding *finding = record;
    const DisposeInput *in = call->input;
    IdList managers        = { 0 };

    if (in == NULL || in->decision != DECIDE_DECLINED || finding->significance < LEVEL_IS_HIGH) return true;
    if (call_has_role(call, STR("isms_manager"))) return true;
    if (!call->app->directory->people_with(call, STR("isms_manager"), &managers, err)) return false;
    refuse(call, (Refusal){ .rule    = STR("dispose-2"),
                            .missing = str_fmt(call->arena, "significance is %s: the ISMS manager decides on declining",
                                               choice_label(&four_levels, finding->significance)),
                            .could   = people_names(call, &managers),
                            .next    = call_text(call, "Ask the ISMS manager, or choose another disposition.") });
    return true;
}

/* dispose-3: what is accepted has a due date, what is watched a day to look again. */
bool guard_decision_has_its_day(Call *call, const void *record, Err *err)
{
    const DisposeInput *in = call->input;

    (void)record, (void)err;
    if (in == NULL) return true;
    if (in->decision == DECIDE_ACCEPTED && date_is_none(in->due))
        refuse_with(call, "dispose-3", STR("the day by which it is done"), "Give the day.");
    if (in->decision == DECIDE_WATCH && date_is_none(in->review_on))
        refuse_with(call, "dispose-3", STR("the day on which somebody looks again"), "Give the day.");
    return true;
}

bool finding_hand_on(Call *call, void *record, Changes *changes, Err *err)
{
    (void)changes, (void)err;
    ((Finding *)record)->owner = ((const HandOnInput *)call->input)->to;
    return true;
}

bool finding_dispose(Call *call, void *record, Changes *changes, Err *err)
{
    static const struct {
        int disposition, state;
    } outcomes[]           = { [DECIDE_ACCEPTED]  = { DISPOSED_ACCEPTED, FINDING_ACCEPTED },
                               [DECIDE_WATCH]     = { DISPOSED_WATCH, FINDING_WATCH },
                               [DECIDE_DECLINED]  = { DISPOSED_DECLINED, FINDING_DECLINED },
                               [DECIDE_CORRECTED] = { DISPOSED_CORRECTED, FINDING_CLOSED } };
    Finding *finding       = record;
    const DisposeInput *in = call->input;

    (void)err;
    finding->disposition        = outcomes[in->decision].disposition;
    finding->disposition_reason = in->reason;
    finding->due                = in->due;
    finding->review_on          = in->review_on;
    if (in->decision == DECIDE_CORRECTED) finding->closed_on = call->today;
    change_target(changes, outcomes[in->decision].state);
    change_why(changes, in->reason);
    return true;
}

bool finding_implement(Call *call, void *record, Changes *changes, Err *err)
{
    Finding *finding = record;

    (void)changes, (void)err;
    finding->implemented_text = ((const ImplementInput *)call->input)->text;
    finding->disposition      = DISPOSED_IMPLEMENTED;
    return true;
}

bool finding_close(Call *call, void *record, Changes *changes, Err *err)
{
    (void)changes, (void)err;
    ((Finding *)record)->closed_on = call->today;
    return true;
}

bool finding_share(Call *call, void *record, Changes *changes, Err *err)
{
    Finding *finding     = record;
    const ShareInput *in = call->input;

    (void)changes, (void)err;
    finding->shared_with      = in->to;
    finding->implemented_text = in->text;
    finding->disposition      = DISPOSED_SHARED;
    finding->closed_on        = call->today;
    return true;
}

/* ------------------------------------------------------------------------------------------------------- risk
 * acceptance */

/* Whether the role reaches the significance of the finding and its process. */
static bool role_reaches(const Role *role, const Finding *finding)
{
    bool reaches = choice_from_name(&four_levels, role->up_to) >= finding->significance;
    return reaches && (role->scope.len == 0 || id_list_has(&role->scope, finding->process));
}

static bool risk_owners(Call *call, const Finding *finding, IdList *people, Err *err)
{
    RoleList held = { 0 };

    if (!record_list(call, &role_type, &held,
                     STR("role = $1 AND state = 1 AND since <= $2 AND (until = 0 OR until >= $2) ORDER BY id"),
                     BINDS(BIND_NUMBER(ROLE_RISK_OWNER), BIND_DATE(call->today)), err))
        return false;
    for (size_t i = 0; i < held.len; i++) {
        if (role_reaches(&held.at[i], finding)) id_list_add(call->arena, people, held.at[i].person);
    }
    return call->app->directory->people_with(call, STR("top_management"), people, err);
}

/* G-12: only an owner of risks whose authority reaches that far. */
bool guard_risk_owner_has_authority(Call *call, const void *record, Err *err)
{
    const Finding *finding = record;
    IdList people          = { 0 };

    if (call->is_system) return true;
    if (!risk_owners(call, finding, &people, err)) return false;
    if (id_list_has(&people, call->who)) return true;
    refuse(call,
           (Refusal){ .rule    = STR("G-12"),
                      .missing = str_fmt(call->arena, "an owner of risks up to significance \"%s\" for this process",
                                         choice_label(&four_levels, finding->significance)),
                      .could   = people_names(call, &people),
                      .next    = call_text(call, "Ask one of them.") });
    return true;
}

/* G-12: an acceptance ends, at most twelve months from today; that day still counts. */
bool guard_acceptance_ends(Call *call, const void *record, Err *err)
{
    const AcceptRiskInput *in = call->input;
    Date last                 = date_add_months(call->today, 12);

    (void)record, (void)err;
    if (in == NULL || (!date_before(last, in->until) && !date_before(in->until, call->today))) return true;
    refuse_with(
        call, "G-12",
        str_fmt(call->arena, "an acceptance ends between today and %.*s", STR_ARG(date_to_human(call->arena, last))),
        "Choose a day in that time; it can be accepted again then.");
    return true;
}

/* consider-1: an accepted risk is looked at again when the acceptance is over. */
bool guard_acceptance_is_over(Call *call, const void *record, Err *err)
{
    const Finding *finding = record;

    (void)err;
    if (finding_acceptance_is_over(finding, call->today)) return true;
    refuse_with(call, "consider-1",
                str_fmt(call->arena, "the risk is accepted until the end of %.*s",
                        STR_ARG(date_to_human(call->arena, finding->risk_until))),
                "It opens again by itself on the day after.");
    return true;
}

bool finding_accept_risk(Call *call, void *record, Changes *changes, Err *err)
{
    Finding *finding          = record;
    const AcceptRiskInput *in = call->input;

    (void)err;
    finding->disposition        = DISPOSED_RISK_ACCEPTED;
    finding->disposition_reason = in->reason;
    finding->risk               = in->risk;
    finding->risk_measure       = in->measure;
    finding->risk_until         = in->until;
    finding->accepted_risk_by   = call->who;
    finding->endorsed_by        = in->endorsed_by;
    finding->closed_on          = call->today;
    change_why(changes, in->reason);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- two people */

/* Lead, programme managers and their deputy: any two of them change or void an issued finding together. */
static bool judges_of(Call *call, const Finding *finding, IdList *people, Err *err)
{
    Audit audit;
    Programme programme;
    bool found;

    if (!part_audit(call, finding, &audit, err)) return false;
    id_list_add(call->arena, people, audit.lead);
    if (!call->app->directory->people_with(call, STR("programme_manager"), people, err)) return false;
    if (!record_load(call, &programme_type, audit.programme, &programme, &found, err)) return false;
    if (found) id_list_add(call->arena, people, programme.deputy);
    return true;
}

static bool refuse_alone(Call *call, const Finding *finding, Id second, const char *rule, Err *err)
{
    IdList judges = { 0 }, others = { 0 };

    if (!judges_of(call, finding, &judges, err)) return false;
    for (size_t i = 0; i < judges.len; i++) {
        if (!id_eq(judges.at[i], call->who)) id_list_add(call->arena, &others, judges.at[i]);
    }
    if (id_list_has(&others, second)) return true;
    refuse(call, (Refusal){ .rule    = str_from_c(rule),
                            .missing = STR("lead and programme manager together: a second person who agrees"),
                            .could   = people_names(call, &others),
                            .next    = call_text(call, "Agree with one of them and name that person.") });
    return true;
}

bool guard_change_is_agreed(Call *call, const void *record, Err *err)
{
    const ChangeTypeInput *in = call->input;
    return in == NULL || refuse_alone(call, record, in->second, "G-10", err);
}

bool guard_void_is_agreed(Call *call, const void *record, Err *err)
{
    const VoidInput *in = call->input;

    if (((const Finding *)record)->head.state == FINDING_VOID) {
        refuse_with(call, "void-1", STR("the finding is void already"), "Nothing is left to do.");
        return true;
    }
    return in == NULL || refuse_alone(call, record, in->second, "void-1", err);
}

bool finding_change_type(Call *call, void *record, Changes *changes, Err *err)
{
    Finding *finding          = record;
    const ChangeTypeInput *in = call->input;

    (void)err;
    if (in->kind != 0) finding->kind = in->kind;
    if (in->significance != 0) finding->significance = in->significance;
    finding->change_reason = in->reason;
    finding->changed_with  = in->second;
    change_why(changes, in->reason);
    return true;
}

bool finding_void(Call *call, void *record, Changes *changes, Err *err)
{
    Finding *finding    = record;
    const VoidInput *in = call->input;

    (void)err;
    finding->changed_with = in->second;
    finding->closed_on    = call->today;
    change_why(changes, in->reason);
    return true;
}
