import type { Plugin } from 'vite';

/**
 * uPlot asks for number formats in `navigator.language` as it loads, and Chrome started without a locale calls that
 * `en-US@posix`, which Intl refuses: no chart at all. It formats nothing of ours, so the browser's default will do.
 */
export const toleratePosix: Plugin = {
  name: 'tolerate-posix',
  enforce: 'pre',
  transform(code, id) {
    if (!id.includes('/node_modules/uplot/')) return null;
    const mended = code.replaceAll('nav.language', 'undefined');
    if (mended === code) throw new Error('uPlot no longer reads nav.language: look whether this is still needed');
    return mended;
  },
};
