/** Codes of imports that failed for no fault of the file: they may be tried again. */
export const RETRYABLE: readonly string[] = ['internal_error', 'storage_full'];
