<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Mautic\Migrations;

use Practice\Mautic\Migration;

final class Version20191219155630 extends Migration
{
    public function description(): string
    {
        return 'Adds tables for the IntegrationBundle';
    }

    public function skipReason(): string
    {
        return $this->skippedWhen($this->database->hasTable($this->prefix.'sync_object_mapping'));
    }

    public function up(): void
    {
        $this->addSql("# Changes that wait to be sent
            # ------------------------------------------------------------

            CREATE TABLE `{$this->prefix}sync_object_field_change_report` (
            `id` int(10) unsigned NOT NULL AUTO_INCREMENT,
            `integration` varchar(191) COLLATE utf8_unicode_ci NOT NULL,
            `object_id` int(11) NOT NULL,
            `object_type` varchar(191) COLLATE utf8_unicode_ci NOT NULL,
            `modified_at` datetime NOT NULL COMMENT '(DC2Type:datetime)',
            `column_name` varchar(191) COLLATE utf8_unicode_ci NOT NULL,
            `column_type` varchar(191) COLLATE utf8_unicode_ci NOT NULL,
            `column_value` varchar(191) COLLATE utf8_unicode_ci NOT NULL,
            PRIMARY KEY (`id`),
            KEY `object_composite_key` (`object_type`,`object_id`,`column_name`)
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_unicode_ci");
        $this->addSql("# Which object here is which object there
            # ------------------------------------------------------------

            CREATE TABLE `{$this->prefix}sync_object_mapping` (
            `id` int(10) unsigned NOT NULL AUTO_INCREMENT,
            `date_created` datetime NOT NULL COMMENT '(DC2Type:datetime)',
            `integration` varchar(191) COLLATE utf8_unicode_ci NOT NULL,
            `internal_object_name` varchar(191) COLLATE utf8_unicode_ci NOT NULL,
            `integration_reference_id` varchar(191) COLLATE utf8_unicode_ci DEFAULT NULL,
            `internal_object_id` int(11) NOT NULL,
            `integration_object_name` varchar(191) COLLATE utf8_unicode_ci NOT NULL,
            `integration_object_id` varchar(191) COLLATE utf8_unicode_ci NOT NULL,
            `last_sync_date` datetime NOT NULL COMMENT '(DC2Type:datetime)',
            `internal_storage` longtext COLLATE utf8_unicode_ci NOT NULL COMMENT '(DC2Type:json_array)',
            `is_deleted` tinyint(1) NOT NULL,
            PRIMARY KEY (`id`),
            KEY `internal_object` (`integration`,`internal_object_name`,`internal_object_id`),
            KEY `integration_last_sync_date` (`integration`,`last_sync_date`)
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8 COLLATE=utf8_unicode_ci");
    }
}
