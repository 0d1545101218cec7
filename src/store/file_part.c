/* SPDX-License-Identifier: Apache-2.0
 * Parts: plain files under their key, locked while somebody appends. */
#include "store/file_part.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "store/engine.h"

enum { PIECE_BYTES = 64 << 10 };

struct FilePart {
    Store *store;
    int fd; /* -1 once closed; holds a flock */
    int64_t size;
};

static bool part_fail(int native, const char *what, Str key, Err *err)
{
    Detail detail;
    ErrCode code = native == EFBIG ? ERR_FULL : err_code_of_errno(native);

    return err_set(err, code, native, .what = str_from_c(what),
                   .detail = detail_fmt(&detail, "Part \"%.*s\": %s.", STR_ARG(key), err_errno_text(native)),
                   .hint   = STR("What came before is kept; try again."));
}

bool part_key_is_good(Str key)
{
    for (size_t i = 0; i < key.len; i++) {
        char c       = key.ptr[i];
        bool is_good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
        if (!is_good) return false;
    }
    return key.len > 0 && key.len <= PART_KEY_MAX;
}

static Str parts_folder(const Store *store, Arena *arena)
{
    return str_fmt(arena, "%.*s/files/parts", STR_ARG(store_folder(store)));
}

/* NULL for a key that is none. */
static const char *part_path(const Store *store, Arena *arena, Str key)
{
    if (!part_key_is_good(key)) return NULL;
    return str_to_c(arena, str_fmt(arena, "%.*s/%.*s", STR_ARG(parts_folder(store, arena)), STR_ARG(key)));
}

static bool key_refuse(Err *err)
{
    return err_set(err, ERR_USAGE, 0, .what = STR("cannot take a part under such a key"));
}

bool file_part_size(Store *store, Arena *arena, Str key, int64_t *size, Err *err)
{
    const char *path = part_path(store, arena, key);
    struct stat info;

    *size = 0;
    if (path == NULL) return key_refuse(err);
    if (stat(path, &info) == 0) *size = info.st_size;
    return true;
}

static void part_release(void *part)
{
    file_part_close(part);
}

/* Locked and measured; the state says whether it can be gone on with. */
static bool part_look(FilePart *part, int64_t at, Str key, PartState *state, Err *err)
{
    struct stat info;

    if (flock(part->fd, LOCK_EX | LOCK_NB) != 0) {
        *state = PART_BUSY;
        return errno == EWOULDBLOCK || part_fail(errno, "could not lock a part of a file", key, err);
    }
    if (fstat(part->fd, &info) != 0) return part_fail(errno, "could not read a part of a file", key, err);
    part->size = info.st_size;
    *state     = part->size == at ? PART_TAKES : PART_OTHER;
    return true;
}

bool file_part_open(Store *store, Arena *arena, Str key, int64_t at, PartState *state, FilePart **out, Err *err)
{
    const char *path = part_path(store, arena, key);
    FilePart *part   = arena_new(arena, FilePart);

    *state = PART_OTHER, *out = NULL;
    if (path == NULL) return key_refuse(err);
    if (!folder_make(arena, parts_folder(store, arena), err)) return false;
    *part = (FilePart){ .store = store, .fd = -1 };
    arena_defer(arena, part_release, part);
    part->fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW | (at == 0 ? O_CREAT : 0), 0600);
    if (part->fd < 0) return errno == ENOENT || part_fail(errno, "could not open a part of a file", key, err);
    bool done = part_look(part, at, key, state, err);
    if (done && *state == PART_TAKES)
        *out = part;
    else
        file_part_close(part);
    return done;
}

static bool write_fully(const FilePart *part, Str bytes)
{
    if (world_fails(part->store->world, FAULT_WRITE)) {
        errno = ENOSPC;
        return false;
    }
    while (bytes.len > 0) {
        ssize_t written = write(part->fd, bytes.ptr, bytes.len);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes = str_slice(bytes, (size_t)written, bytes.len);
    }
    return true;
}

bool file_part_add(FilePart *part, Str bytes, Err *err)
{
    if (bytes.len > (size_t)(FILE_MAX_BYTES - part->size))
        return err_set(err, ERR_LIMIT, 0, .what = STR("cannot store a file of more than 2 GiB"));
    if (!write_fully(part, bytes)) return part_fail(errno, "could not store a part of a file", (Str){ 0 }, err);
    part->size += (int64_t)bytes.len;
    return true;
}

void file_part_close(FilePart *part)
{
    if (part == NULL || part->fd < 0) return;
    (void)fdatasync(part->fd); /* harmless when it fails: the whole is synced and hashed when it becomes a file */
    close(part->fd);
    part->fd = -1;
}

static bool part_copy(int fd, Arena *arena, FileIntake *intake, Str key, Err *err)
{
    char *piece = arena_array(arena, char, PIECE_BYTES);

    for (;;) {
        ssize_t got = read(fd, piece, PIECE_BYTES);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return part_fail(errno, "could not read a part of a file", key, err);
        if (got == 0) return true;
        if (!file_intake_add(intake, (Str){ piece, (size_t)got }, err)) return false;
    }
}

bool file_part_keep(Store *store, Arena *arena, Str key, Hash *hash, int64_t *size, bool *found, Err *err)
{
    const char *path   = part_path(store, arena, key);
    FileIntake *intake = NULL;

    *found = false;
    if (path == NULL) return key_refuse(err);
    if (!file_intake_open(store, arena, &intake, err)) return false;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) {
        file_intake_drop(intake);
        return errno == ENOENT || part_fail(errno, "could not open a part of a file", key, err);
    }
    bool done = part_copy(fd, arena, intake, key, err) && file_intake_keep(intake, hash, size, err);
    close(fd);
    file_intake_drop(intake);
    *found = done;
    return done;
}

void file_part_forget(Store *store, Arena *arena, Str key)
{
    const char *path = part_path(store, arena, key);

    if (path != NULL) (void)unlink(path); /* one that stays is swept */
}

static void folder_release(void *entries)
{
    closedir(entries);
}

static bool sweep_one(const char *path, Time now)
{
    struct stat info;
    bool is_old = lstat(path, &info) == 0 && info.st_mtime < now.us / 1000000 - INT64_C(3600) * PART_HOURS;

    return !is_old || unlink(path) == 0 || errno == ENOENT;
}

bool file_parts_sweep(Store *store, Arena *arena, Time now, Err *err)
{
    if (str_is_empty(store_folder(store))) return true;
    ArenaMark mark = arena_mark(arena);
    Str folder     = parts_folder(store, arena);
    DIR *entries   = opendir(str_to_c(arena, folder));
    bool done      = true;
    struct dirent *entry;

    if (entries == NULL) return errno == ENOENT || part_fail(errno, "could not sweep the parts of files", folder, err);
    arena_defer(arena, folder_release, entries);
    while (done && (entry = readdir(entries)) != NULL) {
        if (entry->d_name[0] == '.') continue;
        const char *path = str_to_c(arena, str_fmt(arena, "%.*s/%s", STR_ARG(folder), entry->d_name));
        done             = sweep_one(path, now) || part_fail(errno, "could not sweep a part of a file", folder, err);
    }
    arena_rewind(arena, mark);
    return done;
}
