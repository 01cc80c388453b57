import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds; fine where answers should be, coarse where something is wrong. */
const LATENCY_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10];

/** A request that has ended. */
export interface EndedRequest {
  /** `operationId` of the contract; `none` for what is not in it. */
  readonly operation: string;
  readonly status: number;
  readonly seconds: number;
  /** Of the problem, where it was refused. */
  readonly code?: string | undefined;
  /** `HIT` or `MISS`, where the answer is one that is remembered. */
  readonly cache?: string | undefined;
}

/**
 * What a process counts about itself, for Prometheus: names begin with `sideline_`, times are in seconds. A registry
 * of its own per server, because several can run in one process.
 */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests = new Histogram({ name: 'sideline_http_request_duration_seconds', help: 'Time from the first byte in to the last byte out', labelNames: ['operation', 'status'], buckets: LATENCY_BUCKETS, registers: [this.#registry] });
  readonly #errors = new Counter({ name: 'sideline_http_errors_total', help: 'Answers of 400 and above, by the code of the problem', labelNames: ['operation', 'code'], registers: [this.#registry] });
  readonly #cache = new Counter({ name: 'sideline_cache_requests_total', help: 'Answers from remembered lists', labelNames: ['operation', 'result'], registers: [this.#registry] });
  readonly #events = new Counter({ name: 'sideline_events_total', help: 'Events that reached this process', labelNames: ['type'], registers: [this.#registry] });
  readonly #activities = new Counter({ name: 'sideline_agent_activities_total', help: 'What people did', labelNames: ['type'], registers: [this.#registry] });
  readonly #dependencies = new Gauge({ name: 'sideline_dependency_up', help: '1 while the last check of a dependency succeeded', labelNames: ['name'], registers: [this.#registry] });
  readonly #loopDelay = monitorEventLoopDelay({ resolution: 20 });

  /** @param read what is looked up when somebody asks, not counted */
  constructor(read: { readonly sockets: () => number; readonly requestsInFlight: () => number }) {
    const gauge = (name: string, help: string, value: () => number): void => {
      new Gauge({ name, help, registers: [this.#registry], collect() { this.set(value()); } });
    };
    gauge('sideline_websocket_connections', 'Open socket connections', read.sockets);
    gauge('sideline_http_requests_in_flight', 'Requests being answered', read.requestsInFlight);
    gauge('sideline_process_resident_memory_bytes', 'Resident memory', () => process.memoryUsage.rss());
    gauge('sideline_event_loop_delay_p99_seconds', 'How late timers fire, 99th percentile since the last look', () => this.#takeLoopDelay());
    this.#loopDelay.enable();
  }

  request({ operation, status, seconds, code, cache }: EndedRequest): void {
    this.#requests.observe({ operation, status: String(status) }, seconds);
    if (status >= 400) this.#errors.inc({ operation, code: code ?? 'unknown' });
    if (cache) this.#cache.inc({ operation, result: cache.toLowerCase() });
  }

  event({ type, payload }: { readonly type: string; readonly payload: unknown }): void {
    this.#events.inc({ type });
    if (type === 'agent_activity') this.#activities.inc({ type: String((payload as { type?: unknown }).type) });
  }

  dependency(name: string, isUp: boolean): void {
    this.#dependencies.set({ name }, isUp ? 1 : 0);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Everything, in the text format of Prometheus. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  close(): void {
    this.#loopDelay.disable();
  }

  #takeLoopDelay(): number {
    const seconds = this.#loopDelay.percentile(99) / 1e9;
    this.#loopDelay.reset();
    return seconds;
  }
}
