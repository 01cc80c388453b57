import { expect } from 'chai';
import { codeFor, withCodes } from './reason-code.ts';

describe('The code of a reason', () => {
  it('comes from its name, within what the contract allows', () => {
    const codes = ['After-call work', '  Café break ', '15 minutes', '昼食', 'x'.repeat(60)].map((label) => codeFor(label, []));
    expect(codes).to.deep.equal(['after_call_work', 'cafe_break', 'minutes', 'reason', 'x'.repeat(36)]);
    for (const code of codes) expect(code).to.match(/^[a-z][a-z0-9_]*$/);
  });

  it('stays when the reason is renamed, and is never given twice', () => {
    const stored = new Set(['break', 'lunch']);
    const reasons = [{ code: 'break', label: 'Short break' }, { code: 'reason', label: 'Break' }, { code: 'reason_2', label: 'Break!' }, { code: 'lunch', label: 'Lunch ' }];
    expect(withCodes(reasons, stored)).to.deep.equal([
      { code: 'break', label: 'Short break' }, { code: 'break_2', label: 'Break' }, { code: 'break_3', label: 'Break!' }, { code: 'lunch', label: 'Lunch' },
    ]);
  });
});
