#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Proves the order of the rooms (docs/architecture.md): an #include looks up the list, never down it, and never from one
# door into another; only src/store touches a database engine; doors hold no SQL; only src/main.c knows every door.
#   tools/layers.sh [FOLDER]    FOLDER: the source, "src" unless given. Prints each breach; exit status 1 if there is one.
set -eu

# shellcheck disable=SC2016 # the program is awk's
find "${1:-src}" -name '*.[ch]' -o -name '*.html' | sort | xargs -r -d '\n' awk -v top="${1:-src}" '
    BEGIN {
        count = split("base store ledger record org audit action review paper exchange http", inner, " ")
        for (i = 1; i <= count; i++) rank[inner[i]] = i
        split("web api cli job", doors, " ")
        for (i in doors) { rank[doors[i]] = count + 1; door[doors[i]] = 1 }
        # A paper is made from a document model: it knows no record.
        split("record org audit action review", unknown, " ")
        for (i in unknown) apart["paper " unknown[i]] = 1
        # Bytes in, bytes out: the HTTP server is no place for what they mean.
        for (i = 2; i < count; i++) apart["http " inner[i]] = 1
    }

    function breach(why) {
        printf "%s:%d: %s\n    %s\n", FILENAME, FNR, why, $0
        found = 1
    }

    FNR == 1 {
        rest = substr(FILENAME, length(top) + 2)
        room = index(rest, "/") ? substr(rest, 1, index(rest, "/") - 1) : ""
        if (room == "" && rest !~ /^(main\.c|catalogue\.[ch])$/) breach("only main.c and the catalogue stand outside of a room")
        if (room != "" && !(room in rank)) breach("src/" room " is no room of the list")
    }

    room == "" { next }

    /^[ \t]*(<% *|# *)include *[<"]/ {
        split($0, part, /[<">]/)
        header = part[$0 ~ /<%/ ? 3 : 2]
        to = index(header, "/") ? substr(header, 1, index(header, "/") - 1) : ""
        if ((header == "sqlite3.h" || header == "libpq-fe.h") && room != "store")
            breach("only src/store speaks to a database engine")
        if (!(to in rank) || to == room) next
        if ((to in door) && (room in door)) breach("doors do not know each other: " room " includes " to)
        else if (rank[to] > rank[room]) breach("looks down: " room " includes " to)
        else if ((room " " to) in apart) breach(room " must not know " to)
    }

    (room in door) && /"[ (]*(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|WITH) / { breach("SQL in a door") }

    END { exit found }
'
