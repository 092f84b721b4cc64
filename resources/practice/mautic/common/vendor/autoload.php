<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

require_once __DIR__.'/composer/ClassLoader.php';
spl_autoload_register(['ClassLoader', 'loadClass']);
