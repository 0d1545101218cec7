#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The main job, told in the terminal with the product's own commands: the audit IA-26-05 from fieldwork to its issued
# report, its finding to a nonconformity, and that to its close. Wants PLUMBLINE (the program) and PLUMBLINE_DATA (a
# demonstration). Stops at the first step that does not go as told.
set -eu
here=$(dirname "$0")
audit=IA-26-05
today=2026-11-16

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
day() { # DAY SENTENCE: the clock moves on
    say "$1  $2"
    "$PLUMBLINE" --now "$1T08:00:00Z" --as apm audit show "$audit" >/dev/null
}
as() { # PERSON COMMAND…: does it, and says so
    printf '  %-5s %s\n' "$1" "$(shift && printf '%s ' "$@" | cut -c1-110)"
    person=$1 && shift
    "$PLUMBLINE" --as "$person" "$@" >/dev/null
}
refused() { # RULE PERSON COMMAND…: must be refused by that rule; shows what the person reads
    rule=$1 person=$2 && shift 2
    printf '  %-5s %s\n' "$person" "$(printf '%s ' "$@" | cut -c1-110)"
    if "$PLUMBLINE" --as "$person" "$@" >/dev/null 2>"$TMP/refusal"; then echo "this should be refused by $rule" >&2 && exit 1; fi
    grep -q "$rule" "$TMP/refusal" || { cat "$TMP/refusal" >&2 && exit 1; }
    sed 's/^/        | /' "$TMP/refusal"
}
made() { # PERSON COMMAND…: does it and is the number of what it made
    person=$1 && shift
    "$PLUMBLINE" --json --as "$person" "$@" | sed -n 's/.*"number":"\([^"]*\)".*/\1/p' | head -n 1
}
paper() { # AUDITOR REVIEWER NUMBER CONCLUSION OPERATION EVIDENCE: written, finished, read by another
    seen=$(made "$1" evidence create --audit "$audit" --title "$6" --kind record --fact-date "$today" --obtained-by "p-$1" --obtained-on "$today")
    "$PLUMBLINE" --as "$1" paper start "$audit/$3" >/dev/null 2>&1 || true # most are begun already
    as "$1" paper edit "$audit/$3" --design yes --implementation yes --operation "$5" --conclusion "$4" --evidence "$seen"
    as "$1" paper finish "$audit/$3"
    as "$2" paper review "$audit/$3"
}
TMP=$(mktemp -d) && trap 'rm -rf "$TMP"' EXIT
# shellcheck source-path=SCRIPTDIR source=story_audit.sh
. "$here/story_audit.sh"
# shellcheck source-path=SCRIPTDIR source=story_case.sh
. "$here/story_case.sh"
