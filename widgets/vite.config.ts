import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { toleratePosix } from './vite.plugins.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Browsers of the last two years: `light-dark()`, popovers and container queries stay as written. */
const target = ['chrome125', 'edge125', 'firefox129', 'safari18'];

/** Each widget its own entry; what they share lands in chunks whose names carry their hash. */
const entries = {
  sideline: here('load.ts'),
  index: here('index.ts'),
  provider: here('provider/provider.ts'),
  'status-board': here('status-board/status-board.ts'),
  'status-control': here('status-control/status-control.ts'),
  'priority-queue': here('priority-queue/priority-queue.ts'),
  'quick-note': here('quick-note/quick-note.ts'),
  notes: here('notes/notes.ts'),
  notifications: here('notifications/notifications.ts'),
  'session-requests': here('session-requests/session-requests.ts'),
  'action-items': here('action-items/action-items.ts'),
  'quick-stats': here('quick-stats/quick-stats.ts'),
  'agent-card': here('agent-card/agent-card.ts'),
  fairness: here('fairness/fairness.ts'),
  session: here('session/session.ts'),
  import: here('import/import.ts'),
  exports: here('exports/exports.ts'),
  admin: here('admin/admin.ts'),
};

/** Templates are strings to the minifier: what only makes them readable here is taken out before it sees them. */
const slimTemplates: Plugin = {
  name: 'slim-templates',
  enforce: 'pre',
  transform(code, id) {
    if (!id.includes('/widgets/') || !id.endsWith('.ts')) return null;
    return code
      .replace(/\bcss`([^`$]*)`/g, (_whole, css: string) => `css\`${slimCss(css)}\``)
      .replace(/>\s*\n\s*</g, '> <')
      .replace(/\n\s+(?=[\w.@?:-]+=[$"])/g, '\n');
  },
};

function slimCss(css: string): string {
  return css.replace(/\/\*[^]*?\*\//g, '').replace(/\s+/g, ' ').replace(/\s*([{};,>])\s*/g, '$1').replace(/: /g, ':').replace(/;}/g, '}').replace(/ !important/g, '!important');
}

/** What every widget needs is one file: the less there is to compress together, the worse it compresses, and each chunk is a request. */
const shared = [
  { name: 'base', test: /node_modules\/(@lit\/|lit-element\/|lit-html\/(lit-html|is-server|directive|directives\/live)\.js|lit\/index)|widgets\/shared\/(element|lazy|blocks|icons|place)\.ts|widgets\/controllers\/(announcer|resource|live-events|toast)\.ts/ },
];

const config: UserConfig = {
  root: here('../examples/console'),
  logLevel: 'warn',
  appType: 'custom',
  plugins: [slimTemplates, toleratePosix],
  environments: {
    client: {
      build: {
        outDir: here('../dist/widgets'),
        emptyOutDir: true,
        target,
        cssTarget: target,
        minify: 'oxc',
        // As a library: no helper that writes <link> elements, plain import() instead.
        lib: { entry: entries, formats: ['es'] },
        rollupOptions: {
          output: { minify: true, entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js', codeSplitting: { groups: shared } },
        },
      },
    },
    console: {
      consumer: 'client',
      build: {
        outDir: here('../dist/console'),
        emptyOutDir: true,
        target,
        cssTarget: target,
        modulePreload: false,
        // Inlined files would be data: URLs, which the page's policy allows for images alone.
        assetsInlineLimit: 0,
        rollupOptions: { input: [here('../examples/console/index.html'), here('../examples/console/test-websocket/index.html')] },
      },
    },
  },
  builder: {
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) {
        if (environment.name !== 'ssr') await builder.build(environment);
      }
    },
  },
};

export default defineConfig(config);
