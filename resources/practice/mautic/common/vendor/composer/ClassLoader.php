<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

/** Finds the classes of the site: the console's own, the bundles', the plugins'. */
final class ClassLoader
{
    public static function loadClass($class)
    {
        $path = str_replace('\\', '/', $class).'.php';
        if (preg_match('~^Mautic/(\w+Bundle)/Mautic\1\.php$~', $path, $match)) {
            // Known to the class map: a file that is gone is a broken installation, and PHP says so.
            include __DIR__.'/../../app/bundles/'.$match[1].'/Mautic'.$match[1].'.php';
            return;
        }
        $folders = [
            'Practice/Mautic/' => __DIR__.'/../practice/mautic/',
            'MauticPlugin/' => __DIR__.'/../../plugins/',
            'Mautic/Migrations/' => __DIR__.'/../../app/migrations/',
            'Mautic/' => __DIR__.'/../../app/bundles/',
        ];
        foreach ($folders as $space => $folder) {
            if (strncmp($path, $space, strlen($space)) === 0) {
                $file = $folder.substr($path, strlen($space));
                if (is_file($file)) {
                    include $file;
                }
                return;
            }
        }
    }
}
