<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Practice\Mautic;

/** Standard output: with --no-interaction each message gets a time stamp before its first line. */
final class Output
{
    private $stamped;

    public function __construct(bool $stamped)
    {
        $this->stamped = $stamped;
    }

    /** Writes one message and a line end; a message may have several lines. */
    public function line(string $message = ''): void
    {
        $stamp = $this->stamped ? '['.date('Y-m-d H:i:s').'] ' : '';
        $this->raw($stamp.$message."\n");
    }

    /** Writes as it is: progress bars, questions. */
    public function raw(string $text): void
    {
        fwrite(STDOUT, $text);
    }
}
