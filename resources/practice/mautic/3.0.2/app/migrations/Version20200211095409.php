<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Mautic\Migrations;

use Practice\Mautic\Migration;

final class Version20200211095409 extends Migration
{
    public function skipReason(): string
    {
        return $this->skippedWhen(!$this->database->hasColumn($this->prefix.'users', 'online_status'));
    }

    public function up(): void
    {
        $this->addSql("ALTER TABLE {$this->prefix}users DROP online_status");
    }
}
