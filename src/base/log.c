/* SPDX-License-Identifier: Apache-2.0
 * Log lines, each written by one call so that lines of threads do not mix. The one place besides world.c that reads the
 * clock: a line says when it was written even where no World is at hand. */
#include "base/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { MESSAGE_MAX = 2048, LINE_MAX_BYTES = 4096 };

static const char *const level_names[] = {
    [LOG_DEBUG] = "debug", [LOG_INFO] = "info", [LOG_WARN] = "warn", [LOG_ERROR] = "error"
};

static size_t stamp(char *out, size_t size)
{
    struct timespec now;
    struct tm utc;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0 || !gmtime_r(&now.tv_sec, &utc)) return 0;
    return strftime(out, size, "%Y-%m-%dT%H:%M:%SZ ", &utc);
}

static void write_line(LogLevel level, const char *subject, Str message)
{
    char line[LINE_MAX_BYTES];
    size_t used = stamp(line, sizeof line);
    int head    = snprintf(line + used, sizeof line - used, "%s %s: ", level_names[level], subject);
    if (head < 0 || (size_t)head >= sizeof line - used) return;
    used += (size_t)head;
    used += str_visible_into(line + used, sizeof line - used - 1, message);
    line[used++] = '\n';
    /* Nothing can be done, and nobody told, when standard error is gone. */
    ssize_t written = write(STDERR_FILENO, line, used);
    (void)written;
}

void log_line(LogLevel level, const char *subject, const char *format, ...)
{
    char message[MESSAGE_MAX];
    va_list args;
    if (level == LOG_DEBUG && !getenv("PLUMBLINE_DEBUG")) return;
    va_start(args, format);
    int len = vsnprintf(message, sizeof message, format, args);
    va_end(args);
    if (len < 0) return;
    write_line(level, subject, (Str){ message, (size_t)len < sizeof message ? (size_t)len : sizeof message - 1 });
}

void log_err(const char *subject, const Err *err)
{
    log_line(LOG_ERROR, subject, "%s%s%s%s%s", err->what, err->detail[0] ? ": " : "", err->detail,
             err->hint[0] ? " " : "", err->hint);
}
