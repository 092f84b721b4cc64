-- SPDX-FileCopyrightText: The Banister developers
-- SPDX-License-Identifier: GPL-3.0-or-later
-- The rows that scale; {leads} and its like are counts. Statements are parted by empty lines.

INSERT INTO `{prefix}leads` (id, owner_id, stage_id, is_published, date_added, date_modified, points, last_active, internal, date_identified, preferred_profile_image, title, firstname, lastname, company, position, email, phone, mobile, city, state, zipcode, timezone, country, attribution, website)
SELECT seq, IF(seq % 7 = 0, 2, NULL), IF(seq % 5 = 0, 1 + seq % 2, NULL), 1, '2018-01-01 00:00:00' + INTERVAL seq * 37 SECOND, NULL, seq % 1000, IF(seq % 3, NULL, '2020-01-01 00:00:00' + INTERVAL seq SECOND), 'a:0:{}', NULL, 'gravatar', ELT(1 + seq % 4, 'Mr', 'Mrs', 'Miss', NULL), ELT(1 + seq % 8, 'Ada', 'Björn', 'Chloé', 'Dmitri', 'Ewa', 'François', 'Göran', 'Łucja'), CONCAT(ELT(1 + seq % 6, 'Smith', 'O''Brien', 'Müller', 'García', 'Nowak', 'Dvořák'), ' ', seq), CONCAT('Company ', seq % 997), ELT(1 + seq % 3, 'Clerk', 'Head', NULL), CONCAT('contact', seq, '@example.org'), CONCAT('+49 30 ', 100000 + seq), NULL, ELT(1 + seq % 5, 'Berlin', 'Córdoba', 'Lyon', 'Oslo', 'Kraków'), NULL, LPAD(seq % 99999, 5, '0'), 'Europe/Berlin', ELT(1 + seq % 5, 'Germany', 'Spain', 'France', 'Norway', 'Poland'), IF(seq % 11, NULL, seq / 7), CONCAT('https://example.org/?id=', MD5(seq))
FROM seq_1_to_{leads};

INSERT INTO `{prefix}companies` (id, owner_id, is_published, date_added, score, companyemail, companycity, companycountry, companyname, companywebsite, companyindustry, companydescription, companynumber_of_employees, companyannual_revenue)
SELECT seq, NULL, 1, '2018-01-01 00:00:00' + INTERVAL seq HOUR, seq % 50, NULL, 'Oslo', 'Norway', CONCAT('Company ', seq), NULL, ELT(1 + seq % 3, 'Agriculture', 'Food & Beverage', NULL), REPEAT('A company. ', seq % 9), seq * 3, seq / 3
FROM seq_1_to_{companies};

INSERT INTO `{prefix}companies_leads` (company_id, lead_id, date_added, is_primary, manually_removed, manually_added)
SELECT 1 + seq % {companies}, seq, '2019-01-01 00:00:00', 1, 0, seq % 2 FROM seq_1_to_{companies};

INSERT INTO `{prefix}lead_lists_leads` (leadlist_id, lead_id, date_added, manually_removed, manually_added)
SELECT 1 + seq % 2, seq, '2019-01-01 00:00:00', 0, seq % 2 FROM seq_1_to_{members};

INSERT INTO `{prefix}lead_tags_xref` (lead_id, tag_id) SELECT seq, 1 + seq % 3 FROM seq_1_to_{companies};

INSERT INTO `{prefix}lead_devices` (id, lead_id, date_added, client_info, device, device_os_name, device_fingerprint, tracking_id)
SELECT seq, seq, '2019-06-01 00:00:00', 'a:0:{}', 'desktop', ELT(1 + seq % 3, 'GNU/Linux', 'Windows', 'Mac'), MD5(seq), CONCAT('t', SHA1(seq)) FROM seq_1_to_{companies};

INSERT INTO `{prefix}lead_donotcontact` (id, lead_id, date_added, reason, channel, channel_id, comments)
SELECT seq, seq, '2019-06-01 00:00:00', 1 + seq % 3, 'email', IF(seq % 2, 1, NULL), NULL FROM seq_1_to_{companies};

INSERT INTO `{prefix}lead_utmtags` (id, lead_id, date_added, query, referer, url, user_agent, utm_campaign, utm_source)
SELECT seq, seq, '2019-06-01 00:00:00', 'a:0:{}', NULL, CONCAT('https://example.org/?utm=', seq), 'Mozilla/5.0', 'spring', 'mail' FROM seq_1_to_{companies};

INSERT INTO `{prefix}lead_event_log` (id, lead_id, user_id, user_name, bundle, object, action, object_id, date_added, properties)
SELECT seq, 1 + seq % {leads}, 1, 'Ada Müller', 'lead', 'segment', ELT(1 + seq % 2, 'added', 'removed'), 1 + seq % 2, '2019-01-01 00:00:00' + INTERVAL seq SECOND, CONCAT('{"object_description":"Segment ', seq % 2, '","hash":"', MD5(seq), '"}') FROM seq_1_to_{events};

INSERT INTO `{prefix}page_hits` (id, page_id, email_id, lead_id, ip_id, date_hit, date_left, country, region, city, isp, organization, code, referer, url, url_title, user_agent, remote_host, page_language, browser_languages, tracking_id, source, source_id, query)
SELECT seq, 1, NULL, 1 + seq % {leads}, 1 + seq % 200, '2019-01-01 00:00:00' + INTERVAL seq SECOND, NULL, 'Spain', NULL, 'Córdoba', NULL, NULL, 200, NULL, CONCAT('https://example.org/start?x=', seq), 'Start', 'Mozilla/5.0 (X11; Linux x86_64; rv:68.0) Gecko/20100101 Firefox/68.0', 'host.example.org', 'en', 'a:2:{i:0;s:2:"es";i:1;s:2:"en";}', MD5(seq), IF(seq % 2, 'email', NULL), 1, CONCAT('a:1:{s:1:"x";i:', seq, ';}') FROM seq_1_to_{hits};

INSERT INTO `{prefix}email_stats` (id, email_id, lead_id, list_id, ip_id, email_address, date_sent, is_read, is_failed, viewed_in_browser, date_read, tracking_hash, retry_count, source, source_id, tokens, open_count)
SELECT seq, 1, 1 + seq % {leads}, 1, NULL, CONCAT('contact', 1 + seq % {leads}, '@example.org'), '2019-01-01 00:00:00' + INTERVAL seq SECOND, seq % 2, 0, 0, NULL, MD5(CONCAT('mail', seq)), 0, 'campaign.event', 1, 'a:1:{s:24:"{contactfield=firstname}";s:5:"Chloé";}', seq % 4 FROM seq_1_to_{stats};

INSERT INTO `{prefix}audit_log` (id, user_id, user_name, bundle, object, object_id, action, details, date_added, ip_address)
SELECT seq, 1, 'Ada Müller', 'lead', 'lead', 1 + seq % {leads}, 'update', CONCAT('a:1:{s:6:"fields";a:1:{s:6:"points";a:2:{i:0;i:', seq, ';i:1;i:', seq + 1, ';}}}'), '2018-01-01 00:00:00' + INTERVAL seq SECOND, '192.0.2.7' FROM seq_1_to_{audits};
