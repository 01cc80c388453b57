import { Migration } from '@mikro-orm/migrations';

export class PackDays extends Migration {
  override up(): void {
    // What the priority queue reads of a day, in the order of DAY_SUMS: packing 28 days of everybody for each question
    // cost more than all the rest of it. The day is counted from 2000-01-01; a sum beyond 31 bits is cut off.
    this.addSql(`
      alter table agent_performance_metrics add column packed bytea not null generated always as (
      int4send(date - date '2000-01-01') || int4send((origin = 'imported')::int)
      || int4send(least(rating_count, 2147483647)::int)
      || int4send(least(rating_sum * 100, 2147483647)::int)
      || int4send(least(sla_eligible, 2147483647)::int)
      || int4send(least(within_target, 2147483647)::int)
      || int4send(least(wait_count, 2147483647)::int)
      || int4send(least(wait_seconds_sum, 2147483647)::int)
      || int4send(least(handle_count, 2147483647)::int)
      || int4send(least(talk_seconds_sum, 2147483647)::int)
      || int4send(least(hold_seconds_sum, 2147483647)::int)
      || int4send(least(acw_seconds_sum, 2147483647)::int)
      || int4send(least(first_contact_eligible, 2147483647)::int)
      || int4send(least(first_contact_resolved, 2147483647)::int)
      || int4send(least(resolution_count, 2147483647)::int)
      || int4send(least(resolved_count, 2147483647)::int)
      || int4send(least(sentiment_count, 2147483647)::int)
      || int4send(least(sentiment_sum * 1000, 2147483647)::int)
      ) stored;
    `);
  }
}
