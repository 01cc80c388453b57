import { execFile, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { readEnv } from '../../api/config.ts';
import { sql } from '../../api/db/db.ts';
import { skip } from '../harness/skip.ts';
import { startWorld, type World } from '../harness/world.ts';

const README = new URL('../../README.md', import.meta.url);

/** The commands of a chapter, in order. */
async function commandsOf(chapter: string): Promise<string[]> {
  const text = await readFile(README, 'utf8');
  const body = text.split(`\n## ${chapter}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...body.matchAll(/```sh\n(.*?)```/gs)].map(([, command = '']) => command);
}

describe('The README’s chapter for host systems', function () {
  this.timeout(60_000);
  let world: World;

  before(async function () {
    if (spawnSync('curl', ['--version']).status !== 0 || spawnSync('bash', ['--version']).status !== 0) {
      skip(this, 'its commands need curl and bash');
    }
    world = await startWorld('readme', { DEMO: 'off' });
  });
  after(() => world?.close());

  async function run(command: string, variables: Record<string, string>): Promise<Record<string, unknown>> {
    const env = { PATH: readEnv()['PATH'], SIDELINE: world.app.url, ...variables };
    const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', command], { env });
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  it('works as it stands there, from the key to the figures', async () => {
    const commands = await commandsOf('Host systems');
    expect(commands).to.have.length(4);
    const [makeKey = '', identify = '', deliver = '', setStatus = ''] = commands;
    const { key } = await run(makeKey, { TOKEN: world.org.admin.token });
    const AGENT = String(world.org.agent.id);
    const KEY = String(key);
    expect(await run(identify, { AGENT, KEY })).to.include({ agentId: world.org.agent.id, externalId: '379441' });
    const delivered = await run(deliver, { KEY });
    expect(delivered['errors'], JSON.stringify(delivered)).to.deep.equal([]);
    expect(await run(setStatus, { AGENT, KEY })).to.include({ onlineStatus: 'busy' });
    const rows = await world.app.query(sql`select agent_id, talk_seconds, rating::float8 as rating from interactions where source = 'zendesk' and external_id = 'call-1001'`);
    expect(rows).to.deep.equal([{ agent_id: world.org.agent.id, talk_seconds: 240, rating: 5 }]);
  });
});
