<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Practice\Mautic;

/** One connection, opened with the first statement. */
final class Database
{
    private $settings;
    private $isVersion3;
    private $pdo;

    public function __construct(array $settings, bool $isVersion3)
    {
        $this->settings = $settings;
        $this->isVersion3 = $isVersion3;
    }

    public function host(): string
    {
        return $this->settings['db_host'];
    }

    public function name(): string
    {
        return $this->settings['db_name'];
    }

    public function prefix(): string
    {
        return $this->settings['db_table_prefix'];
    }

    public function connect(): void
    {
        if ($this->pdo) {
            return;
        }
        $source = 'mysql:host='.$this->settings['db_host'].';port='.$this->settings['db_port']
            .';dbname='.$this->settings['db_name'].';charset=utf8mb4';
        try {
            $this->pdo = new \PDO($source, $this->settings['db_user'], $this->settings['db_password'],
                [\PDO::ATTR_ERRMODE => \PDO::ERRMODE_EXCEPTION]);
        } catch (\PDOException $problem) {
            $word = $this->isVersion3 ? 'occurred' : 'occured';
            throw Failure::database($problem, 'An exception '.$word.' in driver: ', true);
        }
    }

    public function execute(string $statement, array $parameters = []): void
    {
        $this->connect();
        try {
            $query = $this->pdo->prepare($statement, [\PDO::ATTR_EMULATE_PREPARES => true]);
            $query->execute($parameters);
            $query->closeCursor();
        } catch (\PDOException $problem) {
            throw Failure::database($problem,
                "An exception occurred while executing '".$statement."':\n\n", false);
        }
    }

    public function rows(string $statement, array $parameters = []): array
    {
        $this->connect();
        try {
            $query = $this->pdo->prepare($statement);
            $query->execute($parameters);
            return $query->fetchAll(\PDO::FETCH_ASSOC);
        } catch (\PDOException $problem) {
            throw Failure::database($problem,
                "An exception occurred while executing '".$statement."':\n\n", false);
        }
    }

    /** Of each column of the table, by name: type, nullable, default, comment. Empty: no such table. */
    public function columns(string $table): array
    {
        $columns = [];
        $rows = $this->rows('SELECT COLUMN_NAME AS name, COLUMN_TYPE AS type, IS_NULLABLE AS nullable,'
            .' COLUMN_DEFAULT AS value, COLUMN_COMMENT AS comment FROM information_schema.COLUMNS'
            .' WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION', [$table]);
        foreach ($rows as $row) {
            $columns[$row['name']] = $row;
        }
        return $columns;
    }

    public function hasTable(string $table): bool
    {
        return (bool) $this->columns($table);
    }

    public function hasColumn(string $table, string $column): bool
    {
        return isset($this->columns($table)[$column]);
    }

    public function indexes(string $table): array
    {
        $rows = $this->rows('SELECT DISTINCT INDEX_NAME AS name FROM information_schema.STATISTICS'
            .' WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ?', [$table]);
        return array_column($rows, 'name');
    }
}
