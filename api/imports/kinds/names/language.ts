/** Languages whose words for columns are known besides English. ISO 639-1. */
export type Language = 'de' | 'fr' | 'es' | 'it' | 'pt' | 'nl' | 'pl';

/** What a column is called in each of them: comma-separated, best known first, spelt as people spell it. */
export type ColumnNames = Readonly<Record<Language, string>>;
