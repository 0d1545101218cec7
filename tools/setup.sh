#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing to build, test and run Plumbline on Debian 12: packages of the distribution, and the npm
# packages of package-lock.json. Says what it does before it does it. Does nothing, quickly, when nothing is missing.
#   tools/setup.sh [--build]    --build: what the program needs, without what only the tests and the lint need
set -eu
cd "$(dirname "$0")/.."

build="gcc make pkg-config libc6-dev binutils git
libglib2.0-dev libjansson-dev libsodium-dev libssl-dev zlib1g-dev
libsqlite3-dev libpq-dev libmicrohttpd-dev libicu-dev libzip-dev libxml2-dev
libcairo2-dev libpango1.0-dev librsvg2-dev libqpdf-dev
fonts-inter fonts-dejavu-core fonts-noto-core fonts-noto-cjk tzdata ca-certificates"

checks="clang clang-format clang-tidy cppcheck libclang-rt-14-dev shellcheck
libcmocka-dev postgresql sqlite3 chromium poppler-utils qpdf libxml2-utils wrk"

missing_packages() {
    wanted="$build"
    [ "$what" = all ] && wanted="$wanted $checks"
    # A Node.js from elsewhere serves as well as the one of the distribution.
    command -v node > /dev/null 2>&1 || wanted="$wanted nodejs"
    command -v npm > /dev/null 2>&1 || wanted="$wanted npm"
    # shellcheck disable=SC2086 # a list of words
    dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted 2> /dev/null |
        awk -v wanted="$wanted" '
            $1 == "installed" { have[$2] = 1 }
            END { n = split(wanted, name); for (i = 1; i <= n; i++) if (!(name[i] in have)) printf "%s ", name[i] }'
}

install_packages() {
    sudo=
    if [ "$(id -u)" -ne 0 ]; then
        sudo=sudo
        if ! command -v sudo > /dev/null 2>&1; then
            echo "setup: Debian packages are missing, and there is no sudo. Run as root:" >&2
            echo "    apt-get update && apt-get install --no-install-recommends $1" >&2
            exit 1
        fi
    fi
    echo "setup: installing Debian packages: $1"
    $sudo apt-get update -q
    # shellcheck disable=SC2086 # a list of words
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $1
}

# True when node_modules is what package-lock.json says: a copy of the lock stands beside what it installed.
npm_is_current() {
    cmp -s package-lock.json node_modules/.plumbline-all && return 0
    [ "$what" = build ] && cmp -s package-lock.json node_modules/.plumbline-build
}

install_npm() {
    echo "setup: installing npm packages of package-lock.json into node_modules"
    # Some packages of the tests ask for a newer Node.js or npm than Debian's, and run on it: their warnings are not shown.
    if [ "$what" = build ]; then
        npm ci --loglevel=error --ignore-scripts --omit=dev < /dev/null
    else
        npm ci --loglevel=error --ignore-scripts < /dev/null
    fi
    cp package-lock.json "node_modules/.plumbline-$what"
}

what=all
[ "${1-}" = --build ] && what=build

if ! command -v dpkg-query > /dev/null 2>&1; then
    echo "setup: this is no Debian system. Needed here: $build $checks nodejs npm" >&2
    exit 0
fi
missing=$(missing_packages)
[ -z "$missing" ] || install_packages "$missing"
npm_is_current || install_npm
