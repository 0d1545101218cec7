/* SPDX-License-Identifier: Apache-2.0
 * job/socket.h: answers commands of this machine over the local socket (exchange/local_socket.h), on a few threads, so
 * that a long question holds up no short one. */
#pragma once

#include "record/call.h"

typedef struct Socket Socket;

enum { SOCKET_THREADS = 4 };

/* ERR_BUSY: another process answers for this folder. `app` outlives it; `folder` is copied. */
MUST_USE bool socket_start(App *app, Str folder, Socket **out, Err *err);
/* Takes no more questions, answers those in hand, removes the socket. NULL is allowed. */
void socket_stop(Socket *socket);
