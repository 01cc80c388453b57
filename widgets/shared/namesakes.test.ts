import { expect } from 'chai';
import { apartFrom } from './namesakes.ts';

describe('people of one name in a list', () => {
  const [one, other, alone] = [{ fullName: 'Sam Brown', username: 'sbrown' }, { fullName: 'sam brown ', username: 'sam.brown2' }, { fullName: 'Ada Agent', username: 'ada' }] as const;

  it('are told apart by their user names, and nobody else is burdened with one', () => {
    const people = [one, other, alone];
    expect(people.map((person) => apartFrom(people, person))).to.deep.equal(['sbrown', 'sam.brown2', '']);
    expect(apartFrom([one, alone], one)).to.equal('');
    const nameless = { fullName: 'Sam Brown', username: null };
    expect(apartFrom([one, nameless], nameless)).to.equal('');
  });
});
