/** So many missing people are listed; a column that holds no names may have a million. */
export const MOST_LISTED = 500;

/** So many are added by one import: beyond, the column hardly names people. */
export const MOST_ADDED = 5_000;
