/** Vite's: the modules that fit a pattern, as they stand when the page is built. */
interface ImportMeta {
  glob<Module>(pattern: string, options: { eager: true }): Record<string, Module>;
}
