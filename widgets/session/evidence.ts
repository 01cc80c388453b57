import type { components } from '../../api/http/contract.types.ts';
import { draggedNote } from '../shared/dragged-note.ts';
import { figure } from '../shared/figure.ts';
import type { Locale } from '../shared/locale.ts';
import type { MessageKey } from '../shared/strings.ts';

type Schemas = components['schemas'];
export type Preparation = Schemas['SessionPreparation'];
type Content = Schemas['PreparationContent'];
type Figure = Schemas['MetricFigure'];

/** A line of evidence, and the point of the agenda that it may become. */
export interface EvidenceRow {
  /** What a point that came from it refers to. */
  readonly key: string;
  readonly title: string;
  readonly detail?: string | undefined;
  readonly value?: string | undefined;
  /** Misses its target, or its day. */
  readonly missed?: boolean | undefined;
  /** What the value opens. */
  readonly figure?: Figure | undefined;
  readonly point?: { title: string; detail?: string; source: Schemas['AgendaSource']; refId: string } | undefined;
}

export interface EvidenceSection {
  readonly title: string;
  readonly rows: readonly EvidenceRow[];
  /** What is said where there are none. */
  readonly none: string;
}

const TITLE = 200;
const DETAIL = 2_000;

/** What was put together, section by section; those with nothing to say are left out, but for notes and actions. */
export function sectionsOf(locale: Locale, { notes, content }: Preparation): EvidenceSection[] {
  const t = locale.t.bind(locale);
  const sections: EvidenceSection[] = [
    { title: t('prepare.figures'), rows: content ? figures(locale, content) : [], none: '' },
    { title: t('prepare.wentWell'), rows: (content?.recognitions ?? []).map(({ code, sentence }) => row(`recognition:${code}`, sentence)), none: '' },
    { title: t('prepare.last'), rows: content?.lastSession ? lastSession(locale, content.lastSession) : [], none: '' },
    { title: t('prepare.notes'), rows: notes.map((note) => noteRow(locale, note)), none: t('prepare.noNotes') },
    { title: t('prepare.actions'), rows: (content?.actions ?? []).map((item) => actionRow(locale, item)), none: t('prepare.noActions') },
    { title: t('prepare.flagged'), rows: (content?.flagged ?? []).map((interaction) => flaggedRow(locale, interaction)), none: '' },
  ];
  return sections.filter(({ rows, none }) => rows.length > 0 || none);
}

/** The draft of an agenda. Put there, a point refers to its suggestion, so that it is not suggested again. */
export function suggestionsOf(locale: Locale, { content }: Preparation): EvidenceRow[] {
  const left = content?.lastSession?.left ?? [];
  return (content?.agenda ?? []).map(({ id, title, detail, params }) => {
    const again = left.find((point) => point.id === params['point']);
    return again ? leftRow(locale, again) : row(id, title, detail ?? undefined);
  });
}

function row(key: string, title: string, detail?: string): EvidenceRow {
  const whole = title.length > TITLE;
  const more = [whole ? title : '', detail ?? ''].filter(Boolean).join('\n');
  const point = { title: whole ? `${title.slice(0, TITLE - 1)}…` : title, ...(more ? { detail: more.slice(0, DETAIL) } : {}), source: 'preparation' as const, refId: key.slice(0, 100) };
  return { key, title, detail, point };
}

function figures(locale: Locale, { metrics, trends }: Content): EvidenceRow[] {
  return metrics.filter(({ target, value }) => target !== null || value !== null).map((item) => {
    const value = figure(locale, item.value, item.unit);
    const target = item.target === null ? '' : locale.t('effect.target', { value: figure(locale, item.target, item.unit) });
    const going = trends.find(({ metric }) => metric === item.metric);
    const detail = [target, locale.t('common.n', { n: item.n }), going && (going.going === 'better' || going.going === 'worse') ? locale.t(`prepare.going.${going.going}`) : ''].filter(Boolean).join(', ');
    const found = row(`metric:${item.metric}`, `${item.name}: ${[value, target].filter(Boolean).join(', ')}`);
    return { ...found, title: item.name, detail, value, missed: item.meetsTarget === false, figure: item, point: item.value === null ? undefined : found.point };
  });
}

function noteRow(locale: Locale, note: Schemas['QuickNote']): EvidenceRow {
  const detail = [locale.t(`note.type.${note.noteType}`), note.isPrivate ? locale.t('note.private') : '', note.category, locale.ago(Date.parse(note.createdAt), Date.now())].filter(Boolean).join(', ');
  // What is private is for its writer: an agenda is read by the person it is about.
  return { key: note.id, title: note.content, detail, point: note.isPrivate ? undefined : draggedNote.toPoint(note) };
}

function actionRow(locale: Locale, { id, title, dueDate, overdue, assigneeName }: Schemas['PreparedAction']): EvidenceRow {
  const due = locale.t(overdue ? 'prepare.wasDue' : 'outcome.dueOn', { when: locale.day(dueDate) });
  return { ...row(id, title), detail: `${assigneeName}, ${due}`, missed: overdue };
}

/** What was left for another time. One that came from a note goes on as that: what is talked about is then ticked there too. */
function leftRow(locale: Locale, { id, title, detail, source, refId }: Schemas['LeftPoint']): EvidenceRow {
  const again = row(source === 'note' && refId ? refId : `point:${id}`, title, detail ?? undefined);
  return { ...again, detail: [locale.t('outcome.notTalkedAbout'), detail].filter(Boolean).join(' · '), point: again.point && { ...again.point, source: source === 'note' ? source : 'preparation' } };
}

function lastSession(locale: Locale, { id, commitments, actions, left, effect }: NonNullable<Content['lastSession']>): EvidenceRow[] {
  return [
    ...commitments.map((commitment) => ({ ...row(commitment.id, commitment.text), detail: commitment.dueOn ? locale.t('outcome.dueOn', { when: locale.day(commitment.dueOn) }) : undefined })),
    ...actions.map((item) => row(item.id, item.title)),
    ...left.map((point) => leftRow(locale, point)),
    ...effect.map(({ metric, name, verdict, sentence }) => row(`effect:${id}:${metric}`, `${name}: ${locale.t(`effect.verdict.${verdict}`)}`, sentence)),
  ];
}

function flaggedRow(locale: Locale, { id, channel, startedAt, topic, queue, reasons }: Schemas['FlaggedInteraction']): EvidenceRow {
  const key = `channel.${channel}` as MessageKey;
  const word = locale.t(key);
  const title = [word === key ? channel : word, topic ?? queue, locale.instant(startedAt)].filter(Boolean).join(', ');
  return row(id, title, reasons.map(({ sentence }) => sentence).join(' '));
}
