/** The states that every widget has, unless it says otherwise. */
export const STATES = ['loading', 'empty', 'populated', 'error', 'offline', 'forbidden', 'expired', 'signed-out'] as const;
export type CommonState = (typeof STATES)[number];

/** Whom the gallery knows. */
export type Person = 'admin' | 'manager' | 'team_leader' | 'cs' | 'viewer';

/** What an answer is made from. */
export interface CannedRequest {
  readonly method: string;
  /** What stands for the `{…}` of its path, in their order. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** What a request is answered with; `undefined` is 204. */
export type Answers = Readonly<Record<`${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`, (request: CannedRequest) => unknown>>;

/** A widget in one state. */
export interface Cell {
  /** Words that are on the screen in this state and say that it is this state. */
  shows: string;
  /** Who looks; the entry's person when left out. */
  person?: Person;
  /** Instead of the entry's answers, path by path. */
  answers?: Answers;
  attributes?: Readonly<Record<string, string>>;
  /** What somebody does before it is looked at. */
  play?: (widget: HTMLElement) => Promise<unknown>;
  /** How the network is while it loads. */
  network?: 'answers' | 'holds' | 'fails' | 'forbids';
  /** What happens once it has loaded, before `play`. */
  then?: 'offline';
  session?: 'expired' | 'signed-out';
}

/** All that the gallery knows of a widget; each has its own in `<widget>/gallery.ts`. */
export interface GalleryEntry {
  widget: string;
  title: string;
  load: () => Promise<unknown>;
  person: Person;
  attributes?: Readonly<Record<string, string>>;
  /** Requests of this widget by method and path (`{id}` stands for one segment). */
  answers: Answers;
  /** Its common states: words for those that need them, `false` for those it does not have. */
  states: Readonly<{ populated: Cell; empty: Cell | false } & Partial<Record<CommonState, Partial<Cell> | false>>>;
  /** States of its own, by name. */
  more?: Readonly<Record<string, Cell>>;
}

const usual: Readonly<Record<Exclude<CommonState, 'populated' | 'empty'>, Cell>> = {
  loading: { shows: '', network: 'holds' },
  error: { shows: 'This could not be loaded.', network: 'fails' },
  offline: { shows: 'Offline', then: 'offline' },
  forbidden: { shows: 'This is not open to your role.', network: 'forbids' },
  expired: { shows: 'Your sign-in has ended.', session: 'expired' },
  'signed-out': { shows: 'Nobody is signed in.', session: 'signed-out' },
};

/** The cells of a widget by their name, in the order in which they are shown. */
export function cellsOf({ states, more = {} }: GalleryEntry): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  for (const state of STATES) {
    const own = states[state];
    if (own === false) continue;
    const cell = state === 'populated' || state === 'empty' ? (own as Cell) : { ...usual[state], ...own };
    cells.set(state, cell);
  }
  for (const [name, cell] of Object.entries(more)) cells.set(name, cell);
  return cells;
}
