import leven from 'leven';
import type { KnownPerson } from '../agents/imported-people.service.ts';
import { fold } from './values/text.ts';

/** Somebody who may be meant. */
export interface Suggestion {
  readonly id: number;
  readonly name: string;
  readonly email: string;
}

const mostSuggested = 3;
/** Shares of a name that have to agree, 0 to 1; two words of five letters may have two letters wrong in each. */
const leastWord = 0.6;
const leastName = 0.7;
const mostWrong = 2;
const shortestBeginning = 3;
/** An initial agrees with a word, less than the word itself does, and disagrees as much as a short word. */
const byInitial = 0.9;
const byBeginning = 0.85;
const shortWord = 4;
/** What a word costs that somebody has and the file leaves out: a middle name, or all but the first. */
const leftOut = 0.12;
/** Longer names are none, and would take their time. */
const mostWords = 8;
const longestWord = 40;

/**
 * Finds the people a name may mean that is nobody's: with typing errors, initials (`A. Rahman`, `AR`), in another order, in
 * part, or run together as in a user name. Words are compared, each different one once for all the people who have it.
 */
export class NearNames {
  readonly #people: readonly { readonly person: KnownPerson; readonly words: readonly string[] }[];
  /** Word → places of the people who have it. */
  readonly #byWord = new Map<string, { readonly letters: number; readonly places: number[] }>();
  /** Words run together → places of the people who may be called so. */
  readonly #byJoined = new Map<string, number[]>();

  constructor(people: readonly KnownPerson[]) {
    this.#people = people.map((person) => ({ person, words: wordsOf(person.fullName) }));
    this.#people.forEach(({ person, words }, place) => {
      for (const word of new Set(words)) this.#noteWord(word, place);
      for (const joined of new Set([...joinedOf(words), wordsOf(person.username).join('')])) note(this.#byJoined, joined, place);
    });
  }

  #noteWord(word: string, place: number): void {
    const known = this.#byWord.get(word);
    if (known) known.places.push(place);
    else this.#byWord.set(word, { letters: lettersOf(word), places: [place] });
  }

  /** The nearest first; none where nobody is near. */
  of(name: string): Suggestion[] {
    const words = wordsOf(name);
    if (words.length === 0 || words.length > mostWords) return [];
    const joined = this.#byJoined.get(words.join('')) ?? [];
    const isRunTogether = words.length === 1 && joined.length > 0 && words.join('').length >= shortWord;
    const places = isRunTogether ? joined : [...new Set([...this.#ranked(words), ...joined])];
    return places.slice(0, mostSuggested).flatMap((place) => this.#suggestion(place));
  }

  /** Places of those whose words agree, the best first. */
  #ranked(words: readonly string[]): number[] {
    const alike = words.map((word) => this.#alike(word));
    const places = new Set(alike.flatMap((found) => [...found.keys()].flatMap((word) => this.#byWord.get(word)?.places ?? [])));
    const scored = [...places].map((place) => ({ place, score: nearness(words, this.#people[place]?.words ?? [], alike) }));
    return scored.filter(({ score }) => score >= leastName).sort((a, b) => b.score - a.score || a.place - b.place).map(({ place }) => place);
  }

  /** How much each word that somebody has agrees with this one. */
  #alike(word: string): Map<string, number> {
    const found = new Map<string, number>();
    const letters = lettersOf(word);
    for (const [known, { letters: others }] of this.#byWord) {
      const agrees = byPart(word, known) || byTypingErrors(word, known, letters & ~others, others & ~letters);
      if (agrees >= leastWord) found.set(known, agrees);
    }
    return found;
  }

  #suggestion(place: number): Suggestion[] {
    const person = this.#people[place]?.person;
    return person ? [{ id: person.id, name: person.fullName, email: person.email }] : [];
  }
}

/** The parts of a name, or of the user name in an e-mail: `a.rahman@example.com` is a and rahman. */
const wordsOf = (name: string): string[] => fold(name.replace(/@.*/, '')).split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '' && word.length <= longestWord);

function note(places: Map<string, number[]>, key: string, place: number): void {
  const known = places.get(key);
  if (known) known.push(place);
  else places.set(key, [place]);
}

/** The ways somebody's words are run together: `aisharahman`, `arahman`, `rahmana`, `ar`. */
function joinedOf(words: readonly string[]): string[] {
  const [first = '', last = ''] = [words[0], words.at(-1)];
  return words.length < 2 ? words.slice() : [words.join(''), [...words].reverse().join(''), `${first.slice(0, 1)}${last}`, `${last}${first.slice(0, 1)}`, words.map((word) => word[0]).join('')];
}

/** Which letters a word has, a bit each; some share one. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at++) letters |= 1 << (word.charCodeAt(at) & 31);
  return letters;
}

/** How many bits are set, up to one more than letters may be wrong. */
function bits(of: number): number {
  let [left, count] = [of, 0];
  for (; left !== 0 && count <= mostWrong; count++) left &= left - 1;
  return count;
}

/** How much a word agrees with one that it is an initial or the beginning of, or that is one of it; 0 to 1. */
function byPart(word: string, known: string): number {
  const [shorter, longer] = word.length <= known.length ? [word, known] : [known, word];
  if (!longer.startsWith(shorter)) return 0;
  if (shorter.length === longer.length) return 1;
  return shorter.length === 1 ? byInitial : shorter.length >= shortestBeginning ? byBeginning : 0;
}

/**
 * How much of two words agrees where letters of one are wrong, 0 to 1.
 * @param missing @param more letters that only one of them has: most words differ in more than anybody mistypes, and are not looked at further
 */
function byTypingErrors(word: string, known: string, missing: number, more: number): number {
  if (bits(missing) > mostWrong || bits(more) > mostWrong) return 0;
  const longer = Math.max(word.length, known.length);
  const most = Math.floor(longer * (1 - leastWord));
  if (longer - Math.min(word.length, known.length) > most) return 0;
  const wrong = leven(word, known, { maxDistance: most + 1 });
  return wrong > Math.min(most, mostWrong) ? 0 : 1 - wrong / longer;
}

/** How much of a name is somebody's, 0 to 1: each word of one is given to one word of the other, the best first. */
function nearness(words: readonly string[], known: readonly string[], alike: readonly ReadonlyMap<string, number>[]): number {
  const pairs = words.flatMap((_, at) => known.map((word, other) => ({ at, other, agrees: alike[at]?.get(word) ?? 0 }))).filter(({ agrees }) => agrees > 0);
  const [given, taken] = [new Map<number, number>(), new Set<number>()];
  for (const { at, other, agrees } of pairs.sort((a, b) => b.agrees - a.agrees)) {
    if (given.has(at) || taken.has(other)) continue;
    given.set(at, agrees);
    taken.add(other);
  }
  const weight = (word: string): number => Math.max(word.length, shortWord);
  const all = words.reduce((sum, word) => sum + weight(word), 0);
  const agreeing = words.reduce((sum, word, at) => sum + weight(word) * (given.get(at) ?? 0), 0);
  return (agreeing / all) * (1 - leftOut * (known.length - taken.size));
}
