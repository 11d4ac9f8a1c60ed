import { randomBytes } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { now } from "#lib/clock.ts";
import { requireRoom } from "#lib/db/disk-room.ts";
import { env } from "#lib/env.ts";
import { logError, newRequestId } from "#lib/log.ts";
import { requireKnownValue } from "#lib/server/encryption-check/check-encryption-keys.ts";
import { StartError } from "#lib/start-error.ts";

/** What almost every request needs and does not have, beside the database itself. */
export type UnmetNeed = "encryption_keys" | "data_folder";

/** An answer holds for so long: a balancer that asks every second does not wear out the disk. */
const HOLDS_MS = 5_000;
const PROBE_BYTES = 64 * 1024;

let checkedAt = -Infinity;
let isRunning = false;
let answer: Promise<UnmetNeed | null>;
let logged: UnmetNeed | null = null;

/**
 * Returns the first need that is not met, or null. Tries them at most every five seconds, once at a time.
 * Never rejects; a new failure is logged once.
 */
export function findUnmetNeed(): Promise<UnmetNeed | null> {
  const at = now().getTime();
  if (!isRunning && Math.abs(at - checkedAt) >= HOLDS_MS) {
    [checkedAt, isRunning] = [at, true];
    answer = tryEverything().finally(() => {
      isRunning = false;
    });
  }
  return answer;
}

async function tryEverything(): Promise<UnmetNeed | null> {
  const unmet =
    (await tryNeed("encryption_keys", openKnownValue)) ?? (await tryNeed("data_folder", writeProbe));
  if (unmet && unmet.name !== logged) logError(newRequestId(), `readiness: ${unmet.name}`, unmet.error);
  return (logged = unmet?.name ?? null);
}

async function tryNeed(
  name: UnmetNeed,
  work: () => Promise<void>,
): Promise<{ name: UnmetNeed; error: unknown } | null> {
  try {
    await work();
    return null;
  } catch (error) {
    return { name, error };
  }
}

/** A database that stopped answering is another check of /readyz, which the next question makes. */
async function openKnownValue(): Promise<void> {
  await requireKnownValue().catch((error: unknown) => {
    if (error instanceof StartError) throw error;
  });
}

/**
 * Writes to the folder of the embedded database, in a new file each time: an existing one has its place on a
 * full disk. The bytes are random, because some file systems store zeros without taking room. On PostgreSQL
 * the disk is the database's; what the folder holds then (kept mail, the operator's socket) is not needed by
 * most requests.
 */
async function writeProbe(): Promise<void> {
  const { databaseUrl, dataDir } = env();
  if (databaseUrl) return;
  requireRoom(dataDir);
  const path = join(dataDir, "probe");
  try {
    await writeFile(path, randomBytes(PROBE_BYTES), { mode: 0o600 });
  } finally {
    await rm(path, { force: true });
  }
}
