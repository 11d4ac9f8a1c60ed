/** Talks to the control of the server under test (tests/harness/control.ts). */
async function control(path: string, body: unknown = {}): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${process.env.TEST_CONTROL_PORT}${path}`, {
    method: "POST",
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return JSON.parse(text);
}

/** Rows of the database of the server under test. Values are numbered: `$1::uuid`. */
export async function query<Row = Record<string, unknown>>(
  sql: string,
  ...values: unknown[]
): Promise<Row[]> {
  return (await control("/query", { sql, values })) as Row[];
}

/** Runs `work` while the server's database cannot be reached. */
export async function withoutDatabase<T>(work: () => Promise<T>): Promise<T> {
  await control("/database/hide");
  try {
    return await work();
  } finally {
    await control("/database/show");
  }
}

/**
 * Lets that many seconds pass in the server under test; for a test with a server of its own (`ownServer`).
 */
export async function passTime(seconds: number): Promise<void> {
  await control("/clock/advance", { seconds });
}

/** What the server's embedded database was sent while `work` ran, by anybody: the texts of the statements. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  await control("/statements");
  await work();
  return (await control("/statements")) as string[];
}
