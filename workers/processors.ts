import { remindOfActionsProcessor } from './actions/remind-of-actions.processor.ts';
import { keepPartitionsProcessor } from './activity/keep-partitions.processor.ts';
import { announceGoalsProcessor } from './goals/announce-goals.processor.ts';
import { aggregateDaysProcessor } from './performance/aggregate-days.processor.ts';
import { compilePreparationsProcessor } from './preparation/compile-preparations.processor.ts';
import { announceQueueProcessor } from './performance/announce-queue.processor.ts';
import { applyTeamPolicyProcessor } from './performance/apply-team-policy.processor.ts';
import { recomputeStaleDaysProcessor } from './performance/recompute-stale-days.processor.ts';
import { refreshFiguresProcessor } from './performance/refresh-figures.processor.ts';
import { clearImportProcessor } from './imports/clear-import.processor.ts';
import { commitImportProcessor } from './imports/commit-import.processor.ts';
import { parseImportProcessor } from './imports/parse-import.processor.ts';
import { rollBackImportProcessor } from './imports/roll-back-import.processor.ts';
import { tidyImportsProcessor } from './imports/tidy-imports.processor.ts';
import { deliverMailProcessor, retryMailProcessor } from './mail/deliver-mail.processor.ts';
import { sendPasswordLinkProcessor } from './mail/send-password-link.processor.ts';
import { cleanUpSessionsProcessor } from './presence/clean-up-sessions.processor.ts';
import { watchThresholdsProcessor } from './presence/watch-thresholds.processor.ts';
import { makeDigestsProcessor } from './notifications/make-digests.processor.ts';
import type { AnyProcessor } from './registry.ts';
import { reportLateRequestsProcessor } from './session-requests/report-late-requests.processor.ts';
import { clearExpiredProcessor } from './retention/clear-expired.processor.ts';
import { closeSessionEditsProcessor } from './sessions/close-session-edits.processor.ts';
import { reportLateAnswersProcessor } from './sessions/report-late-answers.processor.ts';

/** Every processor of every room. */
export const processors: readonly AnyProcessor[] = [parseImportProcessor, commitImportProcessor, rollBackImportProcessor, clearImportProcessor, tidyImportsProcessor,
  clearExpiredProcessor, keepPartitionsProcessor,
  remindOfActionsProcessor,
  recomputeStaleDaysProcessor, aggregateDaysProcessor, refreshFiguresProcessor, applyTeamPolicyProcessor,
  announceQueueProcessor, announceGoalsProcessor, compilePreparationsProcessor,
  closeSessionEditsProcessor,
  cleanUpSessionsProcessor, watchThresholdsProcessor,
  reportLateRequestsProcessor,
  reportLateAnswersProcessor,
  sendPasswordLinkProcessor, deliverMailProcessor, retryMailProcessor, makeDigestsProcessor,
];
