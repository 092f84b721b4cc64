#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Banister developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds Banister and a Mautic site to practise on, and opens the window on it. Where there is no
# display, the same upgrade runs on the command line.
set -euo pipefail
cd "$(dirname "$0")/.."

packaging/setup.sh
cmake --preset release -DBANISTER_TESTS=OFF >/dev/null
cmake --build --preset release
build=$PWD/build/release
cli=$build/app/cli/banister-cli

practice=${BANISTER_PRACTICE:-${XDG_CACHE_HOME:-$HOME/.cache}/banister/practice}
if [ -e "$practice" ]; then
    echo "Removing the practice site of the last time: $practice"
    "$cli" practice "$practice" --remove || true
fi
if [ -n "$(ls -A "$practice" 2>/dev/null)" ]; then
    echo "$practice holds files that are not the practice site's: move them away," >&2
    echo "or name another folder for it in BANISTER_PRACTICE." >&2
    exit 1
fi
mkdir -p "$(dirname "$practice")"
"$cli" practice "$practice" --product mautic
site=$practice/site
package=$practice/mautic-3.0.2.zip
original=$practice/mautic-2.16.5.zip

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ -x "$build/ui/banister" ]; then
    exec "$build/ui/banister" "$site" --package "$package" --original-package "$original"
fi

echo
echo "There is no display: the upgrade runs here."
echo
"$cli" upgrade "$site" --package "$package" --original-package "$original" --accept-all-warnings --yes
# As they can be pasted, whatever the path.
show=$(printf %q "$cli")
where=$(printf %q "$site")
cat <<TEXT

The practice site is upgraded. What to look at:
  $show status $where
  $show log $where
  $show verify $where            reads the restore point back
  $show rollback $where          brings Mautic 2 back, and proves it
  $show explain ERR_MAUTIC_3_MIGRATIONS_FAILED
Remove it with:
  $show practice $(printf %q "$practice") --remove
TEXT
