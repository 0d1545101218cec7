/* SPDX-License-Identifier: Apache-2.0
 * support/check.h: what the tests of all rooms share: cmocka with its includes, checks that show a Str, an arena per
 * test, a temporary folder, and the files of tests/data. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/time.h"

/* Fails the test, showing both texts, unless `got` is `expected`. */
#define check_str(got, expected) check_str_at((got), (expected), __FILE__, __LINE__)
void check_str_at(Str got, const char *expected, const char *file, int line);
/* Fails the test, showing the error, unless `done`. */
#define check_done(done, err) check_done_at((done), (err), __FILE__, __LINE__)
void check_done_at(bool done, const Err *err, const char *file, int line);
/* Fails the test unless the work failed with `code` and said what. */
#define check_failed(done, err, code) check_failed_at((done), (err), (code), __FILE__, __LINE__)
void check_failed_at(bool done, const Err *err, ErrCode code, const char *file, int line);

/* Setup and teardown of a test whose *state is an Arena of 64 MiB. */
int arena_setup(void **state);
int arena_teardown(void **state);
#define arena_test(test) cmocka_unit_test_setup_teardown(test, arena_setup, arena_teardown)

/* A new folder, gone with all in it when `arena` is reset. */
Str temporary_folder(Arena *arena);
/* The bytes of tests/data/NAME; fails the test when it cannot be read. Tests run in the root of the source. */
Str data_file(Arena *arena, const char *name);
/* Days and instants written as people read them; fail the test when they are not such. */
Date day(const char *iso);
Time instant(const char *rfc3339);
