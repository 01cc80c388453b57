import type { AgentsService } from '../agents/agents.service.ts';
import type { SignIns } from '../auth/sign-ins.ts';
import type { Config } from '../config.ts';
import type { Clock } from '../db/clock.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { BusinessCalendar } from '../performance/business-day.ts';
import type { RecomputationService } from '../performance/recomputation.service.ts';
import type { PresenceService } from '../presence/presence.service.ts';
import { DemoSessionsRepository } from './demo-sessions.repository.ts';
import { DemoRepository } from './demo.repository.ts';
import { DemoService } from './demo.service.ts';
import { FloorRepository } from './floor.repository.ts';
import { FloorService } from './floor.service.ts';

/** The demo's story, and who moves its floor. */
export function buildDemo(
  config: Config, uow: UnitOfWork, clock: Clock, calendar: BusinessCalendar,
  rooms: { agents: AgentsService; signIns: SignIns; presence: PresenceService; recomputation: RecomputationService },
) {
  const floors = new FloorRepository();
  const demo = new DemoService({ uow, demo: new DemoRepository(), sessions: new DemoSessionsRepository(), floors, ...rooms, calendar, simulated: config.simulator });
  const floor = new FloorService({ uow, floors, demo, presence: rooms.presence, calendar, clock });
  return { demo, floor };
}
