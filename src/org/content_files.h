/* SPDX-License-Identifier: Apache-2.0
 * org/content_files.h: the files of content/ as they are compiled into the program by tools/embed.c -c
 * (build/gen/content.c). Constant. */
#pragma once

#include "org/content.h"

typedef struct {
    Str name; /* "iso27001-2022/clauses.csv" */
    Str text;
} ContentFile;

extern const ContentFile content_files_all[];
extern const size_t content_files_len;

/* The built-in outline of ISO/IEC 27001:2022; slices of the program itself. */
ContentFiles content_files_27001(void);
