import { expect } from 'chai';
import { readByKind } from '../../../../test/imports/read-by-kind.ts';
import type { ImportKindName } from '../kind-names.ts';
import { actionNames, noteNames } from './coaching-names.ts';
import { interactionNames } from './interaction-names.ts';
import type { ColumnNames, Language } from './language.ts';
import { peopleNames } from './people-names.ts';
import { performanceNames } from './performance-names.ts';
import { presenceNames } from './presence-names.ts';

const languages: readonly Language[] = ['de', 'fr', 'es', 'it', 'pt', 'nl', 'pl'];

/** What a cell of each field looks like, and whether it is one: the columns are read by content too. */
const cells: Readonly<Record<string, string>> = {
  externalId: 'A-1', agent: 'Ada Agent', date: '13.04.2026', time: '14:30', startedAt: '13.04.2026 14:30', waitSeconds: '0:00:15', talkSeconds: '0:05:00', holdSeconds: '0:00:05', acwSeconds: '0:00:30',
  rating: '4', customerSatisfaction: '4', sentiment: '0.5', messagesHandled: '12', ticketsResolved: '10', avgResponseTime: '0:00:30', avgHandleTime: '0:04:20', ratingCount: '3', slaCompliance: '95%', onlineHours: '7:30:00',
  fullName: 'Ada Agent', firstName: 'Ada', lastName: 'Agent', username: 'ada_agent', department: 'Support',
  login: '09:00', logout: '17:00', duration: '8:00:00', email: 'ada@example.test', phone: '+49 30 123456', joinedOn: '01.02.2026', createdAt: '13.04.2026', dueDate: '24.12.2026', completedOn: '24.11.2026',
};

/** Words of each language, in the order of `languages`. */
const words: Readonly<Record<string, string>> = {
  channel: 'Anruf,appel,llamada,chiamata,chamada,telefoon,połączenie',
  direction: 'eingehend,entrant,entrante,in entrata,recebida,inkomend,przychodzące',
  answered: 'ja,oui,sí,sì,sim,ja,tak',
  outcome: 'angenommen,répondu,atendida,risposto,atendida,beantwoord,odebrane',
  resolved: 'nein,non,no,no,não,nee,nie',
  firstContact: 'wahr,vrai,verdadero,vero,verdadeiro,waar,prawda',
  role: 'Berater,conseiller,asesor,operatore,atendente,medewerker,konsultant',
  isActive: 'aktiv,actif,activo,attivo,ativo,actief,aktywny',
  noteType: 'Lob,félicitations,elogio,complimento,elogio,lof,pochwała',
  priority: 'hoch,élevée,alta,alta,alta,hoog,wysoki',
  isPrivate: 'nein,non,no,no,não,nee,nie',
  status: 'erledigt,terminé,hecho,fatto,concluído,klaar,zakończone',
};

type Names = Readonly<Record<string, ColumnNames>>;

/** Fields that one file has beside each other; some stand for the same thing and are not in one file. */
const files: readonly (readonly [title: string, kind: ImportKindName, names: Names, without: readonly string[]])[] = [
  ['calls by date and time', 'interactions', interactionNames, ['startedAt', 'outcome']],
  ['calls by one timestamp', 'interactions', interactionNames, ['date', 'time', 'answered']],
  ['daily figures', 'performance', performanceNames, []],
  ['logins', 'presence', presenceNames, []],
  ['people', 'agents', peopleNames, ['firstName', 'lastName']],
  ['people by two names', 'agents', peopleNames, ['fullName']],
  ['notes', 'notes', noteNames, []],
  ['action items', 'actions', actionNames, []],
];

describe('columns in other languages', () => {
  for (const [title, kind, names, without] of files) {
    for (const [at, language] of languages.entries()) {
      it(`of ${title} are known in ${language}, as they are usually called`, async () => {
        const fields = Object.entries(names).filter(([field]) => !without.includes(field));
        const header = fields.map(([, words]) => words[language].split(',')[0] ?? '');
        expect(new Set(header).size, header.join()).to.equal(header.length);
        const file = await readByKind(kind, [header, fields.map(([field]) => cells[field] ?? words[field]?.split(',')[at] ?? 'x')].map((row) => row.map((cell) => `"${cell}"`).join(';')).join('\n'));
        expect(file.rows.flatMap(({ faults }) => faults.map(({ message }) => message))).to.deep.equal([]);
        expect(Object.fromEntries(Object.entries(file.mapping.columns).map(([field, column]) => [header[column ?? -1], field]))).to.deep.equal(Object.fromEntries(fields.map(([field], i) => [header[i], field])));
      });
    }
  }
});
