import { expect } from 'chai';
import { ImportClient } from '../../../../test/imports/import-client.ts';
import { table } from '../../../../test/imports/workbook-writer.ts';
import type { TestPerson } from '../../../../test/harness/people.ts';
import { sql } from '../../../db/db.ts';

describe('imports of notes', () => {
  let client: ImportClient;
  let org: ImportClient['org'];
  const header = ['Note Id', 'Agent', 'Comment', 'Date', 'Type', 'Priority', 'Topic', 'Coach', 'Confidential'];

  before(async () => {
    client = await ImportClient.start('imports_notes', {}, { kind: 'notes' });
    org = client.org;
  });
  after(() => client.close());

  const notes = async (agentId = org.agent.id) =>
    (await client.app.request(org.admin.token).get('/api/quick-notes').query({ agentId, limit: 100 }).expect(200)).body.quickNotes as Record<string, unknown>[];

  it('are read like any other, by whom they name, else by whoever brought them', async () => {
    const done = await client.committed(org.manager, table([
      header,
      ['N1', 'Ada Agent', 'Speak more slowly.', '2024-05-01 09:30', 'Improvement', '', 'Pace', org.leader.row.fullName, 'no'],
      ['N2', 'Ada Agent', 'Handled a furious caller.', '2024-05-02', 'Kudos', 'low', '', '', ''],
      ['N3', 'Ada Agent', 'Refund promised.', '', 'escalation', '', '', '', 'yes'],
    ]));
    expect(done).to.deep.include({ status: 'committed', counts: { rows: 3, new: 3, changed: 0, unchanged: 0, rejected: 0 } });
    const byText = new Map((await notes()).map((note) => [note['content'], note]));
    expect(byText.get('Speak more slowly.')).to.deep.include({ noteType: 'COACHING', priority: 'MEDIUM', category: 'Pace', isPrivate: false, createdAt: '2024-05-01T09:30:00.000Z', teamLeaderId: org.leader.id });
    expect(byText.get('Handled a furious caller.')).to.include({ noteType: 'POSITIVE', priority: 'LOW', teamLeaderId: org.manager.id });
    expect(byText.get('Refund promised.')).to.include({ noteType: 'URGENT', priority: 'HIGH', isPrivate: true });
    await client.app.request(org.agent.token).get('/api/quick-notes').expect(200).then(({ body }) => expect(JSON.stringify(body)).to.not.contain('Refund'));
  });

  it('change nothing twice, show what changed, and are taken back', async () => {
    const before = await notes();
    const again = await client.staged(org.manager, table([header, ['N1', 'Ada Agent', 'Speak more slowly.', '2024-05-01 09:30', 'Improvement', '', 'Pace', org.leader.row.fullName, 'no']]));
    expect(again.counts).to.include({ unchanged: 1, changed: 0, new: 0 });
    const edited = await client.committed(org.manager, table([header, ['N1', 'Ada Agent', 'Speak clearly.', '2024-05-01 09:30', 'Improvement', 'high', 'Pace', '', 'no'], ['N4', 'Ada Agent', 'New.', '', '', '', '', '', '']]));
    expect(edited.counts).to.deep.equal({ rows: 2, new: 1, changed: 1, unchanged: 0, rejected: 0 });
    expect((await notes()).find(({ content }) => content === 'Speak clearly.')).to.include({ priority: 'HIGH' });
    await client.rollBack(org.manager, edited.id).expect(202);
    expect(await client.settled(org.manager, edited.id)).to.include({ status: 'rolled_back' });
    const lasting = (all: Record<string, unknown>[]) => all.map(({ version: _version, updatedAt: _updated, ...note }) => note);
    expect(lasting(await notes())).to.deep.equal(lasting(before));
  });

  it('are not brought back once they are deleted, under their own id or that of the file', async () => {
    const row = (id: string, text: string) => table([header, [id, 'Ada Agent', text, '2024-06-01', '', '', '', '', '']]);
    await client.committed(org.manager, row('N-gone', 'Deleted since.'));
    const note = (await notes()).find(({ content }) => content === 'Deleted since.');
    const id = String(note?.['id']);
    await client.app.request(org.admin.token).delete(`/api/quick-notes/${id}`).expect(204);
    for (const called of ['N-gone', id]) {
      const done = await client.committed(org.manager, row(called, 'Written over.'));
      expect(done.counts).to.deep.equal({ rows: 1, new: 0, changed: 0, unchanged: 0, rejected: 1 });
      const [rejected] = await client.preview(org.manager, done.id);
      expect(rejected?.errors?.map(({ code }) => code)).to.deep.equal(['was_deleted']);
      expect(JSON.stringify(rejected)).to.not.contain('Deleted since.');
    }
    expect(await client.app.query(sql`select content from quick_notes where id = ${id}`)).to.deep.equal([{ content: 'Deleted since.' }]);
  });

  it('stay where one was addressed since', async () => {
    const done = await client.committed(org.manager, table([header, ['N5', 'Ada Agent', 'To be addressed.', '', '', '', '', '', '']]));
    const note = (await notes()).find(({ content }) => content === 'To be addressed.');
    await client.app.request(org.leader.token).put(`/api/quick-notes/${String(note?.['id'])}`).send({ addressed: true }).expect(200);
    const { body } = await client.rollBack(org.manager, done.id).expect(409);
    expect(body.details[0].message).to.equal('Row 2 (N5) was changed since: by hand or by a host system.');
  });

  it('are by those who may write them, and by leaders their own alone', async () => {
    const by = (...authors: string[]) => table([header, ...authors.map((author, i) => [`W${i}`, 'Ada Agent', `Note ${i}.`, '2024-06-01', '', '', '', author, ''])]);
    const faults = async (person: TestPerson, file: Buffer) => {
      const { id } = await client.staged(person, file);
      return (await client.preview(person, id)).map(({ action, errors }) => errors?.map(({ cell, value, code }) => `${cell} ${value} ${code}`).join() ?? action);
    };
    const [leader, manager, stranger] = [org.leader.row.fullName, org.manager.row.fullName, org.stranger.row.fullName];
    expect(await faults(org.manager, by('', leader, manager, 'Nobody We Know', stranger, 'Ada Agent'))).to.deep.equal([
      'new', 'new', 'new', 'H5 Nobody We Know unknown_author', `H6 ${stranger} not_an_author`, 'H7 Ada Agent note_about_yourself',
    ]);
    expect(await faults(org.leader, by('', leader, manager, 'Nobody We Know'))).to.deep.equal(['new', 'new', `H4 ${manager} not_the_author`, 'H5 Nobody We Know unknown_author']);
    expect(await faults(org.manager, table([header, ['Y1', manager, 'Of myself.', '', '', '', '', '', ''], ['Y2', manager, 'Of myself.', '', '', '', '', leader, '']]))).to.deep.equal([`B2 ${manager} note_about_yourself`, `B3 ${manager} note_about_yourself`]);
  });

  it('are by whom somebody says, author by author, or left out', async () => {
    const file = table([header, ...['N Keller', 'N Keller', 'Nobody We Know', 'Me Myself'].map((author, i) => [`A${i}`, 'Ada Agent', `Of ${i}.`, '2024-06-01', '', '', '', author, ''])]);
    const { id, questions } = await client.staged(org.manager, file);
    expect(questions.map(({ code, answer, message }) => [code, answer, message])).to.deep.equal([
      ['unknown_author', '/people/N Keller', 'Who is “N Keller”, who wrote 2 notes? Nobody here is called so.'],
      ['unknown_author', '/people/Nobody We Know', 'Who is “Nobody We Know”, who wrote 1 note? Nobody here is called so.'],
      ['unknown_author', '/people/Me Myself', 'Who is “Me Myself”, who wrote 1 note? Nobody here is called so.'],
    ]);
    const choices = questions[0]?.choices.map(({ value }) => value) ?? [];
    expect(choices).to.include(org.leader.id).and.not.include(org.manager.id).and.not.include(org.agent.id);
    expect(choices.slice(-2)).to.deep.equal([null, 0]);
    const told = await client.remapped(org.manager, id, { people: { 'N Keller': org.leader.id, 'Nobody We Know': 0, 'Me Myself': null } });
    expect([told.questions, told.counts.new, told.counts.rejected]).to.deep.equal([[], 3, 1]);
    await client.commit(org.manager, id).expect(202);
    await client.settled(org.manager, id);
    const authors = await client.app.query(sql<{ author: number }>`select author_id as author from quick_notes where import_id = ${id} order by external_id`);
    expect(authors.map(({ author }) => author)).to.deep.equal([org.leader.id, org.leader.id, org.manager.id]);
    const theirs = await client.staged(org.leader, file);
    expect(theirs.questions[0]?.choices.map(({ value }) => value)).to.deep.equal([null, 0]);
  });

  it('change what others have written only for them, for administrators and for who brought it', async () => {
    const { body: written } = await client.app.request(org.leader.token).post('/api/quick-notes').send({ agentId: org.agent.id, noteType: 'COACHING', content: 'As I saw it.' }).expect(201);
    const file = (content: string) => table([header, [(written as { id: string }).id, 'Ada Agent', content, '', '', '', '', '', '']]);
    const same = await client.staged(org.manager, file('As I saw it.'));
    expect(same.counts).to.include({ unchanged: 1, rejected: 0 });
    const other = await client.staged(org.manager, file('As I see it.'));
    const [refused] = await client.preview(org.manager, other.id, 'rejected');
    expect(refused?.errors?.map(({ cell, value, code }) => [cell, value, code])).to.deep.equal([['A2', (written as { id: string }).id, 'not_the_author']]);
    expect((await client.staged(org.leader, file('As I saw it later.'))).counts).to.include({ changed: 1 });
    expect((await client.staged(org.admin, file('As I see it.'))).counts).to.include({ changed: 1 });
  });

  it('tell rows without an id apart, and say of others why they cannot be', async () => {
    const preview = await client.staged(org.leader, table([
      header.slice(1),
      ['Ada Agent', 'Same.', '', '', '', '', '', ''], ['Ada Agent', 'Same.', '', '', '', '', '', ''],
      ['', 'About nobody.', '', '', '', '', '', ''], ['Ada Agent', '', 'soon', 'riddle', '', '', '', 'perhaps'],
      [org.stranger.row.fullName, 'Not mine.', '', '', '', '', '', ''],
      ['Ada Agent', 'Urgent.', '2024-01-01', 'urgent', '', '', '', 'no'],
    ]));
    expect(preview.counts).to.deep.equal({ rows: 6, new: 3, changed: 0, unchanged: 0, rejected: 3 });
    const rejected = await client.preview(org.leader, preview.id, 'rejected');
    expect(rejected.map(({ errors }) => errors?.map(({ code }) => code))).to.deep.equal([['missing', 'agent_required'], ['missing', 'unknown_word', 'unknown_word', 'invalid_date'], ['outside_teams']]);
  });
});

describe('imports of action items', () => {
  let client: ImportClient;
  let org: ImportClient['org'];
  const header = ['Task Id', 'Assigned to', 'Action item', 'Details', 'Deadline', 'Prio', 'Status', 'Completed on'];

  before(async () => {
    client = await ImportClient.start('imports_actions', {}, { kind: 'actions' });
    org = client.org;
  });
  after(() => client.close());

  const items = async () => (await client.app.request(org.admin.token).get('/api/action-items').query({ agentId: org.agent.id, limit: 100 }).expect(200)).body.data as Record<string, unknown>[];

  it('stand in the list with the rest, done ones with the day they were done', async () => {
    const done = await client.committed(org.manager, table([
      header,
      ['A1', 'Ada Agent', 'Listen to two calls', 'Note one thing.', '31/12/2024', 'P1', 'In progress', ''],
      ['A2', 'Ada Agent', 'Read the price list', '', '13/02/2024', '', '', '01/02/2024'],
      ['A3', 'Ada Agent', 'Drop the old script', '', '14/02/2024', '', 'completed', ''],
    ]));
    expect(done).to.deep.include({ status: 'committed', counts: { rows: 3, new: 3, changed: 0, unchanged: 0, rejected: 0 } });
    const byTitle = new Map((await items()).map((item) => [item['title'], item]));
    expect(byTitle.get('Listen to two calls')).to.include({ description: 'Note one thing.', dueDate: '2024-12-31', priority: 'HIGH', status: 'in_progress', completedAt: null });
    expect(byTitle.get('Read the price list')).to.include({ status: 'done', completedAt: '2024-02-01T00:00:00.000Z', priority: 'MEDIUM' });
    expect(byTitle.get('Drop the old script')?.['completedAt']).to.be.a('string');
  });

  it('change nothing twice, and are taken back unless somebody went on with one', async () => {
    const again = await client.staged(org.manager, table([header, ['A2', 'Ada Agent', 'Read the price list', '', '13/02/2024', '', '', '01/02/2024']]));
    expect(again.counts).to.include({ unchanged: 1 });
    const more = await client.committed(org.manager, table([header, ['A4', 'Ada Agent', 'Try the new greeting', '', '20/02/2025', '', '', ''], ['A1', 'Ada Agent', 'Listen to three calls', '', '31/12/2024', 'P1', 'open', '']]));
    expect(more.counts).to.include({ new: 1, changed: 1 });
    const [item] = (await items()).filter(({ title }) => title === 'Try the new greeting');
    const path = `/api/action-items/${String(item?.['id'])}/comments`;
    await client.app.request(org.agent.token).post(path).send({ text: 'Tried it.' }).expect(201);
    expect((await client.rollBack(org.manager, more.id).expect(409)).body.details[0].message).to.contain('Row 2 (A4)');
    await client.app.query(sql`delete from action_comments`);
    // A reminder comes by the clock: nobody went on with the item.
    await client.app.query(sql`insert into action_reminders (action_item_id, kind, due_date, at) select id, 'overdue', due_date, now() from action_items where external_id = 'A4'`);
    await client.rollBack(org.manager, more.id).expect(202);
    expect(await client.settled(org.manager, more.id)).to.include({ status: 'rolled_back' });
    const titles = (await items()).map(({ title }) => title);
    expect(titles).to.include('Listen to two calls').and.to.not.include('Try the new greeting');
  });

  it('refuse what contradicts itself', async () => {
    const preview = await client.staged(org.manager, table([header, ['A9', 'Ada Agent', 'Half done', '', '14/02/2024', '', 'open', '01/02/2024'], ['A10', 'Ada Agent', '', '', 'never', '', '', '']]));
    const rejected = await client.preview(org.manager, preview.id, 'rejected');
    expect(rejected.map(({ errors }) => errors?.map(({ cell, code }) => `${cell} ${code}`))).to.deep.equal([['H2 contradiction'], ['C3 missing', 'E3 invalid_date']]);
  });
});
