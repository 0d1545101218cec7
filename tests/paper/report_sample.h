/* SPDX-License-Identifier: Apache-2.0
 * tests/paper/report_sample.h: the report of the demonstration audit IA-26-04, written with the document model: what a
 * customer would hand to management. Used by the tests of the paper room and by its benchmark. */
#pragma once

#include "paper/document.h"

Document *report_sample(Arena *arena);
