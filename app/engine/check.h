// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "base/monitor.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace Banister {

enum class Severity { Ok, Warning, Error };

/// The result of one check before a run. A warning can be accepted by a person, an error blocks.
struct Finding
{
    Severity severity = Severity::Ok;
    QString fact;   ///< translated sentence with the measured value: "PHP 7.3.33 runs the console."
    QString action; ///< translated: what to do about it; empty when it is fine
    QStringList items;               ///< what it is about, one entry each: plugin names, paths
    QString details;                 ///< untranslated output
    std::optional<Error> error = {}; ///< what stands behind it, where that has a code
};

/// One question asked before a run; changes nothing that it does not put back.
class Check
{
public:
    virtual ~Check() = default;
    virtual QString code() const = 0;  ///< "phpVersion"; what --accept takes
    virtual QString title() const = 0; ///< translated noun phrase: "PHP version"
    /// Called on a worker thread; may be called again. A failure to find out is a finding as well.
    virtual Finding run(Monitor &monitor) = 0;

protected:
    Check() = default;
    Q_DISABLE_COPY_MOVE(Check)
};

using Checks = std::vector<std::unique_ptr<Check>>;

} // namespace Banister
