import { expect } from 'chai';
import { faultsOf, readByKind, type ReadFile } from '../../../../test/imports/read-by-kind.ts';
import type { TestCell } from '../../../../test/imports/workbook-writer.ts';

const daily = (header: string, ...cells: TestCell[]): TestCell[][] => [['Agent', 'Day', 'Calls', header], ...cells.map((cell, i) => ['Ada', `2026-0${1 + Math.floor(i / 27)}-${String(1 + (i % 27)).padStart(2, '0')}`, 4, cell])];
const values = ({ rows }: ReadFile, field: string): unknown[] => rows.map(({ data }) => data?.[field]);
const asked = ({ questions }: ReadFile): string[] => questions.map(({ answer, choices }) => `${answer} ${choices.map(({ value }) => value).join()}`);

describe('units of imported numbers', () => {
  describe('of calls', () => {
    const calls = (header: string, ...cells: TestCell[]): TestCell[][] => [['Call Id', 'Agent', 'Date', 'Answered', header], ...cells.map((cell, i) => [`C${i}`, 'Ada', '2021-03-31', 'yes', cell])];

    it('are milliseconds where the header says so', async () => {
      const file = await readByKind('interactions', calls('tTalk (ms)', 273_000, 61_499, 0));
      expect([values(file, 'talkSeconds'), asked(file)]).to.deep.equal([[273, 61, 0], []]);
    });

    it('are asked for where in seconds most calls would last for hours', async () => {
      const cells = [273_000, 61_500, 240];
      expect(asked(await readByKind('interactions', calls('Talk time', ...cells)))).to.deep.equal(['/options/units/talkSeconds milliseconds,seconds']);
      const told = await readByKind('interactions', calls('Talk time', ...cells), { options: { units: { talkSeconds: 'milliseconds' } } });
      expect([values(told, 'talkSeconds'), asked(told)]).to.deep.equal([[273, 62, 0], []]);
    });
  });

  describe('of the time somebody was online', () => {
    it('are hours, and so are texts such as 7:30, where all of them could be a day’s', async () => {
      const file = await readByKind('performance', daily('Online', '7.5', '7:30', 8, '8:00:00', '7h 15m'));
      expect([values(file, 'onlineHours'), asked(file)]).to.deep.equal([[7.5, 7.5, 8, 8, 7.25], []]);
    });

    it('are asked for where cells contradict each other, and every cell is read by the answer or named', async () => {
      const cells = ['7.5', '7:30', '25', '25:00', '5'];
      const file = await readByKind('performance', daily('Online', ...cells));
      expect(asked(file)).to.deep.equal(['/options/units/onlineHours hours,minutes,seconds']);
      expect(file.questions[0]?.message).to.equal('“Online” has times such as “7:30” and numbers such as 7.5. Does it count hours, minutes or seconds?');
      const told = await readByKind('performance', daily('Online', ...cells), { options: { units: { onlineHours: 'hours' } } });
      expect([values(told, 'onlineHours'), asked(told)]).to.deep.equal([[7.5, 7.5, undefined, undefined, 5], []]);
      expect(faultsOf(told)).to.deep.equal(['D4 “25” invalid_duration: “25” is longer than a day.', 'D5 “25:00” invalid_duration: “25:00” is longer than a day.']);
    });

    for (const [cells, unit] of [[[450, 480, 90], 'minutes'], [[27_000, 28_800], 'seconds'], [[0.3125, 0.5], 'days'], [['7:30', '8:00'], 'hours']] as const) {
      it(`are ${unit} for ${cells.join(', ')}`, async () => {
        const file = await readByKind('performance', daily('Online', ...cells));
        expect([file.mapping.options.units?.['onlineHours'], asked(file)]).to.deep.equal([unit, []]);
      });
    }

    for (const cells of [[450, 7.5], [450, '7:30'], ['7:30', '25:00'], [27_000, 8], [0.5, '7:30']] as const) {
      it(`are asked for with ${cells.join(' and ')}`, async () => {
        expect(asked(await readByKind('performance', daily('Online', ...cells)))).to.deep.equal(['/options/units/onlineHours hours,minutes,seconds']);
      });
    }

    it('are what the header says', async () => {
      const minutes = await readByKind('performance', daily('Online (min)', 450, '450:30'));
      expect(values(minutes, 'onlineHours')).to.deep.equal([7.5, 7.5083]);
      const clock = await readByKind('performance', daily('Online (hh:mm)', '7:30', 8));
      expect([values(clock, 'onlineHours'), asked(clock)]).to.deep.equal([[7.5, 8], []]);
    });

    it('are asked for where a cell beyond the first rows contradicts them', async () => {
      const many = Array.from({ length: 220 }, () => 450);
      expect(asked(await readByKind('performance', daily('Online', ...many)))).to.deep.equal([]);
      expect(asked(await readByKind('performance', daily('Online', ...many, '7:30')))).to.deep.equal(['/options/units/onlineHours hours,minutes,seconds']);
      expect(asked(await readByKind('performance', daily('Online', ...many, '7:30'), { options: { units: { onlineHours: 'minutes' } } }))).to.deep.equal([]);
    });
  });

  it('of stays are hours and minutes in texts of two parts', async () => {
    const file = await readByKind('presence', [['Agent', 'Date', 'Login', 'Duration'], ['Ada', '2026-09-01', '09:00', '8:30']]);
    expect([values(file, 'endedAt'), asked(file)]).to.deep.equal([['2026-09-01T17:30:00.000Z'], []]);
  });

  it('of talks are minutes and seconds in texts of two parts, and asked for beside parts of a day', async () => {
    const talks = (...cells: TestCell[]) => readByKind('interactions', [['Call Id', 'Agent', 'Date', 'Talk time'], ...cells.map((cell, i) => [`T${i}`, 'Ada', '2026-03-31', cell])]);
    expect(values(await talks('4:20', '0:04:20', 260), 'talkSeconds')).to.deep.equal([260, 260, 260]);
    expect(asked(await talks('4:20', 0.003))).to.include('/options/units/talkSeconds seconds,minutes');
  });

  it('say of what is no duration what is wrong with it', async () => {
    const file = await readByKind('performance', daily('AHT', '0:04:20', '-5', '-0:01:00', 'soon', '', 'n/a', '30:00:00'));
    expect(faultsOf(file)).to.deep.equal([
      'D3 “-5” invalid_duration: “-5” is negative: nothing takes less than no time.',
      'D4 “-0:01:00” invalid_duration: “-0:01:00” is negative: nothing takes less than no time.',
      'D5 “soon” invalid_duration: “soon” is not a duration, such as 0:04:20, 4m 20s or a number of seconds.',
      'D8 “30:00:00” invalid_duration: “30:00:00” is longer than a day.',
    ]);
  });

  describe('of shares', () => {
    it('are those of one beside percent signs', async () => {
      const file = await readByKind('performance', daily('SLA %', '95%', '0.95', 0.9, '92,5 %'));
      expect([values(file, 'slaCompliance'), asked(file)]).to.deep.equal([[95, 95, 90, 92.5], []]);
    });

    it('are asked for where numbers are of both kinds, also beyond the first rows', async () => {
      const cells = ['95%', '0.95', '120%', '100'];
      const file = await readByKind('performance', daily('SLA %', ...cells));
      expect(asked(file)).to.deep.equal(['/options/units/slaCompliance percent,fraction']);
      expect(file.questions[0]?.choices.map(({ label }) => label)).to.deep.equal(['Percent: 0.95 is 0.95 %', 'Shares of one: 0.95 is 95 %']);
      const told = await readByKind('performance', daily('SLA %', ...cells), { options: { units: { slaCompliance: 'fraction' } } });
      expect([values(told, 'slaCompliance'), asked(told)]).to.deep.equal([[95, 95, undefined, undefined], []]);
      expect(faultsOf(told).map((fault) => fault.slice(0, 9))).to.deep.equal(['D4 “120%”', 'D5 “100” ']);
      const many = Array.from({ length: 220 }, () => 95);
      expect(asked(await readByKind('performance', daily('SLA %', ...many, 0.9)))).to.deep.equal(['/options/units/slaCompliance percent,fraction']);
    });
  });
});
