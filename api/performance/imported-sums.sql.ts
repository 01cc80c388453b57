import { sql, type RawBuilder } from '../db/db.ts';

/** What {@link deriveImportedSums} writes. */
export const DERIVED_SUMS = ['wait_count', 'wait_seconds_sum', 'handle_count', 'talk_seconds_sum', 'rating_sum', 'sla_eligible', 'within_target', 'presence_days'] as const;

/**
 * Sums that follow from the figures of imported days: a longer period is weighted by them. Files seldom say what a mean
 * was taken over, so waits, handle times and SLA are weighted by what was handled.
 *
 * Of the interactions within target only whole ones can be counted; they are rounded day by day along each person's days,
 * so that any run of days is off by less than one of them, not by half of one a day.
 *
 * @param which condition on the rows `d`
 */
export const deriveImportedSums = (which: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  with measured as (
    select d.id, sum(d.messages_handled * d.sla_compliance / 100) over days as until,
      d.messages_handled * d.sla_compliance / 100 as within
    from agent_performance_metrics d where ${which} and d.sla_compliance is not null
    window days as (partition by d.agent_id order by d.date)
  )
  update agent_performance_metrics d set
    wait_count = case when d.avg_response_time is null then 0 else d.messages_handled end,
    wait_seconds_sum = round(coalesce(d.avg_response_time, 0) * 60 * d.messages_handled),
    handle_count = case when d.avg_handle_time is null then 0 else d.messages_handled end,
    talk_seconds_sum = round(coalesce(d.avg_handle_time, 0) * d.messages_handled),
    rating_sum = round(coalesce(d.customer_satisfaction, 0) * d.rating_count, 2),
    sla_eligible = case when d.sla_compliance is null then 0 else d.messages_handled end,
    within_target = coalesce((select (round(m.until) - round(m.until - m.within))::int from measured m where m.id = d.id), 0),
    presence_days = (d.online_hours > 0)::int
  where ${which}`;
