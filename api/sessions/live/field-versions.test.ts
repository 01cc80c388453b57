import { expect } from 'chai';
import fc from 'fast-check';
import { LIVE_FIELDS, type LiveField } from '../session-document.ts';
import { judge, type LiveVersions } from './field-versions.ts';

const EMPTY: Readonly<Record<LiveField, unknown>> = { discussionNotes: '', topicsCovered: [], engagementScore: null, agenda: [], focusMetrics: [], summary: '', commitments: [] };

describe('Versions of the fields of a live session', () => {
  it('let a write through that was made on what is there', () => {
    expect(judge(EMPTY, { summary: 3 }, { summary: 'New' }, { summary: 3 })).to.deep.equal({ writes: { summary: 'New' }, agreed: [], refused: {} });
  });

  it('refuse one field and let the other through', () => {
    const values = { ...EMPTY, summary: 'Theirs' };
    expect(judge(values, { summary: 4 }, { summary: 'Mine', engagementScore: 5 }, { summary: 3 })).to.deep.equal({
      writes: { engagementScore: 5 },
      agreed: [],
      refused: { summary: { value: 'Theirs', version: 4 } },
    });
  });

  it('take a field nothing is known of as never written', () => {
    expect(judge(EMPTY, {}, { topicsCovered: ['Pace'] }, {}).writes).to.deep.equal({ topicsCovered: ['Pace'] });
    expect(judge({ ...EMPTY, topicsCovered: ['Tone'] }, { topicsCovered: 1 }, { topicsCovered: ['Pace'] }, {}).refused).to.deep.equal({ topicsCovered: { value: ['Tone'], version: 1 } });
  });

  it('refuse a version that is not there yet', () => {
    expect(judge(EMPTY, { summary: 1 }, { summary: 'x' }, { summary: 2 }).refused).to.have.property('summary');
  });

  it('agree where it says the same already, as after an answer that was lost', () => {
    const values = { ...EMPTY, agenda: [{ id: 'a', title: 'Pace' }] };
    expect(judge(values, { agenda: 7 }, { agenda: [{ title: 'Pace', id: 'a' }] }, { agenda: 6 })).to.deep.equal({ writes: {}, agreed: ['agenda'], refused: {} });
  });

  it('decide about every field that was sent, once, and about no other', () => {
    const some = <T>(value: fc.Arbitrary<T>) => fc.record(Object.fromEntries(LIVE_FIELDS.map((field) => [field, value])) as Record<LiveField, fc.Arbitrary<T>>, { requiredKeys: [] });
    const numbers = some(fc.nat(2)) as fc.Arbitrary<LiveVersions>;
    fc.assert(
      fc.property(some(fc.nat(2)), numbers, some(fc.nat(2)), numbers, (values, versions, updates, base) => {
        const before = { ...EMPTY, ...values };
        const { writes, agreed, refused } = judge(before, versions, updates, base);
        const decided = [...Object.keys(writes), ...agreed, ...Object.keys(refused)];
        expect(decided.sort()).to.deep.equal(Object.keys(updates).sort());
        // Nothing that somebody else wrote since is ever written over.
        for (const field of Object.keys(writes) as LiveField[]) expect(base[field] ?? 0).to.equal(versions[field] ?? 0);
        for (const [field, { value }] of Object.entries(refused)) expect(value).to.equal(before[field as LiveField]);
      }),
    );
  });
});
