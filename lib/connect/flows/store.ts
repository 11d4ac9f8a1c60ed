import "server-only";

import { now, secondsFromNow } from "#lib/clock.ts";
import { database } from "#lib/db/client.ts";

/** An answer can be fetched again for that long; and for that long at most a second delivery waits for it. */
export const OUTCOME_LIFETIME_SECONDS = 60;
/**
 * A row outlives the cookies of its flow, which last 15 minutes: an answer of Legrand is never used twice.
 */
const KEPT_AFTER_SECONDS = 16 * 60;

/** What came of a callback: its sealed answer, or null while it is being worked on. */
export type StoredOutcome = { answer: string | null; expiresAt: Date };

/** What identifies a callback: the digests of its `state` and code, and of its `state` alone. */
export type CallbackKey = { keyDigest: string; flowDigest: string };

/**
 * Claims a callback. Returns true for the first caller only: of two deliveries at once, in any process, one
 * spends the code. A second code for the same `state` cannot be claimed at all.
 */
export async function claimCallback({ keyDigest, flowDigest }: CallbackKey): Promise<boolean> {
  const { count } = await database().callbackOutcome.createMany({
    data: [{ keyDigest, flowDigest, expiresAt: secondsFromNow(OUTCOME_LIFETIME_SECONDS) }],
    skipDuplicates: true,
  });
  return count === 1;
}

/** Stores the sealed answer of a claimed callback. It can be fetched for 60 seconds. */
export async function saveOutcome({ keyDigest }: CallbackKey, answer: string): Promise<void> {
  await database().callbackOutcome.update({
    where: { keyDigest },
    data: { answer, expiresAt: secondsFromNow(OUTCOME_LIFETIME_SECONDS) },
  });
}

/** Returns what came of a callback, or null if none with that key was delivered. */
export function findOutcome({ keyDigest }: CallbackKey): Promise<StoredOutcome | null> {
  return database().callbackOutcome.findUnique({
    where: { keyDigest },
    select: { answer: true, expiresAt: true },
  });
}

/** Deletes the outcomes whose flows have ended. Returns how many rows went. */
export async function deleteEndedOutcomes(): Promise<number> {
  const before = new Date(now().getTime() - KEPT_AFTER_SECONDS * 1000);
  return (await database().callbackOutcome.deleteMany({ where: { expiresAt: { lt: before } } })).count;
}
