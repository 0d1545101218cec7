/* SPDX-License-Identifier: Apache-2.0
 * The local socket. A socket's address holds 107 bytes, so a folder is named through its descriptor: any length will
 * do.
 */
#include "exchange/local_socket.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"

static const char socket_name[] = "plumbline.sock";

static void descriptor_close(void *descriptor)
{
    close(*(int *)descriptor);
}

static void descriptor_keep(Arena *arena, int descriptor)
{
    int *kept = arena_new(arena, int);

    *kept = descriptor;
    arena_defer(arena, descriptor_close, kept);
}

/* ------------------------------------------------------------------------------------------------------- the address
 */

/* False, with errno, when the folder cannot be opened. It stays open until the arena ends. */
static bool address_of(Arena *arena, Str folder, struct sockaddr_un *address)
{
    const char *path = str_to_c(arena, folder);
    int descriptor   = path != NULL ? open(path, O_PATH | O_DIRECTORY | O_CLOEXEC) : -1;

    if (descriptor < 0) return false;
    descriptor_keep(arena, descriptor);
    *address = (struct sockaddr_un){ .sun_family = AF_UNIX };
    snprintf(address->sun_path, sizeof address->sun_path, "/proc/self/fd/%d/%s", descriptor, socket_name);
    return true;
}

static bool socket_fail(Err *err, Arena *arena, const char *what, Str folder, int native)
{
    return err_set(err, native == EADDRINUSE ? ERR_BUSY : err_code_of_errno(native), native, .what = str_from_c(what),
                   .detail = str_fmt(arena, "\"%.*s/%s\": %s.", STR_ARG(folder), socket_name, err_errno_text(native)),
                   .hint   = STR("Check who owns the folder and which process serves it."));
}

static int socket_new(int flags)
{
    return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | flags, 0);
}

bool local_connect(Arena *arena, Str folder, int *descriptor, Err *err)
{
    struct sockaddr_un address;

    *descriptor = -1;
    if (!address_of(arena, folder, &address)) {
        if (errno == ENOENT || errno == ENOTDIR) return true;
        return socket_fail(err, arena, "could not look for the server of this store", folder, errno);
    }
    int connection = socket_new(0);
    if (connection < 0) return socket_fail(err, arena, "could not make a socket", folder, errno);
    descriptor_keep(arena, connection);
    if (connect(connection, (const struct sockaddr *)&address, sizeof address) == 0) {
        *descriptor = connection;
        return true;
    }
    if (errno == ENOENT || errno == ECONNREFUSED) return true;
    return socket_fail(err, arena, "could not ask the server of this store", folder, errno);
}

/* Made with its mode: Linux takes it from the descriptor, so there is no moment in which others may connect. */
static bool socket_bind(int descriptor, const struct sockaddr_un *address)
{
    return fchmod(descriptor, 0600) == 0 && bind(descriptor, (const struct sockaddr *)address, sizeof *address) == 0 &&
           listen(descriptor, 64) == 0;
}

static bool is_served(const struct sockaddr_un *address)
{
    int probe = socket_new(SOCK_NONBLOCK);
    bool served =
        probe >= 0 && (connect(probe, (const struct sockaddr *)address, sizeof *address) == 0 || errno == EAGAIN);

    if (probe >= 0) close(probe);
    return served;
}

bool local_listen(Arena *arena, Str folder, int *descriptor, Err *err)
{
    struct sockaddr_un address;

    *descriptor = -1;
    if (!address_of(arena, folder, &address))
        return socket_fail(err, arena, "could not make the local socket", folder, errno);
    int listener = socket_new(SOCK_NONBLOCK);
    if (listener < 0) return socket_fail(err, arena, "could not make the local socket", folder, errno);
    bool bound = socket_bind(listener, &address);
    if (!bound && errno == EADDRINUSE && !is_served(&address)) {
        (void)unlink(address.sun_path);
        bound = socket_bind(listener, &address);
    }
    if (bound) {
        *descriptor = listener;
        return true;
    }
    int native = errno;
    close(listener);
    return socket_fail(err, arena, "could not make the local socket", folder, native);
}

void local_unlisten(Arena *arena, Str folder, int descriptor)
{
    struct sockaddr_un address;

    if (descriptor < 0) return;
    if (address_of(arena, folder, &address)) (void)unlink(address.sun_path);
    close(descriptor);
}

/* ------------------------------------------------------------------------------------------------------- bytes */

static bool bytes_send(int descriptor, Str bytes)
{
    while (bytes.len > 0) {
        ssize_t sent = send(descriptor, bytes.ptr, bytes.len, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        bytes = str_slice(bytes, (size_t)sent, bytes.len);
    }
    return true;
}

/* What came so far, a line and perhaps more. */
typedef struct {
    int descriptor;
    Buf bytes;
} Reader;

static bool reader_more(Reader *reader)
{
    char piece[16384];
    ssize_t got;

    do
        got = recv(reader->descriptor, piece, sizeof piece, 0);
    while (got < 0 && errno == EINTR);
    if (got <= 0) return false;
    buf_add(&reader->bytes, (Str){ piece, (size_t)got });
    return !buf_overflowed(&reader->bytes);
}

/* The first line, without its line feed; false when none came. */
static bool reader_line(Reader *reader, Str *line)
{
    for (size_t seen = 0;;) {
        Str bytes = buf_str(&reader->bytes);
        size_t at = seen + str_index(str_slice(bytes, seen, bytes.len), '\n');
        if (at < bytes.len) {
            *line = str_slice(bytes, 0, at);
            return true;
        }
        seen = bytes.len;
        if (!reader_more(reader)) return false;
    }
}

/* ------------------------------------------------------------------------------------------------------- asking */

static bool gone(Err *err)
{
    return err_set(err, ERR_UNKNOWN, errno, .what = STR("could not get an answer from the server of this store"),
                   .detail = STR("It went away before it answered, so nobody knows whether the work was done."),
                   .hint   = STR("Look at the record, or ask again with the same --key: it is done once at most."));
}

bool local_request(Arena *arena, int descriptor, const LocalQuestion *question, LocalAnswer *answer, Err *err)
{
    Reader reader = { descriptor, buf_open(arena, (size_t)LOCAL_HEAD_MAX + LOCAL_BODY_MAX) };
    Str line      = local_question_write(arena, question), head;
    int64_t size;

    if (line.len >= LOCAL_QUESTION_MAX)
        return err_set(err, ERR_LIMIT, 0, .what = STR("cannot ask with an input of this length"),
                       .hint = STR("Give less at once."));
    if (!bytes_send(descriptor, line) || !bytes_send(descriptor, STR("\n"))) return gone(err);
    if (!reader_line(&reader, &head)) return gone(err);
    size_t begin = head.len + 1;
    if (!local_head_read(arena, head, answer, &size, err)) return false;
    while (reader.bytes.len - begin < (size_t)size) {
        if (!reader_more(&reader)) return gone(err);
    }
    answer->body = str_slice(buf_str(&reader.bytes), begin, (size_t)size);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- serving */

static bool peer_is_owner(Arena *arena, Str folder, int connection)
{
    struct ucred peer;
    socklen_t size   = sizeof peer;
    struct stat info = { 0 };
    const char *path = str_to_c(arena, folder);

    if (getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return false;
    if (path == NULL || stat(path, &info) != 0) return false;
    return peer.uid == 0 || peer.uid == info.st_uid;
}

static void connection_limit(int connection)
{
    struct timeval wait = { .tv_sec = LOCAL_WAIT_S };

    (void)setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    (void)setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
}

static void answer_send(Arena *arena, int connection, const LocalAnswer *answer, const Err *failed)
{
    bool sent = bytes_send(connection, local_head_write(arena, answer, failed)) && bytes_send(connection, STR("\n")) &&
                bytes_send(connection, answer->body);
    if (!sent) log_line(LOG_WARN, "socket", "a local client went away before it had its answer");
}

void local_serve(App *app, Arena *arena, Str folder, int connection)
{
    Reader reader          = { connection, buf_open(arena, LOCAL_QUESTION_MAX) };
    LocalAnswer answer     = { 0 };
    LocalQuestion question = { 0 };
    Err err                = { 0 };
    Str line;

    if (!peer_is_owner(arena, folder, connection)) {
        log_line(LOG_WARN, "socket", "a user who does not own the store was turned away");
        return;
    }
    connection_limit(connection);
    if (!reader_line(&reader, &line)) return; /* it went away, or asks for more than anybody may */
    bool done = local_question_read(arena, line, &question, &err) && local_answer(app, arena, &question, &answer, &err);
    if (!done) answer = (LocalAnswer){ 0 };
    if (!done && err.code != ERR_USAGE) log_err("socket", &err);
    answer_send(arena, connection, &answer, done ? NULL : &err);
}
