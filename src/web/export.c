/* SPDX-License-Identifier: Apache-2.0
 * A record taken along: as JSON, today or as it stood on a day, in the form of the API. And the buttons for it. */
#include "record/row.h"
#include "web/pages.h"
#include "web/record_page.h"

void export_ways(const Visit *visit, const Type *type, PageHead *head)
{
    Str path  = address_record(visit->arena, type, visit->number);
    Str as_of = visit_param(visit, "as-of");

    head->prints      = true;
    head->export_href = str_fmt(visit->arena, "%.*s/export", STR_ARG(path));
    if (as_of.len > 0)
        head->export_href = str_fmt(visit->arena, "%.*s?as-of=%.*s", STR_ARG(head->export_href),
                                    STR_ARG(address_value(visit->arena, as_of)));
}

/* "IA-26-05/A.8.8-1" is a number, not a folder. */
static Str file_name(Visit *visit)
{
    StrList parts = { 0 };
    Str rest      = visit->number, part;

    while (str_cut(&rest, '/', &part))
        *list_push(visit->arena, &parts) = part;
    return str_fmt(visit->arena, "%.*s.json", STR_ARG(str_join(visit->arena, &parts, STR("-"))));
}

static bool export_send(Visit *visit, Err *err)
{
    Shown shown = { .record = arena_alloc(visit->arena, visit->plan->type->size, alignof(max_align_t)) };

    if (!record_shown(visit, &shown, err)) return false;
    if (!shown.is_there) return true;
    Names *names = names_open(visit->call);
    Buf out      = buf_open(visit->arena, HTML_BYTES_MAX);
    names_want_record(names, visit->plan, shown.record);
    if (!names_load(names, err)) return false;
    json_write(&out, json_own(visit->arena, record_to_json(names, visit->plan, shown.record)));
    http_respond(visit->response, 200, STR("application/json"), buf_str(&out));
    http_attach(visit->response, file_name(visit));
    return true;
}

static const Route rows[]  = { { HTTP_GET, "/{plural}/{record}/export", export_send, 0 } };
const Routes export_routes = ROUTES_OF(rows);
