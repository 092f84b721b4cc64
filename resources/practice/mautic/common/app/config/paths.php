<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

$paths = [
    'themes' => 'themes',
    'assets' => 'media',
    'asset_prefix' => '',
    'plugins' => 'plugins',
    'translations' => 'translations',
    'local_config' => '%kernel.root_dir%/config/local.php',
];

if (file_exists(__DIR__.'/paths_local.php')) {
    include __DIR__.'/paths_local.php';
}
