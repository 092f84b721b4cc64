#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Banister developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds Banister and runs every test. An argument chooses the preset: asan (the usual: with the address
# and undefined behaviour sanitizers), dev, tsan. Further arguments go to ctest:
# tests/run.sh dev -R tst_dump
set -euo pipefail
cd "$(dirname "$0")/.."

packaging/setup.sh
preset=${1:-asan}
[ $# -gt 0 ] && shift
export CCACHE_MAXSIZE=${CCACHE_MAXSIZE:-2G}

cmake --preset "$preset" >/dev/null
cmake --build --preset "$preset"
log=$(mktemp)
# What dies in a test is a process, not a disk, and waiting for a disk is a fifth of the time.
memory=$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1 || true)
if [ -z "${TMPDIR:-}" ] && [ -w /dev/shm ] && [ "${memory:-0}" -gt 4000000 ]; then
    TMPDIR=$(mktemp -d /dev/shm/banister-tests-XXXXXX)
    export TMPDIR
    chmod 711 "$TMPDIR" # tests run programs as other users
fi
trap 'rm -f "$log"; case ${TMPDIR:-} in /dev/shm/banister-tests-*) rm -rf "$TMPDIR" ;; esac' EXIT
status=0
# One more than there are cores: each waits for a server, a disk or a PHP now and then.
ctest --preset "$preset" -j$(($(nproc) + 1)) "$@" 2>&1 | tee "$log" || status=$?
# "100% tests passed, 0 tests failed out of 42"
failed=$(sed -n 's/.*, \([0-9]*\) tests failed out of \([0-9]*\).*/\1/p' "$log" | tail -n 1)
total=$(sed -n 's/.*tests failed out of \([0-9]*\).*/\1/p' "$log" | tail -n 1)
echo "$(( ${total:-0} - ${failed:-0} )) passed, ${failed:-0} failed"
[ "${total:-0}" -gt 0 ] || exit 1
exit "$status"
