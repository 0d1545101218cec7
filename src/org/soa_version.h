/* SPDX-License-Identifier: Apache-2.0
 * org/soa_version.h: versions of the Statement of Applicability. */
#pragma once

#define RECORD_TYPE   SoaVersion
#define RECORD_FIELDS "org/soa_version.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum { SOA_DRAFT = 1, SOA_APPROVED, SOA_SUPERSEDED };

extern const Type soa_version_type;
