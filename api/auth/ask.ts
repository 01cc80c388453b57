import { createInterface } from 'node:readline/promises';
import { PassThrough, type Readable, type Writable } from 'node:stream';

/** Where a person sits: their keyboard and their screen. */
export interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
}

/** The person has broken off (Ctrl-C, Ctrl-D). */
export class BrokenOff extends Error {}

/** @throws BrokenOff */
export async function ask({ input, output }: Terminal, question: string): Promise<string> {
  return (await answer(input, output, question)).trim();
}

/** Asks for what nobody may read over the shoulder: nothing of it is shown. @throws BrokenOff */
export async function askHidden({ input, output }: Terminal, question: string): Promise<string> {
  output.write(question);
  try {
    // As a terminal, so that the system does not echo either; what would be drawn goes nowhere.
    return await answer(input, new PassThrough().resume(), '');
  } finally {
    output.write('\n');
  }
}

/** What is piped in: its first line. */
export async function firstLine(input: Readable): Promise<string> {
  const lines = createInterface({ input });
  for await (const line of lines) return line;
  return '';
}

async function answer(input: Readable, output: Writable, question: string): Promise<string> {
  const lines = createInterface({ input, output, terminal: true });
  const broken = new Promise<never>((_resolve, reject) => {
    for (const event of ['SIGINT', 'close'] as const) lines.once(event, () => reject(new BrokenOff()));
  });
  try {
    return await Promise.race([lines.question(question), broken]);
  } finally {
    broken.catch(() => undefined);
    lines.close();
  }
}
