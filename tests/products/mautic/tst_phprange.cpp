// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/phprange.h"

#include <QTest>

using namespace Banister;

class tst_phprange : public QObject
{
    Q_OBJECT

private slots:
    void admits_data();
    void admits();
    void isShown_data();
    void isShown();
};

void tst_phprange::admits_data()
{
    QTest::addColumn<QString>("minimum");
    QTest::addColumn<QString>("maximum");
    QTest::addColumn<QString>("version");
    QTest::addColumn<bool>("isAdmitted");
    const auto row =
        [](const char *minimum, const char *maximum, const char *version, bool isAdmitted) {
            QTest::addRow("%s of %s to %s", version, minimum, maximum)
                << QString(minimum) << QString(maximum) << QString(version) << isAdmitted;
        };
    row("7.2.21", "7.3.99", "7.2.20", false);
    row("7.2.21", "7.3.99", "7.2.21", true);
    row("7.2.21", "7.3.99", "7.2.34", true);
    row("7.2.21", "7.3.99", "7.3.0", true);
    row("7.2.21", "7.3.99", "7.3.33", true);
    row("7.2.21", "7.3.99", "7.3.120", true);
    row("7.2.21", "7.3.99", "7.4.0", false);
    row("7.2.21", "7.3.99", "8.0.1", false);
    row("7.2.21", "7.3.99", "7.3.33-1+deb10u1", true);
    row("7.2.21", "7.3.999", "7.3.33", true);
    row("7.2.21", "7.3.999", "7.4.33", false);
    row("7.2.21", "7.3", "7.3.33", true);
    row("7.2.21", "7", "7.4.33", true);
    row("7.2.21", "7.99.99", "7.4.33", true);
    row("7.2.21", "7.4.9", "7.4.9", true);
    row("7.2.21", "7.4.9", "7.4.10", false);
    row("7.2.21", "", "8.3.0", true);
    row("", "8.0.99", "5.6.40", true);
    row("", "", "5.6.40", true);
    row("7.2.21", "7.3.99", "", false);
    row("7.2.21", "7.3.99", "no version", false);
}

void tst_phprange::admits()
{
    QFETCH(const QString, minimum);
    QFETCH(const QString, maximum);
    QFETCH(const QString, version);
    QTEST(PhpRange(minimum, maximum).admits(QVersionNumber::fromString(version)), "isAdmitted");
}

void tst_phprange::isShown_data()
{
    QTest::addColumn<PhpRange>("range");
    QTest::addColumn<QString>("text");
    QTest::newRow("both ends") << PhpRange("7.2.21", "7.3.99") << "7.2.21 – 7.3.x";
    QTest::newRow("exact end") << PhpRange("7.2.21", "7.3.33") << "7.2.21 – 7.3.33";
    QTest::newRow("open above") << PhpRange("7.2.21", "") << "≥ 7.2.21";
    QTest::newRow("open below") << PhpRange("", "8.0.99") << "≤ 8.0.x";
    QTest::newRow("open") << PhpRange() << "";
}

void tst_phprange::isShown()
{
    QFETCH(const PhpRange, range);
    QTEST(range.toString(), "text");
}

QTEST_GUILESS_MAIN(tst_phprange)
#include "tst_phprange.moc"
