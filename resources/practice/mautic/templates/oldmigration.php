<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Mautic\Migrations;

use Practice\Mautic\Migration;

/** Of an earlier release: the schema of a practice site has it from the start. */
final class Version{version} extends Migration
{
    public function skipReason(): string
    {
        return $this->skippedWhen(true);
    }

    public function up(): void
    {
    }
}
