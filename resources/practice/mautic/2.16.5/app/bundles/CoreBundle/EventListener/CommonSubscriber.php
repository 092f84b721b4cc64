<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Mautic\CoreBundle\EventListener;

/** Gone in Mautic 3: plugins that build on it do not load there. */
abstract class CommonSubscriber
{
}
