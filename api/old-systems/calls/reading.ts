import type { MigratedCall, MigratedRecording, MigratedTranscript, Turn } from '../../interactions/migrated-calls.service.ts';
import { cut } from '../../text/cut.ts';
import { cleanText, type OldRow } from '../old-row.ts';
import type { Reading } from '../things.ts';
import { cleanJson, isRecord, rowOf, type Collection } from './documents.ts';
import type { Document } from './export-file.ts';

/** What is needed to read a document. */
export interface CallContext {
  /** Label of the old system, and the source of its interactions. */
  readonly system: string;
  readonly dayOf: (instant: Date) => string;
  /** Names of the fields that were looked for. */
  readonly asked: Readonly<Record<Collection, Set<string>>>;
}

const LONGEST_ID = 200;
/** A year: whatever says more has a clock that was wrong. */
const LONGEST_SECONDS = 31_536_000;
const MOST_CHANNELS = 100;
/** Of what is kept beside a call: longer ones say nothing of its origin. */
const LONGEST_ORIGIN = 500;
const MOST_TAGS_BYTES = 10_000;

/** How a call ended, by its status. What is still running in the export is none of these. */
const STATUSES = new Map<string, MigratedCall['outcome']>(Object.entries({
  completed: 'answered', done: 'answered', busy: 'busy', failed: 'failed', noanswer: 'missed', missed: 'missed', canceled: 'abandoned', cancelled: 'abandoned', voicemail: 'voicemail', abandoned: 'abandoned',
} as const));
/** Fields that are read, though not of every document. */
export const KNOWN_FIELDS: Readonly<Record<Collection, string>> = {
  calls: 'direction conversationId campaignId agentId agent_id agentEmail agentName status outcome answeredBy tags startTime createdAt answerTime endTime duration',
  recordings: 'callSid callId conversationId', transcripts: 'callSid callId conversationId agent_id transcript messages fullText analysis status',
};
/** Fields of calls that are about customers, or of no use here. */
export const LEFT_FIELDS = new Map(Object.entries({
  from: 'numbers and names of customers', to: 'numbers and names of customers', contactname: 'numbers and names of customers', callerid: 'numbers and names of customers', sheetinfo: 'the spreadsheet calls were placed from',
  prompt: 'what a voice agent was told', firstmessage: 'what a voice agent was told', qualitymetrics: 'the quality of the line', machinebehavior: 'how a machine answered', region: 'where the call was routed',
  billableduration: 'what was charged for', v: 'a counter of the database', eventids: 'events of other collections', updatedat: 'it is when it was brought here', metadata: 'what the provider keeps about it', fulltext: 'it is the turns once more', keywords: 'they are in the turns', transcriptionstatus: 'there is a transcript or there is none',
  processingstatus: 'there is a recording or there is none', terminatedby: 'who hung up', type: 'every recording is of a call', recordingids: 'recordings and transcripts say of which call they are', transcriptid: 'recordings and transcripts say of which call they are',
}));

/** The id a call goes by: Twilio's, else the database's. */
export const callIdOf = (row: OldRow): string | null => row.id('callSid', '_id');

export function readCall(context: CallContext, place: string, document: Document, agentId: number | null): Reading<MigratedCall> {
  const row = rowOf(document, context.asked.calls);
  const oldId = callIdOf(row);
  if (oldId === null || oldId.length > LONGEST_ID) return { oldId: null, place, refused: 'it has neither callSid nor _id' };
  const startedAt = row.instant('startTime', 'createdAt');
  const outcome = outcomeIn(row);
  const times = timesIn(row, startedAt, outcome);
  if (startedAt === null && row.faults.length === 0) row.fault('startTime and createdAt are empty');
  if (startedAt === null || outcome === null || row.faults.length > 0) return { oldId, place, refused: row.faults.join('; ') };
  const provenance = { migrated: originOf(context, row, document) };
  const createdAt = row.instant('createdAt') ?? startedAt;
  const thing = { channel: 'voice', direction: directionIn(row), agentId, startedAt, businessDate: context.dayOf(new Date(startedAt)), ...times, outcome, provenance, createdAt, source: context.system, externalId: oldId } as const;
  return { oldId, place, thing, remarks: row.remarks };
}

/** Waiting ends with the answer, or with the call; talking is what was charged for, or lies between answer and end. */
function timesIn(row: OldRow, startedAt: string | null, outcome: MigratedCall['outcome'] | null): Pick<MigratedCall, 'waitSeconds' | 'talkSeconds'> {
  const [answered, ended, duration] = [row.instant('answerTime'), row.instant('endTime'), row.number('duration')];
  const talk = outcome === 'answered' || outcome === 'voicemail' ? (duration ?? secondsBetween(answered, ended)) : null;
  if (talk !== null && (talk < 0 || talk > LONGEST_SECONDS)) row.fault(`duration is not between 0 and ${LONGEST_SECONDS} seconds`);
  const wait = secondsBetween(startedAt, answered ?? (outcome === 'answered' ? null : ended));
  return { waitSeconds: wait === null || wait < 0 || wait > LONGEST_SECONDS ? null : wait, talkSeconds: talk === null ? null : Math.round(talk) };
}

/** What is worth knowing of a call's origin, without what is about the customer. */
function originOf(context: CallContext, row: OldRow, document: Document): Record<string, unknown> {
  const tags = cleanJson(document['tags']);
  const text = (...names: readonly string[]): string | null => shortIn(row, names);
  const origin = { conversationId: text('conversationId'), campaignId: text('campaignId'), agent: text('agentId', 'agent_id'), answeredBy: text('answeredBy'), status: text('status'), tags: tagsIn(row, tags) };
  return { system: context.system, ...Object.fromEntries(Object.entries(origin).filter(([, value]) => value !== null)) };
}

function shortIn(row: OldRow, names: readonly string[]): string | null {
  const text = row.text(...names);
  if (text === null || text.length <= LONGEST_ORIGIN) return text;
  row.remarks.push(`${names[0]} is longer than ${LONGEST_ORIGIN} characters and is cut`);
  return cut(text, LONGEST_ORIGIN);
}

function tagsIn(row: OldRow, tags: unknown): unknown {
  if (!Array.isArray(tags) || tags.length === 0) return null;
  if (JSON.stringify(tags).length <= MOST_TAGS_BYTES) return tags;
  row.remarks.push(`tags are longer than ${MOST_TAGS_BYTES} characters and stay behind`);
  return null;
}

/** The system called people unless it says otherwise. */
const directionIn = (row: OldRow): MigratedCall['direction'] => (row.text('direction')?.toLowerCase().startsWith('in') ? 'inbound' : 'outbound');

/** What was found out about the call counts before the state of its line: a machine that answers completes a call as well. */
function outcomeIn(row: OldRow): MigratedCall['outcome'] | null {
  const [status, outcome] = [row.text('status')?.toLowerCase().replaceAll(/[^a-z]/g, '') ?? '', row.text('outcome')?.toLowerCase() ?? ''];
  if (outcome === 'voicemail' || (status === 'completed' && /^machine|^fax/.test(row.text('answeredBy') ?? ''))) return 'voicemail';
  const found = STATUSES.get(status);
  if (found === undefined) row.fault(['initiated', 'queued', 'ringing', 'inprogress'].includes(status) ? `it is still ${row.text('status')} in the export: export it again when it has ended` : `status is a word that is not known (${cut(status, 40)})`);
  return found ?? null;
}

const secondsBetween = (from: string | null, to: string | null): number | null => (from === null || to === null ? null : Math.round((Date.parse(to) - Date.parse(from)) / 1000));

export function readRecording(context: CallContext, place: string, document: Document, interactionId: string | undefined): Reading<MigratedRecording> {
  const row = rowOf(document, context.asked.recordings);
  const oldId = row.id('recordingSid', '_id');
  if (oldId === null || oldId.length > LONGEST_ID) return { oldId: null, place, refused: 'it has neither recordingSid nor _id' };
  const recordedAt = row.instant('createdAt', 'startTime', 'updatedAt');
  const [url, durationSeconds, sizeBytes, channels] = [addressIn(row, 'url', 'mp3Url', 'wavUrl'), countIn(row, 'duration', LONGEST_SECONDS), countIn(row, 'size', Number.MAX_SAFE_INTEGER), countIn(row, 'channels', MOST_CHANNELS)];
  const [format, side, status] = [wordIn(row, 'format'), wordIn(row, 'source'), wordIn(row, 'status')];
  if (recordedAt === null && row.faults.length === 0) row.fault('createdAt is empty');
  if (interactionId === undefined) row.fault(callMissing(row));
  if (recordedAt === null || interactionId === undefined || row.faults.length > 0) return { oldId, place, refused: row.faults.join('; ') };
  return { oldId, place, remarks: row.remarks, thing: { interactionId, url, format, side, channels, durationSeconds, sizeBytes, status, recordedAt, source: context.system, externalId: oldId } };
}

const wordIn = (row: OldRow, name: string): string | null => {
  const text = row.text(name);
  return text === null ? null : cut(text, 20);
};

/** @param most what the database has room for, or what makes sense */
function countIn(row: OldRow, name: string, most: number): number | null {
  const value = row.number(name);
  if (value !== null && (value < 0 || value > most)) row.fault(`${name} is not between 0 and ${most}`);
  return value === null ? null : Math.round(value);
}

const callMissing = (row: OldRow): string => `its call (${row.id('callSid', 'callId', 'conversationId') ?? 'none is named'}) was not brought along`;

/** The first address a browser may follow, without credentials somebody put into it. */
function addressIn(row: OldRow, ...names: readonly string[]): string | null {
  const texts = names.map((name) => row.text(name)).filter((text) => text !== null);
  const found = texts.find((text) => URL.canParse(text) && ['https:', 'http:'].includes(new URL(text).protocol) && text.length <= 2000);
  if (found === undefined) {
    if (texts.length > 0) row.remarks.push('its url is no address of the web and stays behind');
    return null;
  }
  const url = new URL(found);
  url.username = url.password = '';
  return url.href;
}

export function readTranscript(context: CallContext, place: string, document: Document, interactionId: string | undefined): Reading<MigratedTranscript> {
  const row = rowOf(document, context.asked.transcripts);
  const oldId = row.id('_id', 'conversationId');
  if (oldId === null || oldId.length > LONGEST_ID) return { oldId: null, place, refused: 'it has neither _id nor conversationId' };
  const createdAt = row.instant('createdAt', 'updatedAt');
  const turns = turnsOf(document['transcript'] ?? document['messages'], row.text('fullText'));
  const analysis = isRecord(document['analysis']) ? (cleanJson(document['analysis']) as Record<string, unknown>) : null;
  const summary = analysis?.['transcript_summary'] ?? analysis?.['summary'];
  if (createdAt === null && row.faults.length === 0) row.fault('createdAt is empty');
  if (interactionId === undefined) row.fault(callMissing(row));
  if (turns.length === 0 && analysis === null) row.fault('nobody says anything in it');
  if (createdAt === null || interactionId === undefined || row.faults.length > 0) return { oldId, place, refused: row.faults.join('; ') };
  return {
    oldId, place, remarks: row.remarks,
    thing: { interactionId, status: wordIn(row, 'status'), turns, summary: typeof summary === 'string' ? summary : null, analysis, createdAt, source: context.system, externalId: oldId },
  };
}

const ROLES = new Map<unknown, Turn['role']>(Object.entries({ agent: 'agent', assistant: 'agent', bot: 'agent', user: 'customer', customer: 'customer', caller: 'customer' } as const));

const roleOf = (word: unknown): Turn['role'] => (typeof word === 'string' ? ROLES.get(word.toLowerCase()) : undefined) ?? 'other';

/** ElevenLabs counts seconds, the older collection has a time for each message; where there are neither, one text. */
function turnsOf(list: unknown, fullText: string | null): Turn[] {
  if (!Array.isArray(list)) return fullText === null ? [] : [{ role: 'other', text: fullText, seconds: null }];
  const turns = list.filter(isRecord);
  const first = turns.reduce((first, turn) => Math.min(first, timeOf(turn) ?? first), Infinity);
  return turns.flatMap((turn): Turn[] => {
    const text = turn['message'] ?? turn['text'] ?? turn['content'];
    if (typeof text !== 'string' || text.trim() === '') return [];
    const seconds = turn['time_in_call_secs'];
    const time = timeOf(turn);
    return [{ role: roleOf(turn['role']), text: cleanText(text), seconds: typeof seconds === 'number' ? seconds : time === null ? null : (time - first) / 1000 }];
  });
}

function timeOf(turn: Readonly<Record<string, unknown>>): number | null {
  const value = turn['timestamp'];
  const time = value instanceof Date ? value.getTime() : typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}
