/** Somebody in a list. */
interface Named {
  readonly fullName: string;
  readonly username: string | null;
}

/**
 * What tells somebody apart from others of the same name among these: the user name, which nobody shares. Empty for whoever is
 * the only one of that name.
 */
export function apartFrom(people: readonly Named[], { fullName, username }: Named): string {
  const same = people.filter((person) => plain(person.fullName) === plain(fullName));
  return same.length > 1 && username ? username : '';
}

const plain = (name: string): string => name.trim().toLocaleLowerCase();
