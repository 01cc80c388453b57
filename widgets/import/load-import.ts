import type { components } from '../../api/http/contract.types.ts';
import type { SidelineClient } from '../provider/client.ts';
import { body } from '../shared/api-error.ts';
import type { Import, Kind, KindInfo } from './import-model.ts';

/** A file on its way. The key keeps a repeated request from storing it twice. */
export interface Upload {
  readonly file: File;
  readonly kind: Kind;
  readonly key: string;
}

export const newUpload = (file: File, kind: Kind): Upload => ({ file, kind, key: crypto.randomUUID() });

/** Sends the file as a form; the browser sets the boundary. @throws ApiError */
export async function upload(client: SidelineClient, { file, kind, key }: Upload, signal: AbortSignal): Promise<Import> {
  const form = new FormData();
  form.set('kind', kind);
  form.set('file', file);
  const params = { header: { 'Idempotency-Key': key } };
  return body(client.http.POST('/api/imports', { params, body: { kind, file: file.name }, bodySerializer: () => form, signal }));
}

export const loadImport = (client: SidelineClient, id: string, signal?: AbortSignal): Promise<Import> =>
  body(client.http.GET('/api/imports/{id}', { params: { path: { id } }, ...(signal ? { signal } : {}) }));

export const loadKinds = async (client: SidelineClient, signal: AbortSignal): Promise<readonly KindInfo[]> => (await body(client.http.GET('/api/imports/kinds', { signal }))).data;

export const mapImport = (client: SidelineClient, id: string, mapping: components['schemas']['ImportMappingData']): Promise<Import> =>
  body(client.http.PUT('/api/imports/{id}/mapping', { params: { path: { id } }, body: mapping }));

export const forgetMapping = (client: SidelineClient, id: string): Promise<Import> => body(client.http.DELETE('/api/imports/{id}/remembered', { params: { path: { id } } }));

export const commitImport = (client: SidelineClient, id: string, choice: components['schemas']['CommitImportData']): Promise<Import> =>
  body(client.http.POST('/api/imports/{id}/commit', { params: { path: { id } }, body: choice }));

export const rollBackImport = (client: SidelineClient, id: string): Promise<Import> => body(client.http.POST('/api/imports/{id}/rollback', { params: { path: { id } } }));

export const cancelImport = (client: SidelineClient, id: string): Promise<Import> => body(client.http.POST('/api/imports/{id}/cancel', { params: { path: { id } } }));

export const discardImport = (client: SidelineClient, id: string): Promise<unknown> => body(client.http.DELETE('/api/imports/{id}', { params: { path: { id } } }));

export const loadRollbackPlan = (client: SidelineClient, id: string, signal: AbortSignal): Promise<components['schemas']['ImportRollbackPlan']> =>
  body(client.http.GET('/api/imports/{id}/rollback', { params: { path: { id } }, signal }));

/** Names of people by their id; those who are not to be seen go without. */
export async function loadNames(client: SidelineClient, ids: readonly number[], signal: AbortSignal): Promise<ReadonlyMap<number, string>> {
  const found = await Promise.all(ids.map((id) => body(client.http.GET('/api/agents/{id}', { params: { path: { id } }, signal })).catch(() => undefined)));
  return new Map(found.flatMap((person) => (person ? [[person.id, person.fullName] as const] : [])));
}
