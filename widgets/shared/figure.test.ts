import { expect } from 'chai';
import { figure as inSentences } from '../../api/performance/figure-words.ts';
import { figure } from './figure.ts';
import { defaultLocale } from './locale.ts';

describe('A figure in a widget', () => {
  it('is rounded by the digits one reads', () => {
    expect([0.6855, 0.2855, 0.5745].map((value) => figure(defaultLocale, value, 'ratio'))).to.deep.equal(['68.6 %', '28.6 %', '57.5 %']);
  });

  it('is the same as in the sentences of the server', () => {
    const values = Array.from({ length: 2001 }, (_, n) => Number((n * 0.0005).toFixed(4)));
    for (const [unit, factor] of [['ratio', 1], ['percent', 100], ['minutes', 20], ['hours', 9], ['rating', 5], ['sentiment', 1]] as const) {
      const shown = values.map((value) => figure(defaultLocale, value * factor, unit));
      expect(shown, unit).to.deep.equal(values.map((value) => inSentences(value * factor, unit)));
    }
  });
});
