import { systemPrincipal } from '../../api/auth/principal.ts';
import { claim } from '../../api/http/idempotency.repository.ts';
import { sql } from '../../api/db/db.ts';
import type { TestPerson } from '../harness/people.ts';
import type { World } from '../harness/world.ts';
import { withFile } from '../imports/read-rows.ts';
import { workbook } from '../imports/workbook-writer.ts';
import { uuidOfNobody, type Scenarios } from './scenario.ts';

const system = systemPrincipal('test');
const held = 1500;

/** A call of the leader's own agent, by id as other suites rename people, as CSV nobody has uploaded before. */
const csv = (world: World, agent = String(world.org.agent.id)): string => `Call Id,Agent,Date,Answered\nC${world.next()},${agent},2021-03-31 12:00,Y\n`;

function form(file: Blob, fields: Readonly<Record<string, string>> = { kind: 'interactions' }, name = 'calls.csv'): FormData {
  const body = new FormData();
  for (const [field, value] of Object.entries(fields)) body.set(field, value);
  body.set('file', file, name);
  return body;
}

/** An import of the leader's that waits to be read. */
async function queued(world: World, text = csv(world), by: TestPerson = world.org.leader): Promise<string> {
  const { imports } = world.app.ctx;
  return withFile(text, 'calls.csv', async (path) => {
    const received = await imports.receiveFile(path, { kind: 'interactions' });
    const { id } = await imports.create(await world.principal(by), received);
    await received.file.discard();
    return id;
  });
}

/** An import of the leader's whose preview stands. */
async function staged(world: World, text?: string): Promise<string> {
  const id = await queued(world, text);
  await world.app.ctx.imports.stage(system, id, 1);
  return id;
}

/** An import of the leader's that a worker is writing. */
async function committing(world: World): Promise<string> {
  const id = await staged(world);
  await world.app.query(sql`update imports set status = 'committing' where id = ${id}`);
  return id;
}

/** An import of the leader's that is written. */
async function committed(world: World): Promise<string> {
  const id = await staged(world);
  await world.app.ctx.imports.confirm(await world.principal(world.org.leader), id, { createMissingAgents: false, teamId: null });
  await world.app.ctx.imports.commit(system, id);
  return id;
}

/** Holds a key as a request does that is still running; returns once it is held. */
async function holdKey(world: World, key: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const holding = world.app.ctx.uow.write(system, async (tx) => {
      await claim(tx, { owner: `p${world.org.leader.id}`, operation: 'createImport', key });
      resolve();
      await new Promise((done) => setTimeout(done, held));
    });
    holding.catch(reject);
  });
}

export const importsScenarios: Scenarios = {
  listImports: {
    valid: async (world) => {
      await staged(world);
      return { as: world.org.leader, query: { status: 'staged', kind: 'interactions', limit: 5 } };
    },
  },
  getImportTemplate: { valid: ({ org }) => ({ as: org.leader, params: { kind: 'interactions' } }) },
  listImportKinds: { valid: ({ org }) => ({ as: org.leader }) },
  createImport: {
    valid: (world) => ({ as: world.org.leader, body: form(new Blob([csv(world)]), { kind: 'interactions', source: 'Telephone system' }) }),
    cases: [
      { status: 400, when: 'the kind is none', request: (world) => ({ as: world.org.leader, body: form(new Blob([csv(world)]), { kind: 'recipes' }) }) },
      {
        status: 409,
        when: 'the same upload is still running',
        request: async (world) => {
          const key = `upload-${world.next()}`;
          await holdKey(world, key);
          return { as: world.org.leader, headers: { 'Idempotency-Key': key }, body: form(new Blob([csv(world)])) };
        },
      },
      {
        status: 413,
        when: 'the file is a zip bomb',
        request: ({ org }) => {
          const bomb = workbook({ sheets: [{ name: 'S', rows: [] }], parts: [{ name: 'xl/worksheets/sheet1.xml', data: Buffer.alloc(10_000_000, ' ') }] });
          return { as: org.leader, body: form(new Blob([new Uint8Array(bomb)]), undefined, 'bomb.xlsx') };
        },
      },
      { status: 415, when: 'the file is a PDF', request: ({ org }) => ({ as: org.leader, body: form(new Blob(['%PDF-1.7']), undefined, 'report.xlsx') }) },
      { status: 422, when: 'the file is empty', request: ({ org }) => ({ as: org.leader, body: form(new Blob([])) }) },
    ],
  },
  getImport: { valid: async (world) => ({ as: world.org.leader, params: { id: await staged(world) } }) },
  discardImport: {
    valid: async (world) => ({ as: world.org.leader, params: { id: await staged(world) } }),
    cases: [{ status: 409, when: 'it is being committed', request: async (world) => ({ as: world.org.leader, params: { id: await committing(world) } }) }],
  },
  getImportPreview: {
    valid: async (world) => ({ as: world.org.leader, params: { id: await staged(world) }, query: { action: 'new', search: 'c', cursor: '0', limit: 10 } }),
    cases: [{ status: 409, when: 'the file is not read yet', request: async (world) => ({ as: world.org.leader, params: { id: await queued(world) } }) }],
  },
  getImportPreviewCounts: {
    valid: async (world) => ({ as: world.org.leader, params: { id: await staged(world) }, query: { search: 'c', field: 'rating', code: 'missing' } }),
    cases: [{ status: 409, when: 'the file is not read yet', request: async (world) => ({ as: world.org.leader, params: { id: await queued(world) } }) }],
  },
  getRejectedRows: {
    valid: async (world) => ({ as: world.org.leader, params: { id: await staged(world, `${csv(world)}C${world.next()},${world.org.agent.id},never,Y\n`) }, query: { format: 'csv' } }),
    cases: [
      { status: 409, when: 'the file is not read yet', request: async (world) => ({ as: world.org.leader, params: { id: await queued(world) } }) },
      {
        status: 409,
        when: 'the file is gone',
        request: async (world) => {
          const id = await staged(world);
          await world.app.query(sql`update imports set storage_key = 'ff/' || repeat('f', 64) where id = ${id}`);
          return { as: world.org.leader, params: { id } };
        },
      },
    ],
  },
  cancelImport: {
    valid: async (world) => ({ as: world.org.leader, params: { id: await staged(world) } }),
    cases: [{ status: 409, when: 'it is committed', request: async (world) => ({ as: world.org.leader, params: { id: await committed(world) } }) }],
  },
  mapImport: {
    valid: async (world) => ({
      as: world.org.leader,
      params: { id: await staged(world) },
      body: {
        source: 'Telephone system',
        sheet: null,
        headerRow: 1,
        columns: { externalId: 0, agent: 1, startedAt: 2, answered: 3, rating: null },
        values: { answered: { Y: true } },
        options: { timezone: 'Europe/Berlin', dateOrder: 'dmy', ratingScale: '1-10', units: { talkSeconds: 'minutes' } },
        people: { 'Ada Agent': world.org.agent.id, Nobody: null },
      },
    }),
    cases: [
      { status: 409, when: 'it is being committed', request: async (world) => ({ as: world.org.leader, params: { id: await committing(world) }, body: {} }) },
      { status: 422, when: 'it names a field there is not', request: async (world) => ({ as: world.org.leader, params: { id: await staged(world) }, body: { columns: { colour: 1 } } }) },
    ],
  },
  forgetMapping: {
    valid: async (world) => ({ as: world.org.leader, params: { id: await staged(world) } }),
    cases: [{ status: 409, when: 'it is committed', request: async (world) => ({ as: world.org.leader, params: { id: await committed(world) } }) }],
  },
  getRollbackPlan: {
    valid: async (world) => ({ as: world.org.leader, params: { id: await committed(world) } }),
    cases: [{ status: 409, when: 'it is not committed', request: async (world) => ({ as: world.org.leader, params: { id: await staged(world) } }) }],
  },
  rollBackImport: {
    valid: async (world) => ({ as: world.org.leader, params: { id: await committed(world) } }),
    cases: [
      { status: 409, when: 'it is not committed', request: async (world) => ({ as: world.org.leader, params: { id: await staged(world) } }) },
      {
        status: 409,
        when: 'a row was changed since',
        request: async (world) => {
          const id = await committed(world);
          await world.app.query(sql`update interactions set topic = 'Corrected', version = version + 1 where import_id = ${id}`);
          return { as: world.org.leader, params: { id } };
        },
      },
    ],
  },
  commitImport: {
    valid: async (world) => ({ as: world.org.leader, params: { id: await staged(world) }, body: { createMissingAgents: true, teamId: world.org.team.id } }),
    cases: [
      { status: 409, when: 'it is not staged', request: async (world) => ({ as: world.org.leader, params: { id: await queued(world) }, body: {} }) },
      { status: 409, when: 'the preview is another by now', request: async (world) => ({ as: world.org.leader, params: { id: await staged(world) }, body: { version: 99 } }) },
      {
        status: 409,
        when: 'people are missing and are not to be created',
        request: async (world) => ({ as: world.org.leader, params: { id: await staged(world, csv(world, `New Person${world.next()}`)) }, body: { createMissingAgents: false } }),
      },
      {
        status: 422,
        when: 'the team is none',
        request: async (world) => ({ as: world.org.manager, params: { id: await staged(world, csv(world, `New Person${world.next()}`)) }, body: { createMissingAgents: true, teamId: uuidOfNobody } }),
      },
    ],
  },
};
