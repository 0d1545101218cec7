/* SPDX-License-Identifier: Apache-2.0
 * Certificates. */
#include "org/certificate.h"

#define RECORD_TYPE   Certificate
#define RECORD_FIELDS "org/certificate.fields.h"
#include "record/define.h"

/* clang-format off */
static const Step certificate_steps[] = {
    PLAIN_STEPS("isms_manager|programme_manager"),
};
static const See certificate_see[] = {
    { "everyone", NULL },
};

const Type certificate_type = {
    .name = "certificate", .plural = "certificates", .label = "Certificate", .label_plural = "Certificates",
    .about = "The certificate of the management system: body, dates, scope.",
    .number_format = "CERT-%d", .states = &plain_states,
    TYPE_FIELDS(Certificate), TYPE_STEPS(certificate_steps), TYPE_SEE(certificate_see),
};
/* clang-format on */
