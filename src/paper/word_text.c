/* SPDX-License-Identifier: Apache-2.0
 * Texts of a DOCX: spans become runs with character styles, references links, texts in Arabic or Hebrew runs that say
 * so. */
#include "paper/word_inside.h"

Str word_bookmark(Word *w, Str anchor)
{
    Buf name = buf_open(w->arena, anchor.len);

    for (size_t i = 0; i < anchor.len; i++)
        buf_add_byte(&name, anchor.ptr[i] == '-' ? '_' : anchor.ptr[i]);
    return buf_str(&name);
}

/* ---- direction ---- */

static bool rune_is_rtl(uint32_t rune)
{
    return (rune >= 0x590 && rune <= 0x8ff) || (rune >= 0xfb1d && rune <= 0xfdff) || (rune >= 0xfe70 && rune <= 0xfeff);
}

static bool rune_is_neutral(uint32_t rune)
{
    return rune < 'A' || (rune > 'Z' && rune < 'a') || (rune > 'z' && rune < 0xc0);
}

/* The longest beginning of `text` that is of one direction; blanks and signs between belong to what stands before. */
static Str direction_cut(Str *rest, bool *is_rtl)
{
    size_t at = 0, end = 0;

    *is_rtl = false;
    for (bool known = false; at < rest->len; end = at) {
        uint32_t rune = str_next_rune(*rest, &at);
        bool rtl      = rune_is_rtl(rune);

        if (rune == '\n' || (!rune_is_neutral(rune) && known && rtl != *is_rtl)) break;
        if (rune_is_neutral(rune) || known) continue;
        if (rtl && end > 0) break; /* signs before it stay apart */
        known = true, *is_rtl = rtl;
    }
    Str cut = str_slice(*rest, 0, end);
    *rest   = str_slice(*rest, end, rest->len);
    return cut;
}

/* ---- runs ---- */

static void run_looks(Word *w, const char *style, unsigned colour, bool is_rtl)
{
    if (style == NULL && colour == 0 && !is_rtl) return;
    buf_add_c(&w->out, "<w:rPr>");
    if (style != NULL) buf_fmt(&w->out, "<w:rStyle w:val=\"%s\"/>", style);
    if (colour != 0) buf_fmt(&w->out, "<w:color w:val=\"%06X\"/>", colour);
    if (is_rtl) buf_add_c(&w->out, "<w:rtl/>");
    buf_add_c(&w->out, "</w:rPr>");
}

void word_text(Word *w, Str text, const char *style, unsigned colour)
{
    while (text.len > 0) {
        bool is_rtl, is_break = text.ptr[0] == '\n';
        Str piece = is_break ? str_slice(text, 0, 1) : direction_cut(&text, &is_rtl);

        buf_add_c(&w->out, "<w:r>");
        run_looks(w, style, colour, !is_break && is_rtl);
        if (is_break) {
            buf_add_c(&w->out, "<w:br/>");
            text = str_slice(text, 1, text.len);
        } else {
            buf_add_c(&w->out, "<w:t xml:space=\"preserve\">");
            xml_add(&w->out, piece);
            buf_add_c(&w->out, "</w:t>");
        }
        buf_add_c(&w->out, "</w:r>");
    }
}

static void add_ref(Word *w, Str number)
{
    const Block *target = doc_find(w->doc, number);

    if (target == NULL) {
        word_text(w, number, NULL, 0);
        return;
    }
    Str name = word_bookmark(w, target->anchor);
    buf_fmt(&w->out, "<w:hyperlink w:anchor=\"%.*s\" w:history=\"1\">", STR_ARG(name));
    word_text(w, number, "Hyperlink", 0);
    buf_add_c(&w->out, "</w:hyperlink>");
}

/* Sign and word, held together. */
static void add_mark(Word *w, const Span *span)
{
    const MarkShape *shape = mark_shape(span->mark);

    if (shape->sign[0] != '\0') word_text(w, str_fmt(w->arena, "%s\xc2\xa0", shape->sign), "Mark", shape->colour);
    word_text(w, span->text, "Mark", shape->colour);
}

static void add_span(Word *w, const Span *span, bool first)
{
    switch (span->kind) {
    case SPAN_PLAIN: word_text(w, span->text, NULL, 0); return;
    case SPAN_STRONG: word_text(w, span->text, "Strong", 0); return;
    case SPAN_EMPHASIS: word_text(w, span->text, "Emphasis", 0); return;
    case SPAN_CODE: word_text(w, span->text, "Code", 0); return;
    case SPAN_REF: add_ref(w, span->text); return;
    case SPAN_MUTED:
    case SPAN_LABEL: word_text(w, span->text, "Muted", 0); return;
    case SPAN_SMALL:
        if (!first) word_text(w, STR("\n"), NULL, 0);
        word_text(w, span->text, "Small", 0);
        return;
    case SPAN_MARK: add_mark(w, span); return;
    case SPAN_KINDS: return;
    }
}

void word_rich(Word *w, const Rich *rich)
{
    for (size_t i = 0; i < rich->len; i++)
        add_span(w, &rich->at[i], i == 0);
}

void word_line(Word *w, const char *style, Str text)
{
    if (str_is_empty(text)) return;
    buf_fmt(&w->out, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr>", style);
    word_text(w, text, NULL, 0);
    buf_add_c(&w->out, "</w:p>");
}

/* ---- pictures ---- */

void word_picture(Word *w, Str png, double width, double height, Str says)
{
    int id      = ++w->pictures;
    long long x = (long long)(width * EMU_PER_POINT), y = (long long)(height * EMU_PER_POINT);

    *list_push(w->arena, &w->media) = (WordPicture){ str_fmt(w->arena, "media/picture%d.png", id), png };
    buf_fmt(&w->out,
            "<w:p><w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">"
            "<wp:extent cx=\"%lld\" cy=\"%lld\"/><wp:docPr id=\"%d\" name=\"Picture %d\" descr=\"",
            x, y, id, id);
    xml_add(&w->out, says);
    buf_fmt(&w->out,
            "\"/><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">"
            "<pic:pic><pic:nvPicPr><pic:cNvPr id=\"%d\" name=\"picture%d.png\"/><pic:cNvPicPr/></pic:nvPicPr>"
            "<pic:blipFill><a:blip r:embed=\"rIdP%d\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
            "<pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"%lld\" cy=\"%lld\"/></a:xfrm>"
            "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>"
            "</wp:inline></w:drawing></w:r></w:p>",
            id, id, id, x, y);
}
