import { expect } from 'chai';
import { Locale } from '../shared/locale.ts';
import { byDay, kindOf, saidHere, subjectOf, type Told } from './notifications-model.ts';

const told = (id: string, updatedAt: string): Told => ({ id, type: 'info', title: id, message: '', data: {}, from: null, readAt: null, createdAt: updatedAt, updatedAt });

describe('what notifications are about', () => {
  it('comes in days, by the reader’s clock and in the order of the list', () => {
    const rows = [told('c', '2026-11-20T09:00:00Z'), told('b', '2026-11-19T23:30:00Z'), told('a', '2026-11-19T08:00:00Z')];
    expect(byDay(rows, (iso) => iso.slice(0, 10)).map(({ date, rows: of }) => [date, of.map(({ id }) => id)])).to.deep.equal([['2026-11-20', ['c']], ['2026-11-19', ['b', 'a']]]);
    expect(byDay(rows, (iso) => new Date(Date.parse(iso) + 3_600_000).toISOString().slice(0, 10)).map(({ rows: of }) => of.length)).to.deep.equal([2, 1]);
  });

  it('is known by the type, that of a burst by what it is a burst of, and news where it is not', () => {
    const kinds = ['session_request_late', 'session_cancelled', 'dispute_opened', 'action_due', 'presence_threshold', 'warning', 'later_than_this_version'].map((type) => kindOf({ type, data: {} }));
    expect(kinds).to.deep.equal(['requests', 'sessions', 'sessions', 'actions', 'presence', 'warning', 'info']);
    expect(kindOf({ type: 'burst', data: { of: 'action_due' } })).to.equal('actions');
    expect(kindOf({ type: 'digest', data: {} })).to.equal('info');
  });

  it('is opened by the thing its data names, else by the person, else not at all', () => {
    expect(subjectOf('n', { type: 'action_due', data: { agentId: 7, actionItemId: 'a' } })).to.deep.equal({ kind: 'action', id: 'a', agentId: 7, type: 'action_due', notificationId: 'n' });
    expect(subjectOf('n', { type: 'presence_threshold', data: { agentId: 7 } })).to.include({ kind: 'agent', id: '7', agentId: 7 });
    expect(subjectOf('n', { type: 'info', data: { ticketId: 'T-1', agentId: '7' } })).to.equal(undefined);
  });

  it('names its moments in the zone of whoever reads, and is left alone where it says none', () => {
    const data = { times: [{ text: 'Monday 14 December 2026, 11:45 (UTC)', at: '2026-12-14T11:45:00.000Z', as: 'instant' }, { text: '30 November 2026', at: '2026-11-30T23:30:00.000Z', as: 'day' }] };
    const inBerlin = new Locale('en-GB');
    const locale = { instant: (iso: string) => inBerlin.instant(iso, 'Europe/Berlin'), shortDay: (iso: string) => inBerlin.shortDay(iso, 'Europe/Berlin') };
    const text = 'Session on Monday 14 December 2026, 11:45 (UTC), after that of 30 November 2026; not before Monday 14 December 2026, 11:45 (UTC)';
    expect(saidHere(text, { data }, locale).replaceAll(/ 2026/g, '')).to.equal('Session on 14 Dec, 12:45, after that of 1 Dec; not before 14 Dec, 12:45');
    expect(saidHere('$& at 11:45', { data: {} }, locale)).to.equal('$& at 11:45');
  });
});
