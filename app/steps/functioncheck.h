// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/check.h"

#include <functional>

namespace Banister {

/// A check whose face is data and whose question is one function.
class FunctionCheck : public Check
{
public:
    using Ask = std::function<Finding(Monitor &)>;

    FunctionCheck(QString code, QString title, Ask ask)
        : m_code(std::move(code))
        , m_title(std::move(title))
        , m_ask(std::move(ask))
    {}
    QString code() const override { return m_code; }
    QString title() const override { return m_title; }
    Finding run(Monitor &monitor) override { return m_ask(monitor); }

private:
    QString m_code;
    QString m_title;
    Ask m_ask;
};

inline Finding passed(const QString &fact)
{
    return {Severity::Ok, fact, {}, {}, {}};
}

inline Finding warned(const QString &fact, const QString &action, const QStringList &items = {})
{
    return {Severity::Warning, fact, action, items, {}};
}

inline Finding blocked(const QString &fact, const QString &action, const QString &details = {})
{
    return {Severity::Error, fact, action, {}, details};
}

} // namespace Banister
