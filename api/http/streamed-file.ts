/** A file that is sent while it is made, as {@link StreamedJson} is; what fails later cuts the connection. */
export class StreamedFile {
  /** The media type, one of the contract's for that answer. */
  readonly type: string;
  readonly pieces: AsyncIterable<string | Uint8Array>;

  constructor(type: string, pieces: AsyncIterable<string | Uint8Array>) {
    this.type = type;
    this.pieces = pieces;
  }
}
