// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "base/result.h"

#include <QHash>
#include <QStringList>

namespace Banister {

Q_NAMESPACE

enum class CatalogueError { Unreadable, BadEntry };
Q_ENUM_NS(CatalogueError)

/// What state an error leaves the site in.
enum class SiteState { Intact, Recoverable, Works, Unknown };
Q_ENUM_NS(SiteState)

/// What a person is told about an error code. Texts are translated.
struct Explanation
{
    ErrorCode code;
    QString title;      ///< a noun phrase: "Database backup failed"
    QString meaning;    ///< what happened, in a sentence or two
    QStringList causes; ///< the likeliest first
    QStringList actions;
    SiteState site = SiteState::Intact;
    QString siteText; ///< a sentence on the site's state
    QStringList links;
};

/// The explanations of all error codes, read from JSON files (resources/errors), one a room:
/// {"DatabaseError.DumpFailed": {"title": …, "meaning": …, "causes": […], "actions": […],
///  "site": "intact"|"recoverable"|"works"|"unknown", "links": […]}}. Unknown keys are errors.
class ErrorCatalogue
{
public:
    /// Reads every *.json in the folder. Errors name file and entry.
    static Result<ErrorCatalogue> load(const QString &folder = QStringLiteral(":/errors"));

    /// Translated into the present language; null where the code has no entry.
    const Explanation *find(const ErrorCode &code) const;
    /// The explanations of the whole chain, top first; codes without an entry are left out.
    QList<Explanation> explain(const Error &error) const;
    /// Sorted by name.
    QStringList codes() const;

private:
    QHash<QString, Explanation> m_explanations;
};

} // namespace Banister
