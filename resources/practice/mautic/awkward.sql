-- SPDX-FileCopyrightText: The Banister developers
-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a dump and a restore find hard. Statements are parted by empty lines.

CREATE TABLE `{prefix}practice_types` (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  blob_value LONGBLOB,
  binary_value BINARY(16),
  bits BIT(11),
  document JSON,
  amount DECIMAL(30,10),
  ratio DOUBLE,
  small_ratio FLOAT,
  day DATE,
  moment DATETIME(6),
  stamp TIMESTAMP NULL DEFAULT NULL,
  year_value YEAR,
  time_value TIME(3),
  kind ENUM('a','b','','it''s'),
  flags SET('x','y','z'),
  place POINT,
  doubled DECIMAL(31,10) AS (amount * 2) STORED,
  initial VARCHAR(3) AS (LEFT(kind, 1)) VIRTUAL,
  PRIMARY KEY (id),
  KEY day_search (day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

INSERT INTO `{prefix}practice_types` (id, blob_value, binary_value, bits, document, amount, ratio, small_ratio, day, moment, stamp, year_value, time_value, kind, flags, place)
VALUES (1, 0x00010203FF275C0A0D1A22, 0x000102, b'10000000001', '{"a": [1, "é", null]}', 12345678901234567890.0123456789, 0.1, 0.1, '2020-02-29', '2020-01-01 00:00:00.000001', '2020-01-01 00:00:00', 2020, '-838:59:59', 'a', 'x,z', POINT(1.5, -2)),
       (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
       (3, '', '', b'0', '[]', -0.0000000001, 1.7976931348623157e308, -3.4e38, '0000-00-00', '0000-00-00 00:00:00', '2038-01-19 03:14:07', 1901, '00:00:00', '', '', NULL),
       (4, REPEAT(0xC328, 40000), REPEAT(0xFF, 16), b'11111111111', '"\\u0000"', 0, 5e-324, 1e-38, '9999-12-31', '9999-12-31 23:59:59.999999', '1970-01-02 00:00:01', 2155, '12:34:56.789', 'it''s', 'x,y,z', POINT(0, 0)),
       (18446744073709551610, 0x27, NULL, NULL, NULL, NULL, NULL, NULL, '2019-00-00', NULL, NULL, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE `{prefix}practice_emoji` (
  id INT NOT NULL AUTO_INCREMENT,
  text_value TEXT NOT NULL,
  name VARCHAR(191) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY name_key (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='quote '' and \\ in a comment';

INSERT INTO `{prefix}practice_emoji` (text_value, name)
VALUES ('👍 thumbs 🏽', '👩‍👩‍👧'), ('line\nbreak\r\ttab \\ ''single'' "double" %s {brace}', 'é'), ('', 'É'), ('日本語 العربية', ' leading and trailing ');

CREATE TABLE `{prefix}practice_latin` (
  id INT NOT NULL,
  text_value VARCHAR(200) CHARACTER SET latin1 NOT NULL,
  `select` VARCHAR(20) DEFAULT 'it''s',
  `a column with spaces` INT DEFAULT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=latin1;

INSERT INTO `{prefix}practice_latin` (id, text_value) VALUES (1, 'Grüße, señor'), (2, _latin1 0xE9A4), (3, '');

CREATE TABLE `{prefix}practice_zero` (
  id INT NOT NULL AUTO_INCREMENT,
  parent_id INT DEFAULT NULL,
  PRIMARY KEY (id),
  CONSTRAINT `{prefix}practice_zero_parent` FOREIGN KEY (parent_id) REFERENCES `{prefix}practice_zero` (id) ON DELETE CASCADE
) ENGINE=InnoDB AUTO_INCREMENT=500;

SET sql_mode = CONCAT(@@sql_mode, ',NO_AUTO_VALUE_ON_ZERO');

INSERT INTO `{prefix}practice_zero` (id, parent_id) VALUES (0, NULL), (7, 0), (3, 7);

SET sql_mode = REPLACE(@@sql_mode, 'NO_AUTO_VALUE_ON_ZERO', '');

CREATE TABLE `{prefix}practice_nokey` (a INT, b VARCHAR(10)) ENGINE=InnoDB;

INSERT INTO `{prefix}practice_nokey` VALUES (1, 'x'), (1, 'x'), (NULL, NULL);

CREATE TABLE `{prefix}practice_empty` (id INT NOT NULL, PRIMARY KEY (id)) ENGINE=InnoDB;

CREATE TABLE `{prefix}practice_old` (id INT NOT NULL AUTO_INCREMENT, word VARCHAR(40), PRIMARY KEY (id), FULLTEXT KEY word_search (word)) ENGINE=MyISAM DEFAULT CHARSET=utf8;

INSERT INTO `{prefix}practice_old` (word) VALUES ('one'), ('zwei'), ('trois');

CREATE VIEW `{prefix}practice_contacts` AS SELECT l.id, l.email, c.companyname FROM `{prefix}leads` l LEFT JOIN `{prefix}companies_leads` x ON x.lead_id = l.id LEFT JOIN `{prefix}companies` c ON c.id = x.company_id;

CREATE VIEW `{prefix}a_practice_view` AS SELECT companyname, COUNT(*) AS contacts FROM `{prefix}practice_contacts` GROUP BY companyname;

CREATE TRIGGER `{prefix}practice_before_insert` BEFORE INSERT ON `{prefix}practice_emoji` FOR EACH ROW
BEGIN
  IF NEW.name = '' THEN
    SET NEW.name = CONCAT('nameless; ', UUID());
  END IF;
END;

CREATE PROCEDURE `{prefix}practice_points` (IN contact INT, OUT total INT)
BEGIN
  -- adds; nothing else
  SELECT SUM(points) INTO total FROM `{prefix}leads` WHERE id = contact;
END;

CREATE FUNCTION `{prefix}practice_greeting` (name VARCHAR(50) CHARACTER SET utf8mb4) RETURNS VARCHAR(80) CHARACTER SET utf8mb4 DETERMINISTIC
RETURN CONCAT('Hello ', name, '; 👍');

CREATE EVENT `{prefix}practice_cleanup` ON SCHEDULE EVERY 1 MONTH STARTS '2030-01-01 00:00:00' DISABLE DO
BEGIN
  DELETE FROM `{prefix}practice_nokey` WHERE a = -1;
END;
