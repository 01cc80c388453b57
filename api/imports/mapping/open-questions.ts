import type { ImportQuestion, PartialMapping } from './import-mapping.ts';

/** How cells are read is somebody's to say: where it does not fit, the rows it does not fit are rejected, and say so. */
const HOW_IT_IS_READ = ['/options/', '/values/'];

/**
 * The questions that the user of this file has not answered. What was answered is never asked again, but for a choice
 * that there is not: the layout it was made for is another by now.
 *
 * @param given what was said of this file; what is remembered of earlier ones is no answer
 */
export const openOf = (questions: readonly ImportQuestion[], given: PartialMapping): ImportQuestion[] =>
  questions.filter(({ answer, choices }) => {
    const said = saidAt(given, answer);
    return said === undefined || !(HOW_IT_IS_READ.some((place) => answer.startsWith(place)) || choices.some(({ value }) => value === said));
  });

/** What stands at a JSON pointer (RFC 6901). */
function saidAt(given: PartialMapping, pointer: string): unknown {
  const path = pointer.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return path.reduce<unknown>((at, part) => (typeof at === 'object' && at !== null && Object.hasOwn(at, part) ? (at as Record<string, unknown>)[part] : undefined), given);
}
