import { Migration } from '@mikro-orm/migrations';

export class KeepSignInsInCookies extends Migration {
  override up(): void {
    // A refresh token that a browser keeps for its pages is good for no other way in, and the other way round.
    this.addSql('alter table auth_sessions add column in_cookie boolean not null default false;');
  }
}
