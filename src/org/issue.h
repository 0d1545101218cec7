/* SPDX-License-Identifier: Apache-2.0
 * org/issue.h: the context of the organisation. */
#pragma once

#define RECORD_TYPE   Issue
#define RECORD_FIELDS "org/issue.fields.h"
#include "record/declare.h"

#include "record/call.h"

extern const Type issue_type;
