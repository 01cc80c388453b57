/** Whether a key goes into a field: single letters are shortcuts everywhere else. Looks into open shadow roots. */
export function isTyping(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  return target instanceof HTMLElement && target.matches('input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]');
}
