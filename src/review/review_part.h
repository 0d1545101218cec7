/* SPDX-License-Identifier: Apache-2.0
 * review/review_part.h: what inputs and decisions share: the review they belong to, who stands in a relation to it, who
 * may see it. */
#pragma once

#include <assert.h>
#include <stddef.h>

#include "review/review.h"

typedef struct {
    RecordHead head;
    Id review;
} ReviewPart;

#define REVIEW_PART(T)                                                                                                 \
    static_assert(offsetof(T, review) == offsetof(ReviewPart, review), "the field review comes first")

#define REVIEW_KEEPERS  "isms_manager|programme_manager"
#define REVIEW_DECIDERS "top_management|isms_manager"
#define REVIEW_SEEN_BY  "top_management|programme_manager|isms_manager|coordinator"
/* Literals for tables of who may see; `id` is the column that holds the review's id. */
#define SEE_REVIEWS_OF(id)                                                                                             \
    id " IN (SELECT review.id FROM review WHERE review.chair = :viewer)"                                               \
       " OR " id " IN (SELECT record_link.source FROM record_link WHERE record_link.target = :viewer"                  \
       " AND record_link.kind IN ('review.invited', 'review.attendance'))"

/* Relation "chair" of a part. */
MUST_USE bool part_chair(Call *call, const void *part, IdList *people, Err *err);
/* Guard, rule R-933-2: the review of the part is not approved yet. */
bool guard_minutes_are_open(Call *call, const void *part, Err *err);
/* Guard, rule decide-1: the review was held. */
bool guard_review_was_held(Call *call, const void *part, Err *err);
