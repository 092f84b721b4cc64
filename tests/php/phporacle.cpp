// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "php/phporacle.h"

#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>

static const char *const oracle = R"PHP(
error_reporting(0);
function valueOf($file) {
    ob_start();
    $result = include $file;
    ob_end_clean();
    if (is_array($result))
        return $result;
    unset($file, $result);
    return current(get_defined_vars());
}
for ($i = (int) $argv[3]; $i < (int) $argv[2]; ++$i) {
    file_put_contents($argv[1] . '/' . $i . '.out', 'ERROR'); // stays where PHP ends here
    try {
        $text = var_export(valueOf($argv[1] . '/' . $i . '.php'), true);
    } catch (\Throwable $problem) {
        $text = 'ERROR';
    }
    file_put_contents($argv[1] . '/' . $i . '.out', $text);
}
)PHP";

QByteArrayList PhpOracle::exported(const QByteArrayList &files, const QString &folder)
{
    for (qsizetype i = 0; i < files.size(); ++i) {
        QFile file(folder + "/" + QString::number(i) + ".php");
        if (!file.open(QIODevice::WriteOnly) || file.write(files.at(i)) != files.at(i).size())
            qFatal("The file for PHP cannot be written.");
    }
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert("BANISTER_NAME", "from outside");
    environment.insert("BANISTER_EMPTY", "");
    QByteArrayList results;
    while (results.size() < files.size()) {
        QProcess php;
        php.setProcessEnvironment(environment);
        php.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        php.start(
            "php",
            {"-r", oracle, folder, QString::number(files.size()), QString::number(results.size())});
        if (!php.waitForFinished(60000))
            qFatal("PHP does not end.");
        const auto before = results.size();
        for (auto i = before; i < files.size(); ++i) {
            QFile file(folder + "/" + QString::number(i) + ".out");
            if (!file.open(QIODevice::ReadOnly))
                break;
            results.append(file.readAll());
            file.remove();
        }
        if (results.size() == before)
            qFatal("PHP left no result.");
    }
    return results;
}
