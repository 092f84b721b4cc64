<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Mautic\Migrations;

use Practice\Mautic\Migration;

/** Both words are of one length, so the serialized text stays valid. */
final class Version20200302164801 extends Migration
{
    public function description(): string
    {
        return 'Replaces serialized empty_value to placeholder in form_fields.properties column';
    }

    public function skipReason(): string
    {
        $found = $this->database->rows("SELECT id FROM {$this->prefix}form_fields"
            ." WHERE properties LIKE '%s:11:\"empty_value\"%' LIMIT 1");
        return $this->skippedWhen(!$found);
    }

    public function up(): void
    {
        $this->addSql("
            UPDATE {$this->prefix}form_fields
            SET properties = REPLACE(properties, 's:11:\"empty_value\"', 's:11:\"placeholder\"')
            WHERE properties LIKE '%s:11:\"empty_value\"%';");
    }
}
