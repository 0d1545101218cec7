/* SPDX-License-Identifier: Apache-2.0
 * What the room declares (requirements 2.3). */
#include "review/types.h"

#include "review/review.h"

const Type *const review_types[] = { &review_type, &review_input_type, &decision_type };
const size_t review_types_len    = countof(review_types);
