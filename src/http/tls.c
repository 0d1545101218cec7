/* SPDX-License-Identifier: Apache-2.0
 * The HTTP library only says that it did not start; here the two files are read and matched first. */
#include "http/tls.h"

#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/log.h"

enum { PEM_MAX_BYTES = 1 << 20 };

static bool bad(Err *err, Arena *arena, Str file, const char *what, const char *hint)
{
    return err_set(err, ERR_FORMAT, 0, .what = str_from_c(what),
                   .detail = str_fmt(arena, "The file is \"%.*s\".", STR_ARG(file)), .hint = str_from_c(hint));
}

static bool text_load(Arena *arena, Str file, char **text, Err *err)
{
    Str bytes;

    if (!file_read(arena, file, PEM_MAX_BYTES, &bytes, err)) return false;
    if (str_index(bytes, '\0') < bytes.len)
        return bad(err, arena, file, "cannot use the TLS file", "It must be text in PEM form.");
    *text = arena_alloc(arena, bytes.len + 1, 1);
    if (bytes.len > 0) memcpy(*text, bytes.ptr, bytes.len);
    return true;
}

/* A key that others may read is no secret, but the operator may have reasons: said, not refused. */
static void warn_if_open(Arena *arena, Str file)
{
    struct stat info;
    const char *path = str_to_c(arena, file);

    if (path != NULL && stat(path, &info) == 0 && (info.st_mode & S_IROTH) != 0)
        log_line(LOG_WARN, "tls", "everybody on this machine can read the key file \"%s\"", path);
}

static bool files_match(const char *certificate, const char *key, bool *certificate_ok, bool *key_ok)
{
    BIO *certificate_bio = BIO_new_mem_buf(certificate, -1);
    BIO *key_bio         = BIO_new_mem_buf(key, -1);
    X509 *x509           = certificate_bio != NULL ? PEM_read_bio_X509(certificate_bio, NULL, NULL, NULL) : NULL;
    char no_password[]   = ""; /* a key with a password is refused, not asked for on a terminal */
    EVP_PKEY *pkey       = key_bio != NULL ? PEM_read_bio_PrivateKey(key_bio, NULL, NULL, no_password) : NULL;
    bool match           = x509 != NULL && pkey != NULL && X509_check_private_key(x509, pkey) == 1;

    *certificate_ok = x509 != NULL;
    *key_ok         = pkey != NULL;
    EVP_PKEY_free(pkey);
    X509_free(x509);
    BIO_free(key_bio);
    BIO_free(certificate_bio);
    return match;
}

bool tls_load(Arena *arena, Str certificate_file, Str key_file, TlsFiles *out, Err *err)
{
    bool certificate_ok, key_ok;

    if (!text_load(arena, certificate_file, &out->certificate, err))
        return err_context(err, "reading the TLS certificate");
    if (!text_load(arena, key_file, &out->key, err)) return err_context(err, "reading the TLS key");
    warn_if_open(arena, key_file);
    if (files_match(out->certificate, out->key, &certificate_ok, &key_ok)) return true;
    if (!certificate_ok)
        return bad(err, arena, certificate_file, "cannot use the TLS certificate",
                   "It must be a certificate in PEM form, the server's own first, then those between it and the root.");
    if (!key_ok)
        return bad(err, arena, key_file, "cannot use the TLS key",
                   "It must be a private key in PEM form without password.");
    return bad(err, arena, key_file, "cannot use the TLS key: it does not belong to the certificate",
               "Name the key that the certificate was made for.");
}
