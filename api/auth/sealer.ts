import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Config } from '../config.ts';

const ALGORITHM = 'aes-256-gcm';
const KID_BYTES = 12;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts what must lie in the database for a while and be read again (AES-256-GCM). The keys are derived from
 * `JWT_SECRET` and rotate with it: the newest seals, all open. `context` binds a text to its place; it cannot be
 * moved to another row.
 */
export class Sealer {
  readonly #keys: readonly { readonly kid: string; readonly key: Buffer }[];

  constructor(secrets: Config['auth']['secrets']) {
    this.#keys = secrets.map(({ kid, secret }) => ({ kid, key: Buffer.from(hkdfSync('sha256', secret, '', 'sideline sealed column', 32)) }));
  }

  seal(text: string, context: string): Buffer {
    const [newest] = this.#keys;
    if (!newest) throw new Error('no secret to seal with');
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, newest.key, iv).setAAD(Buffer.from(context));
    const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from(newest.kid), iv, cipher.getAuthTag(), encrypted]);
  }

  /** Undefined when the secret is gone, or the text or its place is not what was sealed. */
  open(sealed: Buffer, context: string): string | undefined {
    const kid = sealed.subarray(0, KID_BYTES).toString();
    const known = this.#keys.find((candidate) => candidate.kid === kid);
    if (!known || sealed.length < KID_BYTES + IV_BYTES + TAG_BYTES) return undefined;
    const [iv, tag, encrypted] = [sealed.subarray(KID_BYTES, KID_BYTES + IV_BYTES), sealed.subarray(KID_BYTES + IV_BYTES, KID_BYTES + IV_BYTES + TAG_BYTES), sealed.subarray(KID_BYTES + IV_BYTES + TAG_BYTES)];
    try {
      const decipher = createDecipheriv(ALGORITHM, known.key, iv).setAAD(Buffer.from(context)).setAuthTag(tag);
      return decipher.update(encrypted, undefined, 'utf8') + decipher.final('utf8');
    } catch {
      return undefined;
    }
  }
}
