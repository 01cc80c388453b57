import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

const BRAND = 'sl_live_';
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Digits of 256 bits, and of 32, to the base of 62. */
const SECRET_LENGTH = 43;
const CHECKSUM_LENGTH = 6;
const SHAPE = new RegExp(`^${BRAND}[0-9A-Za-z]{${SECRET_LENGTH + CHECKSUM_LENGTH}}$`);
/** Characters that lists show; more than 200 bits stay unknown. */
const SHOWN = BRAND.length + 8;

/**
 * A new key: `sl_live_`, 256 random bits, and the CRC-32 of both. The prefix lets scanners find leaked ones, the
 * checksum lets them (and us) tell a key from noise without asking; letters and digits only, so that a double click
 * selects it whole.
 */
export function newKey(): string {
  const body = BRAND + base62(BigInt(`0x${randomBytes(32).toString('hex')}`), SECRET_LENGTH);
  return body + checksum(body);
}

/** Whether somebody meant a key, be it a good one or not. */
export const looksLikeKey = (text: string): boolean => text.startsWith('sl_');

/** Whether the text can be a key at all: nothing misspelt or cut off reaches the database. */
export function isWellFormed(key: string): boolean {
  if (!SHAPE.test(key)) return false;
  const body = key.slice(0, -CHECKSUM_LENGTH);
  return checksum(body) === key.slice(-CHECKSUM_LENGTH);
}

/** What lists show of a key, and what it is looked up by. */
export const prefixOf = (key: string): string => key.slice(0, SHOWN);

/** Plain SHA-256: 256 random bits need no slow hash, which would only be paid for at every request. */
export const hashKey = (key: string): Buffer => createHash('sha256').update(key).digest();

/** In constant time: how much of a guess is right cannot be measured. */
export const sameHash = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

const checksum = (body: string): string => base62(BigInt(crc32(body)), CHECKSUM_LENGTH);

function base62(number: bigint, length: number): string {
  let text = '';
  for (let rest = number; rest > 0n; rest /= 62n) text = (ALPHABET[Number(rest % 62n)] ?? '') + text;
  return text.padStart(length, '0');
}
