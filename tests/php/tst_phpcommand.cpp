// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "php/commandline.h"
#include "php/phpcommand.h"
#include "php/phperror.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Banister;

class tst_phpcommand : public QObject
{
    Q_OBJECT

private slots:
    void readsCommandLines_data();
    void readsCommandLines();
    void refusesCommandLines_data();
    void refusesCommandLines();
    void writesCommandLinesAShellReads();
    void mapsPaths_data();
    void mapsPaths();
    void mapsPathsThroughLinks();
    void quotesForSshOnly_data();
    void quotesForSshOnly();
};

void tst_phpcommand::readsCommandLines_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("one word") << "php" << QStringList{"php"};
    QTest::newRow("words") << "  ssh  web1\tphp " << QStringList{"ssh", "web1", "php"};
    QTest::newRow("single quotes") << "'/opt/my php/bin/php' -d 'a=\"b\"'"
                                   << QStringList{"/opt/my php/bin/php", "-d", "a=\"b\""};
    QTest::newRow("double quotes") << R"("/opt/my php" "a\"b" "c\\d" "e\f")"
                                   << QStringList{"/opt/my php", "a\"b", "c\\d", "e\\f"};
    QTest::newRow("backslash") << R"(/opt/my\ php a\\b)" << QStringList{"/opt/my php", "a\\b"};
    QTest::newRow("quotes within a word") << R"(a'b c'd"e f")" << QStringList{"ab cde f"};
    QTest::newRow("empty word") << "php '' \"\"" << QStringList{"php", "", ""};
    QTest::newRow("no shell") << "php $HOME *.php | cat > x; ~"
                              << QStringList{"php", "$HOME", "*.php", "|", "cat", ">", "x;", "~"};
    QTest::newRow("not ASCII") << "'/srv/Größe é/php'" << QStringList{"/srv/Größe é/php"};
    QTest::newRow("backslash at the end") << "php a\\" << QStringList{"php", "a\\"};
}

void tst_phpcommand::readsCommandLines()
{
    QFETCH(const QString, text);
    const auto command = PhpCommand::fromText(text);
    QVERIFY(command.isOk());
    QTEST(command->command, "words");
    const auto again = PhpCommand::fromText(command->toText());
    QVERIFY(again.isOk());
    QCOMPARE(again->command, command->command);
}

void tst_phpcommand::refusesCommandLines_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << "";
    QTest::newRow("blanks") << " \t ";
    QTest::newRow("no program") << "'' x";
    QTest::newRow("open single quote") << "php 'a";
    QTest::newRow("open double quote") << "php \"a'";
}

void tst_phpcommand::refusesCommandLines()
{
    QFETCH(const QString, text);
    const auto command = PhpCommand::fromText(text);
    QVERIFY(command.isError());
    QCOMPARE(command.error().code, PhpError::CommandUnreadable);
}

void tst_phpcommand::writesCommandLinesAShellReads()
{
    const QStringList words{
        "printf", "%s\\n", "a b", "", "it's", "$HOME", "`x`", "a\nb", "é*?", "\\", "\"", "!", "-x"};
    QProcess shell;
    shell.start("sh", {"-c", joinCommandLine(words)});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(QString::fromUtf8(shell.readAllStandardOutput()), words.mid(2).join('\n') + "\n");
    QCOMPARE(*splitCommandLine(joinCommandLine(words)), words);
}

void tst_phpcommand::mapsPaths_data()
{
    QTest::addColumn<QString>("local");
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("expected");
    QTest::newRow("no mapping") << "/mnt/site"
                                << ""
                                << "/anywhere/x"
                                << "/anywhere/x";
    QTest::newRow("below") << "/mnt/site"
                           << "/var/www"
                           << "/mnt/site/app/console"
                           << "/var/www/app/console";
    QTest::newRow("itself") << "/mnt/site/"
                            << "/var/www/"
                            << "/mnt/site"
                            << "/var/www";
    QTest::newRow("not clean") << "/mnt/site"
                               << "/var/www"
                               << "/mnt/site/./a/../b"
                               << "/var/www/b";
    QTest::newRow("odd names") << "/mnt/my site é"
                               << "/var/www/die Größe"
                               << "/mnt/my site é/a b"
                               << "/var/www/die Größe/a b";
    QTest::newRow("root") << "/"
                          << "/chroot"
                          << "/app/console"
                          << "/chroot/app/console";
    QTest::newRow("neighbour") << "/mnt/site"
                               << "/var/www"
                               << "/mnt/site2/x" << QString();
    QTest::newRow("above") << "/mnt/site"
                           << "/var/www"
                           << "/mnt/site/../x" << QString();
}

void tst_phpcommand::mapsPaths()
{
    QFETCH(const QString, path);
    QFETCH(const QString, local);
    QFETCH(const QString, server);
    QFETCH(const QString, expected);
    const PhpCommand command{{"php"}, local, server, {}};
    const auto mapped = command.toServer(path);
    if (expected.isEmpty()) {
        QVERIFY(mapped.isError());
        QCOMPARE(mapped.error().code, PhpError::OutsideMapping);
        return;
    }
    QVERIFY(mapped.isOk());
    QCOMPARE(*mapped, expected);
    QCOMPARE(command.toLocal(*mapped), QDir::cleanPath(path));
}

void tst_phpcommand::mapsPathsThroughLinks()
{
    QTemporaryDir folder;
    QVERIFY(QDir().mkpath(folder.filePath("real")));
    QVERIFY(QFile::link(folder.filePath("real"), folder.filePath("link")));
    QVERIFY(QFile(folder.filePath("real/x.php")).open(QIODevice::WriteOnly));
    const PhpCommand command{{"php"}, folder.filePath("link"), "/srv", {}};
    QCOMPARE(*command.toServer(folder.filePath("real/x.php")), "/srv/x.php");
}

void tst_phpcommand::quotesForSshOnly_data()
{
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<bool>("isThroughShell");
    QTest::newRow("php") << QStringList{"/usr/bin/php"} << false;
    QTest::newRow("ssh") << QStringList{"ssh", "web1", "php"} << true;
    QTest::newRow("path of ssh") << QStringList{"/usr/bin/ssh", "-p", "2222", "web1", "php"}
                                 << true;
    QTest::newRow("sshpass") << QStringList{"sshpass", "-f", "file", "ssh", "web1", "php"} << true;
    QTest::newRow("docker") << QStringList{"docker", "exec", "-i", "web", "php"} << false;
    QTest::newRow("container of that name") << QStringList{"docker", "exec", "ssh", "php"} << false;
    QTest::newRow("sudo") << QStringList{"sudo", "-u", "www-data", "php"} << false;
    QTest::newRow("nothing") << QStringList() << false;
}

void tst_phpcommand::quotesForSshOnly()
{
    QFETCH(const QStringList, command);
    QFETCH(const bool, isThroughShell);
    const PhpCommand php{command, {}, {}, {"-d", "memory_limit=1G"}};
    QCOMPARE(php.isThroughShell(), isThroughShell);
    const auto tail = isThroughShell
                          ? QStringList{"-d", "memory_limit=1G", "'a b'", "'it'\\''s'", "''"}
                          : QStringList{"-d", "memory_limit=1G", "a b", "it's", ""};
    QCOMPARE(php.withArguments({"a b", "it's", ""}), command + tail);
}

QTEST_GUILESS_MAIN(tst_phpcommand)
#include "tst_phpcommand.moc"
