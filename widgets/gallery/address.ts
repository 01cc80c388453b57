/** The switches of the gallery: each with its values, the first one its default. */
export const SWITCHES = {
  theme: ['light', 'dark'],
  width: ['480', '320', 'wide'],
  dir: ['ltr', 'rtl'],
  density: ['usual', 'compact'],
} as const;

export type Switch = keyof typeof SWITCHES;
export type Look = { readonly [Key in Switch]: (typeof SWITCHES)[Key][number] };

/** What the page's address asks for. */
export interface Address extends Look {
  readonly widget: string | undefined;
  readonly state: string | undefined;
  /** The cell alone, without the gallery around it. */
  readonly bare: boolean;
}

export function readAddress(search: string): Address {
  const query = new URLSearchParams(search);
  const chosen = <Key extends Switch>(key: Key): Look[Key] => {
    const values: readonly string[] = SWITCHES[key];
    const value = query.get(key);
    return (value !== null && values.includes(value) ? value : values[0]) as Look[Key];
  };
  return {
    widget: query.get('widget') ?? undefined,
    state: query.get('state') ?? undefined,
    bare: query.has('bare'),
    theme: chosen('theme'), width: chosen('width'), dir: chosen('dir'), density: chosen('density'),
  };
}

/** The stable address of a cell: defaults are left out, the rest always stands in the same order. */
export function writeAddress(address: Partial<Address>): string {
  const query = new URLSearchParams();
  if (address.widget) query.set('widget', address.widget);
  if (address.state) query.set('state', address.state);
  for (const key of Object.keys(SWITCHES) as Switch[]) {
    const value = address[key];
    if (value !== undefined && value !== SWITCHES[key][0]) query.set(key, value);
  }
  if (address.bare) query.set('bare', '');
  return `/widgets?${query.toString().replace(/=(?=&|$)/g, '')}`;
}
