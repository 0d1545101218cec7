/* SPDX-License-Identifier: Apache-2.0
 * http/listen.h: a listening socket from a setting, with failures that an operator understands. */
#pragma once

#include "base/err.h"

/* "ADDRESS:PORT", "[ADDRESS]:PORT" or "unix:/path". `*port` is the one bound, 0 for a unix socket. A unix socket has
 * mode 0600; one left behind by a process that is gone is replaced. */
MUST_USE bool listen_open(Arena *arena, Str address, int *descriptor, int *port, Err *err);
