/* SPDX-License-Identifier: Apache-2.0
 * tools/page_place.h: where in an HTML document a byte stands, as far as escaping must know. A strict subset of the
 * tokenizer of the HTML standard (13.2.5): values are quoted, there is no style, no script text, no HTML comment. */
#pragma once

#include "base/str.h"

enum { PLACE_NAME_MAX = 31 };

typedef enum {
    PLACE_TEXT,         /* between tags */
    PLACE_PLAIN_TEXT,   /* inside title and textarea, where a tag is only text */
    PLACE_SCRIPT,       /* inside script: must stay empty */
    PLACE_DECLARATION,  /* <!doctype html> */
    PLACE_TAG_NAME,     /* from < to the end of the name */
    PLACE_TAG,          /* between attributes */
    PLACE_NAME,         /* in the name of an attribute */
    PLACE_BEFORE_VALUE, /* behind = */
    PLACE_VALUE,        /* between quotes */
} PlaceKind;

/* A word of the markup in lower case; what is longer than PLACE_NAME_MAX is cut. */
typedef struct {
    size_t len;
    char text[PLACE_NAME_MAX + 1];
} PlaceName;

typedef struct {
    PlaceKind kind;
    char quote;       /* of the value */
    bool closes;      /* the tag began with </ */
    bool value_begun; /* something stands in the value already */
    bool posts;       /* the tag is a form with method="post" */
    PlaceName tag;
    PlaceName attribute;
    PlaceName value; /* the literal beginning of the value */
} Place;

/* Moves `place` over the byte at src.ptr[at]. NULL, or what is wrong with it. */
const char *place_step(Place *place, Str src, size_t at);
/* True when a value printed in one is escaped rightly in the other, and the same markup may follow. */
bool place_eq(const Place *a, const Place *b);

typedef enum { VALUE_REFUSED, VALUE_WORDS, VALUE_URL, VALUE_URL_REST } PlaceValue;

/* How an expression in the value at `place` (kind PLACE_VALUE) is escaped. */
PlaceValue place_value(const Place *place);
