<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Practice\Mautic;

/** The console: one command a call. */
final class Application
{
    private const COMMANDS = [
        'cache:clear' => CacheClearCommand::class,
        'doctrine:migrations:migrate' => MigrateCommand::class,
        'doctrine:migrations:status' => StatusCommand::class,
        'doctrine:schema:update' => SchemaUpdateCommand::class,
        'mautic:email:process' => EmailProcessCommand::class,
        'mautic:emails:send' => EmailProcessCommand::class,
        'mautic:update:apply' => UpdateApplyCommand::class,
        'mautic:update:find' => UpdateFindCommand::class,
    ];

    private $kernel;

    public function __construct(Kernel $kernel)
    {
        $this->kernel = $kernel;
    }

    public static function commands(): array
    {
        return array_keys(self::COMMANDS);
    }

    /** The exit status. What is no failure of ours (a parse error, a missing class) is PHP's own matter. */
    public function run(array $arguments): int
    {
        $input = new Input(array_slice($arguments, 1));
        $output = new Output(!$input->isInteractive());
        $usage = '';
        try {
            $this->kernel->boot($input->value('env', 'prod'));
            if ($input->has('version')) {
                $output->line($this->kernel->versionLine());
                return 0;
            }
            $name = preg_replace('/^doctrine:migration:/', 'doctrine:migrations:', $input->command());
            if ($name === '' || $name === 'list') {
                $this->list($output);
                return 0;
            }
            if (!isset(self::COMMANDS[$name])) {
                throw $this->unknown($name);
            }
            $usage = Usage::of($name, $this->kernel->isVersion3());
            if ($input->has('help')) {
                $output->line("Usage:\n  ".$usage);
                return 0;
            }
            $class = self::COMMANDS[$name];
            return (new $class($this->kernel, $input, $output))->run();
        } catch (Failure $failure) {
            fwrite(STDERR, FailureBox::draw($failure, $this->kernel->isVersion3(), $usage));
            return 1;
        }
    }

    private function list(Output $output): void
    {
        $output->line($this->kernel->versionLine());
        $output->line("\nAvailable commands:");
        foreach (self::commands() as $command) {
            $output->line('  '.$command);
        }
    }

    private function unknown(string $name): Failure
    {
        $text = 'Command "'.$name.'" is not defined.';
        $similar = Usage::similar($name);
        if ($similar) {
            $text .= "\n\nDid you mean ".(count($similar) > 1 ? 'one of these?' : 'this?')."\n    "
                .implode("\n    ", $similar);
        }
        return Failure::plain('Symfony\Component\Console\Exception\CommandNotFoundException', $text);
    }
}
