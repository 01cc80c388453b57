import { expect } from 'chai';
import type { Principal } from '../auth/principal.ts';
import { systemPrincipal } from '../auth/principal.ts';
import type { ActionStatus } from './action.entity.ts';
import { assertChangeable, assertStep, assertTarget, rightsOn } from './action-rules.ts';

const ALL: readonly ActionStatus[] = ['open', 'in_progress', 'done', 'cancelled'];

const refusal = (attempt: () => void): string | undefined => {
  try {
    attempt();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the rules of action items', () => {
  it('lead from status to status, and never from done to cancelled or back', () => {
    const steps = ALL.flatMap((from) => ALL.filter((to) => from !== to && refusal(() => assertStep(from, to)) === undefined).map((to) => `${from} ${to}`));
    expect(steps).to.deep.equal([
      'open in_progress', 'open done', 'open cancelled',
      'in_progress open', 'in_progress done', 'in_progress cancelled',
      'done open', 'done in_progress',
      'cancelled open',
    ]);
  });

  it('name the status in the refusal', () => {
    expect(refusal(() => assertStep('cancelled', 'in_progress'))).to.equal('The action item is cancelled; from there it cannot become in progress.');
  });

  it('let what is closed be changed only as it is taken up again', () => {
    const changeable = ALL.flatMap((now) => ALL.filter((then) => refusal(() => assertChangeable(now, then)) === undefined).map((then) => `${now} ${then}`));
    expect(changeable).to.have.length(12).and.include.members(['done open', 'open done', 'cancelled open']);
    expect(changeable).not.to.include('done done');
  });

  it('give the text to author and leaders, the work to the assignee as well', () => {
    const person = (agentId: number, role: Principal['role'], ledTeamIds: string[] = []): Principal => ({ ...systemPrincipal('x'), kind: 'person', agentId, role, ledTeamIds });
    const item = { createdBy: 1, assignedTo: 2 };
    expect(rightsOn(person(1, 'cs'), item, 'blue')).to.deep.equal({ edit: true, workOn: true });
    expect(rightsOn(person(2, 'cs'), item, 'blue')).to.deep.equal({ edit: false, workOn: true });
    expect(rightsOn(person(3, 'cs'), item, 'blue')).to.deep.equal({ edit: false, workOn: false });
    expect(rightsOn(person(3, 'team_leader', ['blue']), item, 'blue')).to.deep.equal({ edit: true, workOn: true });
    expect(rightsOn(person(3, 'team_leader', ['green']), item, 'blue')).to.deep.equal({ edit: false, workOn: false });
    expect(rightsOn(person(3, 'team_leader', []), item, null)).to.deep.equal({ edit: false, workOn: false });
    expect(rightsOn(person(3, 'manager'), item, null)).to.deep.equal({ edit: true, workOn: true });
  });

  it('hold a target to what its metric can be', () => {
    const fits = (...args: Parameters<typeof assertTarget>): boolean => refusal(() => assertTarget(...args)) === undefined;
    expect([fits('fcr', 0), fits('fcr', 1), fits('fcr', 1.01), fits('fcr', -0.01)]).to.deep.equal([true, true, false, false]);
    expect([fits('csat', 0.9), fits('csat', 1), fits('csat', 5), fits('csat', 5.1)]).to.deep.equal([false, true, true, false]);
    expect([fits('sentiment', -1), fits('slaCompliance', 100), fits('slaCompliance', 100.1), fits('aht', 0), fits('aht', -1)]).to.deep.equal([true, true, false, true, false]);
    expect([fits(null, null), fits('aht', null), fits(null, 3)]).to.deep.equal([true, true, false]);
  });
});
