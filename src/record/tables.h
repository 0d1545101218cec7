/* SPDX-License-Identifier: Apache-2.0
 * record/tables.h: the engine's own tables, beside one per record type: the next id, the last number of each series,
 * the index of links, and the answers kept for idempotency keys. None of them is the record: all can be made again from
 * it. */
#pragma once

#include "store/schema.h"

extern const Table *const record_tables[];
extern const size_t record_tables_len;
