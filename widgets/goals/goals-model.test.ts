import { expect } from 'chai';
import { Locale } from '../shared/locale.ts';
import '../shared/strings/common.ts';
import '../shared/strings/goals.ts';
import '../shared/strings/queue.ts';
import { emptyGoal, standsOn, toGoal, wayOf, type Goal } from './goals-model.ts';

const locale = new Locale('en-GB');
const goal = { metric: 'fcr', startValue: 0.6, targetValue: 0.75, progress: { value: 0.7, n: 12, minimumN: 20, share: 0.67, isReached: null, from: '2026-11-01', to: '2026-11-28' } } as Goal;

describe('Goals', () => {
  it('say how far they have come in the words of their metric, and on how much that stands', () => {
    expect(wayOf(locale, goal)).to.equal('First contact: 70 %, from 60 % to 75 %');
    expect(standsOn(locale, goal)).to.equal('n 12, says little below 20');
    expect(wayOf(locale, { ...goal, progress: { ...goal.progress!, value: null } })).to.equal('First contact: Nothing measured yet, target 75 %');
    expect(wayOf(locale, { ...goal, metric: null, targetValue: null, progress: null })).to.equal('');
  });

  it('are sent in the unit in which they are stored, and say what they lack', () => {
    const today = '2026-11-30';
    expect(toGoal({ ...emptyGoal, title: ' Solve it at once ', metric: 'fcr', target: '75', due: '2027-01-01' }, 7, today)).to.deep.equal({ agentId: 7, title: 'Solve it at once', metric: 'fcr', targetValue: 0.75, dueDate: '2027-01-01' });
    expect(toGoal({ ...emptyGoal, title: 'Be calm' }, 7, today)).to.deep.equal({ agentId: 7, title: 'Be calm' });
    expect(toGoal(emptyGoal, 7, today)).to.equal('goals.whatMissing');
    expect(toGoal({ ...emptyGoal, title: 'x', metric: 'aht' }, 7, today)).to.equal('goals.targetMissing');
    expect(toGoal({ ...emptyGoal, title: 'x', due: '2026-11-29' }, 7, today)).to.equal('goals.past');
  });
});
