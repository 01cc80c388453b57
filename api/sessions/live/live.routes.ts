import { createHash } from 'node:crypto';
import { defineHandlers } from '../../http/handler.ts';
import type { components } from '../../http/contract.types.ts';
import { presentSession } from '../session.presenter.ts';
import type { DocumentsService } from './documents.service.ts';

type Outcome = components['schemas']['DocumentUpdate'];

export type LiveOperations = 'getCoachingSessionDocument' | 'updateCoachingSessionDocument';

export const liveRoutes = (documents: DocumentsService) =>
  defineHandlers<LiveOperations>({
    getCoachingSessionDocument: async ({ principal, params, headers }) => {
      const { row, present, now } = await documents.read(principal, params.id);
      const session = presentSession(row, principal);
      const ETag = `"${createHash('sha256').update(JSON.stringify([session, present])).digest('base64url').slice(0, 22)}"`;
      // Header names arrive in lower case; the contract writes them as one reads them.
      const known: unknown = (headers as Record<string, unknown>)['if-none-match'];
      if (typeof known === 'string' && matches(known, ETag)) return { status: 304, body: undefined, headers: { ETag } };
      return { status: 200, body: { session, present: [...present], now: now.toISOString() }, headers: { ETag } };
    },
    updateCoachingSessionDocument: async ({ principal, params, body }) => {
      const { applied, refused } = await documents.write(principal, params.id, body.updates, body.versions ?? {});
      return { status: 200, body: { applied, refused: refused as Outcome['refused'] } };
    },
  });

/** A list of tags, each of which a proxy may have marked as weak (RFC 9110, 13.1.2). */
const matches = (known: string, tag: string): boolean => known.split(',').some((one) => one.trim().replace(/^W\//, '') === tag);
