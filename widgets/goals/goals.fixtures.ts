import { agent, leader } from '../gallery/fixtures.ts';
import type { Goal } from './goals-model.ts';

const NOW = Date.now();
const day = (days: number): string => new Date(NOW + days * 86_400_000).toISOString().slice(0, 10);
export const goalId = (n: number): string => `01890000-0000-7000-a000-${String(n).padStart(12, '0')}`;

const RUTH = { id: leader.id, name: leader.fullName };

export const aGoal = (n: number, change: Partial<Goal> = {}): Goal => ({
  id: goalId(n), agentId: 1, agentName: agent(1).fullName, title: 'Customers are asked once, and solved at once', description: null, metric: 'fcr', startValue: 0.61, targetValue: 0.75, dueDate: day(40),
  status: 'open', isOverdue: false, outcome: null, progress: { value: 0.69, n: 96, minimumN: 20, from: day(-28), to: day(-1), share: 0.5714, isReached: false },
  sessions: [{ id: '01890000-0000-7000-9000-000000000008', scheduledAt: new Date(NOW - 36 * 86_400_000).toISOString(), status: 'completed' }],
  closedAt: null, closedBy: null, createdBy: RUTH, createdAt: new Date(NOW - 36 * 86_400_000).toISOString(), updatedAt: new Date(NOW - 36 * 86_400_000).toISOString(), version: 1, ...change,
});

/** One under way, one that is late and judged together, one that was reached. */
export const goals: Goal[] = [
  aGoal(1),
  aGoal(2, { title: 'Openings without a form in between', metric: null, startValue: null, targetValue: null, progress: null, dueDate: day(-3), isOverdue: true, sessions: [] }),
  aGoal(3, { title: 'Handle time without hurry', metric: 'aht', startValue: 540, targetValue: 480, progress: { value: 466, n: 210, minimumN: 20, from: day(-60), to: day(-33), share: 1.2333, isReached: true }, status: 'reached', outcome: 'Two weeks ahead of time.', closedAt: new Date(NOW - 32 * 86_400_000).toISOString(), closedBy: RUTH, version: 2 }),
];
