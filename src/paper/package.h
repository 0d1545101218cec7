/* SPDX-License-Identifier: Apache-2.0
 * paper/package.h: a ZIP file of XML parts: what DOCX and XLSX are (ECMA-376, Open Packaging Conventions).
 *
 * The same parts give the same bytes: every entry bears the first day that a ZIP file can name. Parts are written in
 * the order in which they are added; [Content_Types].xml comes first. */
#pragma once

#include "base/buf.h"
#include "base/err.h"
#include "base/time.h"

enum { PACKAGE_PARTS_MAX = 60, PACKAGE_BYTES_MAX = 1 << 28 };

typedef struct {
    Str name;
    unsigned crc;
    size_t packed, size, offset;
    bool is_stored; /* a picture is compressed already */
} PackagePart;

typedef struct {
    Arena *arena;
    Buf bytes;
    PackagePart parts[PACKAGE_PARTS_MAX];
    size_t len;
    bool failed;
} Package;

void package_open(Package *package, Arena *arena);
/* Adds a part; `name` and `content` need to live until package_close. */
void package_add(Package *package, Str name, Str content);
/* The file. ERR_LIMIT when it would be larger than PACKAGE_BYTES_MAX or has too many parts. */
MUST_USE bool package_close(Package *package, Str *out, Err *err);

/* Adds `text` where XML has text or the value of an attribute in double quotes. A line end stays one in text. */
void xml_add(Buf *out, Str text);
/* <NAME>text</NAME>; nothing for an empty text. */
void xml_add_element(Buf *out, const char *name, Str text);

/* What both kinds of file say of themselves: docProps/core.xml. Empty texts and a time that is none are left out. */
typedef struct {
    Str title, subject, author, language, category;
    Time created;
} PackageFacts;
void package_add_facts(Package *package, const PackageFacts *facts);
