import { Migration } from '@mikro-orm/migrations';

export class LettersOfRooms extends Migration {
  override up(): void {
    this.addSql(`
-- What a mail without a link says, and what is attached to it; gone as soon as the mail is.
alter table mails add column content jsonb;
-- Under which the mail goes out, however often. The same occasion has the same one, and so one mail.
alter table mails add column message_id uuid;
update mails set message_id = id;
alter table mails alter column message_id set not null;
create unique index mails_message_id on mails (message_id);
    `);
  }
}
