import { expect } from 'chai';
import fc from 'fast-check';
import type { CellValue } from '../parsing/row-source.ts';
import { isOrderAmbiguous, orderEvidence, parseDate, type DateOrder } from './dates.ts';
import { parseDuration, unitOfHeader } from './durations.ts';
import { momentOfSerial, momentText } from './moments.ts';
import { saysNobody } from './nothing.ts';
import { parseNumber } from './numbers.ts';
import { fold, prose, textOf, tidy, words } from './text.ts';
import { parseTimeOfDay } from './times.ts';
import { lookUp, yesNo } from './vocabulary.ts';
import { instantOf, isoOf } from './zoned.ts';

describe('values of cells', () => {
  describe('dates', () => {
    const read = (value: CellValue, order: DateOrder = 'dmy'): string | null => {
      const moment = parseDate(value, order);
      if (!moment) return null;
      const { year, month, day, seconds, offsetMinutes } = moment;
      return [`${year}-${month}-${day}`, seconds, offsetMinutes].filter((part) => part !== null).join(' ');
    };
    const texts: Record<string, string | null> = {
      '2021-03-31': '2021-3-31',
      '2021/3/31': '2021-3-31',
      '20210331': '2021-3-31',
      '31.03.2021': '2021-3-31',
      '31. 3. 21': '2021-3-31',
      '31 March 2021': '2021-3-31',
      'Wed, 31-Mar-21': '2021-3-31',
      'Mo 23.11.2026': '2026-11-23',
      'Dienstag, 24.11.2026': '2026-11-24',
      'sáb. 28/11/2026 09:12': '2026-11-28 33120',
      'śr 2026-11-25': '2026-11-25',
      'Mar 31 2021': '2021-3-31',
      'Summe 23.11.2026': null,
      'March 31, 2021': '2021-3-31',
      '31. März 2021': '2021-3-31',
      '31 de marzo de 2021': '2021-3-31',
      '1er avril 2021': '2021-4-1',
      '2021-03-31 09:12:58': '2021-3-31 33178',
      '2021-03-31T09:12:58.250Z': '2021-3-31 33178 0',
      '2021-03-31T09:12:58+02:00': '2021-3-31 33178 120',
      '31/03/2021 9:12 PM': '2021-3-31 76320',
      '1617181978': '2021-3-31 33178 0',
      '44286': '2021-3-31',
      '3/4/68': '2068-4-3',
      '3/4/71': '1971-4-3',
      '31/02/2021': null,
      '2021-13-01': null,
      '29.02.2021': null,
      '29.02.2020': '2020-2-29',
      'soon': null,
      '12:30': null,
      '2021-03-31 25:00': null,
      '12345': null,
    };
    for (const [text, expected] of Object.entries(texts)) it(`${text} → ${expected ?? 'no date'}`, () => expect(read(text)).to.equal(expected));

    it('reads 3/4/2021 in the order it is given', () => {
      expect([read('3/4/2021', 'dmy'), read('3/4/2021', 'mdy')]).to.deep.equal(['2021-4-3', '2021-3-4']);
      expect([read('10/29/2020', 'mdy'), read('10/29/2020', 'dmy')]).to.deep.equal(['2020-10-29', null]);
    });
    it('tells the order from a day beyond 12, and doubts where either order makes a day', () => {
      expect(['31/3/2021', '3/31/2021', '3/4/2021', '2021-03-31', '4/4/2021', '3.4.2021'].map((text) => [orderEvidence(text), isOrderAmbiguous(text)])).to.deep.equal([
        ['dmy', false], ['mdy', false], [null, true], [null, false], [null, false], [null, false],
      ]);
    });
    it('knows the leap day Excel invented', () => {
      expect([59, 61].map((serial) => momentText({ kind: 'date', serial }))).to.deep.equal(['1900-02-28', '1900-03-01']);
      expect(momentOfSerial({ kind: 'date', serial: 1 })).to.include({ year: 1900, month: 1, day: 1 });
    });
    it('finds every day of 200 years again behind its serial', () => {
      fc.assert(fc.property(fc.integer({ min: 61, max: 73_000 }), (serial) => {
        const moment = parseDate({ kind: 'date', serial }, 'dmy');
        expect(moment && Date.UTC(moment.year, moment.month - 1, moment.day) / 86_400_000 + 25_569).to.equal(serial);
      }));
    });
  });

  describe('months', () => {
    const months: Readonly<Record<string, string>> = {
      en: 'January,February,March,April,May,June,July,August,September,October,November,December',
      de: 'Januar,Februar,März,April,Mai,Juni,Juli,August,September,Oktober,November,Dezember',
      fr: 'janvier,février,mars,avril,mai,juin,juillet,août,septembre,octobre,novembre,décembre',
      es: 'enero,febrero,marzo,abril,mayo,junio,julio,agosto,septiembre,octubre,noviembre,diciembre',
      it: 'gennaio,febbraio,marzo,aprile,maggio,giugno,luglio,agosto,settembre,ottobre,novembre,dicembre',
      pt: 'janeiro,fevereiro,março,abril,maio,junho,julho,agosto,setembro,outubro,novembro,dezembro',
      nl: 'januari,februari,maart,april,mei,juni,juli,augustus,september,oktober,november,december',
      pl: 'stycznia,lutego,marca,kwietnia,maja,czerwca,lipca,sierpnia,września,października,listopada,grudnia',
    };
    const days: Readonly<Record<string, string>> = { en: 'Friday, 2 % 2021', de: 'Freitag, 2. % 2021', fr: 'vendredi 2 % 2021', es: 'viernes, 2 de % de 2021', it: 'venerdì 2 % 2021', pt: 'sexta-feira, 2 de % de 2021', nl: 'vrijdag 2 % 2021', pl: 'piątek, 2 % 2021 r.' };
    for (const [language, names] of Object.entries(months)) {
      it(`are known in ${language}, as they are written there`, () => {
        const read = names.split(',').map((name) => parseDate((days[language] ?? '').replace('%', name), 'dmy'));
        expect(read.map((moment) => [moment?.day, moment?.month, moment?.year])).to.deep.equal(read.map((_, i) => [2, i + 1, 2021]));
      });
    }
  });

  describe('times of day', () => {
    const texts: Record<string, number | null> = { '9:12': 33_120, '09:12:58': 33_178, '9:12 PM': 76_320, '12:00 am': 0, '12 pm': 43_200, '9h12': 33_120, '09.12 Uhr': 33_120, '24:00': null, '9:60': null, 'noon': null, '13 pm': null, '9': null };
    for (const [text, expected] of Object.entries(texts)) it(`${text} → ${expected ?? 'none'}`, () => expect(parseTimeOfDay(text)).to.equal(expected));
    it('takes fractions of a day, and the fraction of a date', () => {
      expect([0.38400462962962961, { kind: 'time', serial: 0.5 } as const, { kind: 'datetime', serial: 44_286.75 } as const, 1.5].map(parseTimeOfDay)).to.deep.equal([33_178, 43_200, 64_800, null]);
    });
  });

  describe('durations', () => {
    const texts: Record<string, number | null> = { ':05:12': 312, ':12': 12, '0:02:23': 143, '2:23': 143, '1:00:00': 3600, '4m 20s': 260, '1 h 5 min': 3900, 'PT4M20S': 260, '260 s': 260, '260000 ms': 260, '1 Std 2 Min': 3720, '1 Std. 2 Min. 3 Sek.': 3723, '200 seg': 200, '2 horas 5 minutos': 7500, '4,5 min': 270, '143': 143, '1.234,5': 1235, '0:60': null, '-5': null, 'long': null, '': null, '800000': null };
    for (const [text, expected] of Object.entries(texts)) it(`${text || 'nothing'} → ${expected ?? 'none'}`, () => expect(parseDuration(text, 'seconds')).to.equal(expected));
    it('counts bare numbers in the unit that is meant, and Excel’s times in days', () => {
      expect([parseDuration(17, 'minutes'), parseDuration('0.5', 'hours'), parseDuration(0.001655092592592593, 'days'), parseDuration({ kind: 'time', serial: 0.0016550925925925926 }, 'minutes')]).to.deep.equal([1020, 1800, 143, 143]);
    });
    it('knows the unit a header names', () => {
      const headers = ['Speed of answer in seconds', 'Talk (min)', 'call duration in minutes', 'AvgTalkDuration', 'Dauer (Stunden)', 'tTalk (ms)'];
      expect(headers.map((header) => unitOfHeader(words(header)))).to.deep.equal(['seconds', 'minutes', 'minutes', null, 'hours', 'milliseconds']);
    });
    it('survives every second of a day as Excel keeps it', () => {
      fc.assert(fc.property(fc.integer({ min: 0, max: 86_399 }), (seconds) => {
        expect(parseDuration({ kind: 'time', serial: seconds / 86_400 }, 'seconds')).to.equal(seconds);
        expect(parseTimeOfDay(seconds / 86_400)).to.equal(seconds);
      }));
    });
  });

  describe('numbers', () => {
    const texts: Record<string, number | null> = { '1234.5': 1234.5, '1,234.5': 1234.5, '1.234,5': 1234.5, "1'234.5": 1234.5, '1 234,5': 1234.5, '1,234': 1234, '1,5': 1.5, '0,125': 0.125, '1.234': 1.234, '1.234.567': 1_234_567, '85 %': 85, '−3': -3, '.5': 0.5, '1e3': 1000, '4 stars': null, '1-2': null, '12:30': null };
    for (const [text, expected] of Object.entries(texts)) it(`${text} → ${expected ?? 'none'}`, () => expect(parseNumber(text)).to.equal(expected));
  });

  it('in brackets of any kind are nobody where nobody is meant, and names elsewhere', () => {
    expect(['[None]', '(none)', '<None>', '{null}', '--', 'Unassigned', '[Unassigned]', '(No agent)', '[Blank]', '[ none ]'].filter((name) => !saysNobody(name))).to.deep.equal([]);
    expect(['[Nora]', 'Nona', '(Nil) Smith', 'None Such', '[None'].filter(saysNobody)).to.deep.equal([]);
  });

  describe('texts', () => {
    it('drops stray blanks, control characters and halves of characters', () => {
      expect(tidy(' Diane\u00A0 Lee \u200B')).to.equal('Diane Lee');
      expect(tidy('a\u0000b\u0007c\td')).to.equal('abc d');
      expect(tidy('x\uD800y').isWellFormed()).to.equal(true);
      expect(tidy('\u202eeviL \u2066 remoH\u202c')).to.equal('eviL remoH');
      expect(prose('Was\u202e late.\r\nAgain.\u200b')).to.equal('Was late.\nAgain.');
    });
    it('folds case and accents for comparing', () => {
      expect(['ÁDA  Agent', 'Straße', 'Ørsted', '李雷'].map(fold)).to.deep.equal(['ada agent', 'strasse', 'ørsted', '李雷']);
    });
    it('leaves plain texts as they are, but for case', () => {
      expect(['Ada', 'Call 7', ' Ada', 'Ada ', 'a  b', '~!@'].map(tidy)).to.deep.equal(['Ada', 'Call 7', 'Ada', 'Ada', 'a b', '~!@']);
      expect(['Ada LOVELACE', 'ID-7', ' Ada', 'a  B'].map(fold)).to.deep.equal(['ada lovelace', 'id-7', 'ada', 'a b']);
    });
    it('takes headers apart', () => {
      expect(['AvgTalkDuration', 'Answered (Y/N)', 'call_timestamp', 'CSATScore'].map(words)).to.deep.equal([['avg', 'talk', 'duration'], ['answered', 'y', 'n'], ['call', 'timestamp'], ['csat', 'score']]);
    });
    it('shows numbers as a spreadsheet does', () => {
      expect([0.1 + 0.2, 1e15, { kind: 'time', serial: 0.0016550925925925926 } as const, { kind: 'datetime', serial: 44_286.5 } as const].map(textOf)).to.deep.equal(['0.3', '1000000000000000', '0:02:23', '2021-03-31 12:00:00']);
    });
    it('understands yes and no in several languages', () => {
      expect(['Y', 'ja', 'Sí', 'OUI', true, 1, 'n', 'Nein', 'não', false, 'perhaps'].map((word) => lookUp(word, yesNo, new Map()))).to.deep.equal([true, true, true, true, true, true, false, false, false, false, undefined]);
    });
  });

  describe('instants', () => {
    const at = (hour: number, zone: string, day = 28, month = 3) => new Date(instantOf({ year: 2021, month, day, seconds: hour * 3600, offsetMinutes: null }, zone)).toISOString();
    it('reads local times in their zone, across changes of the clocks', () => {
      expect([at(1, 'Europe/Berlin'), at(3, 'Europe/Berlin'), at(12, 'America/New_York'), at(12, 'UTC')]).to.deep.equal(['2021-03-28T00:00:00.000Z', '2021-03-28T01:00:00.000Z', '2021-03-28T16:00:00.000Z', '2021-03-28T12:00:00.000Z']);
    });
    it('makes an instant also of times that are skipped, or happen twice', () => {
      expect(at(2.5, 'Europe/Berlin')).to.equal('2021-03-28T01:30:00.000Z');
      expect(at(2.5, 'Europe/Berlin', 31, 10)).to.equal('2021-10-31T00:30:00.000Z');
    });
    it('writes them as ISO 8601', () => {
      for (const instant of [0, 1, -1, 86_399_000, -86_400_000, 1_617_181_978_000, 1_617_181_978_120, Date.UTC(9999, 11, 31, 23, 59, 59), Date.UTC(10_000, 0, 1), -62_198_755_200_000]) {
        expect(isoOf(instant)).to.equal(new Date(instant).toISOString());
      }
    });
    it('believes an offset the text names', () => {
      expect(new Date(instantOf({ year: 2021, month: 3, day: 31, seconds: 0, offsetMinutes: 120 }, 'UTC')).toISOString()).to.equal('2021-03-30T22:00:00.000Z');
    });
  });
});
