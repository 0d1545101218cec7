/* SPDX-License-Identifier: Apache-2.0
 * audit/request.h: asking people: requests for evidence and interviews. */
#pragma once

#define RECORD_TYPE   EvidenceRequest
#define RECORD_FIELDS "audit/evidence_request.fields.h"
#include "record/declare.h"

#define RECORD_TYPE   Interview
#define RECORD_FIELDS "audit/interview.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum {
    REQUEST_OPEN = 1,
    REQUEST_SUBMITTED,
    REQUEST_ACCEPTED,
    REQUEST_RETURNED,
    REQUEST_NOT_RECEIVED,
    REQUEST_WITHDRAWN
};

extern const Type evidence_request_type, interview_type;
