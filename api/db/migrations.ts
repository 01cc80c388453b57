import { CreateAgentsTable } from './migrations/001_create_agents_table.ts';
import { CreatePerformanceMetricsTable } from './migrations/002_create_performance_metrics_table.ts';
import { CreateActivitiesTable } from './migrations/003_create_activities_table.ts';
import { CreateSessionsTable } from './migrations/004_create_sessions_table.ts';
import { AddIndexes } from './migrations/005_add_indexes.ts';
import { CreateEventsTables } from './migrations/010_create_events_tables.ts';
import { CreateCoachingTables } from './migrations/011_create_coaching_tables.ts';
import { CreateImportsTables } from './migrations/012_create_imports_tables.ts';
import { SearchPeople } from './migrations/150_search_people.ts';
import { PartitionActivities } from './migrations/152_partition_activities.ts';
import { CreateViews } from './migrations/151_create_views.ts';
import { DateTheCounters } from './migrations/130_date_the_counters.ts';
import { CreateApiKeys } from './migrations/160_create_api_keys.ts';
import { TimeTheFields } from './migrations/131_time_the_fields.ts';
import { CreateMails } from './migrations/161_create_mails.ts';
import { FindTeamlessInteractions } from './migrations/133_find_teamless_interactions.ts';
import { RememberJobRuns } from './migrations/132_remember_job_runs.ts';
import { ExtendDailyRows } from './migrations/120_extend_daily_rows.ts';
import { ExtendImports } from './migrations/100_extend_imports.ts';
import { ExactPresence } from './migrations/140_exact_presence.ts';
import { ShowOvertakenPreviews } from './migrations/101_show_overtaken_previews.ts';
import { OnlineHoursAtOnce } from './migrations/141_online_hours_at_once.ts';

/** Every migration, in order. The name is what the database remembers: it is never changed. */
export const migrations = [
  { name: '001_create_agents_table', class: CreateAgentsTable },
  { name: '002_create_performance_metrics_table', class: CreatePerformanceMetricsTable },
  { name: '003_create_activities_table', class: CreateActivitiesTable },
  { name: '004_create_sessions_table', class: CreateSessionsTable },
  { name: '005_add_indexes', class: AddIndexes },
  { name: '010_create_events_tables', class: CreateEventsTables },
  { name: '011_create_coaching_tables', class: CreateCoachingTables },
  { name: '012_create_imports_tables', class: CreateImportsTables },
  { name: '120_extend_daily_rows', class: ExtendDailyRows },
  { name: '100_extend_imports', class: ExtendImports },
  { name: '130_date_the_counters', class: DateTheCounters },
  { name: '160_create_api_keys', class: CreateApiKeys },
  { name: '140_exact_presence', class: ExactPresence },
  { name: '131_time_the_fields', class: TimeTheFields },
  { name: '101_show_overtaken_previews', class: ShowOvertakenPreviews },
  { name: '150_search_people', class: SearchPeople },
  { name: '151_create_views', class: CreateViews },
  { name: '161_create_mails', class: CreateMails },
  { name: '141_online_hours_at_once', class: OnlineHoursAtOnce },
  { name: '132_remember_job_runs', class: RememberJobRuns },
  { name: '152_partition_activities', class: PartitionActivities },
  { name: '133_find_teamless_interactions', class: FindTeamlessInteractions },
] as const;
