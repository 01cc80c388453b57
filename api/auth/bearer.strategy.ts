import type { IncomingMessage } from 'node:http';
import { Strategy } from 'passport';

/** Passport strategy for `Authorization: Bearer …` (RFC 6750); the callback verifies, and throws what is wrong. */
export class BearerStrategy extends Strategy {
  override readonly name = 'bearer';
  // Not private: passport works on an object made from this one, which has no private members.
  readonly verify: (token: string) => Promise<object>;

  constructor(verify: (token: string) => Promise<object>) {
    super();
    this.verify = verify;
  }

  override authenticate(request: IncomingMessage): void {
    const match = /^Bearer ([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? '');
    if (!match?.[1]) return this.fail(401);
    this.verify(match[1]).then(
      (user) => this.success(user),
      (error: unknown) => this.error(error),
    );
  }
}
