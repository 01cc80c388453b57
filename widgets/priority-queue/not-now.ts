import type { components } from '../../api/http/contract.types.ts';
import type { Locale } from '../shared/locale.ts';
import '../shared/strings/queue.ts';

type Reason = components['schemas']['NotEligible']['reason'];

const ABSENCES = ['leave', 'sick', 'training'] as const;

/**
 * Why somebody is not to be picked now, with days in the reader's language and hours in the reader's time zone. What
 * this version has no words for is said in the server's.
 */
export function notNowSentence(locale: Locale, { code, params, sentence }: Reason): string {
  const text = (name: string): string | undefined => (typeof params[name] === 'string' ? params[name] : undefined);
  const [endsOn, at, on] = [text('endsOn'), text('at'), text('on')];
  if (code === 'absent' && endsOn) {
    const kind = ABSENCES.find((known) => known === params['kind']) ?? 'other';
    return locale.t(`queue.absent.${kind}`, { when: locale.day(endsOn) });
  }
  if (code === 'session_running') return locale.t('queue.sessionRunning');
  if (code === 'session_booked' && at) return locale.t('queue.sessionBooked', { when: locale.instant(at) });
  if (code === 'snoozed' && on) return locale.t('queue.snoozedUntil', { when: locale.day(on), reason: text('reason') ?? '' });
  return sentence;
}
