/* SPDX-License-Identifier: Apache-2.0
 * tests/paper/unpacked.h: DOCX and XLSX taken apart by a reader of our own, which knows nothing of how they were
 * written, and the words of every form, to be compared. */
#pragma once

#include "base/arena.h"
#include "base/str.h"

/* The content of a part; the test fails when the file is no ZIP, the part is not there, or its CRC is wrong. */
Str part_of(Arena *arena, Str package, const char *name);
/* Names of all parts, in the order of the directory. */
StrList parts_of(Arena *arena, Str package);
/* Fails unless xmllint reads every part that is XML, every relationship leads to a part, and every part has a type. */
void assert_package_is_whole(Arena *arena, Str package);

/* What a person reads in XML or HTML: text between tags, entities resolved, and the alternative texts of pictures.
 * Style sheets and instructions of fields are left out. */
Str text_of_xml(Arena *arena, Str xml);
/* The texts of all worksheets, or of the body with header and foot. */
Str text_of_package(Arena *arena, Str package);

/* The words of a text in order, each once: runs of letters and digits, in lower case. */
StrList words_of(Arena *arena, Str text);
/* Fails and names the word when one of `words` is not among `others` nor in `allowed` (words with blanks between). */
void assert_words_among(const char *what, const StrList *words, const StrList *others, const char *allowed);
