/* SPDX-License-Identifier: Apache-2.0
 * audit/agenda.h: the timetable of an audit and its meetings. */
#pragma once

#define RECORD_TYPE   AgendaItem
#define RECORD_FIELDS "audit/agenda_item.fields.h"
#include "record/declare.h"

#define RECORD_TYPE   Meeting
#define RECORD_FIELDS "audit/meeting.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum { MEETING_OPENING = 1, MEETING_DAILY, MEETING_TEAM, MEETING_CLOSING };
enum { MEETING_PLANNED = 1, MEETING_HELD };

extern const Type agenda_item_type, meeting_type;

/* Whether a meeting of this kind was held. */
MUST_USE bool meeting_was_held(Call *call, Id audit, int kind, bool *held, Err *err);
