interface Coded {
  readonly code: string;
  readonly label: string;
}

/** A code made of a reason's name (`After-call work` → `after_call_work`) that no other reason has. */
export function codeFor(label: string, others: readonly Coded[]): string {
  const plain = label.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
  const code = plain.replaceAll(/^[^a-z]+|_+$/g, '').slice(0, 36) || 'reason';
  const taken = new Set(others.map((other) => other.code));
  for (let n = 1; ; n += 1) {
    const candidate = n === 1 ? code : `${code}_${n}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/**
 * Reasons as they are saved. A reason that was stored keeps its code, whatever it is called now: intervals of the past
 * name it. A new one takes the code of its name.
 *
 * @param stored codes that exist already
 */
export function withCodes<T extends Coded>(reasons: readonly T[], stored: ReadonlySet<string>): T[] {
  const done: T[] = [];
  for (const reason of reasons) {
    const label = reason.label.trim();
    const code = stored.has(reason.code) ? reason.code : codeFor(label, [...done, ...reasons.filter((other) => stored.has(other.code))]);
    done.push({ ...reason, label, code });
  }
  return done;
}
