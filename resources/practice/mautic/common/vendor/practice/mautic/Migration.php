<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Practice\Mautic;

/** One change of the schema or of rows. Statements are collected by up() and run afterwards. */
abstract class Migration
{
    protected $database;
    protected $prefix;
    private $statements = [];

    public function __construct(Database $database)
    {
        $this->database = $database;
        $this->prefix = $database->prefix();
    }

    abstract public function up(): void;

    public function description(): string
    {
        return '';
    }

    /** Not empty: the migration counts as executed without running. */
    public function skipReason(): string
    {
        return '';
    }

    /** After the statements, before the version is recorded. */
    public function postUp(): void
    {
    }

    /** List of [statement, parameters]. */
    public function statements(): array
    {
        return $this->statements;
    }

    protected function addSql(string $statement, array $parameters = []): void
    {
        $this->statements[] = [$statement, $parameters];
    }

    protected function skippedWhen(bool $isThere): string
    {
        return $isThere ? 'Schema includes this migration' : '';
    }
}
