import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";

import { adapterOf, createEmbedded } from "#lib/db/embedded.ts";
import { EmbeddedDatabase } from "#lib/db/embedded-database.ts";
import { PrismaClient } from "#lib/db/generated/client.ts";
import { putMigratedDatabase } from "#tests/harness/migrated-folder.ts";

const ROUNDS = 15;
const ROUND_MS = 1_000;

/**
 * The embedded database without any sync (PGlite's default), with this application's default, and with
 * `DATABASE_SYNC=true`.
 */
const KINDS = {
  without: null,
  default: { waitsForDisk: false },
  "DATABASE_SYNC=true": { waitsForDisk: true },
};

type Kind = keyof typeof KINDS;
type Opened = { client: PrismaClient; close: () => Promise<void> };

let key = 0;

/**
 * Writes single rows to three databases in turn, from 1 and from 32 callers. Prints the median rates, and the
 * median ratios to the database without a sync.
 */
export async function benchDatabaseSync(): Promise<void> {
  const opened = new Map<Kind, Opened>();
  try {
    for (const kind of Object.keys(KINDS) as Kind[]) opened.set(kind, await open(kind));
    console.log(
      "| single-row writes | without a sync | default | ratio | DATABASE_SYNC=true | ratio |\n|---|--:|--:|--:|--:|--:|",
    );
    for (const callers of [1, 32]) console.log(await measure(opened, callers));
  } finally {
    for (const { close } of opened.values()) await close();
  }
}

async function open(kind: Kind): Promise<Opened> {
  const folder = mkdtempSync(".bench-");
  await putMigratedDatabase(folder);
  const database = join(folder, "database");
  const settings = KINDS[kind];
  const embedded = settings
    ? await createEmbedded(database, settings)
    : await EmbeddedDatabase.open(
        { folder: database, waitsForDisk: false, watchesRoom: false },
        join(import.meta.dirname, "unsynced-worker.ts"),
      );
  const client = new PrismaClient({ adapter: adapterOf(embedded) });
  return {
    client,
    close: async () => {
      await client.$disconnect();
      await embedded.close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function measure(opened: Map<Kind, Opened>, callers: number): Promise<string> {
  const rates = new Map<Kind, number[]>([...opened.keys()].map((kind) => [kind, []]));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [kind, { client }] of opened) {
      const rate = await writesPerSecond(client, callers);
      // The first round warms up.
      if (round > 0) rates.get(kind)!.push(rate);
    }
  }
  const without = rates.get("without")!;
  const beside = (kind: Kind) =>
    `${median(rates.get(kind)!).toFixed(0)} | ${median(rates.get(kind)!.map((rate, round) => rate / without[round]!)).toFixed(2)}`;
  return `| ${callers === 1 ? "one after the other" : `${callers} at once`} | ${median(without).toFixed(0)} | ${beside("default")} | ${beside("DATABASE_SYNC=true")} |`;
}

async function writesPerSecond(client: PrismaClient, callers: number): Promise<number> {
  const begin = performance.now();
  let count = 0;
  const write = async () => {
    for (; performance.now() - begin < ROUND_MS; count++)
      await client.tally.create({ data: { day: new Date(0), name: "bench", key: String(key++), amount: 1 } });
  };
  await Promise.all(Array.from({ length: callers }, write));
  return (count * 1000) / (performance.now() - begin);
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
