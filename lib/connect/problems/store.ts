import "server-only";

import { now } from "#lib/clock.ts";
import { database } from "#lib/db/client.ts";

/** Counts one more denial today (UTC), for the administrators' overview. */
export async function countDenial(): Promise<void> {
  await database().tally.create({ data: { day: now(), name: "denied", key: "", amount: 1 } });
}
