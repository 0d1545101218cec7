/* SPDX-License-Identifier: Apache-2.0
 * record/openapi.h: the OpenAPI 3.1 document of all types: every address, parameter, input and answer, with the words
 * of the declarations. What it says and what the API answers are held together by the tests, which validate every
 * answer against it. */
#pragma once

#include "base/json.h"
#include "record/registry.h"

/* New reference, owned by `arena`. */
json_t *openapi_document(Arena *arena, const Registry *registry);
