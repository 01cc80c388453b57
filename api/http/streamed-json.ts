/**
 * A JSON body that is sent while it is made, so that none of it is held as a whole. What fails before its first piece is
 * answered as a problem; later, the connection is cut, and what arrived is no JSON.
 *
 * `Body` says what the pieces make when they are put together; the suites hold that against the contract.
 */
export class StreamedJson<Body> {
  readonly pieces: AsyncIterable<string>;
  /** For types alone. */
  declare readonly body?: Body;

  constructor(pieces: AsyncIterable<string>) {
    this.pieces = pieces;
  }
}
