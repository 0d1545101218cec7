/* SPDX-License-Identifier: Apache-2.0
 * base/log.h: one line per event of the program on standard error: time, level, subject, message. Foreign text in the
 * message is quoted by the logger: line ends and control characters are shown as escapes, so a log cannot be forged.
 * Secrets are never logged. LOG_DEBUG lines appear when the environment names PLUMBLINE_DEBUG. */
#pragma once

#include "base/err.h"

typedef enum { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR } LogLevel;

void log_line(LogLevel level, const char *subject, const char *format, ...) PRINTF(3, 4);
void log_err(const char *subject, const Err *err);
