import type { CSSResultGroup } from 'lit';
import { avatarStyles } from '../shared/avatar.ts';
import { confirmStyles } from '../shared/confirm.styles.ts';
import { SidelineElement } from '../shared/element.ts';
import { findStyles } from '../shared/find.styles.ts';
import '../shared/strings/admin.ts';
import '../shared/strings/picker.ts';
import { adminFormStyles } from './admin-form.styles.ts';
import { adminStyles } from './admin.styles.ts';

/** Asks whether what was changed and not saved may be left. */
export type Guard = () => Promise<boolean>;

/** A part of the administration; `sideline-admin` puts it together. */
export abstract class AdminPart extends SidelineElement {
  static override styles: CSSResultGroup = [SidelineElement.styles, avatarStyles, findStyles, adminStyles, adminFormStyles, confirmStyles];

  declare guard: Guard;

  constructor() {
    super();
    this.guard = async () => true;
  }

  /** Whether something here was changed and not saved. */
  abstract get dirty(): boolean;

  /** Whether a part inside this one was. */
  protected partIsDirty(selector: string): boolean {
    return this.renderRoot?.querySelector<AdminPart>(selector)?.dirty ?? false;
  }

  /** Tells the part around this one; stays inside the administration. */
  protected tell(type: string, detail: unknown = undefined): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** The first field with a fault gets the focus, so that nobody has to look for it. */
  protected async focusFault(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }
}
