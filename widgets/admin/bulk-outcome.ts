/** How a change of many went for one of them. */
export interface Outcome {
  readonly id: number;
  readonly name: string;
  /** Why it was not made; undefined when it was. */
  readonly refusal: string | undefined;
}

/**
 * What became of each person.
 *
 * @param errors as the API answers them: the id, a colon, the reason
 */
export function outcomesOf(people: readonly { id: number; fullName: string }[], errors: readonly string[]): Outcome[] {
  const refusals = new Map(
    errors.map((error) => {
      const [, id, reason] = /^(\d+):\s*(.*)$/s.exec(error) ?? [];
      return [Number(id), reason ?? error] as const;
    }),
  );
  return people.map(({ id, fullName }) => ({ id, name: fullName, refusal: refusals.get(id) }));
}
