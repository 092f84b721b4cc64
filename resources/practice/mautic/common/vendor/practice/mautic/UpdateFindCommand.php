<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Practice\Mautic;

/** Asks for updates; a practice site talks to this computer only, everything else is out of reach. */
final class UpdateFindCommand extends Command
{
    public function run(): int
    {
        $update = self::fetch($this->kernel);
        if ($update === null) {
            $this->output->line('An error occurred while checking for updates. Please try again later.');
        } elseif (version_compare($update['version'], $this->kernel->version(), '<=')) {
            $this->output->line('You are using the latest version of Mautic.');
        } else {
            $this->output->line('Version '.$update['version'].' of Mautic is available.');
        }
        return 0;
    }

    /** {"version": …, "package": …} from system_update_url, or null. */
    public static function fetch(Kernel $kernel): ?array
    {
        $address = $kernel->configuration()->text('system_update_url');
        if (!preg_match('~^http://(127\.0\.0\.1|localhost)[:/]~', $address)) {
            return null;
        }
        $context = stream_context_create(['http' => ['timeout' => 10]]);
        $answer = json_decode((string) @file_get_contents($address, false, $context), true);
        return is_array($answer) && isset($answer['version']) ? $answer : null;
    }
}
