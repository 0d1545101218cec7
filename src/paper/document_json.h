/* SPDX-License-Identifier: Apache-2.0
 * paper/document_json.h: a document as JSON, for programs: what stands on its cover and its blocks in their order, as
 * docs/formats/report-json.md says. Texts are those of the other forms; beside them stand days (ISO 8601), numbers and
 * the names of marks where the document knows them. */
#pragma once

#include "base/json.h"
#include "paper/document.h"

/* The whole document; owned by the arena. */
json_t *document_json(Arena *arena, const Document *doc);
