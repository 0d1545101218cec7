/* SPDX-License-Identifier: Apache-2.0
 * http/tls.h: certificate and key, read and tried before the server starts, so that a mistake is named at once. */
#pragma once

#include "base/err.h"

typedef struct {
    char *certificate; /* PEM, terminated */
    char *key;
} TlsFiles;

/* ERR_FORMAT when a file is not PEM or the key is not the certificate's. The texts live in the arena. */
MUST_USE bool tls_load(Arena *arena, Str certificate_file, Str key_file, TlsFiles *out, Err *err);
