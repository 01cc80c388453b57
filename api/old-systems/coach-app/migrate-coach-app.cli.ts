import { systemPrincipal } from '../../auth/principal.ts';
import { createContext } from '../../context.ts';
import { migrate } from '../../db/migrate.ts';
import { configOfCommand, failed, progressLine, readCommandLine, tellWhenStopped } from '../command-line.ts';
import { contractRules } from '../../http/contract-rules.ts';
import { OldFileError } from '../old-file-error.ts';

const USAGE = `Usage: npm run migrate:coach-app -- dev.db [--dry-run] [--source LABEL]

Brings what a Coach App has along: people, teams, coaching sessions, notes, action items, figures. The file is only
read. Nobody is mailed; people choose a password by a link that an administrator sends. Done again it brings what was
added or changed there since; what was changed here stays.

  --dry-run        says what would happen, and does none of it
  --source LABEL   tells several Coach Apps apart; coach-app when left out
`;

async function main(): Promise<void> {
  const { files, dryRun, source } = readCommandLine(USAGE, 'coach-app', 1);
  tellWhenStopped({ dryRun });
  const config = configOfCommand();
  await migrate(config.database.directUrl);
  const ctx = await createContext(config, 'migrate-coach-app');
  const progress = progressLine();
  try {
    const report = await ctx.oldSystems.coachApp.run(systemPrincipal('migration'), files[0] ?? '', {
      system: source, dryRun, rules: contractRules(), progress: (table, rows) => progress.draw(table === 'figures' ? 'The figures are computed …' : `${table}: ${rows} rows`),
    });
    progress.clear();
    process.stdout.write(`${report.toString()}\n`);
  } finally {
    await ctx.close();
  }
}

try {
  await main();
} catch (error) {
  failed(error, (cause) => cause instanceof OldFileError);
}
