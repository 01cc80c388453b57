import { expect } from 'chai';
import fc from 'fast-check';
import { hashKey, isWellFormed, looksLikeKey, newKey, prefixOf, sameHash } from './key-secret.ts';

describe('An API key', () => {
  it('can be told from noise, selected by a double click and found by a scanner', () => {
    for (let i = 0; i < 200; i++) {
      const key = newKey();
      expect(key).to.match(/^sl_live_[0-9A-Za-z]{49}$/);
      expect(isWellFormed(key) && looksLikeKey(key), key).to.equal(true);
      expect(prefixOf(key)).to.have.length(16);
    }
  });

  it('is another one every time', () => {
    expect(new Set(Array.from({ length: 500 }, newKey)).size).to.equal(500);
  });

  it('is not well formed with one character changed, dropped, doubled or swapped with its neighbour', () => {
    fc.assert(fc.property(fc.nat(56), fc.constantFrom('0', 'a', 'Z', '_', '-', ' ', '\n', 'ä'), fc.constantFrom('change', 'drop', 'double', 'swap'), (at, other, slip) => {
      const key = newKey();
      const [head, char, tail] = [key.slice(0, at), key[at] ?? '', key.slice(at + 1)];
      const spoilt = { change: head + other + tail, drop: head + tail, double: head + char + char + tail, swap: head + (tail[0] ?? '') + char + tail.slice(1) }[slip];
      if (spoilt !== key) expect(isWellFormed(spoilt), `${key} → ${spoilt}`).to.equal(false);
    }), { numRuns: 500 });
  });

  it('is compared by its hash, of the same length only', () => {
    const key = newKey();
    expect(sameHash(hashKey(key), hashKey(key))).to.equal(true);
    expect(sameHash(hashKey(key), hashKey(newKey()))).to.equal(false);
    expect(sameHash(hashKey(key), hashKey(key).subarray(1))).to.equal(false);
  });
});
