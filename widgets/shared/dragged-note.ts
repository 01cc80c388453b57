import type { components } from '../../api/http/contract.types.ts';

type QuickNote = components['schemas']['QuickNote'];

/** What a note takes along when it is dragged: enough to make something of it where it falls. */
export type DraggedNote = Pick<QuickNote, 'id' | 'agentId' | 'agentName' | 'content' | 'category'>;

const TYPE = 'application/x-sideline-note';
const MAX_TITLE = 200;
const MAX_DETAIL = 2_000;

/** The first sentence, or as much as a title holds; cut between words. */
export function titleOf(content: string): string {
  const [first = ''] = /^.*?[.!?](?=\s|$)|^.*$/m.exec(content.trim()) ?? [];
  if (first.length <= MAX_TITLE) return first;
  const cut = first.slice(0, MAX_TITLE - 1);
  return `${cut.slice(0, cut.lastIndexOf(' ') > 100 ? cut.lastIndexOf(' ') : cut.length)}…`;
}

/** Notes between widgets, by the browser's own drag and drop. */
export const draggedNote = {
  put(event: DragEvent, { id, agentId, agentName, content, category }: QuickNote): void {
    event.dataTransfer?.setData(TYPE, JSON.stringify({ id, agentId, agentName, content, category } satisfies DraggedNote));
    event.dataTransfer?.setData('text/plain', content);
  },

  is: (event: DragEvent): boolean => event.dataTransfer?.types.includes(TYPE) ?? false,

  /** What was dropped; nothing when it was something else. */
  read(event: DragEvent): DraggedNote | undefined {
    const text = event.dataTransfer?.getData(TYPE);
    return text ? (JSON.parse(text) as DraggedNote) : undefined;
  },

  /** A point of an agenda that a note becomes. */
  toPoint({ id, content }: DraggedNote): { title: string; detail?: string; source: 'note'; refId: string } {
    const title = titleOf(content);
    return { title, ...(title === content.trim() ? {} : { detail: content.slice(0, MAX_DETAIL) }), source: 'note', refId: id };
  },
};
