/* SPDX-License-Identifier: Apache-2.0
 * Starting and stopping: what an operator may get wrong is said clearly, TLS is 1.2 or later, a unix socket is private
 * and tells who calls, and stopping lets running requests end. */
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include "client.h"

static bool handle_nothing(void *app, HttpRequest *request, HttpResponse *response)
{
    (void)app, (void)request, (void)response;
    return true;
}

/* The server does not start; says which kind of failure it is. */
static Err fails_to_open(HttpOptions options)
{
    World world        = world_real();
    HttpServer *server = NULL;
    Err err            = { 0 };

    options.world = &world;
    assert_false(http_server_open((HttpApp){ .handle = handle_nothing }, &options, &server, &err));
    assert_true(err.what[0] != '\0' && err.detail[0] != '\0');
    return err;
}

static void a_port_in_use_is_said(void **state)
{
    Fixture *fixture = fixture_open((HttpOptions){ 0 });
    Str address      = str_fmt(fixture->arena, "127.0.0.1:%d", http_server_port(fixture->server));

    (void)state;
    Err err = fails_to_open((HttpOptions){ .address = address });

    assert_int_equal(err.code, ERR_BUSY);
    assert_non_null(strstr(err.what, "in use"));
    fixture_close(fixture);
}

static void an_address_that_is_none_is_said(void **state)
{
    static const Str addresses[] = { STR_INIT("8440"),       STR_INIT("localhost:8440"), STR_INIT("127.0.0.1:99999"),
                                     STR_INIT("127.0.0.1:"), STR_INIT("unix:"),          STR_INIT("[::1:8440") };

    (void)state;
    for (size_t i = 0; i < countof(addresses); i++)
        assert_int_equal(fails_to_open((HttpOptions){ .address = addresses[i] }).code, ERR_USAGE);
    assert_int_equal(fails_to_open((HttpOptions){ .address = STR("192.0.2.1:8440") }).code, ERR_NETWORK);
}

/* ---- the unix socket ---- */

static void a_unix_socket_is_private_and_tells_who_calls(void **state)
{
    char folder[] = "/tmp/plumbline-http-XXXXXX";
    char path[64];
    struct stat info;

    (void)state;
    assert_non_null(mkdtemp(folder));
    assert_true(snprintf(path, sizeof(path), "%s/socket", folder) < (int)sizeof(path));
    Arena *arena        = arena_open(1 << 20);
    HttpOptions options = { .address = str_fmt(arena, "unix:%s", path) };
    Fixture *fixture    = fixture_open(options);

    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    int connection = dial_unix(path);
    say(connection, "GET /peer HTTP/1.1\r\nHost: a\r\n\r\n");
    Heard heard = hear(fixture, connection);
    assert_true(str_eq(heard.body, str_fmt(fixture->arena, "unix %d plain", (int)getuid())));
    assert_int_equal(fails_to_open(options).code, ERR_BUSY);
    close(connection);
    fixture_close(fixture);

    fixture = fixture_open(options); /* the file is still there, but nobody answers at it */
    fixture_close(fixture);
    unlink(path);
    rmdir(folder);
    arena_close(arena);
}

/* ---- TLS ---- */

typedef struct {
    char folder[32];
    char certificate[64], key[64], other_key[64];
} Certificates;

static EVP_PKEY *key_make(const char *path)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    FILE *file    = fopen(path, "w");

    assert_non_null(key);
    assert_int_equal(fchmod(fileno(file), 0600), 0);
    assert_int_equal(PEM_write_PrivateKey(file, key, NULL, NULL, 0, NULL, NULL), 1);
    fclose(file);
    return key;
}

/* A self-signed certificate for an hour. */
static void certificates_make(Certificates *made)
{
    X509 *x509      = X509_new();
    X509_NAME *name = X509_get_subject_name(x509);

    *made = (Certificates){ .folder = "/tmp/plumbline-tls-XXXXXX" };
    assert_non_null(mkdtemp(made->folder));
    (void)snprintf(made->certificate, sizeof(made->certificate), "%s/cert.pem", made->folder);
    (void)snprintf(made->key, sizeof(made->key), "%s/key.pem", made->folder);
    (void)snprintf(made->other_key, sizeof(made->other_key), "%s/other.pem", made->folder);
    EVP_PKEY *key = key_make(made->key);
    EVP_PKEY_free(key_make(made->other_key));
    ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
    X509_gmtime_adj(X509_getm_notBefore(x509), 0);
    X509_gmtime_adj(X509_getm_notAfter(x509), 3600);
    X509_set_pubkey(x509, key);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)"localhost", -1, -1, 0);
    X509_set_issuer_name(x509, name);
    assert_true(X509_sign(x509, key, EVP_sha256()) > 0);
    FILE *file = fopen(made->certificate, "w");
    assert_int_equal(PEM_write_X509(file, x509), 1);
    fclose(file);
    X509_free(x509);
    EVP_PKEY_free(key);
}

static void certificates_remove(Certificates *made)
{
    unlink(made->certificate);
    unlink(made->key);
    unlink(made->other_key);
    rmdir(made->folder);
}

/* Asks over TLS of at most `version`, with `ciphers` for 1.2 and below; the answer, or "" when the handshake fails. */
static Str ask_tls(Fixture *fixture, const char *request, int version, const char *ciphers)
{
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    int connection   = dial(fixture);
    char bytes[4096];
    int got = 0;

    SSL_CTX_set_security_level(context, 0);
    SSL_CTX_set_min_proto_version(context, 0);
    SSL_CTX_set_max_proto_version(context, version);
    assert_int_equal(SSL_CTX_set_cipher_list(context, ciphers), 1);
    SSL *ssl = SSL_new(context);
    SSL_set_fd(ssl, connection);
    if (SSL_connect(ssl) == 1 && SSL_write(ssl, request, (int)strlen(request)) > 0)
        got = SSL_read(ssl, bytes, sizeof(bytes));
    SSL_free(ssl);
    SSL_CTX_free(context);
    ERR_clear_error();
    close(connection);
    return str_dup(fixture->arena, (Str){ bytes, got > 0 ? (size_t)got : 0 });
}

static void tls_is_served_from_1_2_on(void **state)
{
    static const char request[] = "GET /cookie HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    Certificates files;

    (void)state;
    certificates_make(&files);
    Fixture *fixture = fixture_open((HttpOptions){
        .certificate_file = str_from_c(files.certificate), .key_file = str_from_c(files.key), .head_ms = 3000 });
    Str v13          = ask_tls(fixture, request, TLS1_3_VERSION, "ALL");
    Str v12          = ask_tls(fixture, request, TLS1_2_VERSION, "ALL");
    Str v11          = ask_tls(fixture, request, TLS1_1_VERSION, "ALL");
    Str old          = ask_tls(fixture, request, TLS1_2_VERSION, "ECDHE-ECDSA-AES128-SHA:AES128-GCM-SHA256");

    assert_int_equal(old.len, 0);
    assert_true(str_starts(v13, STR("HTTP/1.1 200 ")));
    assert_true(str_starts(v12, STR("HTTP/1.1 200 ")));
    assert_int_equal(v11.len, 0);
    assert_true(str_has(v13, STR("Strict-Transport-Security: max-age=31536000")));
    assert_true(str_has(v13, STR("Set-Cookie: __Host-session=s3cret; Path=/; HttpOnly; SameSite=Lax; Secure")));
    fixture_close(fixture);
    certificates_remove(&files);
}

static void certificate_and_key_must_fit(void **state)
{
    Certificates files;

    (void)state;
    certificates_make(&files);
    Str certificate = str_from_c(files.certificate), key = str_from_c(files.key);
    Str address = STR("127.0.0.1:0");
    Err other   = fails_to_open(
          (HttpOptions){ .address = address, .certificate_file = certificate, .key_file = str_from_c(files.other_key) });
    Err swapped = fails_to_open((HttpOptions){ .address = address, .certificate_file = key, .key_file = key });
    Err no_key =
        fails_to_open((HttpOptions){ .address = address, .certificate_file = certificate, .key_file = certificate });
    Err missing =
        fails_to_open((HttpOptions){ .address = address, .certificate_file = certificate, .key_file = STR("/none") });

    assert_int_equal(other.code, ERR_FORMAT);
    assert_non_null(strstr(other.what, "does not belong to the certificate"));
    assert_int_equal(swapped.code, ERR_FORMAT);
    assert_int_equal(no_key.code, ERR_FORMAT);
    assert_int_equal(missing.code, ERR_MISSING);
    certificates_remove(&files);
}

/* ---- stopping ---- */

static void *close_server(void *context)
{
    Fixture *fixture = context;

    http_server_close(fixture->server, 10000);
    return NULL;
}

/* The gated request holds one of the library's threads; idle connections, also of that thread, end, and so does it. */
static void stopping_lets_a_running_request_end(void **state)
{
    enum { IDLE = 8 };
    Fixture *fixture = fixture_open((HttpOptions){ 0 });
    int busy         = dial(fixture);
    int idle[IDLE];
    pthread_t closer;

    (void)state;
    for (int i = 0; i < IDLE; i++) {
        idle[i] = dial(fixture);
        say(idle[i], "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n");
        assert_int_equal(hear(fixture, idle[i]).status, 200);
    }
    say(busy, "GET /gate HTTP/1.1\r\nHost: a\r\n\r\n");
    while (atomic_load(&fixture->at_gate) < 1)
        sched_yield();
    assert_int_equal(pthread_create(&closer, NULL, close_server, fixture), 0);
    for (int i = 0; i < IDLE; i++)
        assert_true(hears_end(idle[i]));
    assert_int_equal(write(fixture->gate[1], "x", 1), 1);
    Heard heard = hear(fixture, busy);
    assert_int_equal(pthread_join(closer, NULL), 0);
    fixture->server = NULL;

    assert_int_equal(heard.status, 200);
    assert_true(str_eq_c(heard_header(&heard, "Connection"), "close"));
    assert_true(hears_end(busy));
    for (int i = 0; i < IDLE; i++)
        close(idle[i]);
    close(busy);
    fixture_close(fixture);
}

/* Sends requests on one connection until it ends; how many were answered. */
static void *keep_asking(void *context)
{
    Fixture *fixture = context;
    int connection   = dial(fixture);
    char bytes[4096];
    size_t answers = 0;

    do {
        say(connection, "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
    } while (recv(connection, bytes, sizeof(bytes), 0) > 0 && ++answers < 1000000);
    close(connection);
    return (void *)answers;
}

static void stopping_ends_busy_connections(void **state)
{
    enum { CLIENTS = 8 };
    Fixture *fixture = fixture_open((HttpOptions){ 0 });
    pthread_t clients[CLIENTS];
    void *answers;

    (void)state;
    for (int i = 0; i < CLIENTS; i++)
        assert_int_equal(pthread_create(&clients[i], NULL, keep_asking, fixture), 0);
    while (atomic_load(&fixture->handled) < 200)
        sched_yield();
    int64_t begun = world_monotonic_us(&fixture->world);
    http_server_close(fixture->server, 10000);
    fixture->server = NULL;

    assert_true(world_monotonic_us(&fixture->world) - begun < 5000000);
    for (int i = 0; i < CLIENTS; i++)
        assert_int_equal(pthread_join(clients[i], &answers), 0);
    fixture_close(fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_port_in_use_is_said),
        cmocka_unit_test(an_address_that_is_none_is_said),
        cmocka_unit_test(a_unix_socket_is_private_and_tells_who_calls),
        cmocka_unit_test(tls_is_served_from_1_2_on),
        cmocka_unit_test(certificate_and_key_must_fit),
        cmocka_unit_test(stopping_lets_a_running_request_end),
        cmocka_unit_test(stopping_ends_busy_connections),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
