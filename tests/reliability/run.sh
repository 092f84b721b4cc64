#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Banister developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Breaks upgrades and rollbacks of a real site in every way that the tests here know, and writes what
# came of it to tests/reliability/REPORT.md.
# tests/reliability/run.sh long: all of it, some hours; short: what the test command does as well.
# A second word chooses the preset: dev (the usual), asan. Further words choose test programs:
# tests/reliability/run.sh long dev tst_killmatrix
set -euo pipefail
cd "$(dirname "$0")/../.."

packaging/setup.sh
form=${1:-short}
preset=${2:-dev}
shift $(($# < 2 ? $# : 2))
if [ "$form" = long ]; then
    export BANISTER_KILL_ALL=1 BANISTER_KILL_CALLS=${BANISTER_KILL_CALLS:-6}
    export BANISTER_KILL_PAIRS=${BANISTER_KILL_PAIRS:-210} BANISTER_SCHEMAS=${BANISTER_SCHEMAS:-240}
    export BANISTER_FAULTS=${BANISTER_FAULTS:-300} BANISTER_SERVER_FAULTS=${BANISTER_SERVER_FAULTS:-12}
    export BANISTER_SEEDS=${BANISTER_SEEDS:-1000} BANISTER_SIZES=1
fi
export QTEST_FUNCTION_TIMEOUT=36000000 QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8
cmake --preset "$preset" >/dev/null
# In shares, where there are many cases of the same.
shared=(reliability/tst_killmatrix reliability/tst_databasefaults reliability/tst_property)
whole=(reliability/tst_unfinishedupgrade reliability/tst_databaseserver reliability/tst_smallfilesystems
    cli/tst_wayback cli/tst_rollback cli/tst_foreignpoints database/tst_roundtrip database/tst_scriptimport)
cmake --build --preset "$preset" --target banister-cli "${shared[@]##*/}" "${whole[@]##*/}"

logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
shards=$(($(nproc) + 1))
wants() { [ $# -eq 1 ] || [[ " ${*:2} " == *" ${1##*/} "* ]]; }
{
    for program in "${shared[@]}"; do
        ! wants "$program" "$@" || for shard in $(seq "$shards"); do echo "$program $shard $shards"; done
    done
    for program in "${whole[@]}"; do
        ! wants "$program" "$@" || echo "$program 1 1"
    done
} | xargs -P "$shards" -L 1 bash -c \
    'BANISTER_TEST_SHARD=$3/$4 "build/$0/tests/$2" >"$1/${2##*/}-$3" 2>&1 || true' "$preset" "$logs"

# "PASS   : TestKillMatrix::twice(start, upgrade killed after 2, …)"
count() { cat "$logs"/$1 | grep -vE '::(init|cleanup)TestCase' | grep -cE "^$2 +: [A-Za-z_]+::$3\(" || true; }
line() {
    if compgen -G "$logs/$2" >/dev/null; then
        printf '| %s | %s | %s |\n' "$1" "$(count "$2" PASS "$3")" "$(count "$2" 'FAIL!' "$3")"
    else
        printf '| %s | not run | |\n' "$1"
    fi
}
{
    echo "# Reliability"
    echo
    echo "Written by \`tests/reliability/run.sh $form $preset\` on $(date -u +%F), commit $(git rev-parse --short HEAD),"
    echo "$(nproc) cores, Linux $(uname -r), $(mariadbd --version 2>/dev/null | grep -o '[0-9.]*-MariaDB' | head -n 1)."
    echo
    echo "Each case ends in the old state, in the new one, or in a run that can go either way; what it is"
    echo "compared with are a walk over the files and a mariadb-dump from before, not code of Banister's."
    echo
    echo "| what | passed | failed |"
    echo "|---|---|---|"
    line "upgrade killed at a record of its journal, then resumed or rolled back" 'tst_killmatrix-*' everyRecord
    line "killed at a call of the system" 'tst_killmatrix-*' everyCall
    line "a call of the system fails (ENOSPC, EDQUOT, EIO, EACCES, EROFS, EMFILE, ESTALE, EXDEV, EINTR)" 'tst_killmatrix-*' failingCall
    line "killed, resumed, killed again" 'tst_killmatrix-*' twice
    line "rollback killed at a record of its journal" 'tst_killmatrix-*' rollback
    line "upgrades that stand half-way" 'tst_unfinishedupgrade-*' '.*'
    line "ways back and forth, parts of a site" 'tst_wayback-*' '.*'
    line "rollbacks of a site in use" 'tst_rollback-*' '.*'
    line "a statement fails: connection cut, refused, deadlock, lock wait, read-only, full, packet too large" \
        'tst_databasefaults-*' anyStatement
    line "server killed, made read-only, given tiny packets, tables in use, others writing" 'tst_databaseserver-*' '.*'
    line "random sites, random edits, random failures, rolled back" 'tst_property-*' rollbackEqualsTheStart
    line "file systems of exactly the size that was told before" 'tst_smallfilesystems-*' estimateIsEnough
    line "generated schemas, dumped and loaded" 'tst_roundtrip-*' '.*'
    line "generated schemas, dumped by mysqldump and taken over" 'tst_scriptimport-*' '.*'
    line "backups of Mautic's own script, taken over and gone back to" 'tst_foreignpoints-*' '.*'
    for log in "$logs"/*; do
        grep -E '^FAIL!' "$log" | cut -c1-300 | sed 's/^/\n    /' || true
        grep -q '^Totals:' "$log" || printf '\n    %s did not end.\n' "${log##*/}"
    done
} >tests/reliability/REPORT.md
cat tests/reliability/REPORT.md
! grep -qE '^FAIL!' "$logs"/* && [ -z "$(grep -L '^Totals:' "$logs"/*)" ]
