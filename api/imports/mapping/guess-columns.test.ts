import { expect } from 'chai';
import { readByKind, readingKinds } from '../../../test/imports/read-by-kind.ts';
import type { ImportKindName } from '../kinds/kind-names.ts';
import { guessColumns } from './guess-columns.ts';

/** Field → header, as the columns of a kind are guessed; one odd cell proves nothing, so that rows stand four times. */
function guessed(kind: ImportKindName, header: readonly string[], ...rows: readonly (string | number | null)[][]): Record<string, string> {
  const guesses = guessColumns(header, [...rows, ...rows, ...rows, ...rows], readingKinds[kind].fields);
  return Object.fromEntries(guesses.map(({ field, column }) => [field, header[column] ?? '']));
}

describe('what stands below a header', () => {
  it('makes no department of a percentage', () =>
    expect(guessed('agents', ['Agent Name', 'Service Level %', 'Service Level'], ['Sofia Almeida', '80.5%', '79'])).to.deep.equal({ fullName: 'Agent Name' }));

  it('makes no name of a number, and leaves first name and surname theirs', () =>
    expect(guessed('agents', ['Employee', 'Surname', 'First name'], ['00123', 'Adams', 'Ruby'])).to.deep.equal({ lastName: 'Surname', firstName: 'First name' }));

  it('makes no time of day of a duration, and one of a time of day', () => {
    expect(guessed('interactions', ['HANDLE TIME', 'Full resolution time (hrs)'], ['00:06:12', '0.25'], ['00:05:03', '1.25'])).to.deep.equal({ talkSeconds: 'HANDLE TIME' });
    expect(guessed('interactions', ['Ringing time'], ['09:06:12'], ['17:05:03'])).to.deep.equal({ time: 'Ringing time' });
    // Where the header leaves no doubt, calls may come by night.
    expect(guessed('interactions', ['Time'], ['00:06:12'], ['00:05:03'])).to.deep.equal({ time: 'Time' });
    expect(guessed('presence', ['Break begin'], ['00:06:12'], ['00:05:03'])).to.deep.equal({});
  });

  it('makes nobody of minutes, and of ids those who have them', () => {
    expect(guessed('notes', ['Agent wait time (min)', 'Agent number'], [0, 1], [4, 2])).to.deep.equal({});
    expect(guessed('notes', ['Our agent'], [17], [4])).to.deep.equal({});
    expect(guessed('notes', ['Agent id'], [17], [4])).to.deep.equal({ agent: 'Agent id' });
    expect(guessed('notes', ['Our agent'], ['Ada Agent'], ['Ben'])).to.deep.equal({ agent: 'Our agent' });
  });

  it('makes no count of ids and percentages', () => {
    expect(guessed('performance', ['Tickets by id'], [48_000], [48_001])).to.deep.equal({});
    expect(guessed('performance', ['Handled'], ['86.5%'])).to.deep.equal({});
  });

  it('takes the mean of several times, never a total or the longest', () => {
    expect(guessed('performance', ['ACD Time', 'Avg ACD Time'], ['3:20:24', ':05:12'])).to.deep.equal({ avgHandleTime: 'Avg ACD Time' });
    expect(guessed('performance', ['Total Handle Time', 'Handle Time - Max'], ['3:20:24', '0:25:12'])).to.deep.equal({});
  });
});

describe('daily reports of other systems', () => {
  const row = ['Ada Agent', '2026-11-23', 40, ':05:12', '0:00:20', '86.5%', '7:45:00'];
  const reports: Readonly<Record<string, readonly string[]>> = {
    'Genesys Cloud': ['Agent Name', 'Date', 'Answered', 'Avg Handle', 'Avg Wait', 'Service Level %', 'Logged In'],
    'Avaya CMS': ['Agent Name', 'Date', 'ACD Calls', 'Avg ACD Time', 'Avg Speed Ans', '% Within Service Level', 'Staffed Time'],
    'Cisco UCCX': ['Agent Name', 'Day', 'Calls Handled', 'Handle Time - Avg', 'Speed of Answer - Avg', 'Service Level', 'Logged-in Time'],
    'Amazon Connect': ['Agent', 'Date', 'Contacts handled', 'Average handle time', 'Average queue answer time', 'Service level 20 seconds', 'Online time'],
    'Five9': ['AGENT NAME', 'DATE', 'CALLS', 'Average HANDLE TIME', 'Average SPEED OF ANSWER', 'SERVICE LEVEL', 'LOGIN TIME'],
    'Talkdesk': ['Agent Full Name', 'Date', 'Contacts Handled', 'Avg. Handle Time', 'Avg. Speed of Answer', 'Service Level', 'Staffed Time'],
  };
  for (const [system, header] of Object.entries(reports)) {
    it(`are read by the names of ${system}`, () => {
      const names = ['agent', 'date', 'messagesHandled', 'avgHandleTime', 'avgResponseTime', 'slaCompliance', 'onlineHours'];
      expect(guessed('performance', header, row)).to.deep.equal(Object.fromEntries(names.map((name, column) => [name, header[column]])));
    });
  }

  it('are named where somebody takes them for something else, in which no header is found', async () => {
    const { detected, mapping } = await readByKind('agents', [['Agent Name', 'Date', 'Answered', 'Avg Handle', 'CSAT'], ['Ada Agent', '2026-11-23', 40, '0:05:12', 4.5]]);
    expect([mapping.headerRow, detected.likelierKind]).to.deep.equal([null, 'performance']);
  });

  it('have days on which nothing is said, which are no days of zeros', async () => {
    const { rows } = await readByKind('performance', 'Agent,Day,Answered,Avg Handle\nAda,2026-11-23,-,n/a\nAda,2026-11-24,0,-\nAda,2026-11-25,5,x\n');
    expect(rows.map(({ isEmpty = false }) => isEmpty)).to.deep.equal([true, false, false]);
  });
});

describe('the length of a stay', () => {
  it('counts what the time from login to logout says, whatever a sum below is', async () => {
    const file = (lengths: readonly string[]) => ['Agent,Day,Login,Logout,Length', ...lengths.map((length, i) => `Ada,2026-11-1${i},08:00,16:30,${length}`), 'Total,,,,83:00'].join('\n');
    for (const [unit, length] of [['hours', '8:30'], ['hours', '8.5'], ['minutes', '510'], ['seconds', '30600']] as const) {
      const { mapping, questions } = await readByKind('presence', file([length, length]));
      expect([length, mapping.options.units?.['duration'], questions]).to.deep.equal([length, unit, []]);
    }
    // With neither it has to be asked.
    expect((await readByKind('presence', 'Agent,Login,Length\nAda,2026-11-10 08:00,510\n')).questions.map(({ answer }) => answer)).to.deep.equal(['/options/units/duration']);
  });
});
