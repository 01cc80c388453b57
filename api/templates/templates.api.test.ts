import { expect } from 'chai';
import { startWorld, type World } from '../../test/harness/world.ts';
import { call } from '../../test/harness/calls.ts';
import type { TestPerson } from '../../test/harness/people.ts';

describe('coaching templates', () => {
  let world: World;

  before(async () => {
    world = await startWorld('templates');
  });
  after(() => world.close());

  const make = async (by: TestPerson, body: object): Promise<{ id: string; version: number }> => {
    const answer = await call(world.app, 'createCoachingTemplate', { as: by, body });
    expect(answer.status, answer.text).to.equal(201);
    return answer.body as { id: string; version: number };
  };
  const namesFor = async (by: TestPerson, query: Record<string, string> = {}): Promise<string[]> =>
    ((await call(world.app, 'listCoachingTemplates', { as: by, query: { limit: 100, ...query } })).body as { data: { name: string }[] }).data.map((template) => template.name);

  it('shows a leader those of the installation and of their team, by kind and team, in the order of their names', async () => {
    const { admin, leader, otherLeader, team, otherTeam } = world.org;
    await make(admin, { kind: 'agenda', name: 'b everywhere', agenda: [{ title: 'Hello' }] });
    await make(leader, { kind: 'agenda', name: 'C blue', teamId: team.id, agenda: [{ title: 'Hello' }] });
    await make(otherLeader, { kind: 'agenda', name: 'A green', teamId: otherTeam.id, agenda: [{ title: 'Hello' }] });
    await make(leader, { kind: 'note', name: 'D note', teamId: team.id, noteType: 'POSITIVE', text: 'Well done.' });
    expect(await namesFor(leader)).to.deep.equal(['b everywhere', 'C blue', 'D note']);
    expect(await namesFor(leader, { kind: 'agenda' })).to.deep.equal(['b everywhere', 'C blue']);
    expect(await namesFor(admin, { teamId: otherTeam.id })).to.deep.equal(['A green', 'b everywhere']);
    expect(await namesFor(leader, { teamId: otherTeam.id })).to.deep.equal(['b everywhere']);
  });

  it('names every field that a kind lacks or does not have', async () => {
    const { body } = await call(world.app, 'createCoachingTemplate', { as: world.org.admin, body: { kind: 'note', name: 'Half', durationMinutes: 30, noteType: 'URGENT' } });
    expect((body as { details: { path: string }[] }).details.map((detail) => detail.path)).to.have.members(['/body/durationMinutes', '/body/text']);
  });

  it('changes what is sent and nothing else, and gives a name free when it is deleted', async () => {
    const { admin } = world.org;
    const made = await make(admin, { kind: 'session', name: 'Monthly', description: 'Once a month.', durationMinutes: 45, agenda: [{ title: 'Figures', detail: 'Of the month.' }], focusMetrics: ['csat'] });
    const { body } = await call(world.app, 'updateCoachingTemplate', { as: admin, params: { id: made.id }, body: { durationMinutes: 60, focusMetrics: [] } });
    expect(body).to.deep.include({ name: 'Monthly', description: 'Once a month.', durationMinutes: 60, agenda: [{ title: 'Figures', detail: 'Of the month.' }], focusMetrics: [], noteType: null, text: null });
    await call(world.app, 'deleteCoachingTemplate', { as: admin, params: { id: made.id } });
    expect((await call(world.app, 'getCoachingTemplate', { as: admin, params: { id: made.id } })).status).to.equal(404);
    await make(admin, { kind: 'session', name: 'Monthly', durationMinutes: 30 });
  });

  it('takes a category away', async () => {
    const made = await make(world.org.admin, { kind: 'note', name: 'Tone', noteType: 'COACHING', category: 'Tone', text: 'Listen to the end.' });
    const { body } = await call(world.app, 'updateCoachingTemplate', { as: world.org.admin, params: { id: made.id }, body: { category: null } });
    expect(body).to.deep.include({ category: null, text: 'Listen to the end.' });
  });

  it('gives a session what it begins with, but not what is a note’s or another team’s', async () => {
    const { leader, otherLeader, team } = world.org;
    const [mine, theirs] = [await world.principal(leader), await world.principal(otherLeader)];
    const session = await make(leader, { kind: 'session', name: 'First week', teamId: team.id, durationMinutes: 20, agenda: [{ title: 'Arriving' }] });
    const note = await world.template();
    const { templates } = world.app.ctx;
    expect(await templates.forSession(mine, session.id)).to.deep.equal({ durationMinutes: 20, agenda: [{ title: 'Arriving' }] });
    for (const [by, id] of [[theirs, session.id], [mine, note]] as const) {
      const refused: unknown = await templates.forSession(by, id).then(() => undefined, (error: unknown) => error);
      expect(refused).to.include({ status: 422, code: 'unknown_template' });
    }
  });
});
