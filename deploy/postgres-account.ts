import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { StartError } from './start-error.ts';

const run = promisify(execFile);

/** A system account, by number. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** A program and its arguments, and the account Node has to switch to itself (if any). */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly account?: Account;
}

/** How to start PostgreSQL's programs on this machine, for this user, in these folders. */
export interface Launcher {
  /** The account PostgreSQL runs as; `undefined`: the one we run as. */
  readonly account: Account | undefined;
  command(file: string, args: readonly string[]): Promise<Command>;
}

const isRoot = (): boolean => process.getuid?.() === 0;

async function lookUp(name: string): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

/**
 * The account PostgreSQL runs as when we are root, which it refuses to be: `postgres`, created when
 * the machine has none, or `nobody` where accounts cannot be created.
 */
async function serviceAccount(): Promise<Account> {
  const existing = await lookUp('postgres');
  if (existing) return existing;
  await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']).catch(() => undefined);
  const account = (await lookUp('postgres')) ?? (await lookUp('nobody'));
  if (!account) throw new StartError('PostgreSQL does not run as root, and this machine has no account "postgres" or "nobody" for it.');
  return account;
}

/** Whether an account that is nobody special can pass through every folder down to `path`. */
async function reachable(path: string): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode } = await stat(folder);
    if ((mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** Search-only first; inside containers often only the second capability is to be had. */
const CAPABILITIES = ['+dac_read_search', '+dac_override'];

/**
 * `setpriv` can hand a process the right to pass through folders that are closed to its account
 * (a checkout below /root or in a `mktemp -d` folder). `no_setuid_fixup` is needed because
 * access(2), with which PostgreSQL looks for its own files, otherwise ignores capabilities.
 */
function setprivArgs(account: Account, capability: string | undefined, dieWithParent: boolean): string[] {
  const args = [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'];
  if (capability) {
    const only = `-all,${capability}`;
    args.push('--securebits=+no_setuid_fixup', `--inh-caps=${only}`, `--ambient-caps=${only}`, `--bounding-set=${only}`);
  }
  if (dieWithParent) args.push('--pdeathsig=INT');
  return args;
}

async function works(file: string, args: readonly string[]): Promise<boolean> {
  return run(file, args).then(() => true, () => false);
}

async function privilegedLauncher(account: Account, binary: string, open: boolean, dieWithParent: boolean): Promise<Launcher> {
  for (const capability of open ? [undefined] : CAPABILITIES) {
    const prefix = setprivArgs(account, capability, dieWithParent);
    if (await works('setpriv', [...prefix, binary, '--version'])) {
      return { account, command: async (file, args) => ({ file: 'setpriv', args: [...prefix, file, ...args] }) };
    }
  }
  if (open) return { account, command: async (file, args) => ({ file, args, account }) };
  throw new StartError(
    'PostgreSQL does not run as root, and the account it runs as instead cannot enter the folder of this installation or of its data. ' +
      'Put them below a folder that everybody may enter (chmod o+x), or run npm start as an ordinary user.',
  );
}

/**
 * The same command, made to receive `signal` when this process dies, where the system offers that
 * (Linux with `setpriv`); unchanged elsewhere.
 */
export async function endWithParent(file: string, args: readonly string[], signal: 'INT' | 'TERM'): Promise<Command> {
  const prefix = `--pdeathsig=${signal}`;
  const offered = process.platform === 'linux' && (await works('setpriv', [prefix, 'true']));
  return offered ? { file: 'setpriv', args: [prefix, file, ...args] } : { file, args };
}

/**
 * Finds out how PostgreSQL can be run here.
 * @param binary full path of one of its programs
 * @param folder an existing folder that it must be able to enter
 * @param owner the account that owns an existing data folder
 * @param dieWithParent shut PostgreSQL down when this process dies, where the system offers that (Linux)
 * @throws StartError when root's PostgreSQL account cannot get at the files, or the data belongs to somebody else
 */
export async function findLauncher(binary: string, folder: string, owner: Account | undefined, dieWithParent: boolean): Promise<Launcher> {
  if (!isRoot()) {
    if (owner && owner.uid !== process.getuid?.()) {
      throw new StartError(`The data in ${folder} belongs to user ${owner.uid}: run as that user, or choose another DATA_DIR.`);
    }
    return { account: undefined, command: async (file, args) => (dieWithParent ? endWithParent(file, args, 'INT') : { file, args }) };
  }
  const account = owner && owner.uid !== 0 ? owner : await serviceAccount();
  const open = (await reachable(dirname(binary))) && (await reachable(folder));
  return privilegedLauncher(account, binary, open, dieWithParent);
}
