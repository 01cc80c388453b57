import { pino, type DestinationStream, type Logger, type LoggerOptions } from 'pino';

export type Log = Logger;

/** API keys wherever they stand, in an address, a message or a stack: the lines are masked as they are written. */
const KEY = /sl_live_[0-9A-Za-z]+/g;
export const maskKeys = (text: string): string => text.replace(KEY, 'sl_live_***');

/** Structured logging to standard output, or wherever a test wants it. Whatever may hold personal data or a secret is cut out by path. */
export function createLog(level: string, name: string, output?: DestinationStream): Log {
  const options: LoggerOptions = {
    level,
    name,
    hooks: { streamWrite: maskKeys },
    base: { pid: process.pid },
    redact: {
      paths: ['*.password', '*.token', '*.accessToken', '*.refreshToken', '*.email', '*.phone', 'headers.authorization', 'headers.cookie'],
      censor: '***',
    },
  };
  return output ? pino(options, output) : pino(options);
}
