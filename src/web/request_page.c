/* SPDX-License-Identifier: Apache-2.0
 * The page of a request for evidence: every record's page, what whoever is asked does next, and the reminders. */
#include "audit/request_link.h"
#include "audit/request_remind.h"
#include "web/pages.h"
#include "web/record_page.h"

static Str text(const Visit *visit, const char *english)
{
    return visit_text(visit, english);
}

static void notice_fill(Visit *visit, const EvidenceRequest *request, Sheet *sheet)
{
    Str files = str_fmt(visit->arena, "/evidence/upload?request=%.*s",
                        STR_ARG(address_value(visit->arena, request->head.number)));

    sheet->notice = (Callout){ .kind = CALLOUT_NOTE, .title = text(visit, N_("This is asked of you")) };
    if (request->head.state == REQUEST_RETURNED && request->reason.len > 0)
        *list_push(visit->arena, &sheet->notice.text) = request->reason;
    *list_push(visit->arena, &sheet->notice.text) =
        text(visit, N_("Send files and a few words; if there is nothing to send, say why."));
    *list_push(visit->arena, &sheet->notice.acts) =
        (Button){ .label = text(visit, N_("Answer with files")), .kind = BUTTON_PRIMARY, .href = files };
}

static void reminders_fill(Visit *visit, const EvidenceRequest *request, Sheet *sheet)
{
    Reminder all[REMINDERS];
    size_t len      = request_reminders(request, all);
    Passage passage = { .label = text(visit, N_("Reminders")) };
    Html words      = visit_html(visit);

    for (size_t i = 0; i < len; i++) {
        Str day = date_to_human(visit->arena, all[i].day);
        *list_push(visit->arena, &passage.paragraphs) =
            filled(&words, N_("{1}, to {2}"), day, text(visit, remind_to_words(all[i].to)));
    }
    if (len > 0) *list_push(visit->arena, &sheet->passages) = passage;
}

static bool request_show(Visit *visit, Err *err)
{
    EvidenceRequest request;
    Shown shown = { .record = &request };
    Sheet sheet;

    if (!record_shown(visit, &shown, err)) return false;
    if (!shown.is_there) return true;
    if (!record_sheet(visit, &shown, &sheet, err)) return false;
    bool is_open = date_is_none(shown.as_of) && request_takes_answer(&request);
    if (is_open && id_eq(request.asked_of, visit->session.person)) notice_fill(visit, &request, &sheet);
    if (is_open) reminders_fill(visit, &request, &sheet);
    return record_sheet_send(visit, &request, &sheet, err);
}

static const Route rows[]   = { { HTTP_GET, "/evidence-requests/{record}", request_show, 0 } };
const Routes request_routes = ROUTES_OF(rows);
