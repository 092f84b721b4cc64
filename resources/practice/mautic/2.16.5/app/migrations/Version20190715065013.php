<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Mautic\Migrations;

use Practice\Mautic\Migration;

final class Version20190715065013 extends Migration
{
    public function skipReason(): string
    {
        return $this->skippedWhen($this->database->hasColumn($this->prefix.'forms', 'form_attr'));
    }

    public function up(): void
    {
        $this->addSql("ALTER TABLE {$this->prefix}forms ADD form_attr VARCHAR(255) DEFAULT NULL");
    }
}
