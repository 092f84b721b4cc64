// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/translations.h"
#include "cli/cli.h"

#include <QCoreApplication>

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("banister-cli"));
    Banister::installTranslations();
    return Banister::runCli(QCoreApplication::arguments().mid(1));
}
