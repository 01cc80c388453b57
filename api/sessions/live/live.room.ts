import type { Clock } from '../../db/clock.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import type { SessionDesk } from '../session-desk.ts';
import { DocumentsService } from './documents.service.ts';
import { EditLog } from './edit-log.ts';
import { SessionEditRepository } from './session-edit.repository.ts';
import { VisitRepository } from './visit.repository.ts';

/** What is done in a session while it is held. */
export interface LiveSessions {
  readonly documents: DocumentsService;
  readonly edits: EditLog;
  readonly visits: VisitRepository;
}

export function buildLiveSessions({ uow, clock, desk }: { uow: UnitOfWork; clock: Clock; desk: SessionDesk }): LiveSessions {
  const visits = new VisitRepository();
  const edits = new EditLog({ uow, edits: new SessionEditRepository(), clock });
  return { edits, visits, documents: new DocumentsService({ uow, desk, visits, edits, clock }) };
}
