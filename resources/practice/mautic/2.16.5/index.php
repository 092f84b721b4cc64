<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

define('MAUTIC_MINIMUM_PHP', '5.6.19');
define('MAUTIC_MAXIMUM_PHP', '8.2.99');

require_once __DIR__.'/app/autoload.php';
require_once __DIR__.'/app/AppKernel.php';

$path = (string) parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if (PHP_SAPI === 'cli-server' && $path !== '/index.php' && is_file(__DIR__.$path)) {
    return false;
}
if (!Practice\Mautic\WebFront::refusePhp(MAUTIC_MINIMUM_PHP, MAUTIC_MAXIMUM_PHP)) {
    (new Practice\Mautic\WebFront(new AppKernel(__DIR__.'/app')))->answer($_SERVER['REQUEST_URI']);
}
