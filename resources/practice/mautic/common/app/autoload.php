<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

require_once __DIR__.'/../vendor/autoload.php';
