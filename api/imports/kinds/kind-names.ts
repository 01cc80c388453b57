/** What can be imported. */
export const IMPORT_KINDS = ['actions', 'agents', 'interactions', 'notes', 'performance', 'presence'] as const;
export type ImportKindName = (typeof IMPORT_KINDS)[number];
