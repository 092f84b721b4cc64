// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QTextBrowser>

namespace Banister {

class ErrorCatalogue;
struct Explanation;

/// Tells a person about an error: what happened, why it probably did, what to do, how the site is.
class ExplanationView : public QTextBrowser
{
    Q_OBJECT

public:
    explicit ExplanationView(const ErrorCatalogue &catalogue, QWidget *parent = nullptr);

    /// The whole chain, with the evidence.
    void showError(const Error &error);
    void showCode(const ErrorCode &code);
    void showNothing();
    /// A step that has not failed.
    void showStep(const QString &title,
                  const QString &code,
                  const QString &text,
                  const QStringList &log);
    /// What is shown with code, facts and details, to be copied into a mail.
    const QString &plainReport() const { return m_report; }

private:
    static QString html(const Explanation &explanation);

    const ErrorCatalogue &m_catalogue;
    QString m_report;
};

} // namespace Banister
