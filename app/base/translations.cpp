// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

using namespace Qt::StringLiterals;

// A static library's resources are linked in by naming them, outside of any namespace.
static void initResources()
{
    Q_INIT_RESOURCE(translations);
}

namespace Banister {

namespace {

void install(const QLocale &locale, const QString &name, const QString &folder)
{
    auto *translator = new QTranslator(QCoreApplication::instance());
    if (translator->load(locale, name, u"_"_s, folder))
        QCoreApplication::installTranslator(translator);
    else
        delete translator;
}

} // namespace

void installTranslations()
{
    initResources();
    const QLocale locale;
    // The last one is asked first; what it does not know, the ones before may.
    install(QLocale(QLocale::English), u"banister"_s, u":/translations"_s);
    if (locale.language() == QLocale::English || locale.language() == QLocale::C)
        return;
    install(locale, u"qtbase"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(locale, u"banister"_s, u":/translations"_s);
}

} // namespace Banister
