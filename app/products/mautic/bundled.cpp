// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "products/mautic/bundled.h"

namespace Banister::Mautic {

using namespace Qt::StringLiterals;

namespace {

QStringList listOf(std::initializer_list<QLatin1StringView> names)
{
    QStringList list;
    for (const QLatin1StringView name : names)
        list += name;
    return list;
}

} // namespace

const QStringList &bundledPlugins()
{
    static const QStringList list = listOf({"MauticCitrixBundle"_L1,
                                            "MauticClearbitBundle"_L1,
                                            "MauticCloudStorageBundle"_L1,
                                            "MauticCrmBundle"_L1,
                                            "MauticEmailMarketingBundle"_L1,
                                            "MauticFocusBundle"_L1,
                                            "MauticFullContactBundle"_L1,
                                            "MauticGmailBundle"_L1,
                                            "MauticOutlookBundle"_L1,
                                            "MauticSocialBundle"_L1,
                                            "MauticZapierBundle"_L1});
    return list;
}

const QStringList &bundledThemes()
{
    static const QStringList list = listOf({"Mauve"_L1,
                                            "aurora"_L1,
                                            "blank"_L1,
                                            "cards"_L1,
                                            "coffee"_L1,
                                            "fresh-center"_L1,
                                            "fresh-fixed"_L1,
                                            "fresh-left"_L1,
                                            "fresh-wide"_L1,
                                            "goldstar"_L1,
                                            "nature"_L1,
                                            "neopolitan"_L1,
                                            "oxygen"_L1,
                                            "skyline"_L1,
                                            "sparse"_L1,
                                            "sunday"_L1,
                                            "vibrant"_L1});
    return list;
}

const QStringList &userDataFolders()
{
    static const QStringList list = listOf({"plugins"_L1,
                                            "themes"_L1,
                                            "media/css"_L1,
                                            "media/dashboards"_L1,
                                            "media/files"_L1,
                                            "media/images"_L1,
                                            "media/js"_L1});
    return list;
}

const QStringList &forgottenFolders()
{
    static const QStringList list = listOf({"translations"_L1, "app/spool"_L1, ".well-known"_L1});
    return list;
}

const QStringList &phpExtensions()
{
    static const QStringList list = listOf(
        {"pdo_mysql"_L1, "zip"_L1, "xml"_L1, "intl"_L1, "mbstring"_L1, "openssl"_L1, "curl"_L1});
    return list;
}

const QStringList &stepCodes()
{
    using namespace StepCodes;
    static const QStringList list = listOf({StartUpgrade,
                                            BackupDatabase,
                                            ApplyV2Migrations,
                                            FetchUpdates,
                                            ExtractUpdate,
                                            MoveFiles,
                                            UpdateLocalConfig,
                                            ApplyMigrations,
                                            RestoreUserData,
                                            CleanupFiles,
                                            BuildCache,
                                            Finished});
    return list;
}

QVersionNumber oldestForUpgrade()
{
    return QVersionNumber(2, 16, 3);
}

} // namespace Banister::Mautic
