/* SPDX-License-Identifier: Apache-2.0
 * The local socket's threads. All wait for a connection on one listener; a pipe whose writing end is closed tells them
 * to go home. */
#include "job/socket.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "exchange/local_socket.h"

enum { SOCKET_BYTES_MAX = 256 << 20 };

typedef struct {
    Socket *socket;
    Arena *arena; /* of one question at a time */
    pthread_t thread;
    int connection; /* in hand; -1: none. Protected by the socket's mutex */
} Answerer;

struct Socket {
    App *app;
    Arena *arena;
    Str folder;
    int listener;
    int stop[2]; /* a pipe: [0] ends when it is to stop */
    pthread_mutex_t mutex;
    Answerer answerers[SOCKET_THREADS];
    size_t threads; /* that run */
};

/* -1 when it is to stop. */
static int next_connection(Socket *self)
{
    struct pollfd wait[] = { { .fd = self->stop[0], .events = POLLIN }, { .fd = self->listener, .events = POLLIN } };

    for (;;) {
        int ready = poll(wait, countof(wait), -1);
        if (ready > 0 && wait[0].revents != 0) return -1;
        if (ready <= 0) continue;
        int connection = accept4(self->listener, NULL, NULL, SOCK_CLOEXEC);
        if (connection >= 0) return connection; /* else another thread was faster */
    }
}

static void connection_note(Answerer *answerer, int connection)
{
    pthread_mutex_lock(&answerer->socket->mutex);
    answerer->connection = connection;
    pthread_mutex_unlock(&answerer->socket->mutex);
}

static void answer_one(Answerer *answerer, int connection)
{
    if (!ARENA_TRY(answerer->arena))
        log_line(LOG_ERROR, "socket", "there was no memory for a question; its connection was closed");
    else
        local_serve(answerer->socket->app, answerer->arena, answerer->socket->folder, connection);
    arena_forget_recovery(answerer->arena);
    arena_reset(answerer->arena);
}

static void *answerer_live(void *answerer_)
{
    Answerer *answerer = answerer_;
    int connection;

    while ((connection = next_connection(answerer->socket)) >= 0) {
        connection_note(answerer, connection);
        answer_one(answerer, connection);
        connection_note(answerer, -1);
        close(connection);
    }
    return NULL;
}

/* ------------------------------------------------------------------------------------------------------- start, stop
 */

static void threads_stop(Socket *self)
{
    close(self->stop[1]);
    pthread_mutex_lock(&self->mutex);
    for (size_t i = 0; i < self->threads; i++) { /* who waits for a question waits no longer; answers still go out */
        if (self->answerers[i].connection >= 0) (void)shutdown(self->answerers[i].connection, SHUT_RD);
    }
    pthread_mutex_unlock(&self->mutex);
    for (size_t i = 0; i < self->threads; i++) {
        pthread_join(self->answerers[i].thread, NULL);
        arena_close(self->answerers[i].arena);
    }
    close(self->stop[0]);
}

static bool no_thread(Err *err, int native)
{
    return err_set(err, ERR_LIMIT, native, .what = STR("could not start the threads of the local socket"),
                   .hint = STR("Give the service more memory and tasks."));
}

static bool threads_start(Socket *self, Err *err)
{
    if (pipe2(self->stop, O_CLOEXEC) != 0) return no_thread(err, 0);
    for (size_t i = 0; i < SOCKET_THREADS; i++) {
        Answerer *answerer = &self->answerers[i];
        *answerer          = (Answerer){ .socket = self, .arena = arena_open(SOCKET_BYTES_MAX), .connection = -1 };
        int native =
            answerer->arena == NULL ? ENOMEM : pthread_create(&answerer->thread, NULL, answerer_live, answerer);
        if (native == 0) {
            self->threads++;
            continue;
        }
        arena_close(answerer->arena);
        threads_stop(self);
        return no_thread(err, native);
    }
    return true;
}

static void socket_release(Socket *self)
{
    local_unlisten(self->arena, self->folder, self->listener);
    pthread_mutex_destroy(&self->mutex);
    arena_close(self->arena);
}

bool socket_start(App *app, Str folder, Socket **out, Err *err)
{
    Arena *arena = arena_open(1 << 20);

    if (arena == NULL) return no_thread(err, ENOMEM);
    Socket *self   = arena_new(arena, Socket);
    self->app      = app;
    self->arena    = arena;
    self->folder   = str_dup(arena, folder);
    self->listener = -1;
    pthread_mutex_init(&self->mutex, NULL);
    if (!local_listen(arena, folder, &self->listener, err) || !threads_start(self, err)) {
        socket_release(self);
        return false;
    }
    *out = self;
    return true;
}

void socket_stop(Socket *self)
{
    if (self == NULL) return;
    threads_stop(self);
    socket_release(self);
}
