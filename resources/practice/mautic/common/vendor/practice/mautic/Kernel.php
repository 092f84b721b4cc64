<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Practice\Mautic;

/** The site as the console and the web front start it: configuration, bundles, plugins, cache. */
abstract class Kernel
{
    private $root;
    private $environment = 'prod';
    private $configuration;
    private $database;
    private $services;

    /** $root: the site's app folder. */
    public function __construct(string $root)
    {
        $this->root = $root;
    }

    abstract public function version(): string;

    abstract public function versionLine(): string;

    /** Default cache_path, log_path, tmp_path and mailer_spool_path. */
    abstract protected function paths(): array;

    abstract public function cannotCreateCache(string $folder): string;

    /** What the mapping of this version wants otherwise than the schema file says. */
    abstract public function mapping(): array;

    public function isVersion3(): bool
    {
        return version_compare($this->version(), '3.0.0', '>=');
    }

    public function boot(string $environment): void
    {
        $this->environment = $environment;
        $this->configuration = new Configuration($this->root, $this->paths());
        $this->loadBundles();
        $this->services = self::serviceMap();
        $container = new Container($this);
        if (!$container->isWarm()) {
            $container->build($container->folder());
        } elseif (!$this->isVersion3()) {
            $this->configuration->useDatabase($container->database());
        }
    }

    public function root(): string
    {
        return $this->root;
    }

    public function environment(): string
    {
        return $this->environment;
    }

    public function configuration(): Configuration
    {
        return $this->configuration;
    }

    public function database(): Database
    {
        if (!$this->database) {
            $this->database = new Database($this->configuration->database(), $this->isVersion3());
        }
        return $this->database;
    }

    /** Appends to the site's log, as Mautic does: a PHP file that no browser can read. */
    public function log(string $line): void
    {
        $folder = $this->configuration->path('log_path');
        $file = $folder.'/mautic_'.$this->environment.'-'.date('Y-m-d').'.php';
        if (!is_dir($folder)) {
            @mkdir($folder, 0775, true);
        }
        $isNew = !is_file($file);
        $handle = @fopen($file, 'a');
        if (!$handle) {
            throw Failure::plain('UnexpectedValueException', 'The stream or file "'.$file.'" could not be opened: '
                .preg_replace('/^fopen\(.*?\): /', '', error_get_last()['message'] ?? ''),
                'StreamHandler.php line 108');
        }
        fwrite($handle, ($isNew ? '<?php die("access denied!"); ?>'."\n\n" : '')
            .'['.date('Y-m-d H:i:s').'] '.$line."\n");
        fclose($handle);
    }

    public function pluginFolders(): array
    {
        $folders = glob(dirname($this->root).'/plugins/*Bundle', GLOB_ONLYDIR);
        return $folders ?: [];
    }

    protected function bundles(): array
    {
        return ['Core', 'Lead', 'Email', 'Form', 'Page', 'User', 'Webhook', 'Plugin'];
    }

    private function loadBundles(): void
    {
        foreach ($this->bundles() as $name) {
            $class = 'Mautic\\'.$name.'Bundle\\Mautic'.$name.'Bundle';
            new $class();
        }
        foreach ($this->pluginFolders() as $folder) {
            foreach (glob($folder.'/*Bundle.php') ?: [] as $file) {
                $class = 'MauticPlugin\\'.basename($folder).'\\'.basename($file, '.php');
                new $class();
            }
        }
    }

    /** The real thing's services need memory at every start; some eight megabytes stand for them. */
    private static function serviceMap(): array
    {
        $services = [];
        for ($i = 0; $i < 2000; ++$i) {
            $services['mautic.service.'.$i] = str_repeat(chr(97 + $i % 26), 4000);
        }
        return $services;
    }
}
