import { FOOTER, greetingOf, oneLine, type Letter } from './letter.ts';

/** What a letter is filled in with. */
export interface LetterFields {
  readonly name: string;
  readonly username: string;
  /** How long the link works, in words. */
  readonly validFor: string;
  readonly link: string;
}

const letter = (fields: LetterFields, subject: string, paragraphs: readonly string[], label: string): Letter => ({
  subject,
  greeting: greetingOf(fields.name),
  paragraphs,
  link: { label, href: fields.link },
  footer: FOOTER,
});

/** Every mail with a link that opens something, by the name it is queued under. What else is mailed, its room writes. */
export const TEMPLATES = {
  'password-reset': (fields: LetterFields) =>
    letter(fields, 'Choose a new Sideline password', [
      `Somebody, hopefully you, asked for a new password for the user name ${oneLine(fields.username)}. The link works once, for ${fields.validFor}.`,
      'If it was not you, do nothing: your password stays as it is.',
    ], 'Choose a new password'),
  'password-link': (fields: LetterFields) =>
    letter(fields, 'A link to choose your Sideline password', [
      `An administrator sent you this link to choose a password for the user name ${oneLine(fields.username)}. It works once, for ${fields.validFor}.`,
    ], 'Choose a password'),
  'password-changed': (fields: LetterFields) =>
    letter(fields, 'Your Sideline password was changed', [
      `The password for the user name ${oneLine(fields.username)} was changed just now, and other sign-ins were ended.`,
      'If it was not you, tell your administrator at once.',
    ], 'Open Sideline'),
  'email-changed': (fields: LetterFields) =>
    letter(fields, 'Your Sideline e-mail address was changed', [
      `The account with the user name ${oneLine(fields.username)} has another e-mail address since just now. Links to new passwords go there and no longer here.`,
      'If it was neither you nor your administrator, tell your administrator at once.',
    ], 'Open Sideline'),
  'account-moved': (fields: LetterFields) =>
    letter(fields, 'Your account has moved to Sideline', [
      `Your account is in Sideline from now on. Your user name is ${oneLine(fields.username)}; passwords were not taken along.`,
      `Choose a new one with this link before you sign in for the first time. It works once, for ${fields.validFor}.`,
    ], 'Choose your password'),
} as const satisfies Record<string, (fields: LetterFields) => Letter>;

export type TemplateName = keyof typeof TEMPLATES;
