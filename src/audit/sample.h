/* SPDX-License-Identifier: Apache-2.0
 * audit/sample.h: samples and their items. How items are drawn stands in audit/draw.h; here is what is recorded. */
#pragma once

#define RECORD_TYPE   Sample
#define RECORD_FIELDS "audit/sample.fields.h"
#include "record/declare.h"

#define RECORD_TYPE   SampleItem
#define RECORD_FIELDS "audit/sample_item.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum { SAMPLE_PLANNED = 1, SAMPLE_DRAWN, SAMPLE_TESTED, SAMPLE_DECIDED };
enum { SAMPLE_ALL = 1, SAMPLE_JUDGEMENT, SAMPLE_SIMPLE_RANDOM, SAMPLE_SYSTEMATIC, SAMPLE_STRATIFIED, SAMPLE_DISCOVERY };
enum { ITEM_PASS = 1, ITEM_DEVIATION, ITEM_NOT_APPLICABLE, ITEM_MISSING };
enum { ITEM_DRAWN = 1, ITEM_REPLACED };
enum { SAMPLE_ITEMS_MAX = 500 }; /* one event each, in one transaction */

extern const Type sample_type, sample_item_type;
extern const ChoiceList sample_methods; /* numbered as DrawMethod */
