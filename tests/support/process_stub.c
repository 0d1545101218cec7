/* SPDX-License-Identifier: Apache-2.0
 * A process with nothing to it. */
#include "process_stub.h"

typedef struct {
    RecordHead head;
    Str name;
} ProcessStub;

static const Field stub_fields[] = {
    { .name = "name", .kind = KIND_TEXT, .offset = offsetof(ProcessStub, name), .label = "Name", .flags = SHOW_AS_TITLE },
};
static const Step stub_steps[] = { PLAIN_STEPS("administrator") };
static const See stub_see[]    = { { "everyone", NULL } };

const Type process_stub_type = {
    .name = "process", .plural = "processes", .label = "Process", .label_plural = "Processes", .about = "A process.",
    .number_format = "PR-%02d", .size = sizeof(ProcessStub), .fields = stub_fields, .fields_len = countof(stub_fields),
    .states = &plain_states, TYPE_STEPS(stub_steps), TYPE_SEE(stub_see),
};
