import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { ESLint } from 'eslint';

/** Code that breaks one house rule each, as if it stood in that file (types come from the file's own project). */
const BREACHES: readonly (readonly [rule: string, file: string, code: string])[] = [
  ['no-restricted-syntax', 'api/db/ids.ts', `export default 1;`],
  ['no-restricted-syntax', 'api/db/ids.ts', `const a = 1; export { a as default };`],
  ['no-restricted-syntax', 'api/db/ids.ts', `export * from './clock.ts';`],
  ['no-restricted-syntax', 'api/db/ids.ts', `export const home = process.env['HOME'];`],
  ['no-restricted-syntax', 'workers/registry.ts', `import { env } from 'node:process'; export const home = env['HOME'];`],
  ['@typescript-eslint/no-explicit-any', 'api/db/ids.ts', `export const f = (value: any): string => String(value);`],
  ['@typescript-eslint/no-floating-promises', 'api/db/ids.ts', `export function f(): void { Promise.resolve(1); }`],
  ['@typescript-eslint/no-misused-promises', 'api/db/ids.ts', `export const f = (list: number[]): void => list.forEach(async (n) => { await Promise.resolve(n); });`],
  ['@typescript-eslint/no-unused-vars', 'api/db/ids.ts', `const unused = 1; export const used = 2;`],
  ['@typescript-eslint/ban-ts-comment', 'api/db/ids.ts', `// @ts-expect-error\nexport const n: number = 'one';`],
  ['sideline/explained-suppressions', 'api/db/ids.ts', `// eslint-disable-next-line no-var\nexport var n = 1;`],
  ['sideline/explained-suppressions', 'api/db/ids.ts', `// eslint-disable-next-line -- all of it\nexport var n = 1;`],
  ['no-console', 'api/db/ids.ts', `console.log('hello');`],
  ['lit/no-legacy-template-syntax', 'widgets/shared/avatar.ts', 'import { html } from "lit"; export const view = html`<p on-click=${1}></p>`;'],
];

/** Code that looks like a breach and is none. */
const ALLOWED: readonly (readonly [file: string, code: string])[] = [
  ['api/config.ts', `export const home = process.env['HOME'];`],
  ['widgets/index.ts', `export * from './load.ts';`],
  ['api/db/ids.ts', `// eslint-disable-next-line no-var -- hoisted on purpose\nexport var n = 1;`],
];

describe('lint', function () {
  this.timeout(120_000);
  const eslint = new ESLint({ cwd: fileURLToPath(new URL('../../', import.meta.url)) });

  async function rulesBroken(file: string, code: string): Promise<string[]> {
    const [result] = await eslint.lintText(`${code}\n`, { filePath: file });
    return (result?.messages ?? []).map((message) => message.ruleId ?? message.message);
  }

  it('knows each breach by its rule', async () => {
    for (const [rule, file, code] of BREACHES) expect(await rulesBroken(file, code), code).to.include(rule);
  });

  it('lets pass what only looks like one', async () => {
    for (const [file, code] of ALLOWED) expect(await rulesBroken(file, code), code).to.deep.equal([]);
  });
});
