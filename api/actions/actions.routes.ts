import { defineHandlers, etag, expectedVersion, pageMeta } from '../http/handler.ts';
import type { ActionEvidenceService } from './action-evidence.service.ts';
import type { ActionProgressService } from './action-progress.service.ts';
import { presentAction, presentComment, presentEvidence, presentProgress } from './action.presenter.ts';
import type { ActionsService } from './actions.service.ts';

export type ActionsOperations =
  | 'listActionItems' | 'createActionItem' | 'getActionItem' | 'updateActionItem' | 'getActionItemProgress'
  | 'listActionItemComments' | 'createActionItemComment' | 'listActionItemEvidence' | 'createActionItemEvidence';

export const actionsRoutes = (actions: ActionsService, progress: ActionProgressService, evidence: ActionEvidenceService) =>
  defineHandlers<ActionsOperations>({
    listActionItems: async ({ principal, query: { page = 1, limit = 20, withProgress = false, ...filters } }) => {
      const { rows, total } = await actions.list(principal, filters, page, limit);
      const shown = withProgress ? { progress: (await progress.of(principal, rows)).map(presentProgress) } : {};
      return { status: 200, body: { data: rows.map(presentAction), meta: pageMeta(total, page, limit), ...shown } };
    },
    createActionItem: async ({ principal, body }) => {
      const item = await actions.create(principal, body);
      return { status: 201, body: presentAction(item), headers: { ...etag(item.version), Location: `/api/action-items/${item.id}` } };
    },
    getActionItem: async ({ principal, params }) => {
      const item = await actions.get(principal, params.id);
      return { status: 200, body: presentAction(item), headers: etag(item.version) };
    },
    updateActionItem: async ({ principal, params, body, headers }) => {
      const item = await actions.update(principal, params.id, body, expectedVersion(headers));
      return { status: 200, body: presentAction(item), headers: etag(item.version) };
    },
    getActionItemProgress: async ({ principal, params }) => {
      return { status: 200, body: presentProgress(await progress.get(principal, params.id)) };
    },
    listActionItemComments: async ({ principal, params, query: { page = 1, limit = 20 } }) => {
      const { rows, total } = await evidence.comments(principal, params.id, page, limit);
      return { status: 200, body: { data: rows.map(presentComment), meta: pageMeta(total, page, limit) } };
    },
    createActionItemComment: async ({ principal, params, body }) => {
      return { status: 201, body: presentComment(await evidence.comment(principal, params.id, body.text)) };
    },
    listActionItemEvidence: async ({ principal, params, query: { page = 1, limit = 20 } }) => {
      const { rows, total } = await evidence.list(principal, params.id, page, limit);
      return { status: 200, body: { data: rows.map(presentEvidence), meta: pageMeta(total, page, limit) } };
    },
    createActionItemEvidence: async ({ principal, params, body }) => {
      return { status: 201, body: presentEvidence(await evidence.add(principal, params.id, body)) };
    },
  });
