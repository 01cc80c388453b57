import { expect } from 'chai';
import { isName, takeOutUnseen, withoutUnseen } from './plain-text.ts';

describe('text of requests', () => {
  it('loses what nobody sees', () => {
    expect(withoutUnseen('\ufeffa\u200bd\u202em\u2066i\u2069n\u0007\u009f')).to.equal('admin');
    expect(withoutUnseen('\u202a+49 30 1234\u202c')).to.equal('+49 30 1234');
  });

  it('keeps what letters and lines need', () => {
    for (const text of ['👩‍👩‍👧‍👦 well done', '🏳️‍🌈', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'می‌خواهم', 'ශ්‍රී', 'line\nline\r\n\tindented', 'שלום\u200f', 'e\u0301', '❤️']) expect(withoutUnseen(text)).to.equal(text);
  });

  it('is cleaned wherever it stands, however deep', () => {
    const body = { a: 'x\u200b', list: ['y\u202e', { z: '\u0008z' }], n: 1, none: null };
    expect(takeOutUnseen(body)).to.deep.equal({ a: 'x', list: ['y', { z: 'z' }], n: 1, none: null });
    expect(takeOutUnseen('x\u200b')).to.equal('x');
    let deep: unknown = 'x\u200b';
    for (let n = 0; n < 100_000; n++) deep = [deep];
    takeOutUnseen(deep);
    while (Array.isArray(deep)) deep = deep[0];
    expect(deep).to.equal('x');
    const odd = JSON.parse('{"__proto__": "x\\u200b"}') as object;
    takeOutUnseen(odd);
    expect(JSON.stringify(odd)).to.equal('{"__proto__":"x"}');
  });

  it('is a name when it is what it looks like', () => {
    for (const name of ['Zoë Müller', 'Anna-Maria O’Neill', '山田 太郎', 'نیلوفر می‌خواهم', 'ශ්‍රී ලංකා', 'Ng', 'Łukasz', 'X Æ A-12', 'Sinéad', 'Renée']) expect(isName(name), name).to.equal(true);
    for (const name of ['Lena\u200d Leader', 'Lena\u200cLeader', 'Lena\u00adLeader', 'Lena\u200f Leader', 'Lena\nLeader', 'Lena\tLeader', 'Lena\u2028Leader', 'Lena\u3164', 'Lena\u{e0041}', '\u061cLena']) expect(isName(name), JSON.stringify(name)).to.equal(false);
  });
});
