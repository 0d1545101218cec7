/* SPDX-License-Identifier: Apache-2.0
 * review/types.h: the record types of the room, for the program's catalogue. */
#pragma once

#include "record/registry.h"

extern const Type *const review_types[];
extern const size_t review_types_len;
