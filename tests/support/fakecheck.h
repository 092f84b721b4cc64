// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/check.h"

#include <functional>

namespace Banister::Test {

/// A check that answers as it is told.
class FakeCheck : public Check
{
public:
    using Work = std::function<Finding(Monitor &)>;

    FakeCheck(const QString &code, Work work)
        : m_code(code)
        , m_work(std::move(work))
    {}
    FakeCheck(const QString &code, const Finding &finding)
        : FakeCheck(code, [finding](Monitor &) { return finding; })
    {}

    QString code() const override { return m_code; }
    QString title() const override { return "Title of " + m_code; }
    Finding run(Monitor &monitor) override { return m_work(monitor); }

private:
    QString m_code;
    Work m_work;
};

} // namespace Banister::Test
