/* SPDX-License-Identifier: Apache-2.0
 * What cairo cannot say about a PDF is added with qpdf: language, title and dates, alternative texts, scope of table
 * heads, an identifier that follows from the content; and what is no content becomes an artifact: the elements
 * NonStruct leave the structure, their marks in the page's drawing change to /Artifact. */
#include <assert.h>
#include <qpdf/qpdf-c.h>
#include <string.h>

#include "paper/pdf.h"
#include "paper/pdf_inside.h"

typedef struct {
    qpdf_data q;
    Arena *arena;
    const Layout *layout;
    qpdf_oh parents; /* from the marks of each page to their elements */
    size_t figure;   /* fragments before this one are done with */
} Finish;

/* ---- failures and release ---- */

static void qpdf_release(void *thing)
{
    qpdf_data q = thing;

    qpdf_cleanup(&q);
}

static bool refused(Finish *f, Err *err)
{
    const char *text = qpdf_has_error(f->q) ? qpdf_get_error_full_text(f->q, qpdf_get_error(f->q)) : "no reason given";

    return err_set(err, ERR_FORMAT, 0, .what = STR("could not finish a PDF"), .detail = str_from_c(text),
                   .hint = STR("Nothing was changed. Try again; if it stays so, send us the log."));
}

/* ---- structure ---- */

static qpdf_oh text_string(Finish *f, Str text)
{
    const char *c = str_to_c(f->arena, text);

    return qpdf_oh_new_unicode_string(f->q, c == NULL ? "" : c);
}

/* Figures come in the order of their fragments; one that goes over a page is two. */
static Str figure_alternative(Finish *f)
{
    const Fragments *fragments = &f->layout->fragments;

    while (f->figure < fragments->len) {
        const Fragment *fragment = &fragments->at[f->figure++];

        if (!fragment->repeated && !str_is_empty(fragment->row->alternative)) return fragment->row->alternative;
    }
    return STR("Figure, continued");
}

/* The kind of an element, "" for a mark; the text lives until qpdf is asked again. */
static const char *element_kind(Finish *f, qpdf_oh oh)
{
    if (!qpdf_oh_is_dictionary(f->q, oh)) return "";
    qpdf_oh kind     = qpdf_oh_get_key(f->q, oh, "/S");
    const char *name = qpdf_oh_is_name(f->q, kind) ? qpdf_oh_get_name(f->q, kind) : "";

    qpdf_oh_release(f->q, kind);
    return name;
}

/* A list has artifacts when its items have a bar at their side: then the first of them is drawn before the first item.
 */
static bool list_has_artifacts(Finish *f, qpdf_oh list)
{
    qpdf_oh kids = qpdf_oh_get_key(f->q, list, "/K");
    bool has     = false;

    if (qpdf_oh_is_array(f->q, kids) && qpdf_oh_get_array_n_items(f->q, kids) > 0) {
        qpdf_oh first = qpdf_oh_get_array_item(f->q, kids, 0);
        has           = strcmp(element_kind(f, first), "/NonStruct") == 0;
        qpdf_oh_release(f->q, first);
    }
    qpdf_oh_release(f->q, kids);
    return has;
}

/* What may hold artifacts, figures or table heads. Everything else holds text only and is left alone: there is much of
 * it. */
static bool is_walked(Finish *f, qpdf_oh element, const char *kind)
{
    static const char *const kinds[] = { "/Document", "/Table", "/TR", "/TOC" };

    for (size_t i = 0; i < countof(kinds); i++)
        if (strcmp(kind, kinds[i]) == 0) return true;
    return strcmp(kind, "/L") == 0 && list_has_artifacts(f, element);
}

/* The tree from marks in pages to elements must not keep what left the structure. */
static void parent_forget(Finish *f, qpdf_oh artifact)
{
    qpdf_oh page = qpdf_oh_get_key(f->q, artifact, "/Pg"), mark = qpdf_oh_get_key(f->q, artifact, "/K");
    qpdf_oh parents = qpdf_oh_get_key(f->q, page, "/StructParents");

    if (qpdf_oh_is_array(f->q, mark)) mark = qpdf_oh_get_array_item(f->q, mark, 0);
    if (!qpdf_oh_is_integer(f->q, parents) || !qpdf_oh_is_integer(f->q, mark)) return;
    qpdf_oh marks = qpdf_oh_get_array_item(f->q, f->parents, 2 * qpdf_oh_get_int_value_as_int(f->q, parents) + 1);
    if (qpdf_oh_is_array(f->q, marks))
        qpdf_oh_set_array_item(f->q, marks, qpdf_oh_get_int_value_as_int(f->q, mark), qpdf_oh_new_null(f->q));
    qpdf_oh_release(f->q, marks);
    qpdf_oh_release(f->q, parents);
    qpdf_oh_release(f->q, mark);
    qpdf_oh_release(f->q, page);
}

static void structure_finish(Finish *f, qpdf_oh element, int depth);

/* False: it is no content and leaves the structure. */
static bool kid_finish(Finish *f, qpdf_oh kid, int depth)
{
    const char *kind = element_kind(f, kid);

    if (strcmp(kind, "/NonStruct") == 0) {
        parent_forget(f, kid);
        return false;
    }
    if (strcmp(kind, "/Figure") == 0) qpdf_oh_replace_key(f->q, kid, "/Alt", text_string(f, figure_alternative(f)));
    if (strcmp(kind, "/TH") == 0)
        qpdf_oh_replace_key(f->q, kid, "/A", qpdf_oh_parse(f->q, "<< /O /Table /Scope /Column >>"));
    if (is_walked(f, kid, kind)) structure_finish(f, kid, depth);
    return true;
}

/* Our elements are nested seven deep at most. */
static void structure_finish(Finish *f, qpdf_oh element, int depth)
{
    qpdf_oh kids = qpdf_oh_get_key(f->q, element, "/K"), kept;
    int count, left = 0;

    if (!qpdf_oh_is_array(f->q, kids) || depth == 0) return;
    kept  = qpdf_oh_new_array(f->q);
    count = qpdf_oh_get_array_n_items(f->q, kids);
    for (int i = 0; i < count; i++) {
        qpdf_oh kid = qpdf_oh_get_array_item(f->q, kids, i);

        if (kid_finish(f, kid, depth - 1)) {
            qpdf_oh_append_item(f->q, kept, kid);
            left++;
        }
        qpdf_oh_release(f->q, kid);
    }
    if (left < count) qpdf_oh_replace_key(f->q, element, "/K", kept);
    qpdf_oh_release(f->q, kept);
    qpdf_oh_release(f->q, kids);
}

/* ---- pages ---- */

/* The operators of a page with `/NonStruct << /MCID n >> BDC` as `/Artifact BMC`. cairo writes the operator at the
 * start of a line; inside a string a line can only begin after a backslash, so no shown text is ever changed. */
static Str content_finish(Arena *arena, Str content)
{
    static const char start[] = "/NonStruct << /MCID ", end[] = " >> BDC\n";
    Buf out              = buf_open(arena, content.len);
    Str rest             = content, line;
    bool after_backslash = false;

    while (str_cut(&rest, '\n', &line)) {
        bool artifact = !after_backslash && str_starts(line, str_from_c(start)) &&
                        str_ends(line, str_slice(str_from_c(end), 0, sizeof(end) - 2));

        buf_add(&out, artifact ? STR("/Artifact BMC") : line);
        if (line.ptr + line.len < content.ptr + content.len) buf_add_byte(&out, '\n');
        after_backslash = str_ends(line, STR("\\"));
    }
    return buf_str(&out);
}

static bool page_finish(Finish *f, qpdf_oh page, Err *err)
{
    qpdf_oh stream       = qpdf_oh_get_key(f->q, page, "/Contents");
    unsigned char *bytes = NULL;
    size_t len           = 0;
    Str content, finished;

    if (!qpdf_oh_is_stream(f->q, stream)) return true;
    if ((qpdf_oh_get_stream_data(f->q, stream, qpdf_dl_generalized, NULL, &bytes, &len) & QPDF_ERRORS) != 0)
        return refused(f, err);
    arena_defer(f->arena, free, bytes);
    content  = (Str){ (const char *)bytes, len };
    finished = content_finish(f->arena, content);
    qpdf_oh_replace_stream_data(f->q, stream, (const unsigned char *)finished.ptr, finished.len, qpdf_oh_new_null(f->q),
                                qpdf_oh_new_null(f->q));
    qpdf_oh_replace_key(f->q, page, "/Tabs", qpdf_oh_new_name(f->q, "/S"));
    return true;
}

static bool pages_finish(Finish *f, Err *err)
{
    int count = qpdf_get_num_pages(f->q);

    for (int i = 0; i < count; i++) {
        ArenaMark mark = arena_mark(f->arena);
        bool done      = page_finish(f, qpdf_get_page_n(f->q, (size_t)i), err);

        arena_rewind(f->arena, mark);
        if (!done) return false;
    }
    return true;
}

/* ---- properties ---- */

static void add_xml(Buf *out, Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        switch (text.ptr[i]) {
        case '&': buf_add_c(out, "&amp;"); break;
        case '<': buf_add_c(out, "&lt;"); break;
        case '>': buf_add_c(out, "&gt;"); break;
        default: buf_add_byte(out, text.ptr[i]); break;
        }
    }
}

static void add_xmp_list(Buf *out, const char *element, const char *list, Str text)
{
    if (str_is_empty(text)) return;
    buf_fmt(out, "<%s><rdf:%s><rdf:li%s>", element, list, strcmp(list, "Alt") == 0 ? " xml:lang=\"x-default\"" : "");
    add_xml(out, text);
    buf_fmt(out, "</rdf:li></rdf:%s></%s>\n", list, element);
}

static Str xmp_packet(const Document *doc, Arena *arena)
{
    const DocHead *head = &doc->head;
    Str title           = doc_full_title(doc, arena);
    Buf out = buf_open(arena, 4096 + 8 * (title.len + head->subtitle.len + head->author.len + head->organisation.len +
                                          head->language.len));

    buf_add_c(
        &out,
        "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
        "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
        "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n");
    add_xmp_list(&out, "dc:title", "Alt", title);
    add_xmp_list(&out, "dc:description", "Alt", head->subtitle);
    add_xmp_list(&out, "dc:creator", "Seq", head->author);
    add_xmp_list(&out, "dc:publisher", "Bag", head->organisation);
    add_xmp_list(&out, "dc:language", "Bag", head->language);
    if (!time_is_none(head->created)) {
        Str created = time_to_rfc3339(arena, head->created);

        buf_fmt(&out, "<xmp:CreateDate>%.*s</xmp:CreateDate><xmp:ModifyDate>%.*s</xmp:ModifyDate>\n", STR_ARG(created),
                STR_ARG(created));
    }
    buf_add_c(&out, "<xmp:CreatorTool>Plumbline</xmp:CreatorTool><pdf:Producer>Plumbline</pdf:Producer>\n"
                    "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>");
    assert(!buf_overflowed(&out));
    return buf_str(&out);
}

/* "D:20260930090000Z" */
static Str pdf_date(Arena *arena, Time time)
{
    Str text = time_to_rfc3339(arena, time);
    Buf out  = buf_open(arena, 32);

    buf_add_c(&out, "D:");
    for (size_t i = 0; i < text.len && i < 19; i++)
        if (text.ptr[i] >= '0' && text.ptr[i] <= '9') buf_add_byte(&out, text.ptr[i]);
    buf_add_byte(&out, 'Z');
    return buf_str(&out);
}

static void info_set(Finish *f, qpdf_oh info, const char *key, Str value)
{
    if (str_is_empty(value)) return;
    qpdf_oh_replace_key(f->q, info, key, text_string(f, value));
}

static void info_finish(Finish *f, const Document *doc)
{
    qpdf_oh info        = qpdf_oh_new_dictionary(f->q);
    const DocHead *head = &doc->head;

    info_set(f, info, "/Title", doc_full_title(doc, f->arena));
    info_set(f, info, "/Subject", head->subtitle);
    info_set(f, info, "/Author", head->author);
    info_set(f, info, "/Creator", STR("Plumbline"));
    info_set(f, info, "/Producer", STR("Plumbline"));
    if (!time_is_none(head->created)) {
        info_set(f, info, "/CreationDate", pdf_date(f->arena, head->created));
        info_set(f, info, "/ModDate", pdf_date(f->arena, head->created));
    }
    qpdf_oh_replace_key(f->q, qpdf_get_trailer(f->q), "/Info", qpdf_make_indirect_object(f->q, info));
}

static void catalog_finish(Finish *f, qpdf_oh catalog, const Document *doc)
{
    Str xmp            = xmp_packet(doc, f->arena);
    qpdf_oh metadata   = qpdf_oh_new_stream(f->q);
    qpdf_oh dictionary = qpdf_oh_get_dict(f->q, metadata);

    qpdf_oh_replace_stream_data(f->q, metadata, (const unsigned char *)xmp.ptr, xmp.len, qpdf_oh_new_null(f->q),
                                qpdf_oh_new_null(f->q));
    qpdf_oh_replace_key(f->q, dictionary, "/Type", qpdf_oh_new_name(f->q, "/Metadata"));
    qpdf_oh_replace_key(f->q, dictionary, "/Subtype", qpdf_oh_new_name(f->q, "/XML"));
    qpdf_oh_replace_key(f->q, catalog, "/Metadata", metadata);
    qpdf_oh_replace_key(f->q, catalog, "/Lang", text_string(f, doc->head.language));
    qpdf_oh_replace_key(f->q, catalog, "/ViewerPreferences", qpdf_oh_parse(f->q, "<< /DisplayDocTitle true >>"));
}

/* ---- in and out ---- */

static bool pdf_write(Finish *f, Str *out, Err *err)
{
    const unsigned char *bytes;

    if ((qpdf_init_write_memory(f->q) & QPDF_ERRORS) != 0) return refused(f, err);
    qpdf_set_deterministic_ID(f->q, QPDF_TRUE);
    qpdf_set_object_stream_mode(f->q, qpdf_o_generate);
    qpdf_set_compress_streams(f->q, QPDF_TRUE);
    if ((qpdf_write(f->q) & QPDF_ERRORS) != 0) return refused(f, err);
    bytes = qpdf_get_buffer(f->q);
    *out  = str_dup(f->arena, (Str){ (const char *)bytes, qpdf_get_buffer_length(f->q) });
    return true;
}

bool pdf_finish(const Document *doc, const Layout *layout, Arena *arena, Str raw, Str *out, Err *err)
{
    Finish f = { .q = qpdf_init(), .arena = arena, .layout = layout };
    qpdf_oh catalog, structure;

    arena_defer(arena, qpdf_release, f.q);
    qpdf_silence_errors(f.q);
    qpdf_set_suppress_warnings(f.q, QPDF_TRUE);
    if ((qpdf_read_memory(f.q, "document", raw.ptr, raw.len, NULL) & QPDF_ERRORS) != 0) return refused(&f, err);
    catalog   = qpdf_get_root(f.q);
    structure = qpdf_oh_get_key(f.q, catalog, "/StructTreeRoot");
    f.parents = qpdf_oh_get_key(f.q, qpdf_oh_get_key(f.q, structure, "/ParentTree"), "/Nums");
    if (qpdf_oh_is_array(f.q, f.parents)) structure_finish(&f, structure, 12);
    if (!pages_finish(&f, err)) return false;
    catalog_finish(&f, catalog, doc);
    info_finish(&f, doc);
    return pdf_write(&f, out, err);
}
