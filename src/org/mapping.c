/* SPDX-License-Identifier: Apache-2.0
 * Mappings between editions. */
#include "org/mapping.h"

static const Choice mapping_relations_rows[] = {
    { "equal", N_("Equal") },
    { "merged", N_("Merged") },
    { "split", N_("Split") },
    { "renamed", N_("Renamed") },
    { "new", N_("New") },
    { "partial", N_("Partial") },
    { "carried_over", N_("Carried over") },
};
static const ChoiceList mapping_relations = CHOICES_OF("mapping_relation", mapping_relations_rows);

#define RECORD_TYPE   Mapping
#define RECORD_FIELDS "org/mapping.fields.h"
#include "record/define.h"

/* clang-format off */
static const Step mapping_steps[] = {
    PLAIN_STEPS("isms_manager"),
};
static const See mapping_see[] = {
    { "everyone", NULL },
};

const Type mapping_type = {
    .name = "mapping", .plural = "mappings", .label = "Mapping", .label_plural = "Mappings",
    .about = "How a reference of one edition relates to one of another.",
    .number_format = "MAP-%d", .states = &plain_states,
    TYPE_FIELDS(Mapping), TYPE_STEPS(mapping_steps), TYPE_SEE(mapping_see),
};
/* clang-format on */
