import "server-only";

import { now } from "#lib/clock.ts";
import { database } from "#lib/db/client.ts";

/** One more denial today (UTC), for the overview of administrators. */
export async function countDenial(): Promise<void> {
  await database().tally.create({ data: { day: now(), name: "denied", key: "", amount: 1 } });
}
