/* SPDX-License-Identifier: Apache-2.0
 * org/site.h: sites and their working days. */
#pragma once

#define RECORD_TYPE   Site
#define RECORD_FIELDS "org/site.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum { SITE_OFFICE = 1, SITE_HOME, SITE_DATA_CENTRE, SITE_HOSPITAL, SITE_CLOUD_OR_VIRTUAL };

extern const Type site_type;
