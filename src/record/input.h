/* SPDX-License-Identifier: Apache-2.0
 * record/input.h: makes the structure and the shape of a verb's input from one list, in the source file of its type:
 *
 *     #define VERIFY_INPUT(F, T)                                                                          \
 *         F(T, CHOICE, method,   .label = "How it was checked", .choices = &verify_methods, .needed = true) \
 *         F(T, LONG,   evidence, .label = "What was seen",      .needed = true)
 *     INPUT(VerifyInput, VERIFY_INPUT, "nonconformity.verify")
 *
 * gives `VerifyInput` and `static const Shape VerifyInput_shape`. Where the table of verbs stands in another file, the
 * shape is given a public name: `const Shape nc_verify_input = SHAPE_OF(VerifyInput, "nonconformity.verify");` */
#pragma once

#include "record/type.h"

#define INPUT_MEMBER(T, kind_, name_, ...) FIELD_C_##kind_ name_;
#define INPUT_FIELD(T, kind_, name_, ...)                                                                              \
    { .name = #name_, .kind = KIND_##kind_, .offset = offsetof(T, name_), __VA_ARGS__ },
#define SHAPE_OF(T, shape_name)                                                                                        \
    {                                                                                                                  \
        .name = (shape_name), .size = sizeof(T), .fields = T##_fields, .len = countof(T##_fields)                      \
    }
#define INPUT(T, LIST, shape_name)                                                                                     \
    typedef struct T T;                                                                                                \
    struct T {                                                                                                         \
        LIST(INPUT_MEMBER, T)                                                                                          \
    };                                                                                                                 \
    static const Field T##_fields[]                      = { LIST(INPUT_FIELD, T) };                                   \
    __attribute__((unused)) static const Shape T##_shape = {                                                           \
        .name = (shape_name), .size = sizeof(T), .fields = T##_fields, .len = countof(T##_fields)                      \
    };
