// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/frontanswer.h"

#include "products/mautic/mauticerror.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace Banister {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Banister::FrontAnswer", text);
}

/// What a person would read of a page.
QString readable(const QByteArray &html)
{
    static const QRegularExpression invisible(u"<(script|style)\\b.*?</\\1>|<[^>]*>"_s,
                                              QRegularExpression::DotMatchesEverythingOption
                                                  | QRegularExpression::CaseInsensitiveOption);
    constexpr qsizetype Read = 64 << 10;
    QString text = QString::fromUtf8(html.left(Read));
    return text.replace(invisible, u" "_s).simplified();
}

} // namespace

std::optional<Error> judgeFront(const FrontAnswer &answer, const QString &address)
{
    constexpr int Redirections = 300;
    constexpr int ClientErrors = 400;
    constexpr int ServerErrors = 500;
    constexpr qsizetype Shown = 400;
    const QString text = readable(answer.body);
    const auto failed = [&](MauticFrontError code, const QString &fact) {
        return Error{code, fact, text.left(Shown), {}};
    };
    if (text.contains("does not support PHP version"_L1)) {
        return failed(
            MauticFrontError::PhpNotSupported,
            tr("%1 answers that Mautic does not support the PHP of the web server.").arg(address));
    }
    if (text.contains("Database connection error"_L1)) {
        return failed(MauticFrontError::DatabaseUnreachable,
                      tr("%1 answers that Mautic cannot reach its database.").arg(address));
    }
    if (answer.status >= ServerErrors) {
        return failed(MauticFrontError::PageFails,
                      tr("%1 answers with the error %2.").arg(address).arg(answer.status));
    }
    if (answer.status >= ClientErrors) {
        return failed(MauticFrontError::NotMautic,
                      tr("%1 answers with %2: no Mautic is published there.")
                          .arg(address)
                          .arg(answer.status));
    }
    // Not installed, Mautic leads to its installer.
    if (answer.location.contains("/installer"_L1)) {
        return failed(MauticFrontError::NotInstalled,
                      tr("%1 leads to Mautic's installer: Mautic does not find its configuration.")
                          .arg(address));
    }
    const bool isRedirection = answer.status >= Redirections;
    if (!isRedirection && !answer.body.contains("Mautic") && !answer.body.contains("mautic")) {
        return failed(MauticFrontError::NotMautic,
                      tr("%1 answers with a page that is not Mautic's.").arg(address));
    }
    return std::nullopt;
}

} // namespace Banister
