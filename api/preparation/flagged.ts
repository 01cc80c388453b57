import { figure } from '../performance/figure-words.ts';
import { PREPARATION_CONSTANTS } from './preparation-constants.ts';
import type { Flag, FlagCode, FlaggedInteraction } from './preparation-content.ts';

export type Flaggable = Omit<FlaggedInteraction, 'reasons'>;

/** The order in which reasons are given, and interactions by their first one. */
const ORDER: readonly FlagCode[] = ['poor_rating', 'negative_sentiment', 'long_handle', 'excellent_rating'];

/**
 * The interactions worth looking at among those of the window, each once with all its reasons. For each reason the most
 * marked come first, of equals the latest, then by id.
 *
 * @param ahtTarget seconds
 */
export function flaggedAmong(interactions: readonly Flaggable[], ahtTarget: number): FlaggedInteraction[] {
  const chosen = new Map<string, FlaggedInteraction>();
  for (const code of ORDER) {
    const found = interactions.flatMap((interaction) => {
      const flag = flagOf(code, interaction, ahtTarget);
      return flag ? [{ interaction, flag }] : [];
    });
    found.sort((a, b) => mark(b.flag) - mark(a.flag) || b.interaction.startedAt.localeCompare(a.interaction.startedAt) || a.interaction.id.localeCompare(b.interaction.id));
    for (const { interaction, flag } of found.slice(0, PREPARATION_CONSTANTS.flaggedEach)) {
      const known = chosen.get(interaction.id);
      chosen.set(interaction.id, { ...interaction, reasons: [...(known?.reasons ?? []), flag] });
    }
  }
  return [...chosen.values()];
}

/** How marked a flag is: larger is more. */
const mark = ({ code, value }: Flag): number => (code === 'long_handle' || code === 'excellent_rating' ? value : -value);

function flagOf(code: FlagCode, { rating, sentiment, handleSeconds }: Flaggable, ahtTarget: number): Flag | null {
  const { poorRating, excellentRating, negativeSentiment, longHandleFactor } = PREPARATION_CONSTANTS;
  const long = ahtTarget * longHandleFactor;
  switch (code) {
    case 'poor_rating':
      return rating !== null && rating <= poorRating ? { code, value: rating, threshold: poorRating, sentence: `The customer gave ${figure(rating, 'rating')} of 5.` } : null;
    case 'excellent_rating':
      return rating !== null && rating >= excellentRating ? { code, value: rating, threshold: excellentRating, sentence: `The customer gave ${figure(rating, 'rating')} of 5.` } : null;
    case 'negative_sentiment':
      return sentiment !== null && sentiment <= negativeSentiment
        ? { code, value: sentiment, threshold: negativeSentiment, sentence: `The customer’s sentiment was ${figure(sentiment, 'sentiment')}.` }
        : null;
    case 'long_handle':
      return handleSeconds !== null && handleSeconds >= long
        ? { code, value: handleSeconds, threshold: long, sentence: `Handled in ${figure(handleSeconds, 'seconds')}, twice the target of ${figure(ahtTarget, 'seconds')} or more.` }
        : null;
  }
}
