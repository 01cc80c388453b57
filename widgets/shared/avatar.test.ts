import { expect } from 'chai';
import { initials } from './avatar.ts';

describe('initials', () => {
  it('come from the first and the last word, by whole characters', () => {
    const names = ['Amara Okafor', 'Becky', ' Juan  de la Cruz ', '𠮷田 太郎', 'élodie durand'];
    expect(names.map(initials)).to.deep.equal(['AO', 'B', 'JC', '𠮷太', 'ÉD']);
  });
});
