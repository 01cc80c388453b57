import { Readable } from 'node:stream';
import { create as contentDisposition } from 'content-disposition';
import { defineHandlers, pageMeta, type RequestStream } from '../http/handler.ts';
import { StreamedFile } from '../http/streamed-file.ts';
import type { Idempotency } from '../http/idempotency.ts';
import type { Principal } from '../auth/principal.ts';
import type { ImportsService } from './imports.service.ts';
import { presentImport, presentKind, presentListed, presentPlan, type ImportView } from './import.presenter.ts';

export type ImportsOperations =
  | 'listImports' | 'createImport' | 'getImport' | 'discardImport' | 'getImportPreview' | 'getImportPreviewCounts' | 'getRejectedRows' | 'mapImport' | 'commitImport'
  | 'forgetMapping' | 'cancelImport' | 'rollBackImport' | 'getRollbackPlan' | 'listImportKinds' | 'getImportTemplate';

/** Of workbooks. */
export const WORKBOOK_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const SHEET_TYPES = { csv: 'text/csv; charset=utf-8', xlsx: WORKBOOK_TYPE } as const;

export const importsRoutes = (imports: ImportsService, idempotency: Idempotency) =>
  defineHandlers<ImportsOperations>({
    listImports: async ({ principal, query: { page = 1, limit = 20, ...filters } }) => {
      const { rows, total } = await imports.list(principal, filters, page, limit);
      return { status: 200, body: { data: rows.map(presentListed), meta: pageMeta(total, page, limit) } };
    },
    listImportKinds: async () => ({ status: 200, body: { data: imports.kinds().map(presentKind) } }),
    getImportTemplate: async ({ params: { kind } }) => {
      const bytes = await imports.template(kind);
      return { status: 200, body: new StreamedFile(WORKBOOK_TYPE, Readable.from([bytes])), headers: { 'Content-Disposition': `attachment; filename="sideline-template-${kind}.xlsx"` } };
    },
    createImport: async ({ principal, stream, headers }) => upload(imports, idempotency, principal, stream, headers),
    getImport: async ({ principal, params }) => ({ status: 200, body: presentImport(await imports.get(principal, params.id)) }),
    discardImport: async ({ principal, params }) => {
      await imports.discard(principal, params.id);
      return { status: 204, body: undefined };
    },
    getImportPreview: async ({ principal, params, query: { page = 1, limit = 20, cursor, ...filters } }) => {
      const start = cursor === undefined ? { offset: (page - 1) * limit } : { after: Number(cursor) };
      const { rows, total, nextCursor } = await imports.previews.page(principal, params.id, filters, start, limit);
      return { status: 200, body: { data: [...rows], meta: { ...pageMeta(total, page, limit), nextCursor } } };
    },
    getImportPreviewCounts: async ({ principal, params, query }) => {
      const { reasons, changes, ...counts } = await imports.previews.counts(principal, params.id, query);
      return { status: 200, body: { ...counts, reasons: [...reasons], changes: [...changes] } };
    },
    getRejectedRows: async ({ principal, params, query }) => {
      const { name, format, pieces } = await imports.previews.rejectedFile(principal, params.id, query.format);
      return { status: 200, body: new StreamedFile(SHEET_TYPES[format], pieces), headers: { 'Content-Disposition': contentDisposition(name), 'Cache-Control': 'no-store' } };
    },
    mapImport: async ({ principal, params, body }) => accepted(presentImport(await imports.remap(principal, params.id, body))),
    forgetMapping: async ({ principal, params }) => accepted(presentImport(await imports.forgetMapping(principal, params.id))),
    commitImport: async ({ principal, params, body }) => {
      const options = { createMissingAgents: body.createMissingAgents ?? false, teamId: body.teamId ?? null, version: body.version };
      return accepted(presentImport(await imports.confirm(principal, params.id, options)));
    },
    cancelImport: async ({ principal, params }) => ({ status: 200, body: presentImport(await imports.cancel(principal, params.id)) }),
    getRollbackPlan: async ({ principal, params }) => ({ status: 200, body: presentPlan(await imports.rollbackPlan(principal, params.id)) }),
    rollBackImport: async ({ principal, params }) => accepted(presentImport(await imports.rollBack(principal, params.id))),
  });

const accepted = (view: ImportView) => ({ status: 202 as const, body: view, headers: { Location: `/api/imports/${view.id}` } });

/**
 * The key of a repeated upload is compared by what the file contains, which is known only once it has arrived;
 * that is why this handler asks for the key itself.
 */
async function upload(imports: ImportsService, idempotency: Idempotency, principal: Principal, stream: RequestStream, headers: Record<string, unknown>) {
  const form = await imports.receive(stream);
  try {
    const create = async () => accepted(presentImport(await imports.create(principal, form)));
    const key = headers['idempotency-key'];
    if (typeof key !== 'string') return await create();
    const request = { fileName: form.fileName, kind: form.kind, source: form.source, sha256: form.file.sha256 };
    const reply = await idempotency.once(principal, 'createImport', key, request, create);
    const replayed = reply.replayed ? { 'Idempotency-Replayed': 'true' } : {};
    return { ...accepted(reply.body as ImportView), headers: { ...reply.headers, ...replayed } };
  } finally {
    await form.file.discard();
  }
}
