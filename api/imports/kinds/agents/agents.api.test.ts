import { expect } from 'chai';
import { ImportClient } from '../../../../test/imports/import-client.ts';
import { table } from '../../../../test/imports/workbook-writer.ts';
import { sql } from '../../../db/db.ts';

const header = ['Name', 'E-mail', 'User name', 'Job title', 'Department', 'Team', 'Phone', 'Hire date', 'Status'];

describe('imports of people', () => {
  let client: ImportClient;
  let org: ImportClient['org'];
  let team: string;

  before(async () => {
    client = await ImportClient.start('imports_agents', {}, { kind: 'agents' });
    org = client.org;
    team = (await client.app.query(sql<{ name: string }>`select name from teams where id = ${org.team.id}`))[0]?.name ?? '';
  });
  after(() => client.close());

  const people = (where: string) => client.app.query(sql`
    select full_name, email, username, role, department, team_id, phone, joined_on::text, is_active, version from agents where full_name like ${where} order by full_name`);

  it('add whoever is not there, whole, and leave everybody else alone', async () => {
    const others = await client.app.query(sql`select * from agents order by id`);
    const done = await client.committed(org.manager, table([
      header,
      ['Okafor, Rosa', 'Rosa@Example.org', 'rosa_o', 'Advisor', 'Support', team.toUpperCase(), '+44 20 7946', '2024-03-01', 'Active'],
      ['Rolf Roster', '', '', 'Team Leader', '', '', '', '', 'left'],
    ]));
    expect(done).to.deep.include({ status: 'committed', counts: { rows: 2, new: 2, changed: 0, unchanged: 0, rejected: 0 }, missingAgents: [] });
    const common = { version: 1 };
    expect(await people('Ro%')).to.deep.equal([
      { ...common, full_name: 'Rolf Roster', email: 'rolf_roster@imported.invalid', username: 'rolf_roster', role: 'team_leader', department: 'Unassigned', team_id: null, phone: null, joined_on: new Date().toISOString().slice(0, 10), is_active: false },
      { ...common, full_name: 'Rosa Okafor', email: 'rosa@example.org', username: 'rosa_o', role: 'cs', department: 'Support', team_id: org.team.id, phone: '+44 20 7946', joined_on: '2024-03-01', is_active: true },
    ]);
    expect((await client.app.query(sql`select * from agents order by id`)).slice(0, others.length)).to.deep.equal(others);
    await client.app.request().post('/api/auth/login').send({ username: 'rosa_o', password: '!' }).expect(401);
  });

  it('find everybody again by e-mail, user name or name, and change only what differs', async () => {
    await client.committed(org.manager, table([header, ['Carla Change', 'carla@example.org', 'carla_c', 'agent', 'Support', '', '', '2024-03-01', 'yes']]));
    const again = await client.staged(org.manager, table([['Name', 'Department'], ['  carla   CHANGE', 'Support']]));
    expect(again.counts).to.include({ new: 0, unchanged: 0, changed: 1 });
    const { id, counts } = await client.staged(org.manager, table([['E-mail', 'Department', 'Phone'], ['CARLA@example.org', 'Sales', '555 0100']]));
    expect(counts).to.include({ new: 0, changed: 1 });
    expect((await client.preview(org.manager, id))[0]?.changes).to.deep.equal({ department: { old: 'Support', new: 'Sales' }, phone: { old: null, new: '555 0100' } });
    await client.commit(org.manager, id).expect(202);
    await client.settled(org.manager, id);
    expect((await people('Carla%'))[0]).to.include({ department: 'Sales', phone: '555 0100', email: 'carla@example.org', version: 2 });
    const same = await client.staged(org.manager, table([['User name', 'Department', 'Phone'], ['carla_c', 'Sales', '555 0100']]));
    expect(same.counts).to.include({ unchanged: 1, changed: 0, new: 0 });
  });

  it('sign out whoever they deactivate, and are taken back with everybody they added', async () => {
    const victim = await client.app.people.person('cs', { teamId: org.team.id });
    const { email, fullName: name } = victim.row;
    await client.app.request(victim.token).get('/api/auth/me').expect(200);
    const before = await client.app.query(sql`select to_jsonb(a) - 'version' - 'updated_at' as row from agents a order by id`);
    const done = await client.committed(org.manager, table([header, [name, email, '', '', 'Sales', '', '', '2020-01-01', 'terminated'], ['Nils Neu', 'nils@example.org', '', '', '', '', '', '', '']]));
    expect(done.counts).to.include({ new: 1, changed: 1 });
    await client.app.request(victim.token).get('/api/auth/me').expect(401);
    await client.rollBack(org.manager, done.id).expect(202);
    expect(await client.settled(org.manager, done.id)).to.include({ status: 'rolled_back' });
    expect(await client.app.query(sql`select to_jsonb(a) - 'version' - 'updated_at' as row from agents a order by id`)).to.deep.equal(before);
  });

  it('stay where somebody they added or changed has moved on', async () => {
    const done = await client.committed(org.manager, table([header, ['Ulla Used', 'ulla@example.org', '', '', '', team, '', '', ''], ['Carla Change', 'carla@example.org', '', '', 'Billing', '', '', '', '']]));
    const [ulla] = await client.app.query(sql<{ id: number }>`select id from agents where full_name = 'Ulla Used'`);
    await client.app.request(org.leader.token).post('/api/quick-notes').send({ agentId: ulla?.id, noteType: 'POSITIVE', content: 'A good start.' }).expect(201);
    await client.app.query(sql`update agents set department = 'Elsewhere', version = version + 1 where full_name = 'Carla Change'`);
    const { body } = await client.rollBack(org.manager, done.id).expect(409);
    expect((body as { details: { message: string }[] }).details.map(({ message }) => message)).to.deep.equal([
      'Row 3 (carla@example.org) was changed since: by hand or by a host system.',
      'Ulla Used, who was added for this import, is in use: a note.',
    ]);
  });

  it('stay where a later import brought figures of somebody they added', async () => {
    const roster = await client.committed(org.manager, table([header, ['Fiona Figures', 'fiona@example.org', '', '', '', team, '', '', '']]));
    const days = client.of('performance');
    const figures = await days.committed(org.manager, 'Agent,Date,Handled\nFiona Figures,2021-03-30,12\nFiona Figures,2021-03-31,9\n', {}, 'days.csv');
    const { body } = await client.rollBack(org.manager, roster.id).expect(409);
    expect((body as { details: { message: string }[] }).details.map(({ message }) => message)).to.deep.equal(['Fiona Figures, who was added for this import, is in use: daily figures from elsewhere.']);
    for (const { id } of [figures, roster]) {
      await client.rollBack(org.manager, id).expect(202);
      expect(await client.settled(org.manager, id)).to.include({ status: 'rolled_back' });
    }
  });

  it('take nothing away where a cell is blank', async () => {
    const roster = (name: string): string => `Name,E-mail,Phone,Department,Role\n${name},keeper@example.org,,,\n`;
    await client.committed(org.manager, 'Name,E-mail,Phone,Department,Role\nKai Keeper,keeper@example.org,07123 456789,Support,team leader\n', {}, 'roster.csv');
    const again = await client.staged(org.manager, roster('Kai Keeper'), 'roster.csv');
    expect(again.counts).to.include({ rows: 1, unchanged: 1 });
    const renamed = await client.staged(org.manager, roster('Kay Keeper'), 'roster.csv');
    expect((await client.preview(org.manager, renamed.id))[0]?.changes).to.deep.equal({ fullName: { old: 'Kai Keeper', new: 'Kay Keeper' } });
  });

  it('hold to the rules of requests for names and e-mails', async () => {
    const emails = ['x,y@example.org', 'a<b@example.org', '<w@example.org>', 'a;b@example.org', 'w@x..example', 'mailto:w@example.org', 'w@example.org.', '.w@example.org', 'w@[127.0.0.1]', '(c)w@example.org'];
    const names = ['Tag\u{e0041}Name X', 'a\u200db c', 'Lena\u00adLeader'];
    const { id, counts } = await client.staged(org.manager, table([
      ['Name', 'E-mail', 'Department'],
      ...emails.map((email, i) => [`Odd Mail${i}`, email, '']),
      ...names.map((name, i) => [name, `odd${i}@example.org`, '']),
      ['Odd Department', '', 'Customer\u00adService'],
      ['\u202eeviL remoH', 'homer@example.org', 'Customer\u202e Service'],
    ]));
    expect(counts).to.include({ new: 1, rejected: emails.length + names.length + 1 });
    const rows = await client.preview(org.manager, id);
    expect(rows.map(({ errors }) => errors?.map(({ code }) => code).join() ?? null)).to.deep.equal([...emails.map(() => 'invalid_email'), ...names.map(() => 'invalid_name'), 'invalid_department', null]);
    expect(rows.at(-1)?.values).to.include({ fullName: 'eviL remoH', department: 'Customer Service' });
    for (const email of emails) {
      const body = { username: 'odd_mail', email, fullName: 'Odd Mail', role: 'cs', department: 'Support', password: 'Sideline-demo-1x' };
      await client.app.request(org.manager.token).post('/api/agents').send(body).expect(400);
    }
  });

  it('say of every row why it cannot be', async () => {
    const preview = await client.staged(org.manager, table([
      header,
      ['', 'not an address', 'a b', 'wizard', 'x', '', 'call me', 'soon', 'perhaps'],
      ['Mona Manager', org.manager.row.email, '', 'agent', '', '', '', '', ''],
      ['', org.agent.row.email, org.colleague.row.username, '', '', '', '', '', ''],
      ['Tess Team', 'tess@example.org', '', '', '', 'Nowhere', '', '', ''],
      ['', 'nameless@example.org', '', '', '', '', '', '', ''],
      ['Tim Twin', 'tim@example.org', 'twin', '', '', '', '', '', ''], ['Tom Twin', 'tom@example.org', 'TWIN', '', '', '', '', '', ''],
      ['Gina Good', 'gina@example.org', 'gina_g', 'agent', 'Support', team, '555 0100', '2024-01-02', 'active'],
    ]));
    const rejected = await client.preview(org.manager, preview.id, 'rejected');
    expect(preview.counts).to.include({ rows: 8, rejected: 7, new: 1 });
    expect(rejected[0]?.errors?.map(({ cell, code }) => `${cell} ${code}`)).to.deep.equal([
      'B2 invalid_email', 'C2 invalid_username', 'E2 invalid_department', 'G2 invalid_phone', 'H2 invalid_date', 'D2 unknown_word', 'I2 unknown_word']);
    expect(rejected.slice(1).map(({ errors }) => errors?.[0]?.message)).to.deep.equal([
      'Managers and administrators are looked after by hand.',
      `This user name is that of ${org.colleague.row.fullName}.`,
      'There is no team called “Nowhere”.',
      'Somebody new needs a name.',
      'Several rows have the same username.', 'Several rows have the same username.',
    ]);
    expect(rejected.map(({ errors }) => errors?.[0]?.cell)).to.deep.equal(['B2', 'B3', 'B4', 'F5', 'B6', 'B7', 'B8']);
    expect(rejected[3]?.errors?.[0]).to.include({ field: 'team', value: 'Nowhere' });
  });

  it('let leaders add agents to their own teams and correct profiles there, and nothing more', async () => {
    const preview = await client.staged(org.leader, table([
      header,
      ['Lena Leaders', 'lena@example.org', '', 'agent', '', team, '', '', ''],
      ['Otto Outside', 'otto@example.org', '', '', '', '', '', '', ''],
      ['Lara Leader', 'lara@example.org', '', 'team leader', '', team, '', '', ''],
      [org.agent.row.fullName, '', '', '', 'Support', '', '555 0199', '', ''],
      [org.colleague.row.fullName, 'new.address@example.org', '', '', '', '', '', '', ''],
      [org.stranger.row.fullName, '', '', '', 'Support', '', '', '', ''],
    ]));
    expect(preview.counts).to.deep.equal({ rows: 6, new: 1, changed: 1, unchanged: 0, rejected: 4 });
    expect((await client.preview(org.leader, preview.id, 'rejected')).map(({ errors }) => errors?.[0]?.message)).to.deep.equal([
      'Leaders add people to teams they lead.', 'Leaders add agents alone.', 'Leaders change name, department and telephone of their people, nothing else.',
      `${org.stranger.row.fullName} is in no team you lead.`,
    ]);
    await client.commit(org.leader, preview.id).expect(202);
    expect(await client.settled(org.leader, preview.id)).to.include({ status: 'committed' });
  });

  it('ask which column names people, and what unknown words mean', async () => {
    const preview = await client.staged(org.manager, table([['Desk', 'Role', 'Phone'], ['A1', 'Wizard', '555 0100'], ['A2', 'Wizard', '555 0101']]));
    expect(preview.questions.map(({ answer }) => answer)).to.include.members(['/columns/fullName', '/values/role/Wizard']);
  });
});
