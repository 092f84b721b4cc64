<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

use Practice\Mautic\Kernel;

final class AppKernel extends Kernel
{
    public function version(): string
    {
        return '3.0.2';
    }

    public function versionLine(): string
    {
        return 'Mautic 3.0.2 - app/'.$this->environment().' (kernel: app, env: '.$this->environment().', debug: false)';
    }

    public function cannotCreateCache(string $folder): string
    {
        return 'Unable to create the "cache" directory ('.$folder.').';
    }

    public function mapping(): array
    {
        return [
            'without' => [
                'companies_leads.manually_removed', 'companies_leads.manually_added', 'users.online_status',
                'lead_devices.device_fingerprint', 'lead_devices.device_fingerprint_search',
            ],
            'with' => [
                'webhooks' => ['columns' => ['secret' => 'VARCHAR(191) DEFAULT NULL']],
                'lead_donotcontact' => ['keys' => ['dnc_channel_id_search' => '(channel_id)']],
            ],
        ];
    }

    public function usersColumns(): array
    {
        return ['id', 'username'];
    }

    protected function paths(): array
    {
        return [
            'cache_path' => '%kernel.root_dir%/../var/cache',
            'log_path' => '%kernel.root_dir%/../var/logs',
            'tmp_path' => '%kernel.root_dir%/../var/tmp',
            'mailer_spool_path' => '%kernel.root_dir%/../var/spool',
        ];
    }
}
