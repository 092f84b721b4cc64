-- SPDX-FileCopyrightText: The Banister developers
-- SPDX-License-Identifier: GPL-3.0-or-later
-- Another application's tables in a database that is shared. Statements are parted by empty lines.

CREATE TABLE `wp_posts` (
  ID BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  post_date DATETIME NOT NULL DEFAULT '0000-00-00 00:00:00',
  post_title TEXT NOT NULL,
  PRIMARY KEY (ID)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

INSERT INTO `wp_posts` (post_date, post_title) VALUES ('2020-01-01 10:00:00', 'Not of this site'), ('0000-00-00 00:00:00', 'Draft ✏️');

CREATE TABLE `wp_options` (option_name VARCHAR(191) NOT NULL, option_value LONGTEXT NOT NULL, PRIMARY KEY (option_name)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

INSERT INTO `wp_options` VALUES ('siteurl', 'https://blog.example.org');

CREATE VIEW `wp_titles` AS SELECT post_title FROM `wp_posts`;
