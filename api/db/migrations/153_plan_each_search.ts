import { Migration } from '@mikro-orm/migrations';

export class PlanEachSearch extends Migration {
  override up(): void {
    // How many are similar depends on the text alone: a plan made for any text reads everybody.
    this.addSql('alter function similar_people(text, boolean) set plan_cache_mode = force_custom_plan;');
  }
}
