import { h } from './dom.ts';
import type { Person } from './sign-in.ts';

/** Where people come in: from a file, or one by one. */
interface WaysIn {
  readonly importFile: () => void;
  readonly administration: () => void;
}

/** What stands in the place of the desk where there is no demo: nothing is invented beside what is somebody's own. */
export function noDesk(role: Person['role'], { importFile, administration }: WaysIn): HTMLElement {
  const manages = role === 'admin' || role === 'manager';
  return h('article', { class: 'conversation no-desk' },
    h('h2', {}, 'Your own tool stands here'),
    h('p', {}, 'Sideline is the panel at the side. It comes into the tool that people already use, with one script tag.'),
    h('p', {}, 'There is no demo data in this installation: what the panel shows is yours.'),
    manages && h('p', {}, 'People, calls and figures come from the files you have; teams and single people are added in Administration.'),
    manages && h('div', { class: 'tools' }, way('Import a file', importFile), way('People and teams', administration)),
  );
}

function way(title: string, go: () => void): HTMLElement {
  return h('button', { attrs: { type: 'button' }, on: { click: go } }, title);
}
