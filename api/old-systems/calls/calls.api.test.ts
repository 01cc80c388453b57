import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { EJSON, ObjectId } from 'bson';
import { expect } from 'chai';
import { systemPrincipal } from '../../auth/principal.ts';
import { readEnv } from '../../config.ts';
import { sql } from '../../db/db.ts';
import { newId } from '../../db/ids.ts';
import type { MigrationReport } from '../migration-report.ts';
import { OldFileError } from '../old-file-error.ts';
import { fingerprint } from '../../../test/harness/fingerprint.ts';
import { startWorld, type World } from '../../../test/harness/world.ts';

const SCRIPT = new URL('migrate-calls.cli.ts', import.meta.url).pathname;
const START = Date.parse('2024-03-04T09:00:00Z');

/** A call as the old system kept it; `n` tells them apart. */
const call = (n: number, fields: object = {}) => ({
  _id: new ObjectId(n.toString(16).padStart(24, '0')), callSid: `CA${n}`, conversationId: `conv_${n}`, status: 'completed', from: '+4930111', to: '+4930222', direction: 'outbound-api',
  createdAt: new Date(START + n * 60_000), startTime: new Date(START + n * 60_000), answerTime: new Date(START + n * 60_000 + 8000), endTime: new Date(START + n * 60_000 + 188_000), duration: 180,
  answeredBy: 'human', tags: ['renewal'], campaignId: 'spring', __v: 0, ...fields,
});
const recording = (n: number, fields: object = {}) => ({ _id: new ObjectId(), recordingSid: `RE${n}`, callSid: `CA${n}`, url: `https://user:secret@api.example.test/RE${n}`, duration: 179, channels: 2, format: 'mp3', status: 'completed', source: 'both', createdAt: new Date(START), ...fields });
const transcript = (n: number, fields: object = {}) => ({
  _id: new ObjectId((n + 4096).toString(16).padStart(24, '0')), callSid: `CA${n}`, conversationId: `conv_${n}`, agent_id: 'agent_el', status: 'done', createdAt: new Date(START),
  transcript: [{ role: 'agent', time_in_call_secs: 0, message: 'Hello\u0000 there 👋' }, { role: 'user', time_in_call_secs: 4, message: 'Bonjour' }, { role: 'agent', time_in_call_secs: 6 }],
  analysis: { call_successful: 'success', transcript_summary: 'A greeting.' }, ...fields,
});

describe('npm run migrate:calls', function () {
  this.timeout(60_000);
  let world: World;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sideline-calls-'));
    world = await startWorld('migrate_calls');
    const { app, org } = world;
    await app.ctx.identities.create(systemPrincipal('test'), org.agent.id, { system: 'elevenlabs', externalId: 'agent_el' });
    await app.query(sql`insert into migrated_ids (system, kind, old_id, target_type, target_id, content, migrated_at) values ('coach-app', 'User', 'cuid_colleague', 'agent', ${String(org.colleague.id)}, '', now())`);
    for (const n of [1, 2]) await app.people.create('cs', { username: `sam_${n}`, fullName: 'Sam Same' });
  });
  after(async () => {
    await world.app.close();
    await rm(folder, { recursive: true });
  });

  async function file(name: string, documents: readonly (object | string)[], write: (text: string) => string | Uint8Array = (text) => text, relaxed = false): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, write(documents.map((document) => (typeof document === 'string' ? document : EJSON.stringify(document, { relaxed }))).join('\n')));
    return path;
  }
  const run = (paths: string | readonly string[], { dryRun = false, system = 'calls' } = {}): Promise<MigrationReport> => world.app.ctx.oldSystems.calls.run(systemPrincipal('migration'), [paths].flat(), { system, dryRun });
  const counts = (report: MigrationReport) => Object.fromEntries(report.tables.map(({ name, counts: c }) => [name, [c.read, c.new, c.changed, c.unchanged, c.kept, c.refused]]));
  const lines = (report: MigrationReport, table: string) => report.table(table).lines.map(({ place, what, because }) => `${place}: ${what}: ${because}`);
  const rows = (source: string) => world.app.query(sql<Record<string, unknown>>`select external_id as sid, direction, outcome, agent_id as agent, wait_seconds as wait, talk_seconds as talk, business_date::text as day, provenance from interactions where source = ${source} order by started_at, external_id`);
  let mixed: string;

  it('brings a mixed file in any order, and says in a dry run exactly what it then does', async () => {
    const { org } = world;
    mixed = await file('dump.ndjson', [
      transcript(1), recording(1), recording(9), '{"callSid": "CA1", "stat', call(1, { agentId: 'agent_el' }),
      call(2, { agentId: 'cuid_colleague', status: 'no-answer', answerTime: null, duration: 0, direction: 'inbound' }),
      call(3, { agentEmail: org.agent.row.email.toUpperCase(), answeredBy: 'machine_start' }), call(4, { agentName: 'Sam Same', status: 'busy' }), call(5, { agentId: 'agent_of_nobody', shoeSize: 9 }),
      call(6, { status: 'in-progress' }), call(7, { callSid: undefined, _id: undefined }), call(8, { startTime: 'yesterday' }), '[1, 2]', { callSid: 'CA1', colour: 'red' }, '',
      call(1, { agentId: 'agent_el' }), call(2, { status: 'failed' }), transcript(2, { transcript: undefined, messages: [{ role: 'agent', message: 'Hi', timestamp: new Date(START) }, { role: 'user', message: 'Yes?', timestamp: new Date(START + 2500) }] }), call(12, { agentId: '12' }),
    ]);
    const before = await fingerprint(world.app);
    const dry = await run(mixed, { dryRun: true });
    expect(await fingerprint(world.app)).to.deep.equal(before);
    const real = await run(mixed);
    expect(dry.toString()).to.equal(`Dry run: nothing is written.\n\n${real.toString()}`);
    expect(counts(real)).to.deep.equal({ 'calls': [11, 6, 0, 1, 0, 4], 'recordings': [2, 1, 0, 0, 0, 1], 'transcripts': [2, 2, 0, 0, 0, 0], 'others': [3, 0, 0, 0, 0, 3] });
    expect(lines(real, 'calls')).to.have.members([
      'line 10: refused: it is still in-progress in the export: export it again when it has ended', 'line 11: refused: it has neither callSid nor _id', 'line 12: refused: startTime is no date (yesterday)',
      'line 16: unchanged: the same as line 5', 'line 17: refused: line 6 has the same id and says something else',
    ]);
    expect(lines(real, 'recordings')).to.deep.equal(['line 3: refused: its call (CA9) was not brought along']);
    expect(lines(real, 'others')[0]).to.contain('line 4: refused: it is no JSON');
    expect(lines(real, 'others').slice(1)).to.deep.equal(['line 13: refused: it is no document', 'line 14: refused: it is neither a call, nor a recording, nor a transcript']);
    const notes = real.notes.join('\n');
    expect(notes).to.contain('Sam Same (1 call) could be several people').and.to.contain('agent_of_nobody (1 call) is nobody here. These calls are nobody’s; give the person an identity with the id agent_of_nobody, and start again.').and.to.contain('12 (1 call) is nobody here');
    expect(notes).to.contain('Field calls.shoeSize is not known').and.to.contain('calls.from, calls.to stay behind: numbers and names of customers');
    expect(real.notes.filter((note) => note.startsWith('Field ')), 'and no other').to.have.length(1);
  });

  it('refuses odd documents one by one, says so in the dry run already, and prints nothing a terminal would obey', async () => {
    const long = `{"callSid": "CB0", "from": "${'x'.repeat(65 * 1024 * 1024)}"}`;
    const path = await file('odd.ndjson', [
      EJSON.stringify(call(1)).replace('"status"', '"agentName":{"_bsontype":"x","toString":1},"status"'), call(2, { status: 'constructor' }), long, call(3, { 'calls\u001b]0;PWNED\u0007field': 1, 'constructor': 1 }), call(4, { campaignId: 'z'.repeat(3_000_000), tags: ['t'.repeat(20_000)] }),
      '\u001b]0;PWNED\u0007\u001b[31mred{',
      transcript(3, { transcript: [{ role: '__proto__', message: 'a' }, { role: 'constructor', message: 'b' }, { role: { toString: 1 }, message: 'c' }, { role: 'AGENT', message: 'd' }] }),
      transcript(4, { transcript: Array.from({ length: 200_000 }, () => ({ role: 'agent', message: 'x', timestamp: '2024-03-04T09:00:00Z' })) }),
      recording(3, { duration: 1e12 }), recording(3, { recordingSid: 'RE31', size: 1e300 }), recording(3, { recordingSid: 'RE32', channels: 1e10 }),
    ], undefined, true);
    const dry = await run(path, { dryRun: true, system: 'odd' });
    const real = await run(path, { system: 'odd' });
    expect(dry.toString()).to.equal(`Dry run: nothing is written.\n\n${real.toString()}`);
    expect(counts(real)).to.deep.equal({ 'calls': [4, 3, 0, 0, 0, 1], 'recordings': [3, 0, 0, 0, 0, 3], 'transcripts': [2, 2, 0, 0, 0, 0], 'others': [2, 0, 0, 0, 0, 2] });
    expect(lines(real, 'others')[0]).to.equal('line 3: refused: it is longer than 64 MB: that is no document of MongoDB');
    expect(real.toString()).not.to.match(/(?!\n)\p{Cc}/u);
    expect(await world.app.query(sql`select jsonb_path_query_array(turns, '$[*].role') as roles from transcripts where source = 'odd' and jsonb_array_length(turns) < 10`)).to.deep.equal([{ roles: ['other', 'other', 'other', 'agent'] }]);
    expect(await world.app.query(sql`select length(provenance -> 'migrated' ->> 'campaignId') as length, provenance -> 'migrated' -> 'tags' as tags from interactions where source = 'odd' and external_id = 'CA4'`)).to.deep.equal([{ length: 500, tags: null }]);
  });

  it('has calls as interactions of whoever took them, with their days counted, and nothing about customers', async () => {
    const { agent, colleague } = world.org;
    const found = await rows('calls');
    expect(found.map(({ provenance: _provenance, ...row }) => row)).to.deep.equal([
      { sid: 'CA1', direction: 'outbound', outcome: 'answered', agent: agent.id, wait: 8, talk: 180, day: '2024-03-04' },
      { sid: 'CA2', direction: 'inbound', outcome: 'missed', agent: colleague.id, wait: 188, talk: null, day: '2024-03-04' },
      { sid: 'CA3', direction: 'outbound', outcome: 'voicemail', agent: agent.id, wait: 8, talk: 180, day: '2024-03-04' },
      { sid: 'CA4', direction: 'outbound', outcome: 'busy', agent: null, wait: 8, talk: null, day: '2024-03-04' },
      { sid: 'CA5', direction: 'outbound', outcome: 'answered', agent: null, wait: 8, talk: 180, day: '2024-03-04' },
      { sid: 'CA12', direction: 'outbound', outcome: 'answered', agent: null, wait: 8, talk: 180, day: '2024-03-04' },
    ]);
    expect(found[0]?.['provenance']).to.deep.equal({ migrated: { system: 'calls', conversationId: 'conv_1', campaignId: 'spring', agent: 'agent_el', answeredBy: 'human', status: 'completed', tags: ['renewal'] } });
    expect(JSON.stringify(await world.app.query(sql`select * from interactions where source = 'calls'`))).not.to.contain('+4930');
    expect(await world.app.query(sql`select messages_handled as handled from agent_performance_metrics where agent_id = ${agent.id} and date = '2024-03-04' and origin = 'computed'`)).to.deep.equal([{ handled: 1 }]);
    expect(await world.app.query(sql`select 1 from outbox where type = 'interactions:changed'`)).to.deep.equal([]);
  });

  it('shows recordings and what was said to those who may read the interaction, and to nobody else', async () => {
    const { app, org } = world;
    const [{ id } = { id: '' }] = await app.query(sql<{ id: string }>`select id from interactions where external_id = 'CA1' and source = 'calls'`);
    const { body } = await app.request(org.leader.token).get(`/api/interactions/${id}`).expect(200);
    expect(body.recordings).to.have.length(1);
    expect(body.recordings[0]).to.include({ url: 'https://api.example.test/RE1', format: 'mp3', side: 'both', channels: 2, durationSeconds: 179 });
    expect(body.transcripts[0]).to.include({ status: 'done', summary: 'A greeting.', turnCount: 2 });
    const said = await app.request(org.agent.token).get(`/api/interactions/${id}/transcripts`).expect(200);
    expect(said.body.data[0].turns).to.deep.equal([{ role: 'agent', text: 'Hello there 👋', seconds: 0 }, { role: 'customer', text: 'Bonjour', seconds: 4 }]);
    for (const other of [org.otherLeader, org.colleague]) await app.request(other.token).get(`/api/interactions/${id}/transcripts`).expect(404);
    const record = await app.request(org.agent.token).get(`/api/agents/${org.agent.id}/record`).expect(200);
    expect(record.body.transcripts[0].ownWords).to.deep.equal([{ text: 'Hello there 👋', seconds: 0 }]);
    expect(record.text).not.to.contain('Bonjour');
    expect(await app.query(sql`select turns from transcripts t join interactions i on i.id = t.interaction_id where i.external_id = 'CA2'`)).to.deep.equal([{ turns: [{ role: 'agent', text: 'Hi', seconds: 0 }, { role: 'customer', text: 'Yes?', seconds: 2.5 }] }]);
  });

  it('brought once more changes nothing; knows whoever got an identity meanwhile; leaves what was changed here', async () => {
    const { app, org } = world;
    const before = await fingerprint(app);
    expect(counts(await run(mixed))['calls']).to.deep.equal([11, 0, 0, 7, 0, 4]);
    expect(await fingerprint(app)).to.deep.equal(before);
    await app.ctx.identities.create(systemPrincipal('test'), org.stranger.id, { system: 'twilio', externalId: 'agent_of_nobody' });
    await app.query(sql`update interactions set version = version + 1, rating = 5 where external_id = 'CA1' and source = 'calls'`);
    const later = await file('later.ndjson', [call(1, { agentId: 'agent_el', duration: 200 }), call(5, { agentId: 'agent_of_nobody', shoeSize: 9 })], undefined, true);
    const report = await run(later);
    expect(counts(report)['calls']).to.deep.equal([2, 0, 1, 0, 1, 0]);
    expect(lines(report, 'calls')).to.deep.equal(['line 1: kept: changed there, but here as well since: it stays as it is here']);
    expect((await rows('calls')).filter(({ sid }) => sid === 'CA5').map(({ agent }) => agent)).to.deep.equal([org.stranger.id]);
  });

  it('leaves a call that a host system has told of here', async () => {
    await world.app.query(sql`insert into interactions (id, source, external_id, channel, started_at, business_date, outcome) values (${newId()}, 'twilio', 'CA1', 'voice', now(), current_date, 'missed')`);
    const report = await run(await file('told.ndjson', [call(1), recording(1)]), { system: 'twilio' });
    expect(lines(report, 'calls')).to.deep.equal(['line 1: unchanged: there already, and stays as it is']);
    expect(counts(report)['recordings']).to.deep.equal([1, 1, 0, 0, 0, 0]);
    expect((await rows('twilio')).map(({ outcome }) => outcome)).to.deep.equal(['missed']);
  });

  it('reads arrays, documents over several lines, gzip and a file for each collection, together or one after the other', async () => {
    const calls = await file('calls.json', [call(1), call(2)], (text) => `[${text.replaceAll('\n', ',')}]`);
    const recordings = await file('recordings.json.gz', [{ ...recording(1), recordingSid: undefined }, recording(2)], gzipSync);
    const transcripts = await file('transcripts.json', [], () => `\ufeff${[transcript(1), transcript(2)].map((document) => EJSON.stringify(document, undefined, 2)).join('\n')}\n`);
    expect(counts(await run([transcripts, recordings, calls], { system: 'together' }))).to.deep.equal({ calls: [2, 2, 0, 0, 0, 0], recordings: [2, 2, 0, 0, 0, 0], transcripts: [2, 2, 0, 0, 0, 0] });
    expect(counts(await run(calls, { system: 'apart' }))['calls']).to.deep.equal([2, 2, 0, 0, 0, 0]);
    expect(counts(await run([recordings, transcripts], { system: 'apart' }))).to.deep.equal({ calls: [0, 0, 0, 0, 0, 0], recordings: [2, 2, 0, 0, 0, 0], transcripts: [2, 2, 0, 0, 0, 0] });
  });

  it('stopped in the middle says that it goes on, and does, and ends as if nothing had happened', async () => {
    const count = 6000;
    const many = await file('many.ndjson', Array.from({ length: count }, (_item, n) => (n % 3 === 2 ? recording(n - 1) : call(n))));
    const [secret] = world.app.config.auth.secrets;
    const env = { PATH: readEnv()['PATH'], NODE_ENV: 'test', DATABASE_URL: world.app.config.database.url, JWT_SECRET: secret?.secret };
    const killed = spawn(process.execPath, [SCRIPT, many, '--source', 'many'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    const said = text(killed.stderr);
    const brought = async (): Promise<number> => (await world.app.query(sql<{ n: number }>`select count(*)::int as n from interactions where source = 'many'`))[0]?.n ?? 0;
    while ((await brought()) === 0) await new Promise((done) => setTimeout(done, 5));
    killed.kill('SIGINT');
    expect([await new Promise((done) => killed.once('exit', done)), await said]).to.deep.equal([130, '\nStopped by SIGINT. What was brought until now stays. Start again with the same file: it goes on from there.\n']);
    const half = await brought();
    expect(half).to.be.greaterThan(0).and.lessThan(4000);
    const report = await run(many, { system: 'many' });
    expect(counts(report)).to.deep.equal({ calls: [4000, 4000 - half, 0, half, 0, 0], recordings: [2000, 2000, 0, 0, 0, 0], transcripts: [0, 0, 0, 0, 0, 0] });
  });

  it('keeps a document that the database itself refuses from nobody else', async () => {
    const report = await run(await file('hostile.ndjson', [call(1), transcript(1), transcript(2, { callSid: 'CA1', analysis: { 'a\ud800b': 1 } }), transcript(3, { callSid: 'CA1' })]), { system: 'hostile' });
    expect(counts(report)['transcripts']).to.deep.equal([3, 2, 0, 0, 0, 1]);
    expect(lines(report, 'transcripts')[0]).to.contain('line 3: refused: the database refuses it');
  });

  it('says in plain words what is wrong with a file', async () => {
    const refusal = async (path: string): Promise<string> => {
      try {
        await run(path, { system: 'wrong' });
      } catch (error) {
        expect(error).to.be.instanceOf(OldFileError);
        return (error as Error).message;
      }
      throw new Error('was read');
    };
    expect(await refusal(join(folder, 'none'))).to.contain('There is no file');
    expect(await refusal(await file('empty', []))).to.contain('is empty');
    expect(await refusal(await file('calls.csv', ['callSid,from']))).to.contain('is no mongoexport');
    expect(await refusal(await file('book.xlsx', [], () => Buffer.from('504b0304140000000800a51c7e42df5d', 'hex')))).to.match(/book\.xlsx is no mongoexport but a zip archive, as workbooks are\. Export JSON, not CSV or BSON\.$/);
    expect(await refusal(await file('utf16', [call(1)], (text) => Buffer.from(`\ufeff${text}`, 'utf16le')))).to.contain('UTF-16');
    expect(await refusal(await file('torn.json.gz', [call(1), call(2)], (text) => gzipSync(text).subarray(0, -20)))).to.contain('breaks off or is damaged');
    expect(await refusal(await file('torn.json', [call(1)], (text) => `[${text},{"callSid":`))).to.contain('breaks off or is damaged');
  });
});
