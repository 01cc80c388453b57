import { expect } from 'chai';
import * as fixtures from '../gallery/fixtures.ts';
import { fits, NO_FILTERS, toQuery, withNote, withoutNote } from './notes-model.ts';

const at = (id: number, createdAt: string, change = {}): ReturnType<typeof fixtures.note> => fixtures.note(id, { createdAt, ...change });
const [newest, middle, oldest] = [at(3, '2026-11-03T10:00:00.000Z'), at(2, '2026-11-02T10:00:00.000Z'), at(1, '2026-11-01T10:00:00.000Z')] as const;

describe('the list of notes', () => {
  it('puts what arrives where its moment says', () => {
    const ids = (loaded: { notes: readonly { id: string }[] }): string[] => loaded.notes.map(({ id }) => id);
    expect(ids(withNote({ notes: [newest, oldest], total: 2 }, middle))).to.deep.equal([newest.id, middle.id, oldest.id]);
    expect(withNote({ notes: [middle, oldest], total: 2 }, newest)).to.deep.equal({ notes: [newest, middle, oldest], total: 3 });
    expect(withNote({ notes: [newest, middle], total: 2 }, oldest)).to.deep.equal({ notes: [newest, middle, oldest], total: 3 });
  });

  it('counts one that is older than all it has read, and leaves it for later', () => {
    expect(withNote({ notes: [newest, middle], total: 40 }, oldest)).to.deep.equal({ notes: [newest, middle], total: 41 });
  });

  it('puts a changed note in the place of its older self', () => {
    const changed = { ...middle, content: 'Changed.' };
    expect(withNote({ notes: [newest, middle], total: 2 }, changed)).to.deep.equal({ notes: [newest, changed], total: 2 });
  });

  it('counts only what was there when something goes', () => {
    expect(withoutNote({ notes: [newest, middle], total: 7 }, middle.id)).to.deep.equal({ notes: [newest], total: 6 });
    expect(withoutNote({ notes: [newest], total: 7 }, middle.id).total).to.equal(7);
  });

  it('knows what belongs by every filter, and leaves words to the server', () => {
    const open = toQuery(NO_FILTERS, undefined);
    expect(fits(newest, open)).to.equal(true);
    expect(fits({ ...newest, addressedAt: '2026-11-04T10:00:00Z' }, open)).to.equal(false);
    for (const filter of [{ noteType: 'URGENT' }, { priority: 'HIGH' }, { category: 'Tone' }, { person: { id: 2, name: 'Benjamin Frost' } }] as const) {
      const query = toQuery({ ...NO_FILTERS, ...filter }, undefined);
      expect(fits(newest, query), JSON.stringify(filter)).to.equal(false);
      expect(fits({ ...newest, noteType: 'URGENT', priority: 'HIGH', category: 'Tone', agentId: 2 }, query), JSON.stringify(filter)).to.equal(true);
    }
    expect(fits(newest, toQuery({ ...NO_FILTERS, search: 'refund' }, undefined))).to.equal(undefined);
    expect(fits(newest, toQuery({ ...NO_FILTERS, search: 'refund', noteType: 'URGENT' }, undefined))).to.equal(false);
  });

  it('lets the page’s person win over the chosen one', () => {
    expect(toQuery({ ...NO_FILTERS, shown: 'all', person: { id: 2, name: 'Benjamin Frost' } }, 1)).to.deep.equal({ agentId: 1 });
  });
});
