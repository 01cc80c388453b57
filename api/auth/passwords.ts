import { hash, verify } from '@node-rs/argon2';

/** OWASP's recommendation for argon2id (the library's 2): 19 MiB, two passes, one lane. */
const OPTIONS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** The hash of nobody's password: checking it costs an unknown user name as much as a known one. */
let decoy: Promise<string> | undefined;

export const hashPassword = (password: string): Promise<string> => hash(password, OPTIONS);

/** Whether the password fits. Takes the same time when there is no such person (`stored` undefined) or no password. */
export async function checkPassword(stored: string | undefined, password: string): Promise<boolean> {
  const usable = stored?.startsWith('$argon2');
  decoy ??= hashPassword('nobody has this password');
  const matches = await verify(usable && stored ? stored : await decoy, password);
  return matches && usable === true;
}
