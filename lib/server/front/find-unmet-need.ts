import { randomBytes } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { now } from "#lib/clock.ts";
import { requireRoom } from "#lib/db/disk-room.ts";
import { env } from "#lib/env.ts";
import { logError, newRequestId } from "#lib/log.ts";
import { requireKnownValue } from "#lib/server/boot/check-encryption-keys.ts";
import { StartError } from "#lib/start-error.ts";

/** What almost every request needs besides the database, and which is missing now. */
export type UnmetNeed = "encryption_keys" | "data_folder";

/** How long an answer is reused, so that a balancer that asks every second does not wear out the disk. */
const HOLDS_MS = 5_000;
const PROBE_BYTES = 64 * 1024;

let checkedAt = -Infinity;
let isRunning = false;
let answer: Promise<UnmetNeed | null>;
let logged: UnmetNeed | null = null;

/**
 * Returns the first unmet need, or null if all are met. Checks at most every five seconds, one check at a
 * time. Never rejects. A new failure is logged once.
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

/**
 * Ignores a database that stopped answering: that is another check of /readyz, which runs at its next
 * request.
 */
async function openKnownValue(): Promise<void> {
  await requireKnownValue().catch((error: unknown) => {
    if (error instanceof StartError) throw error;
  });
}

/**
 * Writes a new file to the folder of the embedded database. An existing file would not do, because its space
 * stays allocated on a full disk. The bytes are random, because some file systems store zeros without using
 * space. With PostgreSQL the database has its own disk, and most requests do not need what the folder then
 * holds (kept mail, the operator's socket).
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
