import type { components } from '../http/contract.types.ts';
import type { GoalRow, LinkedSession } from './goal.repository.ts';
import type { GoalProgress } from './goal-progress.ts';

export type GoalView = components['schemas']['Goal'];

/** A goal with what is not stored with it. */
export interface GoalState extends GoalRow {
  readonly isOverdue: boolean;
  readonly progress: GoalProgress | null;
  readonly sessions: readonly Omit<LinkedSession, 'goalId'>[];
}

export const presentGoal = (goal: GoalState): GoalView => ({ ...goal, sessions: [...goal.sessions] });
