import type { components } from '../http/contract.types.ts';
import type { NotificationRow } from './notification.repository.ts';
import type { PreferencesState } from './preferences.ts';

type Schemas = components['schemas'];

export const presentNotification = (row: NotificationRow): Schemas['StoredNotification'] => ({ ...row, data: { ...row.data } });

export const presentPreferences = ({ groups, quietDays, ...rest }: PreferencesState): Schemas['NotificationPreferencesState'] => ({
  ...rest,
  quietDays: [...quietDays],
  // Messages from people are always shown, whatever was stored before that was so.
  groups: { ...groups, messages: { ...groups.messages, inApp: 'now' } },
});
