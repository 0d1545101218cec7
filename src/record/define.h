/* SPDX-License-Identifier: Apache-2.0
 * record/define.h: makes the table of fields of a record type. Included once, in the type's source file, with the same
 * RECORD_TYPE and RECORD_FIELDS as its declaration; gives `static const Field Nonconformity_fields[]`. No include
 * guard. */
#include "record/type.h"

#define FIELD(kind_, name_, ...)                                                                                       \
    { .name = #name_, .kind = KIND_##kind_, .offset = offsetof(RECORD_TYPE, name_), __VA_ARGS__ },
static const Field RECORD_PASTE(RECORD_TYPE, _fields)[] = {
#include RECORD_FIELDS
};
#undef FIELD

#undef RECORD_TYPE
#undef RECORD_FIELDS
