/* SPDX-License-Identifier: Apache-2.0
 * What the parts of a case share. */
#include "action/case_part.h"

#include "audit/finding.h"
#include "audit/team.h"
#include "record/row.h"

static bool part_case(Call *call, const void *part, Nonconformity *nc, Err *err)
{
    return nonconformity_of(call, ((const CasePart *)part)->nonconformity, nc, err);
}

static bool part_owner(Call *call, const void *part, IdList *people, Err *err)
{
    Nonconformity nc;

    if (!part_case(call, part, &nc, err)) return false;
    id_list_add(call->arena, people, nc.owner);
    return true;
}

static bool part_verifier(Call *call, const void *part, IdList *people, Err *err)
{
    Nonconformity nc;

    if (!part_case(call, part, &nc, err)) return false;
    id_list_add(call->arena, people, nc.verifier);
    return true;
}

static bool part_reviewer(Call *call, const void *part, IdList *people, Err *err)
{
    Nonconformity nc;

    if (!part_case(call, part, &nc, err)) return false;
    id_list_add(call->arena, people, nc.reviewer);
    return true;
}

const Relation case_part_relations[] = {
    { "case_owner", N_("the owner of the nonconformity"), part_owner },
    { "case_verifier", N_("the verifier"), part_verifier },
    { "case_reviewer", N_("the reviewer of effectiveness"), part_reviewer },
};

bool guard_case_is_in_analysis(Call *call, const void *part, Err *err)
{
    Nonconformity nc;

    if (id_is_none(((const CasePart *)part)->nonconformity)) return true;
    if (!part_case(call, part, &nc, err)) return false;
    if (nc.head.state != NC_ANALYSIS) {
        refuse_with(call, "analysis-open",
                    str_fmt(call->arena, "%.*s is not in analysis: it is in state \"%s\"", STR_ARG(nc.head.number),
                            state_label(&nonconformity_type, nc.head.state)),
                    "Causes, searches and actions are written while the case is in analysis.");
    }
    return true;
}

/* Whether the person was lead or auditor of the audit that found it. */
static bool case_was_audited_by(Call *call, const Nonconformity *nc, Id person, bool *is, Err *err)
{
    Finding finding;
    int64_t count;

    *is = false;
    if (id_is_none(nc->finding)) return true;
    if (!record_must(call, &finding_type, nc->finding, &finding, err)) return false;
    if (!record_count(call, &team_member_type, STR("audit = $1 AND person = $2 AND state = 1 AND part <= 3"),
                      BINDS(BIND_ID(finding.audit), BIND_ID(person)), &count, err))
        return false;
    *is = count > 0;
    return true;
}

bool case_override_lifts(Call *call, const Nonconformity *nc, const char *rule, Id person, bool *lifts, Err *err)
{
    Finding finding;

    *lifts = false;
    if (id_is_none(nc->finding)) return true;
    return record_must(call, &finding_type, nc->finding, &finding, err) &&
           override_lifts(call, finding.audit, rule, person, &nc->refs, lifts, err);
}

bool guard_owner_did_not_audit(Call *call, const void *nonconformity, Err *err)
{
    const Nonconformity *nc = nonconformity;
    bool is;

    if (!case_was_audited_by(call, nc, call->who, &is, err)) return false;
    if (is) {
        refuse(call, (Refusal){ .rule    = STR("G-15"),
                                .missing = str_fmt(
                                    call->arena,
                                    "you were in the team of the audit that found %.*s; cause and plan are the owner's",
                                    STR_ARG(nc->head.number)),
                                .could = people_who_could(call, guard_owner_did_not_audit, nonconformity),
                                .next  = call_text(call, "Leave it to the owner; advice is recorded by \"advise\".") });
    }
    return true;
}

bool guard_writer_did_not_audit(Call *call, const void *part, Err *err)
{
    Nonconformity nc;

    if (id_is_none(((const CasePart *)part)->nonconformity)) return true;
    if (!part_case(call, part, &nc, err)) return false;
    return guard_owner_did_not_audit(call, &nc, err);
}
