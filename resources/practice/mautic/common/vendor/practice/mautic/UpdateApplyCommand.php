<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Practice\Mautic;

/** Unpacks a package over the site. Its progress bar is wider in 2.x than in the first half of 3.x. */
final class UpdateApplyCommand extends Command
{
    private const BLANK = '                  ';

    private $step = 0;
    private $bar = 28;

    public function run(): int
    {
        $is3 = $this->kernel->isVersion3();
        if (!$this->input->has('force') && !$this->input->confirm(
            'Are you sure you wish to update Mautic to the latest version? ', $is3)) {
            return 0;
        }
        if ($is3 && $this->input->has('finish')) {
            $this->progress('Migrating database schema...');
            return $this->migrateAndWrapUp('');
        }
        $package = $this->input->value('update-package');
        if ($package === '') {
            $this->bar = $is3 ? 20 : 28;
            $this->progress('Loading update information...', self::BLANK);
            return $this->refuse('Could not read the cached update data to apply the update.');
        }
        return $this->install($package);
    }

    private function install(string $package): int
    {
        $is3 = $this->kernel->isVersion3();
        $file = is_file($package) ? $package : dirname($this->kernel->root()).'/'.$package;
        if (!is_file($file)) {
            $this->output->line('The ZIP archive could not be found.');
            return 1;
        }
        $this->bar = $is3 ? 21 : 28;
        $this->progress('Loading specified package...', self::BLANK);
        if (!$is3 && preg_match('/(^|\D)3\.\d+\.\d+/', basename($file))) {
            return $this->refuse("You can only upgrade to Mautic 3 by running 'php upgrade_v3.php' instead of this command.");
        }
        $blank = $is3 ? '' : self::BLANK;
        $this->progress('Validating update package...', $blank);
        $zip = new \ZipArchive();
        if ($zip->open($file) !== true) {
            return $this->refuse('The Mautic update could not complete successfully because of the following error: '
                .'The ZIP archive does not seem to be valid. Please check your cache directory and delete the package'
                .' then try again.');
        }
        $this->progress('Extracting Package', $blank);
        $zip->extractTo(dirname($this->kernel->root()));
        $zip->close();
        $this->progress('Removing deleted files', $blank);
        $this->progress('Clearing the cache', $blank);
        CacheClearCommand::remove((new Container($this->kernel))->folder());
        if ($is3) {
            $this->output->line("\n\n<warning>IMPORTANT: Run the same command again with --finish. For example"
                ." 'php bin/console mautic:update:apply --finish'</warning>");
            return 0;
        }
        $this->progress('mautic.core.command.update.step.update_languages', $blank);
        $this->progress('mautic.core.update.migrating.database.schema', $blank);
        return $this->migrateAndWrapUp(self::BLANK);
    }

    /** Exits with 0 when the migrations fail, as Mautic does. */
    private function migrateAndWrapUp(string $blank): int
    {
        $console = $this->kernel->isVersion3() ? '/../bin/console' : '/console';
        exec(escapeshellarg(PHP_BINARY).' '.escapeshellarg($this->kernel->root().$console)
            .' doctrine:migrations:migrate --no-interaction --env=prod --no-debug 2>&1', $lines, $status);
        if ($this->kernel->isVersion3()) {
            $blank = '';
        }
        $this->progress('mautic.core.update.step.wrapping_up', $blank);
        if ($status !== 0) {
            $this->kernel->log('mautic.ERROR: UPGRADE ERROR: migrations exited with '.$status.'. [] []');
            $this->output->line("\n\nAn error occurred while updating the database. Check log for more details.");
        }
        return 0;
    }

    private function refuse(string $text): int
    {
        $this->output->line("\n\n".$text);
        return 1;
    }

    private function progress(string $text, string $blank = ''): void
    {
        ++$this->step;
        $this->output->raw(sprintf("\nStep %4d [%s>%s] %s%s", $this->step, str_repeat('-', $this->step),
            str_repeat('-', $this->bar - $this->step - 1), $text, $blank));
    }
}
