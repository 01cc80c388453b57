/** Where somebody is in the console, as the address says it behind its `#`. */
export interface Place {
  /** The panel's tab; the first one when left out. */
  readonly tab?: string | undefined;
  readonly session?: string | undefined;
  /** Whose card is open. */
  readonly card?: number | undefined;
  readonly administration?: boolean;
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The place an address names; empty for one that names none, such as that of a set-up link. */
export function placeOf(hash: string): Place {
  const named = new URLSearchParams(hash.replace(/^#/, ''));
  const session = named.get('session') ?? '';
  const card = Number(named.get('card'));
  return {
    tab: named.get('tab') ?? undefined,
    session: UUID.test(session) ? session : undefined,
    card: Number.isSafeInteger(card) && card > 0 ? card : undefined,
    administration: named.has('administration'),
  };
}

/** A reload finds the place again. Going about makes no history: Back leaves the console, as it always has. */
export function showInAddress({ tab, session, card, administration }: Place): void {
  const named = new URLSearchParams();
  if (administration) named.set('administration', '');
  else {
    if (tab) named.set('tab', tab);
    if (session) named.set('session', session);
    else if (card) named.set('card', String(card));
  }
  const hash = named.toString().replace(/=$/, '');
  history.replaceState(null, '', `${location.pathname}${hash && '#'}${hash}`);
}
