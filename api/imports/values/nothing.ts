import type { CellValue } from '../parsing/row-source.ts';
import { fold } from './text.ts';

const listed = (...lists: readonly string[]): ReadonlySet<string> => new Set(lists.flatMap((list) => list.split(',')));

/** What people and programs write into a cell that has nothing to say, folded. Never something of its own, not even in a column of free text. */
const NOTHING = listed(
  'n/a,n.a.,n. a.,n.a,n/a.,#n/a,#n/d,#nv,#n/b,n/d,n.d.,n/v,n.v.,n/k,null,(null),<null>,\\n,nil,none,(none),<none>,nan,undefined',
  '(blank),(empty),(leer),(vide),(vacio),(vuoto),(vazio),(leeg),(puste)',
  'not applicable,not available,k. a.,k.a.,k.a,k/a,keine angabe,keine angaben,entfallt,nicht zutreffend,nicht verfugbar',
  's/o,s.o.,sans objet,non applicable,non disponible,non renseigne,neant,s/d,s.d.,sin dato,sin datos,sin informacion,no aplica,no disponible,ninguno,ninguna,n/c',
  'non disponibile,non applicabile,nessuno,nessuna,sem dados,sem informacao,nao aplicavel,nao disponivel,nenhum,nenhuma',
  'n.v.t.,nvt,niet van toepassing,niet beschikbaar,geen,brak,brak danych,nie dotyczy,b/d,b.d.,ikke relevant,ingen,ej tillampligt,saknas,mangler',
);

/** Besides, where one of a few words is expected. */
const NO_WORD = listed(
  'na,nd,ka,bd,sd,unknown,not known,not set,not given,not recorded,no value,no data,blank,empty,missing',
  'unbekannt,unklar,leer,keine,keiner,keine daten,inconnu,inconnue,aucun,aucune,vide,desconocido,desconocida,vacio,sconosciuto,vuoto,desconhecido,vazio,onbekend,leeg,nieznany,nieznane,ukendt,ukjent,okand',
);

/** Besides, where a number, a rating, a day or a time is expected: nobody could mean anything else by them there. */
const NO_VALUE = listed(
  'no response,no answer,no reply,no rating,no score,no survey,no feedback,not rated,not scored,not answered,not surveyed,unrated,skipped,declined,tbd,tba,tbc,pending,not yet',
  'keine antwort,keine bewertung,nicht bewertet,sans reponse,pas de reponse,non note,sin respuesta,sin valoracion,sin calificar,nessuna risposta,non valutato,sem resposta,sem avaliacao,nao avaliado,geen antwoord,geen beoordeling,niet beoordeeld,brak odpowiedzi,brak oceny,intet svar,ingen svar,inget svar',
);

/** Besides, where a person is expected. */
const NOBODY = listed(
  'na,nobody,no one,no agent,unassigned,not assigned,unknown,unknown agent,unknown user,anonymous,blank,empty,no agents,agent unknown,not available,not known,system,ivr',
  'niemand,nicht zugewiesen,nicht zugeordnet,ohne,unbekannt,personne,non attribue,non affecte,non assigne,inconnu,nadie,sin asignar,no asignado,sin agente,desconocido',
  'non assegnato,non attribuito,sconosciuto,ninguem,nao atribuido,sem atribuicao,sem agente,desconhecido,niet toegewezen,onbekend,nieprzypisany,nieprzypisane,nieznany,ikke tildelt,ej tilldelad,otilldelad',
);

/** A line, dots or marks where a word should be; a single full stop too. */
const MARKS = /^[-–—−‐‑‒―_.…·•*?¿]+$/u;

/** Whether a cell holds a text that stands for a blank, whatever its column. A formula that failed does not: it is a fault. */
export function saysNothing(cell: CellValue | undefined): boolean {
  return isWord(cell) && (MARKS.test(cell.trim()) || inList(NOTHING, cell));
}

/** `[None]`, `<none>` and `{none}` are `(none)`: some systems put what is no name of anything in brackets. */
const inList = (list: ReadonlySet<string>, text: string): boolean => {
  const folded = fold(text);
  const inside = /^[[(<{]\s*(.+?)\s*[\])>}]$/.exec(folded)?.[1];
  return list.has(folded) || (inside !== undefined && (list.has(inside) || list.has(`(${inside})`)));
};

/** As {@link saysNothing}, for columns of words with a few meanings. */
export const saysNoWord = (cell: CellValue | undefined): boolean => saysNothing(cell) || (isWord(cell) && inList(NO_WORD, cell));

/** As {@link saysNothing}, for columns of numbers, ratings, days and times. */
export const saysNoValue = (cell: CellValue | undefined): boolean => saysNoWord(cell) || (isWord(cell) && inList(NO_VALUE, cell));

/** As {@link saysNothing}, for columns of people: `Unassigned`, `nobody`. Somebody may have such a name all the same. */
export const saysNobody = (name: string): boolean => saysNothing(name) || (isWord(name) && inList(NOBODY, name));

/** Longer texts say something. */
const longest = 30;

const isWord = (cell: CellValue | undefined): cell is string => typeof cell === 'string' && cell.length <= longest;
