import { expect } from 'chai';
import { readAddress, writeAddress } from './address.ts';

describe('The address of a cell', () => {
  it('says all that is not usual, and is read back as it was written', () => {
    const address = { widget: 'status-board', state: 'empty', theme: 'dark', width: '320', dir: 'rtl', density: 'usual', bare: true } as const;
    const written = writeAddress(address);
    expect(written).to.equal('/widgets?widget=status-board&state=empty&theme=dark&width=320&dir=rtl&bare');
    expect(readAddress(written.slice(written.indexOf('?')))).to.deep.equal(address);
  });

  it('falls back to what is usual where it makes no sense', () => {
    expect(readAddress('?widget=x&theme=pink&width=1')).to.include({ theme: 'light', width: '480', dir: 'ltr', density: 'usual', state: undefined, bare: false });
  });
});
