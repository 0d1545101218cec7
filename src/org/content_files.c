/* SPDX-License-Identifier: Apache-2.0
 * Compiled-in files by name. */
#include "org/content_files.h"

#include <assert.h>
#include <stdbool.h>

static Str text_of_file(const char *name)
{
    for (size_t i = 0; i < content_files_len; i++) {
        if (str_eq_c(content_files_all[i].name, name)) return content_files_all[i].text;
    }
    assert(false); /* every file of content/ is compiled in */
    return (Str){ 0 };
}

ContentFiles content_files_27001(void)
{
    return (ContentFiles){
        .framework  = text_of_file("iso27001-2022/framework.csv"),
        .clauses    = text_of_file("iso27001-2022/clauses.csv"),
        .controls   = text_of_file("iso27001-2022/controls.csv"),
        .mapping    = text_of_file("iso27001-2022/map-2013.csv"),
        .procedures = text_of_file("iso27001-2022/test-procedures.csv"),
    };
}
