/** SQLSTATE classes and Node errors that mean "not there", not "wrong". 57P: shutdown, crash; 08: connection; 53: resources. */
const AWAY_STATES = /^(57P0[1-5]|08...|53[23]00)$/;
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

/** Whether a disk is full, of this machine or of the database's: 53100 is PostgreSQL's word for it. */
export function isDiskFull(error: unknown): boolean {
  for (let e = error; e instanceof Error; e = e.cause) {
    if ('code' in e && ['ENOSPC', 'EDQUOT', '53100'].includes(String(e.code))) return true;
  }
  return false;
}

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

/** Whether the same work, begun again, may well succeed: it stood in the way of somebody else's. */
export function asksAgain(error: unknown): boolean {
  for (let e = error; e instanceof Error; e = e.cause) {
    if ('code' in e && AGAIN.has(String(e.code))) return true;
  }
  return false;
}
