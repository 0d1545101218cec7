/* SPDX-License-Identifier: Apache-2.0
 * tests/support/process_stub.h: a "process" type for catalogues that do without the organisation's own. */
#pragma once

#include "record/type.h"

extern const Type process_stub_type;
