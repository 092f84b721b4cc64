<?php
// SPDX-FileCopyrightText: The Banister developers
// SPDX-License-Identifier: GPL-3.0-or-later

namespace Practice\Mautic;

final class SchemaUpdateCommand extends Command
{
    public function run(): int
    {
        $is3 = $this->kernel->isVersion3();
        $statements = (new SchemaComparison($this->kernel))->statements();
        $dump = $this->input->has('dump-sql');
        $force = $this->input->has('force');
        if (!$statements) {
            $this->output->line($is3 ? "\n [OK] Nothing to update - your database is already in sync with the current"
                ." entity metadata.\n" : 'Nothing to update - your database is already in sync with the current entity metadata.');
            return 0;
        }
        if ($dump) {
            if ($is3) {
                $this->output->line();
                $this->output->line(' The following SQL statements will be executed:');
                $this->output->line();
                foreach ($statements as $statement) {
                    $this->output->line('     '.$statement.';');
                }
            } else {
                $this->output->line(implode(";\n", $statements).';');
            }
        }
        if ($force) {
            $this->force($statements);
        }
        if (!$dump && !$force) {
            $this->output->line('ATTENTION: This operation should not be executed in a production environment.');
            $this->output->line('Please run the operation by passing one - or both - of the following options:');
            $this->output->line('    doctrine:schema:update --force to execute the command');
            $this->output->line('    doctrine:schema:update --dump-sql to dump the SQL statements to the screen');
            return 1;
        }
        return 0;
    }

    private function force(array $statements): void
    {
        $is3 = $this->kernel->isVersion3();
        if ($is3) {
            $this->output->line();
            $this->output->line(' Updating database schema...');
            $this->output->line();
        } else {
            $this->output->line('Updating database schema...');
        }
        foreach ($statements as $statement) {
            $this->kernel->database()->execute($statement);
        }
        if ($is3) {
            $this->output->line('     '.count($statements).' queries were executed');
            $this->output->line();
            $this->output->line(str_pad(' [OK] Database schema updated successfully!', 80));
            $this->output->line();
        } else {
            $this->output->line('Database schema updated successfully! "'.count($statements).'" queries were executed');
        }
    }
}
