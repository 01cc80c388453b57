import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CRUISER = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');

/** A house in which everything is where it belongs. */
const HOUSE: Readonly<Record<string, string>> = {
  'api/config.ts': `export const config = 1;`,
  'api/main.ts': `import { context } from './context.ts'; import { app } from './app.ts'; import { config } from './config.ts'; export const main = [context, app, config];`,
  'api/app.ts': `import express from 'express'; import { routes } from './notes/notes.routes.ts'; export const app = [express, routes];`,
  'api/context.ts': `import { Redis } from 'ioredis'; import type { MikroORM } from '@mikro-orm/postgresql'; import { NoteService } from './notes/notes.service.ts'; import { NoteRepository } from './notes/note.repository.ts'; export const context = [Redis, NoteService, NoteRepository]; export type Orm = MikroORM;`,
  'api/server.ts': `import { app } from './app.ts'; export const server = app;`,
  'api/db/db.ts': `import { sql } from 'kysely'; export { sql }; export interface Db { n: number }`,
  'api/events/event.ts': `export interface Event { n: number }`,
  'api/queues/queues.ts': `import { Queue } from 'bullmq'; import { Redis } from 'ioredis'; export const queues = [Queue, Redis];`,
  'api/realtime/gateway.ts': `import { Server } from 'socket.io'; export const gateway = Server;`,
  'api/storage/bucket.ts': `import { S3Client } from '@aws-sdk/client-s3'; export const bucket = S3Client;`,
  'api/http/contract.types.ts': `export interface components { note: number }`,
  'api/http/handler.ts': `import type { components } from './contract.types.ts'; export type Handler = components;`,
  'api/http/limits.ts': `import { RedisStore } from 'rate-limit-redis'; import type { Request } from 'express'; export const limits = RedisStore; export type R = Request;`,
  'api/notes/note.entity.ts': `import { defineEntity } from '@mikro-orm/core'; export const NoteEntity = defineEntity; export type Priority = 'LOW';`,
  'api/notes/note.repository.ts': `import { sql, type Db } from '../db/db.ts'; import { NoteEntity } from './note.entity.ts'; import { fragment } from '../numbers/days.sql.ts'; import type { NoteCreated } from './notes.events.ts'; export class NoteRepository { all = [sql, NoteEntity, fragment]; db?: Db; event?: NoteCreated }`,
  'api/notes/notes.events.ts': `import type { Event } from '../events/event.ts'; export type NoteCreated = Event;`,
  'api/notes/note.presenter.ts': `import type { components } from '../http/contract.types.ts'; import type { NoteRepository } from './note.repository.ts'; export const present = (n: NoteRepository): components => ({ note: n.all.length });`,
  'api/notes/notes.service.ts': `import type { Db } from '../db/db.ts'; import { NoteRepository } from './note.repository.ts'; import { present } from './note.presenter.ts'; import { NumbersService } from '../numbers/numbers.service.ts'; export class NoteService { all = [NoteRepository, NumbersService, present]; db?: Db }`,
  'api/notes/notes.routes.ts': `import type { Request } from 'express'; import { NoteService } from './notes.service.ts'; import { present } from './note.presenter.ts'; import type { components } from '../http/contract.types.ts'; export const routes = [NoteService, present]; export type R = [components, Request];`,
  'api/notes/notes.test.ts': `import { expect } from 'chai'; import { NumbersRepository } from '../numbers/numbers.repository.ts'; import { help } from '../../test/help.ts'; export const tested = [expect, NumbersRepository, help];`,
  'api/notes/notes.cli.ts': `import { context } from '../context.ts'; import { config } from '../config.ts'; export const cli = [context, config];`,
  'api/numbers/days.sql.ts': `import { sql } from '../db/db.ts'; export const fragment = sql;`,
  'api/numbers/numbers.entity.ts': `import { defineEntity } from '@mikro-orm/core'; import type { Priority } from '../notes/note.entity.ts'; export const NumberEntity = defineEntity; export type P = Priority;`,
  'api/numbers/numbers.repository.ts': `import { fragment } from './days.sql.ts'; export class NumbersRepository { all = fragment }`,
  'api/numbers/numbers.service.ts': `import { NumbersRepository } from './numbers.repository.ts'; export class NumbersService { all = NumbersRepository }`,
  'workers/main.ts': `import { context } from '../api/context.ts'; import { Worker } from 'bullmq'; import { processor } from './notes/tidy.processor.ts'; export const work = [context, Worker, processor];`,
  'workers/notes/tidy.processor.ts': `import type { NoteService } from '../../api/notes/notes.service.ts'; export const processor = (s: NoteService) => s.all;`,
  'widgets/index.ts': `export { Note } from './note/note.ts';`,
  'widgets/note/note.ts': `import { LitElement } from 'lit'; import { io } from 'socket.io-client'; import type { components } from '../../api/http/contract.types.ts'; export class Note extends LitElement { c?: components; io = io }`,
  'widgets/vite.config.ts': `import { join } from 'node:path'; export const config = join;`,
  'test/help.ts': `import { context } from '../api/context.ts'; export const help = context;`,
};

/** One import too many each: the module that has it, what it says, and the rules it breaks. A cycle is told once. */
const TRESPASSES: readonly (readonly [file: string, code: string, ...rules: string[]])[] = [
  ['api/notes/round.ts', `import { b } from './trip.ts'; export const a: unknown = b;`, 'no-cycles'],
  ['api/notes/trip.ts', `import type { a } from './round.ts'; export const b: typeof a = 1;`],
  ['api/notes/lost.ts', `import { nothing } from './not-there.ts'; export const lost = nothing;`, 'no-missing'],
  ['api/notes/tooling.ts', `import { expect } from 'chai'; export const tool = expect;`, 'no-dev-package-at-run-time'],
  ['api/notes/up.entity.ts', `import type { NoteRepository } from './note.repository.ts'; export type Up = NoteRepository;`, 'entities-know-nothing-above'],
  ['api/notes/up.repository.ts', `import type { NoteService } from './notes.service.ts'; export type Up = NoteService;`, 'repositories-know-entities-only'],
  ['api/notes/present.repository.ts', `import { present } from './note.presenter.ts'; export const up = present;`, 'repositories-know-entities-only'],
  ['api/notes/record.repository.ts', `import * as events from './notes.events.ts'; export const up = events;`, 'repositories-record-nothing'],
  ['api/notes/up.service.ts', `import { routes } from './notes.routes.ts'; export const up = routes;`, 'services-know-no-routes'],
  ['api/notes/asking.presenter.ts', `import { NoteService } from './notes.service.ts'; export const up = NoteService;`, 'presenters-know-no-services'],
  ['api/notes/querying.routes.ts', `import { NoteRepository } from './note.repository.ts'; export const down = NoteRepository;`, 'routes-know-services-only'],
  ['api/notes/asking.service.ts', `import { context } from '../context.ts'; export const up = context;`, 'rooms-know-no-composition'],
  ['api/notes/orm.service.ts', `import { defineEntity } from '@mikro-orm/core'; export const orm = defineEntity;`, 'orm-in-repositories'],
  ['api/notes/orm-type.service.ts', `import type { EntityManager } from '@mikro-orm/postgresql'; export type Em = EntityManager;`, 'orm-in-repositories'],
  ['api/notes/kysely.routes.ts', `import { sql } from 'kysely'; export const query = sql;`, 'orm-in-repositories'],
  ['api/notes/sql.service.ts', `import { sql } from '../db/db.ts'; export const query = sql;`, 'sql-in-repositories'],
  ['api/notes/express.service.ts', `import type { Request } from 'express'; export type R = Request;`, 'express-at-the-edge'],
  ['api/notes/bullmq.service.ts', `import { Queue } from 'bullmq'; export const queue = Queue;`, 'bullmq-in-queues'],
  ['api/notes/sockets.service.ts', `import { Server } from 'socket.io'; export const server = Server;`, 'socket-io-in-realtime'],
  ['workers/socket.ts', `import type { Server } from 'socket.io'; export type S = Server;`, 'socket-io-in-realtime'],
  ['api/notes/redis.service.ts', `import { Redis } from 'ioredis'; export const redis = Redis;`, 'redis-behind-doors'],
  ['api/notes/mailing.service.ts', `import { createTransport } from 'nodemailer'; export const mail = createTransport;`, 'mail-behind-one-door'],
  ['api/notes/files.service.ts', `import type { S3Client } from '@aws-sdk/client-s3'; export type Files = S3Client;`, 'buckets-in-storage'],
  ['workers/files.ts', `export const files = () => import('@aws-sdk/client-s3');`, 'buckets-in-storage'],
  ['api/notes/wire.service.ts', `import type { components } from '../http/contract.types.ts'; export type Wire = components;`, 'contract-types-at-the-edge'],
  ['api/notes/wire.repository.ts', `import type { components } from '../http/contract.types.ts'; export type Wire = components;`, 'contract-types-at-the-edge'],
  ['workers/wire.ts', `import type { components } from '../api/http/contract.types.ts'; export type Wire = components;`, 'contract-types-at-the-edge'],
  ['api/notes/foreign.service.ts', `import type { NumbersRepository } from '../numbers/numbers.repository.ts'; export type N = NumbersRepository;`, 'no-foreign-repository'],
  ['api/notes/fragment.service.ts', `import { fragment } from './own.sql.ts'; export const f = fragment;`, 'sql-fragments-for-repositories'],
  ['api/notes/own.sql.ts', `export const fragment = 1;`],
  ['api/notes/foreign.repository.ts', `import { NumberEntity } from '../numbers/numbers.entity.ts'; export const e = NumberEntity;`, 'no-foreign-entity'],
  ['api/numbers/foreign.ts', `import { routes } from '../notes/notes.routes.ts'; export const r = routes;`, 'no-foreign-route'],
  ['api/notes/working.ts', `import { processor } from '../../workers/notes/tidy.processor.ts'; export const p = processor;`, 'api-knows-no-worker'],
  ['workers/notes/thick.processor.ts', `import { NoteRepository } from '../../api/notes/note.repository.ts'; export const r = NoteRepository;`, 'processors-are-thin'],
  ['api/notes/testing.ts', `import { help } from '../../test/help.ts'; export const h = help;`, 'nobody-knows-tests-and-tools'],
  ['widgets/note/server.ts', `import { config } from '../../api/http/handler.ts'; export const c = config;`, 'widgets-know-types-only', 'widgets-know-the-contract-only'],
  ['widgets/note/value.ts', `import * as contract from '../../api/http/contract.types.ts'; export const c = contract;`, 'widgets-know-types-only'],
  ['widgets/note/entity.ts', `import type { Priority } from '../../api/notes/note.entity.ts'; export type P = Priority;`, 'widgets-know-the-contract-only'],
  ['widgets/note/node.ts', `import { join } from 'node:path'; export const j = join;`, 'widgets-run-in-browsers'],
  ['api/notes/element.ts', `import { Note } from '../../widgets/note/note.ts'; export const n = Note;`, 'nobody-imports-widgets'],
  ['widgets/note/barrel.ts', `import type { Note } from '../index.ts'; export type N = Note;`, 'no-barrels'],
];

/** A context that knows its server: a file of the house, replaced. */
const BACKWARDS: readonly [file: string, code: string, rule: string] = ['api/context.ts', `import { server } from './server.ts'; export const context = server;`, 'context-knows-no-process'];

describe('import directions', function () {
  this.timeout(60_000);
  const folders: string[] = [];

  after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

  /** The rules broken in a house of these files, by the file that breaks them. */
  async function inspect(files: Readonly<Record<string, string>>): Promise<Map<string, Set<string>>> {
    const folder = await mkdtemp(join(await realpath(tmpdir()), 'sideline-imports-'));
    folders.push(folder);
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    for (const name of ['package.json', 'tsconfig.json']) await copyFile(join(ROOT, name), join(folder, name));
    for (const [name, code] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), code);
    }
    const args = [CRUISER, '--config', join(ROOT, '.dependency-cruiser.cjs'), '--output-type', 'json', 'api', 'workers', 'widgets', 'test'];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder, maxBuffer: 2 ** 26 });
    const { summary } = JSON.parse(stdout) as { summary: { violations: { from: string; rule: { name: string } }[] } };
    const found = new Map<string, Set<string>>();
    for (const { from, rule } of summary.violations) found.set(from, (found.get(from) ?? new Set()).add(rule.name));
    return found;
  }

  it('finds nothing where everything is in its place', async () => {
    const found = await inspect(HOUSE);
    expect(Object.fromEntries([...found].map(([file, rules]) => [file, [...rules]]))).to.deep.equal({});
  });

  it('names the rule that each trespass breaks, and no other', async () => {
    const found = await inspect({ ...HOUSE, ...Object.fromEntries(TRESPASSES.map(([file, code]) => [file, code])) });
    for (const [file, , ...rules] of TRESPASSES) {
      expect([...(found.get(file) ?? [])], file).to.have.members(rules);
    }
  });

  it('keeps the context from knowing the processes', async () => {
    const [file, code, rule] = BACKWARDS;
    expect([...((await inspect({ ...HOUSE, [file]: code })).get(file) ?? [])]).to.include(rule);
  });

  it('has a trespass for every rule', () => {
    const { forbidden } = createRequire(import.meta.url)(join(ROOT, '.dependency-cruiser.cjs')) as { forbidden: { name: string }[] };
    const tried = new Set([...TRESPASSES.flatMap(([, , ...rules]) => rules), BACKWARDS[2]]);
    expect(forbidden.map((rule) => rule.name).filter((name) => !tried.has(name))).to.deep.equal([]);
  });
});
