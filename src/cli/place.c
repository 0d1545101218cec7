/* SPDX-License-Identifier: Apache-2.0
 * Places. The owner of the folder is the operator: the system says who that is, not the command line. */
#include "cli/place.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"

static bool is_postgres(Str data)
{
    return str_starts(data, STR("postgresql://")) || str_starts(data, STR("postgres://"));
}

/* A name of a folder: everything but letters, digits, '-' and '_' becomes '_'. */
static void add_name(Buf *out, Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char byte  = text.ptr[i];
        bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
        buf_add_byte(out, plain || byte == '-' ? byte : '_');
    }
}

/* "postgresql://USER@HOST/DATABASE?schema=NAME" gives "DATABASE.NAME". */
static Str postgres_name(Arena *arena, Str data)
{
    Buf name      = buf_open(arena, 256);
    size_t scheme = str_index(data, ':') + 3;
    Str rest = str_slice(data, scheme, data.len), head, part, schema = STR("plumbline");
    size_t slash;

    str_cut(&rest, '?', &head);
    slash = str_index(head, '/');
    while (str_index(data, '?') < data.len && str_cut(&rest, '&', &part)) {
        if (str_starts(part, STR("schema="))) schema = str_slice(part, 7, part.len);
    }
    add_name(&name, slash + 1 < head.len ? str_slice(head, slash + 1, head.len) : STR("default"));
    buf_add_byte(&name, '.');
    add_name(&name, schema);
    return buf_str(&name);
}

static bool state_folder(Arena *arena, Str data, Str *out, Err *err)
{
    Str state = str_from_c(getenv("XDG_STATE_HOME")), home = str_from_c(getenv("HOME"));

    if (!str_starts(state, STR("/")) && home.len > 0) state = str_fmt(arena, "%.*s/.local/state", STR_ARG(home));
    if (!str_starts(state, STR("/")))
        return err_set(err, ERR_USAGE, 0, .what = STR("cannot tell where files and keys are to be kept"),
                       .detail = STR("Neither XDG_STATE_HOME nor HOME names a folder."),
                       .hint   = STR("Name one: --folder DIR."));
    *out = str_fmt(arena, "%.*s/plumbline/%.*s", STR_ARG(state), STR_ARG(postgres_name(arena, data)));
    return true;
}

bool place_find(Arena *arena, Str data, Str folder, Place *out, Err *err)
{
    if (data.len == 0)
        return err_set(err, ERR_USAGE, 0, .what = STR("cannot tell which organisation is meant"),
                       .hint = STR("Name its store: --data DIR or --data postgresql://…, or set PLUMBLINE_DATA."));
    *out = (Place){ .address = data, .folder = folder.len > 0 ? folder : data, .is_folder = !is_postgres(data) };
    return out->is_folder || folder.len > 0 || state_folder(arena, data, &out->folder, err);
}

bool place_exists(Arena *arena, const Place *place)
{
    const char *name = place->is_folder ? "plumbline.db" : "keys";
    const char *path = str_to_c(arena, str_fmt(arena, "%.*s/%s", STR_ARG(place->folder), name));

    /* What may not be looked at is there: whoever opens it says what is wrong. */
    return path != NULL && (access(path, F_OK) == 0 || (errno != ENOENT && errno != ENOTDIR));
}

bool place_make(Arena *arena, const Place *place, Err *err)
{
    return folder_make(arena, place->folder, err);
}

/* Root steps down to the owner, for good. */
static bool become(uid_t uid, gid_t gid)
{
    return setgroups(1, &gid) == 0 && setresgid(gid, gid, gid) == 0 && setresuid(uid, uid, uid) == 0;
}

bool place_own(Arena *arena, const Place *place, Str *owner)
{
    const char *path = str_to_c(arena, place->folder);
    struct passwd entry, *found = NULL;
    char bytes[2048];
    struct stat info;

    *owner = (Str){ 0 };
    if (path == NULL || stat(path, &info) != 0) return true; /* whoever opens it says what is wrong */
    if (getpwuid_r(info.st_uid, &entry, bytes, sizeof bytes, &found) == 0 && found != NULL)
        *owner = str_dup(arena, str_from_c(entry.pw_name));
    if (geteuid() == info.st_uid) return true;
    return geteuid() == 0 && become(info.st_uid, info.st_gid);
}
