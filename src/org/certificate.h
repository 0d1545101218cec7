/* SPDX-License-Identifier: Apache-2.0
 * org/certificate.h: certificates. */
#pragma once

#define RECORD_TYPE   Certificate
#define RECORD_FIELDS "org/certificate.fields.h"
#include "record/declare.h"

#include "record/call.h"

extern const Type certificate_type;
