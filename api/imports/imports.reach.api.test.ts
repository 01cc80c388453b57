import { expect } from 'chai';
import { ImportClient } from '../../test/imports/import-client.ts';
import { sql } from '../db/db.ts';
import type { ImportView } from './import.presenter.ts';

const NOTES = 'Agent,Date,Note\nAda Agent,2021-03-30,Kept calm\n';
/** A row about Ada Agent and one about Colin Colleague, of every kind that is about somebody's work. */
const FILES: readonly [ImportView['kind'], string][] = [
  ['notes', `${NOTES}Colin Colleague,2021-03-30,Was late\n`],
  ['actions', 'Agent,Title,Due\nAda Agent,Listen to two calls,2099-03-30\nColin Colleague,Come in time,2099-03-30\n'],
  ['performance', 'Agent,Date,Handled\nAda Agent,2021-03-30,12\nColin Colleague,2021-03-30,14\n'],
  ['presence', 'Agent,Login,Logout\nAda Agent,2021-03-30 08:00,2021-03-30 16:00\nColin Colleague,2021-03-30 08:00,2021-03-30 16:00\n'],
  ['interactions', 'Call Id,Agent,Date,Answered\nA,Ada Agent,2021-03-30,yes\nB,Colin Colleague,2021-03-30,yes\n'],
];

describe('an import is written with the reach of whoever imports it, as it is then', () => {
  let client: ImportClient;
  let org: ImportClient['org'];

  before(async () => {
    client = await ImportClient.start('imports_reach');
    org = client.org;
  });
  after(() => client.close());

  const change = (id: number, body: Record<string, unknown>) => client.app.request(org.admin.token).put(`/api/agents/${id}`).send(body).expect(200);

  it('not about somebody who has left the team since the preview', async () => {
    const staged = await Promise.all(FILES.map(async ([kind, file]) => ({ kind, id: (await client.of(kind).staged(org.leader, file, `${kind}.csv`)).id })));
    await change(org.agent.id, { teamId: org.otherTeam.id });
    for (const { kind, id } of staged) {
      await client.commit(org.leader, id).expect(202);
      const again = await client.settled(org.leader, id);
      expect([kind, again.status, again.notice?.code, again.counts]).to.deep.equal([kind, 'staged', 'preview_overtaken', { rows: 2, new: 1, changed: 0, unchanged: 0, rejected: 1 }]);
      const [row] = await client.preview(org.leader, id, 'rejected');
      expect([kind, row?.errors?.map(({ code }) => code), row?.values]).to.deep.equal([kind, ['outside_teams'], null]);
      await client.commit(org.leader, id).expect(202);
      expect((await client.settled(org.leader, id)).status, kind).to.equal('committed');
    }
    for (const table of ['quick_notes', 'action_items', 'agent_performance_metrics', 'presence_intervals', 'interactions']) {
      const written = await client.app.query(sql<{ id: number }>`select distinct agent_id as id from ${sql.table(table)} where import_id is not null`);
      expect([table, written.map(({ id }) => id)]).to.deep.equal([table, [org.colleague.id]]);
    }
    await change(org.agent.id, { teamId: org.team.id });
  });

  it('and is neither taken back nor shown, about somebody who is somebody else’s by now', async () => {
    const written = await Promise.all(FILES.map(async ([kind, file]) => {
      const { id } = await client.of(kind).committed(org.leader, file.replaceAll('2021', '2020').replace('\nA,', '\nC,').replace('\nB,', '\nD,').replaceAll('2099', '2098'), {}, `${kind}.csv`);
      return { kind, id };
    }));
    await change(org.agent.id, { teamId: org.otherTeam.id });
    for (const { kind, id } of written) {
      const { body } = await client.rollBack(org.leader, id).expect(409);
      expect([kind, body.details.map(({ code, message }: { code: string; message: string }) => [code, message.replace(/\(.*\)/, '()')])]).to.deep.equal([kind, [['outside_teams', 'Row 2 () is about Ada Agent, who is in no team you lead.']]]);
      const plan = await client.app.request(org.leader.token).get(`/api/imports/${id}/rollback`).expect(200);
      expect([kind, plan.body.blockers.length]).to.deep.equal([kind, 1]);
      expect([kind, (await client.preview(org.leader, id)).map(({ rowNumber }) => rowNumber)]).to.deep.equal([kind, [3]]);
      expect([kind, (await client.preview(org.manager, id)).map(({ rowNumber }) => rowNumber)]).to.deep.equal([kind, [2, 3]]);
    }
    await client.rollBack(org.manager, written[0]?.id ?? '').expect(202);
    expect((await client.settled(org.manager, written[0]?.id ?? '')).status).to.equal('rolled_back');
    await change(org.agent.id, { teamId: org.team.id });
    await client.rollBack(org.leader, written[1]?.id ?? '').expect(202);
    expect((await client.settled(org.leader, written[1]?.id ?? '')).status).to.equal('rolled_back');
  });

  it('not with the reach of the manager that a leader has been', async () => {
    const former = await client.app.people.person('manager');
    const { id } = await client.of('notes').staged(former, NOTES, 'notes.csv');
    await change(former.id, { role: 'team_leader' });
    for (const refused of [client.commit(former, id), client.map(former, id, {}), client.app.request(former.token).delete(`/api/imports/${id}/remembered`)]) {
      const { body } = await refused.expect(409);
      expect(body.code).to.equal('teams_changed');
    }
  });
});
