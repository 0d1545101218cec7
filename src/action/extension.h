/* SPDX-License-Identifier: Apache-2.0
 * action/extension.h: later dates. */
#pragma once

#define RECORD_TYPE   Extension
#define RECORD_FIELDS "action/extension.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum { EXTENSION_ASKED = 1, EXTENSION_GRANTED, EXTENSION_REFUSED };

extern const Type extension_type;
