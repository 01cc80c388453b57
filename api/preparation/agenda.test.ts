import { expect } from 'chai';

import { METRICS, type MetricId } from '../performance/metric-definitions.ts';
import { draftAgenda } from './agenda.ts';
import { metricTrend } from './metric-trend.ts';
import type { PreparedMetric } from './preparation-content.ts';

type Facts = Parameters<typeof draftAgenda>[0];
const NOTHING: Facts = { asOf: '2026-03-31', focusMetrics: [], metrics: [], actions: [], lastSession: null, flagged: [], trends: [], queue: null, recognitions: [], notes: [] };
const draft = (facts: Partial<Facts>) => draftAgenda({ ...NOTHING, ...facts }).map(({ id }) => id);
const metric = (id: MetricId, value: number | null, target: number, fields: Partial<PreparedMetric> = {}): PreparedMetric => ({
  metric: id, name: METRICS[id].name, unit: METRICS[id].unit, direction: METRICS[id].direction, value, n: 40, minimumN: 20, enough: true, target,
  meetsTarget: value === null ? null : METRICS[id].direction === 'lower' ? value <= target : value >= target, previous: null, evidence: [], ...fields,
});
const action = (id: string, overdue: boolean) => ({ id, title: 'Practise', dueDate: '2026-03-20', priority: 'MEDIUM' as const, status: 'open', overdue, assigneeName: 'Ada', targetMetric: null, targetValue: null });
const flagged = (id: string, code: 'poor_rating' | 'excellent_rating') => ({ id, channel: 'voice', startedAt: '2026-03-20T10:00:00Z', topic: null, queue: null, rating: 1, sentiment: null, handleSeconds: null, reasons: [{ code, sentence: 'Rated.', value: 1, threshold: 2 }] });
const trend = (id: 'csat' | 'aht', going: 'better' | 'worse') => ({ metric: id, name: METRICS[id].name, going, change: 1, days: 20, p: 0.01, sentence: `${id} moved.` });
const last = (fields: object = {}) => ({ id: 's1', heldAt: '2026-03-01T10:00:00Z', facilitator: { id: 9, name: 'Lena' }, summary: '', commitments: [], effect: [], ...fields });
const commitment = { id: 'c1', text: 'Shadow a colleague', personId: null, dueOn: null };

describe('The draft of an agenda', () => {
  it('is empty of nothing', () => {
    expect(draft({})).to.deep.equal([]);
    expect(draft({ lastSession: last(), actions: [action('a', false)], trends: [] })).to.deep.equal([]);
  });

  it('keeps its order: well, agreed, urgent, metrics, worse, overdue, notes, looking together', () => {
    const points = draft({
      notes: [{ id: 'n1', type: 'COACHING' }, { id: 'n2', type: 'URGENT' }, { id: 'n3', type: 'POSITIVE' }],
      lastSession: last({ commitments: [commitment] }),
      metrics: [metric('csat', 4, 4.4)],
      trends: [trend('aht', 'worse')],
      actions: [action('a1', true), action('a2', false)],
      flagged: [flagged('i1', 'poor_rating'), flagged('i2', 'excellent_rating')],
    });
    expect(points).to.deep.equal(['went_well', 'session:s1', 'note:n2', 'metric:csat', 'trend:aht', 'overdue_actions', 'notes', 'interaction:i1', 'interaction:i2']);
  });

  it('takes the focus metrics where there are any, and else the two furthest off target with enough behind them', () => {
    const metrics = [metric('csat', 4.3, 4.4), metric('aht', 630, 420), metric('fcr', 0.6, 0.75), metric('slaCompliance', 95, 90), metric('resolutionRate', 0.1, 0.85, { enough: false })];
    expect(draft({ metrics })).to.deep.equal(['metric:aht', 'metric:fcr']);
    expect(draft({ metrics, focusMetrics: ['slaCompliance'] })).to.deep.equal(['metric:slaCompliance']);
    expect(draft({ metrics: [metric('csat', null, 4.4)], focusMetrics: ['csat'] })).to.deep.equal([]);
  });

  it('names a metric once', () => {
    expect(draft({ metrics: [metric('csat', 4, 4.4)], trends: [trend('csat', 'worse')] })).to.deep.equal(['metric:csat']);
  });

  it('gives three urgent notes a point of their own, and the others one together', () => {
    const notes = ['n1', 'n2', 'n3', 'n4'].map((id) => ({ id, type: 'URGENT' as const }));
    expect(draft({ notes })).to.deep.equal(['note:n1', 'note:n2', 'note:n3', 'notes']);
    const [together] = draftAgenda({ ...NOTHING, notes: [...notes, { id: 'n5', type: 'COACHING' }] }).slice(-1);
    expect(together!.refs.map(({ id }) => id)).to.deep.equal(['n4', 'n5']);
  });

  it('takes up what was left for another time, but not what the draft has anew or was dealt with since', () => {
    const left = (id: string, fields: object = {}) => ({ id, title: id, detail: null, source: 'leader' as const, refId: null, ...fields });
    const lastSession = last({
      left: [left('l1'), left('l2', { source: 'preparation', refId: 'metric:csat' }), left('l3', { source: 'note', refId: 'n1' }), left('l4', { source: 'note', refId: 'addressed' }), left('l5', { source: 'template', refId: 't1' })],
    });
    const notes = [{ id: 'n1', type: 'URGENT' as const }, { id: 'n2', type: 'URGENT' as const }];
    const points = draftAgenda({ ...NOTHING, notes, lastSession, metrics: [metric('csat', 4, 4.4)] });
    expect(points.map(({ id }) => id)).to.deep.equal(['point:l1', 'point:l3', 'point:l5', 'note:n2', 'metric:csat']);
    expect(points[1]).to.deep.include({ params: { point: 'l3' }, refs: [{ kind: 'coachingSession', id: 's1' }, { kind: 'quickNote', id: 'n1' }] });
    const many = last({ left: Array.from({ length: 9 }, (_, i) => left(`l${i}`)) });
    expect(draft({ lastSession: many })).to.deep.equal(['point:l0', 'point:l1', 'point:l2', 'point:l3', 'point:l4']);
  });

  it('says what the last session changed where that can be told', () => {
    const effect = [{ metric: 'csat', name: 'CSAT', verdict: 'improved' as const, sentence: 'CSAT rose.' }, { metric: 'aht', name: 'AHT', verdict: 'too_early' as const, sentence: 'Too few days.' }];
    const [point] = draftAgenda({ ...NOTHING, lastSession: last({ effect }) });
    expect(point).to.deep.include({ id: 'session:s1', params: { commitments: 0, effect: 'CSAT rose.' } });
  });
});

describe('The trend of a metric', () => {
  const days = (values: readonly number[]) => values.map((value, i) => ({ date: `2026-03-${String(i + 1).padStart(2, '0')}`, value }));

  it('is unknown below 12 days and steady where nothing is significant', () => {
    expect(metricTrend('csat', days(Array.from({ length: 11 }, (_, i) => i)))).to.include({ going: 'unknown', days: 11, change: null });
    expect(metricTrend('csat', days([4, 5, 4, 5, 4, 5, 4, 5, 4, 5, 4, 5]))).to.include({ going: 'steady', change: null });
  });

  it('is better or worse by the direction of the metric', () => {
    const rising = days(Array.from({ length: 12 }, (_, i) => 3 + i / 28));
    expect(metricTrend('csat', rising)).to.include({ going: 'better', change: 1, sentence: 'CSAT rose by 1.0 in 28 days (12 days measured).' });
    expect(metricTrend('aht', rising)).to.include({ going: 'worse', change: 1 });
  });
});
