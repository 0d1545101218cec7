/* SPDX-License-Identifier: Apache-2.0
 * exchange/local_socket.h: questions and answers (exchange/local.h) over "plumbline.sock" in an organisation's folder.
 * One question and one answer a connection. The socket has mode 0600, and the kernel says who is at the other end. */
#pragma once

#include "exchange/local.h"

/* Connects to whoever serves the organisation of `folder`; *descriptor is -1 when nobody does. ERR_PERMISSION: somebody
 * does and this user may not ask. The arena closes the descriptor. */
MUST_USE bool local_connect(Arena *arena, Str folder, int *descriptor, Err *err);
/* Asks and waits for the answer. ERR_UNKNOWN: the other end went away before it answered, so nobody knows what was
 * done.
 */
MUST_USE bool local_request(Arena *arena, int descriptor, const LocalQuestion *question, LocalAnswer *answer, Err *err);

/* Listens in `folder`, replacing a socket that nobody answers at; ERR_BUSY when somebody does. Non-blocking; the caller
 * closes it by local_unlisten. */
MUST_USE bool local_listen(Arena *arena, Str folder, int *descriptor, Err *err);
void local_unlisten(Arena *arena, Str folder, int descriptor);
/* Reads the question of a connection and answers it, if its peer is the owner of `folder` or root. Waits at most
 * LOCAL_WAIT_S for each piece. */
enum { LOCAL_WAIT_S = 10 };
void local_serve(App *app, Arena *arena, Str folder, int connection);
