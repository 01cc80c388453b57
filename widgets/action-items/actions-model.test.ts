import { expect } from 'chai';
import * as actionFixtures from './actions.fixtures.ts';
import type { KeptLetter } from '../controllers/outbox.ts';
import { asMeant, fits, groups, NO_FILTERS, statusOf, toQuery, withItem, withoutItem, type ActionItem, type Loaded } from './actions-model.ts';
import { changesOf, draftFor, draftOf, faultOf, targetValue, toAction } from './action-draft.ts';

const TODAY = '2026-06-10';
const item = (id: number, change: Partial<ActionItem> = {}): ActionItem => actionFixtures.actionItem(id, { dueDate: TODAY, ...change });
const loaded = (...items: ActionItem[]): Loaded => ({ items, total: items.length, progress: new Map() });
const ids = ({ items }: Pick<Loaded, 'items'>): number[] => items.map(({ id }) => Number(id.slice(-6)));

describe('the model of action items', () => {
  it('asks for what was chosen, and for whom the page says before whom somebody chose', () => {
    expect(toQuery(NO_FILTERS, {})).to.deep.equal({ status: ['open', 'in_progress'] });
    expect(toQuery({ ...NO_FILTERS, shown: 'overdue', priority: 'HIGH' }, { teamId: 'x' })).to.deep.equal({ overdue: true, priority: 'HIGH', teamId: 'x' });
    expect(toQuery({ ...NO_FILTERS, shown: 'all', person: { id: 2, name: 'B' } }, { agentId: 1 })).to.deep.equal({ agentId: 1 });
  });

  it('keeps what belongs, by its own clock, and leaves teams to the server', () => {
    expect(fits(item(1, { status: 'done' }), toQuery(NO_FILTERS, {}), TODAY)).to.equal(false);
    expect([fits(item(1), { overdue: true }, TODAY), fits(item(1), { overdue: true }, '2026-06-11')]).to.deep.equal([false, true]);
    expect([fits(item(1), { teamId: 'x' }, TODAY), fits(item(1, { priority: 'LOW' }), { teamId: 'x', priority: 'HIGH' }, TODAY)]).to.deep.equal([undefined, false]);
  });

  it('puts items by their day, closed ones last, and never an older state over a newer one', () => {
    const list = loaded(item(1, { dueDate: '2026-06-12' }), item(2, { status: 'done', completedAt: '2026-06-01T00:00:00Z' }));
    expect(ids(withItem(list, item(3)))).to.deep.equal([3, 1, 2]);
    expect(ids(withItem(list, item(4, { status: 'done', completedAt: '2026-06-02T00:00:00Z' })))).to.deep.equal([1, 4, 2]);
    expect(withItem(loaded(item(1, { version: 3, title: 'new' })), item(1, { version: 2, title: 'old' })).items[0]?.title).to.equal('new');
    expect(withItem(list, item(1, { version: 2 })).total).to.equal(2);
    expect(withoutItem(list, item(1).id)).to.deep.include({ total: 1 });
    expect(withoutItem(list, item(9).id)).to.deep.include({ total: 2 });
  });

  it('groups by what is late, near, far and closed', () => {
    const found = groups([item(1, { dueDate: '2026-06-17' }), item(2, { dueDate: '2026-06-09' }), item(3, { dueDate: '2026-06-16' }), item(4, { status: 'cancelled' })], TODAY);
    expect(found.map(({ name, items }) => [name, ...ids({ items })])).to.deep.equal([['overdue', 2], ['soon', 3], ['later', 1], ['cancelled', 4]]);
  });

  it('shows an item as it was meant, until it is refused', () => {
    const letter = (status: string, refusal: string | null = null): KeptLetter => ({ key: status, owner: 'x', writtenAt: 1, firstSentAt: null, refusal, letter: { method: 'PUT', path: '', body: { status }, about: statusOf(item(1).id) } });
    const now = (): string => '2026-06-10T10:00:00Z';
    expect(asMeant(item(1), [letter('done')], now)).to.include({ status: 'done', completedAt: now() });
    expect(asMeant(item(1), [letter('done'), letter('open')], now)).to.include({ status: 'open', completedAt: null });
    expect(asMeant(item(1), [letter('done', 'It is cancelled.')], now).status).to.equal('open');
    expect(asMeant(item(2), [letter('done')], now).status).to.equal('open');
  });
});

describe('a draft of an action item', () => {
  const draft = { ...draftFor({ id: 1, name: 'A' }, TODAY), title: ' Listen ' };

  it('says what is missing', () => {
    expect(faultOf({ ...draft, title: ' ' }, undefined, TODAY, undefined)).to.equal('needsTitle');
    expect([faultOf({ ...draft, dueDate: '2026-06-09' }, undefined, TODAY, undefined), faultOf({ ...draft, dueDate: '2026-06-09' }, undefined, TODAY, '2026-06-09')]).to.deep.equal(['needsDue', undefined]);
    expect(faultOf({ ...draft, person: undefined }, undefined, TODAY, undefined)).to.equal('needsPerson');
    expect(faultOf({ ...draft, metric: 'csat', target: 'high' }, 'rating', TODAY, undefined)).to.equal('needsNumber');
  });

  it('takes a ratio in percent, and a comma for a point', () => {
    expect([targetValue({ ...draft, metric: 'fcr', target: '82,5' }, 'ratio'), targetValue({ ...draft, metric: 'csat', target: '4,4' }, 'rating'), targetValue({ ...draft, target: '4' }, undefined)]).to.deep.equal([0.825, 4.4, null]);
    expect(draftOf(item(1, { targetMetric: 'fcr', targetValue: 0.07 }), 'ratio').target).to.equal('7');
  });

  it('sends what was written, and of an edit what differs', () => {
    expect(toAction({ ...draft, metric: 'fcr', target: '80' }, 7, 'ratio')).to.deep.equal({ agentId: 7, title: 'Listen', dueDate: TODAY, priority: 'MEDIUM', targetMetric: 'fcr', targetValue: 0.8 });
    const stored = item(1, { description: 'More', targetMetric: 'aht', targetValue: 300 });
    expect(changesOf(stored, draftOf(stored, 'seconds'), 'seconds')).to.deep.equal({});
    expect(changesOf(stored, { ...draftOf(stored, 'seconds'), description: '', metric: '', target: '' }, undefined)).to.deep.equal({ description: null, targetMetric: null, targetValue: null });
  });
});
