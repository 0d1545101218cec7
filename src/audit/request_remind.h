/* SPDX-License-Identifier: Apache-2.0
 * audit/request_remind.h: when a request for evidence is reminded of, and whom (requirements 10: a week before, on the
 * day, then 7, 14 and 28 days after, to more and more people). Pure: the list follows from the due day; nothing is
 * stored. */
#pragma once

#include "audit/request.h"

enum { REMINDERS = 5 };
typedef enum { REMIND_ASKED, REMIND_MANAGER, REMIND_PROGRAMME } RemindTo; /* each with those before it */

typedef struct {
    Date day;
    RemindTo to;
} Reminder;

/* The reminders of a request in the order of their days; none of a request that waits for nothing more. */
size_t request_reminders(const EvidenceRequest *request, Reminder out[REMINDERS]);
/* The first that is on `today` or later; false: none is left. */
bool request_next_reminder(const EvidenceRequest *request, Date today, Reminder *out);
const char *remind_to_words(RemindTo to); /* "the person asked and the manager" */
