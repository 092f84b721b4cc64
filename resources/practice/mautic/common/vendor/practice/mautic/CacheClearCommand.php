<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Practice\Mautic;

/** Builds the new cache beside the old one, then puts it in its place. */
final class CacheClearCommand extends Command
{
    public function run(): int
    {
        $container = new Container($this->kernel);
        $folder = $container->folder();
        $parent = dirname($folder);
        if (!is_writable($folder) || !is_writable($parent)) {
            throw Failure::plain('RuntimeException', 'Unable to write in the "'.$folder.'" directory'
                .($this->kernel->isVersion3() ? '.' : ''));
        }
        $this->say('Clearing the cache for the '.$this->kernel->environment().' environment with debug'
            .($this->kernel->isVersion3() ? "\n" : ' ').'false');
        $fresh = substr($folder, 0, -1).'_';
        self::remove($fresh);
        $container->build($fresh);
        Container::compile();
        $this->kernel->log('mautic.NOTICE: The cache was built. [] []');
        self::remove($folder);
        rename($fresh, $folder);
        $this->output->line(str_pad(' [OK] Cache for the "'.$this->kernel->environment()
            .'" environment (debug=false) was successfully cleared.', $this->width()));
        $this->output->line();
        return 0;
    }

    public static function remove(string $folder): void
    {
        if (is_link($folder) || is_file($folder)) {
            unlink($folder);
            return;
        }
        if (!is_dir($folder)) {
            return;
        }
        foreach (array_diff(scandir($folder), ['.', '..']) as $name) {
            self::remove($folder.'/'.$name);
        }
        rmdir($folder);
    }

    /** A comment block as wide as the terminal that each version assumes. */
    private function say(string $text): void
    {
        $this->output->line();
        foreach (explode("\n", $text) as $line) {
            $this->output->line(str_pad(' // '.$line, $this->width()));
        }
        $this->output->line();
    }

    private function width(): int
    {
        return $this->kernel->isVersion3() ? 80 : 120;
    }
}
