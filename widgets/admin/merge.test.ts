import { expect } from 'chai';
import fc from 'fast-check';
import { changed, flatten, merge, same, unflatten, type Flat } from './merge.ts';

const keys = ['name', 'targets/csat', 'targets/aht', 'reasons'] as const;
const value = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.array(fc.constantFrom('break', 'lunch'), { maxLength: 2 }));
const record = fc.record(Object.fromEntries(keys.map((key) => [key, value]))) as fc.Arbitrary<Flat>;

describe('Edits that meet', () => {
  it('keep what was written here, take over what was not, and name every change of the other', () => {
    fc.assert(
      fc.property(record, record, record, (base, mine, theirs) => {
        const { draft, changes } = merge(base, mine, theirs);
        for (const key of keys) {
          const edited = !same(base[key], mine[key]);
          expect(draft[key]).to.deep.equal(edited ? mine[key] : theirs[key]);
          const told = changes.find((change) => change.key === key);
          expect(told !== undefined).to.equal(!same(base[key], theirs[key]) && !(edited && same(mine[key], theirs[key])));
          if (told) expect(told).to.deep.equal({ key, from: base[key], to: theirs[key], clash: edited });
        }
      }),
    );
  });

  it('leave nothing to save where both wrote the same', () => {
    const base = { name: 'Blue', cadenceDays: 28 };
    const mine = { name: 'Azure', cadenceDays: 28 };
    const { draft, changes } = merge(base, mine, mine);
    expect([changed(mine, draft), changes]).to.deep.equal([{}, []]);
  });
});

describe('Settings as one level', () => {
  it('are the settings again', () => {
    const settings = { targets: { csat: 4.4, aht: 420 }, cadenceDays: 28, statusReasons: { away: [{ code: 'lunch', minutes: 30 }], busy: [] }, peerFigures: 'visible' };
    expect(flatten(settings)).to.deep.equal({ 'targets/csat': 4.4, 'targets/aht': 420, cadenceDays: 28, 'statusReasons/away': [{ code: 'lunch', minutes: 30 }], 'statusReasons/busy': [], peerFigures: 'visible' });
    expect(unflatten(flatten(settings))).to.deep.equal(settings);
  });
});
