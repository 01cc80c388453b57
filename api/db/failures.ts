/** SQLSTATE classes and Node errors that mean "not there", not "wrong". 57P: shutdown, crash; 08, 25P03: connection; 53: resources. */
const AWAY_STATES = /^(57P0[1-5]|25P03|08...|53[23]00)$/;
const AWAY_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH']);
const AWAY_MESSAGES = /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/i;

/** Whether an error says that the database is away (and the same request may work in a moment). */
export function isDatabaseAway(error: unknown): boolean {
  for (let e = error; e instanceof Error; e = e.cause) {
    const code = 'code' in e ? String(e.code) : '';
    if (AWAY_STATES.test(code) || AWAY_CODES.has(code) || AWAY_MESSAGES.test(e.message)) return true;
    if (e instanceof AggregateError && e.errors.some(isDatabaseAway)) return true;
  }
  return false;
}

const FULL = new Set(['ENOSPC', 'EDQUOT', '53100']);

/** Whether a disk is full, of this machine or of the database's: 53100 is PostgreSQL's word for it. */
export const isDiskFull = (error: unknown): boolean => hasCode(error, FULL);

/** The name of the unique index an insert ran into, without table and suffix; undefined for any other error. */
export function uniqueViolation(error: unknown): string | undefined {
  for (let e = error; e instanceof Error; e = e.cause) {
    if ('code' in e && e.code === '23505') {
      const constraint = 'constraint' in e ? String(e.constraint) : '';
      return constraint.replace(/^[a-z]+_/, '').replace(/_(key|pkey)$/, '') || 'key';
    }
  }
  return undefined;
}

/** PostgreSQL: serialization_failure, deadlock_detected. Both ask for the same transaction again. */
const AGAIN = new Set(['40001', '40P01']);
/** PostgreSQL: query_canceled (by the limit on a statement's time), lock_not_available. */
const TOO_LONG = new Set(['57014', '55P03']);

/** Whether the same work, begun again, may well succeed: it stood in the way of somebody else's. */
export const asksAgain = (error: unknown): boolean => hasCode(error, AGAIN);

/** Whether it was broken off because it took, or waited, too long: others are at work. */
export const tookTooLong = (error: unknown): boolean => hasCode(error, TOO_LONG);

function hasCode(error: unknown, codes: ReadonlySet<string>): boolean {
  for (let e = error; e instanceof Error; e = e.cause) {
    if ('code' in e && codes.has(String(e.code))) return true;
  }
  return false;
}
