/* SPDX-License-Identifier: Apache-2.0
 * Interested parties. */
#include "org/party.h"

#define RECORD_TYPE   Party
#define RECORD_FIELDS "org/party.fields.h"
#include "record/define.h"

/* clang-format off */
static const Step party_steps[] = {
    PLAIN_STEPS("isms_manager"),
};
static const See party_see[] = {
    { "everyone", NULL },
};

const Type party_type = {
    .name = "party", .plural = "parties", .label = "Interested party", .label_plural = "Interested parties",
    .about = "An interested party and what it requires of information security.",
    .number_format = "IP-%02d", .states = &plain_states,
    TYPE_FIELDS(Party), TYPE_STEPS(party_steps), TYPE_SEE(party_see),
};
/* clang-format on */
