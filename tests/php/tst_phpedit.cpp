// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "php/phparray.h"
#include "php/phporacle.h"

#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace Banister;

/// Editing: what is not edited stays byte for byte, and PHP reads the new values.
class tst_phpedit : public QObject
{
    Q_OBJECT

private slots:
    void sets_data();
    void sets();
    void removes_data();
    void removes();
    void editsAsPhpWould();
    void tellsTheChanges();
    void survivesDamagedFiles();
};

static PhpArrayFile parsed(const QByteArray &php)
{
    auto file = PhpArrayFile::parse(php, "local.php");
    if (!file)
        qFatal("%s\n%s", qPrintable(file.error().fact), php.constData());
    return *std::move(file);
}

void tst_phpedit::sets_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<PhpValue>("value");
    QTest::addColumn<QByteArray>("after");
    auto row = [](const char *name,
                  const QByteArray &before,
                  const QByteArray &key,
                  const PhpValue &value,
                  const QByteArray &after) {
        QTest::newRow(name) << before << key << value << after;
    };
    row("replaces a value",
        "<?php\n// top\n$p = array(\n\t'a' => 'x', // one\n\t'b'=>2,\n);\n",
        "a",
        "it's",
        "<?php\n// top\n$p = array(\n\t'a' => 'it\\'s', // one\n\t'b'=>2,\n);\n");
    row("leaves an equal value alone",
        R"(<?php $p = array("a" => "x");)",
        "a",
        "x",
        R"(<?php $p = array("a" => "x");)");
    row("replaces by an array",
        "<?php\n$p = array(\n\t'a' => 'x',\n\t'b' => 2\n);\n",
        "a",
        PhpArray{{"adapter", "file"}, {"on", true}},
        "<?php\n$p = array(\n\t'a' => array (\n\t\t'adapter' => 'file',\n\t\t'on' => "
        "true,\n\t),\n\t'b' => 2\n);\n");
    row("replaces an array",
        "<?php return [\n  'a' => [ // inside\n    1,\n  ],\n  'b' => null,\n];",
        "a",
        PhpArray(),
        "<?php return [\n  'a' => array (\n  ),\n  'b' => null,\n];");
    row("replaces the last of two",
        "<?php $p = ['a' => 1, 'a' => 2];",
        "a",
        3,
        "<?php $p = ['a' => 1, 'a' => 3];");
    row("adds behind a comma",
        "<?php\n$p = array(\n    'a' => 1, // one\n    // end\n);\n",
        "b",
        nullptr,
        "<?php\n$p = array(\n    'a' => 1, // one\n    'b' => NULL,\n    // end\n);\n");
    row("adds where the comma is missing",
        "<?php\n$p = array(\n    'a' => 1 // one\n);\n",
        "b",
        1.5,
        "<?php\n$p = array(\n    'a' => 1, // one\n    'b' => 1.5,\n);\n");
    row("adds to one line",
        "<?php $p = ['a' => 1];",
        "b",
        false,
        "<?php $p = ['a' => 1, 'b' => false];");
    row("adds to one line with a comma",
        "<?php $p = ['a' => 1, ];",
        "b",
        false,
        "<?php $p = ['a' => 1, 'b' => false, ];");
    row("adds with CRLF",
        "<?php\r\n$p = array(\r\n\t'a' => 1,\r\n);\r\n",
        "b",
        PhpArray{{"0", 1}},
        "<?php\r\n$p = array(\r\n\t'a' => 1,\r\n\t'b' => array (\r\n\t\t0 => 1,\r\n\t),\r\n);\r\n");
    row("adds to an empty array",
        "<?php\n$p = array();\n",
        "a",
        1,
        "<?php\n$p = array(\n  'a' => 1,\n);\n");
    row("adds to an empty array of two lines",
        "<?php\n$p = array(\n);\n",
        "a",
        1,
        "<?php\n$p = array(\n  'a' => 1,\n);\n");
    row("adds to an array with a comment only",
        "<?php\n$p = [\n  // none\n];\n",
        "a",
        1,
        "<?php\n$p = [\n  // none\n  'a' => 1,\n];\n");
    row("replaces in a later statement",
        "<?php\n$p = ['a' => 1];\n$p['a'] = 2; // now\n",
        "a",
        3,
        "<?php\n$p = ['a' => 1];\n$p['a'] = 3; // now\n");
    row("adds to statements only",
        "<?php\n$p['a'] = 1;\n// end\n",
        "b",
        "x",
        "<?php\n$p['a'] = 1;\n$p['b'] = 'x';\n// end\n");
    row("takes away what was set of it later",
        "<?php\n$p = ['a' => []];\n$p['a']['b'] = 2;\n$p['c'] = 1;\n",
        "a",
        3,
        "<?php\n$p = ['a' => 3];\n$p['c'] = 1;\n");
    row("replaces the entry without a key",
        "<?php $p = ['x', 'y'];",
        "1",
        "z",
        "<?php $p = ['x', 'z'];");
    row("replaces getenv",
        "<?php $p = ['a' => getenv('A'), 'b' => 1];",
        "a",
        "z",
        "<?php $p = ['a' => 'z', 'b' => 1];");
    row("keeps a byte order mark",
        "\xef\xbb\xbf<?php $p = ['a' => 1] ?>\n",
        "a",
        2,
        "\xef\xbb\xbf<?php $p = ['a' => 2] ?>\n");
}

void tst_phpedit::sets()
{
    QFETCH(const QByteArray, before);
    QFETCH(const QByteArray, key);
    QFETCH(const PhpValue, value);
    auto file = parsed(before);
    file.set(key, value);
    QTEST(file.toPhp(), "after");
    QCOMPARE(file.value(key), value);
}

void tst_phpedit::removes_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("after");
    auto row = [](const char *name, const QByteArray &before, const QByteArray &after) {
        QTest::newRow(name) << before << QByteArray("a") << after;
    };
    row("a line with its comment",
        "<?php\n$p = array(\n  // about a\n  'a' => 1, // one\n  'b' => 2,\n);\n",
        "<?php\n$p = array(\n  // about a\n  'b' => 2,\n);\n");
    row("the last line without a comma",
        "<?php\n$p = array(\n  'b' => 2,\n  'a' => 1\n);\n",
        "<?php\n$p = array(\n  'b' => 2,\n);\n");
    row("an array over lines",
        "<?php\n$p = array(\n  'a' => array(\n    1,\n  ),\n  'b' => 2,\n);\n",
        "<?php\n$p = array(\n  'b' => 2,\n);\n");
    row("within a line",
        "<?php $p = ['x' => 0, 'a' => 1, 'b' => 2];",
        "<?php $p = ['x' => 0, 'b' => 2];");
    row("the end of a line", "<?php $p = ['x' => 0, 'a' => 1];", "<?php $p = ['x' => 0, ];");
    row("the only one", "<?php $p = ['a' => 1];", "<?php $p = [];");
    row("with CRLF",
        "<?php\r\n$p = [\r\n  'a' => 1,\r\n  'b' => 2,\r\n];",
        "<?php\r\n$p = [\r\n  'b' => 2,\r\n];");
    row("all of it",
        "<?php\n$p = ['a' => 1, 'b' => 2, 'a' => 3];\n$p['a'] = [];\n$p['a']['x'] = 5;\n",
        "<?php\n$p = ['b' => 2, ];\n");
    row("a statement", "<?php\n$p['b'] = 1;\n$p['a'] = 2;\n", "<?php\n$p['b'] = 1;\n");
    row("nothing", "<?php $p = ['b' => 1];", "<?php $p = ['b' => 1];");
    row("two on a line of two lines",
        "<?php $p = [\n 'a' => 1, 'b' => 2,\n];",
        "<?php $p = [\n 'b' => 2,\n];");
    QTest::newRow("an entry without a key moves the rest")
        << QByteArray("<?php $p = ['x', 'y', 'z'];") << QByteArray("1")
        << QByteArray("<?php $p = array (\n  0 => 'x',\n  2 => 'z',\n);");
}

void tst_phpedit::removes()
{
    QFETCH(const QByteArray, before);
    QFETCH(const QByteArray, key);
    auto file = parsed(before);
    file.remove(key);
    QTEST(file.toPhp(), "after");
    QVERIFY(!file.contains(key));
}

/// Files in a person's many styles; the seed makes them the same each time.
class Generator
{
public:
    explicit Generator(unsigned seed)
        : m_random(seed)
    {}

    int below(int limit) { return int(m_random() % unsigned(limit)); }

    QByteArray oneOf(const QByteArrayList &list) { return list.at(below(int(list.size()))); }

    QByteArray text()
    {
        QByteArray bytes;
        for (int i = below(9); i > 0; --i)
            bytes += oneOf({"a",
                            "'",
                            "\\",
                            "\"",
                            "$",
                            "\n",
                            "é",
                            " ",
                            "\t",
                            "{",
                            "0",
                            "\\'",
                            "%",
                            "?>",
                            "//",
                            "\x80"});
        return bytes;
    }

    PhpValue value(int depth = 0)
    {
        switch (below(depth < 3 ? 8 : 6)) {
        case 0:
            return {};
        case 1:
            return below(2) == 1;
        case 2:
            return qint64(m_random()) * (below(2) ? -1 : 1) * (below(2) ? 1 : 1000000007);
        case 3:
            return (below(2000) - 1000) / 7.0 * (below(2) ? 1 : 1e20);
        case 4:
        case 5:
            return text();
        default:
            PhpArray array;
            for (int i = below(4); i > 0; --i) {
                if (below(2))
                    array.append(value(depth + 1));
                else
                    array.insert(text(), value(depth + 1));
            }
            return array;
        }
    }

    QByteArray blank()
    {
        return oneOf({" ", "\n\t", "  ", " /* c */ ", "\n// line\n    ", "\n", "", " # x\n"});
    }

    QByteArray file(int entries)
    {
        const bool isShort = below(2);
        auto php = QByteArray("<?php\n") + oneOf({"", "/* head */\n", "// head\n\n"})
                   + oneOf({"$parameters = ", "return "}) + (isShort ? "[" : "array(");
        for (int i = 0; i < entries; ++i) {
            php += blank() + "'key" + QByteArray::number(i) + "'" + blank() + "=>" + blank()
                   + value().toPhp() + blank();
            if (i + 1 < entries || below(2))
                php += "," + blank();
        }
        return php + (isShort ? "]" : ")") + oneOf({";\n", ";", " ;\n// end\n", ";\n?>\n"});
    }

private:
    std::mt19937 m_random;
};

static QByteArray withoutBlanks(QByteArray text)
{
    return text.replace(" ", "").replace("\t", "").replace("\n", "");
}

void tst_phpedit::editsAsPhpWould()
{
    QTemporaryDir folder;
    Generator generator(42);
    QByteArrayList files;
    QByteArrayList expected;
    for (int i = 0; i < 250; ++i) {
        const auto php = generator.file(generator.below(8));
        auto file = parsed(php);
        auto values = file.values();
        files.append(php);
        expected.append(PhpValue(values).toPhp());
        for (int edit = generator.below(4); edit >= 0; --edit) {
            const auto before = file.toPhp();
            const auto key = "key" + QByteArray::number(generator.below(10));
            const bool isRemoval = generator.below(4) == 0;
            if (isRemoval) {
                file.remove(key);
                values.remove(key);
            } else {
                const auto value = generator.value();
                const auto old = values.find(key) ? values.find(key)->toPhp() : QByteArray();
                file.set(key, value);
                values.insert(key, value);
                // Everything but the value is as before.
                const auto after = file.toPhp();
                qsizetype same = 0;
                while (same < std::min(before.size(), after.size())
                       && before.at(same) == after.at(same))
                    ++same;
                qsizetype tail = 0;
                while (tail < std::min(before.size(), after.size()) - same
                       && before.at(before.size() - tail - 1) == after.at(after.size() - tail - 1))
                    ++tail;
                const auto changed = before.mid(same, before.size() - same - tail);
                // Where a comma was missing, a comment may lie between the two additions.
                const auto most = old.isEmpty() ? qsizetype(8) : withoutBlanks(old).size();
                QVERIFY2(withoutBlanks(changed).size() <= most,
                         (before + "\n----\n" + after).constData());
            }
            QCOMPARE(file.values(), values);
        }
        files.append(file.toPhp());
        expected.append(PhpValue(values).toPhp());
    }
    const auto exported = PhpOracle::exported(files, folder.path());
    for (qsizetype i = 0; i < files.size(); ++i)
        QVERIFY2(exported.at(i) == expected.at(i),
                 (files.at(i) + "\n" + exported.at(i) + "\n" + expected.at(i)).constData());
}

void tst_phpedit::tellsTheChanges()
{
    const auto before = parsed("<?php $p = ['a' => 1, 'b' => 'x', 'c' => [1], 'd' => null];");
    auto after = before;
    after.set("e", "new");
    after.remove("b");
    after.set("a", "1");
    after.set("d", nullptr);
    const auto changes = changesBetween(before.values(), after.values());
    QCOMPARE(changes.size(), 3);
    QCOMPARE(changes.at(0).key, "a");
    QCOMPARE(*changes.at(0).before, PhpValue(1));
    QCOMPARE(*changes.at(0).after, PhpValue("1"));
    QCOMPARE(changes.at(1).key, "b");
    QVERIFY(!changes.at(1).after);
    QCOMPARE(changes.at(2).key, "e");
    QVERIFY(!changes.at(2).before);
}

/// Whatever stands in a file: a result or an error with a place inside of it, and no crash.
void tst_phpedit::survivesDamagedFiles()
{
    Generator generator(7);
    const QByteArrayList pieces{"'",           "\"",
                                "<<<A\n",      "\nA\n",
                                "array(",      "[",
                                "]",           ")",
                                "=>",          ",",
                                "-",           "(",
                                "?>",          "/*",
                                "*/",          "\\u{",
                                "$",           "{$",
                                "0x",          "1e",
                                "\xff",        QByteArray(1, '\0'),
                                ".",           "?:",
                                "getenv('A')", "dirname(",
                                "__DIR__",     "::class",
                                ";",           "#["};
    int readable = 0;
    for (int i = 0; i < 6000; ++i) {
        auto php = generator.file(3);
        for (int damage = generator.below(4); damage >= 0; --damage) {
            const auto at = generator.below(int(php.size()) + 1);
            if (generator.below(3))
                php.insert(at, generator.oneOf(pieces));
            else
                php.remove(at, generator.below(30));
        }
        auto file = PhpArrayFile::parse(php, "local.php");
        if (!file) {
            QVERIFY(!file.error().fact.isEmpty());
            continue;
        }
        ++readable;
        auto values = file->values();
        file->set("key1", "x");
        values.insert("key1", "x");
        file->remove("key0");
        values.remove("key0");
        QCOMPARE(file->values(), values);
    }
    QVERIFY(readable > 200);
    for (const auto *deep : {"[", "array(", "(", "- ", "1 . (", "'a' => ["}) {
        const auto php = "<?php return [" + QByteArray(deep).repeated(100000);
        QVERIFY(PhpArrayFile::parse(php, "deep.php").isError());
    }
}

QTEST_GUILESS_MAIN(tst_phpedit)
#include "tst_phpedit.moc"
