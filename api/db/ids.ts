import { v7 } from 'uuid';

/** A UUIDv7: sorts by the time it was made, so inserts stay at the right edge of an index. */
export const newId = (): string => v7();
