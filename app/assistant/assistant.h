// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "assistant/runlog.h"
#include "assistant/siterun.h"
#include "assistant/sitestatus.h"
#include "database/dumpmanifest.h"
#include "database/rowexport.h"
#include "database/scratchload.h"
#include "database/selectioncheck.h"
#include "journal/runlock.h"
#include "products/product.h"
#include "restore/createpoint.h"
#include "restore/losspreview.h"
#include "restore/pointremoval.h"
#include "restore/pointspace.h"
#include "restore/selection.h"

#include <QString>

#include <memory>
#include <optional>

namespace Banister {

struct RollbackNames;

/// How a person wants a rollback.
struct RollbackWish
{
    RollbackSelection selection;
    bool keepsPresent = true; ///< as a restore point, so that the rollback can be rolled back
};

/// What can be found out about a restore point without reading all of it.
struct PointInspection
{
    QString run;                  ///< id of the run that made it; empty: none that is known
    QString filesFolder;          ///< where its files are; empty: in use in the site itself
    qint64 bytes = 0;             ///< of its folder
    qint64 bytesInSite = 0;       ///< of what it has within the site
    std::optional<Error> problem; ///< why it cannot be gone back to
};

/// Joins sites, products and the engine: what the window and the command line both talk to. Holds no
/// state of a site; calls may come from any thread, and take as long as the site's disk does.
class Assistant
{
public:
    /// Knows all products.
    Assistant();
    ~Assistant();
    Q_DISABLE_COPY_MOVE(Assistant)

    /// AssistantError.NoSuchFolder; a folder that is not mounted just now tells nothing of its site.
    static Result<> findFolder(const QString &folder);
    /// AssistantError.NoSuchFolder, .UnknownSite; what the product says of a damaged site.
    Result<Detection> detect(const QString &folder) const;
    Result<std::unique_ptr<ProductSite>> open(const SiteSettings &settings) const;
    SiteStatus status(const SiteSettings &settings) const;
    /// What detect() says against a folder that tells nothing of a run: its mount may be gone.
    Result<> recognise(const SiteSettings &settings, const SiteStatus &status) const;

    /// Names for a new run; nothing is made.
    RunNames newNames(const SiteSettings &settings) const;
    /// A new upgrade. LockError.Held or .HeldElsewhere first of all; AssistantError.RunUnfinished where
    /// one stands half-way; SiteStatus::problem.
    Result<std::unique_ptr<SiteRun>> beginUpgrade(const SiteSettings &settings) const;
    /// Goes on with the run that stands half-way, upgrade or rollback. SiteStatus::problem;
    /// recognise(); AssistantError.NothingToDo.
    Result<std::unique_ptr<SiteRun>> resume(const SiteSettings &settings) const;
    /// A new rollback to a restore point; an upgrade that stands half-way is given up for it.
    Result<std::unique_ptr<SiteRun>> beginRollback(const SiteSettings &settings,
                                                   const RestorePoint &point,
                                                   const RollbackWish &wish = {}) const;

    /// What a rollback goes back to where nobody says more: SiteStatus::usualWayBack().
    /// RestoreError.NoRollbackFound says why there is none; LockError.Held or .HeldElsewhere.
    Result<RestorePoint> wayBack(const SiteSettings &settings) const;
    /// Whether an upgrade stands half-way and has changed nothing yet.
    static bool canGiveUp(const SiteStatus &status);
    /// Ends such an upgrade: its log goes to the run's folder, what there is of its restore point is
    /// removed, and the site is as if it had not begun. AssistantError.NothingToDo.
    Result<> giveUp(const SiteSettings &settings) const;
    /// A person's decision that whoever holds the site from another computer is dead. LockError.Held
    /// where it is a living process of this one. Where nobody holds it, nothing is done.
    static Result<> breakLock(const SiteSettings &settings);

    /// The steps that a rollback would take; nothing is made.
    Result<Plan> rollbackPlan(const SiteSettings &settings,
                              const RestorePoint &point,
                              const RollbackWish &wish = {}) const;
    /// What a rollback would take away; reads all files, and the tables that differ.
    Result<LossPreview> previewLoss(const SiteSettings &settings,
                                    const RestorePoint &point,
                                    const RollbackSelection &selection,
                                    Monitor &monitor) const;
    /// Writes the rows that were added or changed since the restore point into a new folder.
    Result<RowExport> exportRows(const SiteSettings &settings,
                                 const RestorePoint &point,
                                 const QString &folder,
                                 const RollbackSelection &selection,
                                 Monitor &monitor) const;
    /// Whether some tables of a restore point can come back alone.
    Result<QList<SelectionFinding>> checkTables(const SiteSettings &settings,
                                                const RestorePoint &point,
                                                const QStringList &tables,
                                                Monitor &monitor) const;
    /// The restore point with that id, or the newest that was not used up. RestoreError.NoRollbackFound;
    /// what is wrong with the one of that id.
    Result<RestorePoint> restorePoint(const SiteSettings &settings, const QString &id = {}) const;

    /// Loads the dump of a verified restore point into a database of its own and compares every row;
    /// tells where that cannot be done.
    Result<ScratchVerdict>
    loadToVerify(const SiteSettings &settings, const RestorePoint &point, Monitor &monitor) const;
    Result<PointInspection>
    inspect(const SiteSettings &settings, const RestorePoint &point, Monitor &monitor) const;
    /// What a restore point made now, by hand, would take. Reads the site's tree and the database's sizes.
    Result<PointEstimate> estimateRestorePoint(const SiteSettings &settings,
                                               Monitor &monitor) const;
    /// Makes one with copies of all files; holds the site meanwhile. LockError.Held,
    /// AssistantError.RunUnfinished, RestoreError.NotEnoughSpace: nothing was written.
    Result<RestorePoint>
    makeRestorePoint(const SiteSettings &settings, const QString &name, Monitor &monitor) const;
    /// What other programs have left in the site that a restore point can be made of, whatever state
    /// the site is in.
    QList<ForeignLeft> foreignLeft(const SiteSettings &settings) const;
    /// What taking one of them over would take. ForeignLeft::problem; RestoreError.ForeignNoDump,
    /// .OtherSite, .NoRollbackFound; DatabaseError.ScriptIncomplete.
    Result<PointEstimate>
    estimateTakeOver(const SiteSettings &settings, const QString &name, Monitor &monitor) const;
    /// Makes a restore point of it, with copies; what is there stays as it is. The same errors, and
    /// those of makeRestorePoint().
    Result<RestorePoint>
    takeOver(const SiteSettings &settings, const QString &name, Monitor &monitor) const;
    /// What removing it takes away, whether it is a whole one or a leftover. RestoreError.PointFrozen,
    /// .PointNeeded, .NoRollbackFound.
    Result<PointRemoval>
    removalOf(const SiteSettings &settings, const QString &id, Monitor &monitor) const;
    /// Removes it, with the files that it has within the site. The same errors; LockError.Held.
    Result<>
    removeRestorePoint(const SiteSettings &settings, const QString &id, Monitor &monitor) const;
    /// The oldest beyond that number which may go: neither frozen, nor needed by a run that stands, nor
    /// the last upgrade's way back.
    static QList<RestorePoint> surplusPoints(const SiteStatus &status, int keep);
    /// Moves it to another folder, from where a link leads there; what it has within the site stays.
    Result<RestorePoint> moveRestorePoint(const SiteSettings &settings,
                                          const QString &id,
                                          const QString &folder,
                                          Monitor &monitor) const;

    /// Banister's own folder within a site.
    static QString privateFolder(const QString &siteFolder);
    /// The log of the last run, wherever that run has put it; empty where there is none.
    QString logFile(const SiteSettings &settings) const;
    /// Where the log of an earlier run is now, and which part of it is that run's.
    /// EngineError.NoSuchRun; an empty path where the log is gone.
    Result<RunLog> logOf(const SiteSettings &settings, const QString &run) const;

private:
    const Product *product(const QString &id) const;
    /// RestoreError.OtherSite.
    Result<const Product *> productOf(const RestorePoint &point) const;
    struct PointData
    {
        DatabaseSettings database; ///< of the site now
        DumpManifest dump;
    };
    Result<PointData> dataOf(const SiteSettings &settings, const RestorePoint &point) const;
    /// What restore points keep in the site's folder.
    static Result<QStringList> namesHeld(const SiteStatus &status);
    Result<DatabaseSettings> databaseAt(const SiteSettings &settings,
                                        const RestorePoint &point,
                                        const QString &replaced) const;
    const Product *productOf(const SiteSettings &settings) const;
    /// A run that was killed while it made its own first files has left a trace in the folder's time.
    static void putFolderTimeBack(const SiteSettings &settings, const RunState &run);
    Result<Plan> planAgain(const SiteSettings &settings,
                           const QString &kind,
                           const QJsonObject &planSettings) const;
    Result<Plan> makeRollback(const Product &product,
                              const SiteSettings &settings,
                              const RestorePoint &point,
                              const RollbackNames &names) const;
    /// With the folder for restore points where a person has chosen none.
    SiteSettings placed(const SiteSettings &settings) const;
    QString newPointFolder(const SiteSettings &settings, const QString &token) const;
    Result<RestorePointRequest> requestByHand(const SiteSettings &settings) const;
    Result<ForeignLeft> foreignNamed(const SiteSettings &settings, const QString &name) const;
    Result<RestorePointRequest>
    takeOverRequest(const SiteSettings &settings, const QString &name, Monitor &monitor) const;
    Result<RestorePoint> makePoint(const SiteSettings &settings,
                                   const RestorePointRequest &request,
                                   const QString &purpose,
                                   Monitor &monitor) const;
    Result<RunLock>
    holdForPoints(const SiteSettings &settings, const QString &purpose, Monitor &monitor) const;

    Products m_products;
};

} // namespace Banister
