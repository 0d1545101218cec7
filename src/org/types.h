/* SPDX-License-Identifier: Apache-2.0
 * org/types.h: all record types of this room. */
#pragma once

#include "record/registry.h"

extern const Type *const org_types[];
extern const size_t org_types_len;
