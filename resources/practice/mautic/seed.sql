-- SPDX-FileCopyrightText: The Banister developers
-- SPDX-License-Identifier: GPL-3.0-or-later
-- Rows that the migrations and the pages of a site look at. Statements are parted by empty lines.

INSERT INTO `{prefix}roles` (id, is_published, date_added, name, description, is_admin, readable_permissions)
VALUES (1, 1, '2016-03-01 08:00:00', 'Administrator', 'May do everything', 1, 'N;'),
       (2, 1, '2017-05-11 09:30:00', 'Sales Team', NULL, 0, 'a:0:{}');

INSERT INTO `{prefix}users` (id, role_id, is_published, date_added, username, password, first_name, last_name, email, position, timezone, locale, last_login, online_status, preferences)
VALUES (1, 1, 1, '2016-03-01 08:00:00', 'admin', '$2y$13$practicepracticepracticepracticepracticepracticepract', 'Ada', 'Müller', 'ada@example.org', 'Head', 'Europe/Berlin', 'de', '2020-06-01 07:12:44', 'offline', 'a:0:{}'),
       (2, 2, 1, '2017-05-11 09:31:00', 'o''brien', '$2y$13$practicepracticepracticepracticepracticepracticepract', 'Niall', 'O''Brien', 'niall@example.org', NULL, NULL, NULL, NULL, 'online', NULL);

INSERT INTO `{prefix}categories` (id, is_published, date_added, title, description, alias, color, bundle)
VALUES (1, 1, '2017-01-01 00:00:00', 'News', NULL, 'news', 'ffee00', 'email'),
       (2, 1, '2018-01-01 00:00:00', 'Multi-channel', 'Made by a release that wrote a zero', 'multi', NULL, '0'),
       (3, 1, '2018-01-02 00:00:00', 'Reminders', NULL, 'reminders', NULL, '0'),
       (4, 1, '2018-02-01 00:00:00', 'Landing', NULL, 'landing', NULL, 'page');

INSERT INTO `{prefix}stages` (id, category_id, is_published, date_added, name, description, weight)
VALUES (1, NULL, 1, '2017-01-01 00:00:00', 'Known', NULL, 1), (2, NULL, 1, '2017-01-01 00:00:00', 'Customer', NULL, 9);

INSERT INTO `{prefix}ip_addresses` (id, ip_address, ip_details)
SELECT seq, CONCAT('192.0.2.', seq), 'a:2:{s:4:"city";s:7:"Córdoba";s:7:"country";s:5:"Spain";}' FROM seq_1_to_200;

INSERT INTO `{prefix}plugins` (id, name, description, is_missing, bundle, version, author)
VALUES (1, 'Focus Items', NULL, 0, 'MauticFocusBundle', '1.0', 'Mautic'),
       (2, 'Greeting', 'A plugin of this site', 0, 'PracticeGreetingBundle', '0.3', 'Ada Müller');

INSERT INTO `{prefix}oauth2_clients` (id, name, random_id, secret, redirect_uris, allowed_grant_types)
VALUES (1, 'Shop', '5k3x', '7q9w', 'a:1:{i:0;s:19:"https://example.org";}', 'a:1:{i:0;s:18:"authorization_code";}');

INSERT INTO `{prefix}oauth2_accesstokens` (id, client_id, user_id, token, expires_at, scope)
VALUES (1, 1, 1, 'b0f1c2', 1893456000, NULL), (2, 1, 2, 'b0f1c3', NULL, 'read');

INSERT INTO `{prefix}webhooks` (id, category_id, is_published, date_added, name, description, webhook_url, events_orderby_dir)
VALUES (1, NULL, 1, '2019-02-02 02:02:02', 'New contact', NULL, 'https://example.org/hook?a=1&b=2', 'ASC'),
       (2, 1, 0, '2019-03-03 03:03:03', 'Form sent', 'Not used any more', 'https://example.org/old', NULL);

INSERT INTO `{prefix}lead_fields` (id, is_published, date_added, label, alias, type, field_group, default_value, is_required, is_fixed, is_visible, is_short_visible, is_listable, is_publicly_updatable, is_unique_identifer, field_order, object, properties)
VALUES (1, 1, '2016-03-01 08:00:00', 'Title', 'title', 'lookup', 'core', NULL, 0, 1, 1, 0, 1, 0, 0, 1, 'lead', 'a:1:{s:4:"list";s:11:"Mr|Mrs|Miss";}'),
       (2, 1, '2016-03-01 08:00:00', 'First Name', 'firstname', 'text', 'core', NULL, 0, 1, 1, 1, 1, 0, 0, 2, 'lead', 'a:0:{}'),
       (3, 1, '2016-03-01 08:00:00', 'E-mail', 'email', 'email', 'core', NULL, 0, 1, 1, 1, 1, 0, 1, 3, 'lead', NULL),
       (4, 1, '2016-03-01 08:00:00', 'Industry', 'companyindustry', 'select', 'core', NULL, 0, 1, 1, 0, 1, 0, 0, 4, 'company', 'a:1:{s:4:"list";s:35:"Agriculture|Food & Beverage|Energía";}'),
       (5, 1, '2019-08-01 10:00:00', 'Interests', 'interests', 'multiselect', 'core', NULL, 0, 0, 1, 0, 1, 0, 0, 5, 'lead', 'a:1:{s:4:"list";a:1:{i:0;a:2:{s:5:"label";s:4:"Boat";s:5:"value";s:4:"boat";}}}');

INSERT INTO `{prefix}lead_lists` (id, is_published, date_added, name, description, alias, filters, is_global, is_preference_center)
VALUES (1, 1, '2018-04-04 04:04:04', 'Everybody', NULL, 'everybody', 'a:0:{}', 1, 0),
       (2, 1, '2018-04-05 04:04:04', 'From Córdoba', NULL, 'cordoba', 'a:1:{i:0;a:2:{s:5:"field";s:4:"city";s:6:"filter";s:8:"Córdoba";}}', 1, 1);

INSERT INTO `{prefix}lead_tags` (id, tag) VALUES (1, 'vip'), (2, 'trade fair'), (3, 'naïve');

INSERT INTO `{prefix}campaigns` (id, category_id, is_published, date_added, name, description, canvas_settings, allow_restart)
VALUES (1, NULL, 1, '2019-09-09 09:09:09', 'Welcome', NULL, 'a:2:{s:5:"nodes";a:0:{}s:11:"connections";a:0:{}}', 0);

INSERT INTO `{prefix}forms` (id, category_id, is_published, date_added, name, description, alias, form_attr, cached_html, post_action, in_kiosk_mode, no_index)
VALUES (1, NULL, 1, '2019-01-01 01:01:01', 'Newsletter', NULL, 'newsletter', NULL, '<form><input name="mail" placeholder="Mail"></form>', 'message', 0, NULL);

INSERT INTO `{prefix}form_fields` (id, form_id, label, show_label, alias, type, is_custom, custom_parameters, default_value, is_required, field_order, properties, lead_field)
VALUES (1, 1, 'Mail', 1, 'mail', 'email', 0, 'a:0:{}', NULL, 1, 1, 'a:1:{s:11:"placeholder";s:4:"Mail";}', 'email'),
       (2, 1, 'Country', 1, 'country', 'country', 0, 'a:0:{}', NULL, 0, 2, 'a:2:{s:11:"empty_value";s:6:"Choose";s:8:"multiple";i:0;}', 'country'),
       (3, 1, 'Colour', 1, 'colour', 'select', 0, 'a:0:{}', NULL, 0, 3, 'a:3:{s:4:"list";a:1:{s:4:"list";a:0:{}}s:11:"empty_value";s:0:"";s:8:"multiple";i:0;}', NULL);

INSERT INTO `{prefix}pages` (id, category_id, is_published, date_added, title, alias, template, custom_html, content, hits, unique_hits, variant_hits, revision, lang)
VALUES (1, 4, 1, '2019-01-01 00:00:00', 'Start', 'start', 'practice', '<html><body><h1>Start</h1></body></html>', 'a:0:{}', 10, 5, 0, 3, 'en');

INSERT INTO `{prefix}emails` (id, category_id, is_published, date_added, name, subject, from_address, template, content, plain_text, custom_html, email_type, read_count, sent_count, variant_sent_count, variant_read_count, revision, lang, headers)
VALUES (1, 1, 1, '2019-05-05 05:05:05', 'Spring', 'It''s spring', 'news@example.org', 'cards', 'a:0:{}', NULL, '<html><body>Hello {contactfield=firstname}</body></html>', 'list', 0, 0, 0, 0, 1, 'en', '[]');

ALTER TABLE `{prefix}lead_utmtags` CHANGE url url VARCHAR(255) DEFAULT NULL;
