#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A PostgreSQL server for tests: in a temporary folder, on a socket in it, without syncing. It lives as long as the
# process PID does and leaves nothing behind.
#
#   PLUMBLINE_TEST_POSTGRES=$(tests/support/postgres.sh start $$)   prints the address; a test run shares one server
set -eu

fail() {
    echo "postgres.sh: $1" >&2
    exit 1
}

# The newest installed version's programs, which Debian keeps out of PATH.
programs() {
    found=$(find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1)
    [ -n "$found" ] || found=$(command -v initdb) || fail "PostgreSQL is not installed (apt-get install postgresql)"
    dirname "$found"
}

# The server refuses to run as root.
as_user() {
    if [ "$(id -u)" = 0 ]; then runuser -u nobody -- "$@"; else "$@"; fi
}

start() {
    bin=$(programs)
    folder=$(mktemp -d "${TMPDIR:-/tmp}/plumbline-pg-XXXXXX")
    [ "$(id -u)" != 0 ] || chown nobody "$folder"
    cd "$folder"
    as_user "$bin/initdb" -D "$folder/data" -U plumbline --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync \
        >"$folder/log" 2>&1 || fail "initdb failed: $(cat "$folder/log")"
    as_user "$bin/pg_ctl" -D "$folder/data" -l "$folder/data/log" -w start -o "-c listen_addresses= \
        -c unix_socket_directories=$folder -c fsync=off -c full_page_writes=off -c shared_buffers=32MB" \
        >"$folder/log" 2>&1 || fail "the server did not start: $(cat "$folder/log" "$folder/data/log")"
    (exec >/dev/null 2>&1 </dev/null && watch "$1") & # exec: no descriptor of the caller stays open in it
    echo "postgresql:///postgres?host=$folder&user=plumbline"
}

watch() {
    trap '' INT HUP
    tail --pid="$1" -f /dev/null
    as_user "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop || true
    rm -rf "$folder"
}

case "$#:${1-}" in
2:start) start "$2" ;;
*) fail "usage: postgres.sh start PID" ;;
esac
