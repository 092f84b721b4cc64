<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Mautic\Migrations;

use Practice\Mautic\Migration;

final class Version20200422144300 extends Migration
{
    public function description(): string
    {
        return 'Migrate mautic_lead_fields.properties to simple array';
    }

    public function up(): void
    {
        $fields = $this->database->rows("SELECT id, type, properties FROM {$this->prefix}lead_fields"
            ." WHERE type IN ('lookup', 'select', 'multiselect') ORDER BY id");
        foreach ($fields as $field) {
            $properties = @unserialize((string) $field['properties'], ['allowed_classes' => false]);
            if (!is_array($properties) || !isset($properties['list']) || !is_string($properties['list'])) {
                continue;
            }
            $entries = explode('|', $properties['list']);
            if ($field['type'] !== 'lookup') {
                $entries = array_map(function ($entry) {
                    return ['label' => $entry, 'value' => $entry];
                }, $entries);
            }
            $properties['list'] = $entries;
            $this->addSql("            UPDATE {$this->prefix}lead_fields
            SET properties = :properties
            WHERE id = :id", ['id' => $field['id'], 'properties' => serialize($properties)]);
        }
    }
}
