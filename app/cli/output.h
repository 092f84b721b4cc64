// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/errorcatalogue.h"

#include <QJsonObject>
#include <QString>

namespace Banister {

/// What the commands print: text for people, or JSON on standard output and people's text on
/// standard error.
class Output
{
public:
    Output(bool isJson, ErrorCatalogue catalogue)
        : m_isJson(isJson)
        , m_catalogue(std::move(catalogue))
    {}

    bool isJson() const { return m_isJson; }
    /// A line for a person; with --json on standard error.
    void say(const QString &line) const;
    /// A JSON document on one line; only with --json.
    void json(const QJsonObject &document) const;
    /// The code, what happened, why, and what to do.
    void explain(const Error &error) const;
    void explain(const Explanation &explanation) const;

    const ErrorCatalogue &catalogue() const { return m_catalogue; }

private:
    bool m_isJson;
    ErrorCatalogue m_catalogue;
};

QJsonObject toJson(const Explanation &explanation);

} // namespace Banister
