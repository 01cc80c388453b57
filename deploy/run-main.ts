import { ConfigError } from '../api/config.ts';
import { StartError } from './start-error.ts';

/**
 * Runs a program to its end and leaves with its exit code. What the user has to put right is told in
 * plain words; anything else with its stack.
 */
export async function runMain(main: () => Promise<number>): Promise<never> {
  try {
    process.exit(await main());
  } catch (error) {
    const plain = error instanceof ConfigError || error instanceof StartError;
    process.stderr.write(`\n${plain ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  }
}
