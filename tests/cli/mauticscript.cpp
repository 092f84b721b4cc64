// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/mauticscript.h"

#include <QDir>

namespace Banister {

namespace {

// What the script's functions do to files; the last argument says how far.
constexpr auto Program = R"php(<?php
[, $site, $package, $act] = $argv;
chdir($site);
const OLD = 'mautic-2-backup-files';
const FRESH = 'mautic-3-temp-files';

function must(bool $done, string $what): void
{
    if (!$done) {
        fwrite(STDERR, "$what failed\n");
        exit(1);
    }
}

function entries(string $folder): array
{
    return array_values(array_diff(scandir($folder), ['.', '..']));
}

/** Renames files one by one; folders are made anew, links are neither. */
function moveTree(string $from, string $to): void
{
    if (!is_dir($to)) {
        must(mkdir($to, 0777, true), "making $to");
    }
    foreach (entries($from) as $name) {
        if (filetype("$from/$name") === 'dir') {
            moveTree("$from/$name", "$to/$name");
        } elseif (filetype("$from/$name") === 'file') {
            must(rename("$from/$name", "$to/$name"), "moving $from/$name");
        }
    }
}

function bringBack(string $area): void
{
    foreach (entries(OLD . "/$area") as $name) {
        if (file_exists("$area/$name")) {
            continue;
        }
        if (is_dir(OLD . "/$area/$name")) {
            moveTree(OLD . "/$area/$name", "$area/$name");
        } else {
            must(copy(OLD . "/$area/$name", "$area/$name"), "copying $area/$name");
        }
    }
}

switch ($act) {
    case 'unpack':
        mkdir(FRESH);
        $zip = new ZipArchive();
        must($zip->open($package) === true && $zip->extractTo(FRESH), 'unpacking');
        copy($package, 'mautic-3-update-package.zip');
        file_put_contents('m3_upgrade_pending_phase_2.txt', '1');
        break;
    case 'moveSome':
    case 'move':
        $stays = [FRESH, OLD, 'upgrade_v3.php', 'm3_upgrade_db_backup.sql', 'upgrade_log.txt',
                  'm3_upgrade_pending_phase_2.txt'];
        @mkdir(OLD);
        $names = array_diff(entries('.'), $stays);
        if ($act === 'moveSome') {
            $names = array_slice($names, 0, intdiv(count($names), 2));
        }
        foreach ($names as $name) {
            must(rename($name, OLD . "/$name"), "moving $name");
        }
        break;
    case 'newTree':
        foreach (entries(FRESH) as $name) {
            must(rename(FRESH . "/$name", $name), "moving $name");
        }
        rename('.htaccess', '.htaccess.m3');
        copy(OLD . '/.htaccess', '.htaccess');
        foreach (glob(OLD . '/app/config/*local*.php') as $file) {
            must(copy($file, substr($file, strlen(OLD) + 1)), "copying $file");
        }
        unlink('m3_upgrade_pending_phase_2.txt');
        break;
    case 'plugins':
        bringBack('plugins');
        break;
    case 'userData':
        foreach (['plugins', 'themes', 'media/css', 'media/dashboards', 'media/files',
                  'media/images', 'media/js'] as $area) {
            bringBack($area);
        }
        break;
    case 'cleanUp':
        rmdir(FRESH);
        @mkdir('var');
        $hash = fn () => bin2hex(random_bytes(16));
        must(rename(OLD, 'var/' . OLD . '-' . $hash()), 'renaming the backup');
        if (is_file('m3_upgrade_db_backup.sql')) {
            rename('m3_upgrade_db_backup.sql', 'var/m3_upgrade_db_backup_' . $hash() . '.sql');
        }
        rename('upgrade_log.txt', 'var/upgrade_log_' . $hash() . '.txt');
        file_put_contents('var/m3_upgrade_backup_files_not_removed_yet.txt', 'x');
        break;
}
)php";

} // namespace

QString MauticScript::files(const QString &act) const
{
    m_scene.write(m_scene.folder("script.php"), Program);
    const auto &practice = m_scene.practice();
    return m_scene.sh(QString("'%1' script.php site '%2' %3")
                          .arg(practice.phpCommand, practice.packagePath, act));
}

QString MauticScript::runUntil(Stage stage)
{
    const auto &database = m_scene.practice().database;
    const auto dump =
        QString("MYSQL_PWD='%1' mysqldump --no-defaults --socket='%2' --user='%3' %4 > "
                "site/m3_upgrade_db_backup.sql && touch -d '2 minutes ago' "
                "site/m3_upgrade_db_backup.sql && echo '[x] Backing up' > site/upgrade_log.txt")
            .arg(database.password, database.socket, database.user, database.name);
    const auto migrate = QString("cd site && '%1' bin/console doctrine:migrations:migrate "
                                 "--no-interaction --env=prod --no-debug")
                             .arg(m_scene.practice().phpCommand);
    auto problem = m_scene.sh(dump);
    const auto act = [&](Stage needed, const QString &name) {
        if (problem.isEmpty() && stage >= needed)
            problem = files(name);
    };
    act(Stage::Dump, "unpack");
    act(Stage::SomeMoved, "moveSome");
    act(Stage::Moved, "move");
    act(Stage::NewTree, "newTree");
    if (problem.isEmpty() && stage >= Stage::Migrated)
        problem = m_scene.sh(migrate);
    act(Stage::SomeUserData, "plugins");
    act(Stage::UserData, "userData");
    act(Stage::Finished, "cleanUp");
    return problem;
}

QString MauticScript::dump() const
{
    const auto found = QDir(m_scene.site("var")).entryList({"m3_upgrade_db_backup_*.sql"});
    return found.isEmpty() ? QString("m3_upgrade_db_backup.sql") : "var/" + found.first();
}

QString MauticScript::backup() const
{
    const auto found = QDir(m_scene.site("var")).entryList({"mautic-2-backup-files-*"}, QDir::Dirs);
    return found.isEmpty() ? QString("mautic-2-backup-files") : "var/" + found.first();
}

} // namespace Banister
