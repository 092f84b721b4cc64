<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Mautic\Migrations;

use Practice\Mautic\Migration;

final class Version20200212141530 extends Migration
{
    public function description(): string
    {
        return 'Removes device_fingerprint column from the lead_devices table';
    }

    public function skipReason(): string
    {
        return $this->skippedWhen(!$this->database->hasColumn($this->prefix.'lead_devices', 'device_fingerprint'));
    }

    public function up(): void
    {
        $this->addSql("ALTER TABLE {$this->prefix}lead_devices DROP device_fingerprint");
    }
}
