import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { validate as isUuid } from 'uuid';
import { readEnv } from '../config.ts';
import { IMPORT_KINDS } from './kinds/kind-names.ts';

export const usage = `Usage: npm run import -- FILE --kind KIND [options]
       npm run import -- --undo ID [--as USERNAME]

  --kind KIND               ${IMPORT_KINDS.join(', ')}
  --as USERNAME             in whose name; by default the first administrator
  --source LABEL            the system the file comes from; by default the header's signature
  --map FILE                JSON that says how the file is to be read, as PUT /api/imports/{id}/mapping takes it
  --create-missing-agents   add the people the file names who are not there
  --team NAME|ID            the team they join
  --dry-run                 only show what would happen
  --rejected FILE           write the rejected rows as a file like this one (.csv or .xlsx), with the reasons, to be mended
  --undo ID                 take a committed import back, unless something newer depends on it
`;

/** Something the person at the terminal has to put right. */
export class Refused extends Error {}

export interface Options {
  readonly file: string;
  readonly kind: string;
  /** Id of an import to take back; nothing else is done then. */
  readonly undo: string | undefined;
  readonly as: string | undefined;
  readonly source: string | undefined;
  readonly map: string | undefined;
  /** Where the rejected rows are to go. */
  readonly rejected: string | undefined;
  readonly team: string | undefined;
  readonly createMissingAgents: boolean;
  readonly dryRun: boolean;
}

/** @throws Refused with the usage */
export function readOptions(): Options | 'help' {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const options = { kind: text, as: text, source: text, map: text, team: text, undo: text, rejected: text, 'create-missing-agents': flag, 'dry-run': flag, help: flag };
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [file] = positionals;
    const { kind = '', as, source, map, team, undo, rejected } = values;
    if (values.help) return 'help';
    if (undo === undefined) checkKind(file, kind);
    if (positionals.length > 1 || (undo === undefined ? !file || !kind : file)) throw new Refused(usage);
    if (undo !== undefined && !isUuid(undo)) throw new Refused(`There is no import ${undo}.`);
    if (source !== undefined && !/^\s*\S.{0,99}\s*$/.test(source)) throw new Refused('--source must be a label of 1 to 100 characters.');
    // npm changes to the project's folder; the user meant theirs.
    const here = readEnv()['INIT_CWD'] ?? process.cwd();
    const path = (name: string): string => resolve(here, name);
    return { file: path(file ?? ''), kind, undo, as, source, team, map: map === undefined ? undefined : path(map), rejected: rejected === undefined ? undefined : sheetAt(path(rejected)), createMissingAgents: values['create-missing-agents'], dryRun: values['dry-run'] };
  } catch (error) {
    throw error instanceof Refused ? error : new Refused(`${sentenceOf(error)}\n\n${usage}`);
  }
}

/** @throws Refused for a file without a kind, and for a kind there is not */
function checkKind(file: string | undefined, kind: string): void {
  if (file !== undefined && kind === '') throw new Refused(`--kind is missing: say what the rows of ${file} are, such as --kind interactions.\n\n${usage}`);
  if (kind !== '' && !IMPORT_KINDS.some((known) => known === kind)) throw new Refused(`--kind must be one of ${IMPORT_KINDS.join(', ')}, not “${kind}”.`);
}

/** What is wrong with the arguments, in words of this program: Node's speak of positional arguments and cut their quotes. */
function sentenceOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const option = /'(-[^' ]*)/.exec(message)?.[1] ?? 'An option';
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `There is no option ${option}.`;
  return code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE' ? `${option} ${message.includes('does not take') ? 'takes no value' : 'needs a value behind it'}.` : message;
}

/** @throws Refused for what is no spreadsheet by its name */
function sheetAt(path: string): string {
  if (!/\.(csv|xlsx)$/i.test(path)) throw new Refused(`--rejected must end in .csv or .xlsx: ${path}`);
  return path;
}
