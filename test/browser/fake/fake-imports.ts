import { committed, importPage, kinds, past, plan, previewCounts, previewPage, reading, staged } from '../../../widgets/import/import-fixtures.ts';
import { problem } from './answer.ts';
import type { Import } from '../../../widgets/import/import-model.ts';

/** The one import that the fake knows; a test moves it on where a worker would. */
export interface FakeImports {
  current: Import;
  past: Import[];
  plan: typeof plan;
  /** What another window makes of it while it is being agreed to. */
  overtaken?: Import;
}

export const newFakeImports = (): FakeImports => ({ current: staged, past, plan });

type Answer = [status: number, body: unknown];

/** What the imports answer, as far as a request alone moves them. */
export function answerImports(imports: FakeImports, { method, path, query, body }: { method: string; path: string; query: URLSearchParams; body: unknown }): Answer {
  const [, , , id, part, more] = path.split('/');
  if (id === 'kinds') return [200, { data: kinds }];
  if (id === undefined) return method === 'POST' ? [202, become(imports, { ...reading, status: 'queued', progress: { phase: 'waiting', percent: 0, rows: 0 } })] : [200, importPage(imports.past)];
  if (part === 'preview') return [200, more === 'counts' ? previewCounts : previewPage(query)];
  if (part === 'rollback' && method === 'GET') return [200, imports.plan];
  if (method === 'GET') return [200, imports.current];
  if (method === 'DELETE') return [204, become(imports, { ...imports.current, status: 'discarded' })];
  switch (part) {
    case 'mapping':
      return [202, become(imports, { ...reading, decided: body as Import['decided'] })];
    case 'commit':
      if (imports.overtaken) become(imports, imports.overtaken);
      if ((body as { version: number }).version !== imports.current.version) return [409, problem(409, 'The preview is another by now.')];
      return [202, become(imports, { ...imports.current, status: 'committing', progress: { phase: 'committing', percent: 10, rows: 0 } })];
    case 'cancel':
      return [200, become(imports, { ...imports.current, status: 'cancelled' })];
    default:
      return [202, become(imports, { ...committed, status: 'rolling_back', progress: { phase: 'rolling_back', percent: 10, rows: 0 } })];
  }
}

/** Every step is another version. */
export function become(imports: FakeImports, next: Import): Import {
  imports.current = { ...next, version: imports.current.version + 1 };
  return imports.current;
}
