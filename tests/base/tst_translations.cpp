// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/translations.h"

#include <QFile>
#include <QLocale>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

namespace {

/// A text with a number in it, and its forms.
struct Message
{
    QString context;
    QString source;
    QString comment;
    QStringList forms;
    bool isFinished = true;

    QString key() const { return context + '|' + source + '|' + comment; }
};

QList<Message> messagesIn(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QList<Message> messages;
    QString context;
    Message message;
    bool isPlural = false;
    QXmlStreamReader xml(&file);
    while (!xml.atEnd()) {
        const auto token = xml.readNext();
        const auto name = xml.name();
        if (token == QXmlStreamReader::EndElement && name == QLatin1String("message") && isPlural)
            messages.append(message);
        if (token != QXmlStreamReader::StartElement)
            continue;
        if (name == QLatin1String("name")) {
            context = xml.readElementText();
        } else if (name == QLatin1String("message")) {
            message = {context, {}, {}, {}, true};
            isPlural = xml.attributes().value("numerus") == QLatin1String("yes");
        } else if (name == QLatin1String("source")) {
            message.source = xml.readElementText();
        } else if (name == QLatin1String("comment")) {
            message.comment = xml.readElementText();
        } else if (name == QLatin1String("translation")) {
            message.isFinished = !xml.attributes().hasAttribute("type");
        } else if (name == QLatin1String("numerusform")) {
            message.forms.append(xml.readElementText());
        }
    }
    return xml.hasError() ? QList<Message>() : messages;
}

} // namespace

class tst_translations : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { Banister::installTranslations(); }
    void hasAllForms();
    void knowsAllTextsOfTheSources();
    void isInTheProgram();
};

void tst_translations::hasAllForms()
{
    const auto messages = messagesIn(BANISTER_TS);
    QVERIFY(messages.size() > 20);
    for (const auto &message : messages) {
        QVERIFY2(message.isFinished, qPrintable(message.key()));
        QCOMPARE(message.forms.size(), 2);
        for (const auto &form : message.forms)
            QVERIFY2(!form.isEmpty() && !form.contains("(s)"), qPrintable(message.key()));
        const auto &many = message.forms.last();
        QVERIFY2(many.contains("%n") || many.contains("%Ln"), qPrintable(message.key()));
    }
}

void tst_translations::knowsAllTextsOfTheSources()
{
    const QTemporaryDir folder;
    const auto fresh = folder.filePath("fresh.ts");
    QProcess lupdate;
    // Some code makes lupdate of Qt 6.4 go round for ever: a calculation as the number, for one.
    constexpr int Limit = 60'000;
    lupdate.start(BANISTER_LUPDATE,
                  QString(BANISTER_LUPDATE_ARGUMENTS).split('|')
                      + QStringList{"-pluralonly", "-target-language", "en", "-ts", fresh});
    QVERIFY(lupdate.waitForFinished(Limit));
    QCOMPARE(lupdate.exitCode(), 0);
    QStringList known;
    for (const auto &message : messagesIn(BANISTER_TS))
        known.append(message.key());
    const auto wanted = messagesIn(fresh);
    QVERIFY(!wanted.isEmpty());
    for (const auto &message : wanted)
        QVERIFY2(known.contains(message.key()), qPrintable(message.key()));
}

void tst_translations::isInTheProgram()
{
    for (const auto &message : messagesIn(BANISTER_TS)) {
        for (const int count : {1, 2, 1036}) {
            auto expected = message.forms.value(count == 1 ? 0 : 1);
            expected.replace("%n", QString::number(count))
                .replace("%Ln", QLocale().toString(count));
            const auto comment = message.comment.toUtf8();
            QCOMPARE(QCoreApplication::translate(message.context.toUtf8().constData(),
                                                 message.source.toUtf8().constData(),
                                                 comment.isEmpty() ? nullptr : comment.constData(),
                                                 count),
                     expected);
        }
    }
}

QTEST_GUILESS_MAIN(tst_translations)
#include "tst_translations.moc"
