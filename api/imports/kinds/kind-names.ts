/** What can be imported. */
export type ImportKindName = 'actions' | 'agents' | 'interactions' | 'notes' | 'performance' | 'presence';
