import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { toleratePosix } from '../vite.plugins.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The gallery's page: its own bundle of the widgets' sources, beside the package, so that it costs hosts nothing. */
export default defineConfig({
  root: here('.'),
  base: '/widgets/gallery/',
  logLevel: 'warn',
  plugins: [toleratePosix],
  build: {
    outDir: here('../../dist/gallery'),
    emptyOutDir: true,
    target: 'esnext',
    modulePreload: false,
    assetsInlineLimit: 0,
    rollupOptions: { input: here('index.html') },
  },
});
