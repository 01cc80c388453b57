const PERSONAL = new Set(['email', 'phone', 'username', 'fullName', 'content', 'comment', 'avatar', 'customerRef']);
const SECRET = new Set(['password', 'passwordHash', 'token', 'refreshToken', 'accessToken']);

/**
 * A copy in which personal data is only hinted at (`a***` and its length) and secrets are gone: enough to see
 * that a value changed, too little to learn it.
 */
export function maskPersonalData(fields: Record<string, unknown>): Record<string, unknown> {
  const masked: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (SECRET.has(name)) masked[name] = '***';
    else if (PERSONAL.has(name) && typeof value === 'string') masked[name] = hint(value);
    else masked[name] = value;
  }
  return masked;
}

/** The first character whole: half an emoji would be no text for PostgreSQL. */
export const hint = (text: string): string => `${String.fromCodePoint(text.codePointAt(0) ?? 42)}*** (${text.length})`;
