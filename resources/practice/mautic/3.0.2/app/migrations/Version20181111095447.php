<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Mautic\Migrations;

use Practice\Mautic\Migration;

final class Version20181111095447 extends Migration
{
    public function skipReason(): string
    {
        return $this->skippedWhen($this->database->hasColumn($this->prefix.'webhooks', 'secret'));
    }

    public function up(): void
    {
        $secret = bin2hex(random_bytes(32));
        $this->addSql("ALTER TABLE {$this->prefix}webhooks ADD secret VARCHAR(255) DEFAULT NULL");
        $this->addSql("UPDATE {$this->prefix}webhooks SET secret = '{$secret}' WHERE secret IS NULL;");
    }
}
