<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Mautic\Migrations;

use Practice\Mautic\Migration;

/** Does not look whether the index is there: a repetition fails with 1061. */
final class Version20200227110431 extends Migration
{
    public function up(): void
    {
        $this->addSql("CREATE INDEX dnc_channel_id_search ON {$this->prefix}lead_donotcontact (channel_id)");
    }
}
