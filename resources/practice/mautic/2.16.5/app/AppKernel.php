<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

use Practice\Mautic\Kernel;

final class AppKernel extends Kernel
{
    public function version(): string
    {
        return '2.16.5';
    }

    public function versionLine(): string
    {
        return 'Mautic version 2.16.5 - app/'.$this->environment();
    }

    public function cannotCreateCache(string $folder): string
    {
        return 'Unable to create the cache directory ('.$folder.')';
    }

    public function mapping(): array
    {
        return ['without' => [], 'with' => []];
    }

    public function usersColumns(): array
    {
        return ['id', 'username', 'online_status'];
    }

    protected function paths(): array
    {
        return [
            'cache_path' => '%kernel.root_dir%/cache',
            'log_path' => '%kernel.root_dir%/logs',
            'tmp_path' => '%kernel.root_dir%/cache',
            'mailer_spool_path' => '%kernel.root_dir%/spool',
        ];
    }
}
