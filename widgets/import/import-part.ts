import type { CSSResultGroup, PropertyDeclarations } from 'lit';
import { SidelineElement } from '../shared/element.ts';
import '../shared/strings/imports.ts';
import { NO_DECISIONS, type Decisions } from './decisions.ts';
import type { Import, Kind, KindInfo } from './import-model.ts';
import { partStyles } from './import-part.styles.ts';

/** What the steps tell `sideline-import`; stays inside it. */
export interface ImportPartEvents {
  'import-file': { file: File; kind: Kind };
  'import-open': { id: string };
  /** All that is decided by now and not read yet. */
  'import-decided': { decisions: Decisions };
  /** The file is to be read as something else. */
  'import-kind': { kind: Kind };
  /** What was remembered of files like this one is to be forgotten. */
  'import-forget': Record<string, never>;
  /** People who are missing are to be added, to a team. */
  'import-people': { create: boolean; teamId: string | undefined };
  /** Take the import back. */
  'import-undo': { sure: boolean };
}

/** A step of an import; `sideline-import` puts them together. */
export abstract class ImportPart extends SidelineElement {
  static override styles: CSSResultGroup = [SidelineElement.styles, partStyles];
  static override properties: PropertyDeclarations = { item: { attribute: false }, kind: { attribute: false }, decisions: { attribute: false } };

  /** The import it is a step of. */
  declare item: Import;
  /** What its rows are. */
  declare kind: KindInfo | undefined;
  declare decisions: Decisions;

  constructor() {
    super();
    this.decisions = NO_DECISIONS;
  }

  protected tell<Type extends keyof ImportPartEvents>(type: Type, detail: ImportPartEvents[Type]): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  /** Times stand in the file in the business's time zone. */
  protected get timeZone(): string {
    return this.session.me?.installation.businessTimezone ?? 'UTC';
  }
}

declare global {
  interface HTMLElementEventMap extends ImportPartEventMap {}
}

type ImportPartEventMap = { [Type in keyof ImportPartEvents]: CustomEvent<ImportPartEvents[Type]> };
