import { expect } from 'chai';
import { renderLetter } from './letter.ts';

const letter = {
  subject: 'Hello',
  greeting: 'Hello <b>Zoë</b> & "co",',
  paragraphs: ["it's <script>alert(1)</script>", 'second'],
  link: { label: 'Go > there', href: 'https://desk.example.test/reset#token=a&b="c' },
  footer: 'Sent by <us>',
};

describe('A letter', () => {
  it('says the same in text and in HTML', () => {
    const { text, html } = renderLetter(letter);
    expect(text).to.contain(letter.greeting).and.to.contain('second').and.to.contain(`Go > there:\n${letter.link.href}`).and.to.contain('-- \nSent by <us>');
    for (const words of ['Zoë', 'second', 'Go &gt; there', 'Sent by']) expect(html).to.contain(words);
  });

  it('keeps the lines of a paragraph in both', () => {
    const { text, html } = renderLetter({ ...letter, paragraphs: ['Three refunds.\nOne without a date.'] });
    expect(text).to.contain('Three refunds.\nOne without a date.');
    expect(html).to.contain('<p>Three refunds.<br>One without a date.</p>');
  });

  it('holds no markup but its own', () => {
    const { html } = renderLetter(letter);
    const tags = new Set([...html.matchAll(/<\/?([a-z0-9!]+)/gi)].map(([, name]) => name));
    expect([...tags]).to.have.members(['!doctype', 'html', 'head', 'meta', 'title', 'body', 'div', 'p', 'a', 'br']);
    expect(html).to.contain('href="https://desk.example.test/reset#token=a&amp;b=&quot;c"').and.to.contain('it&#39;s &lt;script&gt;');
  });

  it('has a subject of one line', () => {
    expect(renderLetter({ ...letter, subject: 'A\r\nBcc: x@y.test\u2028\u202e B' }).subject).to.equal('A Bcc: x@y.test B');
  });
});
