// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/zipdirectory.h"

#include "files/beneath.h"

#include <QCoreApplication>
#include <QFile>
#include <QLocale>
#include <QtEndian>
#include <quazip.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <fcntl.h>
#include <sys/stat.h>
#include <unzip.h>

using namespace Qt::StringLiterals;

namespace Banister {

namespace {

// Layouts: APPNOTE.TXT 6.3.10 by PKWARE, sections 4.3.7 (local header), 4.3.12 (central directory),
// 4.5.3 (zip64 extra field); Info-ZIP's extrafld.txt (extended time stamp).
constexpr quint64 CentralSize = 46;
constexpr quint64 LocalSize = 30;
constexpr quint32 CentralSignature = 0x02014b50;
constexpr quint32 LocalSignature = 0x04034b50;
constexpr quint64 EndSize = 22;
constexpr unsigned Encrypted = 0x0001;
constexpr unsigned HasDescriptor = 0x0008; // sizes and checksum stand behind the data
constexpr unsigned StronglyEncrypted = 0x0040;
constexpr unsigned MaskedHeaders = 0x2000;
constexpr quint32 InZip64 = 0xffffffff;

template<typename Number>
Number numberAt(const QByteArray &bytes, quint64 offset)
{
    return qFromLittleEndian<Number>(bytes.constData() + offset);
}

// The data of an extra field, empty where there is none.
QByteArray extraField(const QByteArray &extra, quint16 wanted)
{
    for (qsizetype at = 0; at + 4 <= extra.size();) {
        const auto id = numberAt<quint16>(extra, quint64(at));
        const auto size = numberAt<quint16>(extra, quint64(at) + 2);
        if (id == wanted)
            return extra.mid(at + 4, size);
        at += 4 + size;
    }
    return {};
}

// Years long gone and months that are none are nothing to fail about.
qint64 timeOf(const tm_unz &date, const QByteArray &extra)
{
    const auto extended = extraField(extra, 0x5455);
    if (extended.size() >= 5 && (extended.at(0) & 1))
        return numberAt<qint32>(extended, 1);
    std::tm local = {};
    local.tm_sec = int(date.tm_sec);
    local.tm_min = int(date.tm_min);
    local.tm_hour = int(date.tm_hour);
    local.tm_mday = int(date.tm_mday);
    local.tm_mon = int(date.tm_mon);
    local.tm_year = int(date.tm_year) - 1900;
    local.tm_isdst = -1;
    return mktime(&local);
}

class Facts
{
    Q_DECLARE_TR_FUNCTIONS(ZipDirectory)

public:
    static QString unreadable() { return tr("The file %1 is not a zip file."); }
    static QString truncated() { return tr("The end of the zip file %1 is missing."); }
    static QString damaged()
    {
        return tr("The zip file %1 contradicts itself about the entry %2.");
    }
    static QString directory()
    {
        return tr("The table of contents of the zip file %1 is damaged.");
    }
    static QString encrypted() { return tr("The entry %2 of the zip file %1 is encrypted."); }
    static QString unsupported()
    {
        return tr("The entry %2 of the zip file %1 is compressed with an unknown method.");
    }
    static QString unsafeName()
    {
        return tr("The zip file %1 has an entry with an unsafe name: %2.");
    }
    static QString special()
    {
        return tr("The entry %2 of the zip file %1 is neither a file nor a folder.");
    }
    static QString twice() { return tr("The entry %2 comes twice in the zip file %1."); }
    static QString fileAndFolder()
    {
        return tr("In the zip file %1, %2 is a file and a folder at once.");
    }
    static QString tooLarge() { return tr("The zip file %1 unpacks to more than %2."); }
    static QString tooManyEntries() { return tr("The zip file %1 has too many entries."); }
    static QString ratio()
    {
        return tr("The entry %2 of the zip file %1 unpacks to many times its size.");
    }
};

} // namespace

Error zipError(FileError code,
               const QString &fact,
               const QString &path,
               const QByteArray &entry,
               const QString &details)
{
    const auto zip = shownPath(QFile::encodeName(path));
    const auto text = fact.contains(u"%2"_s) ? fact.arg(zip, shownPath(entry)) : fact.arg(zip);
    return fileError(code, text, details);
}

Error ZipDirectory::refused(FileError code, const QString &fact, const QByteArray &name) const
{
    return zipError(code, fact, m_path, name);
}

Error ZipDirectory::corrupt(const QByteArray &name) const
{
    return refused(FileError::ZipCorrupt, Facts::damaged(), name);
}

Result<> ZipDirectory::open()
{
    m_file = Handle(::open(QFile::encodeName(m_path).constData(), O_RDONLY | O_CLOEXEC));
    struct stat facts = {};
    if (!m_file.isOpen() || fstat(m_file.fd(), &facts) != 0)
        return fileError(
            errno, QCoreApplication::translate("Files", "The zip file cannot be opened"), m_path);
    if (S_ISDIR(facts.st_mode))
        return fileError(
            EISDIR, QCoreApplication::translate("Files", "The zip file cannot be opened"), m_path);
    m_size = quint64(facts.st_size);
    return Success;
}

Result<ZipSummary> ZipDirectory::read(Monitor &monitor)
{
    if (auto opened = open(); !opened)
        return opened.failure();
    QuaZip zip(m_path);
    const bool hasEnd = hasWholeEnd();
    if (!hasEnd || !zip.open(QuaZip::mdUnzip)) {
        if (hasEnd && m_size == EndSize)
            return ZipSummary(); // minizip does not take an archive without entries for one
        std::array<char, 4> start = {};
        const bool isZip = pread(m_file.fd(), start.data(), start.size(), 0) == 4
                           && qFromLittleEndian<quint32>(start.data()) == LocalSignature;
        return isZip ? refused(FileError::ZipTruncated, Facts::truncated(), {})
                     : refused(FileError::ZipUnreadable, Facts::unreadable(), {});
    }
    auto *const file = zip.getUnzFile();
    unz_global_info64 global = {};
    unzGetGlobalInfo64(file, &global);
    if (global.number_entry > quint64(m_limits.entries))
        return refused(FileError::ZipTooLarge, Facts::tooManyEntries(), {});
    m_summary.entries.reserve(qsizetype(global.number_entry));
    int code = global.number_entry > 0 ? unzGoToFirstFile(file) : UNZ_END_OF_LIST_OF_FILE;
    quint64 end = 0; // of the central directory as far as it was read
    QByteArray name(1 << 16, Qt::Uninitialized);
    QByteArray extra(1 << 16, Qt::Uninitialized);
    for (; code == UNZ_OK; code = unzGoToNextFile(file)) {
        if (monitor.isCancelRequested())
            return Cancelled{};
        unz_file_info64 info = {};
        unz64_file_pos position = {};
        if (unzGetCurrentFileInfo64(file,
                                    &info,
                                    name.data(),
                                    uLong(name.size()),
                                    extra.data(),
                                    uLong(extra.size()),
                                    nullptr,
                                    0)
                != UNZ_OK
            || unzGetFilePos64(file, &position) != UNZ_OK)
            break;
        ZipEntry entry;
        entry.name = name.left(qsizetype(info.size_filename));
        entry.isFolder = entry.name.endsWith('/');
        entry.size = qint64(info.uncompressed_size);
        entry.packedSize = qint64(info.compressed_size);
        entry.crc = quint32(info.crc);
        entry.directoryOffset = position.pos_in_zip_directory;
        entry.number = position.num_of_file;
        // minizip passes over bytes in front of the archive; then its offsets are not ours.
        QByteArray record(qsizetype(CentralSize), Qt::Uninitialized);
        if (pread(m_file.fd(), record.data(), CentralSize, qint64(entry.directoryOffset))
                != ssize_t(CentralSize)
            || numberAt<quint32>(record, 0) != CentralSignature)
            return refused(FileError::ZipCorrupt, Facts::directory(), {});
        const auto extraBytes = extra.left(qsizetype(info.size_file_extra));
        entry.localOffset = numberAt<quint32>(record, 42);
        if (entry.localOffset == InZip64) {
            // The field has only the values that did not fit, in this order: size, packed, offset.
            const auto zip64 = extraField(extraBytes, 0x0001);
            const quint64 at = (numberAt<quint32>(record, 24) == InZip64 ? 8U : 0U)
                               + (numberAt<quint32>(record, 20) == InZip64 ? 8U : 0U);
            if (quint64(zip64.size()) < at + 8)
                return corrupt(entry.name);
            entry.localOffset = numberAt<quint64>(zip64, at);
        }
        entry.modified = timeOf(info.tmu_date, extraBytes);
        end = entry.directoryOffset + CentralSize + info.size_filename + info.size_file_extra
              + info.size_file_comment;
        const auto unixMode = unsigned(info.external_fa >> 16U);
        const auto host = unsigned(info.version >> 8U);
        const bool isUnix = host == 3 || host == 19;
        entry.mode = entry.isFolder ? 0755U : (isUnix ? unixMode & 0775U : 0U) | 0644U;
        const auto added =
            addEntry(entry, unsigned(info.flag), unsigned(info.compression_method), unixMode);
        if (!added)
            return added.failure();
    }
    if (code != UNZ_END_OF_LIST_OF_FILE || quint64(m_summary.entries.size()) != global.number_entry)
        return refused(FileError::ZipCorrupt, Facts::directory(), {});
    if (auto checked = checkConflicts(); !checked)
        return checked.failure();
    if (auto checked = checkOverlaps(); !checked)
        return checked.failure();
    // Two zip64 records may stand before the end record; the comment follows it.
    constexpr quint64 zip64Records = 56 + 20;
    m_summary.hasTrailingData = m_size > end + zip64Records + EndSize + global.size_comment;
    return std::move(m_summary);
}

// minizip takes an end record that is itself cut off, and reads zeros or less from it.
bool ZipDirectory::hasWholeEnd() const
{
    constexpr quint64 longestComment = 0xffff;
    const auto size = std::min(m_size, EndSize + longestComment);
    QByteArray tail(qsizetype(size), Qt::Uninitialized);
    if (pread(m_file.fd(), tail.data(), size, qint64(m_size - size)) != ssize_t(size))
        return false;
    const auto at = tail.lastIndexOf("PK\5\6");
    return at >= 0 && quint64(tail.size() - at) >= EndSize
           && tail.size() - at - qsizetype(EndSize)
                  >= numberAt<quint16>(tail, quint64(at) + EndSize - 2);
}

Result<> ZipDirectory::addEntry(ZipEntry entry, unsigned flags, unsigned method, unsigned unixMode)
{
    if (auto checked = checkName(entry.name); !checked)
        return checked;
    if (flags & (Encrypted | StronglyEncrypted | MaskedHeaders))
        return refused(FileError::ZipEncrypted, Facts::encrypted(), entry.name);
    if (method != 0 && method != 8)
        return refused(FileError::ZipUnsupported, Facts::unsupported(), entry.name);
    // Also where the archive claims to come from a system that has no links.
    const auto type = unixMode & S_IFMT;
    if (type != 0 && type != (entry.isFolder ? S_IFDIR : S_IFREG))
        return refused(FileError::ZipUnsafeEntry, Facts::special(), entry.name);
    if ((entry.isFolder && entry.size != 0) || (method == 0 && entry.size != entry.packedSize))
        return corrupt(entry.name);
    m_summary.bytes += entry.size;
    if (entry.size < 0 || m_summary.bytes < 0 || m_summary.bytes > m_limits.bytes) {
        return refused(FileError::ZipTooLarge,
                       Facts::tooLarge(),
                       QLocale().formattedDataSize(m_limits.bytes).toUtf8());
    }
    if (entry.size > m_limits.ratioFreeBytes
        && entry.size / m_limits.ratio > std::max<qint64>(entry.packedSize, 1))
        return refused(FileError::ZipTooLarge, Facts::ratio(), entry.name);
    if (auto checked = checkLocalHeader(entry, flags, method); !checked)
        return checked;
    if (entry.isFolder)
        ++m_summary.folders;
    else
        ++m_summary.files;
    m_summary.entries.append(std::move(entry));
    return Success;
}

Result<> ZipDirectory::checkName(const QByteArray &name) const
{
    const auto unsafe = refused(FileError::ZipUnsafeEntry, Facts::unsafeName(), name);
    const bool hasDrive =
        name.size() >= 2 && name.at(1) == ':'
        && ((name.at(0) >= 'a' && name.at(0) <= 'z') || (name.at(0) >= 'A' && name.at(0) <= 'Z'));
    constexpr qsizetype longestPath = 4095;
    constexpr qsizetype longestName = 255;
    if (name.isEmpty() || name.size() > longestPath || hasDrive || name.contains('\\')
        || name.contains('\0'))
        return unsafe;
    const auto parts = (name.endsWith('/') ? name.chopped(1) : name).split('/');
    for (const auto &part : parts) {
        if (part.isEmpty() || part == "." || part == ".." || part.size() > longestName)
            return unsafe;
    }
    return Success;
}

Result<> ZipDirectory::checkLocalHeader(const ZipEntry &entry, unsigned flags, unsigned method)
{
    QByteArray header(qsizetype(LocalSize) + entry.name.size(), Qt::Uninitialized);
    const auto got =
        pread(m_file.fd(), header.data(), size_t(header.size()), qint64(entry.localOffset));
    if (got != header.size() || numberAt<quint32>(header, 0) != LocalSignature)
        return corrupt(entry.name);
    const auto localFlags = numberAt<quint16>(header, 6);
    const auto isSameOrUnset = [&](quint64 offset, quint64 expected, bool mayBeInZip64) {
        const auto value = numberAt<quint32>(header, offset);
        return value == expected || (mayBeInZip64 && value == InZip64)
               || ((localFlags & HasDescriptor) && value == 0);
    };
    constexpr unsigned decisive = Encrypted | HasDescriptor | StronglyEncrypted | MaskedHeaders;
    if ((localFlags & decisive) != (flags & decisive) || numberAt<quint16>(header, 8) != method
        || !isSameOrUnset(14, entry.crc, false)
        || !isSameOrUnset(18, quint64(entry.packedSize), true)
        || !isSameOrUnset(22, quint64(entry.size), true)
        || numberAt<quint16>(header, 26) != entry.name.size()
        || header.mid(qsizetype(LocalSize)) != entry.name)
        return corrupt(entry.name);
    const auto begin = entry.localOffset;
    const auto end = begin + LocalSize + quint64(entry.name.size()) + numberAt<quint16>(header, 28)
                     + quint64(entry.packedSize);
    if (end > m_size || end < begin)
        return corrupt(entry.name);
    m_ranges.push_back({begin, end, m_summary.entries.size()});
    return Success;
}

Result<> ZipDirectory::checkConflicts()
{
    for (const auto &entry : std::as_const(m_summary.entries)) {
        const auto name = entry.isFolder ? entry.name.chopped(1) : entry.name;
        auto &names = entry.isFolder ? m_folders : m_files;
        const auto count = names.size();
        names.insert(name);
        if (names.size() == count)
            return refused(FileError::ZipUnsafeEntry, Facts::twice(), entry.name);
        const auto folded =
            QString::fromUtf8(name).normalized(QString::NormalizationForm_C).toCaseFolded();
        if (m_folded.contains(folded))
            m_summary.collisions.append(entry.name);
        m_folded.insert(folded);
    }
    for (const auto &entry : std::as_const(m_summary.entries)) {
        auto name = entry.isFolder ? entry.name.chopped(1) : parentOf(entry.name);
        for (; !name.isEmpty(); name = parentOf(name)) {
            if (m_files.contains(name))
                return refused(FileError::ZipUnsafeEntry, Facts::fileAndFolder(), name);
        }
    }
    return Success;
}

// Entries that share their data are how a small archive unpacks to petabytes (D. Fifield, 2019).
Result<> ZipDirectory::checkOverlaps()
{
    std::sort(m_ranges.begin(), m_ranges.end(), [](const Range &one, const Range &other) {
        return one.begin < other.begin;
    });
    for (size_t i = 1; i < m_ranges.size(); ++i) {
        if (m_ranges[i].begin < m_ranges[i - 1].end)
            return corrupt(m_summary.entries.at(m_ranges[i].entry).name);
    }
    const auto &entries = m_summary.entries;
    if (!m_ranges.empty() && m_ranges.back().end > entries.first().directoryOffset)
        return corrupt(entries.at(m_ranges.back().entry).name);
    return Success;
}

} // namespace Banister
