// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/result.h"

#include <QTest>

using namespace Banister;

class tst_result : public QObject
{
    Q_OBJECT

private slots:
    void passesFailuresOn();
    void keepsTheChainOfErrors();
    void survivesJson();
};

static Result<int> stopped()
{
    return Cancelled{};
}

static Result<int> broken()
{
    return Error{ErrorCode::fromString("DiskError.Full"), "The disk is full.", "ENOSPC", {}};
}

static Result<QString> describe(const Result<int> &number)
{
    if (!number)
        return because({ErrorCode::fromString("DumpFailed"), "The dump failed.", {}, {}},
                       number.failure());
    return QString::number(*number);
}

void tst_result::passesFailuresOn()
{
    QVERIFY(describe(stopped()).isCancelled());
    QVERIFY(describe(broken()).isError());
    QCOMPARE(*describe(7), "7");
}

void tst_result::keepsTheChainOfErrors()
{
    const auto result = describe(broken());
    QCOMPARE(result.error().code.toString(), "DumpFailed");
    QCOMPARE(result.error().root().code.toString(), "DiskError.Full");
    QVERIFY(result.error().has(ErrorCode::fromString("DiskError.Full")));
    QCOMPARE(factsOf(result.error()), "The dump failed.\nThe disk is full.");
}

void tst_result::survivesJson()
{
    const auto error = describe(broken()).error();
    const auto copy = Error::fromJson(error.toJson());
    QCOMPARE(copy.code, error.code);
    QCOMPARE(copy.root().details, "ENOSPC");
}

QTEST_GUILESS_MAIN(tst_result)
#include "tst_result.moc"
