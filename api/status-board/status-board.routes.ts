import { defineHandlers } from '../http/handler.ts';
import { presentBoard } from './status-board.presenter.ts';
import type { StatusBoardService } from './status-board.service.ts';

export type StatusBoardOperations = 'getStatusBoard';

export const statusBoardRoutes = (board: StatusBoardService) =>
  defineHandlers<StatusBoardOperations>({
    getStatusBoard: async ({ principal, query }) => ({ status: 200, body: presentBoard(await board.board(principal, query.teamId)) }),
  });
