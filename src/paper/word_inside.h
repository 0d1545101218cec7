/* SPDX-License-Identifier: Apache-2.0
 * paper/word_inside.h: what the files of the DOCX writer share. Lengths are twips (1/20 point) where the format has
 * them, pictures EMU (1/12700 point). */
#pragma once

#include "paper/document.h"
#include "paper/package.h"

enum {
    PAGE_TWIPS_X   = 11906, /* A4 */
    PAGE_TWIPS_Y   = 16838,
    MARGIN_TWIPS   = 1021, /* 18 mm */
    BODY_TWIPS     = PAGE_TWIPS_X - 2 * MARGIN_TWIPS,
    EMU_PER_POINT  = 12700,
    WORD_BYTES_MAX = 1 << 28
};

/* A picture of the document's body: "media/chart1.png". */
typedef struct {
    Str name, png;
} WordPicture;

typedef struct {
    const Document *doc;
    Arena *arena;
    Buf out;       /* word/document.xml */
    int bookmarks; /* given so far */
    int pictures;
    int numbered_lists;
    struct {
        WordPicture *at;
        size_t len, cap;
    } media; /* relationship rIdP1, rIdP2, … */
    bool failed;
    Err *err;
} Word;

/* word_text.c: the name of a bookmark. Word takes letters, digits and low lines only. */
Str word_bookmark(Word *w, Str anchor);
/* Runs. `style` is a character style or NULL. */
void word_text(Word *w, Str text, const char *style, unsigned colour);
void word_rich(Word *w, const Rich *rich);
/* A paragraph of one text; nothing for an empty one. */
void word_line(Word *w, const char *style, Str text);
/* A picture in a paragraph of its own; sizes in points. */
void word_picture(Word *w, Str png, double width, double height, Str says);

/* word_blocks.c */
void word_block(Word *w, const Block *block);
void word_contents(Word *w);
void word_facts(Word *w, const Block *block);

/* word_styles.c: parts that are the same in every document, but for the language and the colour. */
Str word_styles(Arena *arena, Str language, unsigned accent);
/* Bullets are list 1, each numbered list begins at 1 and is one of its own, from 2 on. */
Str word_numbering(Arena *arena, int numbered_lists);
