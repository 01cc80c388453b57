// A process that does one step of an import, as a worker's job does, and is there to be killed meanwhile.
import { systemPrincipal } from '../../api/auth/principal.ts';
import { readEnv, toConfig } from '../../api/config.ts';
import { createContext } from '../../api/context.ts';

export type Step = 'stage' | 'commit' | 'undo';

const [step, id = ''] = process.argv.slice(2) as [Step, string];
const by = systemPrincipal('imports');
const ctx = await createContext(toConfig(readEnv()), 'import-step');
await (step === 'stage' ? ctx.imports.stage(by, id, 1) : ctx.imports[step](by, id));
await ctx.close();
