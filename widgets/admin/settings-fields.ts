/** How a number of the settings is edited; limits are the contract's, in the stored unit. */
interface Setting {
  unit: 'points' | 'percent' | 'minutes' | 'seconds' | 'hours' | 'days' | 'workingDays' | 'rating' | 'none';
  min: number;
  max: number;
  step?: number;
  /** What one stored unit is on the screen. */
  scale?: number;
}

const weight: Setting = { unit: 'points', min: 0, max: 100, step: 0.5 };
const ratio: Setting = { unit: 'percent', min: 0, max: 1, scale: 100 };

const defined = {
  'targets/csat': { unit: 'rating', min: 1, max: 5, step: 0.1 },
  'targets/slaCompliance': { unit: 'percent', min: 0, max: 100 },
  'targets/avgResponseTime': { unit: 'minutes', min: 0, max: 1440, step: 0.1 },
  'targets/aht': { unit: 'seconds', min: 0, max: 86_400 },
  'targets/fcr': ratio,
  'targets/resolutionRate': ratio,
  'targets/sentiment': { unit: 'none', min: -1, max: 1, step: 0.1 },
  'weights/gap.csat': weight,
  'weights/gap.slaCompliance': weight,
  'weights/gap.avgResponseTime': weight,
  'weights/gap.aht': weight,
  'weights/gap.fcr': weight,
  'weights/gap.resolutionRate': weight,
  'weights/trend': weight,
  'weights/notes': weight,
  'weights/overdueActions': weight,
  'weights/cadence': weight,
  'weights/sentiment': weight,
  cadenceDays: { unit: 'days', min: 1, max: 365 },
  requestDays: { unit: 'workingDays', min: 1, max: 60 },
  acknowledgementDays: { unit: 'workingDays', min: 1, max: 60 },
  disputeDays: { unit: 'workingDays', min: 1, max: 60 },
  serviceLevelSeconds: { unit: 'seconds', min: 1, max: 3600 },
  'firstResponseSeconds/chat': { unit: 'seconds', min: 1, max: 604_800 },
  'firstResponseSeconds/message': { unit: 'seconds', min: 1, max: 604_800 },
  'firstResponseSeconds/email': { unit: 'hours', min: 1, max: 604_800, scale: 1 / 3600, step: 0.25 },
  'firstResponseSeconds/ticket': { unit: 'hours', min: 1, max: 604_800, scale: 1 / 3600, step: 0.25 },
  'thresholds/awayMinutes': { unit: 'minutes', min: 1, max: 1440 },
  'thresholds/busyMinutes': { unit: 'minutes', min: 1, max: 1440 },
} as const satisfies Record<string, Setting>;

export type SettingKey = keyof typeof defined;
export const numbers: Readonly<Record<SettingKey, Setting>> = defined;

const within = (prefix: string): readonly SettingKey[] => (Object.keys(defined) as SettingKey[]).filter((key) => key.startsWith(prefix));

export const TARGETS = within('targets/');
export const WEIGHTS = within('weights/');
export const COACHING: readonly SettingKey[] = ['cadenceDays', 'requestDays', 'acknowledgementDays', 'disputeDays'];
export const CHANNELS: readonly SettingKey[] = ['serviceLevelSeconds', ...within('firstResponseSeconds/')];
export const THRESHOLDS = within('thresholds/');

/** Each signal in its colour of the queue's bars. */
export const COLOURS: Readonly<Record<string, string>> = Object.fromEntries(
  WEIGHTS.map((key) => {
    const signal = key.slice('weights/'.length);
    const name = signal.startsWith('gap.') ? 'gap' : signal === 'overdueActions' ? 'actions' : signal;
    return [key, `var(--_reason-${name})`];
  }),
);
