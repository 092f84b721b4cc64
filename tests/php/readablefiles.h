// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

struct ReadableFile
{
    QByteArray name; ///< of the row
    QByteArray php;
};

/// A file that sets $parameters to an array of these.
QByteArray fileWith(const QByteArray &values);

/// What PHP reads as an array of constants, in all ways of writing it.
QList<ReadableFile> readableFiles();
