/** What a widget keeps for its tab is its own cell's: frames of one page share a tab, and every visit begins like the first. */
function memory(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value), removeItem: (key) => void kept.delete(key) };
}

Object.defineProperty(window, 'sessionStorage', { value: memory() });

export {};
