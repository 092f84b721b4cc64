<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace MauticPlugin\{name};

use Mautic\PluginBundle\Bundle\PluginBundleBase;

class {name} extends PluginBundleBase
{
    const VERSION = '{version}';
}
