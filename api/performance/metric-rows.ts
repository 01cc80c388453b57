/**
 * Which interactions a metric counts, as SQL conditions on `i` (a row of `interactions`). The aggregation counts with
 * them and the evidence lists with them, so a figure's n and the rows behind it cannot differ.
 */
const HANDLED = `i.outcome = 'answered'`;
const OFFERED = `i.direction = 'inbound' and i.outcome in ('answered', 'abandoned', 'missed', 'voicemail')`;
const ANSWERED = `i.direction = 'inbound' and i.outcome = 'answered'`;
/** An answer whose wait was not recorded can be said neither to have kept the target nor to have missed it. */
const SLA_ELIGIBLE = `${OFFERED} and not (i.outcome = 'answered' and i.wait_seconds is null)`;
const VOICE = `i.channel = 'voice'`;
const RESOLUTION = `${HANDLED} and i.resolved is not null`;

export const ROW_CONDITIONS = {
  handled: HANDLED,
  resolved: `i.resolved`,
  offered: OFFERED,
  answered: ANSWERED,
  abandoned: `i.direction = 'inbound' and i.outcome = 'abandoned'`,
  slaEligible: SLA_ELIGIBLE,
  voiceSlaEligible: `${VOICE} and ${SLA_ELIGIBLE}`,
  voiceWait: `${VOICE} and ${ANSWERED} and i.wait_seconds is not null`,
  wait: `${HANDLED} and i.wait_seconds is not null`,
  talk: `${HANDLED} and i.talk_seconds is not null`,
  handleTime: `${HANDLED} and coalesce(i.talk_seconds, i.hold_seconds, i.acw_seconds) is not null`,
  resolution: RESOLUTION,
  firstContact: `${RESOLUTION} and i.first_contact is not null`,
  rated: `i.rating is not null`,
  sentiment: `i.sentiment is not null`,
} as const;

export type RowCondition = keyof typeof ROW_CONDITIONS;
