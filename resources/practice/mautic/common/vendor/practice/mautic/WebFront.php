<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Practice\Mautic;

/** Enough of the web front to be probed: the sign-in page, or why there is none. */
final class WebFront
{
    private $kernel;

    public function __construct(Kernel $kernel)
    {
        $this->kernel = $kernel;
    }

    public static function refusePhp(string $minimum, string $maximum): bool
    {
        $isTooNew = version_compare(PHP_VERSION, $maximum, '>');
        if (!$isTooNew && version_compare(PHP_VERSION, $minimum, '>=')) {
            return false;
        }
        http_response_code(500);
        echo $isTooNew
            ? 'Mautic does not support PHP version '.PHP_VERSION.' at this time. To use Mautic, you will need to'
                .' downgrade to an earlier version.'
            : 'Your server does not meet the minimum PHP requirements. Mautic requires PHP '.$minimum.'.';
        return true;
    }

    public function answer(string $uri): void
    {
        try {
            $this->kernel->boot('prod');
            $database = $this->kernel->database();
            try {
                $database->connect();
            } catch (Failure $failure) {
                $this->offline('Database connection error (code #0)');
                return;
            }
            $columns = implode(', ', $this->kernel->usersColumns());
            $database->rows('SELECT '.$columns.' FROM '.$database->prefix().'users LIMIT 1');
        } catch (\Throwable $problem) {
            $this->offline('The site is currently offline due to encountering an error. If the problem persists,'
                .' please contact the system administrator. System administrators, check server logs for errors.');
            return;
        }
        $this->page($uri);
    }

    private function page(string $uri): void
    {
        $path = (string) parse_url($uri, PHP_URL_PATH);
        if (preg_match('~^(/index\.php)?/s/login$~', $path)) {
            echo "<!DOCTYPE html>\n<html><head><title>Mautic</title></head><body><h1>Practice site</h1>"
                ."<p>This is a practice site. There is nothing to sign in to.</p></body></html>\n";
        } elseif (preg_match('~^(/index\.php)?(/s/dashboard)?/?$~', $path, $match)) {
            $front = $this->kernel->isVersion3() ? '' : '/index.php';
            $target = $front.(isset($match[2]) ? '/s/login' : '/s/login');
            header('Location: '.$target, true, 302);
            echo '<!DOCTYPE html><html><head><title>Redirecting to '.$target.'</title></head></html>';
        } else {
            http_response_code(404);
            echo '<!DOCTYPE html><html><head><title>Page not found</title></head></html>';
        }
    }

    private function offline(string $why): void
    {
        http_response_code(500);
        echo "<!DOCTYPE html>\n<html><head><title>Site is offline</title></head><body><h1>Site is offline</h1><p>"
            .$why."</p></body></html>\n";
    }
}
