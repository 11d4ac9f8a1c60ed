/** Sends a request to the control of the server under test (tests/harness/control.ts). */
async function control(path: string, body: unknown = {}): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${process.env.TEST_CONTROL_PORT}${path}`, {
    method: "POST",
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return JSON.parse(text);
}

/** Runs SQL on the database of the server under test. Values are numbered: `$1::uuid`. */
export async function query<Row = Record<string, unknown>>(
  sql: string,
  ...values: unknown[]
): Promise<Row[]> {
  return (await control("/query", { sql, values })) as Row[];
}

/** Runs `work` while the server's database is unreachable. */
export async function withoutDatabase<T>(work: () => Promise<T>): Promise<T> {
  await control("/database/hide");
  try {
    return await work();
  } finally {
    await control("/database/show");
  }
}

/** Ends the thread of the server's embedded database, in the middle of what it does. */
export async function endDatabase(): Promise<void> {
  await control("/database/end");
}

/**
 * Advances the clock of the server under test by that many seconds. Only for a test file with its own server
 * (`ownServer`).
 */
export async function passTime(seconds: number): Promise<void> {
  await control("/clock/advance", { seconds });
}

/**
 * Returns the texts of the statements that the server's embedded database received while `work` ran, from any
 * sender.
 */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  await control("/statements");
  await work();
  return (await control("/statements")) as string[];
}
