/* SPDX-License-Identifier: Apache-2.0
 * http/http.h: a request and a response as the doors see them: values in an arena, no library behind them, so a door's
 * test can build a request by hand. The server (http/server.h) makes the one and sends the other.
 *
 * Everything in a request has been checked before a door sees it: path, query and form are decoded once and are valid
 * UTF-8 without NUL; header names are tokens; there is exactly one Host. Everything lives as long as request->arena. */
#pragma once

#include "base/str.h"

enum {
    HTTP_FIELDS_MAX  = 2000, /* parameters of one query or form, cookies of one request */
    HTTP_HEADERS_MAX = 100,  /* header lines of one request */
};

/* The Content-Security-Policy of the product; a page that needs more appends to it. */
#define HTTP_POLICY                                                                                                    \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "                 \
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

typedef enum {
    HTTP_GET,
    HTTP_HEAD, /* answer it like HTTP_GET: the server leaves the body away */
    HTTP_POST,
    HTTP_PUT,
    HTTP_PATCH,
    HTTP_DELETE,
    HTTP_OPTIONS,
    HTTP_METHODS
} HttpMethod;

typedef struct {
    Str name, value;
} HttpField;

typedef struct {
    HttpField *at;
    size_t len, cap;
} HttpFields;

/* A file of a multipart form that was small enough to be held in memory. filename is a label from the client: it may be
 * "../../etc/passwd" and must never name a file of ours. An input with no file chosen gives an empty filename. */
typedef struct {
    Str name, filename, type, bytes;
} HttpFile;

typedef struct {
    HttpFile *at;
    size_t len, cap;
} HttpFiles;

/* Who is at the other end. Over a unix socket the kernel says which user; over TCP there is an address without port,
 * and behind a trusted proxy it is the one the proxy reports. */
typedef struct {
    Str address; /* "127.0.0.1", "2001:db8::1"; "unix" over a unix socket */
    bool is_unix;
    int64_t uid; /* of the process at the other end of a unix socket; -1 over TCP */
} HttpPeer;

typedef struct {
    Arena *arena;
    HttpMethod method;
    Str target; /* as sent: path and query, percent-encoded */
    Str path;   /* decoded; begins with '/', has no empty, "." or ".." segment, no control character, no backslash */
    HttpFields query;   /* decoded, in order */
    HttpFields headers; /* in order, names as sent */
    HttpFields cookies;
    HttpFields form;  /* of an urlencoded or multipart body */
    HttpFiles files;  /* of a multipart body that was not streamed */
    Str body;         /* the bytes of any other body that was not streamed */
    void *upload;     /* what the door's intake put into HttpUpload.sink; NULL when the body was not streamed */
    bool upload_kept; /* every byte reached the sink; false: the sink refused some (request->upload is still open) */
    Str host;         /* Host, in lower case, with port when one was sent */
    HttpPeer peer;
    bool is_secure; /* TLS to here, or to the trusted proxy */
    int worker;     /* which of the server's threads runs the handler: 0 <= worker < http_server_workers() */
} HttpRequest;

/* The zeroed response is an empty 200. Fill it by the functions below. */
typedef struct {
    Arena *arena;
    int status; /* 0 means 200 */
    Str type;   /* Content-Type */
    Str body;
    HttpFields headers;
    Str etag;          /* without quotes; sent as a strong ETag and compared with If-None-Match */
    Str cache;         /* Cache-Control; empty means no-store */
    Str policy;        /* Content-Security-Policy; empty means HTTP_POLICY */
    bool may_compress; /* gzip is allowed: never where a secret and text of the visitor share a page (BREACH) */
    bool close;        /* end the connection after this response */
    bool is_broken;    /* a header could not be sent as asked: the server answers 500 instead */
    bool has_file;     /* the body is file_size bytes of `file` from file_offset */
    int file;
    int64_t file_offset, file_size;
} HttpResponse;

/* Value of the first field of that name; the zeroed Str (ptr NULL) when there is none. */
Str http_field(const HttpFields *fields, const char *name);
/* The same without regard to upper and lower case. */
Str http_header(const HttpRequest *request, const char *name);
/* The cookie that http_cookie_set wrote under `name`; the zeroed Str when it is missing or came twice (somebody may
 * have planted the second). */
Str http_cookie(const HttpRequest *request, const char *name);
/* "GET"; NULL-free for every HttpMethod. */
Str http_method_name(HttpMethod method);

/* True when a browser says that the request came from a page of ours (or from its address line): Sec-Fetch-Site is
 * same-origin or none, and Origin, when sent, is our scheme and Host. False when it says otherwise or says nothing, as
 * a program that is no browser does. For requests that change something and are allowed by a cookie. */
bool http_same_origin(const HttpRequest *request);
/* If-Match (RFC 9110 13.1.1): true when the header is there and names `etag` or is "*". */
bool http_if_match(const HttpRequest *request, Str etag);
/* If-None-Match (RFC 9110 13.1.2): the header is there and names `etag` or is "*". The server asks it for
 * response->etag. */
bool http_if_none_match(const HttpRequest *request, Str etag);

/* Sets status, type and body. The bytes must live until the handler returns; they are copied then. */
void http_respond(HttpResponse *response, int status, Str type, Str body);
/* 303 See Other to `path`, which begins with '/'. */
void http_respond_redirect(HttpResponse *response, Str path);
/* The body is `size` bytes of an open descriptor from `offset`; the server closes it in every case. */
void http_respond_file(HttpResponse *response, Str type, int descriptor, int64_t offset, int64_t size);
/* Adds a header. A name that is no token or a value with a control character makes the whole response a 500, since
 * foreign text that reaches a header is a defect, and half of it sent is a hole. */
void http_header_add(HttpResponse *response, const char *name, Str value);
/* Content-Disposition: attachment, with a download name made from a client's label: control and bidirectional
 * characters, path separators and names that Windows reserves are replaced (RFC 6266, RFC 8187). */
void http_attach(HttpResponse *response, Str filename);

typedef enum { HTTP_SAME_SITE_LAX, HTTP_SAME_SITE_STRICT } HttpSameSite;

typedef struct {
    const char *name; /* a token */
    Str value;        /* cookie octets: letters, digits, '-', '_', '.', '~' and the like; no blank, quote, comma, ';' */
    int64_t max_age_s; /* 0: until the browser closes; negative: delete it */
    HttpSameSite same_site;
} HttpCookie;

/* Adds a cookie for the whole host that scripts cannot read. Over TLS its name gets the prefix "__Host-" and it is
 * Secure; over plain HTTP neither, since only some browsers take such cookies there (Chromium 156 does from
 * http://127.0.0.1 and http://localhost, not from another plain address), and one that is dropped looks like a sign-in
 * that fails for no reason. http_cookie undoes the prefix. A value that is no cookie value makes the response a 500. */
void http_cookie_set(const HttpRequest *request, HttpResponse *response, HttpCookie cookie);
