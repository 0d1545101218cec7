/* SPDX-License-Identifier: Apache-2.0
 * A nonconformity and an action with nothing to them but people. */
#include "case_stub.h"

typedef struct {
    RecordHead head;
    Id owner, coordinator, plan_approver, verifier, reviewer;
} CaseStub;

#define STUB_PERSON(field)                                                                                             \
    {                                                                                                                  \
        .name = #field, .kind = KIND_REF, .offset = offsetof(CaseStub, field), .label = #field, .to = "person"         \
    }
static const Field stub_fields[] = { STUB_PERSON(owner), STUB_PERSON(coordinator), STUB_PERSON(plan_approver),
                                     STUB_PERSON(verifier), STUB_PERSON(reviewer) };
static const Step stub_steps[]   = { PLAIN_STEPS("isms_manager") };
static const See stub_see[]      = { { "everyone", NULL } };

/* clang-format off */
const Type nonconformity_stub_type = {
    .name = "nonconformity", .plural = "nonconformities", .label = "Nonconformity", .label_plural = "Nonconformities", .about = "A case.",
    .number_format = "F-%03d", .number_series = "finding", .size = sizeof(CaseStub), .fields = stub_fields, .fields_len = countof(stub_fields),
    .states = &plain_states, TYPE_STEPS(stub_steps), TYPE_SEE(stub_see),
};
const Type action_stub_type = {
    .name = "action", .plural = "actions", .label = "Action", .label_plural = "Actions", .about = "An action.",
    .number_format = "CA-%d", .size = sizeof(CaseStub), .fields = stub_fields, .fields_len = countof(stub_fields),
    .states = &plain_states, TYPE_STEPS(stub_steps), TYPE_SEE(stub_see),
};
/* clang-format on */

static struct {
    Id person, ref;
    Date done_on;
    bool in_hand;
    CaseSeen seen;
} stub;

void casework_stub_did(Id person, Id ref, Date done_on)
{
    stub.person = person, stub.ref = ref, stub.done_on = done_on;
}

void casework_stub_in_hand(bool is)
{
    stub.in_hand = is;
}

void casework_stub_case(CaseSeen seen)
{
    stub.seen = seen;
}

static bool stub_cases_since(Call *call, Date since, CaseSeenList *out, Err *err)
{
    (void)err;
    if (stub.seen.number.len > 0 && !date_before(stub.seen.found_on, since)) *list_push(call->arena, out) = stub.seen;
    return true;
}

static bool stub_work_of(Call *call, Id person, Date since, WorkDoneList *out, Err *err)
{
    (void)err;
    if (!id_eq(person, stub.person) || id_is_none(person) || date_before(stub.done_on, since)) return true;
    WorkDone *work = list_push(call->arena, out);
    work->number   = STR("CA-9");
    work->done_on  = stub.done_on;
    id_list_add(call->arena, &work->refs, stub.ref);
    return true;
}

static bool stub_is_in_hand(Call *call, Id finding, bool *is, Err *err)
{
    (void)call, (void)finding, (void)err;
    *is = stub.in_hand;
    return true;
}

const Casework casework_stub = { .work_of     = stub_work_of,
                                 .is_in_hand  = stub_is_in_hand,
                                 .cases_since = stub_cases_since };
