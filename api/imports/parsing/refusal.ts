/** Why a file is not read, as a stable code for programs. */
export type RefusalCode =
  | 'empty_file'
  | 'unsupported_format'
  | 'legacy_workbook'
  | 'encrypted_file'
  | 'damaged_file'
  | 'unreadable_file'
  | 'not_a_workbook'
  | 'zip_bomb'
  | 'unsafe_archive'
  | 'forbidden_xml'
  | 'too_many_parts'
  | 'too_many_sheets'
  | 'too_many_columns'
  | 'too_many_rows'
  | 'cell_too_long'
  | 'too_many_figures'
  | 'sheet_not_found';

const statusByCode: Record<RefusalCode, 413 | 415 | 422> = {
  empty_file: 422,
  unsupported_format: 415,
  legacy_workbook: 415,
  encrypted_file: 422,
  damaged_file: 422,
  unreadable_file: 422,
  not_a_workbook: 415,
  zip_bomb: 413,
  unsafe_archive: 422,
  forbidden_xml: 422,
  too_many_parts: 413,
  too_many_sheets: 413,
  too_many_columns: 413,
  too_many_rows: 413,
  cell_too_long: 422,
  too_many_figures: 413,
  sheet_not_found: 422,
};

/** The file itself is the reason nothing can be imported; trying again with the same file cannot help. */
export class FileRefused extends Error {
  readonly code: RefusalCode;
  /** The HTTP status that says the same. */
  readonly status: 413 | 415 | 422;

  constructor(code: RefusalCode, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.name = 'FileRefused';
    this.code = code;
    this.status = statusByCode[code];
  }
}
