// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "assistant/assistant.h"
#include "assistant/sitestore.h"
#include "base/errorcatalogue.h"
#include "base/translations.h"
#include "ui/mainwindow.h"
#include "ui/style/style.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QTextStream>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace {

/// Which need no display.
bool asksForHelpOrVersion(int argc, char **argv)
{
    return std::any_of(argv, argv + argc, [](const char *argument) {
        const QLatin1StringView word(argument);
        return word == "-h"_L1 || word == "--help"_L1 || word == "--help-all"_L1 || word == "-v"_L1
               || word == "--version"_L1;
    });
}

} // namespace

int main(int argc, char **argv)
{
    const std::unique_ptr<QCoreApplication> app(asksForHelpOrVersion(argc, argv)
                                                    ? new QCoreApplication(argc, argv)
                                                    : new QApplication(argc, argv));
    QCoreApplication::setApplicationName(u"banister"_s);
    QCoreApplication::setApplicationVersion(QLatin1StringView(BANISTER_VERSION));
    QGuiApplication::setApplicationDisplayName(u"Banister"_s);
    QGuiApplication::setDesktopFileName(u"org.banister.Banister"_s);
    Banister::installTranslations();
    QCommandLineParser parser;
    parser.setApplicationDescription(QCoreApplication::translate(
        "main", "Upgrades self-hosted web applications and can always bring them back."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption package(
        u"package"_s,
        QCoreApplication::translate("main", "Release to upgrade to: a zip file or an address."),
        u"zip"_s);
    const QCommandLineOption original(
        u"original-package"_s,
        QCoreApplication::translate("main", "Release of the version that the site runs."),
        u"zip"_s);
    const QCommandLineOption php(
        u"php"_s,
        QCoreApplication::translate("main", "Program or wrapper that runs PHP."),
        u"command"_s);
    parser.addOptions({package, original, php});
    parser.addPositionalArgument(
        u"site"_s, QCoreApplication::translate("main", "Folder of a site to open."), u"[site]"_s);
    parser.process(*app); // help and version end here

    Banister::Style::install();

    const auto catalogue = Banister::ErrorCatalogue::load();
    if (!catalogue) {
        QTextStream(stderr) << Banister::factsOf(catalogue.error()) << Qt::endl;
        return 1;
    }
    const Banister::Assistant assistant;
    const Banister::SiteStore store;
    Banister::MainWindow window({assistant, store, *catalogue});
    window.show();
    if (const auto folders = parser.positionalArguments(); !folders.isEmpty()) {
        auto settings = store.find(folders.first());
        if (parser.isSet(package))
            settings.package = parser.value(package);
        if (parser.isSet(original))
            settings.originalPackage = parser.value(original);
        if (parser.isSet(php))
            settings.phpCommand = parser.value(php);
        window.openSite(settings);
    }
    return QApplication::exec();
}
