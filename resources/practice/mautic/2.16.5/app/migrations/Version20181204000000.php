<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Mautic\Migrations;

use Practice\Mautic\Migration;

/** Only looks; a practice site has nothing that it would have to change. */
final class Version20181204000000 extends Migration
{
    public function up(): void
    {
    }
}
