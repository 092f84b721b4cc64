<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Mautic\PluginBundle\Bundle;

abstract class PluginBundleBase
{
    public function getName()
    {
        return (new \ReflectionClass($this))->getShortName();
    }
}
