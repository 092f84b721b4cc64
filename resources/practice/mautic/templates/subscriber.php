<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace MauticPlugin\{name}\EventListener;

class GreetingSubscriber{extends}
{
    public static function getSubscribedEvents()
    {
        return ['mautic.lead_post_save' => ['greet', 0]];
    }

    public function greet($event)
    {
    }
}
