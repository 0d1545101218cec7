/* SPDX-License-Identifier: Apache-2.0
 * Documents that criteria name. */
#include "org/document.h"

#define RECORD_TYPE   Document
#define RECORD_FIELDS "org/document.fields.h"
#include "record/define.h"

/* clang-format off */
static const Step document_steps[] = {
    PLAIN_STEPS("isms_manager"),
};
static const See document_see[] = {
    { "everyone", NULL },
};

const Type document_type = {
    .name = "document", .plural = "documents", .label = "Document", .label_plural = "Documents",
    .about = "A document that criteria name, with version, author and approver.",
    .number_format = "DOC-%02d", .states = &plain_states,
    TYPE_FIELDS(Document), TYPE_STEPS(document_steps), TYPE_SEE(document_see),
};
/* clang-format on */
