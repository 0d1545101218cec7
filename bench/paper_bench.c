/* SPDX-License-Identifier: Apache-2.0
 * How long a document takes: the sample report, and registers of growing length, as PDF, HTML and plain text.
 * Prints milliseconds (the best of several runs), pages and bytes. */
#include <stdio.h>

#include "../tests/paper/report_sample.h"
#include "base/world.h"
#include "paper/page_html.h"
#include "paper/pdf.h"
#include "paper/plain_text.h"

enum { RUNS = 5 };

static Document *a_register(Arena *arena, int rows)
{
    static const Column columns[] = {
        { STR_INIT("Number"), 20, ALIGN_START, 0 },
        { STR_INIT("Title"), 0, ALIGN_START, 0 },
        { STR_INIT("Grade"), 32, ALIGN_START, 0 },
        { STR_INIT("Due"), 26, ALIGN_END, 0 },
    };
    Document *doc = doc_open(arena, &(DocHead){ .form = DOC_COMPACT, .title = STR("Register"), .number = STR("R-1") });

    doc_table(doc, STR(""), columns, countof(columns));
    for (int i = 0; i < rows; i++) {
        doc_row(doc);
        doc_cell(doc, str_fmt(arena, "F-%03d", i));
        doc_cell(doc, STR("Own changes approved by their author, found in the deployment log of July and August"));
        doc_cell(doc, STR(""));
        doc_mark(doc, MARK_MINOR, STR("Minor"));
        doc_cell(doc, STR("30 Oct 2026"));
    }
    return doc;
}

static Document *document_of(Arena *arena, int rows)
{
    return rows == 0 ? report_sample(arena) : a_register(arena, rows);
}

static bool measure_pdf(World *world, Arena *arena, int rows, int64_t *best_us, Pdf *pdf)
{
    for (int run = 0; run < RUNS; run++) {
        int64_t start = world_monotonic_us(world), spent;
        Err err       = { 0 };

        arena_reset(arena);
        if (!pdf_render(document_of(arena, rows), arena, pdf, &err)) {
            fprintf(stderr, "%s: %s\n", err.what, err.detail);
            return false;
        }
        spent = world_monotonic_us(world) - start;
        if (run == 0 || spent < *best_us) *best_us = spent;
    }
    return true;
}

static int64_t measure_text(World *world, Arena *arena, int rows, bool html)
{
    int64_t best_us = INT64_MAX;

    for (int run = 0; run < RUNS; run++) {
        int64_t start = world_monotonic_us(world), spent;
        Document *doc;
        Buf out;

        arena_reset(arena);
        doc = document_of(arena, rows);
        out = buf_open(arena, (size_t)1 << 26);
        if (html) {
            page_document(&out, doc);
        } else {
            text_document(&out, doc, 80);
        }
        spent = world_monotonic_us(world) - start;
        if (spent < best_us) best_us = spent;
    }
    return best_us;
}

int main(void)
{
    static const int sizes[] = { 0, 100, 1000, 5000 };
    World world              = world_real();
    Arena *arena             = arena_open((size_t)1 << 30);

    if (arena == NULL) return 1;
    for (size_t i = 0; i < countof(sizes); i++) {
        int64_t pdf_us = 0, html_us, text_us;
        Pdf pdf;
        size_t pages, bytes, used;

        if (!measure_pdf(&world, arena, sizes[i], &pdf_us, &pdf)) return 1;
        pages   = pdf.pages;
        bytes   = pdf.bytes.len;
        used    = arena_used(arena);
        html_us = measure_text(&world, arena, sizes[i], true);
        text_us = measure_text(&world, arena, sizes[i], false);
        printf("%-8s %5d rows: pdf %8.1f ms, %4zu pages, %7zu bytes, arena %8zu; html %6.2f ms; text %6.2f ms\n",
               sizes[i] == 0 ? "report" : "register", sizes[i], (double)pdf_us / 1000, pages, bytes, used,
               (double)html_us / 1000, (double)text_us / 1000);
    }
    arena_close(arena);
    return 0;
}
