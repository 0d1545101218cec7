/* SPDX-License-Identifier: Apache-2.0
 * Follows HTML byte by byte. One function per kind of place; each looks at one byte, sometimes a little ahead, and says
 * where the next byte stands. What the content security policy would forbid anyway is refused here already. */
#include "page_place.h"

static const char *const url_attributes[] = {
    "href", "src",    "action",  "formaction", "poster",   "cite",      "data",        "xlink:href",     "background",
    "ping", "hx-get", "hx-post", "hx-put",     "hx-patch", "hx-delete", "hx-push-url", "hx-replace-url",
};

/* Attributes whose value is, or can hold, code. */
static const char *const code_attributes[] = {
    "style", "srcdoc", "srcset", "hx-vals", "hx-vars", "hx-headers", "hx-trigger", "hx-request", "hx-config",
};

static const char *const url_schemes[] = { "http", "https", "mailto" };

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f';
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static void name_add(PlaceName *name, char byte)
{
    if (name->len == PLACE_NAME_MAX) return;
    name->text[name->len++] = byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

static bool name_is(const PlaceName *name, const char *word)
{
    return str_eq_c((Str){ name->text, name->len }, word);
}

static bool name_starts(const PlaceName *name, Str with)
{
    return str_starts((Str){ name->text, name->len }, with);
}

static bool name_among(const PlaceName *name, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (name_is(name, words[i])) return true;
    return false;
}

static bool is_url(const PlaceName *attribute)
{
    return name_among(attribute, url_attributes, countof(url_attributes));
}

static const char *step_text(Place *place, Str rest)
{
    if (rest.ptr[0] != '<') return NULL;
    if (str_starts(rest, STR("<!--"))) return "write comments as <%-- --%>, so that nobody is sent them";
    bool tag         = rest.len > 1 && (is_letter(rest.ptr[1]) || rest.ptr[1] == '/');
    bool declaration = rest.len > 1 && rest.ptr[1] == '!';
    if (!tag && !declaration) return "write &lt; for a < that begins no tag";
    *place = (Place){ .kind = tag ? PLACE_TAG_NAME : PLACE_DECLARATION };
    return NULL;
}

/* True where `rest` closes the element in which only its own end tag counts. */
static bool closes_element(const Place *place, Str rest)
{
    if (!str_starts(rest, STR("</")) || rest.len < 2 + place->tag.len) return false;
    PlaceName name = { 0 };
    for (size_t i = 0; i < place->tag.len; i++)
        name_add(&name, rest.ptr[2 + i]);
    return name_is(&name, place->tag.text);
}

static const char *step_plain_text(Place *place, Str rest)
{
    if (closes_element(place, rest)) *place = (Place){ .kind = PLACE_TAG_NAME };
    return NULL;
}

static const char *step_script(Place *place, Str rest)
{
    if (closes_element(place, rest)) {
        *place = (Place){ .kind = PLACE_TAG_NAME };
        return NULL;
    }
    return is_blank(rest.ptr[0]) ? NULL : "script stands in a file of web/, not in a page";
}

static const char *leave_tag(Place *place)
{
    PlaceKind next = PLACE_TEXT;
    if (name_is(&place->tag, "style")) return "style stands in web/plumbline.css, not in a page";
    if (!place->closes && name_is(&place->tag, "script")) next = PLACE_SCRIPT;
    if (!place->closes && (name_is(&place->tag, "title") || name_is(&place->tag, "textarea"))) next = PLACE_PLAIN_TEXT;
    *place = (Place){ .kind = next, .tag = next == PLACE_TEXT ? (PlaceName){ 0 } : place->tag };
    return NULL;
}

static const char *step_tag_name(Place *place, char byte)
{
    if (byte == '>') return leave_tag(place);
    if (byte == '/' && place->tag.len == 0)
        place->closes = true;
    else if (byte == '/' || is_blank(byte))
        place->kind = PLACE_TAG;
    else
        name_add(&place->tag, byte);
    return NULL;
}

static const char *step_tag(Place *place, char byte)
{
    if (byte == '>') return leave_tag(place);
    if (byte == '/' || is_blank(byte)) return NULL;
    if (byte == '=' || byte == '"' || byte == '\'') return "write name=\"value\", without blanks around the =";
    place->kind        = PLACE_NAME;
    place->attribute   = (PlaceName){ 0 };
    place->value       = (PlaceName){ 0 };
    place->value_begun = false;
    name_add(&place->attribute, byte);
    return NULL;
}

static const char *step_name(Place *place, char byte)
{
    if (byte != '=' && byte != '>' && byte != '/' && !is_blank(byte)) {
        name_add(&place->attribute, byte);
        return NULL;
    }
    if (name_starts(&place->attribute, STR("on")) || name_starts(&place->attribute, STR("hx-on")))
        return "handlers stand in a file of web/, not in an on… attribute";
    if (name_is(&place->attribute, "style")) return "style stands in web/plumbline.css, not in an attribute";
    if (name_is(&place->attribute, "srcdoc"))
        return "srcdoc is refused: a document inside an attribute cannot be escaped";
    if (byte == '>') return leave_tag(place);
    place->kind = byte == '=' ? PLACE_BEFORE_VALUE : PLACE_TAG;
    return NULL;
}

static const char *step_before_value(Place *place, char byte)
{
    if (byte != '"' && byte != '\'') return "put the value of the attribute in quotes";
    place->kind  = PLACE_VALUE;
    place->quote = byte;
    return NULL;
}

static bool value_has_scheme(const Place *place)
{
    for (size_t i = 0; i < place->value.len; i++)
        if (place->value.text[i] == '/' || place->value.text[i] == '?' || place->value.text[i] == '#' ||
            place->value.text[i] == ':')
            return true;
    return false;
}

static const char *step_value(Place *place, char byte)
{
    if (byte == place->quote) {
        if (name_is(&place->tag, "form") && name_is(&place->attribute, "method"))
            place->posts = name_is(&place->value, "post");
        place->kind  = PLACE_TAG;
        place->quote = 0;
        return NULL;
    }
    if (byte == ':' && is_url(&place->attribute) && !value_has_scheme(place) &&
        !name_among(&place->value, url_schemes, countof(url_schemes)))
        return "an address begins with / # ? or https:// http:// mailto:";
    place->value_begun = true;
    name_add(&place->value, byte);
    return NULL;
}

const char *place_step(Place *place, Str src, size_t at)
{
    Str rest  = str_slice(src, at, src.len - at);
    char byte = src.ptr[at];
    switch (place->kind) {
    case PLACE_TEXT: return step_text(place, rest);
    case PLACE_PLAIN_TEXT: return step_plain_text(place, rest);
    case PLACE_SCRIPT: return step_script(place, rest);
    case PLACE_TAG_NAME: return step_tag_name(place, byte);
    case PLACE_TAG: return step_tag(place, byte);
    case PLACE_NAME: return step_name(place, byte);
    case PLACE_BEFORE_VALUE: return step_before_value(place, byte);
    case PLACE_VALUE: return step_value(place, byte);
    case PLACE_DECLARATION:
        if (byte == '>') *place = (Place){ .kind = PLACE_TEXT };
        return NULL;
    }
    return "unknown place";
}

bool place_eq(const Place *a, const Place *b)
{
    if (a->kind != b->kind || a->posts != b->posts || a->quote != b->quote) return false;
    if (!name_is(&a->tag, b->tag.text)) return false;
    if (a->kind != PLACE_VALUE) return true;
    return name_is(&a->attribute, b->attribute.text) && a->value_begun == b->value_begun;
}

PlaceValue place_value(const Place *place)
{
    if (name_among(&place->attribute, code_attributes, countof(code_attributes))) return VALUE_REFUSED;
    if (!is_url(&place->attribute)) return VALUE_WORDS;
    return place->value_begun ? VALUE_URL_REST : VALUE_URL;
}
