// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/databaseerror.h"
#include "database/scriptsplitter.h"

#include <QTest>

#include <algorithm>
#include <cstring>

using namespace Banister;

class tst_scriptsplitter : public QObject
{
    Q_OBJECT

private slots:
    void cutsScripts_data();
    void cutsScripts();
    void tellsWhereStatementsBegin();
    void refusesWhatDoesNotEnd_data();
    void refusesWhatDoesNotEnd();
    void readsWithoutBackslashEscapes();
    void limitsTheLengthOfAStatement();
    void holdsOneStatementAtATime();
    void passesTheSourcesErrorOn();
};

namespace {

// Gives a script away in pieces of the given size.
ByteSource source(const QByteArray &script, qint64 piece)
{
    return
        [script, piece, position = qsizetype(0)](char *to, qint64 size) mutable -> Result<qint64> {
            const auto count = std::min({size, piece, qint64(script.size() - position)});
            std::memcpy(to, script.constData() + position, size_t(count));
            position += count;
            return count;
        };
}

Result<QByteArrayList> cut(const QByteArray &script, qint64 piece, bool backslashEscapes = true)
{
    ScriptSplitter splitter(source(script, piece), {.backslashEscapes = backslashEscapes});
    QByteArrayList statements;
    while (true) {
        const auto statement = splitter.next();
        if (!statement)
            return statement.failure();
        if (!*statement)
            return statements;
        statements.append((*statement)->text);
    }
}

} // namespace

void tst_scriptsplitter::cutsScripts_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QByteArrayList>("statements");
    const auto row = [](const char *name, const char *script, const QByteArrayList &statements) {
        QTest::newRow(name) << QByteArray(script) << statements;
    };
    row("nothing", "", {});
    row("blanks and empty statements", " \r\n;;\n ; ", {});
    row("last without delimiter", "a; b", {"a", "b"});
    row("blanks inside are kept", " a \n b ;", {"a \n b"});
    row("strings", R"(a 'x;y' "z;" ; b)", {R"(a 'x;y' "z;")", "b"});
    row("quotes in strings",
        R"(a 'it''s;' "say ""x;""" 'a"b;' "a'b;"; b)",
        {R"(a 'it''s;' "say ""x;""" 'a"b;' "a'b;")", "b"});
    row("escapes", R"(a '\';' "\";" '\\'; b)", {R"(a '\';' "\";" '\\')", "b"});
    row("quoted names know no escapes", R"(a `x\`; b `y``;z`)", {R"(a `x\`)", "b `y``;z`"});
    row("newlines in strings", "a 'x;\ny'; b", {"a 'x;\ny'", "b"});
    row("comments before are left out", "-- x;\n# y;\n/* z; */ a; -- last", {"a"});
    row("comments behind are kept",
        "a /* end; */; b -- x;\n ; c",
        {"a /* end; */", "b -- x;", "c"});
    row("comments inside are kept",
        "a -- 'x;\n b # \";\n c /* ';` */ d; e",
        {"a -- 'x;\n b # \";\n c /* ';` */ d", "e"});
    row("two dashes without a blank are code", "SELECT 5--1; b", {"SELECT 5--1", "b"});
    row("two dashes at the end", "a; --", {"a"});
    row("division and stars", "a / b * c /d; e", {"a / b * c /d", "e"});
    row("comment marks in strings",
        "a '/*' ; b '-- ' ; c '#'; d '*/'",
        {"a '/*'", "b '-- '", "c '#'", "d '*/'"});
    row("stars before the end of a comment", "/***/ a; /* ** / **/ b;", {"a", "b"});
    row("slash after the opening is no end", "/*/ x; */ a;", {"a"});
    row("executable comments are code",
        "/*!40101 SET NAMES utf8 */; /*M!100101 SET x=';' */; b",
        {"/*!40101 SET NAMES utf8 */", "/*M!100101 SET x=';' */", "b"});
    row("comment in an executable comment",
        "/*!50003 a /* x; */ b */; c",
        {"/*!50003 a /* x; */ b */", "c"});
    row("sandbox line of newer dumps",
        "/*M!999999\\- enable the sandbox mode */ \na;",
        {"/*M!999999\\- enable the sandbox mode */ \na"});
    row("delimiter",
        "a;\nDELIMITER ;;\nCREATE TRIGGER t BEGIN x; y; END ;;\ndelimiter ;\nb; c",
        {"a", "CREATE TRIGGER t BEGIN x; y; END", "b", "c"});
    row("delimiter of several signs",
        "DELIMITER $$\na $ b; $$ c $$\nDELIMITER ;\nd",
        {"a $ b;", "c", "d"});
    row("delimiter with a tail and tabs", "\tDeLiMiTeR\t// ignored\r\na; b//c//", {"a; b", "c"});
    row("delimiter like a comment", "DELIMITER #\na#b#", {"a", "b"});
    row("delimiter inside a string",
        "DELIMITER //\na '//' \"//\" `//` // b",
        {"a '//' \"//\" `//`", "b"});
    row("delimiter is a name elsewhere",
        "SELECT delimiter FROM t; delimiters x; b",
        {"SELECT delimiter FROM t", "delimiters x", "b"});
    row("byte order mark", "\xEF\xBB\xBFSELECT 1; b", {"SELECT 1", "b"});
    row("umlauts and emoji", "a 'ü;😀'; b", {"a 'ü;😀'", "b"});
    QTest::newRow("zero bytes") << QByteArray("a 'x\0;y'; b\0c; d", 17)
                                << QByteArrayList{
                                       QByteArray("a 'x\0;y'", 8), QByteArray("b\0c", 3), "d"};
    const QByteArray big(700'000, 'x');
    QTest::newRow("larger than a block")
        << "a '" + big + ";'; b /*" + big + "*/ c; /*" + big + "*/ d"
        << QByteArrayList{"a '" + big + ";'", "b /*" + big + "*/ c", "d"};
}

// The pieces that a script is read in must not matter.
void tst_scriptsplitter::cutsScripts()
{
    QFETCH(const QByteArray, script);
    for (const qint64 piece : {qint64(1'000'000), qint64(1), qint64(2), qint64(3), qint64(7)}) {
        if (script.size() > 100'000 && piece < 100)
            continue;
        const auto statements = cut(script, piece);
        QVERIFY2(statements, statements.isOk() ? "" : qPrintable(statements.error().fact));
        QTEST(*statements, "statements");
    }
}

void tst_scriptsplitter::tellsWhereStatementsBegin()
{
    ScriptSplitter splitter(source("-- x\n a\n;\n/*\n*/ b; c", 1));
    const auto a = splitter.next();
    QVERIFY(a && *a);
    QCOMPARE((*a)->line, 2);
    QCOMPARE((*a)->offset, 6);
    const auto b = splitter.next();
    QVERIFY(b && *b);
    QCOMPARE((*b)->line, 5);
    QCOMPARE((*b)->offset, 16);
}

void tst_scriptsplitter::refusesWhatDoesNotEnd_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QString>("fact");
    QTest::newRow("string") << QByteArray("a;\nb 'x;") << "string";
    QTest::newRow("string that ends in a backslash") << QByteArray("a;\nb 'x\\") << "string";
    QTest::newRow("name") << QByteArray("a;\nb `x;") << "name";
    QTest::newRow("comment") << QByteArray("a;\n/* x; *") << "comment";
    QTest::newRow("delimiter") << QByteArray("a;\nDELIMITER \nb") << "DELIMITER";
    QTest::newRow("delimiter with a backslash") << QByteArray("a;\nDELIMITER \\\nb") << "DELIMITER";
}

void tst_scriptsplitter::refusesWhatDoesNotEnd()
{
    QFETCH(const QByteArray, script);
    QFETCH(const QString, fact);
    const auto statements = cut(script, 2);
    QVERIFY(statements.isError());
    QCOMPARE(statements.error().code, ErrorCode(DatabaseError::ScriptUnreadable));
    QVERIFY2(statements.error().fact.contains(fact), qPrintable(statements.error().fact));
    QVERIFY2(statements.error().fact.contains("line 2"), qPrintable(statements.error().fact));
}

void tst_scriptsplitter::readsWithoutBackslashEscapes()
{
    const auto statements = cut(R"(a '\'; b "\"; c)", 1, false);
    QVERIFY(statements);
    QCOMPARE(*statements, (QByteArrayList{R"(a '\')", R"(b "\")", "c"}));
}

void tst_scriptsplitter::limitsTheLengthOfAStatement()
{
    const auto script = "a; '" + QByteArray(3'000'000, 'x') + "'";
    ScriptSplitter splitter(source(script, 1'000'000), {.longestStatement = 1'000'000});
    QVERIFY(splitter.next());
    const auto second = splitter.next();
    QVERIFY(second.isError());
    QCOMPARE(second.error().code, ErrorCode(DatabaseError::ScriptUnreadable));
}

// An endless script is read no further than the statement needs.
void tst_scriptsplitter::holdsOneStatementAtATime()
{
    qint64 read = 0;
    ScriptSplitter splitter([&read](char *to, qint64 size) -> Result<qint64> {
        for (qint64 i = 0; i < size; ++i)
            to[i] = (read + i) % 1000 == 999 ? ';' : 'x';
        read += size;
        return size;
    });
    for (int i = 0; i < 10'000; ++i) {
        const auto statement = splitter.next();
        QVERIFY(statement && *statement);
        QCOMPARE((*statement)->text.size(), 999);
        QVERIFY(read - (*statement)->offset < 2'000'000);
    }
}

void tst_scriptsplitter::passesTheSourcesErrorOn()
{
    ScriptSplitter splitter([](char *, qint64) -> Result<qint64> {
        return Error{DatabaseError::ScriptUnreadable, "The disk is gone.", {}, {}};
    });
    const auto statement = splitter.next();
    QVERIFY(statement.isError());
    QCOMPARE(statement.error().fact, "The disk is gone.");
}

QTEST_GUILESS_MAIN(tst_scriptsplitter)
#include "tst_scriptsplitter.moc"
