import { expect } from 'chai';
import { faultsOf, readByKind } from '../../../../test/imports/read-by-kind.ts';
import type { ImportKindName } from '../kind-names.ts';

const now = '2026-11-30T12:00:00Z';

describe('what a file says has happened', () => {
  const refused: readonly (readonly [kind: ImportKindName, file: string, fault: string])[] = [
    ['interactions', 'Call Id,Agent,Date,Answered\n1,Ada,2099-12-31,yes', 'C2 “2099-12-31” in_the_future: This has not happened yet.'],
    ['interactions', 'Call Id,Agent,Date,Time,Answered\n1,Ada,2026-11-30,12:06,yes', 'C2 “2026-11-30” in_the_future: This has not happened yet.'],
    ['interactions', 'Call Id,Agent,Started at,Answered\n1,Ada,2026-12-01 00:00,yes', 'C2 “2026-12-01 00:00” in_the_future: This has not happened yet.'],
    ['performance', 'Agent,Day,Calls\nAda,2026-12-01,3', 'B2 “2026-12-01” in_the_future: This has not happened yet.'],
    ['notes', 'Agent,Note,Date\nAda,Well done,2030-09-01', 'C2 “2030-09-01” in_the_future: This has not happened yet.'],
    ['actions', 'Agent,Action,Due,Status,Completed\nAda,Listen,2026-12-31,done,2030-01-01', 'E2 “2030-01-01” in_the_future: This has not happened yet.'],
    ['presence', 'Agent,Date,Login,Logout\nAda,2026-11-30,09:00,17:00', 'D2 “17:00” in_the_future: The logout is in the future.'],
    ['presence', 'Agent,Date,Login,Logout\nAda,2099-11-30,09:00,17:00', 'B2 “2099-11-30” in_the_future: The login is in the future.'],
  ];
  for (const [kind, file, fault] of refused) {
    it(`is refused in ${kind} where it cannot have: ${file.split('\n')[1]}`, async () => expect(faultsOf(await readByKind(kind, file, {}, now))).to.deep.equal([fault]));
  }

  const taken: readonly (readonly [kind: ImportKindName, file: string])[] = [
    ['interactions', 'Call Id,Agent,Date,Time,Answered\n1,Ada,2026-11-30,12:04,yes'],
    ['interactions', 'Call Id,Agent,Date,Answered\n1,Ada,2026-11-30,yes'],
    ['performance', 'Agent,Day,Calls\nAda,2026-11-30,3'],
    ['notes', 'Agent,Note,Date\nAda,Well done,2026-11-30'],
    ['actions', 'Agent,Action,Due,Status\nAda,Listen,2030-12-31,open'],
    ['presence', 'Agent,Date,Login,Logout\nAda,2026-11-30,09:00,12:00'],
    ['agents', 'Name,E-mail,Joined\nAda Agent,ada@example.test,2027-01-01'],
  ];
  for (const [kind, file] of taken) {
    it(`is taken in ${kind} up to now, by clocks a little ahead, and what is still to come: ${file.split('\n')[1]}`, async () => expect(faultsOf(await readByKind(kind, file, {}, now))).to.deep.equal([]));
  }
});
