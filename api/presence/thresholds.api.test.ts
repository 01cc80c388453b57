import { expect } from 'chai';
import { listen, type Heard } from '../../test/harness/listener.ts';
import { startWorld, type World } from '../../test/harness/world.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { DEFAULT_TEAM_SETTINGS } from '../performance/team-settings.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const system = systemPrincipal('test');

describe('Presence thresholds', function () {
  this.timeout(30_000);
  let world: World;
  const heard = new Map<string, Heard[]>();
  const clock = { at: Date.now(), now: () => new Date(clock.at) };

  before(async () => {
    world = await startWorld('thresholds', { JWT_EXPIRY: '30d' }, { clock });
    for (const name of ['admin', 'manager', 'leader', 'otherLeader', 'agent', 'colleague', 'viewer'] as const) {
      heard.set(name, listen(await world.app.socket(world.org[name].token)));
    }
  });
  after(() => world.close());

  const put = (id: number, status: 'away' | 'busy' | 'online', code: string | null = null) => world.app.ctx.presence.setStatus(system, id, status, null, code);
  const watch = (): Promise<number> => world.app.ctx.thresholds.watch();
  /** What everybody was told since it was asked last. */
  const told = async () => {
    await world.app.settled();
    return [...heard].flatMap(([name, list]) => list.splice(0).filter((event) => event.name === 'notification').map(({ payload }) => ({ name, ...(payload as { type: string; message: string; data: object }) })));
  };

  const nameOf = async (id: number): Promise<string> => (await world.app.ctx.agents.get(id)).fullName;

  it('that are passed are told to the leaders of the team, to nobody else, and once', async () => {
    const id = await world.someone();
    await put(id, 'away');
    clock.at += 15 * MINUTE - SECOND;
    expect(await watch()).to.equal(0);
    clock.at += SECOND;
    const counts = await Promise.all(Array.from({ length: 6 }, watch));
    expect(counts.reduce((sum, n) => sum + n, 0)).to.equal(1);
    clock.at += 60 * MINUTE;
    expect(await watch()).to.equal(0);
    const [only, ...others] = await told();
    expect(others).to.deep.equal([]);
    expect(only).to.include({ name: 'leader', type: 'presence_threshold', message: `${await nameOf(id)} has been away for more than 15 minutes.` });
    expect(only?.data).to.include({ agentId: id, status: 'away', thresholdMinutes: 15, teamId: world.org.team.id, reason: null });
  });

  it('are those of the reason, where it has its own, and of the team as it is now', async () => {
    const [lunch, meeting] = [await world.someone(), await world.someone()];
    await put(lunch, 'away', 'lunch');
    await put(meeting, 'busy', 'meeting');
    clock.at += 16 * MINUTE;
    expect(await watch()).to.equal(0);
    const { teams } = world.app.ctx;
    const manager = await world.principal(world.org.manager);
    const statusReasons = DEFAULT_TEAM_SETTINGS.statusReasons.map((reason) => (reason.code === 'lunch' ? { ...reason, thresholdMinutes: 16 } : reason));
    await teams.updateSettings(manager, world.org.team.id, { ...DEFAULT_TEAM_SETTINGS, statusReasons });
    expect(await watch()).to.equal(1);
    expect((await told()).map(({ name, message }) => [name, message])).to.deep.equal([['leader', `${await nameOf(lunch)} has been away (Lunch) for more than 16 minutes.`]]);
    // A client that does not know the reasons leaves them as they are.
    const { statusReasons: _unknown, ...older } = DEFAULT_TEAM_SETTINGS;
    const { settings } = await teams.updateSettings(manager, world.org.team.id, older);
    expect(settings.statusReasons).to.deep.equal(statusReasons);
    clock.at += 44 * MINUTE;
    expect(await watch()).to.equal(1);
    expect((await told()).map(({ message }) => message)).to.deep.equal([`${await nameOf(meeting)} has been busy (Meeting) for more than 60 minutes.`]);
  });

  it('begin anew with the next interval, and concern nobody who is back', async () => {
    const [back, again] = [await world.someone(), await world.someone()];
    await put(back, 'away');
    await put(again, 'away');
    clock.at += 16 * MINUTE;
    await put(back, 'online');
    expect(await watch()).to.equal(1);
    await put(again, 'online');
    await put(again, 'away');
    clock.at += 16 * MINUTE;
    expect(await watch()).to.equal(1);
    expect(await told()).to.have.length(2);
  });
});
