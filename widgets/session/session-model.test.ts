import { expect } from 'chai';
import * as fixtures from '../gallery/fixtures.ts';
import { aSession } from './session.fixtures.ts';
import { fromLocal, isOpenStep, isOverdue, moved, nextOf, runs, STEPS, stepOf, suggestedTime, toLocal, type AgendaPoint } from './session-model.ts';

const leader = fixtures.me(fixtures.leader);
const agent = fixtures.me(fixtures.agent(1));

describe('a session as a widget sees it', () => {
  it('is run by whoever leads and is not coached in it', () => {
    expect(runs(leader, aSession(1))).to.equal(true);
    expect(runs(agent, aSession(1))).to.equal(false);
    const coached = aSession(1, { attendees: [{ id: fixtures.leader.id, name: 'Ruth Adeyemi', acknowledgement: null }] });
    expect(runs(leader, coached)).to.equal(false);
  });

  it('opens at its step, and no step before there is something to see', () => {
    const open = (status: 'scheduled' | 'live' | 'completed' | 'cancelled'): string[] => STEPS.filter((step) => isOpenStep(step, aSession(1, { status })));
    expect(open('scheduled')).to.deep.equal(['prepare']);
    expect(open('live')).to.deep.equal(['prepare', 'live', 'complete']);
    expect(open('completed')).to.deep.equal(['prepare', 'live', 'complete', 'effect']);
    expect(open('cancelled')).to.deep.equal(['prepare']);
    expect((['scheduled', 'preparing', 'live', 'completed'] as const).map((status) => stepOf(aSession(1, { status })))).to.deep.equal(['prepare', 'prepare', 'live', 'complete']);
  });

  it('shows what runs, then what is asked, then what comes next', () => {
    const pending = { status: 'pending', dueAt: '2026-11-30T00:00:00Z', at: null, comment: null, dispute: null } as const;
    const past = aSession(1, { status: 'completed', scheduledAt: '2026-11-01T10:00:00Z', attendees: [{ id: 1, name: 'Amara Okafor', acknowledgement: pending }] });
    const later = aSession(2, { scheduledAt: '2026-12-01T10:00:00Z' });
    const sooner = aSession(3, { scheduledAt: '2026-11-25T10:00:00Z' });
    const live = aSession(4, { status: 'live', scheduledAt: '2026-11-20T10:00:00Z' });
    expect(nextOf([later, past, live, sooner], agent)?.id).to.equal(live.id);
    expect(nextOf([later, past, sooner], agent)?.id).to.equal(past.id);
    expect(nextOf([later, past, sooner], leader)?.id).to.equal(sooner.id);
    expect(nextOf([past], leader)).to.equal(undefined);
  });

  it('turns instants into the reader’s own date and time, and back', () => {
    const { date, time } = toLocal('2026-11-20T14:05:00.000Z');
    expect(fromLocal(date, time)).to.equal('2026-11-20T14:05:00.000Z');
    expect(fromLocal('', '10:00')).to.equal(undefined);
  });

  it('suggests a weekday', () => {
    expect(suggestedTime(Date.parse('2026-11-20T12:00:00')).date, 'a Friday').to.equal('2026-11-23');
    expect(suggestedTime(Date.parse('2026-11-18T12:00:00'))).to.deep.equal({ date: '2026-11-19', time: '10:00' });
    expect(suggestedTime(Date.parse('2026-11-18T12:00:00'), 28).date).to.equal('2026-12-16');
  });

  it('moves a point of the agenda, and never out of it', () => {
    const agenda = ['a', 'b', 'c'].map((id) => ({ id }) as AgendaPoint);
    const ids = (points: readonly AgendaPoint[]): string => points.map(({ id }) => id).join('');
    expect(ids(moved(agenda, 'a', 1))).to.equal('bac');
    expect(ids(moved(agenda, 'c', -2))).to.equal('cab');
    expect(ids(moved(agenda, 'a', -1))).to.equal('abc');
    expect(ids(moved(agenda, 'c', 9))).to.equal('abc');
    expect(ids(moved(agenda, 'x', 1))).to.equal('abc');
  });

  it('knows when a deadline has passed', () => {
    expect(isOverdue('2026-11-20T10:00:00Z', Date.parse('2026-11-20T10:00:01Z'))).to.equal(true);
    expect(isOverdue('2026-11-20T10:00:00Z', Date.parse('2026-11-20T09:59:59Z'))).to.equal(false);
    expect(isOverdue(null, Date.now())).to.equal(false);
  });
});
