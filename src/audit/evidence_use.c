/* SPDX-License-Identifier: Apache-2.0
 * Re-use of evidence (4.9): the item stays where it is and as it is; the other audit's team sees it from then on. */
#include "audit/evidence_use.h"

#include "audit/evidence.h"
#include "audit/evidence_age.h"
#include "audit/part.h"
#include "audit/seen.h"
#include "record/row.h"

#define RECORD_TYPE   EvidenceUse
#define RECORD_FIELDS "audit/evidence_use.fields.h"
#include "record/define.h"

AUDIT_PART(EvidenceUse);

/* ------------------------------------------------------------------------------------------------------- guards */

/* use-1: the item is still kept, and belongs to another audit. */
static bool guard_item_can_be_used(Call *call, const void *record, Err *err)
{
    const EvidenceUse *use = record;
    Evidence evidence;
    bool found;

    if (!record_load(call, &evidence_type, use->evidence, &evidence, &found, err)) return false;
    if (found && evidence.head.state == EVIDENCE_WITHDRAWN)
        refuse_with(call, "use-1", STR("an item that was not withdrawn"), "Ask for fresh evidence.");
    else if (found && id_eq(evidence.audit, use->audit))
        invalid(call, STR("audit"), call_text(call, "The item belongs to this audit already."));
    return true;
}

/* use-2: it is used once in an audit. */
static bool guard_item_is_not_used_yet(Call *call, const void *record, Err *err)
{
    const EvidenceUse *use = record;
    int64_t uses;

    if (!record_count(call, &evidence_use_type, STR("audit = $1 AND evidence = $2 AND state = 1"),
                      BINDS(BIND_ID(use->audit), BIND_ID(use->evidence)), &uses, err))
        return false;
    if (uses > 0) refuse_with(call, "use-2", STR("an item that the audit does not use yet"), "Look at its evidence.");
    return true;
}

/* use-3 (4.9): its period fits, or somebody says why it can be relied on all the same. */
static bool guard_period_fits(Call *call, const void *record, Err *err)
{
    const EvidenceUse *use = record;
    Evidence evidence;
    Audit audit;
    bool found;

    if (!part_audit(call, use, &audit, err)) return false;
    if (!record_load(call, &evidence_type, use->evidence, &evidence, &found, err)) return false;
    EvidenceAge age = evidence_age(&evidence, &audit, call->today);
    if (!found || str_trim(use->reason).len > 0) return true;
    if (!age.is_old && !age.is_outside && !date_is_none(age.last)) return true;
    refuse_with(call, "use-3",
                date_is_none(age.last) ? STR("a day of which the item speaks, or why it can be relied on")
                                       : str_fmt(call->arena, "why it can be relied on: it speaks of %.*s, %d days ago",
                                                 STR_ARG(date_to_human(call->arena, age.last)), (int)age.days),
                "Say why, or ask for fresh evidence.");
    return true;
}

/* ------------------------------------------------------------------------------------------------------- verbs */

static bool use_create(Call *call, void *record, Changes *changes, Err *err)
{
    EvidenceUse *use = record;
    Evidence evidence;

    (void)changes;
    if (!record_must(call, &evidence_type, use->evidence, &evidence, err)) return false;
    EvidenceAge age = evidence_age(&evidence, NULL, call->today);
    use->used_by    = call->who;
    use->used_on    = call->today;
    if (!date_is_none(age.last)) use->age_days = (Int){ age.days, true };
    return true;
}

/* clang-format off */
static const Verb use_verbs[] = {
    { .name = "create", .label = N_("Use in another audit"), .help = N_("The team of that audit sees the item from then on."), .body = use_create, .flags = VERB_PRIMARY },
};
static const Step use_steps[] = {
    { STATE_NEW,    "create", PLAIN_IN_USE, "team|programme_manager", { guard_audit_is_open, guard_item_can_be_used, guard_item_is_not_used_yet, guard_period_fits } },
    { PLAIN_IN_USE, "void",   PLAIN_VOID,   "team|programme_manager", { guard_audit_is_open } },
};
static const Relation use_relations[] = { { "team", N_("the audit team"), part_team } };
static const See use_see[]            = { { "programme_manager", NULL }, { "everyone", "used_by = :viewer OR " SEE_AUDIT_TEAM } };

const Type evidence_use_type = {
    .name = "evidence_use", .plural = "evidence-uses", .label = "Use in another audit", .label_plural = "Uses in other audits",
    .about = "Evidence of one audit that another audit rests on too.",
    .number_format = "U-%d", .parent = "evidence", .number_within_parent = true, .dossier = "audit", .states = &plain_states,
    TYPE_FIELDS(EvidenceUse), TYPE_VERBS(use_verbs), TYPE_STEPS(use_steps), TYPE_RELATIONS(use_relations), TYPE_SEE(use_see),
};
/* clang-format on */
