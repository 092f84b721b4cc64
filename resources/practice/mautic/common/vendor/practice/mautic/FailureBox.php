<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Practice\Mautic;

/** Draws a failure: 2.x as wide as its text with the class, 3.x wrapped with the place. */
final class FailureBox
{
    private const WIDTH = 79;

    public static function draw(Failure $failure, bool $isVersion3, string $usage): string
    {
        $text = "\n";
        foreach ($failure->chain() as [$class, $place, $message]) {
            $lines = $isVersion3 ? self::wrapped($message) : explode("\n", $message);
            if (!$isVersion3) {
                array_unshift($lines, '['.$class.']');
            } elseif ($place !== '') {
                $text .= 'In '.$place.":\n";
            }
            $width = max(array_map([self::class, 'width'], $lines));
            $blank = str_repeat(' ', $width + 4)."\n";
            $text .= $blank;
            foreach ($lines as $line) {
                $text .= '  '.$line.str_repeat(' ', $width - self::width($line))."  \n";
            }
            $text .= $blank."\n";
        }
        return $usage === '' ? $text : $text.$usage."\n\n";
    }

    private static function wrapped(string $message): array
    {
        $lines = [];
        foreach (explode("\n", $message) as $line) {
            preg_match_all('/.{1,'.(self::WIDTH - 4).'}/us', $line, $match);
            foreach ($match[0] ?: [''] as $part) {
                $lines[] = $part;
            }
        }
        return $lines;
    }

    private static function width(string $line): int
    {
        return preg_match_all('/./us', $line) ?: strlen($line);
    }
}
