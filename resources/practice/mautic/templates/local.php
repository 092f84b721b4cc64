<?php
$parameters = array(
	'db_driver' => 'pdo_mysql',
	'db_host' => '{db_host}',
	'db_table_prefix' => '{db_table_prefix}',
	'db_port' => {db_port},
	'db_name' => '{db_name}',
	'db_user' => '{db_user}',
	'db_password' => '{db_password}',
	'db_backup_tables' => false,
	'db_backup_prefix' => 'bak_',
	'db_server_version' => '5.5.5-10.1.44-MariaDB',
	'db_host_ro' => null,
	'mailer_from_name' => 'Ada Müller',
	'mailer_from_email' => 'news@example.org',
	'mailer_return_path' => null,
	'mailer_transport' => 'mail',
	'mailer_append_tracking_pixel' => true,
	'mailer_convert_embed_images' => false,
	'mailer_host' => null,
	'mailer_port' => null,
	'mailer_user' => null,
	'mailer_password' => null,
	'mailer_encryption' => null,
	'mailer_auth_mode' => null,
	'mailer_spool_type' => 'file',
	'mailer_spool_path' => '%kernel.root_dir%/spool',
	'secret_key' => '{secret_key}',
	'site_url' => '{site_url}',
	'image_path' => 'media/images',
	'upload_dir' => '%kernel.root_dir%/../media/files',
	'tmp_path' => '%kernel.root_dir%/cache',
	'cache_path' => '%kernel.root_dir%/cache',
	'log_path' => '%kernel.root_dir%/logs',
	'theme' => 'Mauve',
	'locale' => 'de',
	'default_timezone' => 'Europe/Berlin',
	'date_format_full' => 'F j, Y g:i a T',
	'date_format_timeonly' => 'g:i a',
	'default_pagelimit' => 30,
	'ip_lookup_service' => 'maxmind_download',
	'ip_lookup_auth' => null,
	'ip_lookup_config' => array(),
	'do_not_track_ips' => array(
		'192.0.2.1',
		'198.51.100.0/24'
	),
	'do_not_track_bots' => array(
		'MSNBOT',
		'it\'s a bot',
		'back\\slash'
	),
	'cors_restrict_domains' => true,
	'cors_valid_domains' => array(),
	'trusted_hosts' => null,
	'trusted_proxies' => null,
	'dev_hosts' => null,
	'rememberme_key' => '{rememberme_key}',
	'rememberme_lifetime' => 31536000,
	'rememberme_path' => '/',
	'api_enabled' => true,
	'api_enable_basic_auth' => false,
	'api_rate_limiter_limit' => 0,
	'api_rate_limiter_cache' => array(
		'type' => 'file_system'
	),
	'system_update_url' => 'https://updates.mautic.org/index.php?option=com_mauticdownload&task=checkUpdates',
	'update_stability' => 'stable',
	'cookie_path' => '/',
	'cookie_secure' => null,
	'cookie_httponly' => false,
	'track_by_fingerprint' => false,
	'track_by_tracking_url' => true,
	'track_contact_by_ip' => false,
	'webhook_start' => 0,
	'webhook_limit' => 10,
	'queue_mode' => 'immediate_process',
	'summernote_options' => array(
		'toolbar' => array(
			array(
				'style',
				array(
					'bold',
					'italic'
				)
			),
			array(
				'insert',
				array()
			)
		),
		'height' => 3.5,
		'lang' => null
	),
	// A key of this site's own plugin; nothing else knows it.
	'practice_greeting_text' => 'Hello "NAME", $5 & more — 👋',
	'practice_greeting_limits' => array(
		7 => 'seven',
		-1 => 'minus one',
		'nested' => array(
			'deep' => array(
				'deeper' => 1.0e-7
			)
		)
	),
);
