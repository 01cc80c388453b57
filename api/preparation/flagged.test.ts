import { expect } from 'chai';
import fc from 'fast-check';

import { flaggedAmong, type Flaggable } from './flagged.ts';
import { PREPARATION_CONSTANTS } from './preparation-constants.ts';

const TARGET = 420;
const call = (id: string, fields: Partial<Flaggable> = {}): Flaggable => ({
  id, channel: 'voice', startedAt: '2026-03-10T10:00:00.000Z', topic: null, queue: null, rating: null, sentiment: null, handleSeconds: null, ...fields,
});
const codes = (interactions: readonly Flaggable[]) => flaggedAmong(interactions, TARGET).map(({ id, reasons }) => [id, ...reasons.map(({ code }) => code)]);

describe('Interactions worth looking at', () => {
  it('are those at or beyond each limit, with the reason', () => {
    expect(codes([call('a', { rating: 2 }), call('b', { rating: 2.01 }), call('c', { rating: 5 }), call('d', { rating: 4.99 })])).to.deep.equal([['a', 'poor_rating'], ['c', 'excellent_rating']]);
    expect(codes([call('a', { sentiment: -0.5 }), call('b', { sentiment: -0.49 })])).to.deep.equal([['a', 'negative_sentiment']]);
    expect(codes([call('a', { handleSeconds: 840 }), call('b', { handleSeconds: 839 })])).to.deep.equal([['a', 'long_handle']]);
    expect(flaggedAmong([call('a', { handleSeconds: 900 })], TARGET)[0]!.reasons[0]).to.deep.equal({ code: 'long_handle', value: 900, threshold: 840, sentence: 'Handled in 15:00, twice the target of 7:00 or more.' });
  });

  it('are listed once with all their reasons', () => {
    expect(codes([call('a', { rating: 1, sentiment: -0.9, handleSeconds: 2000 })])).to.deep.equal([['a', 'poor_rating', 'negative_sentiment', 'long_handle']]);
  });

  it('are the three most marked of each kind, of equals the latest', () => {
    const rated = [['a', 2], ['b', 1], ['c', 1.5], ['d', 2], ['e', 2]].map(([id, rating], i) => call(String(id), { rating: Number(rating), startedAt: `2026-03-1${i}T10:00:00.000Z` }));
    expect(codes(rated).map(([id]) => id)).to.deep.equal(['b', 'c', 'e']);
  });

  it('do not depend on the order in which they are read', () => {
    const any = fc.uniqueArray(fc.record({ id: fc.uuid(), rating: fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }), sentiment: fc.option(fc.constantFrom(-1, -0.5, 0, 1), { nil: null }), handleSeconds: fc.option(fc.constantFrom(100, 840, 2000), { nil: null }) }), { selector: (row) => row.id, maxLength: 20 });
    fc.assert(
      fc.property(any, (rows) => {
        const interactions = rows.map(({ id, ...fields }) => call(id, fields));
        const found = flaggedAmong(interactions, TARGET);
        expect(flaggedAmong(interactions.toReversed(), TARGET)).to.deep.equal(found);
        expect(new Set(found.map(({ id }) => id)).size).to.equal(found.length);
        expect(found.length).to.be.at.most(4 * PREPARATION_CONSTANTS.flaggedEach);
      }),
    );
  });
});
