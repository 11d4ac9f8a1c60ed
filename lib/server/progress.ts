const QUIET_MS = 1_000;

/** Runs `work`; says what it is once it takes longer than a second, and how long it took. */
export async function step<T>(sentence: string, work: () => Promise<T>): Promise<T> {
  const begin = performance.now();
  let said = false as boolean;
  const timer = setTimeout(() => { said = true; console.log(`${sentence} …`); }, QUIET_MS);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    if (said) console.log(`${sentence}: done in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
  }
}
