import { expect } from 'chai';
import { loadContract } from '../../http/contract.ts';
import { ContractValidator } from '../../http/validator.ts';
import { TARGET_METRICS, validateTeamSettings } from '../../performance/team-settings.ts';
import { STORY_ABSENCES, STORY_ACTIONS, STORY_SESSIONS } from './coaching.ts';
import { STORY_NOTES } from './notes.ts';
import { DEMO_PASSWORD, DEMO_SIGN_INS, STORY_PEOPLE, STORY_STAFF } from './people.ts';
import { STORY_TEAMS } from './teams.ts';

describe('the story of the demo', () => {
  const validator = new ContractValidator(loadContract());
  const everybody = [...STORY_STAFF, ...STORY_PEOPLE];

  it('has three teams with a leader each and thirty people, and everybody one name', () => {
    expect(STORY_TEAMS).to.have.length(3);
    expect(STORY_STAFF.flatMap(({ leads }) => leads ?? [])).to.have.members(STORY_TEAMS.map(({ key }) => key));
    expect(STORY_PEOPLE).to.have.length(30);
    expect(new Set(everybody.map(({ username }) => username)).size).to.equal(everybody.length);
    expect(new Set(everybody.map(({ fullName }) => fullName)).size).to.equal(everybody.length);
  });

  it('has an account to sign in with for each role, and leader leads agent’s team', () => {
    expect(everybody.map(({ username }) => username)).to.include.members([...DEMO_SIGN_INS]);
    const team = STORY_PEOPLE.find(({ username }) => username === 'agent')?.team;
    expect(STORY_STAFF.find(({ username }) => username === 'leader')?.leads).to.equal(team);
  });

  it('keeps to the contract in names, passwords, settings and notes', () => {
    const errors = (schema: string, value: unknown) => validator.schema(schema)(value);
    for (const { username, fullName } of everybody) {
      const person = { username, email: `${username}@larkfield.example`, fullName, role: 'cs', department: 'Customer Service', password: DEMO_PASSWORD };
      expect(errors('CreateAgentData', person), username).to.deep.equal([]);
    }
    for (const { settings, name } of STORY_TEAMS) {
      expect(errors('TeamSettings', settings), name).to.deep.equal([]);
      expect(validateTeamSettings(settings), name).to.deep.equal([]);
    }
    for (const { type, priority, category, text } of STORY_NOTES) {
      expect(errors('CreateQuickNoteData', { agentId: 1, noteType: type, priority, category, content: text }), text).to.deep.equal([]);
    }
  });

  it('does not take the first names that the example sheet brings', () => {
    const sheet = ['Becky', 'Dan', 'Diane', 'Greg', 'Jim', 'Joe', 'Martha', 'Stewart'];
    for (const name of sheet) expect(everybody.some(({ fullName }) => fullName.startsWith(`${name} `)), name).to.equal(false);
  });

  it('shares out contacts completely', () => {
    for (const { kinds, name } of STORY_TEAMS) expect(kinds.reduce((sum, { share }) => sum + share, 0), name).to.be.closeTo(1, 1e-9);
    expect(new Set(STORY_TEAMS.flatMap(({ kinds }) => kinds.map(({ channel }) => channel)))).to.deep.equal(new Set(['voice', 'chat', 'email', 'ticket', 'message']));
  });

  it('has notes of every type and priority, private ones and ones that were dealt with', () => {
    expect(new Set(STORY_NOTES.map(({ type }) => type))).to.deep.equal(new Set(['COACHING', 'POSITIVE', 'URGENT']));
    expect(new Set(STORY_NOTES.map(({ priority }) => priority))).to.deep.equal(new Set(['LOW', 'MEDIUM', 'HIGH']));
    expect(STORY_NOTES.filter(({ isPrivate }) => isPrivate)).to.have.length(2);
    expect(STORY_NOTES.filter(({ addressedInSession }) => addressedInSession)).to.have.length(3);
    expect(new Set(STORY_NOTES.map(({ text }) => text)).size).to.equal(STORY_NOTES.length);
    for (const { text } of STORY_NOTES) expect(text, text).to.match(/^[A-Z][^]{60,}[.]$/);
  });

  it('speaks of people it has, and in the right order', () => {
    const people = new Map(STORY_PEOPLE.map((person) => [person.username, person]));
    const held = new Map(STORY_SESSIONS.map((sessions) => [sessions.with, sessions.held]));
    for (const { with: username, held: days, focus } of STORY_SESSIONS) {
      expect(people.get(username)!.joinedDaysAgo, username).to.be.above(Math.max(...days));
      expect(TARGET_METRICS).to.include.members([...focus]);
    }
    for (const { about, addressedInSession, daysAgo } of STORY_NOTES) {
      expect(people.has(about), about).to.equal(true);
      // Two days for notes that move to the Friday, four for a session that moves to the shift before.
      if (addressedInSession !== undefined) expect(held.get(about)!.includes(addressedInSession) && daysAgo >= addressedInSession + 4).to.equal(true);
    }
    for (const { for: username, session, due, done } of STORY_ACTIONS) {
      expect(held.get(username), username).to.include(session);
      expect(due, username).to.be.above(-session);
      if (done !== undefined) expect(done, username).to.be.within(-session + 1, -1);
    }
    for (const { who, from, to } of STORY_ABSENCES) expect(people.has(who) && from <= to, who).to.equal(true);
  });

  it('has overdue actions, and actions finished in time', () => {
    expect(STORY_ACTIONS.filter(({ due, done }) => due < 0 && done === undefined).length).to.be.at.least(4);
    expect(STORY_ACTIONS.filter(({ due, done }) => done !== undefined && done <= due && done > -28).length).to.be.at.least(4);
  });
});
