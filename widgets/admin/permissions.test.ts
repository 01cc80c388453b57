import { expect } from 'chai';
import { editableFields, grantable, mayDeactivate, sectionsFor, setsTeam, type Agent, type Role } from './permissions.ts';

type Me = Parameters<typeof sectionsFor>[0];

const person = (role: Role, teamId: string | null = null, id = 1): Agent => ({ id, role, teamId }) as Agent;
const me = (role: Role, led: string[] = []): Me => ({ agent: person(role, null, 9), ledTeams: led.map((id) => ({ id, name: id })) }) as unknown as Me;

describe('What a role is offered', () => {
  it('sections', () => {
    expect((['admin', 'manager', 'team_leader', 'cs', 'viewer'] as const).map((role) => sectionsFor(me(role)).join())).to.deep.equal(['people,teams,templates,keys', 'people,teams,templates', 'people,teams,templates', '', '']);
  });

  it('a manager grants neither administrator, manager nor viewer, and changes nobody who is one', () => {
    expect(grantable(me('manager'))).to.deep.equal(['team_leader', 'cs']);
    for (const role of ['admin', 'manager', 'viewer'] as const) {
      expect(editableFields(me('manager'), person(role))).to.deep.equal([]);
      expect(mayDeactivate(me('manager'), person(role))).to.equal(false);
    }
    expect(editableFields(me('manager'), person('cs'))).to.include.members(['role', 'teamId', 'username']);
  });

  it('a leader changes the profile of their own people, and the settings of their own teams', () => {
    const leader = me('team_leader', ['blue']);
    expect(editableFields(leader, person('cs', 'blue'))).to.deep.equal(['fullName', 'department', 'phone']);
    expect(editableFields(leader, person('cs', 'green'))).to.deep.equal([]);
    expect([setsTeam(leader, 'blue'), setsTeam(leader, 'green')]).to.deep.equal([true, false]);
  });

  it('everybody who administers changes their own name and contact, and nobody locks themselves out', () => {
    expect(editableFields(me('team_leader'), person('team_leader', null, 9))).to.deep.equal(['fullName', 'phone', 'email']);
    expect(mayDeactivate(me('admin'), person('admin', null, 9))).to.equal(false);
    expect(mayDeactivate(me('admin'), person('admin', null, 8))).to.equal(true);
  });
});
