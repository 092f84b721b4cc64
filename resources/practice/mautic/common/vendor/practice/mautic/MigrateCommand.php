<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Practice\Mautic;

final class MigrateCommand extends Command
{
    private $statements = 0;

    public function run(): int
    {
        if ($this->kernel->isVersion3()) {
            $this->kernel->database()->connect();
        }
        $this->output->line(str_repeat(' ', 57));
        $this->output->line(str_pad('Mautic Migrations', 57, ' ', STR_PAD_BOTH));
        $this->output->line(str_repeat(' ', 57)."\n");
        $store = new MigrationStore($this->kernel);
        $store->prepareTable();
        $target = $this->target($store);
        if ($target === null) {
            return $this->kernel->isVersion3() || $this->input->argument() !== 'next' ? 1 : 0;
        }
        if (!$this->warnOfUnavailable($store)) {
            return $this->cancelled();
        }
        $from = $store->current();
        $versions = array_values(array_filter($store->pending(), function ($version) use ($target) {
            return strcmp($version, $target) <= 0;
        }));
        if (!$versions) {
            $this->output->line('No migrations to execute.');
            return 0;
        }
        if (!$this->input->confirm('WARNING! You are about to execute a database migration that could result in'
            .' schema changes and data lost. Are you sure you wish to continue? (y/n)', $this->kernel->isVersion3())) {
            return $this->cancelled();
        }
        $this->output->line('Migrating up to '.$target.' from '.$from);
        $this->migrate($store, $versions);
        return 0;
    }

    /** Null: said why there is nothing to go to. */
    private function target(MigrationStore $store): ?string
    {
        $wish = $this->input->argument();
        if ($wish === '' || $wish === 'latest') {
            return $store->latest();
        }
        if ($wish === 'next') {
            $next = $store->next();
            if ($next === null) {
                $this->output->line('Already at latest version.');
            }
            return $next;
        }
        if (!in_array($wish, $store->available(), true)) {
            $this->output->line('Unknown version: '.$wish);
            return null;
        }
        return $wish;
    }

    private function warnOfUnavailable(MigrationStore $store): bool
    {
        $unavailable = $store->unavailable();
        if (!$unavailable) {
            return true;
        }
        $this->output->line('WARNING! You have '.count($unavailable)
            .' previously executed migrations in the database that are not registered migrations.');
        foreach ($unavailable as $version) {
            $this->output->line('    >> '.$store::formatted($version));
        }
        return $this->input->confirm('Are you sure you wish to continue? (y/n)', $this->kernel->isVersion3());
    }

    private function cancelled(): int
    {
        $this->output->line('Migration cancelled!');
        return 1;
    }

    private function migrate(MigrationStore $store, array $versions): void
    {
        $start = microtime(true);
        $spent = 0.0;
        foreach ($versions as $version) {
            $before = microtime(true);
            if ($this->migrateOne($store, $version)) {
                $took = microtime(true) - $before;
                $spent += $took;
                $this->output->line("\n  ++ migrated (".($this->kernel->isVersion3()
                    ? 'took '.$this->milliseconds($start).', used '.$this->memory().' memory'
                    : round($took, 2).'s').')');
            }
        }
        $this->output->line("\n  ------------------------\n");
        $this->output->line('  ++ finished in '.($this->kernel->isVersion3()
            ? $this->milliseconds($start) : round($spent, 2).'s'));
        if ($this->kernel->isVersion3()) {
            $this->output->line('  ++ used '.$this->memory().' memory');
        }
        $this->output->line('  ++ '.count($versions).' migrations executed');
        $this->output->line('  ++ '.$this->statements.' sql queries');
    }

    private function migrateOne(MigrationStore $store, string $version): bool
    {
        $migration = $store->load($version);
        $reason = $migration->skipReason();
        if ($reason !== '') {
            $store->record($version);
            $this->output->line("\n  SS skipped (Reason: ".$reason.')');
            return false;
        }
        $description = $this->kernel->isVersion3() ? $migration->description() : '';
        $this->output->line("\n  ++ migrating ".$version.($description === '' ? '' : ' ('.$description.')')."\n");
        $migration->up();
        try {
            foreach ($migration->statements() as [$statement, $parameters]) {
                $this->output->line('     -> '.$statement.self::shown($parameters));
                $this->kernel->database()->execute($statement, $parameters);
                ++$this->statements;
            }
        } catch (Failure $failure) {
            $this->output->line('Migration '.$version.' failed during Execution. Error '.$failure->getMessage());
            throw $failure;
        }
        if (!$migration->statements()) {
            $this->output->line('Migration '.$version.' was executed but did not result in any SQL statements.');
        }
        $migration->postUp();
        $store->record($version);
        return true;
    }

    private static function shown(array $parameters): string
    {
        $parts = [];
        foreach ($parameters as $name => $value) {
            $parts[] = ':'.$name.' => ['.$value.']';
        }
        return $parts ? ' with parameters ('.implode(', ', $parts).')' : '';
    }

    private function milliseconds(float $since): string
    {
        return round((microtime(true) - $since) * 1000, 1).'ms';
    }

    private function memory(): string
    {
        return round(memory_get_usage(true) / 1048576, 1).'M';
    }
}
