import { expect } from 'chai';
import { NearNames } from './near-names.ts';

const named = (...names: readonly (string | readonly [name: string, username: string])[]): NearNames =>
  new NearNames(names.map((entry, index) => {
    const [fullName, username] = typeof entry === 'string' ? [entry, `user${index}`] : entry;
    return { id: index + 1, fullName, username, email: `${username}@example.test`, teamId: null, role: 'cs' };
  }));

describe('people who may be meant by a name', () => {
  const near = named('Aisha Rahman', 'Aisha Khan', 'Zara Rahman', 'Jörg van der Berg', ['Christopher O’Neill', 'con7'], 'Al Roy', '李雷');
  const found = (name: string): string[] => near.of(name).map((person) => person.name);

  const cases: readonly [name: string, means: readonly string[]][] = [
    ['Aisha Rehman', ['Aisha Rahman']],
    ['Rahman Aisha', ['Aisha Rahman']],
    ['Aihsa Rahman', ['Aisha Rahman']],
    ['A. Rahman', ['Aisha Rahman']],
    ['Aisha R.', ['Aisha Rahman']],
    ['Aisha K', ['Aisha Khan']],
    ['Aisha M.', []],
    ['A. Rehman', ['Aisha Rahman']],
    ['arahman', ['Aisha Rahman']],
    ['a.rahman@elsewhere.test', ['Aisha Rahman']],
    ['AishaRahman', ['Aisha Rahman']],
    ['Aisha', ['Aisha Rahman', 'Aisha Khan']],
    ['Berg, Jorg', ['Jörg van der Berg']],
    ['Chris ONeill', ['Christopher O’Neill']],
    ['con 7', ['Christopher O’Neill']],
    ['AR', ['Aisha Rahman', 'Al Roy']],
    ['Aisha Bint Yusuf Rahman', []],
    ['Bob Marley', []],
    ['Ann Rhine', []],
    ['李 雷', ['李雷']],
    ['', []],
    ['?', []],
  ];
  for (const [name, means] of cases) it(`${JSON.stringify(name)}: ${means.join(', ') || 'nobody'}`, () => expect(found(name)).to.deep.equal(means));

  it('are at most three, the nearest first', () => {
    const many = named('Sam Twinn', 'Sam Twin-Smith', 'Sam Twain', 'Samuel Twin', 'Sam Tween');
    expect(many.of('Sam Twin').map(({ name }) => name)).to.deep.equal(['Sam Twinn', 'Samuel Twin', 'Sam Twain']);
  });

  it('are looked for in what is no name, too, without taking long', () => {
    expect(found('word '.repeat(5000))).to.deep.equal([]);
    expect(found('x'.repeat(200_000))).to.deep.equal([]);
  });
});
