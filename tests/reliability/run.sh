#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Banister developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Breaks upgrades and rollbacks of a real site in every way that the tests here know, and writes what
# came of it to tests/reliability/REPORT.md.
# tests/reliability/run.sh long: all of it, some hours; short: what the test command does as well.
# A second word chooses the preset: dev (the usual), asan.
set -euo pipefail
cd "$(dirname "$0")/../.."

packaging/setup.sh
form=${1:-short}
preset=${2:-dev}
if [ "$form" = long ]; then
    export BANISTER_KILL_ALL=1 BANISTER_KILL_CALLS=${BANISTER_KILL_CALLS:-6}
    export BANISTER_KILL_PAIRS=${BANISTER_KILL_PAIRS:-210} BANISTER_SCHEMAS=${BANISTER_SCHEMAS:-240}
    export BANISTER_FAULTS=${BANISTER_FAULTS:-300} BANISTER_SERVER_FAULTS=${BANISTER_SERVER_FAULTS:-12}
    export BANISTER_SEEDS=${BANISTER_SEEDS:-1000} BANISTER_SIZES=1
fi
export QTEST_FUNCTION_TIMEOUT=36000000 QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8
cmake --preset "$preset" >/dev/null
cmake --build --preset "$preset" --target tst_killmatrix tst_unfinishedupgrade tst_wayback tst_rollback \
    tst_roundtrip tst_databasefaults tst_databaseserver tst_scriptimport tst_foreignpoints \
    tst_property tst_smallfilesystems banister-cli

logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
shards=$(($(nproc) + 1))
for shard in $(seq "$shards"); do
    BANISTER_TEST_SHARD=$shard/$shards "build/$preset/tests/reliability/tst_killmatrix" \
        >"$logs/killmatrix-$shard" 2>&1 &
done
wait
for test in reliability/tst_unfinishedupgrade cli/tst_wayback cli/tst_rollback cli/tst_foreignpoints \
    database/tst_roundtrip database/tst_scriptimport \
    reliability/tst_databasefaults reliability/tst_databaseserver reliability/tst_property \
    reliability/tst_smallfilesystems; do
    "build/$preset/tests/$test" >"$logs/${test##*/}" 2>&1 || true
done

# "PASS   : TestKillMatrix::twice(start, upgrade killed after 2, …)"
count() { cat "$logs"/$1 | grep -vE '::(init|cleanup)TestCase' | grep -cE "^$2 +: [A-Za-z_]+::$3\(" || true; }
line() { printf '| %s | %s | %s |\n' "$1" "$(count "$2" PASS "$3")" "$(count "$2" 'FAIL!' "$3")"; }
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
    line "upgrade killed at a record of its journal, then resumed or rolled back" 'killmatrix-*' everyRecord
    line "killed at a call of the system" 'killmatrix-*' everyCall
    line "a call of the system fails (ENOSPC, EDQUOT, EIO, EACCES, EROFS, EMFILE, ESTALE, EXDEV, EINTR)" 'killmatrix-*' failingCall
    line "killed, resumed, killed again" 'killmatrix-*' twice
    line "rollback killed at a record of its journal" 'killmatrix-*' rollback
    line "upgrades that stand half-way" tst_unfinishedupgrade '.*'
    line "ways back and forth, parts of a site" tst_wayback '.*'
    line "rollbacks of a site in use" tst_rollback '.*'
    line "a statement fails: connection cut, refused, deadlock, lock wait, read-only, full, packet too large" \
        tst_databasefaults anyStatement
    line "server killed, made read-only, given tiny packets, tables in use, others writing" tst_databaseserver '.*'
    line "random sites, random edits, random failures, rolled back" tst_property rollbackEqualsTheStart
    line "file systems of exactly the size that was told before" tst_smallfilesystems estimateIsEnough
    line "generated schemas, dumped and loaded" tst_roundtrip '.*'
    line "generated schemas, dumped by mysqldump and taken over" tst_scriptimport '.*'
    line "backups of Mautic's own script, taken over and gone back to" tst_foreignpoints '.*'
    for log in "$logs"/*; do
        grep -E '^FAIL!' "$log" | cut -c1-300 | sed 's/^/\n    /' || true
    done
} >tests/reliability/REPORT.md
cat tests/reliability/REPORT.md
! grep -qE '^FAIL!' "$logs"/*
