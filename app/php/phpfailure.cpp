// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "php/phpfailure.h"

#include "php/phperror.h"
#include "php/phpoutput.h"
#include "php/phprules.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

constexpr qsizetype LongestDetails = 4000;
constexpr qsizetype Surroundings = 500;

struct PhpFailureText
{
    Q_DECLARE_TR_FUNCTIONS(PhpFailure)
};

/// The errors' stream last: what is cut off is the beginning.
QString plainText(const ProcessResult &result)
{
    return plainConsoleText(result.standardOutput) + u'\n' + plainConsoleText(result.standardError);
}

/// The end of the text, with the place of the finding where that is not part of it.
QString excerpt(const QString &text, qsizetype offset)
{
    const auto start = std::max(qsizetype(0), text.size() - LongestDetails);
    const auto end = text.mid(start).trimmed();
    if (offset < 0 || offset >= start)
        return end;
    const auto from = std::max(qsizetype(0), offset - Surroundings);
    return text.mid(from, 2 * Surroundings).trimmed() + u"\n[...]\n"_s + end;
}

/// A shell gives 128 + signal for a program that a signal ended; 255 is PHP's own.
int signalOf(const ProcessResult &result)
{
    if (result.signal != 0)
        return result.signal;
    return result.exitCode > 128 && result.exitCode < 128 + 32 ? result.exitCode - 128 : 0;
}

QString crashFact(int signal)
{
    const auto *const name = sigabbrev_np(signal);
    return PhpFailureText::tr("PHP was ended by the signal %1 (%2).")
        .arg(QString::number(signal), name ? u"SIG"_s + QString::fromLatin1(name) : u"?"_s);
}

} // namespace

std::optional<Error> recognisePhpFailure(const ProcessResult &result, const QStringList &secrets)
{
    const auto text = plainText(result);
    auto found = findPhpFailure(text);
    const auto signal = signalOf(result);
    const bool isVague = !found || found->code == ErrorCode(PhpError::UncaughtException);
    if (signal != 0 && isVague)
        found = PhpFinding{PhpError::Crashed, crashFact(signal), -1};
    if (!found)
        return {};
    return Error{found->code,
                 withoutSecrets(found->fact, secrets),
                 withoutSecrets(excerpt(text, found->offset), secrets),
                 {}};
}

QString phpOutputForDetails(const ProcessResult &result, const QStringList &secrets)
{
    return withoutSecrets(excerpt(plainText(result), -1), secrets);
}

} // namespace Banister
