<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Mautic\Migrations;

use Practice\Mautic\Migration;

final class Version20181129105419 extends Migration
{
    public function up(): void
    {
        $this->addSql("ALTER TABLE {$this->prefix}lead_utmtags CHANGE url url LONGTEXT DEFAULT NULL");
    }
}
