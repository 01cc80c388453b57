import type { ActionsService } from '../actions/actions.service.ts';
import type { AgentsService } from '../agents/agents.service.ts';
import type { Clock } from '../db/clock.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import type { EffectService } from '../effect/effect.service.ts';
import type { NotesService } from '../notes/notes.service.ts';
import type { BusinessCalendar } from '../performance/business-day.ts';
import type { PerformanceService } from '../performance/performance.service.ts';
import type { PriorityQueueService } from '../priority-queue/priority-queue.service.ts';
import { PreparationCompiler } from './compiler.service.ts';
import { PreparationFactsRepository } from './preparation-facts.repository.ts';
import { PreparationRepository } from './preparation.repository.ts';
import { PreparationService, type ReadPreparedSession } from './preparation.service.ts';

/** What the room needs of others. */
export interface PreparationNeeds {
  readonly uow: UnitOfWork;
  readonly clock: Clock;
  readonly calendar: BusinessCalendar;
  readonly session: ReadPreparedSession;
  /** Everything about the session has been compiled. */
  readonly announceReady: (tx: Tx, sessionId: string) => Promise<void>;
  readonly agents: AgentsService;
  readonly notes: NotesService;
  readonly actions: ActionsService;
  readonly effects: EffectService;
  readonly performance: PerformanceService;
  readonly queue: PriorityQueueService;
}

/** Puts the room together; called by the composition root. */
export function buildPreparations({ actions, effects, performance, queue, ...needs }: PreparationNeeds): PreparationService {
  const compiler = new PreparationCompiler({ facts: new PreparationFactsRepository(), performance, actions, effects, queue });
  return new PreparationService({ ...needs, preparations: new PreparationRepository(), compiler });
}
