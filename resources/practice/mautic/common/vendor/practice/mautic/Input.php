<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Practice\Mautic;

/** The command line: a command, its arguments, options with and without a value. */
final class Input
{
    private const SHORT = ['n' => 'no-interaction', 'q' => 'quiet', 'V' => 'version', 'h' => 'help',
        'e' => 'env', 'p' => 'update-package', 'f' => 'force'];

    private $words = [];
    private $options = [];

    public function __construct(array $arguments)
    {
        while ($arguments) {
            $argument = (string) array_shift($arguments);
            if (preg_match('/^--([\w-]+)=(.*)$/s', $argument, $match)) {
                $this->options[$match[1]] = $match[2];
            } elseif (preg_match('/^--([\w-]+)$/', $argument, $match)) {
                $takesValue = in_array($match[1], ['env', 'update-package'], true);
                $this->options[$match[1]] = $takesValue ? (string) array_shift($arguments) : '';
            } elseif (preg_match('/^-v+$/', $argument)) {
                $this->options['verbose'] = '';
            } elseif (preg_match('/^-([a-zA-Z])(.*)$/s', $argument, $match)) {
                $name = self::SHORT[$match[1]] ?? $match[1];
                $takesValue = in_array($name, ['env', 'update-package'], true);
                $this->options[$name] = $takesValue && $match[2] === ''
                    ? (string) array_shift($arguments) : ltrim($match[2], '=');
            } else {
                $this->words[] = $argument;
            }
        }
    }

    public function command(): string
    {
        return $this->words[0] ?? '';
    }

    public function argument(): string
    {
        return $this->words[1] ?? '';
    }

    public function has(string $option): bool
    {
        return array_key_exists($option, $this->options);
    }

    public function value(string $option, string $default = ''): string
    {
        return $this->options[$option] ?? $default;
    }

    public function isInteractive(): bool
    {
        return !$this->has('no-interaction');
    }

    /** Asks on standard error. A person must answer: the end of the input is a failure. */
    public function confirm(string $question, bool $isVersion3): bool
    {
        if (!$this->isInteractive()) {
            return true;
        }
        fwrite(STDERR, $question);
        $answer = fgets(STDIN);
        if ($answer === false) {
            throw Failure::plain('Symfony\Component\Console\Exception\RuntimeException',
                $isVersion3 ? 'Aborted.' : 'Aborted');
        }
        return (bool) preg_match('/^y/i', $answer);
    }
}
