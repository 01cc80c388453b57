/**
 * Writes a text into a field that somebody may be writing in: the caret stays where it was in the words, whatever was
 * put in or taken out before it.
 */
export function writeText(field: HTMLTextAreaElement, text: string): void {
  const before = field.value;
  if (before === text) return;
  const { selectionStart, selectionEnd, scrollTop } = field;
  const focused = (field.getRootNode() as ShadowRoot | Document).activeElement === field;
  field.value = text;
  if (!focused) return;
  field.setSelectionRange(caretAfter(before, text, selectionStart), caretAfter(before, text, selectionEnd));
  field.scrollTop = scrollTop;
}

/** Where a caret belongs after the text around it changed. */
export function caretAfter(before: string, after: string, caret: number): number {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  if (caret <= head) return caret;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  // Behind what changed it keeps its distance from the end; within it, it goes to where the change ends.
  return before.length - caret <= tail ? after.length - (before.length - caret) : after.length - tail;
}
