import { defineHandlers } from '../http/handler.ts';
import { presentBoard } from './status-board.presenter.ts';
import type { StatusBoardService } from './status-board.service.ts';

export type StatusBoardOperations = 'getStatusBoard' | 'listStatusReasons';

export const statusBoardRoutes = (board: StatusBoardService) =>
  defineHandlers<StatusBoardOperations>({
    getStatusBoard: async ({ principal, query }) => ({ status: 200, body: presentBoard(await board.board(principal, query.teamId)) }),
    listStatusReasons: async ({ params }) => {
      const reasons = await board.reasons(params.id);
      return { status: 200, body: { agentId: params.id, statusReasons: reasons.map(({ code, label, status }) => ({ code, label, status })) } };
    },
  });
