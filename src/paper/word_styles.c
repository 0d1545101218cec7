/* SPDX-License-Identifier: Apache-2.0
 * The styles of a DOCX, by the names that Word and LibreOffice know, with the sizes and colours of our PDF; and the two
 * kinds of list. */
#include "paper/word_inside.h"

/* Elements stand in the order of the schema: Word refuses what LibreOffice forgives. */
/* clang-format off */
static const struct {
    const char *kind, *id, *name, *based_on, *next;
    const char *paragraph; /* of w:pPr */
    const char *run;       /* of w:rPr */
} styles[] = {
    { "paragraph", "Title", "Title", "Normal", "BodyText",
      "<w:keepNext/><w:spacing w:before=\"1200\" w:after=\"120\" w:line=\"240\" w:lineRule=\"auto\"/>", "<w:b/><w:bCs/><w:sz w:val=\"46\"/><w:szCs w:val=\"46\"/>" },
    { "paragraph", "Subtitle", "Subtitle", "Normal", "BodyText", "<w:spacing w:after=\"480\"/>", "<w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/>" },
    { "paragraph", "Heading1", "heading 1", "Normal", "BodyText",
      "<w:keepNext/><w:keepLines/><w:spacing w:before=\"420\" w:after=\"80\"/><w:outlineLvl w:val=\"0\"/>", "<w:b/><w:bCs/><w:sz w:val=\"27\"/><w:szCs w:val=\"27\"/>" },
    { "paragraph", "Heading2", "heading 2", "Normal", "BodyText",
      "<w:keepNext/><w:keepLines/><w:spacing w:before=\"280\" w:after=\"40\"/><w:outlineLvl w:val=\"1\"/>", "<w:b/><w:bCs/><w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/>" },
    { "paragraph", "Heading3", "heading 3", "Normal", "BodyText",
      "<w:keepNext/><w:keepLines/><w:spacing w:before=\"200\" w:after=\"40\"/><w:outlineLvl w:val=\"2\"/>", "<w:b/><w:bCs/><w:color w:val=\"465461\"/>" },
    { "paragraph", "BodyText", "Body Text", "Normal", NULL, "<w:spacing w:before=\"100\" w:after=\"40\"/>", NULL },
    { "paragraph", "Kind", "Kind of document", "Normal", "Title", "<w:spacing w:before=\"1800\"/>", "<w:color w:val=\"465461\"/>" },
    { "paragraph", "Caption", "caption", "Normal", "BodyText", "<w:keepNext/><w:spacing w:before=\"180\" w:after=\"60\"/>", "<w:b/><w:bCs/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>" },
    { "paragraph", "ListBullet", "List Bullet", "Normal", NULL,
      "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr><w:spacing w:before=\"60\"/><w:ind w:left=\"340\" w:hanging=\"340\"/>", NULL },
    { "paragraph", "ListNumber", "List Number", "Normal", NULL,
      "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"2\"/></w:numPr><w:spacing w:before=\"60\"/><w:ind w:left=\"340\" w:hanging=\"340\"/>", NULL },
    { "paragraph", "Fact", "Fact", "Normal", NULL,
      "<w:tabs><w:tab w:val=\"left\" w:pos=\"2500\"/></w:tabs><w:spacing w:before=\"50\"/><w:ind w:left=\"2500\" w:hanging=\"2500\"/>", NULL },
    { "paragraph", "FactBarred", "Fact with bar", "Fact", NULL,
      "<w:pBdr><w:left w:val=\"single\" w:sz=\"12\" w:space=\"8\" w:color=\"B3BCC4\"/></w:pBdr>", NULL },
    { "paragraph", "Grade", "Grade", "Normal", "Fact", "<w:keepNext/><w:spacing w:after=\"60\"/>", NULL },
    { "paragraph", "Note", "Note", "Normal", "BodyText", "<w:spacing w:before=\"100\"/>", "<w:color w:val=\"465461\"/><w:sz w:val=\"17\"/><w:szCs w:val=\"17\"/>" },
    { "paragraph", "TableText", "Table Text", "Normal", NULL, "<w:spacing w:before=\"60\" w:after=\"60\"/>", "<w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>" },
    { "paragraph", "TableHead", "Table Head", "TableText", NULL, "<w:keepNext/>", "<w:color w:val=\"465461\"/><w:sz w:val=\"17\"/><w:szCs w:val=\"17\"/>" },
    { "paragraph", "AfterTable", "After Table", "Normal", "BodyText", "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"120\" w:lineRule=\"exact\"/>", "<w:sz w:val=\"8\"/><w:szCs w:val=\"8\"/>" },
    { "paragraph", "TOCHeading", "TOC Heading", "Normal", "BodyText", "<w:keepNext/><w:pageBreakBefore/><w:spacing w:after=\"120\"/>", "<w:b/><w:bCs/><w:sz w:val=\"27\"/><w:szCs w:val=\"27\"/>" },
    { "paragraph", "TOC1", "toc 1", "Normal", "Normal", "<w:spacing w:before=\"100\"/>", "<w:b/><w:bCs/>" },
    { "paragraph", "TOC2", "toc 2", "Normal", "Normal", "<w:spacing w:before=\"20\"/><w:ind w:left=\"340\"/>", NULL },
    { "paragraph", "Header", "header", "Normal", NULL, "<w:tabs><w:tab w:val=\"right\" w:pos=\"9864\"/></w:tabs>", "<w:color w:val=\"465461\"/><w:sz w:val=\"16\"/><w:szCs w:val=\"16\"/>" },
    { "paragraph", "Footer", "footer", "Normal", NULL,
      "<w:pBdr><w:top w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"B3BCC4\"/></w:pBdr><w:tabs><w:tab w:val=\"right\" w:pos=\"9864\"/></w:tabs>", "<w:color w:val=\"465461\"/><w:sz w:val=\"16\"/><w:szCs w:val=\"16\"/>" },
    { "character", "Strong", "Strong", NULL, NULL, NULL, "<w:b/><w:bCs/>" },
    { "character", "Emphasis", "Emphasis", NULL, NULL, NULL, "<w:i/><w:iCs/>" },
    { "character", "Code", "Code", NULL, NULL, NULL, "<w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\" w:cs=\"Consolas\"/><w:noProof/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>" },
    { "character", "Muted", "Muted", NULL, NULL, NULL, "<w:color w:val=\"465461\"/>" },
    { "character", "Small", "Small", NULL, NULL, NULL, "<w:color w:val=\"465461\"/><w:sz w:val=\"17\"/><w:szCs w:val=\"17\"/>" },
    { "character", "Mark", "Mark", NULL, NULL, NULL, "<w:b/><w:bCs/>" },
    { "character", "Hyperlink", "Hyperlink", NULL, NULL, NULL, "<w:color w:val=\"17508F\"/>" },
};
/* clang-format on */

static const char lists[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<w:numbering xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
    "<w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType w:val=\"hybridMultilevel\"/><w:lvl w:ilvl=\"0\">"
    "<w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/><w:pStyle w:val=\"ListBullet\"/><w:lvlText "
    "w:val=\"\xe2\x80\x93\"/>"
    "<w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"340\" w:hanging=\"340\"/></w:pPr></w:lvl></w:abstractNum>"
    "<w:abstractNum w:abstractNumId=\"1\"><w:multiLevelType w:val=\"hybridMultilevel\"/><w:lvl w:ilvl=\"0\">"
    "<w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:pStyle w:val=\"ListNumber\"/><w:lvlText w:val=\"%1.\"/>"
    "<w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"340\" w:hanging=\"340\"/></w:pPr></w:lvl></w:abstractNum>"
    "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>";

Str word_numbering(Arena *arena, int numbered_lists)
{
    Buf out = buf_open(arena, 1 << 24);

    buf_add_c(&out, lists);
    for (int list = 0; list <= numbered_lists; list++) {
        buf_fmt(&out,
                "<w:num w:numId=\"%d\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride "
                "w:val=\"1\"/></w:lvlOverride></w:num>",
                list + 2);
    }
    buf_add_c(&out, "</w:numbering>");
    return buf_str(&out);
}

static void add_style(Buf *out, size_t index)
{
    buf_fmt(out, "<w:style w:type=\"%s\" w:styleId=\"%s\"><w:name w:val=\"%s\"/>", styles[index].kind, styles[index].id,
            styles[index].name);
    if (styles[index].based_on != NULL) buf_fmt(out, "<w:basedOn w:val=\"%s\"/>", styles[index].based_on);
    if (styles[index].next != NULL) buf_fmt(out, "<w:next w:val=\"%s\"/>", styles[index].next);
    buf_add_c(out, "<w:qFormat/>");
    if (styles[index].paragraph != NULL) buf_fmt(out, "<w:pPr>%s</w:pPr>", styles[index].paragraph);
    if (styles[index].run != NULL) buf_fmt(out, "<w:rPr>%s</w:rPr>", styles[index].run);
    buf_add_c(out, "</w:style>");
}

Str word_styles(Arena *arena, Str language, unsigned accent)
{
    Buf out = buf_open(arena, 1 << 16);

    buf_add_c(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
                    "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
                    "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Calibri\" w:eastAsia=\"Yu Gothic\" "
                    "w:hAnsi=\"Calibri\" w:cs=\"Arial\"/><w:color w:val=\"131E29\"/><w:sz w:val=\"20\"/>"
                    "<w:szCs w:val=\"20\"/><w:lang w:val=\"");
    xml_add(&out, language);
    buf_add_c(&out,
              "\" w:eastAsia=\"ja-JP\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
              "<w:spacing w:after=\"0\" w:line=\"264\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>"
              "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/>"
              "<w:qFormat/></w:style>"
              "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>"
              "<w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/>"
              "<w:right w:w=\"140\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>"
              "<w:style w:type=\"table\" w:styleId=\"ReportTable\"><w:name w:val=\"Report Table\"/>"
              "<w:basedOn w:val=\"TableNormal\"/><w:qFormat/><w:tblPr><w:tblBorders>"
              "<w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"DDE1E4\"/>"
              "<w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"DDE1E4\"/></w:tblBorders></w:tblPr>"
              "<w:tblStylePr w:type=\"firstRow\"><w:tblPr/><w:tcPr><w:tcBorders>"
              "<w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"B3BCC4\"/></w:tcBorders>"
              "<w:vAlign w:val=\"bottom\"/></w:tcPr></w:tblStylePr></w:style>");
    for (size_t i = 0; i < countof(styles); i++)
        add_style(&out, i);
    buf_fmt(&out,
            "<w:style w:type=\"paragraph\" w:styleId=\"Callout\"><w:name w:val=\"Callout\"/><w:basedOn "
            "w:val=\"Normal\"/><w:next w:val=\"BodyText\"/><w:qFormat/><w:pPr><w:pBdr><w:left w:val=\"single\" "
            "w:sz=\"24\" w:space=\"8\" w:color=\"%06X\"/></w:pBdr><w:shd w:val=\"clear\" w:color=\"auto\" "
            "w:fill=\"F3F5F6\"/><w:spacing w:before=\"160\" w:after=\"160\"/><w:ind w:left=\"200\"/></w:pPr></w:style>",
            accent);
    buf_add_c(&out, "</w:styles>");
    return buf_str(&out);
}
