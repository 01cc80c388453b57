const MiB = 1024 * 1024;

/** How much of a file the reader is willing to look at. Sizes in bytes unless said otherwise. */
export interface ParsingLimits {
  /** Parts in the archive; a workbook has about one per sheet plus a dozen. */
  readonly archiveEntries: number;
  /** Declared, and enforced, inflated size of one part. */
  readonly entryInflated: number;
  /** What a file compressed with gzip inflates to. */
  readonly unpacked: number;
  /** Inflated size of all parts together. */
  readonly totalInflated: number;
  /** Inflated / compressed above which a part is called a bomb, once it inflates beyond `ratioFloor`. */
  readonly ratio: number;
  readonly ratioFloor: number;
  /** So many inflated bytes on end, in a file compressed with gzip, have to come of as much as the ratio allows: what else was read makes up for nothing. */
  readonly ratioWindow: number;
  /** Parts read whole: workbook, relationships. */
  readonly smallPart: number;
  /** Workbooks that were copied together over years have tens of thousands of styles. */
  readonly styles: number;
  /** Excel's own most cell formats, and its longest code of one, in characters. */
  readonly cellFormats: number;
  readonly formatCode: number;
  /** Sheets in which merged cells are looked for, inflated, and how many are. */
  readonly mergedIn: number;
  readonly merged: number;
  readonly sharedStrings: number;
  readonly sharedStringCount: number;
  readonly sheets: number;
  /** Excel's own last column, XFD. */
  readonly columns: number;
  /** Excel's own last row. */
  readonly rows: number;
  /** Excel's own longest cell, in characters. */
  readonly cellCharacters: number;
  /** Longest run of XML without a single tag boundary, in characters. */
  readonly xmlRun: number;
  readonly xmlDepth: number;
  /** One CSV record, in characters. */
  readonly csvRecord: number;
}

/**
 * Excel's documented maxima where it has one; otherwise about ten times what a workbook of 1,048,576
 * rows by 10 columns needs. Real sheets deflate 5 to 60 fold, the format's own maximum is 1,032 fold.
 */
export const defaultLimits: ParsingLimits = {
  archiveEntries: 20_000,
  entryInflated: 2048 * MiB,
  unpacked: 2048 * MiB,
  totalInflated: 3072 * MiB,
  ratio: 250,
  ratioFloor: 8 * MiB,
  ratioWindow: 64 * MiB,
  smallPart: 16 * MiB,
  styles: 64 * MiB,
  cellFormats: 65_490,
  formatCode: 255,
  mergedIn: 32 * MiB,
  merged: 50_000,
  sharedStrings: 256 * MiB,
  sharedStringCount: 16_000_000,
  sheets: 255,
  columns: 16_384,
  rows: 1_048_576,
  cellCharacters: 32_767,
  xmlRun: 2 * MiB,
  xmlDepth: 64,
  csvRecord: 4 * MiB,
};
