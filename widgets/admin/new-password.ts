const LOWER = 'abcdefghijkmnopqrstuvwxyz';
const UPPER = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const DIGITS = '23456789';
const LENGTH = 16;

/** A password to read out once: no letters that look alike, at least one of each kind the contract asks for. */
export function newPassword(): string {
  const all = LOWER + UPPER + DIGITS;
  for (;;) {
    const password = Array.from({ length: LENGTH }, () => all[below(all.length)]).join('');
    if ([LOWER, UPPER, DIGITS].every((kind) => [...kind].some((letter) => password.includes(letter)))) return password;
  }
}

/** An even random number below `limit` (at most 256): bytes that would favour small numbers are drawn again. */
function below(limit: number): number {
  const even = 256 - (256 % limit);
  for (;;) {
    const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < even) return byte % limit;
  }
}
