import { NO_DECISIONS, type Decisions, type Value } from './decisions.ts';

/** Where somebody was in this tab: the import they had open, and what they had decided and not had read yet. */
export interface KeptPlace {
  readonly importId: string;
  readonly decisions: Decisions;
}

const keyOf = (me: number): string => `sideline-import ${me}`;

/** In the tab's own storage, so that a reload goes on where it was and two tabs do not meet. Where that is closed to the page, nothing is kept. */
export function keep(me: number, place: KeptPlace | undefined): void {
  try {
    if (!place) sessionStorage.removeItem(keyOf(me));
    // What is taken back has no value: it stays without one.
    else sessionStorage.setItem(keyOf(me), JSON.stringify({ importId: place.importId, decisions: [...place.decisions].map(([pointer, value]) => (value === undefined ? [pointer] : [pointer, value])) }));
  } catch {
    // An embedded frame without storage, or a full one: the list of imports leads back as well.
  }
}

export function keptPlace(me: number): KeptPlace | undefined {
  try {
    const { importId, decisions } = JSON.parse(sessionStorage.getItem(keyOf(me)) ?? '{}') as { importId?: string; decisions?: [string, Value?][] };
    return importId === undefined ? undefined : { importId, decisions: decisions ? new Map(decisions.map(([pointer, value]) => [pointer, value])) : NO_DECISIONS };
  } catch {
    return undefined;
  }
}
