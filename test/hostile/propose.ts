// Finds the table in each of some files, alone in its process, and says what became of each and how much memory all of them took
// on top of what the program itself needs.
import { interactionsKind } from '../../api/imports/kinds/interactions/interactions-kind.ts';
import { proposeMapping } from '../../api/imports/mapping/propose-mapping.ts';
import { defaultLimits } from '../../api/imports/parsing/limits.ts';
import { openSource } from '../../api/imports/parsing/open-source.ts';
import { FileRefused } from '../../api/imports/parsing/refusal.ts';

/** What became of a file: the code it was refused with, or what was found in it. */
type Outcome = string | { sheets: number; columns: number };

async function propose(path: string): Promise<Outcome> {
  try {
    const source = await openSource(path, path, defaultLimits);
    try {
      const { detected } = await proposeMapping(source, interactionsKind(), {}, () => Promise.resolve(null));
      return { sheets: detected.sheets.length, columns: detected.headers.length };
    } finally {
      await source.close();
    }
  } catch (error) {
    if (error instanceof FileRefused) return error.code;
    throw error;
  }
}

const mostSoFar = (): number => process.resourceUsage().maxRSS / 1024;
const program = mostSoFar();
const outcomes: Outcome[] = [];
for (const path of process.argv.slice(2)) outcomes.push(await propose(path));
console.log(JSON.stringify({ outcomes, megabytes: mostSoFar() - program }));
