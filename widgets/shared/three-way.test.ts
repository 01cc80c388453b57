import { expect } from 'chai';
import fc from 'fast-check';
import { mergeFields, mergeList, mergeText, mergeWhole } from './three-way.ts';

describe('Two people who write the same text', () => {
  const cases: [title: string, base: string, mine: string, theirs: string, merged: string][] = [
    ['on different lines', 'one\ntwo\nthree', 'ONE\ntwo\nthree', 'one\ntwo\nTHREE', 'ONE\ntwo\nTHREE'],
    ['in different words of a line', 'The call was long.', 'The first call was long.', 'The call was too long.', 'The first call was too long.'],
    ['at the end, each a line', 'Start', 'Start\nmine', 'Start\ntheirs', 'Start\ntheirs\nmine'],
    ['at the end of the same line', 'Start', 'Start mine', 'Start theirs', 'Start theirs mine'],
    ['into an empty document', '', 'mine', 'theirs', 'theirs\nmine'],
    ['the same', 'a', 'b', 'b', 'b'],
    ['and one of them nothing', 'a', 'a', 'b', 'b'],
    ['where one has deleted what the other left alone', 'a\nb\nc', 'a\nc', 'a\nb\nc\nd', 'a\nc\nd'],
  ];
  for (const [title, base, mine, theirs, merged] of cases) {
    it(title, () => expect(mergeText(base, mine, theirs)).to.deep.equal({ value: merged, clash: false }));
  }

  it('clash where both replaced the same word, and keep what was written here', () => {
    expect(mergeText('Pace was fine.', 'Pace was slow.', 'Pace was hurried.')).to.deep.equal({ value: 'Pace was slow.', clash: true });
  });

  const word = fc.constantFrom('a', 'b', 'c', ' ', '\n', 'dd');
  const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(''));
  it('lose nothing: whatever only one has changed comes out as they wrote it', () => {
    fc.assert(fc.property(text, text, (base, changed) => {
      expect(mergeText(base, changed, base)).to.deep.equal({ value: changed, clash: false });
      expect(mergeText(base, base, changed)).to.deep.equal({ value: changed, clash: false });
      expect(mergeText(base, changed, changed)).to.deep.equal({ value: changed, clash: false });
    }));
  });
  it('keep every word that either added, without a clash', () => {
    fc.assert(fc.property(text, fc.nat(12), fc.nat(12), (base, here, there) => {
      const insert = (at: number, added: string): string => base.slice(0, at) + added + base.slice(at);
      const { value, clash } = mergeText(base, insert(here, ' MINE '), insert(there, ' THEIRS '));
      if (!clash) expect(value).to.include('MINE').and.include('THEIRS');
    }));
  });
});

interface Point {
  readonly id: string;
  readonly title: string;
  readonly covered: boolean;
}
const point = (id: string, title = id, covered = false): Point => ({ id, title, covered });
const byId = ({ id }: Point): string => id;

describe('Two people who write the same list', () => {
  it('both add to it', () => {
    const { value, clash } = mergeList([point('a')], [point('a'), point('m')], [point('a'), point('t')], byId);
    expect(clash).to.equal(false);
    expect(value.map(byId)).to.have.members(['a', 'm', 't']);
  });
  it('tick and rename the same entry', () => {
    expect(mergeList([point('a')], [point('a', 'a', true)], [point('a', 'Renamed')], byId)).to.deep.equal({ value: [point('a', 'Renamed', true)], clash: false });
  });
  it('clash over the same field of an entry', () => {
    expect(mergeList([point('a')], [point('a', 'Mine')], [point('a', 'Theirs')], byId)).to.deep.equal({ value: [point('a', 'Mine')], clash: true });
  });
  it('take something out that the other left alone, and not what the other changed', () => {
    expect(mergeList([point('a'), point('b')], [], [point('a'), point('b', 'Changed')], byId).value).to.deep.equal([point('b', 'Changed')]);
  });
  it('move it: the order of whoever moved something', () => {
    const [a, b, c] = [point('a'), point('b'), point('c')];
    expect(mergeList([a, b, c], [c, a, b], [a, b, c, point('d')], byId).value.map(byId)).to.deep.equal(['c', 'd', 'a', 'b']);
    expect(mergeList([a, b, c], [a, b, c], [c, b, a], byId).value.map(byId)).to.deep.equal(['c', 'b', 'a']);
  });
  it('have words as entries', () => {
    const { value, clash } = mergeList(['Pace'], ['Pace', 'Tone'], ['Closing'], (entry) => entry);
    expect(clash).to.equal(false);
    expect(value).to.have.members(['Tone', 'Closing']);
  });
  it('never lose an entry that either added, nor one of the other’s changes', () => {
    const list = fc.uniqueArray(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), title: fc.constantFrom('x', 'y'), covered: fc.boolean() }), { selector: byId, maxLength: 4 });
    fc.assert(fc.property(list, list, list, (base, mine, theirs) => {
      const { value } = mergeList(base, mine, theirs, byId);
      expect(new Set(value.map(byId)).size).to.equal(value.length);
      for (const entry of [...mine, ...theirs]) if (!base.some(({ id }) => id === entry.id)) expect(value.map(byId)).to.include(entry.id);
      expect(mergeList(base, base, theirs, byId).value).to.deep.equal(theirs);
      expect(mergeList(base, mine, base, byId).value).to.deep.equal(mine);
    }));
  });
});

describe('Two people who set the same value', () => {
  it('clash unless one left it alone or both say the same', () => {
    expect(mergeWhole(1, 2, 1)).to.deep.equal({ value: 2, clash: false });
    expect(mergeWhole(1, 1, 3)).to.deep.equal({ value: 3, clash: false });
    expect(mergeWhole(1, 3, 3)).to.deep.equal({ value: 3, clash: false });
    expect(mergeWhole(1, 2, 3)).to.deep.equal({ value: 2, clash: true });
  });
  it('each another field of an object', () => {
    expect(mergeFields({ a: 1, b: 1 }, { a: 2, b: 1 }, { a: 1, b: 3 })).to.deep.equal({ value: { a: 2, b: 3 }, clash: false });
  });
});
