/* SPDX-License-Identifier: Apache-2.0
 * Reminders of requests: a table of days around the due day. */
#include "audit/request_remind.h"

#include "audit/request_link.h"

static const struct {
    int days;
    RemindTo to;
} ladder[REMINDERS] = {
    { -7, REMIND_ASKED },     { 0, REMIND_ASKED },      { 7, REMIND_MANAGER },
    { 14, REMIND_PROGRAMME }, { 28, REMIND_PROGRAMME },
};

/* Not those of a day before it was asked. */
size_t request_reminders(const EvidenceRequest *request, Reminder out[REMINDERS])
{
    size_t len = 0;

    if (!request_takes_answer(request) || date_is_none(request->due)) return 0;
    for (size_t i = 0; i < REMINDERS; i++) {
        Date day = date_add_days(request->due, ladder[i].days);
        if (date_before(request->asked_on, day)) out[len++] = (Reminder){ .day = day, .to = ladder[i].to };
    }
    return len;
}

bool request_next_reminder(const EvidenceRequest *request, Date today, Reminder *out)
{
    Reminder all[REMINDERS];
    size_t len = request_reminders(request, all);

    for (size_t i = 0; i < len; i++) {
        if (date_before(all[i].day, today)) continue;
        *out = all[i];
        return true;
    }
    return false;
}

const char *remind_to_words(RemindTo to)
{
    switch (to) {
    case REMIND_ASKED: return N_("the person asked");
    case REMIND_MANAGER: return N_("the person asked and the manager");
    case REMIND_PROGRAMME: return N_("the person asked, the manager and the programme manager");
    }
    return "";
}
