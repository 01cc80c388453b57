import { expect } from 'chai';
import { outcomesOf } from './bulk-outcome.ts';

describe('A change of many', () => {
  it('tells of each person whether it was made, or why not', () => {
    const people = [{ id: 4, fullName: 'Ana' }, { id: 42, fullName: 'Ben' }, { id: 421, fullName: 'Cy' }];
    expect(outcomesOf(people, ['42: Only an administrator may do this: ask one.'])).to.deep.equal([
      { id: 4, name: 'Ana', refusal: undefined },
      { id: 42, name: 'Ben', refusal: 'Only an administrator may do this: ask one.' },
      { id: 421, name: 'Cy', refusal: undefined },
    ]);
  });
});
