/* SPDX-License-Identifier: Apache-2.0
 * org/document.h: documents that criteria name. */
#pragma once

#define RECORD_TYPE   Document
#define RECORD_FIELDS "org/document.fields.h"
#include "record/declare.h"

#include "record/call.h"

extern const Type document_type;
