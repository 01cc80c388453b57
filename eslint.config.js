import lit from 'eslint-plugin-lit';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Every suppression carries its reason: `// eslint-disable-next-line rule -- why`. */
const explainedSuppressions = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { unexplained: 'Say why after two dashes: `eslint-disable-next-line rule -- reason`.', unnamed: 'Name the rule that is switched off.' },
  },
  create: (context) => ({
    Program() {
      for (const comment of context.sourceCode.getAllComments()) {
        const directive = /^\s*eslint-disable(?:-next-line|-line)?(?=\s|$)(?<rules>.*?)(?:\s-{2,}\s(?<reason>.*))?$/su.exec(comment.value);
        if (!directive) continue;
        if (!directive.groups.rules.trim()) context.report({ loc: comment.loc, messageId: 'unnamed' });
        if (!directive.groups.reason?.trim()) context.report({ loc: comment.loc, messageId: 'unexplained' });
      }
    },
  }),
};

/** Reading the environment anywhere but in the one place that checks it hides a setting from everybody. */
const ENVIRONMENT_MESSAGE = 'Only api/config.ts reads the environment; take the setting from the configuration.';
const NO_ENVIRONMENT = [
  { selector: 'MemberExpression[object.name="process"][property.name="env"]', message: ENVIRONMENT_MESSAGE },
  { selector: 'ImportDeclaration[source.value=/^(node:)?process$/] ImportSpecifier[imported.name="env"]', message: ENVIRONMENT_MESSAGE },
];

const NAMED_EXPORTS_ONLY = [
  { selector: 'ExportDefaultDeclaration', message: 'Export by name: one thing has one name everywhere.' },
  { selector: 'ExportSpecifier[exported.name="default"]', message: 'Export by name: one thing has one name everywhere.' },
];

const NO_BARRELS = [{ selector: 'ExportAllDeclaration', message: 'Import from the module that has it; widgets/index.ts is the one barrel.' }];

/** Who reads that a test was left out wants to know what is missing. */
const SKIPS_SAY_WHY = [{ selector: 'CallExpression[callee.object.type="ThisExpression"][callee.property.name="skip"]', message: 'A skip says why: skip(this, reason) of test/harness/skip.ts.' }];

const syntax = (...restrictions) => ({ 'no-restricted-syntax': ['error', ...restrictions.flat()] });

export default defineConfig(
  { ignores: ['dist/', 'coverage/', 'reports/', '.stryker-tmp/', '.data/', 'api/http/contract.types.ts'] },
  {
    plugins: { sideline: { rules: { 'explained-suppressions': explainedSuppressions } } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: { 'sideline/explained-suppressions': 'error', eqeqeq: 'error', 'prefer-const': 'error', 'no-var': 'error' },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...syntax(NAMED_EXPORTS_ONLY, NO_BARRELS, NO_ENVIRONMENT),
      'no-console': 'error',
      'max-lines': ['warn', { max: 350, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['warn', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-depth': ['warn', 4],
      complexity: ['warn', 20],
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': 'allow-with-description', 'ts-ignore': true, 'ts-nocheck': true, minimumDescriptionLength: 10 },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // A method may be async because its interface is.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['api/config.ts', 'deploy/**/*.ts', 'bench/**/*.ts', '**/vite.config.ts'],
    rules: syntax(NAMED_EXPORTS_ONLY, NO_BARRELS),
  },
  {
    // Suites are one long function by nature, chai's expressions are its assertions, and bodies of answers
    // are what the test is about to look at.
    files: ['**/*.test.ts', 'test/**/*.ts'],
    rules: {
      ...syntax(NAMED_EXPORTS_ONLY, NO_BARRELS, SKIPS_SAY_WHY),
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
      // Fixtures hand out their functions by destructuring.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    // Loaded by tools through their default export, or describing a module that has one.
    files: ['**/vite.config.ts', 'test/harness/reporter.ts', '**/*.d.ts'],
    rules: syntax(NO_BARRELS),
  },
  {
    files: ['widgets/index.ts'],
    rules: syntax(NAMED_EXPORTS_ONLY, NO_ENVIRONMENT),
  },
  {
    // A migration tells one story from top to bottom.
    files: ['api/db/migrations/*.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    // Programs for a terminal, and suites that say why they are skipped.
    files: ['deploy/**/*.ts', 'bench/**/*.ts', 'test/**/*.ts', '**/*.test.ts', '**/*.cli.ts', 'widgets/size.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['widgets/**/*.ts'],
    extends: [lit.configs['flat/recommended']],
    rules: {
      // Lit calls a listener of a template with the element as its `this`.
      '@typescript-eslint/unbound-method': 'off',
      'lit/lifecycle-super': 'error',
      'lit/no-template-arrow': 'off',
      'lit/no-this-assign-in-render': 'error',
      'lit/no-useless-template-literals': 'error',
      'lit/prefer-static-styles': 'error',
      'lit/quoted-expressions': ['error', 'never'],
    },
  },
);
