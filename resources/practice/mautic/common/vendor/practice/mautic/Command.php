<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Practice\Mautic;

abstract class Command
{
    protected $kernel;
    protected $input;
    protected $output;

    public function __construct(Kernel $kernel, Input $input, Output $output)
    {
        $this->kernel = $kernel;
        $this->input = $input;
        $this->output = $output;
    }

    /** The exit status. */
    abstract public function run(): int;
}
