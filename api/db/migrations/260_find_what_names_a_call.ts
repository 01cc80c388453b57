import { Migration } from '@mikro-orm/migrations';

export class FindWhatNamesACall extends Migration {
  override up(): void {
    // Whoever deletes calls looks for what names each of them: without these, through all notes for every single call.
    this.addSql('create index quick_notes_interaction on quick_notes (interaction_id) where interaction_id is not null;');
    this.addSql('create index action_evidence_interaction on action_evidence (interaction_id) where interaction_id is not null;');
  }
}
