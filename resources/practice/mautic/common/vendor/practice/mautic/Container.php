<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Practice\Mautic;

/** The compiled site in the cache folder: built when it is missing, and by cache:clear. */
final class Container
{
    private const FILE = 'appProdProjectContainer.php';
    private const PARTS = ['annotations', 'doctrine', 'routing', 'translations', 'templates', 'validation'];

    private $kernel;

    public function __construct(Kernel $kernel)
    {
        $this->kernel = $kernel;
    }

    public function folder(): string
    {
        return $this->kernel->configuration()->path('cache_path').'/'.$this->kernel->environment();
    }

    public function isWarm(): bool
    {
        return is_file($this->folder().'/'.self::FILE);
    }

    /** The database parameters that were true when the container was built. */
    public function database(): array
    {
        $container = include $this->folder().'/'.self::FILE;
        return $container['database'];
    }

    public function build(string $folder): void
    {
        if (!class_exists('DOMDocument')) {
            throw Failure::plain('RuntimeException', 'Extension DOM is required.', 'XmlUtils.php line 40');
        }
        if (!is_dir($folder) && !@mkdir($folder, 0775, true)) {
            throw Failure::plain('RuntimeException', $this->kernel->cannotCreateCache($folder),
                'Kernel.php line 765');
        }
        $this->loadListeners();
        $compiled = ['version' => $this->kernel->version(),
            'database' => $this->kernel->isVersion3() ? [] : $this->kernel->configuration()->database()];
        foreach (self::PARTS as $part) {
            if (!is_dir($folder.'/'.$part)) {
                mkdir($folder.'/'.$part, 0775);
            }
            for ($i = 0; $i < 6; ++$i) {
                file_put_contents("$folder/$part/$i.php",
                    "<?php\n\nreturn '".str_repeat(md5($part.$i).' ', 200)."';\n");
            }
        }
        file_put_contents($folder.'/'.self::FILE, "<?php\n\nreturn ".var_export($compiled, true).";\n");
    }

    /** Compiling needs the definitions of all services at once: some 36 megabytes. */
    public static function compile(): int
    {
        $definitions = [];
        for ($i = 0; $i < 9000; ++$i) {
            $definitions[] = str_repeat(md5((string) $i), 125);
        }
        return array_sum(array_map('strlen', $definitions));
    }

    /** The container names every listener, so each class must load. */
    private function loadListeners(): void
    {
        foreach ($this->kernel->pluginFolders() as $plugin) {
            foreach (glob($plugin.'/EventListener/*.php') ?: [] as $file) {
                $class = 'MauticPlugin\\'.basename($plugin).'\\EventListener\\'.basename($file, '.php');
                $throws = function ($missing) use ($class) {
                    if ($missing !== $class) {
                        throw Failure::plain('ReflectionException', 'Class "'.$missing
                            .'" not found while loading "'.$class.'".', 'ClassExistenceResource.php line 181');
                    }
                };
                spl_autoload_register($throws);
                class_exists($class);
                spl_autoload_unregister($throws);
            }
        }
    }
}
