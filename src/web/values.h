/* SPDX-License-Identifier: Apache-2.0
 * web/values.h: what a record's values look like: which drawing a state has, which choice is a grade, which day is one
 * to keep. Follows from machine names, so a new type looks right without a line here. */
#pragma once

#include "web/visit.h"

StateGlyph state_glyph(const Type *type, int state);
/* No step leads on from it: nothing is late any more. */
bool state_is_end(const Type *type, int state);
/* Of the type with "in use" and "void" only: its state says nothing while it is in use. */
bool type_is_plain(const Type *type);
/* A day by which something must be done, not one on which something was; days that lists do not look at are those of
 * steps long past. */
bool field_is_due(const Field *field);

Cell cell_state(const Visit *visit, const Type *type, int state);
typedef enum { VALUE_PLAIN, VALUE_LINKED } ValueLinks; /* VALUE_LINKED: one reference links to its record */
/* How the values of one record are drawn; `names` must have its references. */
typedef struct {
    const Visit *visit;
    Names *names;
    const Type *type;
    ValueLinks links;
} Drawing;
Cell cell_of_field(const Drawing *drawing, const Field *field, const void *record);
/* The type that a reference is to. */
const Type *field_target(const Visit *visit, const Field *field);
/* "F-012 Main database not restored": for titles of pages. */
Str record_words(const Visit *visit, const Plan *plan, const void *record);
/* The value of the title field; empty when the type has none. */
Str record_title(const Plan *plan, const void *record);
/* "1,184", or "more than 1,000" where nobody counts on. */
Str total_words(const Visit *visit, const ListPage *page);
const void *field_at(const Field *field, const void *record);
/* The paragraphs of a long text, without empty ones. */
StrList paragraphs_of(Arena *arena, Str text);
