import { defineHandlers } from '../http/handler.ts';
import { StreamedJson } from '../http/streamed-json.ts';
import type { RecordService } from './record.service.ts';

export type RecordOperations = 'getAgentRecord';

export const recordRoutes = (record: RecordService) =>
  defineHandlers<RecordOperations>({
    getAgentRecord: async ({ principal, params, query }) => {
      const pieces = await record.export(principal, params.id, query.reason);
      return { status: 200, body: new StreamedJson(pieces), headers: { 'Content-Disposition': `attachment; filename="sideline-record-${params.id}.json"` } };
    },
  });
