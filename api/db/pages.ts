/**
 * Everything a query finds, a page at a time: the next page is read only when somebody asks for it, by the place where the
 * one before ended. Between pages nothing is open in the database, and whoever stops asking has ended it.
 *
 * @param read a page of at most `size` rows beyond a place; undefined for the first
 */
export async function* pagesOf<Row, Place>(size: number, read: (after: Place | undefined, size: number) => Promise<readonly Row[]>, placeOf: (row: Row) => Place): AsyncGenerator<readonly Row[]> {
  let after: Place | undefined;
  for (;;) {
    const rows = await read(after, size);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (rows.length < size || last === undefined) return;
    after = placeOf(last);
  }
}

/** Rows that are read at once where everything is read: enough that the way to the database does not count. */
export const PAGE_ROWS = 1000;
