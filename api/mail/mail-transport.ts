import { createTransport, type SendMailOptions } from 'nodemailer';

export interface OutgoingMail {
  /** Stays the same however often the mail is sent: who gets it twice can tell. */
  readonly messageId: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments?: readonly Attachment[] | undefined;
}

/** A file that goes along. */
export interface Attachment {
  readonly filename: string;
  readonly contentType: string;
  readonly content: string;
  /** Of a calendar file (RFC 5546): the program of whoever gets it asks them, or takes the date out. */
  readonly method?: 'PUBLISH' | 'REQUEST' | 'CANCEL' | undefined;
}

/** The server will not take this mail, now or later. */
export class MailRefused extends Error {}

/** The server takes other mails, but not this one for now. */
export class MailDeferred extends Error {}

/** Hands mails to a server. @throws MailRefused, MailDeferred; anything else is about the server. */
export interface MailTransport {
  readonly domain: string;
  send(mail: OutgoingMail): Promise<void>;
}

/** Milliseconds until a silent server is given up on. All together stays below the lease of a mail. */
const PATIENCE = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000, dnsTimeout: 5000 } as const;

/** SMTP by URL; SendGrid, Mailgun, SES and the like are reached by their SMTP relays. */
export function smtpTransport(url: string, from: string, patience: Partial<Record<keyof typeof PATIENCE, number>> = {}): MailTransport {
  // A template never names a file or an address to fetch; nothing that got into one may either.
  const transporter = createTransport({ url, ...PATIENCE, ...patience, disableFileAccess: true, disableUrlAccess: true });
  return {
    domain: domainOf(from),
    send: async ({ to, attachments = [], ...mail }) => {
      try {
        await transporter.sendMail({ ...mail, ...filesOf(attachments), from, to: { name: to.name, address: to.address }, headers: { 'Auto-Submitted': 'auto-generated' } });
      } catch (error) {
        throw aboutTheMail(error) ?? error;
      }
    },
  };
}

/** A calendar file with a method is another way to read the mail, which is how calendars find it; everything else is attached. */
function filesOf(attachments: readonly Attachment[]): Pick<SendMailOptions, 'icalEvent' | 'attachments'> {
  const calendar = attachments.find(({ method }) => method !== undefined);
  const others = attachments.filter((file) => file !== calendar);
  return {
    ...(calendar?.method ? { icalEvent: { method: calendar.method, filename: calendar.filename, content: calendar.content } } : {}),
    attachments: others.map(({ filename, contentType, content }) => ({ filename, contentType, content })),
  };
}

/** What the library says of an answer to the envelope or the message; everything else is about the connection or the sign-in. */
const MAIL_CODES = ['EENVELOPE', 'EMESSAGE'];

/** Answers that ask for another sign-in, and those to our own address: somebody will put the configuration right. */
const ABOUT_US = [421, 530, 534, 535, 538];

/** The server's own answer to this mail, if it is one. */
function aboutTheMail(error: unknown): MailRefused | MailDeferred | undefined {
  if (!(error instanceof Error)) return undefined;
  const { responseCode = 0, code = '', command } = error as { responseCode?: number; code?: string; command?: string };
  if (!MAIL_CODES.includes(code) || ABOUT_US.includes(responseCode) || command === 'MAIL FROM') return undefined;
  return responseCode >= 400 && responseCode < 500 ? new MailDeferred(error.message, { cause: error }) : new MailRefused(error.message, { cause: error });
}

const domainOf = (from: string): string => /@([^@>\s]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
