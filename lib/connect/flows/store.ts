import "server-only";

import { now, secondsFromNow } from "#lib/clock.ts";
import { database } from "#lib/db/client.ts";

/** How long an answer can be fetched again, and how long a second delivery waits for it at most. */
export const OUTCOME_LIFETIME_SECONDS = 60;
/**
 * How long a row stays after its answer expires. It outlives the cookies of its flow, which last 15 minutes,
 * so that an answer of Legrand is never used twice.
 */
const KEPT_AFTER_SECONDS = 16 * 60;

/** The result of a callback: its encrypted answer, or null while it is being processed. */
export type StoredOutcome = { answer: string | null; expiresAt: Date };

/** What identifies a callback: the digests of its `state` and code, and of its `state` alone. */
export type CallbackKey = { keyDigest: string; flowDigest: string };

/**
 * Claims a callback. Returns true for the first caller only. If two deliveries arrive at once, in any
 * process, only one spends the code. A second code for the same `state` cannot be claimed at all.
 */
export async function claimCallback({ keyDigest, flowDigest }: CallbackKey): Promise<boolean> {
  const { count } = await database().callbackOutcome.createMany({
    data: [{ keyDigest, flowDigest, expiresAt: secondsFromNow(OUTCOME_LIFETIME_SECONDS) }],
    skipDuplicates: true,
  });
  return count === 1;
}

/** Stores the encrypted answer of a claimed callback, which can then be fetched for 60 seconds. */
export async function saveOutcome({ keyDigest }: CallbackKey, answer: string): Promise<void> {
  await database().callbackOutcome.update({
    where: { keyDigest },
    data: { answer, expiresAt: secondsFromNow(OUTCOME_LIFETIME_SECONDS) },
  });
}

/** Returns the result of a callback, or null if no callback with this key was delivered. */
export function findOutcome({ keyDigest }: CallbackKey): Promise<StoredOutcome | null> {
  return database().callbackOutcome.findUnique({
    where: { keyDigest },
    select: { answer: true, expiresAt: true },
  });
}

/** Deletes the outcomes whose flows have ended. Returns the number of deleted rows. */
export async function deleteEndedOutcomes(): Promise<number> {
  const before = new Date(now().getTime() - KEPT_AFTER_SECONDS * 1000);
  return (await database().callbackOutcome.deleteMany({ where: { expiresAt: { lt: before } } })).count;
}
