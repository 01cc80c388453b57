import { expect } from 'chai';
import { holdTable } from '../../test/harness/hold.ts';
import { until } from '../../test/harness/until.ts';
import { ImportClient } from '../../test/imports/import-client.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { sql } from '../db/db.ts';
import type { ImportView } from './import.presenter.ts';

const by = systemPrincipal('test');

/** Per kind: the table its rows are written to, and a file with one row of the given figure. */
const FILES: readonly { kind: ImportView['kind']; table: string; file: (figure: number) => string }[] = [
  { kind: 'interactions', table: 'interactions', file: (n) => `Call Id,Agent,Date,Time,Answered,Talk seconds\nC1,Ada Agent,2021-03-31,12:00:00,Y,${100 + n}` },
  { kind: 'performance', table: 'agent_performance_metrics', file: (n) => `Agent,Date,Calls handled\nAda Agent,2021-03-31,${n}` },
  { kind: 'presence', table: 'presence_intervals', file: (n) => `Session ID,Agent,Login,Logout\nS1,Ada Agent,2021-03-31 09:00,2021-03-31 1${n}:00` },
  { kind: 'notes', table: 'quick_notes', file: (n) => `Note Id,Agent,Comment,Date\nN1,Ada Agent,Said ${n} times.,2021-03-31` },
  { kind: 'actions', table: 'action_items', file: (n) => `Id,Agent,Title,Due date\nA1,Ada Agent,Listen ${n} times,2031-03-31` },
  { kind: 'agents', table: 'agents', file: (n) => `Name,E-mail,Department\nNoa New,noa.new@example.test,Floor ${n}` },
];

describe('imports of the same rows at the same moment', () => {
  let client: ImportClient;
  let manager: ImportClient['org']['manager'];

  before(async () => {
    client = await ImportClient.start('imports_at_once', {}, { workers: false });
    manager = client.org.manager;
  });
  after(() => client.close());

  const imports = () => client.app.ctx.imports;
  const waiting = async (): Promise<number> => (await client.app.query(sql<{ n: number }>`
    select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`))[0]?.n ?? 0;

  async function agreedTo(kind: ImportView['kind'], file: string): Promise<string> {
    const { body } = await client.of(kind).upload(manager, file, 'file.csv').field('source', 'both').expect(202);
    const { id } = body as ImportView;
    await imports().stage(by, id, 1);
    const preview = await client.get(manager, id);
    expect(preview, JSON.stringify(preview.questions)).to.deep.include({ status: 'staged', questions: [] });
    await client.commit(manager, id).expect(202);
    return id;
  }

  /** Has both written, neither before the other has come as far as it can. */
  async function together(table: string, ids: readonly string[]): Promise<ImportView[]> {
    const held = await holdTable(client.app, table);
    const both = Promise.all(ids.map((id) => imports().commit(by, id)));
    await until(async () => (await waiting()) === ids.length, 20_000);
    await held.free();
    await both;
    return Promise.all(ids.map((id) => client.get(manager, id)));
  }

  for (const { kind, table, file } of FILES) {
    it(`are compared with what the other wrote: ${kind}`, async () => {
      const same = await together(table, [await agreedTo(kind, file(1)), await agreedTo(kind, file(1))]);
      expect(same.map(({ status }) => status)).to.deep.equal(['committed', 'committed']);
      expect(same.map(({ counts }) => counts?.new).toSorted()).to.deep.equal([0, 1]);
      expect(same.map(({ counts }) => counts?.unchanged).toSorted()).to.deep.equal([0, 1]);

      const differing = await together(table, [await agreedTo(kind, file(2)), await agreedTo(kind, file(3))]);
      expect(differing.map(({ status }) => status).toSorted()).to.deep.equal(['committed', 'staged']);
      expect(differing.find(({ status }) => status === 'staged')).to.deep.include({ error: null, counts: { rows: 1, new: 0, changed: 1, unchanged: 0, rejected: 0 } });
      expect(differing.find(({ status }) => status === 'staged')?.notice?.code).to.equal('preview_overtaken');
    });
  }
});
