// Commits to the embedded database in the folder of the first argument, prints each key when its commit is
// acknowledged, and kills itself. With "wait" as the second argument a commit waits for the disk
// (DATABASE_SYNC=true), and, unless "small" follows, pages reach their files before a checkpoint.
import { writeSync } from "node:fs";

import { openEmbedded } from "#lib/db/open.ts";

const [folder, mode, size] = process.argv.slice(2);
const waitsForDisk = mode === "wait";
const { client } = await openEmbedded(folder!, (_sentence, work) => work(), { waitsForDisk });

const insert = (key: string) =>
  client.tally.create({ data: { day: new Date(0), name: "committed", key, amount: 1 } });
const acknowledged = (key: string) => {
  writeSync(1, `acknowledged ${key}\n`);
};

async function commitEach(keys: string[]): Promise<void> {
  for (const key of keys) {
    await insert(key);
    acknowledged(key);
  }
}

const keysOf = (round: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${round}-${index}`);

await commitEach(keysOf("alone", 10));
// More than the 16 MB that the buffers hold.
if (waitsForDisk && size !== "small")
  await client.$executeRaw`
  INSERT INTO legrand_artifact (digest, kind, payload, expires_at)
  SELECT encode(sha256(i::text::bytea), 'hex'), 'AccessToken', jsonb_build_object('text', repeat(md5(i::text), 58)), now() FROM generate_series(1, 10000) AS i`;
await commitEach(keysOf("evicted", 5));
await client.$executeRaw`CHECKPOINT`;
await insert("checkpoint");
acknowledged("checkpoint");
await Promise.all(keysOf("together", 16).map((key) => commitEach([key])));
await client.$transaction(async (transaction) => {
  await transaction.tally.create({
    data: { day: new Date(0), name: "committed", key: "transaction", amount: 1 },
  });
  await transaction.$executeRaw`DELETE FROM legrand_artifact WHERE digest < '4'`;
});
acknowledged("transaction");
process.kill(process.pid, "SIGKILL");
