import { defineHandlers } from '../http/handler.ts';
import { StreamedFile } from '../http/streamed-file.ts';
import type { ExportsService } from './exports.service.ts';

export type ExportsOperations = 'exportRows';

const MEDIA_TYPES = { csv: 'text/csv; charset=utf-8', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } as const;

export const exportsRoutes = (exports: ExportsService) =>
  defineHandlers<ExportsOperations>({
    exportRows: async ({ principal, params, query: { format = 'xlsx', ...filters }, stream }) => {
      const { name, pieces } = await exports.export(principal, params.kind, format, filters, stream.gone);
      return { status: 200, body: new StreamedFile(MEDIA_TYPES[format], pieces), headers: { 'Content-Disposition': `attachment; filename="${name}"`, 'Cache-Control': 'no-store' } };
    },
  });
