/* SPDX-License-Identifier: Apache-2.0
 * org/calendar.h: whose working days count: those of the person's site, else of the organisation's main site, else Monday to
 * Friday (ruling "past due"). */
#pragma once

#include "org/workday.h"
#include "record/call.h"

MUST_USE bool calendar_of_person(Call *call, Id person, Workdays *out, Err *err);
MUST_USE bool calendar_of_site(Call *call, Id site, Workdays *out, Err *err);
