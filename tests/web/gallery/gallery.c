/* SPDX-License-Identifier: Apache-2.0
 * Writes the gallery: `gallery FOLDER XSS.jsonl` puts one HTML file for each page and theme into FOLDER, and the assets
 * under FOLDER/static. */
#include "gallery.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/json.h"
#include "base/world.h"
#include "gallery/pages.h"
#include "pages/pages.h"
#include "web/assets.h"

static const struct {
    const char *name;
    void (*draw)(Html *out);
} gallery[] = {
    { "parts", gallery_parts },         { "record", gallery_record },           { "register", gallery_register },
    { "home", gallery_home },           { "refused", gallery_refused },         { "conflict", gallery_conflict },
    { "form", gallery_form },           { "sign-in", gallery_sign_in },         { "first-run", gallery_first_run },
    { "not-found", gallery_not_found }, { "not-allowed", gallery_not_allowed }, { "ours", gallery_ours },
    { "hostile", gallery_hostile },
};

Date gallery_day(const char *iso)
{
    Date date = { 0 };
    if (!date_from_iso(str_from_c(iso), &date)) abort();
    return date;
}

static Nav gallery_nav(Arena *arena, Str here)
{
    static const NavEntry entries[] = {
        { STR_INIT("/"), ICON_WORK, N_("My work"), 7, 0 },
        { STR_INIT("/programme"), ICON_CALENDAR, N_("Programme"), 0, 0 },
        { STR_INIT("/audits"), ICON_AUDIT, N_("Audits"), 1, 0 },
        { STR_INIT("/nc"), ICON_NC, N_("Nonconformities"), 10, 2 },
        { STR_INIT("/improvements"), ICON_UP, N_("Improvements"), 2, 0 },
        { STR_INIT("/indicators"), ICON_CHART, N_("Indicators"), 0, 0 },
        { STR_INIT("/reviews"), ICON_REVIEW, N_("Management review"), 0, 0 },
        { STR_INIT("/record"), ICON_CHAIN, N_("Record and proof"), 0, 0 },
        { STR_INIT("/people"), ICON_PEOPLE, N_("People"), 0, 0 },
        { STR_INIT("/settings"), ICON_SETTINGS, N_("Settings"), 0, 0 },
    };
    static const struct {
        const char *title;
        size_t first, end;
    } groups[] = { { NULL, 0, 1 }, { N_("Audit"), 1, 5 }, { N_("Look"), 5, 8 }, { N_("Set up"), 8, 10 } };
    Nav nav    = { .here = here, .len = countof(groups) };
    for (size_t g = 0; g < countof(groups); g++) {
        nav.groups[g].title = groups[g].title;
        for (size_t i = groups[g].first; i < groups[g].end; i++)
            *list_push(arena, &nav.groups[g]) = entries[i];
    }
    return nav;
}

Shell gallery_shell(Arena *arena, Str title, Str here)
{
    return (Shell){ .title     = title,
                    .nav       = gallery_nav(arena, here),
                    .user_name = STR("Elias Brandt"),
                    .user_note = STR("Audit programme manager"),
                    .here      = here };
}

void gallery_hostile(Html *out)
{
    Arena *arena = out->buf.arena;
    Err err      = { 0 };
    Str left, line;
    StrList texts = { 0 };
    if (!file_read(arena, STR("tests/data/hostile/xss.jsonl"), 1 << 20, &left, &err)) abort();
    while (str_cut(&left, '\n', &line)) {
        if (line.len == 0) continue;
        json_t *row               = json_own(arena, json_loadb(line.ptr, line.len, JSON_ALLOW_NUL, NULL));
        *list_push(arena, &texts) = json_text(row, "payload");
    }
    Shell shell = gallery_shell(arena, STR("Hostile text"), STR(""));
    page_hostile(out, &shell, &texts);
}

/* ---- files ---- */

static void write_file(Arena *arena, Str path, Str bytes)
{
    FILE *file = fopen(str_to_c(arena, path), "w");
    if (file == NULL || fwrite(bytes.ptr, 1, bytes.len, file) != bytes.len || fclose(file) != 0) {
        fprintf(stderr, "gallery: could not write %.*s\n", STR_ARG(path));
        exit(1);
    }
}

static void write_page(Arena *arena, Str folder, const Zone *zone, size_t i)
{
    Html out       = html_open(arena);
    out.today      = gallery_day("2026-11-16");
    out.zone       = zone;
    out.form_token = STR("token");
    gallery[i].draw(&out);
    write_file(arena, str_fmt(arena, "%.*s/%s.html", STR_ARG(folder), gallery[i].name), html_bytes(&out));
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: gallery FOLDER\n");
        return 2;
    }
    Arena *arena = arena_open((size_t)1 << 28);
    Zone *zone   = NULL;
    Err err      = { 0 };
    Str folder   = str_from_c(argv[1]);
    if (arena == NULL || !zone_open(STR("Europe/Amsterdam"), &zone, &err) ||
        !folder_make(arena, str_fmt(arena, "%.*s/static", STR_ARG(folder)), &err)) {
        fprintf(stderr, "gallery: %s\n", err.what);
        return 1;
    }
    for (size_t i = 0; i < countof(gallery); i++)
        write_page(arena, folder, zone, i);
    for (size_t i = 0; i < assets_len; i++)
        write_file(arena, str_fmt(arena, "%.*s%.*s", STR_ARG(folder), STR_ARG(assets_all[i].path)),
                   assets_all[i].bytes);
    zone_close(zone);
    arena_close(arena);
    return 0;
}
