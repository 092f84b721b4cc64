<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Practice\Mautic;

/** app/config/local.php with what overrides it; PHP itself reads the files. */
final class Configuration
{
    private const DEFAULTS = [
        'db_driver' => 'pdo_mysql', 'db_host' => '127.0.0.1', 'db_port' => 3306, 'db_name' => '',
        'db_user' => '', 'db_password' => '', 'db_table_prefix' => '', 'site_url' => '',
        'system_update_url' => '', 'theme' => 'blank',
    ];

    private $root;
    private $values;

    /** $root: the site's app folder; $paths: the defaults of cache_path and its like. */
    public function __construct(string $root, array $paths)
    {
        $this->root = $root;
        $this->values = array_merge(self::DEFAULTS, $paths, $this->read($this->localFile()),
            $this->read($root.'/config/parameters_local.php'));
    }

    public function localFile(): string
    {
        $root = $this->root;
        $paths = ['local_config' => '%kernel.root_dir%/config/local.php'];
        foreach (['paths.php', 'paths_local.php'] as $name) {
            if (is_file($root.'/config/'.$name)) {
                include $root.'/config/'.$name;
            }
        }
        return $this->expanded($paths['local_config']);
    }

    public function text(string $key): string
    {
        $value = $this->values[$key] ?? '';
        if (is_array($value)) {
            return '';
        }
        if (preg_match('/^getenv\((\w+)\)$/', (string) $value, $match)) {
            $value = getenv($match[1]);
        }
        return (string) $value;
    }

    public function path(string $key): string
    {
        return $this->expanded($this->text($key));
    }

    /** What the container of 2.x keeps until the cache is removed. */
    public function database(): array
    {
        $values = [];
        foreach (['db_driver', 'db_host', 'db_port', 'db_name', 'db_user', 'db_password',
            'db_table_prefix'] as $key) {
            $values[$key] = $this->text($key);
        }
        return $values;
    }

    public function useDatabase(array $values): void
    {
        $this->values = array_merge($this->values, $values);
    }

    private function expanded(string $path): string
    {
        return str_replace('%kernel.root_dir%', $this->root, $path);
    }

    private function read(string $file): array
    {
        $parameters = [];
        if (is_file($file)) {
            include $file;
        }
        return is_array($parameters) ? $parameters : [];
    }
}
