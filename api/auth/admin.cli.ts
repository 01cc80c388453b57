import { parseArgs } from 'node:util';
import { ConfigError, readEnv, toConfig } from '../config.ts';
import { Problem } from '../errors/problem.ts';
import { loadContract } from '../http/contract.ts';
import { ContractValidator } from '../http/validator.ts';
import { ask, askHidden, BrokenOff, firstLine, type Terminal } from './ask.ts';
import { systemPrincipal } from './principal.ts';

const USAGE = `Usage: npm run admin:create -- [--username NAME] [--email ADDRESS] [--name "FULL NAME"]

Creates the first administrator. What is left out is asked for; so is the password. Without a terminal the
password is the first line of the standard input. It is never taken from the command line, which others can read.
`;

/** Something the person at the terminal has to put right. */
class Refused extends Error {}

interface Person {
  readonly username: string;
  readonly email: string;
  readonly fullName: string;
  readonly password: string;
}

function readOptions(): { username?: string; email?: string; name?: string } {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({ options: { username: text, email: text, name: text, help: { type: 'boolean' } } });
    if (values.help) throw new Refused(USAGE);
    return values;
  } catch (error) {
    throw error instanceof Refused ? error : new Refused(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

/** What was given, and what a person at a terminal answers. */
async function readPerson(terminal: Terminal | null): Promise<Person> {
  const given = readOptions();
  const field = async (value: string | undefined, option: string, question: string): Promise<string> => {
    if (value !== undefined) return value.trim();
    if (!terminal) throw new Refused(`--${option} is missing, and there is no terminal to ask at.\n\n${USAGE}`);
    return ask(terminal, question);
  };
  const username = await field(given.username, 'username', 'User name: ');
  const email = await field(given.email, 'email', 'E-mail: ');
  const fullName = await field(given.name, 'name', 'Full name: ');
  const password = terminal ? await askTwice(terminal) : await firstLine(process.stdin);
  return { username, email, fullName, password };
}

async function askTwice(terminal: Terminal): Promise<string> {
  const password = await askHidden(terminal, 'Password: ');
  if ((await askHidden(terminal, 'Once more: ')) !== password) throw new Refused('The two passwords differ.');
  return password;
}

const OPTIONS: Readonly<Record<string, string>> = { fullName: 'name' };

/** @throws Refused naming everything that the contract would refuse over HTTP */
function assertSound(person: Person): void {
  const errors = ContractValidator.of(loadContract()).schema('CreateAgentData')({ ...person, role: 'admin', department: 'Administration' });
  const lines = errors.map(({ path, message }) => {
    const name = path.replace(/^\//, '');
    return `${OPTIONS[name] ?? name} ${message}`;
  });
  if (lines.length > 0) throw new Refused(lines.join('\n'));
}

async function main(): Promise<void> {
  const terminal = process.stdin.isTTY ? { input: process.stdin, output: process.stdout } : null;
  const person = await readPerson(terminal);
  assertSound(person);
  const config = toConfig({ LOG_LEVEL: 'warn', ...readEnv() });
  // Only now that it is clear what to do: all of the application comes along.
  const { migrate } = await import('../db/migrate.ts');
  const { createContext } = await import('../context.ts');
  await migrate(config.database.directUrl);
  const ctx = await createContext(config, 'admin');
  try {
    const admin = await ctx.auth.createAdministrator(systemPrincipal('terminal'), person);
    process.stdout.write(`${admin.fullName} (${admin.username}) is the administrator and can sign in.\n`);
  } finally {
    await ctx.close();
  }
}

try {
  await main();
} catch (error) {
  const plain = error instanceof Refused || error instanceof Problem || error instanceof ConfigError;
  if (!(error instanceof BrokenOff)) process.stderr.write(`${plain ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = error instanceof BrokenOff ? 130 : 1;
}
