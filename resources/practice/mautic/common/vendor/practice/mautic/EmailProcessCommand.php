<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Practice\Mautic;

/** Sends the waiting mails: a practice site only takes them out of the spool. */
final class EmailProcessCommand extends Command
{
    public function run(): int
    {
        $spool = $this->kernel->configuration()->path('mailer_spool_path').'/default';
        $sent = 0;
        foreach (glob($spool.'/*.message') ?: [] as $file) {
            unlink($file);
            ++$sent;
        }
        $this->output->line($sent.' emails sent');
        return 0;
    }
}
