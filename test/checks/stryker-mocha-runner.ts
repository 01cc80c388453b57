// Stryker's mocha runner (10.0.0) asks for `mocha/lib/cli/run-helpers` without its ending, which is .cjs in mocha 12.
import { registerHooks } from 'node:module';

const UNENDED = /\/mocha\/lib\/cli\/[\w-]+$/;

registerHooks({
  resolve: (specifier, context, next) => next(UNENDED.test(specifier) ? `${specifier}.cjs` : specifier, context),
});

export const { strykerPlugins, strykerValidationSchema } = await import('@stryker-mutator/mocha-runner');
