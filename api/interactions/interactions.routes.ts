import type { FieldError } from '../errors/problem.ts';
import { unprocessable } from '../errors/problem.ts';
import type { components } from '../http/contract.types.ts';
import { defineHandlers } from '../http/handler.ts';
import type { InteractionsService } from './interactions.service.ts';
import type { RecordingService, ReportResult } from './recording.service.ts';

export type InteractionsOperations = 'listInteractions' | 'getInteraction' | 'listTranscripts' | 'recordInteractions';

type Report = components['schemas']['InteractionReport'];
type Recorded = components['schemas']['RecordedInteractions'];

/** What is wrong with a report by the contract; the paths begin at the report. */
export type CheckReport = (report: unknown) => readonly FieldError[];

export const interactionsRoutes = (interactions: InteractionsService, recording: RecordingService, check: CheckReport) =>
  defineHandlers<InteractionsOperations>({
    listInteractions: async ({ principal, query: { cursor, limit = 50, ...filters } }) => {
      const { rows, total, nextCursor } = await interactions.list(principal, filters, cursor, limit);
      return { status: 200, body: { data: [...rows], meta: { total, limit, nextCursor } } };
    },
    getInteraction: async ({ principal, params }) => {
      const { recordings, transcripts, ...interaction } = await interactions.detail(principal, params.id);
      return { status: 200, body: { ...interaction, recordings: [...recordings], transcripts: [...transcripts] } };
    },
    listTranscripts: async ({ principal, params }) => {
      const transcripts = await interactions.transcripts(principal, params.id);
      return { status: 200, body: { data: transcripts.map(({ turns, ...transcript }) => ({ ...transcript, turns: [...turns] })) } };
    },
    recordInteractions: async ({ principal, body }) => {
      if (!('interactions' in body)) {
        const results = await recording.record(principal, [body]);
        assertTaken(results[0]);
        return { status: 200, body: presentResults([body], results) };
      }
      const faults = body.interactions.map(check);
      const sound = body.interactions.filter((_report, index) => faults[index]?.length === 0) as unknown as Report[]; // as checked
      const taken = (await recording.record(principal, sound)).values();
      const results = faults.map((errors): ReportResult => (errors.length > 0 ? { result: 'refused', errors } : taken.next().value!)); // one per sound report
      return { status: 200, body: presentResults(body.interactions, results) };
    },
  });

/** One alone is refused as any other request is. */
function assertTaken(result: ReportResult | undefined): void {
  if (result?.result !== 'refused') return;
  const details = result.errors.map((error) => ({ ...error, path: `/body${error.path}` }));
  throw unprocessable('interaction_refused', `${details[0]?.path} ${details[0]?.message}.`, details);
}

function presentResults(reports: readonly Readonly<Record<string, unknown>>[] | readonly Report[], results: readonly ReportResult[]): Recorded {
  const answer: Recorded = { created: 0, updated: 0, unchanged: 0, interactions: [], errors: [] };
  for (const [index, result] of results.entries()) {
    const externalId = reports[index]?.externalId;
    const named = typeof externalId === 'string' ? externalId : null;
    if (result.result === 'refused') {
      const details = result.errors.map((error) => ({ ...error, path: `/body/interactions/${index}${error.path}` }));
      answer.errors.push({ index, externalId: named, details });
    } else {
      answer[result.result]++;
      answer.interactions.push({ index, id: result.id, externalId: named ?? '', result: result.result });
    }
  }
  return answer;
}
