import type { Message } from './messages.ts';
import type { actions } from './strings/actions.ts';
import type { admin } from './strings/admin.ts';
import type { adminSettings } from './strings/admin-settings.ts';
import type { adminKeys } from './strings/admin-keys.ts';
import type { adminTemplates } from './strings/admin-templates.ts';
import type { board } from './strings/board.ts';
import type { card } from './strings/card.ts';
import type { chart } from './strings/chart.ts';
import type { common } from './strings/common.ts';
import type { drill } from './strings/drill.ts';
import type { evidence } from './strings/evidence.ts';
import type { exportWords } from './strings/exports.ts';
import type { fairness } from './strings/fairness.ts';
import type { goals } from './strings/goals.ts';
import type { imports } from './strings/imports.ts';
import type { inbox } from './strings/inbox.ts';
import type { note } from './strings/note.ts';
import type { noteTemplates } from './strings/note-templates.ts';
import type { notes } from './strings/notes.ts';
import type { picker } from './strings/picker.ts';
import type { queue } from './strings/queue.ts';
import type { requests } from './strings/requests.ts';
import type { session } from './strings/session.ts';
import type { sessionLive } from './strings/session-live.ts';
import type { sessionOutcome } from './strings/session-outcome.ts';
import type { sessionSchedule } from './strings/session-schedule.ts';
import type { stats } from './strings/stats.ts';
import type { status } from './strings/status.ts';

/** Every word the widgets say, by key: what a translation gives, in part or in full. */
export type MessageKey =
  | keyof typeof actions
  | keyof typeof admin
  | keyof typeof adminSettings
  | keyof typeof adminKeys
  | keyof typeof adminTemplates
  | keyof typeof board
  | keyof typeof card
  | keyof typeof chart
  | keyof typeof common
  | keyof typeof drill
  | keyof typeof evidence
  | keyof typeof exportWords
  | keyof typeof fairness
  | keyof typeof goals
  | keyof typeof imports
  | keyof typeof inbox
  | keyof typeof note
  | keyof typeof noteTemplates
  | keyof typeof notes
  | keyof typeof picker
  | keyof typeof queue
  | keyof typeof requests
  | keyof typeof session
  | keyof typeof sessionLive
  | keyof typeof sessionOutcome
  | keyof typeof sessionSchedule
  | keyof typeof stats
  | keyof typeof status;

export type Catalogue = Record<MessageKey, Message>;
