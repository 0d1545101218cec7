/* SPDX-License-Identifier: Apache-2.0
 * Declarations of independence, and overrides of its rules (4.6, G-20). A declaration is signed by the person himself,
 * for one version of the scope, with the facts beside it that the records show. */
#include "audit/part.h"
#include "audit/say.h"
#include "audit/seen.h"
#include "audit/team.h"
#include "record/change.h"
#include "record/row.h"

static const Choice result_rows[] = {
    [DECLARED_CLEAR - 1]   = { "clear", N_("No conflict") },
    [DECLARED_MANAGED - 1] = { "conflict_managed", N_("Conflict, managed") },
    [DECLARED_REFUSED - 1] = { "refused", N_("Conflict: I do not take part") },
};
static const ChoiceList declaration_results = CHOICES_OF("declaration_result", result_rows);

static const Choice rule_rows[] = {
    [OVERRIDE_G01 - 1] = { "G-01", N_("G-01: own work of the last 12 months") },
    [OVERRIDE_G02 - 1] = { "G-02", N_("G-02: near the auditee") },
    [OVERRIDE_G04 - 1] = { "G-04", N_("G-04: own audits and programme") },
    [OVERRIDE_G06 - 1] = { "G-06", N_("G-06: verifies own work") },
    [OVERRIDE_G07 - 1] = { "G-07", N_("G-07: reviews own work") },
    [OVERRIDE_G08 - 1] = { "G-08", N_("G-08: approves own report") },
};
static const ChoiceList override_rules = CHOICES_OF("override_rule", rule_rows);

static const Choice override_state_rows[] = {
    [OVERRIDE_ASKED - 1]    = { "asked", N_("Asked") },
    [OVERRIDE_APPROVED - 1] = { "approved", N_("Approved") },
    [OVERRIDE_REJECTED - 1] = { "rejected", N_("Rejected") },
};
static const ChoiceList override_states = CHOICES_OF("override_state", override_state_rows);

#define RECORD_TYPE   Declaration
#define RECORD_FIELDS "audit/declaration.fields.h"
#include "record/define.h"

#define RECORD_TYPE   Override
#define RECORD_FIELDS "audit/override.fields.h"
#include "record/define.h"

AUDIT_PART(Declaration);
AUDIT_PART(Override);

/* ------------------------------------------------------------------------------------------------------- declaration
 */

/* What there is to disclose in the whole scope: own work and nearness. Who manages the programme or worked in an audit
 * (G-04) is known to all; it stands against taking clause 9.2, not against taking part. */
static bool declaration_facts(Call *call, const Declaration *declaration, FactList *facts, Err *err)
{
    size_t kept = 0;
    Audit audit;

    if (!part_audit(call, declaration, &audit, err)) return false;
    if (!independence_facts(call, &audit, declaration->person, &audit.refs, facts, err)) return false;
    for (size_t i = 0; i < facts->len; i++) {
        if (!fact_is(&facts->at[i], "G-04")) facts->at[kept++] = facts->at[i];
    }
    facts->len = kept;
    return facts_without_overrides(call, audit.head.id, declaration->person, facts, err);
}

/* declare-1: a signature is one's own. */
static bool guard_signs_for_himself(Call *call, const void *record, Err *err)
{
    const Declaration *declaration = record;
    IdList signer                  = { 0 };

    (void)err;
    if (call->is_system || id_eq(call->who, declaration->person)) return true;
    id_list_add(call->arena, &signer, declaration->person);
    refuse(call, (Refusal){ .rule    = STR("declare-1"),
                            .missing = STR("the signature of the person himself"),
                            .could   = people_names(call, &signer),
                            .next    = call_text(call, "Ask for the declaration; nobody signs for another.") });
    return true;
}

/* declare-2: what the records show in the scope is disclosed or managed. */
static bool guard_facts_are_disclosed(Call *call, const void *record, Err *err)
{
    const Declaration *declaration = record;
    FactList facts                 = { 0 };
    Str text;

    if (declaration->result != DECLARED_CLEAR || str_trim(declaration->disclosed).len > 0) return true;
    if (!declaration_facts(call, declaration, &facts, err)) return false;
    if (facts.len == 0) return true;
    if (!facts_text(call, &facts, &text, err)) return false;
    refuse_with(call, "declare-2", str_fmt(call->arena, "the records show what is not disclosed: %.*s", STR_ARG(text)),
                "Disclose it and say who takes these references, or declare a managed conflict.");
    return true;
}

/* declare-3: a managed conflict says how, here or in an override. */
static bool guard_conflict_is_managed(Call *call, const void *record, Err *err)
{
    const Declaration *declaration = record;
    int64_t count;

    if (declaration->result != DECLARED_MANAGED || str_trim(declaration->measure).len > 0) return true;
    if (!record_count(call, &override_type, STR("audit = $1 AND person = $2 AND state = 2"),
                      BINDS(BIND_ID(declaration->audit), BIND_ID(declaration->person)), &count, err))
        return false;
    if (count == 0)
        refuse_with(call, "declare-3", STR("the measure that manages the conflict"),
                    "Say what is done about it, or ask for an override (G-20).");
    return true;
}

static bool declaration_sign(Call *call, void *record, Changes *changes, Err *err)
{
    Declaration *declaration = record;
    FactList facts           = { 0 };
    Audit audit;

    (void)changes;
    if (!part_audit(call, declaration, &audit, err)) return false;
    declaration->scope_version = audit.scope_version;
    if (!independence_facts(call, &audit, declaration->person, &audit.refs, &facts, err)) return false;
    return facts_text(call, &facts, &declaration->facts, err);
}

/* ------------------------------------------------------------------------------------------------------- override */

static bool override_ask(Call *call, void *record, Changes *changes, Err *err)
{
    (void)changes, (void)err;
    ((Override *)record)->asked_by = call->who;
    return true;
}

/* G-20: top management decides; the answer to G-02 may be the programme manager's. Nobody decides about himself. */
static bool guard_override_is_decided_above(Call *call, const void *record, Err *err)
{
    const Override *override = record;
    const char *role         = override->rule == OVERRIDE_G02 ? "programme_manager" : "top_management";
    IdList people            = { 0 };

    bool may = call_has_role(call, str_from_c(role)) || call_has_role(call, STR("top_management"));
    if (may && !id_eq(call->who, override->person)) return true;
    if (!call->app->directory->people_with(call, str_from_c(role), &people, err)) return false;
    refuse(call, (Refusal){ .rule    = STR("G-20"),
                            .missing = override->rule == OVERRIDE_G02 ? STR("the answer of the audit programme manager")
                                                                      : STR("the approval of top management"),
                            .could   = people_names(call, &people),
                            .next    = call_text(call, "Ask one of them; nobody decides about himself.") });
    return true;
}

static bool override_decide(Call *call, void *record, Changes *changes, Err *err)
{
    Override *override = record;

    (void)changes, (void)err;
    override->approved_by = call->who;
    override->decided_on  = call->today;
    return true;
}

/* ------------------------------------------------------------------------------------------------------- the types */

/* clang-format off */
static const Verb declaration_verbs[] = {
    { .name = "create", .label = N_("Sign declaration"), .help = N_("Holds for this version of the scope."), .body = declaration_sign, .flags = VERB_PRIMARY },
};
static const Step declaration_steps[] = {
    { STATE_NEW,    "create", PLAIN_IN_USE, "team", { guard_audit_is_open, guard_signs_for_himself, guard_facts_are_disclosed, guard_conflict_is_managed } },
    { PLAIN_IN_USE, "void",   PLAIN_VOID,   "programme_manager",      { guard_audit_is_open } },
};
static const See declaration_see[] = {
    { SEE_MANAGERS, NULL },
    { "everyone", "person = :viewer OR " SEE_AUDIT_PLAN },
};
const Type declaration_type = {
    .name = "declaration", .plural = "declarations", .label = "Declaration of independence", .label_plural = "Declarations of independence",
    .about = "What a member of a team declares before an audit, beside what the records show.",
    .number_format = "DC-%d", .parent = "audit", .number_within_parent = true, .dossier = "audit", .states = &plain_states,
    TYPE_FIELDS(Declaration), TYPE_VERBS(declaration_verbs), TYPE_STEPS(declaration_steps),
    .relations = audit_part_relations, .relations_len = AUDIT_PART_RELATIONS, TYPE_SEE(declaration_see),
};

static const Verb override_verbs[] = {
    { .name = "create", .label = N_("Ask for an override"), .help = N_("An exception that is managed, approved and printed in the report."), .body = override_ask, .flags = VERB_PRIMARY },
    { .name = "approve", .label = N_("Approve override"), .help = N_("The rule does not stand in the way any more, with this measure."), .body = override_decide, .flags = VERB_PRIMARY },
    { .name = "reject", .label = N_("Reject override"), .help = N_("Somebody else takes the references."), .body = override_decide },
};
static const Step override_steps[] = {
    { STATE_NEW,      "create",  OVERRIDE_ASKED,    "programme_manager|lead",           { guard_audit_is_open } },
    { OVERRIDE_ASKED, "approve", OVERRIDE_APPROVED, "top_management|programme_manager", { guard_override_is_decided_above } },
    { OVERRIDE_ASKED, "reject",  OVERRIDE_REJECTED, "top_management|programme_manager", { guard_override_is_decided_above } },
};
const Type override_type = {
    .name = "override", .plural = "overrides", .label = "Override", .label_plural = "Overrides",
    .about = "A managed exception from a rule of independence (G-20), or the answer to G-02.",
    .number_format = "OV-%d", .parent = "audit", .number_within_parent = true, .dossier = "audit", .states = &override_states,
    TYPE_FIELDS(Override), TYPE_VERBS(override_verbs), TYPE_STEPS(override_steps),
    .relations = audit_part_relations, .relations_len = AUDIT_PART_RELATIONS, TYPE_SEE(declaration_see),
};
/* clang-format on */
