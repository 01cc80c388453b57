import { Migration } from '@mikro-orm/migrations';

export class WordsWithoutReference extends Migration {
  override up(): void {
    // The rows are written by triggers on the people themselves, whom nobody deletes. Checked one by one, the words of
    // 100,000 new people took minutes: the plan of the check is made while the table of people is still empty.
    this.addSql('alter table agent_name_words drop constraint agent_name_words_agent_id_fkey;');
  }
}
