/* SPDX-License-Identifier: Apache-2.0
 * record/declare.h: makes the C structure of a record type from its list of fields. Included once per type, from the
 * type's own header, with RECORD_TYPE and RECORD_FIELDS set:
 *
 *     #define RECORD_TYPE   Nonconformity
 *     #define RECORD_FIELDS "action/nonconformity.fields.h"
 *     #include "record/declare.h"
 *
 * gives `Nonconformity` (a RecordHead and a member per field), `NonconformityList`, and the numbers of its fields
 * (`Nonconformity_grade` …, `Nonconformity_FIELDS`). No include guard: it is meant to be included again and again. */
#include "record/head.h"

#define RECORD_PASTE_(a, b) a##b
#define RECORD_PASTE(a, b)  RECORD_PASTE_(a, b)

#define FIELD(kind, name, ...) FIELD_C_##kind name;
typedef struct {
    RecordHead head;
#include RECORD_FIELDS
} RECORD_TYPE;
#undef FIELD

typedef struct {
    RECORD_TYPE *at;
    size_t len, cap;
} RECORD_PASTE(RECORD_TYPE, List);

#define FIELD(kind, name, ...) RECORD_PASTE(RECORD_TYPE, _##name),
typedef enum {
#include RECORD_FIELDS
    RECORD_PASTE(RECORD_TYPE, _FIELDS)
} RECORD_PASTE(RECORD_TYPE, Field);
#undef FIELD

#undef RECORD_TYPE
#undef RECORD_FIELDS
