import { expect } from 'chai';
import { caretAfter } from './shared-text.ts';

/** `|` is the caret. */
const shown = (before: string, after: string): string => {
  const at = caretAfter(before.replace('|', ''), after, before.indexOf('|'));
  return `${after.slice(0, at)}|${after.slice(at)}`;
};

describe('a caret in a text that others write too', () => {
  it('stays where it is when something is written after it', () => expect(shown('one| two', 'one two three')).to.equal('one| two three'));
  it('moves along when something is written before it', () => expect(shown('two| three', 'one two three')).to.equal('one two| three'));
  it('moves back when something before it is taken out', () => expect(shown('one two| three', 'two three')).to.equal('two| three'));
  it('goes to the end of what replaced the words around it', () => expect(shown('a wo|rd b', 'a thing b')).to.equal('a thing| b'));
  it('stays at the end when somebody else writes at the end', () => expect(shown('one|', 'one two')).to.equal('one| two'));
  it('is never outside the text', () => expect(shown('a long text|', '')).to.equal('|'));
});
