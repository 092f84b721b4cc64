// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

namespace Banister::Testing {

/// A folder with the files that tell what a Mautic is.
class SiteFolder
{
public:
    QString path(const QString &name = {}) const
    {
        return QDir::cleanPath(m_folder.filePath("site/" + name));
    }
    QString above() const { return m_folder.path(); }

    SiteFolder &write(const QString &name, const QByteArray &text)
    {
        QDir().mkpath(QFileInfo(path(name)).path());
        QFile file(path(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(text);
        return *this;
    }
    SiteFolder &mautic2(const QByteArray &version = "2.16.5\n")
    {
        return write("app/AppKernel.php", "<?php\n")
            .write("app/version.txt", version)
            .write("app/console", "#!/usr/bin/env php\n")
            .write("app/config/paths.php", pathsFile());
    }
    SiteFolder &mautic3(const QByteArray &version = "3.0.2")
    {
        return write("app/AppKernel.php", "<?php\n")
            .write("app/release_metadata.json",
                   "{\"version\": \"" + version
                       + "\", \"stability\": \"stable\",\n\"minimum_php_version\": \"7.2.21\", "
                         "\"maximum_php_version\": \"7.3.99\",\n\"minimum_mautic_version\": "
                         "\"3.0.0-alpha\"}")
            .write("bin/console", "#!/usr/bin/env php\n")
            .write("app/config/paths.php", pathsFile());
    }

private:
    static QByteArray pathsFile()
    {
        return "<?php\n\n/* A comment. */\n$paths = [\n    //customizable\n"
               "    'themes'       => 'themes',\n    'assets'       => 'media',\n"
               "    'asset_prefix' => '',\n    'plugins'      => 'plugins',\n"
               "    'translations' => 'translations',\n"
               "    'local_config' => '%kernel.root_dir%/config/local.php',\n];\n\n"
               "if (file_exists(__DIR__.'/paths_local.php')) {\n"
               "    include __DIR__.'/paths_local.php';\n}\n\n"
               "$paths = array_merge($paths, ['root' => substr($root, 0, -4)]);\n";
    }

    QTemporaryDir m_folder;
};

} // namespace Banister::Testing
