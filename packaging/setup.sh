#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Banister developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what building, testing and trying Banister needs on Debian 12. As root, or with sudo.
# A second call finds everything there and is quick.
set -euo pipefail

packages=(
    g++ cmake ninja-build ccache mold pkg-config git ca-certificates
    qt6-base-dev qt6-base-dev-tools qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools libqt6svg6-dev
    libqt6sql6-mysql libqt6svg6 qt6-qpa-plugins
    libquazip1-qt6-dev libmariadb-dev libssl-dev libzstd-dev libxxhash-dev zlib1g-dev
    mariadb-server-core mariadb-client
    php-cli php-mysql php-xml php-mbstring php-zip php-intl php-curl
    xvfb xauth dbus fonts-dejavu-core
    zstd zip unzip openssl procps util-linux strace attr acl
)

missing=()
for package in "${packages[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "Run packaging/setup.sh as root first: there is no sudo." >&2; exit 1; }
    as_root=(sudo)
fi
echo "Installing: ${missing[*]}"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
