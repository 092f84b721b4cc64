// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "php/phparray.h"
#include "php/phperror.h"
#include "php/phporacle.h"
#include "php/readablefiles.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Banister;

/// Reading: the real PHP says what is right.
class tst_phparray : public QObject
{
    Q_OBJECT

private slots:
    void readsAsPhpDoes_data();
    void readsAsPhpDoes();
    void resolvesTheEnvironment_data();
    void resolvesTheEnvironment();
    void keepsExpressions();
    void readsTheFirstArrayOnly();
    void namesLineAndColumn_data();
    void namesLineAndColumn();
    void keepsSecretsOutOfErrors_data();
    void keepsSecretsOutOfErrors();
    void refusesWhatPhpRefuses_data();
    void refusesWhatPhpRefuses();

private:
    QTemporaryDir m_folder;
};

void tst_phparray::readsAsPhpDoes_data()
{
    QTest::addColumn<QByteArray>("php");
    QTest::addColumn<QByteArray>("exported");
    QByteArrayList texts;
    const auto files = readableFiles();
    for (const auto &each : files)
        texts.append(each.php);
    const auto exported = PhpOracle::exported(texts, m_folder.path());
    for (qsizetype i = 0; i < files.size(); ++i)
        QTest::newRow(files.at(i).name.constData()) << texts.at(i) << exported.at(i);
}

void tst_phparray::readsAsPhpDoes()
{
    QFETCH(const QByteArray, php);
    const auto file = PhpArrayFile::parse(php, "local.php");
    QVERIFY2(file.isOk(), file.isOk() ? "" : qPrintable(file.error().fact));
    QTEST(PhpValue(file->values()).toPhp(), "exported");
    QCOMPARE(file->toPhp(), php);
}

void tst_phparray::resolvesTheEnvironment_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("exported");
    const QByteArrayList sources{R"(getenv('BANISTER_NAME'))",
                                 R"(getenv("BANISTER_NAME"))",
                                 R"(\getenv( 'BANISTER_NAME' ))",
                                 R"(GetEnv('BANISTER_NAME', true))",
                                 R"(getenv('BANISTER_UNSET'))",
                                 R"(getenv('BANISTER_UNSET') . 'x')",
                                 R"('a-' . getenv('BANISTER_NAME') . '-b')",
                                 R"(getenv('BANISTER_UNSET') ?: 'default')",
                                 R"(getenv('BANISTER_EMPTY') ?: ['a'])",
                                 R"(getenv('BANISTER_NAME') ?: 'default')",
                                 R"((getenv('BANISTER_UNSET') ?: getenv('BANISTER_NAME')))",
                                 R"(['inner' => getenv('BANISTER_NAME')])",
                                 R"(__DIR__ . '/../x')",
                                 R"(__dir__)",
                                 R"(__FILE__)",
                                 R"(dirname(__FILE__) . '/x')",
                                 R"(dirname(__DIR__))",
                                 R"(dirname(dirname(__DIR__)) . PHP_EOL)",
                                 R"(dirname(__DIR__, 2))"};
    QByteArrayList files;
    for (const auto &source : sources)
        files.append(fileWith("'v' => " + source));
    const auto exported = PhpOracle::exported(files, m_folder.path());
    for (qsizetype i = 0; i < files.size(); ++i) {
        // The oracle's files have numbers for names.
        auto expected = exported.at(i);
        expected.replace('/' + QByteArray::number(i) + ".php", "/local.php");
        QTest::newRow(sources.at(i).constData()) << sources.at(i) << expected;
    }
}

void tst_phparray::resolvesTheEnvironment()
{
    QFETCH(const QByteArray, source);
    QProcessEnvironment environment;
    environment.insert("BANISTER_NAME", "from outside");
    environment.insert("BANISTER_EMPTY", "");
    const auto read =
        PhpArrayFile::parse(fileWith("'v' => " + source), m_folder.filePath("local.php"));
    QVERIFY2(read.isOk(), read.isOk() ? "" : qPrintable(read.error().fact));
    const PhpValue resolved = PhpArray{{"v", read->resolved("v", environment)}};
    QTEST(resolved.toPhp(), "exported");
    QVERIFY(read->toPhp().contains(source));
}

void tst_phparray::keepsExpressions()
{
    QProcessEnvironment environment;
    environment.insert("DB_HOST", "db1");
    const auto read = PhpArrayFile::parse(
        fileWith("'a' => getenv( 'DB_HOST' ), 'b' => 'getenv(DB_HOST)', 'c' => 'x "
                 "getenv(NONE) y', 'd' => ['getenv(DB_HOST)']"),
        "local.php");
    QVERIFY(read.isOk());
    QVERIFY(read->value("a").isExpression());
    QCOMPARE(read->value("a").toPhp(), "getenv( 'DB_HOST' )");
    QCOMPARE(read->resolved("a", environment).toString(), "db1");
    // A text is Mautic's own form: the variable's text takes the place of all of it.
    QVERIFY(read->value("b").isString());
    QCOMPARE(read->resolved("b", environment).toString(), "db1");
    QCOMPARE(read->resolved("c", environment), PhpValue(""));
    QCOMPARE(read->resolved("d", environment).toArray().find("0")->toString(), "getenv(DB_HOST)");
}

void tst_phparray::readsTheFirstArrayOnly()
{
    const QByteArray php =
        "<?php\n$paths = array(\n    'local_config' => '%kernel.root_dir%/config/local.php',\n);\n"
        "if (file_exists(__DIR__.'/x')) {\n    include __DIR__.'/x';\n}\n$paths = "
        "array_merge($paths, []);\n";
    QVERIFY(PhpArrayFile::parse(php, "paths.php").isError());
    auto first = PhpArrayFile::parse(php, "paths.php", PhpArrayFile::Extent::FirstArray);
    QVERIFY(first.isOk());
    QCOMPARE(first->variable(), "paths");
    QCOMPARE(first->value("local_config").toString(), "%kernel.root_dir%/config/local.php");
    first->set("themes", "t");
    QVERIFY(first->toPhp().contains("    'themes' => 't',\n);\nif (file_exists"));
    QVERIFY(first->toPhp().endsWith("$paths = array_merge($paths, []);\n"));
}

struct Malformed
{
    const char *name;
    QByteArray php;
    int line;
    int column;
    const char *found; ///< part of the message
};

static QList<Malformed> malformedFiles()
{
    return {
        {"nothing", "", 1, 1, "the end of the file"},
        {"only the tag", "<?php\n", 2, 1, "the end of the file"},
        {"no tag", "\n$parameters = [];", 1, 1, "“<?php”"},
        {"HTML", "<html></html>", 1, 1, "“<”"},
        {"echo tag", "<?= 1 ?>", 1, 1, "“<?php”"},
        {"tag without blank", "<?php$parameters = [];", 1, 6, "a blank"},
        {"HTML behind", "<?php $parameters = [];\n?>\n<p>", 3, 1, "the end of the file"},
        {"second tag", "<?php $parameters = [];\n?>\n<?php $x = 1;", 3, 1, "the end of the file"},
        {"no semicolon", "<?php\n$parameters = []\n", 3, 1, "“;”"},
        {"no array", "<?php\n$parameters = 5;", 2, 15, "an array"},
        {"text returned", "<?php return 'x';", 1, 14, "an array"},
        {"other variable", "<?php\n$parameters = [];\n$other = [];", 3, 1, "“$other”"},
        {"array_merge", "<?php\n$p = array_merge([], []);", 2, 6, "“array_merge”"},
        {"if", "<?php\nif (true) { $parameters = []; }", 2, 1, "“if”"},
        {"include", "<?php\n$parameters = [];\ninclude 'x.php';", 3, 1, "“include”"},
        {"function call as value",
         "<?php\n$parameters = [\n  'a' => phpversion(),\n];",
         3,
         10,
         "“phpversion”"},
        {"missing comma",
         "<?php\n$parameters = array(\n  'a' => 1\n  'b' => 2\n);",
         4,
         3,
         "a text"},
        {"missing arrow", "<?php\n$parameters = array(\n  'a' 1,\n);", 3, 7, "a number"},
        {"semicolon for comma", "<?php\n$parameters = array(\n  'a' => 1;\n);", 3, 11, "“;”"},
        {"array not closed",
         "<?php\n$parameters = array(\n  'a' => 1,\n",
         4,
         1,
         "the end of the file"},
        {"array closed twice", "<?php $parameters = array());", 1, 28, "“)”"},
        {"mixed brackets", "<?php $parameters = array('a'];", 1, 30, "“]”"},
        {"text not closed", "<?php\n$parameters = [\n  'a' => 'b,\n];", 3, 10, "does not end"},
        {"double-quoted text not closed",
         "<?php\n$parameters = [\n  'a' => \"b,\n];",
         3,
         10,
         "does not end"},
        {"comment not closed", "<?php\n/* x\n$parameters = [];", 2, 1, "does not end"},
        {"variable in text", "<?php\n$parameters = [\n\t'é' => \"ab$c\",\n];", 3, 12, "a variable"},
        {"variable in heredoc", "<?php $parameters = [<<<X\nab $c\nX\n];", 2, 4, "a variable"},
        {"heredoc not closed", "<?php $parameters = [<<<X\nab\n];", 1, 22, "does not end"},
        {"indented heredoc", "<?php $parameters = [<<<X\n  ab\n  X\n];", 1, 22, "7.3"},
        {"heredoc without name", "<?php $parameters = [<<<\nX];", 1, 22, "without the name"},
        {"attribute or comment", "<?php $parameters = [\n#['a' => 1],\n];", 2, 1, "“#[”"},
        {"part of a text",
         "<?php $parameters = ['a' => 'b'];\n$parameters['a']['c'] = 1;",
         2,
         1,
         "no array"},
        {"joined assignment", "<?php $parameters['a'] .= 'b';", 1, 24, "“.”"},
        {"after CRLF", "<?php\r\n$parameters = [\r\n  x\r\n];", 3, 3, "“x”"},
        {"after CR", "<?php\r$parameters = [\r  x\r];", 3, 3, "“x”"},
        {"after a byte order mark", "\xef\xbb\xbf<?php x", 1, 7, "“x”"},
    };
}

/// What stands alone in an array, in a file of one line.
struct MalformedValue
{
    const char *name;
    QByteArray php;
    int column; ///< of php, not of the file
    const char *found;
};

static QList<MalformedValue> malformedValues()
{
    return {
        {"variable as value", "'a' => $b", 8, "“$b”"},
        {"superglobal", "'a' => $_ENV['x']", 8, "“$_ENV”"},
        {"object", "'a' => new Foo", 8, "“new”"},
        {"cast", "'a' => (object) ['b' => 1]", 9, "“object”"},
        {"exported object", "'a' => \\Foo::__set_state(array())", 8, "“\\”"},
        {"unknown constant", "'a' => E_ALL", 8, "“E_ALL”"},
        {"missing value", "'a' => ", 8, "“]”"},
        {"missing value before comma", "'a' => , 'b' => 1", 8, "“,”"},
        {"two commas", "1,,2", 3, "“,”"},
        {"braced variable in text", "\"a{$b}\"", 3, "a variable"},
        {"dollar brace in text", "\"a${b}\"", 3, "a variable"},
        {"bad character escape", R"("\u{zz}")", 2, "\\u{…}"},
        {"too large character", R"("\u{110000}")", 2, "\\u{…}"},
        {"bad octal", "089", 1, "octal"},
        {"bad hexadecimal", "0x", 1, "a number is not complete"},
        {"letters behind a number", "12ab", 1, "a number is not complete"},
        {"two underscores", "1__0", 1, "a number is not complete"},
        {"two minus signs", "--7", 1, "“-”"},
        {"minus minus", "1--7", 3, "“-”"},
        {"division", "4 / 2", 3, "“/”"},
        {"calculation with a text", "1 + 'a'", 8, "a calculation"},
        {"calculation too large", "9223372036854775807 + 1", 24, "a calculation"},
        {"dot and plus", "'a' . 1 + 2", 7, "PHP 7 and 8"},
        {"dot and array", "'a' . []", 7, "“.”"},
        {"dot and float", "'a' . 1.5", 7, "“.”"},
        {"default of a fixed value", "'a' ?: 'b'", 1, "“?:”"},
        {"ternary", "true ? 1 : 2", 6, "“?”"},
        {"spread", "...[1]", 1, "“.”"},
        {"reference", "&$a", 1, "“&”"},
        {"array as key", "[] => 1", 1, "a key"},
        {"variable of the environment as key", "getenv('A') => 1", 1, "a key"},
        {"getenv without name", "getenv()", 8, "the name of an environment variable"},
        {"control character", "\x01", 1, "code 1"},
        {"column counts characters", "'é漢😀' => x", 10, "“x”"},
    };
}

void tst_phparray::namesLineAndColumn_data()
{
    QTest::addColumn<QByteArray>("php");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("found");
    const auto files = malformedFiles();
    for (const auto &each : files)
        QTest::newRow(each.name) << each.php << each.line << each.column << QString(each.found);
    const QByteArray before = "<?php $parameters = [";
    const auto values = malformedValues();
    for (const auto &each : values)
        QTest::newRow(each.name) << before + each.php + "];" << 1
                                 << int(before.size()) + each.column << QString(each.found);
}

void tst_phparray::namesLineAndColumn()
{
    QFETCH(const QByteArray, php);
    QFETCH(const int, line);
    QFETCH(const int, column);
    QFETCH(const QString, found);
    const auto file = PhpArrayFile::parse(php, "/srv/site/local.php");
    QVERIFY(file.isError());
    QCOMPARE(file.error().code, PhpError::ArrayUnreadable);
    const auto place = QString("/srv/site/local.php, line %1, column %2: ").arg(line).arg(column);
    QVERIFY2(file.error().fact.startsWith(place), qPrintable(file.error().fact));
    QVERIFY2(file.error().fact.contains(found), qPrintable(file.error().fact));
}

void tst_phparray::keepsSecretsOutOfErrors_data()
{
    QTest::addColumn<QByteArray>("values");
    QTest::newRow("no quotes") << QByteArray("'db_password' => s3cret,");
    QTest::newRow("no first quote") << QByteArray("'db_password' => s3cret',");
    QTest::newRow("no last quote of the key") << QByteArray("'db_password => 's3cret',");
    QTest::newRow("quote in the password") << QByteArray("'db_password' => 'it's3cret',");
    QTest::newRow("variable in the password") << QByteArray("'db_password' => \"a$s3cret\",");
    QTest::newRow("variable alone") << QByteArray("'db_password' => $s3cret,");
    QTest::newRow("statement") << QByteArray("); $parameters['secret_key'] = s3cret; array(");
}

void tst_phparray::keepsSecretsOutOfErrors()
{
    QFETCH(const QByteArray, values);
    const auto read = PhpArrayFile::parse(fileWith(values), "local.php");
    QVERIFY(read.isError());
    const auto text = read.error().fact + read.error().details;
    QVERIFY2(!text.contains("s3cret"), qPrintable(text));
}

void tst_phparray::refusesWhatPhpRefuses_data()
{
    QTest::addColumn<QByteArray>("php");
    // Whatever PHP cannot read either must not be read as something.
    QByteArrayList mutants;
    const auto files = readableFiles();
    quint32 random = 1;
    auto next = [&random](qsizetype below) {
        random = random * 1664525U + 1013904223U;
        return qsizetype(random >> 8U) % below;
    };
    const QByteArrayList pieces{
        "'", "\"", ",", ")", "(", "=>", "[", "]", ";", "$", "1", ".", "-", "//", "/*", "?>", "\\"};
    for (int i = 0; i < 600; ++i) {
        auto php = files.at(next(files.size())).php;
        const auto at = 6 + next(php.size() - 6);
        if (next(2))
            php.insert(at, pieces.at(next(pieces.size())));
        else
            php.remove(at, 1 + next(2));
        mutants.append(php);
    }
    const auto exported = PhpOracle::exported(mutants, m_folder.path());
    for (qsizetype i = 0; i < mutants.size(); ++i) {
        const auto read = PhpArrayFile::parse(mutants.at(i), "local.php");
        if (read && PhpValue(read->values()).toPhp() != exported.at(i))
            QTest::newRow(mutants.at(i).constData()) << exported.at(i);
    }
    QTest::newRow("all the others") << QByteArray();
}

void tst_phparray::refusesWhatPhpRefuses()
{
    QFETCH(const QByteArray, php);
    QVERIFY2(php.isEmpty(), php.constData());
}

QTEST_GUILESS_MAIN(tst_phparray)
#include "tst_phparray.moc"
