import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ConfigError, readEnv, toConfig } from '../../config.ts';
import { isDatabaseAway } from '../../db/failures.ts';
import { Problem } from '../../errors/problem.ts';
import { loadContract } from '../../http/contract.ts';
import { ContractValidator } from '../../http/validator.ts';
import { systemPrincipal } from '../../auth/principal.ts';
import { LegacyFileError, readLegacyFile } from './legacy-file.ts';
import type { MigrationReport, RowOutcome } from './agents-migration.service.ts';
import type { PersonRules } from './legacy-person.ts';

const USAGE = `Usage: npm run migrate:agents -- FILE.json|FILE.csv [--dry-run] [--notify]

Brings the people of a mock or legacy system along. They keep their ids; passwords are not taken along, everybody
chooses one by a one-time link. Either the whole file is written or, where a row clashes, nothing; the same file
again changes nothing.

  --dry-run   says what would happen, and does none of it
  --notify    mails everybody who has no password yet their link (needs SMTP_URL)
`;

/** Something the person at the terminal has to put right. */
class Refused extends Error {}

function readOptions(): { file: string; dryRun: boolean; notify: boolean } {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { 'dry-run': { type: 'boolean' }, notify: { type: 'boolean' }, help: { type: 'boolean' } } });
    const [file, ...more] = positionals;
    if (values.help) {
      process.stdout.write(USAGE);
      process.exit(0);
    }
    if (!file || more.length > 0) throw new Refused(USAGE);
    return { file, dryRun: values['dry-run'] ?? false, notify: values.notify ?? false };
  } catch (error) {
    throw error instanceof Refused ? error : new Refused(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

/** The rules of `POST /api/agents`, without the password that nobody has yet. */
function rulesOfContract(): PersonRules {
  const validate = ContractValidator.of(loadContract()).schema('CreateAgentData');
  return (fields) => validate({ ...fields, password: 'Not-A-Password-1' }).map(({ path, message }) => ({ field: path.replace(/^\//, ''), message }));
}

const WORDS: Readonly<Record<RowOutcome['what'], string>> = { new: 'new', present: 'kept', clash: 'CLASH', invalid: 'WRONG' };

function print({ rows, mailed, written }: MigrationReport, dryRun: boolean): void {
  const say = (line: string): boolean => process.stdout.write(`${line}\n`);
  if (dryRun) say('Dry run: nothing is written.\n');
  for (const { row, what, id, username, because } of rows) {
    say(`row ${String(row).padStart(4)}  ${WORDS[what].padEnd(5)}  ${String(id ?? '-').padStart(6)}  ${(username || '-').padEnd(20)}  ${because}`);
  }
  const count = (what: RowOutcome['what']): number => rows.filter((outcome) => outcome.what === what).length;
  const wrong = count('clash') + count('invalid');
  say(`\n${count('new')} new, ${count('present')} there already, ${wrong} that cannot be taken.`);
  if (wrong > 0) say('Nothing was written: put these rows right and start again.');
  else say(`${mailed.length} ${dryRun ? 'would be mailed a link' : 'are mailed a link'} to choose their password.${written ? '' : ' Start again without --dry-run to do it.'}`);
}

async function main(): Promise<void> {
  const { file, ...options } = readOptions();
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new Refused(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  const records = readLegacyFile(bytes, file);
  const config = toConfig({ LOG_LEVEL: 'warn', ...readEnv() });
  if (options.notify && !config.mail) throw new Refused('--notify needs SMTP_URL and MAIL_FROM. Without mail, an administrator hands links over: POST /api/agents/{id}/password-reset.');
  // Only now that it is clear what to do: all of the application comes along.
  const { migrate } = await import('../../db/migrate.ts');
  const { createContext } = await import('../../context.ts');
  await migrate(config.database.directUrl);
  const ctx = await createContext(config, 'migrate-agents');
  try {
    const report = await ctx.agentsMigration.run(systemPrincipal('migration'), records, rulesOfContract(), options);
    print(report, options.dryRun);
    if (report.rows.some(({ what }) => what === 'clash' || what === 'invalid')) process.exitCode = 1;
  } finally {
    await ctx.close();
  }
}

try {
  await main();
} catch (error) {
  const plain = error instanceof Refused || error instanceof LegacyFileError || error instanceof Problem || error instanceof ConfigError;
  const away = isDatabaseAway(error) ? 'The database cannot be reached. Nothing was written.' : undefined;
  process.stderr.write(`${away ?? (plain ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`);
  process.exitCode = 1;
}
