export const FAIRNESS_CONSTANTS = {
  /** Business days when no period is asked for. */
  defaultDays: 90,
  maximumDays: 366,
  /** Below so many a share says nothing, and is not to be shown as one. */
  minimumN: 5,
} as const;

/** What every figure means, in words; served with the figures. */
export const FAIRNESS_DEFINITIONS = [
  { id: 'people', formula: 'Active front-line people of the team as it is today who had joined by the last day.' },
  {
    id: 'inCadence',
    formula: 'People for whom, on the last day, no more days than their team’s cadence have passed since their last completed session; without any session, since they joined.',
  },
  { id: 'coached', formula: 'People with at least one completed session in the period.' },
  { id: 'gapDays', formula: 'Median of the days between a completed session in the period and the same person’s one before it.' },
  { id: 'held', formula: 'Sessions completed in the period; one with several people counts once.' },
  { id: 'cancelled', formula: 'Sessions scheduled for a day of the period that were cancelled.' },
  { id: 'noShow', formula: 'Sessions scheduled for a day of the period to which nobody came.' },
  { id: 'praiseShare', formula: 'Notes of praise / all notes written in the period; private ones are not counted.' },
  { id: 'acknowledged', formula: 'Answers to sessions completed in the period that agree / answers asked for; one per person of a session.' },
  { id: 'pending', formula: 'Answers still to come, before their deadline.' },
  { id: 'overdue', formula: 'Answers still to come, after their deadline.' },
  { id: 'disputed', formula: 'Answers that disagreed, also where the dispute has been resolved since / answers asked for.' },
  {
    id: 'gini',
    formula: 'Gini coefficient of the completed sessions per person, Σ |xᵢ − xⱼ| / (2 n² x̄), over those who had joined by the first day: 0 where all had as many, near 1 where one had them all.',
  },
] as const;
