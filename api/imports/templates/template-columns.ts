import type { ImportKindName } from '../kinds/kind-names.ts';

/** A column of a template. Its header is the field's label, with what its numbers count. */
export interface TemplateColumn {
  /** A field of the kind. */
  readonly field: string;
  /** What the example row has; a date as `YYYY-MM-DD`. */
  readonly example: string | number | null;
  /** What its numbers count. */
  readonly unit?: 'seconds' | 'minutes' | 'hours';
  readonly isDate?: boolean;
  /** Of a day, or a duration as `H:MM:SS`. */
  readonly isTime?: boolean;
  /** Digits that are no number: their first zeros count. */
  readonly isText?: boolean;
  /** The least and the most a number may be; null where there is no most. */
  readonly between?: readonly [least: number, most: number | null];
  /** The words to choose from; the import knows them. */
  readonly words?: readonly string[];
}

const YES_NO = ['yes', 'no'];
const PRIORITIES = ['low', 'medium', 'high'];
/** Whom the example rows are about; nobody is called that. */
export const EXAMPLE_PERSON = 'Example Person';
const AGENT: TemplateColumn = { field: 'agent', example: EXAMPLE_PERSON };

/** What each kind's template asks for: one column for one thing, where files may have it in several ways. */
export const TEMPLATE_COLUMNS: Readonly<Record<ImportKindName, readonly TemplateColumn[]>> = {
  interactions: [
    { field: 'externalId', example: 'C-1001', isText: true },
    AGENT,
    { field: 'date', example: '2026-01-15', isDate: true },
    { field: 'time', example: '09:30:00', isTime: true },
    { field: 'channel', example: 'voice', words: ['voice', 'chat', 'email', 'ticket', 'message'] },
    { field: 'direction', example: 'inbound', words: ['inbound', 'outbound'] },
    { field: 'queue', example: 'Sales' },
    { field: 'topic', example: 'Delivery' },
    { field: 'customerRef', example: 'K-2002', isText: true },
    { field: 'outcome', example: 'answered', words: ['answered', 'abandoned', 'missed', 'busy', 'failed', 'voicemail', 'open'] },
    { field: 'resolved', example: 'yes', words: YES_NO },
    { field: 'firstContact', example: 'yes', words: YES_NO },
    { field: 'waitSeconds', example: 12, unit: 'seconds' },
    { field: 'talkSeconds', example: 240, unit: 'seconds' },
    { field: 'holdSeconds', example: 0, unit: 'seconds' },
    { field: 'acwSeconds', example: 30, unit: 'seconds' },
    { field: 'rating', example: 5, between: [1, 5] },
    { field: 'sentiment', example: 'positive', words: ['very positive', 'positive', 'neutral', 'negative', 'very negative'] },
  ],
  performance: [
    AGENT,
    { field: 'date', example: '2026-01-15', isDate: true },
    { field: 'messagesHandled', example: 40, between: [0, null] },
    { field: 'ticketsResolved', example: 35, between: [0, null] },
    { field: 'avgResponseTime', example: 2.5, unit: 'minutes' },
    { field: 'avgHandleTime', example: 300, unit: 'seconds' },
    { field: 'customerSatisfaction', example: 4.5, between: [1, 5] },
    { field: 'ratingCount', example: 8, between: [0, null] },
    { field: 'slaCompliance', example: 92.5, between: [0, 100] },
    { field: 'onlineHours', example: 7.5, unit: 'hours', between: [0, 24] },
  ],
  presence: [
    AGENT,
    { field: 'date', example: '2026-01-15', isDate: true },
    { field: 'login', example: '08:00:00', isTime: true },
    { field: 'logout', example: '16:30:00', isTime: true },
    { field: 'duration', example: '8:30:00', isTime: true },
  ],
  agents: [
    { field: 'fullName', example: EXAMPLE_PERSON },
    { field: 'email', example: 'example.person@example.com' },
    { field: 'username', example: 'example_person' },
    { field: 'role', example: 'agent', words: ['agent', 'team leader', 'viewer'] },
    { field: 'department', example: 'Support' },
    { field: 'team', example: null },
    { field: 'phone', example: '0301234567', isText: true },
    { field: 'joinedOn', example: '2026-01-15', isDate: true },
    { field: 'isActive', example: 'yes', words: YES_NO },
  ],
  notes: [
    { field: 'externalId', example: 'N-1001', isText: true },
    AGENT,
    { field: 'content', example: 'Summed up clearly at the end.' },
    { field: 'createdAt', example: '2026-01-15', isDate: true },
    { field: 'noteType', example: 'positive', words: ['coaching', 'positive', 'urgent'] },
    { field: 'priority', example: 'low', words: PRIORITIES },
    { field: 'category', example: 'Wrap-up' },
    { field: 'author', example: null },
    { field: 'isPrivate', example: 'no', words: YES_NO },
  ],
  actions: [
    { field: 'externalId', example: 'A-1001', isText: true },
    AGENT,
    { field: 'title', example: 'Listen to two calls' },
    { field: 'description', example: 'One of them a complaint.' },
    { field: 'dueDate', example: '2026-01-30', isDate: true },
    { field: 'priority', example: 'medium', words: PRIORITIES },
    { field: 'category', example: 'Listening' },
    { field: 'status', example: 'open', words: ['open', 'in progress', 'done', 'cancelled'] },
    { field: 'completedOn', example: null, isDate: true },
  ],
};
