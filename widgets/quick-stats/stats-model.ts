import type { components } from '../../api/http/contract.types.ts';
import type { DrillSubject } from '../drill/subject.ts';
import { figure } from '../shared/figure.ts';
import type { Locale } from '../shared/locale.ts';

type Schemas = components['schemas'];
type Stats = Schemas['QuickStats'];
type Figure = Schemas['QuickFigure'];
export type People = NonNullable<Stats['people']>;

/** In the order in which a leader reads: the first four are enough for a glance. */
const ORDER = ['handled', 'service', 'csat', 'open', 'offered', 'asa', 'aht', 'abandonment', 'occupancy'] as const;
type Id = Exclude<(typeof ORDER)[number], 'service'> | 'serviceLevel' | 'slaCompliance';

/** A figure as it stands in the grid, in words. */
export interface Tile {
  readonly id: Id;
  readonly label: string;
  readonly value: string;
  /** How many are behind the value; empty where the value is a count itself. */
  readonly n: string;
  /** What it is held against: target, what is usual. */
  readonly lines: readonly string[];
  readonly missed: boolean;
  /** Too few to conclude anything. */
  readonly few: boolean;
  /** Why it says so little; empty when it does not. */
  readonly why: string;
  readonly figure: Figure | undefined;
}

/** The tiles of a day, open interactions only where it is running. */
export function tilesOf(stats: Stats, locale: Locale): Tile[] {
  return ORDER.flatMap((id) => {
    if (id === 'open') return stats.open ? [openTile(stats.open, locale)] : [];
    const found = figureOf(stats, id === 'service' ? serviceMetric(stats) : id);
    return found ? [tileOf(found, stats, locale)] : [];
  });
}

/** A desk without calls has no service level; its promise is the SLA of what it answers in writing. */
function serviceMetric(stats: Stats): 'serviceLevel' | 'slaCompliance' {
  const had = (metric: string): boolean => {
    const found = figureOf(stats, metric);
    return found !== undefined && (found.n > 0 || found.usual.n > 0);
  };
  return !had('serviceLevel') && had('slaCompliance') ? 'slaCompliance' : 'serviceLevel';
}

const figureOf = (stats: Stats, metric: string): Figure | undefined => stats.figures.find((candidate) => candidate.metric === metric);

function tileOf(item: Figure, stats: Stats, locale: Locale): Tile {
  return {
    id: item.metric as Id,
    label: locale.t(`stats.${item.metric as Id}`),
    value: figure(locale, item.value, item.unit),
    n: nOf(item, stats, locale),
    lines: [
      item.target === null ? '' : locale.t('compare.target', { value: figure(locale, item.target, item.unit) }),
      item.usual.value === null ? locale.t('stats.noUsual') : locale.t('stats.usual', { value: usualValue(item, locale) }),
    ].filter(Boolean),
    missed: item.meetsTarget === false && item.enough,
    few: !item.enough,
    why: item.value === null ? locale.t('stats.missing') : item.enough ? '' : locale.t('stats.tooFew', { n: item.n, minimum: item.minimumN }),
    figure: item,
  };
}

/** Of ratings also of how many: a rating says little without the share of those who gave one. */
function nOf({ metric, unit, n }: Figure, stats: Stats, locale: Locale): string {
  if (unit === 'count') return '';
  const handled = metric === 'csat' ? figureOf(stats, 'handled')?.value : undefined;
  return handled ? locale.t('stats.nOf', { n, of: handled }) : locale.t('common.n', { n });
}

/** The mean of whole numbers is worth one decimal while it is small. */
function usualValue({ usual, unit }: Figure, locale: Locale): string {
  return unit === 'count' && usual.value !== null ? locale.number(usual.value, usual.value < 20 ? 1 : 0, 0) : figure(locale, usual.value, unit);
}

function openTile(open: NonNullable<Stats['open']>, locale: Locale): Tile {
  return {
    id: 'open',
    label: locale.t('stats.open'),
    value: locale.number(open.count),
    n: '',
    lines: open.unassigned > 0 ? [locale.t('stats.unassigned', { n: open.unassigned })] : [],
    missed: false,
    few: false,
    why: '',
    figure: undefined,
  };
}

/** "Usual: Friday until 15:04, last 4 weeks." */
export function usualFoot(stats: Stats, locale: Locale): string {
  return locale.t('stats.foot', usualWords(stats, stats.until, locale));
}

function usualWords(stats: Stats, until: string | null, locale: Locale): { day: string; until: string; weeks: number } {
  const { comparedDays, asOf } = stats;
  return { day: locale.weekday(asOf), until: until === null ? locale.t('stats.wholeDay') : locale.t('stats.until', { time: locale.time(momentOf(stats, until)) }), weeks: comparedDays.length };
}

/**
 * The instant at which it is that time of the business day: there is one clock on the widget, the reader's.
 *
 * @param until `HH:MM` by the installation's clock
 */
export function momentOf({ at, timezone }: Pick<Stats, 'at' | 'timezone'>, until: string): string {
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: timezone }).format(Date.parse(at));
  return new Date(Date.parse(at) + (minutesOf(until) - minutesOf(clock)) * 60_000).toISOString();
}

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** A figure opened: against what it stands, the days it is compared with, and its rows. */
export function drillOfTile({ figure: item, value, label }: Tile, stats: Stats, locale: Locale): DrillSubject {
  if (!item) throw new Error('an open count is no figure');
  const words = usualWords(stats, item.usual.until, locale);
  const usual = item.usual.value === null ? locale.t('stats.noUsualLong', words) : locale.t('stats.usualLong', { ...words, value: usualValue(item, locale) });
  const facts = [targetFact(item, stats, locale), usual, item.enough || item.value === null ? '' : locale.t('stats.tooFew', { n: item.n, minimum: item.minimumN }), rateFact(item, stats, locale)];
  return {
    title: item.name === label ? label : `${label} · ${item.name}`,
    value,
    ...(item.unit === 'count' ? {} : { n: item.n }),
    facts: facts.filter(Boolean),
    metric: item.metric,
    days: { title: locale.t('stats.days'), rows: item.usual.days.map((day) => ({ date: day.date, value: figure(locale, day.value, item.unit), n: day.n })) },
    links: item.evidence,
    named: stats.scope !== 'self',
  };
}

function targetFact({ target, unit, metric }: Figure, { serviceLevelSeconds }: Stats, locale: Locale): string {
  if (target === null) return '';
  const within = metric === 'serviceLevel' && serviceLevelSeconds !== null ? ` ${locale.t('stats.within', { value: locale.t('unit.second', { n: serviceLevelSeconds }) })}` : '';
  return locale.t('compare.target', { value: figure(locale, target, unit) }) + within;
}

function rateFact({ metric }: Figure, stats: Stats, locale: Locale): string {
  const rate = metric === 'csat' ? figureOf(stats, 'csatResponseRate') : undefined;
  if (!rate || rate.value === null) return '';
  return locale.t('stats.ratedLong', { value: figure(locale, rate.value, 'ratio'), usual: figure(locale, rate.usual.value, 'ratio') });
}

export function drillOfOpen({ open, scope }: Stats, locale: Locale): DrillSubject {
  return {
    title: locale.t('stats.openLong'),
    value: locale.number(open?.count ?? 0),
    facts: open && open.unassigned > 0 ? [locale.t('stats.unassigned', { n: open.unassigned })] : [],
    links: open?.evidence ?? [],
    named: scope !== 'self',
  };
}

export function drillOfPeople({ status, count, evidence }: People[number], locale: Locale): DrillSubject {
  return { title: locale.t('stats.peopleIn', { status: locale.t(`status.${status}`) }), value: locale.number(count), facts: [], links: evidence, named: true };
}
