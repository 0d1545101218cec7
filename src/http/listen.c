/* SPDX-License-Identifier: Apache-2.0
 * Listening. Addresses are numeric: a name that resolves differently tomorrow is no place to bind to. */
#include "http/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

typedef union {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    struct sockaddr_un local;
} Address;

static bool fail(Err *err, Arena *arena, Str address, int native)
{
    ErrCode code = ERR_NETWORK;
    Str what     = STR("could not listen");
    Str hint     = STR("Choose an address of this machine; 127.0.0.1:8440 is the default.");

    if (native == EADDRINUSE) {
        code = ERR_BUSY;
        what = STR("could not listen: the address is in use");
        hint = STR("Another program, or another copy of this one, serves there; stop it or choose another port.");
    } else if (native == EACCES || native == EPERM) {
        code = ERR_PERMISSION;
        what = STR("could not listen: the system does not let this user");
        hint = STR("Choose a port from 1024 on or a folder this user may write, or put a proxy in front.");
    }
    return err_set(err, code, native, .what = what, .hint = hint,
                   .detail = str_fmt(arena, "The address is \"%.*s\": %s.", STR_ARG(address), strerror(native)));
}

static bool address_bad(Err *err, Arena *arena, Str address)
{
    return err_set(err, ERR_USAGE, 0, .what = STR("cannot read the address to listen on"),
                   .detail = str_fmt(arena, "It is \"%.*s\".", STR_ARG(address)),
                   .hint   = STR("Write \"127.0.0.1:8440\", \"[::1]:8440\" or \"unix:/path/of/socket\"."));
}

/* Splits at the last colon; brackets around an IPv6 address are taken off. */
static bool host_and_port(Str address, Str *host, int64_t *port)
{
    size_t colon = address.len;

    while (colon > 0 && address.ptr[colon - 1] != ':')
        colon--;
    if (colon == 0 || !str_to_i64(str_slice(address, colon, address.len), 0, 65535, port)) return false;
    *host = str_slice(address, 0, colon - 1);
    if (str_starts(*host, STR("[")) && str_ends(*host, STR("]"))) *host = str_slice(*host, 1, host->len - 2);
    return true;
}

static bool inet_address(Arena *arena, Str text, Address *address, socklen_t *len)
{
    Str host;
    int64_t port;
    const char *name;

    *address = (Address){ 0 };
    if (!host_and_port(text, &host, &port)) return false;
    name = str_to_c(arena, host);
    if (name == NULL) return false;
    address->v4.sin_port   = htons((uint16_t)port); /* at the same place in both */
    *len                   = sizeof(address->v4);
    address->any.sa_family = AF_INET;
    if (inet_pton(AF_INET, name, &address->v4.sin_addr) == 1) return true;
    *len                   = sizeof(address->v6);
    address->any.sa_family = AF_INET6;
    return inet_pton(AF_INET6, name, &address->v6.sin6_addr) == 1;
}

/* True when somebody answers at the path. A socket file that nobody answers at is removed. */
static bool is_served(const Address *address)
{
    struct stat info;
    bool served = false;
    int probe;

    if (lstat(address->local.sun_path, &info) != 0 || !S_ISSOCK(info.st_mode)) return false;
    probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (probe < 0) return false;
    served = connect(probe, &address->any, sizeof(address->local)) == 0 || errno == EAGAIN;
    if (!served && errno == ECONNREFUSED) (void)unlink(address->local.sun_path);
    close(probe);
    return served;
}

static bool bind_and_listen(Arena *arena, Str text, const Address *address, socklen_t len, int *out, Err *err)
{
    int yes = 1;
    int fd  = socket(address->any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    if (fd < 0) return fail(err, arena, text, errno);
    /* Linux takes the mode of a socket file from the descriptor, so there is no moment in which others may connect. */
    if (address->any.sa_family == AF_UNIX)
        (void)fchmod(fd, 0600);
    else
        (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    if (bind(fd, &address->any, len) != 0 || listen(fd, SOMAXCONN) != 0) {
        int native = errno;
        close(fd);
        return fail(err, arena, text, native);
    }
    *out = fd;
    return true;
}

static bool listen_unix(Arena *arena, Str text, int *descriptor, Err *err)
{
    Address address = { 0 };
    Str path        = str_slice(text, 5, text.len);

    if (path.len == 0 || path.len >= sizeof(address.local.sun_path) || str_index(path, '\0') < path.len)
        return address_bad(err, arena, text);
    address.local.sun_family = AF_UNIX;
    memcpy(address.local.sun_path, path.ptr, path.len);
    if (is_served(&address)) return fail(err, arena, text, EADDRINUSE);
    return bind_and_listen(arena, text, &address, sizeof(address.local), descriptor, err);
}

bool listen_open(Arena *arena, Str text, int *descriptor, int *port, Err *err)
{
    Address address;
    socklen_t len;

    *port = 0;
    if (str_starts(text, STR("unix:"))) return listen_unix(arena, text, descriptor, err);
    if (!inet_address(arena, text, &address, &len)) return address_bad(err, arena, text);
    if (!bind_and_listen(arena, text, &address, len, descriptor, err)) return false;
    if (getsockname(*descriptor, &address.any, &len) == 0) *port = ntohs(address.v4.sin_port);
    return true;
}
