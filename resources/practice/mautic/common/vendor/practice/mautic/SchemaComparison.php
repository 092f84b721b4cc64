<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Practice\Mautic;

/** What separates the database from the mapping (schema.sql beside this file). On MariaDB every column
 *  that may be NULL looks different, so a healthy site has differences, too. */
final class SchemaComparison
{
    private $kernel;
    private $database;

    public function __construct(Kernel $kernel)
    {
        $this->kernel = $kernel;
        $this->database = $kernel->database();
    }

    public function statements(): array
    {
        $changes = [];
        $creations = [];
        foreach ($this->expected() as $table => $definition) {
            $name = $this->database->prefix().$table;
            $present = $this->database->columns($name);
            if (!$present) {
                $creations[] = $this->creation($name, $definition);
                continue;
            }
            $parts = $this->columnChanges($definition['columns'], $present);
            if ($parts) {
                $changes[] = 'ALTER TABLE '.$name.' '.implode(', ', $parts);
            }
            $indexes = $this->database->indexes($name);
            foreach ($definition['keys'] as $key => $columns) {
                if (!in_array($key, $indexes, true)) {
                    $changes[] = 'CREATE INDEX '.$key.' ON '.$name.' '.$columns;
                }
            }
        }
        return array_merge($creations, $changes);
    }

    private function columnChanges(array $wanted, array $present): array
    {
        $parts = [];
        foreach ($wanted as $column => $type) {
            if (!isset($present[$column])) {
                $parts[] = 'ADD '.$column.' '.$type;
            } elseif (!$this->isSame($type, $present[$column])) {
                $parts[] = 'CHANGE '.$column.' '.$column.' '.$type;
            }
        }
        return $parts;
    }

    private function isSame(string $wanted, array $present): bool
    {
        if ($present['nullable'] === 'YES') {
            return false;
        }
        $type = strtoupper(preg_replace(['/\b(int|bigint|smallint)\(\d+\)/', '/^double$/'], ['$1', 'double precision'],
            $present['type']));
        return strtok($wanted, ' ') === strtok($type, ' ')
            && (strpos($wanted, 'UNSIGNED') === false) === (strpos($type, 'UNSIGNED') === false);
    }

    private function creation(string $name, array $definition): string
    {
        $parts = [];
        foreach ($definition['columns'] as $column => $type) {
            $parts[] = $column.' '.$type;
        }
        foreach ($definition['keys'] as $key => $columns) {
            $parts[] = 'INDEX '.$key.' '.$columns;
        }
        if ($definition['primary'] !== '') {
            $parts[] = 'PRIMARY KEY'.$definition['primary'];
        }
        return 'CREATE TABLE '.$name.' ('.implode(', ', $parts)
            .') DEFAULT CHARACTER SET utf8 COLLATE utf8_unicode_ci ENGINE = InnoDB';
    }

    /** Reads schema.sql, which has one column or key a line. */
    private function expected(): array
    {
        $mapping = $this->kernel->mapping();
        $tables = [];
        $table = '';
        foreach (file(__DIR__.'/schema.sql', FILE_IGNORE_NEW_LINES) as $line) {
            if (preg_match('/^CREATE TABLE `\{prefix\}(\w+)`/', $line, $match)) {
                $table = $match[1];
                $tables[$table] = ['columns' => [], 'keys' => [], 'primary' => ''];
            } elseif (preg_match('/^  `(\w+)` (.*?),?$/', $line, $match)) {
                if (!in_array($table.'.'.$match[1], $mapping['without'], true)) {
                    $tables[$table]['columns'][$match[1]] = $this->declaration($match[1], $match[2]);
                }
            } elseif (preg_match('/^  (?:UNIQUE )?KEY `(\w+)` (\(.*?\)),?$/', $line, $match)) {
                if (!in_array($table.'.'.$match[1], $mapping['without'], true)) {
                    $tables[$table]['keys'][$match[1]] = str_replace('`', '', $match[2]);
                }
            } elseif (preg_match('/^  PRIMARY KEY \((.*)\),?$/', $line, $match)) {
                $tables[$table]['primary'] = '('.str_replace('`', '', $match[1]).')';
            }
        }
        unset($tables['migrations']);
        // In the order of Mautic, whose first statement is the one that the server refuses in 3.x.
        $tables = ['oauth2_accesstokens' => $tables['oauth2_accesstokens']] + $tables;
        return array_replace_recursive($tables, $mapping['with']);
    }

    /** A declaration as Doctrine writes it. */
    private function declaration(string $column, string $text): string
    {
        $text = preg_replace(['/\b(int|bigint|smallint)\(\d+\)/', '/ AUTO_INCREMENT/'], ['$1', ''], $text, -1, $count);
        preg_match('/^(\w+(?:\(\d+\))?)(.*)$/', $text, $match);
        $type = strtoupper($match[1]);
        if ($type === 'DOUBLE') {
            $type = 'DOUBLE PRECISION';
        }
        if ($this->kernel->isVersion3()) {
            $type = str_replace('VARCHAR(255)', 'VARCHAR(191)', $type);
            if ($type === 'INT' && preg_match('/^(id|client_id|user_id|lead_id)$/', $column)) {
                $type = 'INT UNSIGNED';
            }
        }
        $isId = $column === 'id' && $count > 1;
        $isNull = strpos($match[2], 'NOT NULL') === false;
        $comment = preg_match("/COMMENT '.*'/", $match[2], $found) ? ' '.$found[0] : '';
        return $type.($isId ? ' AUTO_INCREMENT' : '').($isNull ? ' DEFAULT NULL' : ' NOT NULL').$comment;
    }
}
