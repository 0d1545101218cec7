/* SPDX-License-Identifier: Apache-2.0
 * audit/types.h: the record types of the room, for the program's catalogue. */
#pragma once

#include "record/registry.h"

extern const Type *const audit_types[];
extern const size_t audit_types_len;
