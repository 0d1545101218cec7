#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The demonstration: makes build/demo anew from the scenario, checks its indicators, tells the main job in the terminal,
# proves the record and that a changed byte is seen, and serves it.
#   SERVE=0           ends there and leaves build/demo
#   PLUMBLINE_DATA    postgresql://… with an empty schema instead of a folder; files and keys still under build/demo
#   PLUMBLINE_LISTEN  another address than 127.0.0.1:8440
set -eu
cd "$(dirname "$0")/.."
PLUMBLINE=$PWD/build/plumbline
folder=$PWD/build/demo
export PLUMBLINE XDG_STATE_HOME="$folder" PLUMBLINE_DATA="${PLUMBLINE_DATA:-$folder}"
password=${DEMO_PASSWORD:-tide-and-plumbline}
listen=${PLUMBLINE_LISTEN:-127.0.0.1:8440}

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }

load() {
    say "An organisation with two years of audits, by the verbs that its people used."
    rm -rf "$folder" build/demo-changed
    mkdir -p "$folder" && chmod 700 "$folder"
    umask 077
    printf '%s\n' "$password" >build/demo-password
    "$PLUMBLINE" scenario demo/demo-scenario.json --demo --accounts build/demo-password
    rm build/demo-password
}

indicators() {
    say "Its indicators on 16 November 2026, against those that the scenario expects."
    "$PLUMBLINE" --as apm --json indicators --as-of 2026-11-16 | node demo/check.mjs
}

# A copy with one other byte: verify says which record it was.
changed_byte() {
    case $PLUMBLINE_DATA in postgres*) return ;; esac
    say "One byte is changed in a copy of the store."
    cp -R "$folder" build/demo-changed
    at=$(grep -abo 'fixed late' build/demo-changed/plumbline.db | head -n 1 | cut -d : -f 1)
    printf 'F' | dd of=build/demo-changed/plumbline.db bs=1 seek="$at" conv=notrunc 2>/dev/null
    if "$PLUMBLINE" --data build/demo-changed verify; then echo "the change was not seen" >&2 && exit 1; fi
    rm -rf build/demo-changed
}

people() {
    say "People to sign in as, at http://$listen, all with the password \"$password\""
    cat <<END
    apm   Elias Brandt, audit programme manager      ciso  Hannah Okoro, ISMS manager, coordinator
    au1   Noor Haddad, auditor                       au2   Ruben Pires, lead auditor
    au3   Gareth Lowe, lead auditor from outside     au4   Chiara Conti, in training
    ceo   Ingrid Solbakken, top management           sre   Tomasz Wilk, owner of PR-05
    it    Jonas Reuter, owner of PR-03, 10, 11       te2   Lars Nyberg, administrator
    API: http://$listen/api/v1/     Command line, with XDG_STATE_HOME='$folder' PLUMBLINE_DATA='$PLUMBLINE_DATA': build/plumbline --as apm --help
END
}

load
indicators
demo/story.sh
say "The record is what was recorded."
"$PLUMBLINE" verify
changed_byte
people
[ "${SERVE:-1}" = 0 ] && exit 0
say "Serving until you stop it (Ctrl-C)."
exec "$PLUMBLINE" serve --listen "$listen"
