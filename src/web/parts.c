/* SPDX-License-Identifier: Apache-2.0
 * The words, classes and drawings that components choose from: tables, indexed by the enums of parts.h. */
#include "web/parts.h"

#include <assert.h>

Str button_class(ButtonKind kind, ButtonSize size)
{
    static const Str classes[][2] = {
        [BUTTON_PLAIN]   = { STR_INIT("btn"), STR_INIT("btn small") },
        [BUTTON_PRIMARY] = { STR_INIT("btn primary"), STR_INIT("btn small primary") },
        [BUTTON_QUIET]   = { STR_INIT("btn quiet"), STR_INIT("btn small quiet") },
        [BUTTON_DANGER]  = { STR_INIT("btn danger"), STR_INIT("btn small danger") },
    };
    return classes[kind][size];
}

/* ---- grades and states ---- */

/* clang-format off */
static const struct {
    const char *name, *words;
    Icon icon;
} grades[] = {
    [GRADE_GLYPH_NONE]        = { "",            "",                  ICON_NONE },
    [GRADE_GLYPH_MAJOR]       = { "major",       N_("Major"),         ICON_MAJOR },
    [GRADE_GLYPH_MINOR]       = { "minor",       N_("Minor"),         ICON_MINOR },
    [GRADE_GLYPH_OBSERVATION] = { "observation", N_("Observation"),   ICON_OBSERVATION },
    [GRADE_GLYPH_OFI]         = { "ofi",         N_("Opportunity"),   ICON_OFI },
    [GRADE_GLYPH_GOOD]        = { "good",        N_("Good practice"), ICON_GOOD },
};
static_assert(countof(grades) == GRADE_GLYPHS, "every grade has its drawing and word");

static const struct {
    const char *name;
    Icon icon;
} states[] = {
    [STATE_GLYPH_NONE] = { "",     ICON_NONE },
    [STATE_GLYPH_TODO] = { "todo", ICON_TODO },
    [STATE_GLYPH_GO]   = { "go",   ICON_GO },
    [STATE_GLYPH_WAIT] = { "wait", ICON_WAIT },
    [STATE_GLYPH_TURN] = { "turn", ICON_TURN },
    [STATE_GLYPH_DONE] = { "done", ICON_DONE },
    [STATE_GLYPH_STOP] = { "stop", ICON_DISPUTED },
    [STATE_GLYPH_VOID] = { "void", ICON_VOID },
};
static_assert(countof(states) == STATE_GLYPHS, "every state has its drawing");
/* clang-format on */

const char *grade_glyph_name(GradeGlyph glyph)
{
    return grades[glyph].name;
}

Icon grade_glyph_icon(GradeGlyph glyph)
{
    return grades[glyph].icon;
}

Str grade_words(const Html *out, GradeGlyph glyph)
{
    return text_of(out->language, grades[glyph].words);
}

const char *state_glyph_name(StateGlyph glyph)
{
    return states[glyph].name;
}

Icon state_glyph_icon(StateGlyph glyph)
{
    return states[glyph].icon;
}

DueGlyph due_glyph(const Html *out, Date due)
{
    if (date_is_none(due)) return DUE_NONE;
    int32_t days = date_days_between(out->today, due);
    if (days < 0) return DUE_LATE;
    return days <= 2 ? DUE_SOON : DUE_FAR;
}

/* ---- lists and lines ---- */

const char *ruler_place_name(SpinePlace place)
{
    switch (place) {
    case SPINE_AHEAD: return "todo";
    case SPINE_DONE: return "done";
    case SPINE_HERE: return "go";
    }
    return "";
}

Str ruler_word(const Html *out, SpinePlace place)
{
    switch (place) {
    case SPINE_AHEAD: return text_of(out->language, N_("not started"));
    case SPINE_DONE: return text_of(out->language, N_("done"));
    case SPINE_HERE: return text_of(out->language, N_("open"));
    }
    return (Str){ 0 };
}

Str callout_class(CalloutKind kind)
{
    switch (kind) {
    case CALLOUT_NOTE: return STR("callout");
    case CALLOUT_WARN: return STR("callout warn");
    case CALLOUT_OK: return STR("callout ok");
    case CALLOUT_STOP: return STR("callout stop");
    }
    return (Str){ 0 };
}

Icon callout_icon(CalloutKind kind)
{
    switch (kind) {
    case CALLOUT_NOTE:
    case CALLOUT_WARN: return ICON_INFO;
    case CALLOUT_OK: return ICON_TICK;
    case CALLOUT_STOP: return ICON_STOP;
    }
    return ICON_NONE;
}

const char *timeline_kind_name(TimelineKind kind)
{
    switch (kind) {
    case TIMELINE_DONE: return "";
    case TIMELINE_NEXT: return "next";
    case TIMELINE_NOTE: return "note";
    case TIMELINE_BAD: return "bad";
    }
    return "";
}

Str column_class(ColumnLook kind)
{
    switch (kind) {
    case COLUMN_PLAIN: return STR("");
    case COLUMN_FIRST: return STR("first");
    case COLUMN_TITLE: return STR("title");
    case COLUMN_NOWRAP: return STR("nowrap");
    case COLUMN_NUMBER: return STR("r nowrap");
    case COLUMN_ENDCAP: return STR("endcap");
    }
    return (Str){ 0 };
}

const char *sorted_word(Sorted sorted)
{
    switch (sorted) {
    case SORTED_NOT: return "";
    case SORTED_UP: return "ascending";
    case SORTED_DOWN: return "descending";
    }
    return "";
}

Icon sorted_icon(Sorted sorted)
{
    switch (sorted) {
    case SORTED_NOT: return ICON_NONE;
    case SORTED_UP: return ICON_SORT_UP;
    case SORTED_DOWN: return ICON_DOWN;
    }
    return ICON_NONE;
}

bool cell_is_empty(const Cell *cell)
{
    switch (cell->kind) {
    case CELL_DATE: return date_is_none(cell->date);
    case CELL_TIME: return time_is_none(cell->time);
    case CELL_DUE: return date_is_none(cell->date) && cell->text.len == 0;
    case CELL_GRADE: return cell->grade == GRADE_GLYPH_NONE;
    case CELL_NUMBER: return false;
    case CELL_TEXT:
    case CELL_STATE:
    case CELL_CODE:
    case CELL_OKAY:
    case CELL_LATE:
    case CELL_SOON:
    case CELL_PASS:
    case CELL_FAIL:
    case CELL_NONE: return cell->text.len == 0 && cell->note.len == 0 && cell->rule.len == 0;
    }
    return false;
}

Str cell_fold_label(const TableColumn *column, const Cell *cell)
{
    bool leads  = column->kind == COLUMN_FIRST || column->kind == COLUMN_TITLE || column->kind == COLUMN_ENDCAP;
    bool speaks = cell->kind == CELL_GRADE || cell->kind == CELL_STATE;
    return leads || speaks ? (Str){ 0 } : column->label;
}

int meter_percent(const Meter *meter)
{
    if (meter->all <= 0 || meter->done <= 0) return 0;
    if (meter->done >= meter->all) return 100;
    return (int)((double)meter->done * 100.0 / (double)meter->all);
}
