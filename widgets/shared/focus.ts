/**
 * The focused element in the tree a widget stands in. Asked of its own root, not of the document, because a closed
 * shadow root around the widget hides what is focused inside it.
 */
export function focusedIn(widget: Element): HTMLElement | undefined {
  const root = widget.getRootNode();
  let active = root instanceof Document || root instanceof ShadowRoot ? root.activeElement : null;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active instanceof HTMLElement && active !== document.body ? active : undefined;
}
