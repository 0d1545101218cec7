/* SPDX-License-Identifier: Apache-2.0
 * org/directory.h: what the engine asks about people, answered from people and roles. */
#pragma once

#include "record/call.h"

extern const Directory directory;
