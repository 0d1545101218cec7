/* SPDX-License-Identifier: Apache-2.0
 * catalogue.h: all that the program consists of, put together from its rooms: record types, what follows from what,
 * tables beside the records. For main and for tests of the doors. */
#pragma once

#include "record/registry.h"

/* Lives in `arena`. */
const Catalogue *catalogue_open(Arena *arena);
