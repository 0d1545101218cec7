/* SPDX-License-Identifier: Apache-2.0
 * record/export.h: a whole list as a file. */
#pragma once

#include "record/view.h"

/* All records of the query as CSV (RFC 4180), not only one page of them, in call->arena. What is wrong with the query,
 * and a list of more than 32 MiB, is in call->invalids; *csv is then not to be used. */
MUST_USE bool list_to_csv(Call *call, const ListQuery *list, Str *csv, Err *err);
