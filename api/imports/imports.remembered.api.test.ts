import { expect } from 'chai';
import { ImportClient } from '../../test/imports/import-client.ts';
import type { ImportView } from './import.presenter.ts';

describe('what imports remember of earlier files', () => {
  let client: ImportClient;
  let org: ImportClient['org'];

  before(async () => {
    client = await ImportClient.start('imports_remembered');
    org = client.org;
  });
  after(() => client.close());

  it('is forgotten when it is told to be, for this file and those to come; what was said of this one stays', async () => {
    const file = (id: string) => `Call Id,Agent,Date,Picked up,Shade\n${id},Ada Agent,2021-03-31,ja,low\n`;
    const first = await client.staged(org.manager, file('F1'), 'calls.csv');
    await client.remapped(org.manager, first.id, { columns: { topic: 4 }, values: { answered: { ja: false } } });
    await client.commit(org.manager, first.id).expect(202);
    await client.settled(org.manager, first.id);
    await client.app.request(org.manager.token).delete(`/api/imports/${first.id}/remembered`).expect(409);

    const second = await client.staged(org.manager, file('F2'), 'calls.csv');
    expect([second.mapping?.columns['topic'], second.mapping?.values, second.decided]).to.deep.equal([4, { answered: { ja: false } }, {}]);
    await client.remapped(org.manager, second.id, { columns: { queue: 4, topic: null } });
    await client.app.request(org.manager.token).delete(`/api/imports/${second.id}/remembered`).expect(202);
    const forgot = await client.settled(org.manager, second.id);
    expect([forgot.status, forgot.mapping?.columns['queue'], forgot.mapping?.values]).to.deep.equal(['staged', 4, {}]);
    expect((await client.preview(org.manager, second.id)).map(({ values }) => values?.['outcome'])).to.deep.equal(['answered']);

    const third = await client.staged(org.manager, file('F3'), 'calls.csv');
    expect([third.mapping?.columns['topic'], third.mapping?.values]).to.deep.equal([undefined, {}]);
  });

  it('is each one’s own: what a leader decides holds for nobody else', async () => {
    const file = (id: string) => `Call Id,Agent Name,Date,Answered\n${id},Ada Agent,2021-03-31,yes\n${id}2,Stella Stranger,2021-03-31,yes\n`;
    const first = await client.staged(org.leader, file('L1'), 'calls.csv');
    await client.remapped(org.leader, first.id, { people: { 'Stella Stranger': org.colleague.id, 'Ada Agent': org.colleague.id }, values: { answered: { yes: false } } });
    await client.commit(org.leader, first.id).expect(202);
    expect((await client.settled(org.leader, first.id)).status).to.equal('committed');
    for (const other of [org.manager, org.otherLeader]) {
      const { id, mapping, remarks } = await client.staged(other, file('L2'), 'calls.csv');
      expect([mapping?.people, mapping?.values, remarks]).to.deep.equal([{}, {}, []]);
      expect((await client.preview(other, id)).map(({ agentName, values }) => values && [agentName ?? values['agent'], values['outcome']])).to.deep.include.members([['Stella Stranger', 'answered']]);
    }
    const again = await client.staged(org.leader, file('L3'), 'calls.csv');
    expect(again.mapping?.people).to.deep.equal({ 'Stella Stranger': org.colleague.id, 'Ada Agent': org.colleague.id });
    expect(again.remarks).to.deep.equal([{ code: 'people_recalled', message: `As decided for an earlier file, “Ada Agent” is Colin Colleague (${org.colleague.row.email}), “Stella Stranger” is Colin Colleague (${org.colleague.row.email}).`, rows: [] }]);
  });

  it('is what managers have decided where somebody has decided nothing, about people within reach', async () => {
    const file = (id: string) => `Number of call,Agent,Date,Answered,Shade\n${id},Ada,2021-03-31,yes,low\n`;
    const first = await client.staged(org.manager, file('M1'), 'calls.csv');
    await client.remapped(org.manager, first.id, { columns: { topic: 4, externalId: 0 }, people: { Ada: org.agent.id, Stella: org.stranger.id, Nobody: null } });
    await client.commit(org.manager, first.id).expect(202);
    await client.settled(org.manager, first.id);
    const mine = await client.staged(org.leader, file('M2'), 'calls.csv');
    expect([mine.mapping?.columns['topic'], mine.mapping?.people]).to.deep.equal([4, { Ada: org.agent.id }]);
    await client.app.request(org.leader.token).delete(`/api/imports/${mine.id}/remembered`).expect(202);
    expect((await client.settled(org.leader, mine.id)).mapping?.people).to.deep.equal({});
    const theirs = await client.staged(org.admin, file('M3'), 'calls.csv');
    expect(theirs.mapping?.people).to.deep.equal({ Ada: org.agent.id, Stella: org.stranger.id, Nobody: null });
    const { body } = await client.app.request(org.admin.token).get('/api/imports?limit=100').expect(200);
    expect(body.data.map(({ mapping, decided }: ImportView) => [mapping?.people ?? {}, decided.people]), 'a list names nobody').to.deep.equal(Array.from(body.data, () => [{}, undefined]));
  });

  it('has no day that all rows were of: the next report is of another', async () => {
    const days = client.of('performance');
    const file = (calls: number) => `Agent,Calls\nAda Agent,${calls}\n`;
    const first = await days.staged(org.manager, file(5), 'days.csv');
    expect(first.questions.map(({ answer }) => answer)).to.deep.equal(['/options/day']);
    expect((await days.map(org.manager, first.id, { options: { day: '2026-02-30' } }).expect(400)).body.details[0].path).to.equal('/body/options/day');
    const told = await days.remapped(org.manager, first.id, { options: { day: '2026-11-25' } });
    expect([told.questions, told.period]).to.deep.equal([[], { from: '2026-11-25', to: '2026-11-25' }]);
    await days.commit(org.manager, first.id).expect(202);
    await days.settled(org.manager, first.id);
    const second = await days.staged(org.manager, file(6), 'days.csv');
    expect([second.mapping?.options.day, second.questions.map(({ answer }) => answer)]).to.deep.equal([undefined, ['/options/day']]);
    const notes = client.of('notes');
    const { id } = await notes.staged(org.manager, 'Agent,Note\nAda Agent,Well done\n', 'notes.csv');
    expect((await notes.map(org.manager, id, { options: { day: '2026-11-25' } }).expect(422)).body.details[0].path).to.equal('/body/options/day');
  });
});
