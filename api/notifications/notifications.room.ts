import type { AgentsService } from '../agents/agents.service.ts';
import type { Config } from '../config.ts';
import type { Clock } from '../db/clock.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { MailService } from '../mail/mail.service.ts';
import { DigestRepository } from './digest.repository.ts';
import { DigestsService } from './digests.service.ts';
import { InboxService } from './inbox.service.ts';
import { NotificationRepository } from './notification.repository.ts';
import { NotificationsService } from './notifications.service.ts';
import { PreferenceRepository } from './preference.repository.ts';
import { PreferencesService } from './preferences.service.ts';

/** What people are told, and how they want it. */
export function buildNotifications(config: Config, uow: UnitOfWork, clock: Clock, mail: MailService, agents: AgentsService) {
  const rows = new NotificationRepository();
  const waiting = new DigestRepository();
  const preferences = new PreferencesService({ uow, preferences: new PreferenceRepository(), mail, timezone: config.businessTimezone });
  const notifications = new NotificationsService({ notifications: rows, preferences, digests: waiting, mail });
  const digests = new DigestsService({ uow, digests: waiting, notifications: rows, preferences, mail, clock });
  const inbox = new InboxService({ uow, rows, notifications, agents });
  return { notifications, preferences, digests, inbox };
}
