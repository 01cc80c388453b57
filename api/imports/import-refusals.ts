import { isManager, type Principal } from '../auth/principal.ts';
import { isDiskFull } from '../db/failures.ts';
import { conflict, type Problem } from '../errors/problem.ts';
import { FileGone } from '../storage/file-store.ts';
import { PeopleMissing } from './commit.service.ts';
import type { ImportError, ImportRecord } from './import.repository.ts';
import { sentenceOf, type Blocker } from './kinds/blockers.ts';
import { FileRefused } from './parsing/refusal.ts';

// Why something is not done with an import, as it is told.

export function blocked(blockers: readonly Blocker[]): Problem {
  const details = blockers.map((blocker) => ({ path: blocker.rowNumber === null ? '/people' : `/rows/${blocker.rowNumber}`, message: sentenceOf(blocker), code: blocker.code }));
  return conflict('rollback_blocked', `Something newer depends on this import: ${details[0]?.message ?? ''}`, details);
}

export function wrongState({ status }: ImportRecord): Problem {
  return conflict('import_not_staged', `The import is ${status.replace('_', ' ')}; this needs one that is staged.`);
}

export function notCommitted({ status }: ImportRecord): Problem {
  return conflict('import_not_committed', `The import is ${status.replace('_', ' ')}; only a committed one can be taken back.`);
}

/** It cannot be cancelled any more. */
export function tooLate({ status }: ImportRecord): Problem {
  const reason = status === 'committing' ? 'its rows are being written. Take it back when they are.' : 'there is nothing to cancel.';
  return conflict('import_not_cancellable', `The import is ${status.replace('_', ' ')}; ${reason}`);
}

export function openQuestions({ questions }: ImportRecord): Problem {
  const details = questions.map(({ answer, message, code }) => ({ path: `/mapping${answer}`, message, code }));
  return conflict('open_questions', `${questions.length} questions about the file are open: ${questions[0]?.message ?? ''}`, details);
}

/** What was read with a reach that whoever asks has no more is not written in their name. @throws Problem 409 */
export function assertTeamsStillLed(by: Principal, { teamScope }: ImportRecord): void {
  if (isManager(by)) return;
  // Read without a bound: by somebody who was a manager then.
  if (teamScope === null || teamScope.some((team) => !by.ledTeamIds.includes(team))) throw conflict('teams_changed', 'The teams you lead have changed since the upload. Upload the file again.');
}

export function reasonOf(error: unknown): ImportError {
  if (error instanceof FileRefused) return { code: error.code, message: error.message };
  if (error instanceof FileGone) return { code: 'file_gone', message: 'The stored file is not there any more. Upload it again.' };
  if (error instanceof PeopleMissing) return { code: 'missing_agents', message: error.message };
  return brokenOff(error, 'written');
}

/** What can only have gone wrong on our side. @param undone what was not done */
export function brokenOff(error: unknown, undone: 'written' | 'taken back'): ImportError {
  if (isDiskFull(error)) return { code: 'storage_full', message: `There is no room left on the disk. Nothing was ${undone}; try again when there is.` };
  return { code: 'internal_error', message: `Something went wrong on our side. Nothing was ${undone}; try again.` };
}
