/* SPDX-License-Identifier: Apache-2.0
 * base/err.h: "the world failed": disk, network, database, a foreign file. Not for answers to users (record/outcome.h)
 * and not for our own mistakes (assert).
 *
 * Fallible functions return true when done and take `Err *err` last. The function that meets the failure states what it
 * tried, why it failed and what to do, by err_set; the first cause wins; callers may add context on the way up. Nobody
 * logs and returns. An Err owns its text, so it outlives arenas. */
#pragma once

#include "base/str.h"

typedef enum {
    ERR_NONE,
    ERR_DISK,       /* reading, writing or syncing a file failed */
    ERR_FULL,       /* no space left */
    ERR_BUSY,       /* somebody else holds it; later it may work */
    ERR_DATABASE,   /* the engine refused or failed */
    ERR_UNIQUE,     /* a unique value is taken */
    ERR_CONFLICT,   /* the transaction lost against another and may be repeated as a whole */
    ERR_UNKNOWN,    /* a commit whose outcome is not known */
    ERR_CORRUPT,    /* stored data is not what was stored */
    ERR_TAMPERED,   /* the record is not what the ledger says */
    ERR_FORMAT,     /* a foreign file or message is not what it should be */
    ERR_LIMIT,      /* larger than we accept */
    ERR_PERMISSION, /* the operating system does not let us */
    ERR_MISSING,    /* a file or peer is not there */
    ERR_NETWORK,
    ERR_USAGE,      /* a command line or setting that cannot be followed */
    ERR_CODES
} ErrCode;

typedef struct {
    ErrCode code;
    int native; /* errno or the library's number; 0 when there is none */
    char what[240];
    char detail[640];
    char hint[320];
} Err;

typedef struct {
    Str what, detail, hint;
} ErrText;

/* Records the failure unless `err` holds one already; always false, so `return err_set(…)`. `what`: lower case, no full
 * stop ("could not …", or "cannot …" when it never will). detail and hint: full sentences. */
#define err_set(err, code, native, ...) err_record((err), (code), (native), (ErrText){ __VA_ARGS__ })
bool err_record(Err *err, ErrCode code, int native, ErrText text);
/* Puts "context: " before `what`; always false. */
bool err_context(Err *err, const char *format, ...) PRINTF(2, 3);
void err_clear(Err *err);
/* The code that says best what an errno of the file system means; ERR_DISK when nothing better is known. */
ErrCode err_code_of_errno(int number);
/* The operating system's words for an errno, static and in English: unlike strerror, safe in threads. */
const char *err_errno_text(int number);
/* One line for a log or a terminal: what: detail hint. */
Str err_line(Arena *arena, const Err *err);
