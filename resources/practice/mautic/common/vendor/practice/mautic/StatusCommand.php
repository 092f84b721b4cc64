<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Practice\Mautic;

final class StatusCommand extends Command
{
    public function run(): int
    {
        $store = new MigrationStore($this->kernel);
        $store->prepareTable();
        $this->output->line("\n == Configuration\n");
        foreach ($this->fields($store) as $name => $value) {
            $this->output->line('    >> '.str_pad($name.':', 52).$value);
        }
        if ($this->input->has('show-versions')) {
            $this->showVersions($store);
        }
        return 0;
    }

    private function fields(MigrationStore $store): array
    {
        $database = $this->kernel->database();
        $fields = ['Name' => 'Mautic Migrations', 'Database Driver' => 'pdo_mysql'];
        if ($this->kernel->isVersion3()) {
            $fields['Database Host'] = $database->host();
        }
        $previous = $store->previous();
        $next = $store->next();
        return $fields + [
            'Database Name' => $database->name(),
            'Configuration Source' => 'manually configured',
            'Version Table Name' => $store->table(),
            'Version Column Name' => 'version',
            'Migrations Namespace' => 'Mautic\Migrations',
            'Migrations Directory' => $store->folder(),
            'Previous Version' => $previous === null ? 'Already at first version' : $store::formatted($previous),
            'Current Version' => $store::formatted($store->current()),
            'Next Version' => $next === null ? 'Already at latest version' : $store::formatted($next),
            'Latest Version' => $store::formatted($store->latest()),
            'Executed Migrations' => count($store->executed()),
            'Executed Unavailable Migrations' => count($store->unavailable()),
            'Available Migrations' => count($store->available()),
            'New Migrations' => count($store->pending()),
        ];
    }

    private function showVersions(MigrationStore $store): void
    {
        $this->output->line("\n == Available Migration Versions\n");
        $executed = array_flip($store->executed());
        foreach ($store->available() as $version) {
            $description = $this->kernel->isVersion3() ? $store->load($version)->description() : '';
            $this->output->line('    >> '.str_pad($store::formatted($version), 48)
                .(isset($executed[$version]) ? '    migrated' : '    not migrated')
                .($description === '' ? '' : '     '.$description));
        }
        $unavailable = $store->unavailable();
        if ($unavailable) {
            $this->output->line("\n == Previously Executed Unavailable Migration Versions\n");
            foreach ($unavailable as $version) {
                $this->output->line('    >> '.$store::formatted($version));
            }
        }
    }
}
