/** The file cannot be read, in words for whoever named it. */
export class OldFileError extends Error {}
