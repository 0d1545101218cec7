/* SPDX-License-Identifier: Apache-2.0
 * org/party.h: interested parties. */
#pragma once

#define RECORD_TYPE   Party
#define RECORD_FIELDS "org/party.fields.h"
#include "record/declare.h"

#include "record/call.h"

extern const Type party_type;
