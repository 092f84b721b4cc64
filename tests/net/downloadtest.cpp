// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "downloadtest.h"

#include <QCryptographicHash>
#include <QFile>
#include <QRandomGenerator>

#include <chrono>

namespace Banister::Test {

using namespace std::chrono_literals;

QByteArray zipFrame(qsizetype size)
{
    QByteArray bytes(size, '\0');
    QRandomGenerator(1).generate(reinterpret_cast<quint32 *>(bytes.data()),
                                 reinterpret_cast<quint32 *>(bytes.data() + size / 4 * 4));
    bytes.replace(0, 4, "PK\3\4");
    bytes.replace(size - 22, 22, QByteArray("PK\5\6").leftJustified(22, '\0'));
    return bytes;
}

void DownloadTest::prepare()
{
    for (const auto *name : {"http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy"})
        qunsetenv(name);
    m_package = zipFrame(3'000'001);
    m_server.on("/plain.zip", HttpAnswer::file(m_package));
    m_server.on("/half.zip", half());
    auto open = half();
    open.length = HttpAnswer::Length::Missing;
    m_server.on("/half-open.zip", open);
    HttpAnswer silent;
    silent.isSilentFromTheStart = true;
    m_server.on("/silent", silent);
    m_server.on("/page.zip",
                HttpAnswer::page("<!DOCTYPE html><html><head>\n<title>Please &amp; log in</title>"
                                 + QByteArray(20'000, ' ')));
}

void DownloadTest::prepareFolder()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_target = m_folder->filePath("package.zip");
    m_server.forgetRequests();
}

DownloadRequest DownloadTest::request(const QString &path) const
{
    DownloadRequest request;
    request.url = m_server.url(path);
    request.target = m_target;
    request.options.silence = 20s;
    return request;
}

HttpAnswer DownloadTest::half(const QByteArray &etag) const
{
    auto answer = HttpAnswer::file(m_package);
    answer.ending = HttpAnswer::Ending::Closed;
    if (!etag.isEmpty())
        answer.headers.append({"ETag", etag});
    return answer;
}

QByteArray DownloadTest::contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray DownloadTest::hashOf(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

} // namespace Banister::Test
