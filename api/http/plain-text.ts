/**
 * Characters nobody sees and that nobody means to send: controls (but for tab and line breaks), zero-width blanks and
 * joiners of words, byte order marks, and whatever turns the direction of text round. They come along when something is
 * copied, and hide or reorder what is read. What letters need stays: joiners (emoji, Persian, Indic scripts), marks of
 * direction, variation selectors. U+0000 stays as well: it is refused, not taken out.
 */
const UNSEEN = /[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u180e\u200b\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]/g;

export const withoutUnseen = (text: string): string => text.replace(UNSEEN, '');

/**
 * Takes unseen characters out of every text of a request, in place and before it is validated, so that lengths and
 * patterns hold for what is stored. Without recursion: a body may be nested deeper than the stack.
 */
export function takeOutUnseen(value: unknown): unknown {
  if (typeof value === 'string') return withoutUnseen(value);
  const waiting: unknown[] = [value];
  for (let holder = waiting.pop(); holder !== undefined; holder = waiting.pop()) {
    if (typeof holder !== 'object' || holder === null) continue;
    for (const [key, inner] of Object.entries(holder)) {
      if (typeof inner === 'object') waiting.push(inner);
      else if (typeof inner === 'string') {
        const clean = withoutUnseen(inner);
        // Defined, not assigned: a key may be `__proto__`.
        if (clean !== inner) Object.defineProperty(holder, key, { value: clean, enumerable: true, configurable: true, writable: true });
      }
    }
  }
  return value;
}

/** Scripts whose spelling needs joiners inside of words. */
const JOINED = String.raw`[\p{scx=Arab}\p{scx=Beng}\p{scx=Deva}\p{scx=Gujr}\p{scx=Guru}\p{scx=Knda}\p{scx=Mlym}\p{scx=Orya}\p{scx=Sinh}\p{scx=Taml}\p{scx=Telu}]`;
const JOINER = new RegExp(String.raw`(?<=${JOINED})[\u200c\u200d](?=${JOINED})`, 'gu');
/** Formats, controls, line breaks, unpaired surrogates, and letters that look like blanks. */
const NOT_IN_NAMES = /[\p{Cf}\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0]/u;

/**
 * Whether a text can be a name (`format: name`): one line of visible letters, so that two names that look the same to
 * everybody are the same. Letters of different scripts that look alike are not told apart.
 */
export const isName = (text: string): boolean => !NOT_IN_NAMES.test(text.replace(JOINER, ''));
