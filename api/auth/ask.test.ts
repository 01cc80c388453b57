import { expect } from 'chai';
import { PassThrough } from 'node:stream';
import { ask, askHidden, BrokenOff, firstLine } from './ask.ts';

describe('asking at a terminal', () => {
  const terminal = () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    let shown = '';
    output.on('data', (chunk: Buffer) => (shown += chunk.toString()));
    return { input, output, shown: () => shown };
  };

  it('shows the question and takes the line', async () => {
    const { input, output, shown } = terminal();
    const answer = ask({ input, output }, 'User name: ');
    input.write('  ada  \r');
    expect(await answer).to.equal('ada');
    expect(shown()).to.contain('User name: ');
  });

  it('shows nothing of what is hidden, and takes it as it is', async () => {
    const { input, output, shown } = terminal();
    const answer = askHidden({ input, output }, 'Password: ');
    for (const key of ' Secret-Word-1 ') input.write(key);
    input.write('\r');
    expect(await answer).to.equal(' Secret-Word-1 ');
    expect(shown()).to.equal('Password: \n');
  });

  it('asks several things of one terminal, one after the other', async () => {
    const { input, output } = terminal();
    const first = ask({ input, output }, 'One? ');
    input.write('1\r');
    expect(await first).to.equal('1');
    const second = askHidden({ input, output }, 'Two? ');
    input.write('2\r');
    expect(await second).to.equal('2');
  });

  for (const [name, key] of [['Ctrl-C', '\x03'], ['Ctrl-D', '\x04']] as const) {
    it(`breaks off at ${name}`, async () => {
      const { input, output } = terminal();
      const answer = askHidden({ input, output }, 'Password: ').catch((error: unknown) => error);
      input.write(key);
      expect(await answer).to.be.instanceOf(BrokenOff);
    });
  }

  it('takes the first line of what is piped in', async () => {
    const input = new PassThrough();
    input.end('Secret-Word-1\r\nmore\n');
    expect(await firstLine(input)).to.equal('Secret-Word-1');
    const nothing = new PassThrough();
    nothing.end();
    expect(await firstLine(nothing)).to.equal('');
  });
});
