/* SPDX-License-Identifier: Apache-2.0
 * cli/help_texts.h: what help says of the program itself; private to this door. */
#pragma once

#include <stddef.h>

typedef struct {
    const char *name, *text;
} HelpEntry;

extern const char help_usage[], help_verb_end[];
extern const HelpEntry help_commands[], help_options[], help_exits[], help_pages[], help_readings[];
extern const size_t help_commands_len, help_options_len, help_exits_len, help_pages_len, help_readings_len;
