import { expect } from 'chai';
import { BusinessCalendar } from '../performance/business-day.ts';
import { CAST, crewAt } from './crew.ts';
import { Floor, type Move, type Placed, type Status } from './floor.ts';
import { Roster } from './shifts.ts';
import { DEMO_SIGN_INS, STORY_PEOPLE } from './story/people.ts';

const SECOND = 1000;
const NIGHT = Date.parse('2026-11-22T03:00:00Z');
const NOON = Date.parse('2026-11-18T12:00:00Z');

describe('the simulated floor', () => {
  const absent = new Set<string>();
  const roster = new Roster(new BusinessCalendar('UTC'), '2026-11-18', (username) => absent.has(username));
  const place = (status: Status): Placed[] => STORY_PEOPLE.map(({ username }, i) => ({ username, id: i + 1, ...status }));
  let ids = 0;
  const floorOf = (placed: readonly Placed[], now: number): Floor => new Floor({ roster, takes: {}, placed, now, newId: () => `id-${++ids}` });

  /** Runs the floor second by second, each move succeeding, and answers all moves with their time. */
  function run(floor: Floor, from: number, seconds: number): { at: number; move: Move }[] {
    const moves: { at: number; move: Move }[] = [];
    let statusAt = -Infinity;
    for (let at = from; at < from + seconds * SECOND; at += SECOND) {
      const move = floor.next(at, at - statusAt < 5 * SECOND);
      if (!move) continue;
      if (move.to) statusAt = at;
      floor.made(move, at);
      moves.push({ at, move });
    }
    return moves;
  }

  afterEach(() => absent.clear());

  it('has people on it at any hour, never those one can sign in as, never somebody on leave', () => {
    absent.add('hannah_brandt');
    for (const at of [NIGHT, NOON, NIGHT + 7 * 3600 * SECOND]) {
      const crew = crewAt(roster, at);
      expect(crew.size).to.be.within(19, 28);
      for (const name of [...DEMO_SIGN_INS, 'hannah_brandt']) expect(crew.has(name), name).to.equal(false);
    }
    expect(CAST.map(({ username }) => username)).to.not.include('agent');
  });

  it('brings the night crew in one by one, and moves nobody else', () => {
    const moves = run(floorOf(place({ status: 'offline', reason: null }), NIGHT), NIGHT, 300);
    const arrived = moves.flatMap(({ move }) => (move.kind === 'status' && move.to?.status === 'online' ? [move.actor.person.username] : []));
    expect(new Set(arrived)).to.deep.equal(crewAt(roster, NIGHT));
    expect(arrived).to.not.include('agent');
  });

  it('sends home who has no shift', () => {
    const moves = run(floorOf(place({ status: 'online', reason: null }), NOON), NOON, 300);
    const left = moves.flatMap(({ move }) => (move.to?.status === 'offline' ? [move.actor.person.username] : []));
    const crew = crewAt(roster, NOON);
    expect(left).to.have.members(CAST.map(({ username }) => username).filter((username) => !crew.has(username)));
  });

  it('begins and ends contacts, one at a time for a person, busy with a customer and free afterwards', () => {
    const moves = run(floorOf(place({ status: 'online', reason: null }), NOON), NOON, 3 * 3600);
    const open = new Map<number, string>();
    let answered = 0;
    for (const { at, move } of moves) {
      if (move.kind === 'begin') {
        expect(open.has(move.actor.id)).to.equal(false);
        open.set(move.actor.id, move.contact.id);
        expect(move.contact.startedAt).to.be.at.most(at);
        expect(move.contact.endsAt).to.be.at.least(at);
        expect(move.to?.status ?? null).to.equal(move.contact.outcome === 'answered' && move.contact.kind.live ? 'busy' : null);
      } else if (move.kind === 'finish') {
        expect(open.get(move.actor.id)).to.equal(move.contact.id);
        open.delete(move.actor.id);
        expect(at).to.be.at.least(move.contact.endsAt);
        if (move.contact.outcome === 'answered') answered++;
        expect(move.to).to.deep.equal(move.contact.outcome === 'answered' && move.contact.kind.live ? { status: 'online', reason: null } : null);
      }
    }
    expect(answered).to.be.above(150);
    expect(new Set(moves.flatMap(({ move }) => (move.kind === 'status' ? (move.to?.reason ?? []) : [])))).to.include('Lunch');
  });

  it('changes one status in five seconds at most, and still keeps up', () => {
    const moves = run(floorOf(place({ status: 'online', reason: null }), NOON), NOON, 3600);
    const changes = moves.filter(({ move }) => move.to).map(({ at }) => at);
    expect(Math.min(...changes.slice(1).map((at, i) => at - changes[i]!))).to.be.at.least(5 * SECOND);
    const late = moves.flatMap(({ at, move }) => (move.kind === 'finish' ? [at - move.contact.endsAt] : []));
    expect(late.reduce((sum, ms) => sum + ms, 0) / late.length).to.be.below(30 * SECOND);
  });

  it('is the same again for the same people and moment', () => {
    const tell = (): string[] => run(floorOf(place({ status: 'online', reason: null }), NOON), NOON, 600).map(({ at, move }) => `${at} ${move.actor.id} ${move.kind}`);
    expect(tell()).to.deep.equal(tell());
  });

  it('leaves a person alone for ten minutes whose status somebody has set', () => {
    const floor = floorOf(place({ status: 'online', reason: null }), NOON);
    let move = floor.next(NOON + 200 * SECOND, false)!;
    while (move.kind !== 'begin') {
      floor.made(move, NOON + 200 * SECOND);
      move = floor.next(NOON + 200 * SECOND, false)!;
    }
    const { actor } = move;
    floor.overruled(actor, { status: 'away', reason: 'Dentist' }, NOON + 200 * SECOND);
    const moves = run(floor, NOON + 201 * SECOND, 1200).filter(({ move: next }) => next.actor === actor);
    expect(moves[0]!.at).to.be.within(NOON + 800 * SECOND, NOON + 900 * SECOND);
    expect(moves[0]!.move).to.deep.include({ kind: 'status', to: { status: 'online', reason: null } });
  });

  it('forgets who is gone', () => {
    const floor = floorOf(place({ status: 'online', reason: null }), NOON);
    const { actor } = floor.next(NOON + 130 * SECOND, false)!;
    floor.remove(actor);
    expect(run(floor, NOON + 131 * SECOND, 600).some(({ move }) => move.actor === actor)).to.equal(false);
  });
});
