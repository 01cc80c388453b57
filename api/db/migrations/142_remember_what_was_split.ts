import { Migration } from '@mikro-orm/migrations';

export class RememberWhatWasSplit extends Migration {
  override up(): void {
    // A correction splits the present status; whether its sockets have ended is judged from where it really began.
    this.addSql('alter table presence_intervals add column held_from timestamptz');
  }
}
