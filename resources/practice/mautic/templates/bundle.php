<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Mautic\{name}Bundle;

final class Mautic{name}Bundle
{
    const VERSION = '{version}';
}
