/* SPDX-License-Identifier: Apache-2.0
 * Whole small files. A new version is written beside the old one, synced, and renamed over it; then the folder is
 * synced, because a rename lives in the folder. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* A descriptor that the arena closes if the work is given up before descriptor_close. */
typedef struct {
    int fd;
} Descriptor;

static void descriptor_release(void *thing)
{
    Descriptor *descriptor = thing;
    if (descriptor->fd >= 0) close(descriptor->fd);
    descriptor->fd = -1;
}

static Descriptor *descriptor_open(Arena *arena, const char *path, int flags, mode_t mode)
{
    Descriptor *descriptor = arena_new(arena, Descriptor);
    descriptor->fd         = -1;
    arena_defer(arena, descriptor_release, descriptor);
    do
        descriptor->fd = open(path, flags | O_CLOEXEC | O_NOCTTY, mode);
    while (descriptor->fd < 0 && errno == EINTR);
    return descriptor;
}

static bool err_file(Err *err, Arena *arena, int number, const char *what, Str path)
{
    ErrCode code = err_code_of_errno(number);
    Str hint     = code == ERR_FULL         ? STR("Free space on its volume and try again.")
                   : code == ERR_PERMISSION ? STR("Check the owner and mode of the file and its folder.")
                                            : (Str){ 0 };
    return err_set(err, code, number, .what = str_from_c(what),
                   .detail = str_fmt(arena, "%s: \"%.*s\".", err_errno_text(number), STR_ARG(path)), .hint = hint);
}

/* The path for the operating system; NULL, with `err`, when it holds a NUL byte. */
static const char *path_to_c(Arena *arena, Str path, Err *err)
{
    const char *c_path = str_to_c(arena, path);
    if (!c_path) err_set(err, ERR_USAGE, 0, .what = STR("cannot use this path"), .detail = STR("It holds a NUL byte."));
    return c_path;
}

static bool err_too_large(Err *err, Arena *arena, Str path, size_t max)
{
    return err_set(err, ERR_LIMIT, 0, .what = STR("cannot read a file this large"),
                   .detail =
                       str_fmt(arena, "\"%.*s\" is longer than the %zu bytes accepted here.", STR_ARG(path), max));
}

/* Reads to the end; at most `room` bytes go to `into`. The bytes read, or -1 with errno. */
static ssize_t read_fully(int fd, char *into, size_t room)
{
    size_t len = 0;
    while (len < room) {
        ssize_t got = read(fd, into + len, room - len);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return -1;
        if (got == 0) break;
        len += (size_t)got;
    }
    return (ssize_t)len;
}

bool file_read(Arena *arena, Str path, size_t max, Str *out, Err *err)
{
    static const char what[] = "could not read a file";
    struct stat info;
    const char *c_path = path_to_c(arena, path, err);
    if (!c_path) return false;
    Descriptor *file = descriptor_open(arena, c_path, O_RDONLY | O_NONBLOCK, 0); /* a FIFO must not hang us */
    if (file->fd < 0 || fstat(file->fd, &info) != 0) return err_file(err, arena, errno, what, path);
    if (!S_ISREG(info.st_mode)) return err_file(err, arena, S_ISDIR(info.st_mode) ? EISDIR : EINVAL, what, path);
    if ((uintmax_t)info.st_size > max) return err_too_large(err, arena, path, max);
    size_t room = (size_t)info.st_size + 1; /* one more shows that it grew meanwhile */
    char *bytes = arena_array(arena, char, room);
    ssize_t len = read_fully(file->fd, bytes, room);
    int number  = errno;
    descriptor_release(file);
    if (len < 0) return err_file(err, arena, number, what, path);
    if ((size_t)len == room) return err_file(err, arena, EBUSY, what, path);
    *out = (Str){ bytes, (size_t)len };
    return true;
}

/* Each step of a write asks the world first whether it fails; a failure that was asked for looks like a full or broken
 * disk. */
static bool write_fully(World *world, int fd, Str bytes)
{
    if (world_fails(world, FAULT_WRITE)) {
        errno = ENOSPC;
        return false;
    }
    while (bytes.len) {
        ssize_t written = write(fd, bytes.ptr, bytes.len);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes = (Str){ bytes.ptr + written, bytes.len - (size_t)written };
    }
    return true;
}

static bool sync_fully(World *world, int fd)
{
    if (world_fails(world, FAULT_SYNC)) {
        errno = EIO;
        return false;
    }
    return fsync(fd) == 0;
}

static Str folder_of(Str path)
{
    size_t len = path.len;
    while (len && path.ptr[len - 1] != '/')
        len--;
    if (len == 0) return STR(".");
    return (Str){ path.ptr, len > 1 ? len - 1 : 1 };
}

static bool folder_sync(World *world, Arena *arena, Str folder)
{
    const char *c_folder = str_to_c(arena, folder);
    Descriptor *open     = descriptor_open(arena, c_folder, O_RDONLY | O_DIRECTORY, 0);
    bool synced          = open->fd >= 0 && sync_fully(world, open->fd);
    int number           = errno;
    descriptor_release(open);
    errno = number;
    return synced;
}

bool file_replace(World *world, Arena *arena, Str path, Str bytes, unsigned mode, Err *err)
{
    static const char what[] = "could not write a file";
    uint64_t random;
    const char *c_path = path_to_c(arena, path, err);
    if (!c_path) return false;
    world_random(world, &random, sizeof random);
    Str beside           = str_fmt(arena, "%s.%016llx.tmp", c_path, (unsigned long long)random);
    const char *c_beside = str_to_c(arena, beside);
    Descriptor *file     = descriptor_open(arena, c_beside, O_WRONLY | O_CREAT | O_EXCL, (mode_t)mode);
    if (file->fd < 0) return err_file(err, arena, errno, what, path);
    bool done  = write_fully(world, file->fd, bytes) && sync_fully(world, file->fd) && rename(c_beside, c_path) == 0;
    int number = errno;
    descriptor_release(file);
    if (!done) unlink(c_beside);
    if (done && !folder_sync(world, arena, folder_of(path))) {
        number = errno;
        done   = false;
    }
    return done || err_file(err, arena, number, what, path);
}

static bool is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

bool folder_make(Arena *arena, Str path, Err *err)
{
    static const char what[] = "could not make a folder";
    const char *whole        = path_to_c(arena, path, err);
    if (!whole) return false;
    for (size_t end = 1; end <= path.len; end++) {
        if (end < path.len && path.ptr[end] != '/') continue;
        const char *part = str_to_c(arena, str_slice(path, 0, end));
        if (mkdir(part, 0700) == 0 || is_folder(part)) continue;
        return err_file(err, arena, errno == EEXIST ? ENOTDIR : errno, what, path);
    }
    return is_folder(whole) || err_file(err, arena, ENOENT, what, path);
}

bool file_exists(Arena *arena, Str path)
{
    const char *c_path = str_to_c(arena, path);
    return c_path && access(c_path, F_OK) == 0;
}
