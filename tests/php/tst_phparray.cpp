// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "php/phparray.h"
#include "php/phperror.h"
#include "php/phporacle.h"

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

static QByteArray file(const QByteArray &values)
{
    return "<?php\n$parameters = array(" + values + ");\n";
}

static QList<std::pair<QByteArray, QByteArray>> readableFiles()
{
    QList<std::pair<QByteArray, QByteArray>> files;
    auto value = [&files](const QByteArray &name, const QByteArray &source) {
        files.append({name, file("'v' => " + source)});
    };
    auto whole = [&files](const QByteArray &name, const QByteArray &source) {
        files.append({name, source});
    };
    for (const auto *word :
         {"null", "NULL", "Null", "true", "TRUE", "True", "false", "FALSE", "\\TRUE", "\\null"})
        value(QByteArray("constant ") + word, word);
    for (const auto *number : {"0",
                               "7",
                               "-7",
                               "+7",
                               "- 7",
                               "- -7",
                               "-+7",
                               "0x1F",
                               "0X1f",
                               "-0x10",
                               "0b101",
                               "0B11",
                               "017",
                               "00",
                               "0o17",
                               "0O7",
                               "1_000_000",
                               "0x1_F",
                               "0b1_0",
                               "0_7",
                               "9223372036854775807",
                               "9223372036854775808",
                               "-9223372036854775808",
                               "-9223372036854775807-1",
                               "0x7FFFFFFFFFFFFFFF",
                               "0x8000000000000000",
                               "0xFFFFFFFFFFFFFFFFFF",
                               "0777777777777777777777777",
                               "99999999999999999999999",
                               "60 * 60 * 24",
                               "60*60+1",
                               "10 - 3 - 2",
                               "2 + 3 * 4",
                               "(2 + 3) * 4",
                               "-(2 + 3)",
                               "-2 * -3",
                               "PHP_INT_MAX",
                               "PHP_INT_MIN"})
        value(QByteArray("integer ") + number, number);
    for (const auto *number : {"1.5",
                               "-1.5",
                               ".5",
                               "1.",
                               "1e3",
                               "1E3",
                               "1e+3",
                               "1.5e-7",
                               "1E25",
                               "0.1",
                               "0.0",
                               "-0.0",
                               "1e15",
                               "1e16",
                               "1e17",
                               "1e18",
                               "123456789.12345678",
                               "0.0001",
                               "0.00001",
                               "1e308",
                               "1e999",
                               "-1e999",
                               "5e-324",
                               "INF",
                               "-INF",
                               "NAN",
                               "1_0.2_5",
                               "3.141592653589793",
                               "100.0",
                               "1e100",
                               "2.5e-5",
                               "1e-10",
                               "12345678901234567.0",
                               "0.1e1"})
        value(QByteArray("float ") + number, number);
    for (const auto *text : {R"('')",
                             R"("")",
                             R"('a')",
                             R"('it\'s')",
                             R"('back\\slash')",
                             R"('back\slash')",
                             R"('\n')",
                             R"('end\\')",
                             R"("\n\r\t\v\e\f")",
                             R"("\\ \$ \"")",
                             R"("\x41\x4a\x4")",
                             R"("\101\7\400\0")",
                             R"("\u{e9}\u{1F600}\u{41}")",
                             R"("\u{7ff}\u{800}\u{ffff}\u{10FFFF}\u{d800}")",
                             R"("\q \' \8")",
                             R"("a $ b $1 $")",
                             R"("{ } {a}")",
                             R"("\{$")",
                             R"("\\$")",
                             R"("\x")",
                             R"("\u")",
                             R"("tab	in")",
                             "'two\nlines'",
                             "\"two\nlines\"",
                             "'two\r\nlines'",
                             R"('"')",
                             R"("'")",
                             R"('$a {$b} ${c}')",
                             R"('?>')",
                             R"('/* no */ // # comment')",
                             R"('é 漢字 😀')",
                             R"('a' . 'b')",
                             R"('a'.'b'."c")",
                             R"('a' . 1 . 'b')",
                             R"(1 . 2)",
                             R"('a' . true . null . false . 'b')",
                             R"('a' . "\0" . 'b')",
                             R"('a' . PHP_EOL)",
                             R"(('a' . 'b') . 'c')",
                             R"('a' . -1)",
                             R"('a' . (1 + 2))",
                             R"('a' /* between */ . // more
 'b')",
                             R"(DIRECTORY_SEPARATOR . 'x')",
                             R"(stdClass::class)",
                             R"(\Foo\Bar::class)",
                             R"('012')",
                             R"('%kernel.root_dir%/x')"})
        value(QByteArray("text ") + text, text);
    value("bytes that are no UTF-8", "'\xff\xfe\x80'");
    value("NUL in single quotes", QByteArray("'a\0b'", 5));
    value("nowdoc", "<<<'END'\na $b {$c} \\n\nEND\n");
    value("heredoc", "<<<END\na \\$b \\x41 \\\" \"\nEND\n");
    value("heredoc with quoted name", "<<<\"END\"\nsecond ENDING\nEND\n");
    value("empty heredoc", "<<<END\nEND\n");
    value("heredoc with empty line", "<<< END\n\n\nEND\n");
    value("nowdoc with CRLF", "<<<'END'\r\na\r\nb\r\nEND\r\n");
    for (const auto *array : {"array()",
                              "[]",
                              "array( )",
                              "Array(1)",
                              "ARRAY(1,2)",
                              "array (\n)",
                              "[1, 2, 3,]",
                              "['a', 'b' => 'c', 'd']",
                              "[5 => 'a', 'b', 2 => 'c', 'd']",
                              "['5' => 'a', 'b']",
                              "['05' => 'a', 'b']",
                              "[-5 => 'a']",
                              "[true => 'a', false => 'b', null => 'c']",
                              "[1.7 => 'a', -1.7 => 'b']",
                              "['a' => 1, 'a' => 2]",
                              "['a' => 1, 'b' => 2, 'a' => 3]",
                              "[1 => 'a', '1' => 'b']",
                              "[[[[[]]]]]",
                              "array(array(array()))",
                              "['a' => ['b' => ['c' => null]]]",
                              "['a' . 'b' => 1]",
                              "[1 + 1 => 2]",
                              "['-0' => 1, '-1' => 2, '+1' => 3, '1 ' => 4]",
                              "['9223372036854775808' => 1]",
                              "['é' => 1]",
                              "['' => 1]",
                              R"(['a\'b' => 1, "c\td" => 2])",
                              "[ /* c */ 1 /* d */ , // e\n 2 # f\n ]",
                              "['x'=>1,'y'=>2]",
                              "[\"0\" => 'zero', 'next']",
                              "['a' => array('b', 'c'), array('d')]",
                              "(array(1))",
                              "[9223372036854775806 => 'a', 'b']"})
        value(QByteArray("array ") + array, array);
    whole("returned array", "<?php return array('a' => 1);");
    whole("returned short array",
          "<?php\n\nreturn [\n    'parameters' => ['database_host' => '127.0.0.1'],\n];\n");
    whole("returned variable", "<?php $parameters = ['a' => 1]; return $parameters;");
    whole("with closing tag", "<?php $parameters = array('a' => 1); ?>");
    whole("with closing tag and line", "<?php $parameters = array('a' => 1);\n?>\n\n");
    whole("closing tag instead of semicolon", "<?php $parameters = array('a' => 1) ?>\n");
    whole("byte order mark", "\xef\xbb\xbf<?php $parameters = array('a' => 1);");
    whole("CRLF", "<?php\r\n$parameters = array(\r\n\t'a' => 1,\r\n\t'b' => 'x',\r\n);\r\n");
    whole("CR only", "<?php\r$parameters = array(\r'a' => 1, // c\r'b' => 2);");
    whole("tag in capitals", "<?PHP $parameters = [1];");
    whole("comments everywhere",
          "<?php // a\n# b\n/* c */ /** d */ $parameters /* e */ = /* f */ array /* g */ ( /* h */ "
          "'a' /* i */ => /* j */ 1 /* k */, /* l */ ) /* m */; // n");
    whole("comment that ends with the tag", "<?php $parameters = [1]; // x ?>\n");
    whole("strict types", "<?php\ndeclare(strict_types=1);\n$parameters = ['a' => 1];");
    whole("empty statements", "<?php ;; $parameters = ['a' => 1];;");
    whole("later statement",
          "<?php $parameters = ['a' => 1];\n$parameters['b'] = 2;\n$parameters['a'] = 'new';");
    whole("nested statements",
          "<?php $parameters = ['a' => ['x' => 1]];\n$parameters['a']['y'] = "
          "2;\n$parameters['b']['c']['d'] = 3;");
    whole("appending statements",
          "<?php $parameters = ['a' => []];\n$parameters[] = 'x';\n$parameters['a'][] = "
          "'y';\n$parameters['n'][][] = 1;");
    whole("statements only", "<?php\n$parameters['a'] = 'b';\n$parameters[\"c\"] = ['d'];\n");
    whole("array set twice", "<?php $parameters = ['a' => 1, 'b' => 2]; $parameters = ['c' => 3];");
    whole("null becomes an array", "<?php $parameters = ['a' => null]; $parameters['a']['b'] = 1;");
    whole("as var_export prints it",
          "<?php\n$parameters = array (\n  'a' => 'b',\n  'c' => \n  array (\n    0 => 1,\n    1 "
          "=> \n    array (\n    ),\n  ),\n  'd' => NULL,\n);\n");
    whole("as an installer writes it",
          "<?php\n$parameters = array(\n\t'db_driver' => 'pdo_mysql',\n\t'db_host' => "
          "'localhost',\n\t'db_port' => 3306,\n\t'db_password' => "
          "'p\\'w\\\\d',\n\t'mailer_from_name' => 'Zoë',\n\t'api_enabled' => "
          "false,\n\t'trusted_hosts' => array(\n\n\t),\n\t'cors_valid_domains' => array(\n\t\t'0' "
          "=> 'https://a.example',\n\t),\n);\n");
    return files;
}

void tst_phparray::readsAsPhpDoes_data()
{
    QTest::addColumn<QByteArray>("php");
    QTest::addColumn<QByteArray>("exported");
    QByteArrayList texts;
    const auto files = readableFiles();
    for (const auto &each : files)
        texts.append(each.second);
    const auto exported = PhpOracle::exported(texts, m_folder.path());
    for (qsizetype i = 0; i < files.size(); ++i)
        QTest::newRow(files.at(i).first.constData()) << texts.at(i) << exported.at(i);
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
        files.append(file("'v' => " + source));
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
    const auto read = PhpArrayFile::parse(file("'v' => " + source), m_folder.filePath("local.php"));
    QVERIFY2(read.isOk(), read.isOk() ? "" : qPrintable(read.error().fact));
    const PhpValue resolved = PhpArray{{"v", read->resolved("v", environment)}};
    QTEST(resolved.toPhp(), "exported");
    QVERIFY(read->toPhp().contains(source));
}

void tst_phparray::keepsExpressions()
{
    QProcessEnvironment environment;
    environment.insert("DB_HOST", "db1");
    const auto read =
        PhpArrayFile::parse(file("'a' => getenv( 'DB_HOST' ), 'b' => 'getenv(DB_HOST)', 'c' => 'x "
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
        {"variable as value", "<?php $parameters = ['a' => $b];", 1, 29, "“$b”"},
        {"superglobal", "<?php $parameters = ['a' => $_ENV['x']];", 1, 29, "“$_ENV”"},
        {"object", "<?php $parameters = ['a' => new Foo];", 1, 29, "“new”"},
        {"cast", "<?php $parameters = ['a' => (object) ['b' => 1]];", 1, 30, "“object”"},
        {"exported object",
         "<?php $parameters = ['a' => \\Foo::__set_state(array())];",
         1,
         29,
         "“\\”"},
        {"unknown constant", "<?php $parameters = ['a' => E_ALL];", 1, 29, "“E_ALL”"},
        {"missing comma",
         "<?php\n$parameters = array(\n  'a' => 1\n  'b' => 2\n);",
         4,
         3,
         "a text"},
        {"missing arrow", "<?php\n$parameters = array(\n  'a' 1,\n);", 3, 7, "a number"},
        {"semicolon for comma", "<?php\n$parameters = array(\n  'a' => 1;\n);", 3, 11, "“;”"},
        {"missing value", "<?php $parameters = ['a' => ];", 1, 29, "“]”"},
        {"missing value before comma", "<?php $parameters = ['a' => , 'b' => 1];", 1, 29, "“,”"},
        {"two commas", "<?php $parameters = [1,,2];", 1, 24, "“,”"},
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
        {"braced variable in text", "<?php $parameters = [\"a{$b}\"];", 1, 24, "a variable"},
        {"dollar brace in text", "<?php $parameters = [\"a${b}\"];", 1, 24, "a variable"},
        {"variable in heredoc", "<?php $parameters = [<<<X\nab $c\nX\n];", 2, 4, "a variable"},
        {"heredoc not closed", "<?php $parameters = [<<<X\nab\n];", 1, 22, "does not end"},
        {"indented heredoc", "<?php $parameters = [<<<X\n  ab\n  X\n];", 1, 22, "7.3"},
        {"heredoc without name", "<?php $parameters = [<<<\nX];", 1, 22, "without the name"},
        {"bad character escape", R"(<?php $parameters = ["\u{zz}"];)", 1, 23, "\\u{…}"},
        {"too large character", R"(<?php $parameters = ["\u{110000}"];)", 1, 23, "\\u{…}"},
        {"bad octal", "<?php $parameters = [089];", 1, 22, "octal"},
        {"bad hexadecimal", "<?php $parameters = [0x];", 1, 22, "a number is not complete"},
        {"letters behind a number",
         "<?php $parameters = [12ab];",
         1,
         22,
         "a number is not complete"},
        {"two underscores", "<?php $parameters = [1__0];", 1, 22, "a number is not complete"},
        {"two minus signs", "<?php $parameters = [--7];", 1, 22, "“-”"},
        {"minus minus", "<?php $parameters = [1--7];", 1, 24, "“-”"},
        {"division", "<?php $parameters = [4 / 2];", 1, 24, "“/”"},
        {"calculation with a text", "<?php $parameters = [1 + 'a'];", 1, 29, "a calculation"},
        {"calculation too large",
         "<?php $parameters = [9223372036854775807 + 1];",
         1,
         45,
         "a calculation"},
        {"dot and plus", "<?php $parameters = ['a' . 1 + 2];", 1, 28, "PHP 7 and 8"},
        {"dot and array", "<?php $parameters = ['a' . []];", 1, 28, "“.”"},
        {"dot and float", "<?php $parameters = ['a' . 1.5];", 1, 28, "“.”"},
        {"default of a fixed value", "<?php $parameters = ['a' ?: 'b'];", 1, 22, "“?:”"},
        {"ternary", "<?php $parameters = [true ? 1 : 2];", 1, 27, "“?”"},
        {"spread", "<?php $parameters = [...[1]];", 1, 22, "“.”"},
        {"reference", "<?php $parameters = [&$a];", 1, 22, "“&”"},
        {"attribute or comment", "<?php $parameters = [\n#['a' => 1],\n];", 2, 1, "“#[”"},
        {"array as key", "<?php $parameters = [[] => 1];", 1, 22, "a key"},
        {"variable of the environment as key",
         "<?php $parameters = [getenv('A') => 1];",
         1,
         22,
         "a key"},
        {"getenv without name",
         "<?php $parameters = [getenv()];",
         1,
         29,
         "the name of an environment variable"},
        {"part of a text",
         "<?php $parameters = ['a' => 'b'];\n$parameters['a']['c'] = 1;",
         2,
         1,
         "no array"},
        {"joined assignment", "<?php $parameters['a'] .= 'b';", 1, 24, "“.”"},
        {"control character", "<?php $parameters = [\x01];", 1, 22, "code 1"},
        {"after CRLF", "<?php\r\n$parameters = [\r\n  x\r\n];", 3, 3, "“x”"},
        {"after CR", "<?php\r$parameters = [\r  x\r];", 3, 3, "“x”"},
        {"after a byte order mark", "\xef\xbb\xbf<?php x", 1, 7, "“x”"},
        {"column counts characters", "<?php $parameters = ['é漢😀' => x];", 1, 31, "“x”"},
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
    const auto read = PhpArrayFile::parse(file(values), "local.php");
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
        auto php = files.at(next(files.size())).second;
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
