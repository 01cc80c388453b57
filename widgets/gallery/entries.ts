import type { GalleryEntry } from './types.ts';

const found = import.meta.glob<{ gallery: GalleryEntry }>('../*/gallery.ts', { eager: true });

/** Every widget that has a `gallery.ts`, by the name of its folder. */
export const entries: ReadonlyMap<string, GalleryEntry> = new Map(
  Object.entries(found).map(([path, { gallery }]) => [path.split('/').at(-2) ?? path, gallery]),
);
