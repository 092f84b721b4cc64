<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Practice\Mautic;

/** What ends a command with a box on standard error: a chain of causes, the outermost first. */
final class Failure extends \RuntimeException
{
    /** List of [class, place as 3.x names it or '', text]. */
    private $chain;

    private function __construct(array $chain)
    {
        parent::__construct($chain[0][2]);
        $this->chain = $chain;
    }

    public static function plain(string $class, string $text, string $place = ''): self
    {
        return new self([[$class, $place, $text]]);
    }

    /** The three exceptions that Doctrine makes of one of PDO's. */
    public static function database(\PDOException $problem, string $prefix, bool $whileConnecting): self
    {
        $text = $problem->getMessage();
        [$class, $line] = self::kind($problem);
        return new self([
            ['Doctrine\DBAL\Exception\\'.$class, 'AbstractMySQLDriver.php line '.$line, $prefix.$text],
            ['Doctrine\DBAL\Driver\PDOException', 'PDOConnection.php line '.($whileConnecting ? 31 : 80), $text],
            ['PDOException', 'PDOConnection.php line '.($whileConnecting ? 27 : 75), $text],
        ]);
    }

    private static function kind(\PDOException $problem): array
    {
        preg_match('/(?:\[(\d{4})\]|: (\d{4}) )/', $problem->getMessage(), $match);
        switch ((int) ($match[2] ?? $match[1] ?? 0)) {
            case 1050:
                return ['TableExistsException', 35];
            case 1051:
            case 1146:
                return ['TableNotFoundException', 40];
            case 1062:
                return ['UniqueConstraintViolationException', 60];
            case 1054:
                return ['InvalidFieldNameException', 65];
            case 1060:
                return ['NonUniqueFieldNameException', 75];
            case 1064:
                return ['SyntaxErrorException', 80];
            case 1044:
            case 1045:
            case 1049:
            case 1142:
            case 1143:
            case 2002:
            case 2005:
                return ['ConnectionException', 93];
            default:
                return ['DriverException', 106];
        }
    }

    public function chain(): array
    {
        return $this->chain;
    }
}
