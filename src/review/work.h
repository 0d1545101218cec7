/* SPDX-License-Identifier: Apache-2.0
 * review/work.h: My work, as the process knows it: what is asked of a person, what he decides, whom he waits for, with
 * the day each is due (requirements 4.3 to 4.14; ruling "other dues"). The rules are rows: for whom, what, and one
 * constant query each, so the number of queries depends on a person's roles and on nothing else. */
#pragma once

#include "record/work.h"

/* For the catalogue. */
extern const WorkSource review_works[];
extern const size_t review_works_len;
