/* SPDX-License-Identifier: Apache-2.0
 * web/file_page.h: what every page asks before content of a record's file leaves through it. */
#pragma once

#include "web/visit.h"

/* Asks the type of visit->plan whether the file of `record` may leave, which writes it into the log that the type keeps
 * (record/type.h, FileGiven). When it may not, the visit is answered. Gives the snapshot back. */
MUST_USE bool file_may_leave(Visit *visit, const void *record, FileUse use, bool *may, Err *err);
