/** What a mail says, once; text and HTML are both made from it. Nothing in it is markup. */
export interface Letter {
  readonly subject: string;
  readonly greeting: string;
  readonly paragraphs: readonly string[];
  readonly items?: readonly LetterItem[] | undefined;
  readonly link?: { readonly label: string; readonly href: string } | undefined;
  readonly footer: string;
}

/** One of several things a mail tells, below its paragraphs. */
export interface LetterItem {
  readonly title: string;
  readonly detail?: string | undefined;
}

/** What a room has to say; how everybody is greeted, and who we are, is added to it. Without a link it leads to Sideline. */
export type LetterBody = Omit<Letter, 'greeting' | 'footer'> & {
  /** Where in Sideline it leads, unless it has a link: the fragment of the address, such as `session=…`. */
  readonly place?: string | undefined;
};

export const FOOTER = 'Sent by Sideline, the coaching panel in your console. Nobody reads answers to this address.';

export const greetingOf = (name: string): string => `Hello ${oneLine(name)},`;

export interface RenderedLetter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Plain styles on the elements themselves: mail programs drop everything else. */
const STYLE = {
  body: 'margin:0;padding:24px;background:#f4f5f7;color:#1d2433;font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif',
  card: 'max-width:520px;margin:0 auto;padding:24px 28px;background:#ffffff;border:1px solid #dfe3ea;border-radius:8px',
  button: 'display:inline-block;padding:10px 18px;background:#1f5fbf;color:#ffffff;border-radius:6px;text-decoration:none;font-weight:600',
  list: 'margin:0 0 16px;padding-left:20px',
  item: 'margin:0 0 8px',
  small: 'color:#5b6576;font-size:13px',
} as const;

export function renderLetter(letter: Letter): RenderedLetter {
  return { subject: oneLine(letter.subject), text: toText(letter), html: toHtml(letter) };
}

function toText({ greeting, paragraphs, items = [], link, footer }: Letter): string {
  const listed = items.map(({ title, detail }) => `* ${oneLine(title)}${detail ? `\n  ${oneLine(detail)}` : ''}`);
  const parts = [greeting, ...paragraphs, ...(listed.length > 0 ? [listed.join('\n')] : []), ...(link ? [`${link.label}:\n${link.href}`] : []), `-- \n${footer}`];
  return `${parts.join('\n\n')}\n`;
}

function toHtml({ subject, greeting, paragraphs, items = [], link, footer }: Letter): string {
  const inner = [greeting, ...paragraphs].map((text) => `<p>${escapeHtml(text).replace(/\r?\n/g, '<br>')}</p>`);
  if (items.length > 0) inner.push(`<ul style="${STYLE.list}">${items.map(toHtmlItem).join('')}</ul>`);
  if (link) {
    const href = escapeHtml(link.href);
    inner.push(`<p><a href="${href}" style="${escapeHtml(STYLE.button)}">${escapeHtml(link.label)}</a></p>`);
    inner.push(`<p style="${STYLE.small}">If the button does nothing, open this address:<br>${href}</p>`);
  }
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(oneLine(subject))}</title></head>`,
    `<body style="${escapeHtml(STYLE.body)}"><div style="${STYLE.card}">`,
    ...inner,
    `<p style="${STYLE.small}">${escapeHtml(footer)}</p></div></body></html>`,
  ].join('\n');
}

const toHtmlItem = ({ title, detail }: LetterItem): string =>
  `<li style="${STYLE.item}"><strong>${escapeHtml(oneLine(title))}</strong>${detail ? `<br>${escapeHtml(oneLine(detail))}` : ''}</li>`;

/** A subject, a name: control characters would start another header, or another line that looks like ours. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').replace(/\s+/g, ' ').trim();

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
