/**
 * Waits for something to end, but not for ever: a connection that is being re-established while it is closed may
 * never report its end.
 * @returns whether it ended in time
 */
export async function within(ms: number, ending: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([ending.then(() => true, () => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
