/* SPDX-License-Identifier: Apache-2.0
 * record/image.h: the whole record as canonical JSON (RFC 8785 subset): the after-image that the ledger keeps. Members
 * in the order of their names, empty ones left out (so a field added later does not change older images), references as
 * ids, choices and states by machine name, secrets never. Equal records have equal images and the other way round. */
#pragma once

#include "base/buf.h"
#include "base/json.h"
#include "record/registry.h"

void image_write(Buf *out, const Plan *plan, const void *record);
/* The record that `image` (parsed) is of; members that the type no longer has are passed over. */
void image_read(Arena *arena, const Plan *plan, const json_t *image, void *record);
