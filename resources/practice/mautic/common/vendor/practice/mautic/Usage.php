<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Practice\Mautic;

/** The line under a failure's box: how the command is called. */
final class Usage
{
    private const COMMON = '[-h|--help] [-q|--quiet] [-v|vv|vvv|--verbose] [-V|--version] [--ansi] [--no-ansi]'
        .' [-n|--no-interaction] %s[-e|--env ENV] [--no-debug] [--] <command>';
    private const MIGRATIONS = '[--configuration [CONFIGURATION]] [--db-configuration [DB-CONFIGURATION]]'
        .' [--db DB] [--em EM] [--shard SHARD] ';
    private const OWN = [
        'doctrine:migrations:status' => ['[--show-versions] '.self::MIGRATIONS, '[--show-versions] '.self::MIGRATIONS],
        'doctrine:migrations:migrate' => [
            '[--write-sql] [--dry-run] [--query-time] [--allow-no-migration] '.self::MIGRATIONS,
            '[--write-sql [WRITE-SQL]] [--dry-run] [--query-time] [--allow-no-migration]'
                .' [--all-or-nothing [ALL-OR-NOTHING]] '.self::MIGRATIONS,
        ],
        'doctrine:schema:update' => [
            '[--complete] [--dump-sql] [-f|--force] [--em [EM]] ',
            '[--complete] [--dump-sql] [-f|--force] [--em [EM]] ',
        ],
        'cache:clear' => ['[--no-warmup] [--no-optional-warmers] ', '[--no-warmup] [--no-optional-warmers] '],
        'mautic:update:apply' => [
            '[--force] [-p|--update-package [UPDATE-PACKAGE]] ',
            '[--force] [-p|--update-package [UPDATE-PACKAGE]] [--finish] ',
        ],
    ];

    public static function of(string $command, bool $isVersion3): string
    {
        $own = self::OWN[$command][$isVersion3 ? 1 : 0] ?? '';
        $common = sprintf(self::COMMON, $isVersion3 ? '' : '[-s|--shell] [--process-isolation] ');
        return $command.' '.$own.$common.($command === 'doctrine:migrations:migrate' ? ' [<version>]' : '');
    }

    /** The names that begin as the unknown one does. */
    public static function similar(string $name): array
    {
        $space = implode(':', array_slice(explode(':', $name), 0, -1));
        return array_values(array_filter(Application::commands(), function ($known) use ($space) {
            return $space !== '' && strpos($known, $space.':') === 0;
        }));
    }
}
