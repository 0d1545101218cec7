/* SPDX-License-Identifier: Apache-2.0
 * Files by content. An intake writes into FOLDER/files/intake/, then moves the finished file to its name in one rename:
 * nobody ever sees half a file under a hash. Putting the same content again replaces the file by an equal one, which
 * also mends one that a bad disk had changed. */
#include "store/files.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "store/engine.h"

enum { CHUNK_BYTES = 64 << 10, FILE_MODE = 0400 };

struct FileIntake {
    Store *store;
    Arena *arena;
    const char *path; /* of the temporary file */
    int fd;           /* -1 once ended; holds a flock, by which files_sweep knows that somebody still writes */
    HashState *hash;
    int64_t size;
};

static bool file_fail(int native, const char *what, Str path, Err *err)
{
    ErrCode code = native == EFBIG ? ERR_FULL : err_code_of_errno(native); /* the size limit of the process */
    Detail detail;
    err_set(err, code, native, .what = str_from_c(what),
            .detail = detail_fmt(&detail, "\"%.*s\": %s.", STR_ARG(path), err_errno_text(native)),
            .hint   = code == ERR_FULL ? STR("Free space on the volume of the store and upload the file again.")
                                       : hint_for(code));
    return false;
}

/* ---- places ---- */

static bool folder_known(const Store *store, Err *err)
{
    if (!str_is_empty(store_folder(store))) return true;
    return err_set(err, ERR_USAGE, 0, .what = STR("cannot store files: no folder is set for them"),
                   .hint = STR("With a PostgreSQL address, name a folder for files as well."));
}

static Str intake_folder(const Store *store, Arena *arena)
{
    return str_fmt(arena, "%.*s/files/intake", STR_ARG(store_folder(store)));
}

/* FOLDER/files/ab */
static Str hash_folder(const Store *store, Arena *arena, Str hex)
{
    return str_fmt(arena, "%.*s/files/%.2s", STR_ARG(store_folder(store)), hex.ptr);
}

static Str hash_path(const Store *store, Arena *arena, Str hex)
{
    return str_fmt(arena, "%.*s/files/%.2s/%.*s", STR_ARG(store_folder(store)), hex.ptr, STR_ARG(hex));
}

/* ---- receiving ---- */

static void intake_release(void *intake)
{
    file_intake_drop(intake);
}

bool file_intake_open(Store *store, Arena *arena, FileIntake **out, Err *err)
{
    if (!folder_known(store, err)) return false;
    Str folder = intake_folder(store, arena);
    if (!folder_make(arena, folder, err)) return false;

    FileIntake *intake = arena_new(arena, FileIntake);
    Str path           = str_fmt(arena, "%.*s/XXXXXX", STR_ARG(folder));
    char *name         = arena_array(arena, char, path.len + 1);
    memcpy(name, path.ptr, path.len);
    *intake = (FileIntake){ .store = store, .arena = arena, .path = name, .fd = -1, .hash = hash_open(arena) };
    arena_defer(arena, intake_release, intake);
    intake->fd = mkostemp(name, O_CLOEXEC);
    if (intake->fd < 0) return file_fail(errno, "could not begin a file", path, err);
    if (flock(intake->fd, LOCK_EX | LOCK_NB) != 0) return file_fail(errno, "could not begin a file", path, err);
    *out = intake;
    return true;
}

static bool write_fully(const FileIntake *intake, Str bytes)
{
    if (world_fails(intake->store->world, FAULT_WRITE)) {
        errno = ENOSPC;
        return false;
    }
    while (bytes.len) {
        ssize_t written = write(intake->fd, bytes.ptr, bytes.len);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes = str_slice(bytes, (size_t)written, bytes.len);
    }
    return true;
}

bool file_intake_add(FileIntake *intake, Str bytes, Err *err)
{
    assert(intake->fd >= 0);
    if (bytes.len > (size_t)(FILE_MAX_BYTES - intake->size))
        return err_set(err, ERR_LIMIT, 0, .what = STR("cannot store a file of more than 2 GiB"));
    if (!write_fully(intake, bytes)) return file_fail(errno, "could not store a file", str_from_c(intake->path), err);
    hash_add(intake->hash, bytes);
    intake->size += (int64_t)bytes.len;
    return true;
}

static bool sync_fully(const Store *store, int fd)
{
    if (world_fails(store->world, FAULT_SYNC)) {
        errno = EIO;
        return false;
    }
    return fsync(fd) == 0;
}

/* A name lives in its folder: without this a power cut may take it away. */
static bool folder_sync(const Store *store, Arena *arena, Str folder, Err *err)
{
    int fd      = open(str_to_c(arena, folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool synced = fd >= 0 && sync_fully(store, fd);
    int native  = errno;
    if (fd >= 0) close(fd);
    return synced || file_fail(native, "could not keep a file", folder, err);
}

/* The folder of the first two digits; a new one must itself be kept. */
static bool hash_folder_make(const Store *store, Arena *arena, Str folder, Err *err)
{
    if (file_exists(arena, folder)) return true;
    return folder_make(arena, folder, err) &&
           folder_sync(store, arena, str_fmt(arena, "%.*s/files", STR_ARG(store_folder(store))), err);
}

static bool intake_keep(FileIntake *intake, Str hex, Err *err)
{
    const Store *store = intake->store;
    Arena *arena       = intake->arena;
    Str folder = hash_folder(store, arena, hex), path = hash_path(store, arena, hex);

    if (fchmod(intake->fd, FILE_MODE) != 0 || !sync_fully(store, intake->fd))
        return file_fail(errno, "could not keep a file", path, err);
    if (!hash_folder_make(store, arena, folder, err)) return false;
    if (rename(intake->path, str_to_c(arena, path)) != 0) return file_fail(errno, "could not keep a file", path, err);
    close(intake->fd);
    intake->fd = -1;
    return folder_sync(store, arena, folder, err);
}

bool file_intake_keep(FileIntake *intake, Hash *hash, int64_t *size, Err *err)
{
    assert(intake->fd >= 0);
    *hash     = hash_finish(intake->hash);
    *size     = intake->size;
    bool kept = intake_keep(intake, hash_to_hex(intake->arena, hash), err);
    file_intake_drop(intake);
    return kept;
}

void file_intake_drop(FileIntake *intake)
{
    if (intake->fd < 0) return;
    unlink(intake->path);
    close(intake->fd);
    intake->fd = -1;
}

bool file_put(Store *store, Arena *arena, Str bytes, Hash *hash, Err *err)
{
    FileIntake *intake = NULL;
    int64_t size;
    if (!file_intake_open(store, arena, &intake, err)) return false;
    bool kept = file_intake_add(intake, bytes, err) && file_intake_keep(intake, hash, &size, err);
    file_intake_drop(intake);
    return kept;
}

/* ---- reading ---- */

bool file_get(Store *store, Arena *arena, const Hash *hash, int *descriptor, int64_t *size, Err *err)
{
    struct stat info;
    if (!folder_known(store, err)) return false;
    Str path = hash_path(store, arena, hash_to_hex(arena, hash));
    int fd   = open(str_to_c(arena, path), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return file_fail(errno, "could not open a stored file", path, err);
    if (fstat(fd, &info) != 0) {
        int native = errno;
        close(fd);
        return file_fail(native, "could not open a stored file", path, err);
    }
    *descriptor = fd;
    *size       = info.st_size;
    return true;
}

/* Hashes to the end of `fd`; false with errno. */
static bool hash_rest(int fd, HashState *state, char *chunk, Hash *out)
{
    for (;;) {
        ssize_t got = read(fd, chunk, CHUNK_BYTES);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return false;
        if (got == 0) break;
        hash_add(state, (Str){ chunk, (size_t)got });
    }
    *out = hash_finish(state);
    return true;
}

bool file_check(Store *store, Arena *arena, const Hash *hash, Err *err)
{
    int fd;
    int64_t size;
    Hash found;
    Detail detail;
    Str hex          = hash_to_hex(arena, hash); /* memory first: no jump while the file is open */
    HashState *state = hash_open(arena);
    char *chunk      = arena_array(arena, char, CHUNK_BYTES);
    if (!file_get(store, arena, hash, &fd, &size, err)) return false;

    bool read_all = hash_rest(fd, state, chunk, &found);
    int native    = errno;
    close(fd);
    if (!read_all) return file_fail(native, "could not read a stored file", hash_path(store, arena, hex), err);
    if (hash_eq(hash, &found)) return true;
    return err_set(err, ERR_CORRUPT, 0, .what = STR("a stored file is not what was stored"),
                   .detail = detail_fmt(&detail, "File %.*s has other content than its name says.", STR_ARG(hex)),
                   .hint   = STR("Restore it from a backup; the same content uploaded again mends it too."));
}

/* ---- sweeping ---- */

/* Removes the file unless an intake, here or in another process, still holds its lock. */
static bool sweep_one(Arena *arena, Str path, Err *err)
{
    const char *name = str_to_c(arena, path);
    int fd           = open(name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) return errno == ENOENT || file_fail(errno, "could not sweep a file", path, err);
    bool is_left = flock(fd, LOCK_EX | LOCK_NB) == 0;
    bool done    = !is_left || unlink(name) == 0 || errno == ENOENT;
    int native   = errno;
    close(fd);
    return done || file_fail(native, "could not sweep a file", path, err);
}

static void folder_release(void *entries)
{
    closedir(entries);
}

bool files_sweep(Store *store, Arena *arena, Err *err)
{
    if (!folder_known(store, err)) return false;
    ArenaMark mark = arena_mark(arena);
    Str folder     = intake_folder(store, arena);
    DIR *entries   = opendir(str_to_c(arena, folder));
    if (!entries) return errno == ENOENT || file_fail(errno, "could not sweep the files", folder, err);
    arena_defer(arena, folder_release, entries);

    bool done = true;
    struct dirent *entry;
    while (done && (entry = readdir(entries)))
        if (entry->d_name[0] != '.')
            done = sweep_one(arena, str_fmt(arena, "%.*s/%s", STR_ARG(folder), entry->d_name), err);
    arena_rewind(arena, mark);
    return done;
}
