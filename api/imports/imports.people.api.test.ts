import { expect } from 'chai';
import { callsHeader, callsSheet, call } from '../../test/imports/calls-sheet.ts';
import { ImportClient } from '../../test/imports/import-client.ts';
import { table } from '../../test/imports/workbook-writer.ts';
import { sql } from '../db/db.ts';

describe('people and scope of imports', () => {
  let client: ImportClient;
  let org: ImportClient['org'];

  before(async () => {
    client = await ImportClient.start('imports_people');
    org = client.org;
  });
  after(() => client.close());

  const newcomers = () => client.app.query(sql`select full_name, username, email, role, is_active, department, team_id, password_hash from agents where department = 'Unassigned' order by id`);

  it('finds people by id, e-mail, user name and name, and nobody by a first name', async () => {
    const { id, username, row } = org.agent;
    const preview = await client.staged(org.manager, callsSheet(
      { id: '1', agent: id }, { id: '2', agent: row.email.toUpperCase() }, { id: '3', agent: ` ${username}` }, { id: '4', agent: 'ÁDA  agent' }, { id: '5', agent: 'Ada' },
      { id: '6', agent: 'AGENT, Áda' }, { id: '7', agent: 'Agent , Ada' },
    ));
    const rows = await client.preview(org.manager, preview.id);
    expect(rows.map(({ values }) => values?.['agentId'])).to.deep.equal([id, id, id, id, undefined, id, id]);
    expect(preview.missingAgents).to.deep.equal([{ name: 'Ada', rows: 1, suggestions: [{ id, name: 'Ada Agent', email: row.email }] }]);
  });

  it('adds nobody by a name that is not what it looks like', async () => {
    const preview = await client.staged(org.manager, callsSheet({ id: 'U1', agent: 'a\u200db c' }, { id: 'U2', agent: 'Tag\u{e0041}Name' }, { id: 'U3', agent: '\u202enamreG aidA' }));
    expect(preview.missingAgents.map(({ name }) => name)).to.deep.equal(['namreG aidA']);
    const rows = await client.preview(org.manager, preview.id, 'rejected');
    expect(rows.map(({ errors }) => errors?.[0]?.code)).to.deep.equal(['invalid_name', 'invalid_name']);
  });

  it('suggests who may be meant, and takes nobody for them unasked; leaders are shown their own people only', async () => {
    const ofMine = await client.app.people.create('cs', { fullName: 'Aisha Rahman', teamId: org.team.id });
    const ofOthers = await client.app.people.create('cs', { fullName: 'Aisha Rahmani', teamId: org.otherTeam.id });
    const file = callsSheet({ id: 'N1', agent: 'Aisha Rehman' }, { id: 'N2', agent: 'RAHMAN, A.' }, { id: 'N3', agent: 'Zed Nemo' }, { id: 'N4', agent: 'A. Rahman' });
    const ids = ({ missingAgents }: typeof preview) => missingAgents.map(({ name, rows, suggestions }) => [name, rows, suggestions.map((person) => person.id)]);
    const preview = await client.staged(org.manager, file);
    expect(ids(preview)).to.deep.equal([['A. RAHMAN', 2, [ofMine.id, ofOthers.id]], ['Aisha Rehman', 1, [ofMine.id, ofOthers.id]], ['Zed Nemo', 1, []]]);
    expect(preview).to.deep.include({ missingAgentCount: 3, questions: [], counts: { rows: 4, new: 4, changed: 0, unchanged: 0, rejected: 0 } });
    expect((await client.commit(org.manager, preview.id).expect(409)).body.code).to.equal('missing_agents');
    expect(ids(await client.staged(org.leader, file))).to.deep.equal([['A. RAHMAN', 2, [ofMine.id]], ['Aisha Rehman', 1, [ofMine.id]], ['Zed Nemo', 1, []]]);
    const told = await client.remapped(org.manager, preview.id, { people: { 'A. RAHMAN': ofMine.id, 'Aisha Rehman': ofMine.id } });
    expect(ids(told)).to.deep.equal([['Zed Nemo', 1, []]]);
    expect((await client.preview(org.manager, preview.id)).map(({ agentName }) => agentName)).to.deep.equal(['Aisha Rahman', 'Aisha Rahman', null, 'Aisha Rahman']);
  });

  it('lists 500 of the people who are missing and counts them, and adds no more than 5,000', async () => {
    const lines = Array.from({ length: 5001 }, (_, i) => `B${i},Nobody ${i},2021-03-31 12:00,Y`);
    const preview = await client.staged(org.manager, `Call Id,Agent,Date,Answered\n${lines.join('\n')}\n`, 'many.csv');
    expect([preview.missingAgents.length, preview.missingAgentCount]).to.deep.equal([500, 5001]);
    expect((await client.commit(org.manager, preview.id, { createMissingAgents: true }).expect(409)).body.code).to.equal('too_many_missing');
  });

  it('adds more people than it lists', async () => {
    const { id } = await client.staged(org.manager, callsSheet({ id: 'E1', agent: 'Una Listed' }, { id: 'E2', agent: 'Noa Unlisted' }));
    await client.app.query(sql`update imports set missing_agents = missing_agents - 0 where id = ${id}`);
    await client.commit(org.manager, id, { createMissingAgents: true }).expect(202);
    expect(await client.settled(org.manager, id)).to.deep.include({ status: 'committed', missingAgents: [], missingAgentCount: 0 });
    const added = await client.app.query(sql`select a.full_name as name from interactions i join agents a on a.id = i.agent_id where i.external_id in ('E1', 'E2') order by 1`);
    expect(added).to.deep.equal([{ name: 'Noa Unlisted' }, { name: 'Una Listed' }]);
    await client.rollBack(org.manager, id).expect(202);
    await client.settled(org.manager, id);
  });

  it('asks who is meant where several people have a name, and takes the answer', async () => {
    const twin = await client.app.people.create('cs', { fullName: 'Sam Twin' });
    await client.app.people.create('cs', { fullName: 'Sam Twin' });
    const turned = await client.staged(org.manager, callsSheet({ id: 'T0', agent: 'TWIN, Sam' }, { id: 'T2' }));
    expect(turned.questions.map(({ answer, choices }) => [answer, choices.length])).to.deep.equal([['/people/TWIN, Sam', 4]]);
    const preview = await client.staged(org.manager, callsSheet({ id: 'T1', agent: 'Sam Twin' }, { id: 'T2' }));
    expect(preview.questions.map(({ code, answer, choices }) => [code, answer, choices.length])).to.deep.equal([['ambiguous_person', '/people/Sam Twin', 4]]);
    expect(preview.questions[0]?.choices.slice(2)).to.deep.equal([{ value: null, label: 'Nobody: keep the rows without a person' }, { value: 0, label: 'I do not know: leave these rows out' }]);
    expect(preview.counts).to.include({ new: 1, rejected: 1 });
    expect((await client.commit(org.manager, preview.id).expect(409)).body).to.deep.include({ code: 'open_questions' });
    const told = await client.remapped(org.manager, preview.id, { people: { 'Sam Twin': twin.id } });
    expect(told).to.deep.include({ questions: [] });
    expect(told.counts).to.include({ new: 2, rejected: 0 });
    const without = await client.remapped(org.manager, preview.id, { people: { 'Sam Twin': 0 } });
    expect([without.questions, without.counts.new, (await client.preview(org.manager, preview.id, 'rejected')).map(({ errors }) => errors?.map(({ code, message }) => [code, message]))]).to.deep.equal([
      [], 1, [[['left_out', 'Rows with “Sam Twin” are left out, as was decided.']]],
    ]);
    // Figures are somebody's: there they cannot be nobody's.
    const { questions } = await client.of('performance').staged(org.manager, 'Agent,Day,Calls\nSam Twin,2021-03-31,5\n', 'days.csv');
    expect(questions[0]?.choices.map(({ value }) => value).slice(2)).to.deep.equal([0]);
  });

  it('takes “Surname, Given” and “Given Surname” for one missing person, called as everybody is', async () => {
    const preview = await client.staged(org.manager, callsSheet({ id: 'K1', agent: 'Alex Kim' }, { id: 'K2', agent: 'KIM, Alex' }, { id: 'K3', agent: 'Kim , Alex' }, { id: 'K4', agent: 'Brontë, Zoë' }));
    expect(preview.missingAgents).to.deep.equal([{ name: 'Alex Kim', rows: 3, suggestions: [] }, { name: 'Zoë Brontë', rows: 1, suggestions: [] }]);
    const told = await client.remapped(org.manager, preview.id, { people: { 'Alex Kim': org.agent.id } });
    expect(told.missingAgents).to.deep.equal([{ name: 'Zoë Brontë', rows: 1, suggestions: [] }]);
    await client.commit(org.manager, preview.id, { createMissingAgents: true }).expect(202);
    await client.settled(org.manager, preview.id);
    const of = await client.app.query(sql<{ name: string }>`select a.full_name as name from interactions i join agents a on a.id = i.agent_id where i.external_id in ('K1', 'K2', 'K3', 'K4') order by i.external_id`);
    expect(of.map(({ name }) => name)).to.deep.equal(['Ada Agent', 'Ada Agent', 'Ada Agent', 'Zoë Brontë']);
    await client.rollBack(org.manager, preview.id).expect(202);
    await client.settled(org.manager, preview.id);
  });

  it('adds missing people when told to: active, without password, in the team that was named', async () => {
    const preview = await client.staged(org.manager, callsSheet({ id: 'M1', agent: 'Zoë Müller' }, { id: 'M2', agent: 'zoe  müller' }, { id: 'M3', agent: '李雷' }));
    expect(preview.missingAgents.map(({ rows }) => rows).sort()).to.deep.equal([1, 2]);
    await client.commit(org.manager, preview.id, { createMissingAgents: true, teamId: '0192c000-0000-7000-8000-000000000000' }).expect(422);
    await client.commit(org.manager, preview.id, { createMissingAgents: true, teamId: org.team.id }).expect(202);
    const done = await client.settled(org.manager, preview.id);
    expect(done).to.deep.include({ status: 'committed', teamId: org.team.id, missingAgents: [] });
    const common = { role: 'cs', is_active: true, department: 'Unassigned', team_id: org.team.id, password_hash: '!' };
    expect(await newcomers()).to.deep.equal([
      { ...common, full_name: 'Zoë Müller', username: 'zoe_muller', email: 'zoe_muller@imported.invalid' },
      { ...common, full_name: '李雷', username: 'agent', email: 'agent@imported.invalid' },
    ]);
    const [teams] = await client.app.query(sql`select count(*)::int as n from interactions where source = ${done.source} and team_id = ${org.team.id}`);
    expect(teams).to.deep.equal({ n: 3 });
  });

  it('adds people once when two files that name them are committed one after the other', async () => {
    const one = await client.staged(org.manager, callsSheet({ id: 'O1', agent: 'Nora Once' }));
    const two = await client.staged(org.manager, callsSheet({ id: 'O1', agent: 'Nora Once' }, { id: 'O2', agent: 'Nora Once' }));
    expect(two.missingAgents).to.deep.equal([{ name: 'Nora Once', rows: 2, suggestions: [] }]);
    await Promise.all([one, two].map(({ id }) => client.commit(org.manager, id, { createMissingAgents: true }).expect(202)));
    const done = await Promise.all([one, two].map(({ id }) => client.settled(org.manager, id)));
    // Whichever came second met what the first had written, and says so.
    expect(done.map(({ counts }) => counts.new + counts.unchanged)).to.deep.equal([1, 2]);
    const people = (await newcomers()).filter((row) => (row as { full_name: string }).full_name === 'Nora Once');
    expect(people).to.have.length(1);
  });

  it('is closed to front-line people and viewers', async () => {
    for (const person of [org.agent, org.viewer]) {
      await client.upload(person, callsSheet({})).expect(403);
      await client.app.request(person.token).get('/api/imports').expect(403);
    }
  });

  it('shows leaders their own imports only, and lets them touch their own people only', async () => {
    const mine = await client.staged(org.leader, callsSheet({ id: 'L1' }, { id: 'L2', agent: org.stranger.row.fullName }, { id: 'L3', agent: null }));
    expect(mine.counts).to.deep.equal({ rows: 3, new: 1, changed: 0, unchanged: 0, rejected: 2 });
    const rejected = await client.preview(org.leader, mine.id, 'rejected');
    expect(rejected.map(({ errors }) => errors?.map(({ code, cell }) => [code, cell]))).to.deep.equal([[['outside_teams', 'B3']], [['agent_required', 'B4']]]);

    for (const path of ['', '/preview']) await client.app.request(org.otherLeader.token).get(`/api/imports/${mine.id}${path}`).expect(404);
    await client.commit(org.otherLeader, mine.id).expect(404);
    await client.map(org.otherLeader, mine.id, {}).expect(404);
    await client.app.request(org.otherLeader.token).delete(`/api/imports/${mine.id}`).expect(404);
    const { body: list } = await client.app.request(org.otherLeader.token).get('/api/imports').expect(200);
    expect(list.data.map(({ id }: { id: string }) => id)).not.to.include(mine.id);
    expect(await client.get(org.manager, mine.id)).to.include({ id: mine.id });
  });

  it('keeps a leader from changing what belongs to another team, under whatever name', async () => {
    const header = ['Call Id', 'Agent', 'Date', 'Answered', 'Topic'];
    const theirs = await client.committed(org.manager, table([header, ['Q1', org.stranger.row.fullName, '2021-03-31', 'Y', 'Theirs']]));
    const mine = await client.staged(org.leader, table([header, ['Q1', 'Ada Agent', '2021-03-31', 'Y', 'Mine now']]));
    expect(mine.source).to.equal(theirs.source);
    expect(mine.counts).to.include({ changed: 0, rejected: 1 });
    const [refused] = await client.preview(org.leader, mine.id);
    expect([refused?.errors?.map(({ code, cell, value }) => [code, cell, value]), refused?.raw]).to.deep.equal([[['outside_teams', 'A2', 'Q1']], ['Q1', 'Ada Agent', '2021-03-31', 'Y', 'Mine now']]);
    await client.commit(org.leader, mine.id).expect(202);
    await client.settled(org.leader, mine.id);
    const [row] = await client.app.query(sql`select topic, agent_id from interactions where source = ${theirs.source}`);
    expect(row).to.deep.equal({ topic: 'Theirs', agent_id: org.stranger.id });
  });

  it('refuses a team that is none, also where nobody is missing', async () => {
    const { id } = await client.staged(org.manager, callsSheet({ id: 'V1' }));
    const refused = await client.commit(org.manager, id, { teamId: '0192c000-0000-7000-8000-000000000000' }).expect(422);
    expect(refused.body.code).to.equal('unknown_team');
    expect(await client.get(org.manager, id)).to.include({ status: 'staged' });
  });

  it('has leaders add people to a team of theirs, and nowhere else', async () => {
    const { id } = await client.staged(org.leader, callsSheet({ id: 'W1', agent: 'Wanda New' }));
    expect((await client.commit(org.leader, id, { createMissingAgents: true }).expect(422)).body.code).to.equal('team_required');
    await client.commit(org.leader, id, { createMissingAgents: true, teamId: org.otherTeam.id }).expect(403);
    await client.commit(org.leader, id, { createMissingAgents: true, teamId: org.team.id }).expect(202);
    expect(await client.settled(org.leader, id)).to.include({ status: 'committed' });
    const [wanda] = await client.app.query(sql`select role, team_id from agents where full_name = 'Wanda New'`);
    expect(wanda).to.deep.equal({ role: 'cs', team_id: org.team.id });
  });

  it('refuses the commit of a leader who has lost a team since the upload', async () => {
    const leader = await client.app.people.person('team_leader', { fullName: 'Lou Leaving' });
    const team = await client.app.people.team('Brown', [leader.id]);
    await client.app.people.create('cs', { teamId: team.id, fullName: 'Bea Brown' });
    const { body } = await client.upload(leader, callsSheet({ id: 'B1', agent: 'Bea Brown' })).expect(202);
    const { id } = await client.settled(leader, body.id);
    await client.app.request(org.admin.token).put(`/api/teams/${team.id}`).send({ leaderIds: [] }).expect(200);
    await client.app.settled();
    expect((await client.commit(leader, id).expect(409)).body.code).to.equal('teams_changed');
  });

  it('proposes for the next file with the same header what was decided for this one', async () => {
    const header = ['Nr', 'Wer', 'Wann', 'Worum', 'Weg'];
    const first = await client.staged(org.manager, table([header, ['1', 'Ada Agent', '31.03.2021', 'Rechnung', 'Web']]));
    expect(first.questions.map(({ answer }) => answer)).to.include.members(['/headerRow']);
    const columns = { externalId: 0, agent: 1, startedAt: 2, topic: 3, channel: 4, outcome: null };
    const told = await client.remapped(org.manager, first.id, { headerRow: 1, columns, values: { channel: { Web: 'message' } } });
    expect(told).to.deep.include({ questions: [] });
    await client.commit(org.manager, first.id).expect(202);
    await client.settled(org.manager, first.id);
    // Guessing alone could not find this header either: the row is still to be named, the rest is remembered.
    const second = await client.staged(org.manager, table([header, ['2', 'Ada Agent', '01.04.2021', 'Lieferung', 'Web']]));
    const again = await client.remapped(org.manager, second.id, { headerRow: 1 });
    expect(again).to.deep.include({ questions: [], counts: { rows: 1, new: 1, changed: 0, unchanged: 0, rejected: 0 } });
    expect(again.mapping?.columns).to.deep.include(columns);
  });

  it('says which mapping cannot be', async () => {
    const { id } = await client.staged(org.manager, callsSheet({ id: 'Y1' }));
    const faults = async (mapping: Record<string, unknown>) => {
      const { body } = await client.map(org.manager, id, mapping).expect(422);
      return body.details.map(({ path }: { path: string }) => path);
    };
    expect(await faults({ columns: { colour: 1 } })).to.deep.equal(['/body/columns/colour']);
    const meant = (field: string): unknown => JSON.parse(`{"values": {"${field}": {"a": "voice"}}}`);
    for (const field of ['__proto__', 'constructor', 'toString']) expect(await faults(meant(field) as Record<string, unknown>)).to.include(`/body/values/${field}`);
    for (const [mapping, path] of [
      [{ values: { channel: { 'a\0': 'voice' } } }, '/body/values/channel/a\ufffd'],
      [{ values: { channel: { '\ud800': 'voice' } } }, '/body/values/channel/\ufffd'],
      [{ people: { 'a\0': null } }, '/body/people/a\ufffd'],
      [{ people: { '\udfff': null } }, '/body/people/\ufffd'],
    ] as const) {
      const { body } = await client.map(org.manager, id, mapping).expect(400);
      expect(body.details.map((fault: { path: string }) => fault.path)).to.deep.equal([path]);
    }
    expect(await faults({ columns: { topic: 1, queue: 1 } })).to.deep.equal(['/body/columns/queue']);
    expect(await faults({ values: { channel: { Web: 'pigeon' } } })).to.deep.equal(['/body/values/channel/Web']);
    expect(await faults({ options: { timezone: 'Mars/Olympus', ratingScale: '5-1' } })).to.deep.equal(['/body/options/timezone', '/body/options/ratingScale']);
    expect(await faults({ sheet: 'Elsewhere' })).to.deep.equal(['/body/sheet']);
    expect(await faults({ people: { Ada: 2_000_000_000, Bob: null, Cleo: org.agent.id } })).to.deep.equal(['/body/people/Ada']);
    await client.map(org.manager, id, { colour: 1 }).expect(400);
    expect(await client.get(org.manager, id)).to.include({ status: 'staged' });
  });

  it('puts an open question, and no row, where a column is missing', async () => {
    const without = (column: number) => [callsHeader, call({ id: 'Z1' }), call({ id: 'Z2', answered: 'N' })].map((row) => row.filter((_, i) => i !== column));
    for (const [column, answer, counts] of [[1, '/columns/agent', { new: 2, rejected: 0 }], [2, '/options/day', { new: 0, rejected: 2 }], [5, '/columns/outcome', { new: 2, rejected: 0 }]] as const) {
      const preview = await client.staged(org.manager, table(without(column)));
      expect(preview.questions.map((question) => question.answer)).to.deep.equal([answer]);
      expect(preview.counts).to.include(counts);
      const { body } = await client.commit(org.manager, preview.id, { createMissingAgents: true }).expect(409);
      expect(body).to.include({ code: 'open_questions' });
      expect(body.details[0].path).to.equal(`/mapping${answer}`);
    }
    const [rows] = await client.app.query(sql`select count(*)::int as n from interactions where external_id like 'Z_'`);
    expect(rows).to.deep.equal({ n: 0 });
  });
});
