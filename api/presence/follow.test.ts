import { expect } from 'chai';
import fc from 'fast-check';
import type { OnlineStatus } from '../agents/agent.entity.ts';
import { GRACE_MS, nextTransition, SOCKETLESS_MS, type OpenInterval, type PresenceSource, type SeenSession } from './follow.ts';
import { plainPresence, type Change, type Life } from './presence.fixture.ts';

const SECOND = 1000;
const open = (status: OnlineStatus, source: PresenceSource, startedAt = 0): OpenInterval => ({ status, source, startedAt });
const socket = (startedAt: number, lastSeen: number): SeenSession => ({ startedAt, lastSeen });

describe('Following the sockets', () => {
  it('ends a status when the last socket has been silent for a grace, with the time of the last sign', () => {
    const sockets = [socket(0, 50_000), socket(10_000, 60_000)];
    expect(nextTransition(open('busy', 'self', 5000), sockets, 60_000 + GRACE_MS - 1)).to.equal(null);
    expect(nextTransition(open('busy', 'self', 5000), sockets, 60_000 + GRACE_MS)).to.deep.equal({ at: 60_000, status: 'offline', source: 'socket_lost' });
  });

  it('leaves no trace of somebody who comes back within the grace', () => {
    const back = [socket(0, 60_000), socket(60_000 + GRACE_MS - 1, 100_000)];
    expect(nextTransition(open('online', 'socket'), back, 100_000)).to.equal(null);
  });

  it('finds a gap also when it is asked long after somebody is back', () => {
    const back = [socket(0, 60_000), socket(60_000 + GRACE_MS, 500_000)];
    const lost = nextTransition(open('online', 'socket'), back, 500_000);
    expect(lost).to.deep.equal({ at: 60_000, status: 'offline', source: 'socket_lost' });
    expect(nextTransition(open('offline', 'socket_lost', 60_000), back, 500_000)).to.deep.equal({ at: 60_000 + GRACE_MS, status: 'online', source: 'socket' });
  });

  it('brings nobody online who has decided otherwise, and everybody about whom nothing was decided', () => {
    const here = [socket(50_000, 60_000)];
    const decided = (['self', 'leader', 'host', 'import', 'system', 'correction'] as const).map((source) => nextTransition(open('offline', source), here, 60_000));
    expect(decided).to.deep.equal(decided.map(() => null));
    for (const ledger of [null, open('offline', 'socket_lost'), open('offline', 'timeout'), open('offline', 'deactivated')]) {
      expect(nextTransition(ledger, here, 60_000)).to.deep.equal({ at: 50_000, status: 'online', source: 'socket' });
    }
  });

  it('leaves alone what a host, an import or the simulator says', () => {
    const gone = [socket(0, 1000)];
    for (const source of ['host', 'import', 'system'] as const) expect(nextTransition(open('online', source), gone, 10 * SOCKETLESS_MS)).to.equal(null);
  });

  it('lets a status without any socket hold for half an hour, and longer where somebody else set it', () => {
    expect(nextTransition(open('away', 'self'), [], SOCKETLESS_MS - 1)).to.equal(null);
    expect(nextTransition(open('away', 'self'), [], 2 * SOCKETLESS_MS)).to.deep.equal({ at: SOCKETLESS_MS, status: 'offline', source: 'timeout' });
    expect(nextTransition(open('away', 'leader'), [], 2 * SOCKETLESS_MS)).to.equal(null);
  });

  it('ends at once what was set within the grace after the last socket', () => {
    const gone = [socket(0, 10_000)];
    expect(nextTransition(open('away', 'leader', 20_000), gone, 50_000)).to.deep.equal({ at: 20_000, status: 'offline', source: 'socket_lost' });
    expect(nextTransition(open('away', 'leader', 10_001 + GRACE_MS), gone, 90_000)).to.equal(null);
  });

  it('does not take the old sockets of somebody deactivated for a return', () => {
    expect(nextTransition(open('offline', 'deactivated', 10_000), [socket(0, 10_100)], 20_000)).to.equal(null);
    expect(nextTransition(open('offline', 'deactivated', 10_000), [socket(0, 10_100), socket(15_000, 15_000)], 20_000)?.at).to.equal(15_000);
  });

  it('takes back an end that was written although the socket lived', () => {
    expect(nextTransition(open('offline', 'socket_lost', 10_000), [socket(0, 45_000)], 46_000)).to.deep.equal({ at: 10_000, status: 'online', source: 'socket' });
  });

  it('writes what a plain model says, second by second, however seldom it is asked', () => {
    fc.assert(
      fc.property(history(), asked(), ({ sessions, changes }, moments) => {
        const ledger = ask(sessions, changes, moments);
        const seconds = Array.from({ length: LENGTH - GRACE_MS / SECOND }, (_, second) => statusAt(ledger, second * SECOND));
        expect(seconds).to.deep.equal(plainPresence(sessions, changes, LENGTH).slice(0, seconds.length));
      }),
      { numRuns: 400 },
    );
  });
});

/** Seconds of a history. */
const LENGTH = 600;

function history() {
  const second = fc.integer({ min: 0, max: LENGTH - 1 });
  const life = fc.tuple(second, fc.integer({ min: 1, max: 200 })).map(([from, length]): Life => ({ from: from * SECOND, to: Math.min(from + length, LENGTH) * SECOND }));
  const change = fc.record({
    at: second.map((at) => at * SECOND),
    status: fc.constantFrom<OnlineStatus>('online', 'away', 'busy', 'offline'),
    source: fc.constantFrom<Change['source']>('self', 'self', 'leader', 'host'),
  });
  return fc.record({
    sessions: fc.array(life, { maxLength: 8 }).map((lives) => lives.toSorted((a, b) => a.from - b.from)),
    changes: fc.uniqueArray(change, { maxLength: 6, selector: (c) => c.at }).map((list) => list.toSorted((a, b) => a.at - b.at)),
  });
}

const asked = () => fc.array(fc.integer({ min: 1, max: LENGTH - 1 }).map((at) => at * SECOND), { maxLength: 12 });

/** The ledger as it comes out when sockets are looked at only at some moments, at every change of status and at the end. */
function ask(lives: readonly Life[], changes: readonly Change[], moments: readonly number[]): OpenInterval[] {
  const ledger: OpenInterval[] = [];
  const follow = (now: number): void => {
    for (let n = 0; n < 200; n++) {
      const current = ledger.at(-1) ?? null;
      const seen = lives.filter(({ from }) => from <= now).map(({ from, to }) => socket(from, Math.min(to, now)));
      const next = nextTransition(current, current ? seen.filter(({ lastSeen }) => lastSeen >= current.startedAt - GRACE_MS) : seen, now);
      if (!next) return;
      ledger.push(open(next.status, next.source, next.at));
    }
    throw new Error('does not settle');
  };
  for (const now of [...new Set([...moments, ...changes.map(({ at }) => at), LENGTH * SECOND])].sort((a, b) => a - b)) {
    follow(now);
    const change = changes.find(({ at }) => at === now);
    if (change) ledger.push(open(change.status, change.source, now));
  }
  return ledger;
}

const statusAt = (ledger: readonly OpenInterval[], at: number): OnlineStatus => ledger.findLast(({ startedAt }) => startedAt <= at)?.status ?? 'offline';
