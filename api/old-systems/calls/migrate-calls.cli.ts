import { systemPrincipal } from '../../auth/principal.ts';
import { createContext } from '../../context.ts';
import { migrate } from '../../db/migrate.ts';
import { configOfCommand, failed, progressLine, readCommandLine, tellWhenStopped } from '../command-line.ts';
import { OldFileError } from '../old-file-error.ts';

const USAGE = `Usage: npm run migrate:calls -- FILE [FILE …] [--dry-run] [--source LABEL]

Brings mongoexports of calls, recordings and transcripts along: one document a line, an array (--jsonArray) or spread
over lines (--pretty), packed with gzip or not. One file for each collection or all of them in one, in any order. Done
again it brings what was added or changed there since; what was changed here stays.

  --dry-run        says what would happen, and does none of it
  --source LABEL   the source of the interactions; call-export when left out
`;

/** One file for each collection, cut into some parts. */
const MOST_FILES = 100;

async function main(): Promise<void> {
  const { files, dryRun, source } = readCommandLine(USAGE, 'call-export', MOST_FILES);
  tellWhenStopped({ dryRun });
  const config = configOfCommand();
  await migrate(config.database.directUrl);
  const ctx = await createContext(config, 'migrate-calls');
  const progress = progressLine();
  try {
    const report = await ctx.oldSystems.calls.run(systemPrincipal('migration'), files, { system: source, dryRun, progress: progress.draw });
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
