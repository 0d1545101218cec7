/* SPDX-License-Identifier: Apache-2.0
 * The signer with a key file. Its memory is the last note it signed: that note is read back and checked each time, so a
 * state file from elsewhere is noticed. */
#include "ledger/signer.h"

#include <assert.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/file.h"

enum { KEY_FILE_MAX = 4096, STATE_FILE_MAX = 1 << 16, ORIGIN_RANDOM = 26 };

typedef struct {
    Signer signer; /* first: a Signer * is a FileSigner * */
    World *world;
    NoteSigner key;
    Str state_path;
} FileSigner;

static Str path_in(Arena *arena, Str folder, const char *name)
{
    return str_fmt(arena, "%.*s/%s", STR_ARG(folder), name);
}

Str signer_origin(World *world, Arena *arena)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; /* 32 of them: 5 bits each, 130 in all */
    uint8_t bytes[ORIGIN_RANDOM];
    Buf out = buf_open(arena, 64);
    world_random(world, bytes, sizeof(bytes));
    buf_add(&out, STR("plumbline/ledger/"));
    for (size_t i = 0; i < sizeof(bytes); i++)
        buf_add_byte(&out, alphabet[bytes[i] % 32]);
    return buf_str(&out);
}

/* State */

static bool state_write(FileSigner *self, Arena *arena, Str note, Err *err)
{
    if (file_replace(self->world, arena, self->state_path, note, 0600, err)) return true;
    return err_context(err, "remembering the last checkpoint");
}

static bool state_read(FileSigner *self, Arena *arena, Checkpoint *out, Err *err)
{
    Str note;
    const NoteKeys keys = { .at = &self->key.verifier, .len = 1 };
    if (!file_read(arena, self->state_path, STATE_FILE_MAX, &note, err) ||
        !checkpoint_open(note, &keys, arena, out, err))
        return err_context(err, "reading the signer's memory");
    return true;
}

static bool head_sign(FileSigner *self, Arena *arena, int64_t size, const Hash *root, Str *note, Err *err)
{
    const Checkpoint head = { .origin = self->key.verifier.name, .size = size, .root = *root };
    return note_sign(checkpoint_text(arena, &head), &self->key, arena, note, err);
}

/* The interface */

static bool file_signer_last(Signer *signer, Arena *arena, Checkpoint *out, Err *err)
{
    return state_read((FileSigner *)signer, arena, out, err);
}

static bool extends(const SignRequest *request, const Checkpoint *last)
{
    if (request->size < last->size) return false;
    if (request->size == last->size) return hash_eq(&request->root, &last->root);
    if (last->size == 0) return true;
    return proof_extends(&request->proof, (uint64_t)last->size, (uint64_t)request->size, &last->root, &request->root);
}

static bool file_signer_sign(Signer *signer, Arena *arena, const SignRequest *request, Str *note, Err *err)
{
    FileSigner *self = (FileSigner *)signer;
    Checkpoint last  = { 0 };
    if (!state_read(self, arena, &last, err)) return false;
    if (!extends(request, &last)) {
        return err_set(err, ERR_TAMPERED, 0, .what = STR("ledger does not extend what was signed before"),
                       .detail = str_fmt(arena, "The last checkpoint has %lld events, this ledger has %lld.",
                                         (long long)last.size, (long long)request->size),
                       .hint =
                           STR("The record was rewritten or an old copy restored. Run \"plumbline verify --full\"."));
    }
    if (!head_sign(self, arena, request->size, &request->root, note, err)) return false;
    return request->size == last.size || state_write(self, arena, *note, err);
}

static void file_signer_wipe(void *signer)
{
    FileSigner *self = signer;
    secret_wipe(self->key.seed, sizeof(self->key.seed));
}

static void file_signer_close(Signer *signer)
{
    file_signer_wipe(signer);
}

/* Making and opening */

bool signer_make(World *world, Arena *arena, Str folder, Str origin, Err *err)
{
    FileSigner self  = { .world = world, .state_path = path_in(arena, folder, "signer.state") };
    const Hash empty = tree_empty();
    Str path         = path_in(arena, folder, "signer.key"), note, text;
    if (file_exists(arena, path))
        return err_set(err, ERR_UNIQUE, 0, .what = STR("cannot make a signing key where one is"),
                       .detail = str_fmt(arena, "\"%.*s\" exists.", STR_ARG(path)));
    if (!note_signer_make(world, origin, &self.key, err)) return false;
    text      = str_fmt(arena, "%.*s\n", STR_ARG(note_signer_write(arena, &self.key)));
    bool done = head_sign(&self, arena, 0, &empty, &note, err) && state_write(&self, arena, note, err) &&
                file_replace(world, arena, path, text, 0600, err);
    file_signer_wipe(&self);
    return done;
}

static bool key_is_private(Arena *arena, Str path, Err *err)
{
    struct stat status;
    const char *name = str_to_c(arena, path);
    if (!name || stat(name, &status) != 0)
        return err_set(err, ERR_MISSING, 0, .what = STR("signing key is missing"),
                       .detail = str_fmt(arena, "\"%.*s\" cannot be found.", STR_ARG(path)));
    if (S_ISREG(status.st_mode) && (status.st_mode & 0177) == 0) return true;
    return err_set(err, ERR_PERMISSION, 0, .what = STR("signing key is open to others"),
                   .detail = str_fmt(arena, "\"%.*s\" must be a file with mode 0600.", STR_ARG(path)),
                   .hint   = STR("Find out who could read it, then \"chmod 600\" it, or make a new ledger key."));
}

Signer *signer_open(World *world, Arena *arena, Str folder, Err *err)
{
    Str path = path_in(arena, folder, "signer.key"), text;
    Checkpoint last;
    if (!key_is_private(arena, path, err) || !file_read(arena, path, KEY_FILE_MAX, &text, err)) return NULL;
    FileSigner *self = arena_new(arena, FileSigner);
    arena_defer(arena, file_signer_wipe, self);
    if (!note_signer_read(str_trim(text), arena, &self->key, err)) return NULL;
    self->world      = world;
    self->state_path = path_in(arena, folder, "signer.state");
    self->signer     = (Signer){
            .verifier = self->key.verifier, .last = file_signer_last, .sign = file_signer_sign, .close = file_signer_close
    };
    return state_read(self, arena, &last, err) ? &self->signer : NULL;
}
