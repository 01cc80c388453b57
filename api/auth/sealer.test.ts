import { expect } from 'chai';
import { Sealer } from './sealer.ts';

const old = { kid: 'aaaaaaaaaaaa', secret: 'an older secret of the installation' };
const fresh = { kid: 'bbbbbbbbbbbb', secret: 'the newest secret of the installation' };
const TEXT = 'https://desk.example.test/reset#token=Ωß🦄';

describe('Sealing', () => {
  it('gives back what was sealed, and shows nothing of it', () => {
    const sealer = new Sealer([fresh]);
    const sealed = sealer.seal(TEXT, 'mail:1');
    expect(sealer.open(sealed, 'mail:1')).to.equal(TEXT);
    expect(sealed.toString('latin1')).to.not.contain('example');
    expect(sealer.seal(TEXT, 'mail:1').equals(sealed), 'twice the same').to.equal(false);
  });

  it('opens what an older secret sealed for as long as it is listed', () => {
    const sealed = new Sealer([old]).seal(TEXT, 'mail:1');
    expect(new Sealer([fresh, old]).open(sealed, 'mail:1')).to.equal(TEXT);
    expect(new Sealer([fresh]).open(sealed, 'mail:1')).to.equal(undefined);
  });

  it('does not open what was moved elsewhere, changed or cut', () => {
    const sealer = new Sealer([fresh]);
    const sealed = sealer.seal(TEXT, 'mail:1');
    expect(sealer.open(sealed, 'mail:2')).to.equal(undefined);
    for (let at = 0; at < sealed.length; at++) {
      const spoilt = Buffer.from(sealed);
      spoilt[at] = (spoilt[at] ?? 0) ^ 1;
      expect(sealer.open(spoilt, 'mail:1'), `byte ${at}`).to.equal(undefined);
      expect(sealer.open(sealed.subarray(0, at), 'mail:1'), `cut at ${at}`).to.equal(undefined);
    }
  });
});
