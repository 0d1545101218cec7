#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs test programs, each in a process of its own with a time limit, and adds up what cmocka says of them.
#   tools/run_tests.sh JOBS PROGRAM...
# Shows the whole output of a program that failed. The last line is "N passed, N failed, N skipped"; a program that dies,
# hangs or runs nothing counts as failed. Exit status 0 only when something passed and nothing failed.
set -eu

limit_seconds=${TEST_SECONDS:-180}
export ASAN_OPTIONS="detect_stack_use_after_return=1:strict_string_checks=1:check_initialization_order=1${ASAN_OPTIONS:+:$ASAN_OPTIONS}"
export UBSAN_OPTIONS="print_stacktrace=1${UBSAN_OPTIONS:+:$UBSAN_OPTIONS}"
export LSAN_OPTIONS="print_suppressions=0:suppressions=tests/leaks.supp${LSAN_OPTIONS:+:$LSAN_OPTIONS}"

# run_one PROGRAM: its output to PROGRAM.log, its exit status to PROGRAM.status.
if [ "${1-}" = --one ]; then
    status=0
    timeout --kill-after=5 "$limit_seconds" "$2" > "$2.log" 2>&1 < /dev/null || status=$?
    echo "$status" > "$2.status"
    exit 0
fi

# passed, failed and skipped of one program, from the summaries that cmocka writes for each group of tests.
count() {
    awk -v status="$2" '
        /^\[  PASSED  \] [0-9]+ test\(s\)/ { passed += $4 }
        /^\[  SKIPPED \] [0-9]+ test\(s\)/ { skipped += $4 }
        /^\[  FAILED  \] [0-9]+ test\(s\)/ { failed += $4 }
        /^ [0-9]+ FAILED TEST\(S\)/        { failed += failed ? 0 : $1 }
        END {
            if (failed == 0 && (status != 0 || passed + skipped == 0)) failed = 1
            print passed + 0, failed + 0, skipped + 0
        }' "$1"
}

jobs=$1
shift

# One PostgreSQL server for all of them; it ends with this process.
[ -n "${PLUMBLINE_TEST_POSTGRES-}" ] || PLUMBLINE_TEST_POSTGRES=$(tests/support/postgres.sh start $$)
export PLUMBLINE_TEST_POSTGRES

[ $# -gt 0 ] && printf '%s\0' "$@" | xargs -0 -n 1 -P "$jobs" "$0" --one

passed=0 failed=0 skipped=0
for program in "$@"; do
    status=$(cat "$program.status")
    # shellcheck disable=SC2046 # three numbers
    set -- $(count "$program.log" "$status")
    passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
    [ "$2" -eq 0 ] && continue
    [ "$status" -eq 124 ] && echo "$program: stopped after $limit_seconds seconds"
    echo "==== $program (exit status $status)"
    cat "$program.log"
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$passed" -gt 0 ] && [ "$failed" -eq 0 ]
