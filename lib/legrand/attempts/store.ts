import "server-only";

import { database } from "#lib/db/client.ts";

/** The client through which the rate limiter keeps its rows. */
export function attemptsClient() {
  return database();
}
