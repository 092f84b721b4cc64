// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <shared_mutex>
#include <vector>

namespace Banister {

/// Takes secrets out of text before it reaches a log, a report or a journal.
///
/// It knows the secrets it was told, in the forms that they take in PHP, SQL, JSON, URLs, HTML, shells
/// and base64, and recognises what looks like one (password=…, Authorization: …, a private key).
/// May be used, and told more secrets, by any number of threads.
class Redactor
{
public:
    static constexpr QLatin1StringView replacement{"[removed]"};

    Redactor() = default;
    Q_DISABLE_COPY_MOVE(Redactor)

    /// Empty secrets are ignored; shorter than four characters are removed as whole words only.
    void addSecret(const QString &secret);
    /// Removing twice gives the same as removing once.
    QString redact(const QString &text) const;

private:
    struct Form
    {
        QString text;
        bool isWholeWord = false;
    };

    mutable std::shared_mutex m_mutex;
    std::vector<Form> m_forms; ///< the longest first
};

} // namespace Banister
