<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Practice\Mautic;

/** The migrations in app/migrations and the versions in the database. */
final class MigrationStore
{
    private $kernel;
    private $available = [];

    /** Loads every migration's file: one that does not parse ends every migration command. */
    public function __construct(Kernel $kernel)
    {
        $this->kernel = $kernel;
        foreach (glob($this->folder().'/Version*.php') ?: [] as $file) {
            require_once $file;
            $this->available[] = substr(basename($file, '.php'), strlen('Version'));
        }
        sort($this->available, SORT_STRING);
    }

    public function folder(): string
    {
        return $this->kernel->root().'/migrations';
    }

    public function table(): string
    {
        return $this->kernel->database()->prefix().'migrations';
    }

    /** Creates the version table, and in 3.x brings one of 2.x into its own form. */
    public function prepareTable(): void
    {
        $database = $this->kernel->database();
        $columns = $database->columns($this->table());
        $is3 = $this->kernel->isVersion3();
        $executedAt = "executed_at DATETIME DEFAULT NULL COMMENT '(DC2Type:datetime_immutable)'";
        if (!$columns) {
            $database->execute('CREATE TABLE '.$this->table().' (version VARCHAR('.($is3 ? '14' : '255').') NOT NULL, '
                .($is3 ? $executedAt.', ' : '').'PRIMARY KEY(version))'
                .' DEFAULT CHARACTER SET utf8 COLLATE utf8_unicode_ci ENGINE = InnoDB');
        } elseif ($is3 && !isset($columns['executed_at'])) {
            $database->execute('ALTER TABLE '.$this->table().' ADD '.$executedAt
                .', CHANGE version version VARCHAR(14) NOT NULL');
        }
    }

    public function available(): array
    {
        return $this->available;
    }

    public function executed(): array
    {
        $rows = $this->kernel->database()->rows('SELECT version FROM '.$this->table().' ORDER BY version');
        return array_column($rows, 'version');
    }

    /** Recorded, but without a file. */
    public function unavailable(): array
    {
        return array_values(array_diff($this->executed(), $this->available));
    }

    /** With a file, but not recorded: gaps below the current version, too. */
    public function pending(): array
    {
        return array_values(array_diff($this->available, $this->executed()));
    }

    /** The latest recorded version that has a file; '0' where there is none. */
    public function current(): string
    {
        $known = array_intersect($this->available, $this->executed());
        return $known ? (string) max($known) : '0';
    }

    public function latest(): string
    {
        return $this->available ? end($this->available) : '0';
    }

    /** The version above the current one, executed or not; null: there is none. */
    public function next(): ?string
    {
        foreach ($this->available as $version) {
            if (strcmp($version, $this->current()) > 0) {
                return $version;
            }
        }
        return null;
    }

    public function previous(): ?string
    {
        $below = array_filter($this->available, function ($version) {
            return strcmp($version, $this->current()) < 0;
        });
        if ($below) {
            return end($below);
        }
        return $this->current() === '0' ? null : '0';
    }

    public function load(string $version): Migration
    {
        $class = 'Mautic\\Migrations\\Version'.$version;
        return new $class($this->kernel->database());
    }

    public function record(string $version): void
    {
        if ($this->kernel->isVersion3()) {
            $this->kernel->database()->execute('INSERT INTO '.$this->table().' (version, executed_at)'
                .' VALUES (?, UTC_TIMESTAMP())', [$version]);
        } else {
            $this->kernel->database()->execute('INSERT INTO '.$this->table().' (version) VALUES (?)', [$version]);
        }
    }

    public static function formatted(string $version): string
    {
        $date = \DateTime::createFromFormat('YmdHis', $version);
        return $date ? $date->format('Y-m-d H:i:s').' ('.$version.')' : $version;
    }
}
