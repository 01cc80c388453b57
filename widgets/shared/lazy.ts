/** Loads a module; always the same function for the same module, which is how one is known. */
export type Load<T = unknown> = () => Promise<T>;

/** The server answers, and still the code cannot be had: loading the page again is what is left. */
export class Outdated extends Error {}

const came = new Map<string, Promise<unknown>>();
let tries = 0;

/**
 * Code that is not here yet. Chromium before 156 and Firefox before 154 keep a failed loading as the answer for as long
 * as the page lives: the same file is then asked for under an address of its own. What it imports has no second address,
 * so that a page which lost the network just then has to be loaded again. Others ask again by themselves.
 *
 * @throws Outdated; else what the last try failed with
 */
export async function bring<T>(load: Load<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const url = /https?:\S+/.exec(String(error))?.[0];
    if (!url) throw error;
    const again = came.get(url) ?? import(/* @vite-ignore */ `${url}?again=${++tries}`);
    came.set(url, again);
    try {
      return (await again) as T; // the same file under another name
    } catch (still) {
      came.delete(url);
      const { status } = await fetch(url, { method: 'HEAD' });
      throw status < 500 ? new Outdated() : still;
    }
  }
}
