import { actionsScenarios } from './actions.scenarios.ts';
import { agentsScenarios } from './agents.scenarios.ts';
import { authScenarios } from './auth.scenarios.ts';
import { exportsScenarios } from './exports.scenarios.ts';
import { goalsScenarios } from './goals.scenarios.ts';
import { effectScenarios } from './effect.scenarios.ts';
import { fairnessScenarios } from './fairness.scenarios.ts';
import { httpScenarios } from './http.scenarios.ts';
import { identitiesScenarios } from './identities.scenarios.ts';
import { importsScenarios } from './imports.scenarios.ts';
import { interactionsScenarios } from './interactions.scenarios.ts';
import { keysScenarios } from './keys.scenarios.ts';
import { liveSessionsScenarios } from './live-sessions.scenarios.ts';
import { notesScenarios } from './notes.scenarios.ts';
import { notificationsScenarios } from './notifications.scenarios.ts';
import { performanceScenarios } from './performance.scenarios.ts';
import { presenceScenarios } from './presence.scenarios.ts';
import { priorityQueueScenarios } from './priority-queue.scenarios.ts';
import { quickStatsScenarios } from './quick-stats.scenarios.ts';
import type { Scenarios } from './scenario.ts';
import { recordScenarios } from './record.scenarios.ts';
import { sessionRequestsScenarios } from './session-requests.scenarios.ts';
import { sessionsScenarios } from './sessions.scenarios.ts';
import { statusBoardScenarios } from './status-board.scenarios.ts';
import { teamsScenarios } from './teams.scenarios.ts';
import { templatesScenarios } from './templates.scenarios.ts';

/** What is known of every operation, by operationId. A new room adds its file here, and all suites walk it. */
export const scenarios: Scenarios = {
  ...httpScenarios,
  ...authScenarios,
  ...agentsScenarios,
  ...identitiesScenarios,
  ...keysScenarios,
  ...teamsScenarios,
  ...presenceScenarios,
  ...notesScenarios,
  ...sessionsScenarios,
  ...liveSessionsScenarios,
  ...actionsScenarios,
  ...templatesScenarios,
  ...goalsScenarios,
  ...sessionRequestsScenarios,
  ...notificationsScenarios,
  ...recordScenarios,
  ...performanceScenarios,
  ...interactionsScenarios,
  ...quickStatsScenarios,
  ...priorityQueueScenarios,
  ...importsScenarios,
  ...exportsScenarios,
  ...effectScenarios,
  ...fairnessScenarios,
  ...statusBoardScenarios,
};
