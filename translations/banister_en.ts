<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Banister::CheckPage</name>
    <message numerus="yes">
        <source>%n check(s) to go. Nothing is changed by checking.</source>
        <translation>
            <numerusform>%n check to go. Nothing is changed by checking.</numerusform>
            <numerusform>%n checks to go. Nothing is changed by checking.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s) must be solved before the upgrade can begin.</source>
        <translation>
            <numerusform>%n finding must be solved before the upgrade can begin.</numerusform>
            <numerusform>%n findings must be solved before the upgrade can begin.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s) to read and accept.</source>
        <translation>
            <numerusform>%n warning to read and accept.</numerusform>
            <numerusform>%n warnings to read and accept.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Banister::InclusionView</name>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more finding(s).</source>
        <translation>
            <numerusform>%Ln more finding.</numerusform>
            <numerusform>%Ln more findings.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Banister::LossView</name>
    <message numerus="yes">
        <source>%Ln file(s) were written after %1, by people or the site itself.</source>
        <translation>
            <numerusform>%Ln file was written after %1, by people or the site itself.</numerusform>
            <numerusform>%Ln files were written after %1, by people or the site itself.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Banister::PlainModel</name>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln table(s)</source>
        <translation>
            <numerusform>%Ln table</numerusform>
            <numerusform>%Ln tables</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Banister::PlanPage</name>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Banister::RunPage</name>
    <message numerus="yes">
        <source>… %Ln line(s) are only in the log …</source>
        <translation>
            <numerusform>… %Ln line is only in the log …</numerusform>
            <numerusform>… %Ln lines are only in the log …</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n step(s) are done.</source>
        <translation>
            <numerusform>The step is done.</numerusform>
            <numerusform>All %n steps are done.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Banister::SmallFile</name>
    <message numerus="yes">
        <source>It is larger than %n MB.</source>
        <translation>
            <numerusform>It is larger than %n MB.</numerusform>
            <numerusform>It is larger than %n MB.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Banister::TablesLoss</name>
    <message numerus="yes">
        <source>%Ln added row(s)</source>
        <translation>
            <numerusform>%Ln added row</numerusform>
            <numerusform>%Ln added rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed row(s)</source>
        <translation>
            <numerusform>%Ln changed row</numerusform>
            <numerusform>%Ln changed rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BanisterCli</name>
    <message numerus="yes">
        <source>Of these, written since %1: %Ln file(s)</source>
        <translation>
            <numerusform>Of these, written since %1: %Ln file</numerusform>
            <numerusform>Of these, written since %1: %Ln files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Check</name>
    <message numerus="yes">
        <source>The check %1 has not come to an end within %n second(s).</source>
        <translation>
            <numerusform>The check %1 has not come to an end within %n second.</numerusform>
            <numerusform>The check %1 has not come to an end within %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ForeignPoint</name>
    <message numerus="yes">
        <source>%Ln file(s) of plugins, themes and media come from the present site, where they had been moved: as they were on %1, with what was changed or removed before.</source>
        <translation>
            <numerusform>%Ln file of plugins, themes and media comes from the present site, where it had been moved: as it was on %1, with what was changed or removed before.</numerusform>
            <numerusform>%Ln files of plugins, themes and media come from the present site, where they had been moved: as they were on %1, with what was changed or removed before.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LossWords</name>
    <message numerus="yes">
        <source>Came since, with %Ln row(s)</source>
        <translation>
            <numerusform>Came since, with %Ln row</numerusform>
            <numerusform>Came since, with %Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Is gone, had %Ln row(s)</source>
        <translation>
            <numerusform>Is gone, had %Ln row</numerusform>
            <numerusform>Is gone, had %Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) added</source>
        <translation>
            <numerusform>%Ln row added</numerusform>
            <numerusform>%Ln rows added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) changed</source>
        <translation>
            <numerusform>%Ln row changed</numerusform>
            <numerusform>%Ln rows changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) removed</source>
        <translation>
            <numerusform>%Ln row removed</numerusform>
            <numerusform>%Ln rows removed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MauticChecks</name>
    <message numerus="yes">
        <source>%1: the migrations take about %n minute(s).</source>
        <translation>
            <numerusform>%1: the migrations take about %n minute.</numerusform>
            <numerusform>%1: the migrations take about %n minutes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n plugin(s) were installed by hand.</source>
        <translation>
            <numerusform>%n plugin was installed by hand.</numerusform>
            <numerusform>%n plugins were installed by hand.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n table(s) keep a history of their rows (system versioning); a rollback brings back the present rows only.</source>
        <translation>
            <numerusform>%n table keeps a history of its rows (system versioning); a rollback brings back the present rows only.</numerusform>
            <numerusform>%n tables keep a history of their rows (system versioning); a rollback brings back the present rows only.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mail(s) wait to be sent.</source>
        <translation>
            <numerusform>%n mail waits to be sent.</numerusform>
            <numerusform>%n mails wait to be sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n migration(s) of Mautic 2 are outstanding.</source>
        <translation>
            <numerusform>%n migration of Mautic 2 is outstanding.</numerusform>
            <numerusform>%n migrations of Mautic 2 are outstanding.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MauticPreview</name>
    <message numerus="yes">
        <source>about %n minute(s)</source>
        <translation>
            <numerusform>about %n minute</numerusform>
            <numerusform>about %n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MauticUpgrade</name>
    <message numerus="yes">
        <source>%Ln item(s) brought over</source>
        <translation>
            <numerusform>%Ln item brought over</numerusform>
            <numerusform>%Ln items brought over</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to look at</source>
        <translation>
            <numerusform>%n to look at</numerusform>
            <numerusform>%n to look at</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n setting(s)</source>
        <translation>
            <numerusform>%n setting</numerusform>
            <numerusform>%n settings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n migration(s) skip themselves and stay open</source>
        <translation>
            <numerusform>%n migration skips itself and stays open</numerusform>
            <numerusform>%n migrations skip themselves and stay open</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n migration(s) stay open although the console reports no failure.</source>
        <translation>
            <numerusform>%n migration stays open although the console reports no failure.</numerusform>
            <numerusform>%n migrations stay open although the console reports no failure.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n migration(s)</source>
        <translation>
            <numerusform>%n migration</numerusform>
            <numerusform>%n migrations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PrivateServer</name>
    <message numerus="yes">
        <source>The server in %1 did not answer within %n minute(s).</source>
        <translation>
            <numerusform>The server in %1 did not answer within %n minute.</numerusform>
            <numerusform>The server in %1 did not answer within %n minutes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RollbackPlan</name>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln table(s)</source>
        <translation>
            <numerusform>%Ln table</numerusform>
            <numerusform>%Ln tables</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln top-level entry(ies) moved back</source>
        <translation>
            <numerusform>%Ln top-level entry moved back</numerusform>
            <numerusform>%Ln top-level entries moved back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln thing(s) differ(s) from the restore point; the first is %1.</source>
        <translation>
            <numerusform>%Ln thing differs from the restore point: %1.</numerusform>
            <numerusform>%Ln things differ from the restore point; the first is %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Equal to the restore point: %Ln file(s)</source>
        <translation>
            <numerusform>Equal to the restore point: %Ln file</numerusform>
            <numerusform>Equal to the restore point: %Ln files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RollbackWords</name>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln table(s)</source>
        <translation>
            <numerusform>%Ln table</numerusform>
            <numerusform>%Ln tables</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln folder(s)</source>
        <translation>
            <numerusform>%Ln folder</numerusform>
            <numerusform>%Ln folders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) written since</source>
        <translation>
            <numerusform>%Ln file written since</numerusform>
            <numerusform>%Ln files written since</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new row(s)</source>
        <translation>
            <numerusform>%Ln new row</numerusform>
            <numerusform>%Ln new rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed row(s)</source>
        <translation>
            <numerusform>%Ln changed row</numerusform>
            <numerusform>%Ln changed rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Transfer</name>
    <message numerus="yes">
        <source>%1 was silent for %n second(s).</source>
        <translation>
            <numerusform>%1 was silent for %n second.</numerusform>
            <numerusform>%1 was silent for %n seconds.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 ended after %Ln byte(s), before all had come.</source>
        <translation>
            <numerusform>%1 ended after %Ln byte, before all had come.</numerusform>
            <numerusform>%1 ended after %Ln bytes, before all had come.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation>
            <numerusform>about %n minute left</numerusform>
            <numerusform>about %n minutes left</numerusform>
        </translation>
    </message>
</context>
</TS>
