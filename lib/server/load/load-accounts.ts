import { inTransaction, type BulkConnection } from "#lib/server/load/bulk-connection.ts";
import { drawAccount, SEEDED_PREFIX, type DrawnAccount } from "#lib/server/load/draw-account.ts";
import { TABLES } from "#lib/server/load/rows.ts";
import { spreadOver } from "#lib/server/load/spread.ts";

const BATCH = 20_000;
const DAYS = 2 * 365;

/** What to create. `say` receives the progress. */
export type Load = { accounts: number; seed: number; at: Date; say: (done: number, total: number) => void };

/**
 * Adds that many made-up linked accounts, with users, history, audit entries and denials, to the existing
 * data. On an empty database the same seed creates the same people in the same order, with times relative to
 * `at`; ciphertexts differ each time. Works batch by batch, so an interruption leaves only whole batches.
 * Returns the number of such accounts afterwards.
 */
export async function loadAccounts(
  connection: BulkConnection,
  { accounts, seed, at, say }: Load,
): Promise<number> {
  const first = await countSeeded(connection);
  const momentOf = spreadOver(DAYS, at.getTime());
  say(0, accounts);
  for (let done = 0; done < accounts;) {
    const size = Math.min(BATCH, accounts - done);
    const batch = drawBatch(size, (place) => ({
      seed,
      index: first + done + place,
      connectedAt: new Date(momentOf((done + place + 0.5) / accounts)),
      at,
    }));
    await inTransaction(connection, () => store(connection, batch));
    say((done += size), accounts);
  }
  return first + accounts;
}

function drawBatch(
  size: number,
  what: (place: number) => Omit<Parameters<typeof drawAccount>[0], "before">,
): DrawnAccount[] {
  const batch: DrawnAccount[] = [];
  for (let place = 0; place < size; place++)
    batch.push(drawAccount({ ...what(place), before: batch.at(-1) ?? null }));
  return batch;
}

async function store(connection: BulkConnection, batch: DrawnAccount[]): Promise<void> {
  for (const { table, columns, lines } of TABLES) await connection.copy(table, columns, lines(batch));
  const denials = new Map<string, number>();
  for (const { connectedAt } of batch.filter(wasDenied)) {
    const day = connectedAt.toISOString().slice(0, 10);
    denials.set(day, (denials.get(day) ?? 0) + 1);
  }
  await connection.query(
    "INSERT INTO connect_tally (day, name, key, amount) SELECT d.day::date, 'denied', '', d.amount FROM jsonb_to_recordset($1::jsonb) AS d (day text, amount int)",
    [JSON.stringify([...denials].map(([day, amount]) => ({ day, amount })))],
  );
}

/**
 * True for one person in sixteen, who denied the access before allowing it. Decided by the id, so that
 * `removeAccounts` finds the same people.
 */
const wasDenied = ({ providerAccountId }: DrawnAccount) => providerAccountId.endsWith("0");

/** Counts the made-up accounts. */
export async function countSeeded(connection: BulkConnection): Promise<number> {
  const [row] = await connection.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM connect_account WHERE provider_account_id LIKE '${SEEDED_PREFIX}%'`,
  );
  return row!.count;
}

/** Updates the planner's statistics, and the visibility map for index-only scans. */
export async function tidyUp(connection: BulkConnection): Promise<void> {
  await connection.query("SELECT connect_compact_tally()");
  for (const table of [...TABLES.map((one) => one.table), "connect_tally"])
    await connection.query(`VACUUM (ANALYZE) ${table}`);
}
