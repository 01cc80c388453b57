/** What preferences are set for: kinds of things one is told, in the words of a person. */
export const GROUPS = ['sessions', 'actions', 'requests', 'goals', 'notes', 'presence', 'messages'] as const;
export type Group = (typeof GROUPS)[number];

interface TypeOfNotification {
  readonly group: Group;
  /** What many of them are called, where a burst stands for them; without it each is shown by itself, however many come. */
  readonly plural?: string;
}

/**
 * Every type of notification there is. A room that tells something new adds its type here, and the schema of its `data`
 * in notifications.openapi.yaml: each is refused without the other.
 */
export const NOTIFICATION_TYPES = {
  presence_threshold: { group: 'presence', plural: 'people over the time of their status' },
  session_requested: { group: 'requests', plural: 'requests for a session' },
  session_request_late: { group: 'requests', plural: 'requests that wait for an answer' },
  session_request_declined: { group: 'requests' },
  action_assigned: { group: 'actions', plural: 'new things to do' },
  action_due: { group: 'actions', plural: 'things to do that are due' },
  action_overdue: { group: 'actions', plural: 'things to do that were due' },
  action_done: { group: 'actions', plural: 'things done' },
  action_commented: { group: 'actions', plural: 'comments on things to do' },
  session_scheduled: { group: 'sessions' },
  session_changed: { group: 'sessions' },
  session_cancelled: { group: 'sessions' },
  session_started: { group: 'sessions' },
  session_missed: { group: 'sessions' },
  session_completed: { group: 'sessions' },
  session_acknowledged: { group: 'sessions', plural: 'acknowledged sessions' },
  session_disputed: { group: 'sessions' },
  session_dispute_resolved: { group: 'sessions' },
  session_commented: { group: 'sessions', plural: 'comments on sessions' },
  session_agenda: { group: 'sessions', plural: 'new points on agendas' },
  session_acknowledgement_due: { group: 'sessions' },
  session_acknowledgement_late: { group: 'sessions' },
  session_dispute_late: { group: 'sessions' },
  info: { group: 'messages' },
  success: { group: 'messages' },
  warning: { group: 'messages' },
  error: { group: 'messages' },
} as const satisfies Record<string, TypeOfNotification>;

export type NotificationType = keyof typeof NOTIFICATION_TYPES;

export const groupOf = (type: NotificationType): Group => NOTIFICATION_TYPES[type].group;

/** What many of a type are called; undefined where they are never folded. */
export const pluralOf = (type: NotificationType): string | undefined => (NOTIFICATION_TYPES[type] as TypeOfNotification).plural;

/** The types somebody asks for by their group. */
export const typesOf = (group: Group): NotificationType[] => (Object.keys(NOTIFICATION_TYPES) as NotificationType[]).filter((type) => groupOf(type) === group);

/** Kinds of messages from person to person. */
export type MessageType = 'info' | 'success' | 'warning' | 'error';
