/* SPDX-License-Identifier: Apache-2.0
 * exchange/mail_message.h: a mail as a file (.eml), so far as a reader wants to see it: who, when, about what, its
 * plain text, and what hangs on it. RFC 5322 heads, RFC 2047 words in them, RFC 2045 and 2046 parts and encodings.
 *
 * Lenient in what is odd and firm in what is much: no more than the limits below is looked at, and what is beyond is
 * cut, said by `is_cut`. HTML is never read: a mail without plain text shows none. Bytes are text in UTF-8 where they
 * said so or are it; else each is taken as ISO 8859-1. Texts may still hold control characters: whoever shows them
 * makes them visible. Pure: no store, no clock. */
#pragma once

#include "base/str.h"

enum {
    MAIL_HEADERS_MAX    = 300,
    MAIL_VALUE_MAX      = 4000, /* bytes of one header that is shown */
    MAIL_DEPTH_MAX      = 6,    /* parts within parts */
    MAIL_PARTS_MAX      = 100,
    MAIL_TEXT_BYTES_MAX = 256 << 10
};

typedef struct {
    Str name;    /* may be empty */
    Str type;    /* as claimed, lower case */
    size_t size; /* encoded, in bytes */
} MailAttachment;

typedef struct {
    Str from, to, cc, date, subject;
    Str text; /* the first plain text; empty: there is none */
    bool is_cut;
    MailAttachment *at;
    size_t len, cap;
} Mail;

/* False when the bytes do not begin with headers of which at least one is From, Date or Subject. Safe on bytes from
 * anybody; uses memory of the order of `bytes`. The texts may lie in `bytes`. */
bool mail_read(Arena *arena, Str bytes, Mail *out);
