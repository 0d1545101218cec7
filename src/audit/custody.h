/* SPDX-License-Identifier: Apache-2.0
 * audit/custody.h: the custody log of evidence: a record, and so an event, for every time its content was given to
 * somebody. The program writes it before the bytes leave; nobody else can (docs/decisions/025-custody-log.md). */
#pragma once

#define RECORD_TYPE   CustodyEntry
#define RECORD_FIELDS "audit/custody.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum { CUSTODY_VIEW = FILE_VIEW, CUSTODY_DOWNLOAD = FILE_DOWNLOAD };

extern const Type custody_entry_type;

/* FileGiven of evidence: refuses what was withdrawn, and what cannot be written down. */
bool custody_file_given(const Caller *reader, const void *evidence, FileUse use, Str *why_not, Err *err);
