<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Mautic\Migrations;

use Practice\Mautic\Migration;

/** Looks at the first of its two columns only: an interruption between the two is not noticed. */
final class Version20191126093923 extends Migration
{
    public function skipReason(): string
    {
        return $this->skippedWhen(!$this->database->hasColumn($this->prefix.'companies_leads', 'manually_added'));
    }

    public function up(): void
    {
        $this->addSql("ALTER TABLE {$this->prefix}companies_leads DROP manually_added");
        $this->addSql("ALTER TABLE {$this->prefix}companies_leads DROP manually_removed");
    }
}
