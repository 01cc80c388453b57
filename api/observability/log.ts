import { pino, type Logger } from 'pino';

export type Log = Logger;

/** Structured logging to standard output. Whatever may hold personal data or a secret is cut out by path. */
export function createLog(level: string, name: string): Log {
  return pino({
    level,
    name,
    base: { pid: process.pid },
    redact: {
      paths: ['*.password', '*.token', '*.accessToken', '*.refreshToken', '*.email', '*.phone', 'headers.authorization', 'headers.cookie'],
      censor: '***',
    },
  });
}
