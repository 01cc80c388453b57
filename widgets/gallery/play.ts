const PATIENCE_MS = 5_000;

/** The first element below `root` that fits, through every shadow root. */
function deep(root: ParentNode, selector: string): HTMLElement | undefined {
  const direct = root.querySelector<HTMLElement>(selector);
  if (direct) return direct;
  for (const element of root.querySelectorAll('*')) {
    const found = element.shadowRoot && deep(element.shadowRoot, selector);
    if (found) return found;
  }
  return undefined;
}

/** Waits for an element of the widget. @throws when it does not come */
export async function find(widget: HTMLElement, selector: string): Promise<HTMLElement> {
  const from = performance.now();
  for (;;) {
    const found = widget.shadowRoot && deep(widget.shadowRoot, selector);
    if (found) return found;
    if (performance.now() - from > PATIENCE_MS) throw new Error(`${selector} is not in ${widget.localName}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export async function press(widget: HTMLElement, selector: string): Promise<void> {
  (await find(widget, selector)).click();
}

export async function type(widget: HTMLElement, selector: string, text: string): Promise<void> {
  const field = (await find(widget, selector)) as HTMLInputElement | HTMLTextAreaElement;
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  field.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
}
