/* SPDX-License-Identifier: Apache-2.0
 * A DOCX put together: cover, contents, body, header and foot, properties, and the list of what belongs to what. */
#include "paper/word.h"

#include "paper/pdf_inside.h"
#include "paper/picture.h"
#include "paper/word_inside.h"

#define XML_HEAD  "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define MAIN_NAME "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define OFFICE    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

/* ---- what belongs to what ---- */

static const char content_types[] = XML_HEAD
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/>"
#define WORD_TYPE(name, kind)                                                                                          \
    "<Override PartName=\"/word/" name ".xml\" "                                                                       \
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml." kind "+xml\"/>"
    WORD_TYPE("document", "document.main") WORD_TYPE("styles", "styles") WORD_TYPE("numbering", "numbering")
        WORD_TYPE("settings", "settings") WORD_TYPE("header1", "header") WORD_TYPE(
            "footer1",
            "footer") "<Override PartName=\"/docProps/core.xml\" "
                      "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>"
                      "<Override PartName=\"/docProps/app.xml\" "
                      "ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/></Types>";

static const char package_relations[] =
    XML_HEAD "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
             "<Relationship Id=\"rId1\" Type=\"" OFFICE "/officeDocument\" Target=\"word/document.xml\"/>"
             "<Relationship Id=\"rId2\" "
             "Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" "
             "Target=\"docProps/core.xml\"/>"
             "<Relationship Id=\"rId3\" Type=\"" OFFICE "/extended-properties\" Target=\"docProps/app.xml\"/>"
             "</Relationships>";

static const char app_properties[] =
    XML_HEAD "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">"
             "<Application>Plumbline</Application></Properties>";

static Str document_relations(Word *w)
{
    Buf out = buf_open(w->arena, WORD_BYTES_MAX);

    buf_add_c(&out, XML_HEAD "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                             "<Relationship Id=\"rId1\" Type=\"" OFFICE "/styles\" Target=\"styles.xml\"/>"
                             "<Relationship Id=\"rId2\" Type=\"" OFFICE "/numbering\" Target=\"numbering.xml\"/>"
                             "<Relationship Id=\"rId3\" Type=\"" OFFICE "/settings\" Target=\"settings.xml\"/>"
                             "<Relationship Id=\"rId4\" Type=\"" OFFICE "/header\" Target=\"header1.xml\"/>"
                             "<Relationship Id=\"rId5\" Type=\"" OFFICE "/footer\" Target=\"footer1.xml\"/>");
    for (size_t i = 0; i < w->media.len; i++)
        buf_fmt(&out, "<Relationship Id=\"rIdP%zu\" Type=\"" OFFICE "/image\" Target=\"%.*s\"/>", i + 1,
                STR_ARG(w->media.at[i].name));
    buf_add_c(&out, "</Relationships>");
    return buf_str(&out);
}

static Str settings(Word *w)
{
    Str language = w->doc->head.language;
    Buf out      = buf_open(w->arena, 4096 + 8 * language.len);

    buf_add_c(&out, XML_HEAD "<w:settings " MAIN_NAME "><w:defaultTabStop w:val=\"708\"/><w:compat><w:compatSetting "
                             "w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" "
                             "w:val=\"15\"/></w:compat><w:themeFontLang w:val=\"");
    xml_add(&out, language);
    buf_add_c(&out, "\"/></w:settings>");
    return buf_str(&out);
}

/* ---- header and foot ---- */

/* A part of one paragraph, whose runs `fill` adds. */
static Str small_part(Word *w, const char *element, const char *style, void (*fill)(Word *w))
{
    Word part = { .doc = w->doc, .arena = w->arena, .out = buf_open(w->arena, 1 << 20) };

    buf_fmt(&part.out, XML_HEAD "<w:%s " MAIN_NAME "><w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr>", element, style);
    fill(&part);
    buf_fmt(&part.out, "</w:p></w:%s>", element);
    return buf_str(&part.out);
}

static void add_tab(Word *w)
{
    buf_add_c(&w->out, "<w:r><w:tab/></w:r>");
}

static void add_field(Word *w, const char *name)
{
    buf_fmt(&w->out, "<w:fldSimple w:instr=\" %s \"><w:r><w:t>1</w:t></w:r></w:fldSimple>", name);
}

static void header_fill(Word *w)
{
    word_text(w, w->doc->head.title, NULL, 0);
    add_tab(w);
    word_text(w, w->doc->head.foot_proof, NULL, 0);
}

static void footer_fill(Word *w)
{
    word_text(w, doc_foot_left(w->doc, w->arena), NULL, 0);
    add_tab(w);
    add_field(w, "PAGE");
    word_text(w, str_fmt(w->arena, " %.*s ", STR_ARG(text_of(w->doc->head.catalogue, N_("of")))), NULL, 0);
    add_field(w, "NUMPAGES");
}

/* ---- the body ---- */

static void logo(Word *w)
{
    const DocHead *head      = &w->doc->head;
    cairo_surface_t *picture = str_is_empty(head->logo) ? NULL : picture_open(w->arena, head->logo);
    double width, height;

    if (picture == NULL) return;
    picture_fit(picture, &width, &height);
    word_picture(w, head->logo, width, height, str_is_empty(head->logo_says) ? head->organisation : head->logo_says);
}

static void cover(Word *w)
{
    const DocHead *head = &w->doc->head;

    logo(w);
    word_line(w, "Kind", head->kind);
    word_line(w, "Title", head->title);
    word_line(w, "Subtitle", head->subtitle);
    word_facts(w, w->doc->cover);
    word_line(w, "Note", head->cover_note);
    if (head->form != DOC_WITH_COVER) return;
    word_contents(w);
    buf_add_c(&w->out, "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>");
}

static void body(Word *w)
{
    buf_add_c(&w->out, XML_HEAD "<w:document " MAIN_NAME " xmlns:r=\"" OFFICE "\" "
                                "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "
                                "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
                                "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>");
    cover(w);
    for (size_t i = 0; i < w->doc->blocks.len; i++)
        word_block(w, w->doc->blocks.at[i]);
    buf_fmt(&w->out,
            "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId4\"/><w:footerReference w:type=\"default\" "
            "r:id=\"rId5\"/><w:pgSz w:w=\"%d\" w:h=\"%d\"/><w:pgMar w:top=\"1300\" w:right=\"%d\" w:bottom=\"1200\" "
            "w:left=\"%d\" w:header=\"560\" w:footer=\"480\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>",
            PAGE_TWIPS_X, PAGE_TWIPS_Y, MARGIN_TWIPS, MARGIN_TWIPS);
}

static PackageFacts facts_of(Word *w)
{
    const DocHead *head = &w->doc->head;

    return (PackageFacts){ .title    = doc_full_title(w->doc, w->arena),
                           .subject  = head->subtitle,
                           .author   = head->author,
                           .language = head->language,
                           .category = head->classification,
                           .created  = head->created };
}

static void parts_add(Word *w, Package *package)
{
    PackageFacts facts = facts_of(w);
    unsigned accent    = w->doc->head.accent != 0 ? w->doc->head.accent : ACCENT;

    package_add(package, STR("[Content_Types].xml"), str_from_c(content_types));
    package_add(package, STR("_rels/.rels"), str_from_c(package_relations));
    package_add(package, STR("word/document.xml"), buf_str(&w->out));
    package_add(package, STR("word/_rels/document.xml.rels"), document_relations(w));
    package_add(package, STR("word/styles.xml"), word_styles(w->arena, w->doc->head.language, accent));
    package_add(package, STR("word/numbering.xml"), word_numbering(w->arena, w->numbered_lists));
    package_add(package, STR("word/settings.xml"), settings(w));
    package_add(package, STR("word/header1.xml"), small_part(w, "hdr", "Header", header_fill));
    package_add(package, STR("word/footer1.xml"), small_part(w, "ftr", "Footer", footer_fill));
    for (size_t i = 0; i < w->media.len; i++)
        package_add(package, str_fmt(w->arena, "word/%.*s", STR_ARG(w->media.at[i].name)), w->media.at[i].png);
    package_add_facts(package, &facts);
    package_add(package, STR("docProps/app.xml"), str_from_c(app_properties));
}

bool word_render(const Document *doc, Arena *arena, Str *bytes, Err *err)
{
    Word w = { .doc = doc, .arena = arena, .out = buf_open(arena, WORD_BYTES_MAX), .err = err };
    Package package;

    body(&w);
    if (w.failed) return false;
    package_open(&package, arena);
    package.failed = buf_overflowed(&w.out);
    parts_add(&w, &package);
    return package_close(&package, bytes, err);
}
