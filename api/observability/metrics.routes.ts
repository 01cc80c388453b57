import { unavailable } from '../errors/problem.ts';
import { defineHandlers } from '../http/handler.ts';
import type { Metrics } from './metrics.ts';

/** Nobody switches them on while one waits. */
const LATER_SECONDS = 3600;

export const metricsRoutes = (metrics: Metrics | null) =>
  defineHandlers<'getMetrics'>({
    getMetrics: async () => {
      if (!metrics) throw unavailable('Metrics are switched off (METRICS_ENABLED).', LATER_SECONDS);
      return { status: 200, body: await metrics.text(), headers: { 'Content-Type': metrics.contentType } };
    },
  });
