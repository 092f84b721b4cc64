// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/treecompare.h"

#include <QCoreApplication>

namespace Banister {

namespace {

class Comparison
{
    Q_DECLARE_TR_FUNCTIONS(TreeDifference)

public:
    explicit Comparison(TreeAspects aspects)
        : m_aspects(aspects)
    {}

    void add(const QByteArray &path, TreeDifference::Kind kind)
    {
        m_differences.append({path, kind});
    }
    void compare(const TreeEntry &expected, const TreeEntry &actual);
    QList<TreeDifference> take() { return std::move(m_differences); }
    static QString describe(TreeDifference::Kind kind);

private:
    TreeAspects m_aspects;
    QList<TreeDifference> m_differences;
};

void Comparison::compare(const TreeEntry &expected, const TreeEntry &actual)
{
    const auto &path = expected.path;
    if (expected.type != actual.type) {
        add(path, TreeDifference::Type);
        return;
    }
    const bool bothHashed = !expected.sha256.isEmpty() && !actual.sha256.isEmpty();
    if (m_aspects.testFlag(TreeAspect::Content)
        && (expected.size != actual.size || (bothHashed && expected.sha256 != actual.sha256)))
        add(path, TreeDifference::Content);
    if (expected.linkTarget != actual.linkTarget)
        add(path, TreeDifference::LinkTarget);
    // Linux has no mode of links, though some file systems show one.
    if (m_aspects.testFlag(TreeAspect::Mode) && expected.type != EntryType::Link
        && expected.mode != actual.mode)
        add(path, TreeDifference::Mode);
    if (m_aspects.testFlag(TreeAspect::Owner)
        && (expected.uid != actual.uid || expected.gid != actual.gid))
        add(path, TreeDifference::Owner);
    const auto time =
        expected.type == EntryType::Folder ? TreeAspect::FolderTimes : TreeAspect::FileTimes;
    if (m_aspects.testFlag(time) && expected.modifiedNs != actual.modifiedNs)
        add(path, TreeDifference::Time);
}

QString Comparison::describe(TreeDifference::Kind kind)
{
    switch (kind) {
    case TreeDifference::Missing:
        return tr("is missing");
    case TreeDifference::Added:
        return tr("is new");
    case TreeDifference::Type:
        return tr("is of another type");
    case TreeDifference::Content:
        return tr("has other content");
    case TreeDifference::Mode:
        return tr("has other permissions");
    case TreeDifference::Owner:
        return tr("belongs to somebody else");
    case TreeDifference::Time:
        return tr("has another time");
    case TreeDifference::LinkTarget:
        return tr("links to something else");
    }
    return {};
}

} // namespace

QList<TreeDifference> compareTrees(const Tree &expected, const Tree &actual, TreeAspects aspects)
{
    Comparison comparison(aspects);
    auto left = expected.begin();
    auto right = actual.begin();
    while (left != expected.end() || right != actual.end()) {
        if (right == actual.end() || (left != expected.end() && left->path < right->path)) {
            comparison.add((left++)->path, TreeDifference::Missing);
        } else if (left == expected.end() || right->path < left->path) {
            comparison.add((right++)->path, TreeDifference::Added);
        } else {
            comparison.compare(*left++, *right++);
        }
    }
    return comparison.take();
}

QString describe(TreeDifference::Kind kind)
{
    return Comparison::describe(kind);
}

} // namespace Banister
