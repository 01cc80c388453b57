import { Migration } from '@mikro-orm/migrations';

export class TellWhereGoalsStand extends Migration {
  override up(): void {
    // What a goal says beyond its row (progress, overdue, sessions) moves without a write to it: a digest of what was told
    // last, and when it was looked at last, so that it is told again when it is another one, and only then.
    this.addSql('alter table coaching_goals add column told text, add column looked_at timestamptz;');
  }
}
